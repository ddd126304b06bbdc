// Verb: make everything that is derived from the records: derived flows, profiles, sign words, tally.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/lists/prefix_set.h"
#include "core/session/project.h"

namespace weir::session {

/// Derives what the snapshot lacks for this direction and publishes it; keeps words and tally in the file, keyed by sources and settings,
/// so that the next opening need not recompute them. Does nothing when all is there. Errors: cancelled, store.
Status prepare(Project& project, flow::Direction direction, JobContext& job);
/// Only the derived flows (for listing and filters without signs).
Status prepareFlows(Project& project, JobContext& job);

/// Sets the local networks; when none are given and none are set, takes the best suggestion of each address family. Returns what is in force.
Result<std::vector<flow::Prefix>> ensureLocal(Project& project, const std::vector<flow::Prefix>& given, JobContext& job);

/// The bogon list in force (shipped with its date).
const lists::PrefixList& bogonList();

}  // namespace weir::session
