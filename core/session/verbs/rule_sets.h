// Verbs on the rule sets of a project: the current text, shipped rule sets, saved iterations.
#pragma once

#include "core/refine/iterations.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <string>
#include <vector>

namespace weir::session {

/// The current rule text: the project's draft, else its last iteration, else glatz-2012.
std::string currentRules(const Project& project);
/// Saves `text` as the current draft of the rules. Errors: store.
Status setCurrentRules(Project& project, const std::string& text);

/// The saved iterations, in order of saving. Errors: store.
Result<std::vector<refine::Iteration>> iterations(const Project& project);
/// Judges the text on the inbound tally and saves it as an iteration. `tag` may be empty. Returns the iteration with
/// its id.
Result<refine::Iteration> saveIteration(Project& project, const std::string& text, const std::string& tag,
                                        std::int64_t parent);
Status removeIteration(Project& project, std::int64_t id);                      ///< undo of saveIteration
Status restoreIteration(Project& project, const refine::Iteration& iteration);  ///< redo

}  // namespace weir::session
