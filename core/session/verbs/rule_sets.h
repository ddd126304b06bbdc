// Verb: the rule sets of a project: the current text, shipped ones, saved iterations.
#pragma once

#include "core/refine/iterations.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <string>
#include <vector>

namespace weir::session {

/// The rule text in force: the project's draft, else its last iteration, else glatz-2012.
std::string currentRules(const Project& project);
Status setCurrentRules(Project& project, const std::string& text);

Result<std::vector<refine::Iteration>> iterations(const Project& project);
/// Judges the text on the inbound tally and keeps it. `tag` may be empty. Returns the iteration with its id.
Result<refine::Iteration> saveIteration(Project& project, const std::string& text, const std::string& tag,
                                        std::int64_t parent);
Status removeIteration(Project& project, std::int64_t id);                      ///< undo of saveIteration
Status restoreIteration(Project& project, const refine::Iteration& iteration);  ///< redo

}  // namespace weir::session
