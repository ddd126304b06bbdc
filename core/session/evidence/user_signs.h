// Verb: work out user signs, the named filters of rule sets, as bits behind the built-in signs.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/rules/rule_set.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <span>
#include <vector>

namespace weir::session {

/// Publishes words and tally of the direction that have exactly these user signs (by name and filter; bits are dealt
/// out anew), and keeps them in the file. What is there already is not worked out again; nothing happens when all is.
/// REQUIRES: prepare() was run. Cost: one filter scan for each new sign, and one tally. Errors: cancelled, store,
/// badFilter (a filter asks for what the snapshot does not have).
Status prepareUserSigns(Project& project, std::span<const rules::UserSign> wanted, flow::Direction direction,
                        JobContext& job);

/// Judges a text on the signs of a project, its user signs worked out first. Its diagnostics are not errors here.
/// Errors: as above.
Result<JudgementPtr> judgeText(Project& project, const std::string& text, flow::Direction direction, JobContext& job);

/// The words of `data` with these user signs, for a snapshot that is not published. Same errors.
Status addUserSigns(const Snapshot& snapshot, std::span<const rules::UserSign> wanted, SignData& data, JobContext& job);

}  // namespace weir::session
