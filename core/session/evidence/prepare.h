// Verb: make everything that is derived from the records: derived flows, profiles, sign words, tally.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/project.h"

namespace weir::session {

/// Derives what the snapshot lacks for this direction and publishes it; keeps words and tally in the file, keyed by
/// sources and settings, so that the next opening need not recompute them. Does nothing when all is there. Errors:
/// cancelled, store.
Status prepare(Project& project, flow::Direction direction, JobContext& job);
/// Only the derived flows (for listing and filters without signs).
Status prepareFlows(Project& project, JobContext& job);

/// What double-count removal and the exclusions of `settings` take from the records of the snapshot; nothing is
/// changed. Errors: cancelled, store.
Result<meter::Cleaning> previewCleaning(const Snapshot& snapshot, const Settings& settings, JobContext& job);
/// "192.0.2.1 domain 3" or the capture's name: device `number` of a Cleaning.
std::string deviceName(const Snapshot& snapshot, std::uint32_t number);

/// The highest sampling interval that an exporter of the project announced; 0 = no packet sampling is known of.
std::uint32_t samplingInterval(const Snapshot& snapshot);

/// Flows and signs as other settings would have them.
struct SignsUnder {
    std::shared_ptr<const flow::DerivedFlows> flows;
    std::shared_ptr<const SignData> signs;
};
/// Nothing is published or kept. `deriveAnew`: the settings differ in more than signs, else the flows are those of the
/// snapshot. REQUIRES: it has records, and flows unless deriveAnew.
Result<SignsUnder> signsUnder(const Snapshot& base, const Settings& settings, bool deriveAnew,
                              flow::Direction direction, JobContext& job);

/// Sets the local networks; when none are given and none are set, takes the best suggestion of each address family.
/// Returns what is in force.
Result<std::vector<flow::Prefix>> ensureLocal(Project& project, const std::vector<flow::Prefix>& given,
                                              JobContext& job);

}  // namespace weir::session
