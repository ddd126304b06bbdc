// Verb: computes user signs, the named filters of rule sets, as bits above the built-in signs.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/rules/rule_set.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <span>
#include <vector>

namespace weir::session {

/// Publishes words and tally of the direction with exactly these user signs (by name and filter; bits are reassigned),
/// and saves them in the file. Existing signs are not recomputed; if all exist, nothing happens. REQUIRES: prepare()
/// has run. Cost: one filter scan per new sign, plus one tally. Errors: cancelled, store, badFilter (a filter uses a
/// term that the snapshot does not have).
Status prepareUserSigns(Project& project, std::span<const rules::UserSign> wanted, const RunId& run, JobContext& job);

/// Judges a rule text on the signs of a project, after computing its user signs. Diagnostics of the text are part of
/// the result, not errors. Errors: as above.
Result<JudgementPtr> judgeText(Project& project, const std::string& text, const RunId& run, JobContext& job);

/// The words of `data` with these user signs, for a snapshot that is not published. Errors: as above.
Status addUserSigns(const Snapshot& snapshot, std::span<const rules::UserSign> wanted, SignData& data, JobContext& job);

}  // namespace weir::session
