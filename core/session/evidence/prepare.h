// Verb: computes everything derived from the records: derived flows, profiles, sign words, tally.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/project.h"

namespace weir::session {

/// Computes and publishes what the snapshot lacks for this run. Saves words and tally in the file, keyed by
/// sources and settings, so that the next opening need not recompute them. Does nothing if everything exists. Errors:
/// cancelled, store.
Status prepare(Project& project, const RunId& run, JobContext& job);
/// Only the derived flows (for listing and filters without signs).
Status prepareFlows(Project& project, JobContext& job);

/// The records of the snapshot that duplicate removal and the exclusions of `settings` would exclude; changes nothing.
/// Errors: cancelled, store.
Result<meter::Cleaning> previewCleaning(const Snapshot& snapshot, const Settings& settings, JobContext& job);
/// Name of device `number` of a Cleaning: "192.0.2.1 domain 3", or the capture's name.
std::string deviceName(const Snapshot& snapshot, std::uint32_t number);

/// The highest sampling interval that an exporter of the project announced; 0 = no known packet sampling.
std::uint32_t samplingInterval(const Snapshot& snapshot);

/// Flows and signs under other settings.
struct SignsUnder {
    std::shared_ptr<const flow::DerivedFlows> flows;
    std::shared_ptr<const SignData> signs;
};
/// Publishes and saves nothing. `rederive`: the settings affect flows, not only signs; otherwise the flows of the
/// snapshot are used. REQUIRES: the snapshot has records, and flows unless `rederive`.
Result<SignsUnder> signsUnder(const Snapshot& base, const Settings& settings, bool rederive, const RunId& run,
                              JobContext& job);

/// Sets the local networks. If none are given and none are set, uses the best suggestion of each address family.
/// Returns the current local networks.
Result<std::vector<flow::Prefix>> ensureLocal(Project& project, const std::vector<flow::Prefix>& given,
                                              JobContext& job);

}  // namespace weir::session
