// Records → derived flows: direction, time bins, defragmentation, biflow pairing, across-interval check, qualification.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/flow/derived_flows.h"
#include "core/flow/host_bits.h"
#include "core/meter/settings.h"

#include <span>
#include <string>
#include <vector>

namespace weir::meter {

using flow::kGroupHost;
using flow::kLocalHost;
/// flow::HostBit bits, one byte per host of the table. An end of a flow is local when it is inside, or when it is a
/// group address and the other end is not inside. O(hosts).
std::vector<std::uint8_t> markHosts(const flow::AddressTable& addresses, std::span<const flow::Prefix> local);

/// methods.md 1.2, P3 to P8. Result rows are ordered by (bin, first record) and equal for any number of threads.
/// Records whose bit is set in `removed` (64 project rows a word; empty = none; see cleaning.h) have no flow:
/// flow::kNoFlow. Cost: O(records), one hash table per time bin; reads the records once. Errors: cancelled, store.
Result<flow::DerivedFlows> deriveFlows(const flow::ChunkSource& records, const PairingSettings& settings,
                                       JobContext& job, std::span<const std::uint64_t> removed = {});

/// Prefixes that look local, best first, with the reason in words: private space, or the prefix that most flows have
/// one end in.
struct LocalSuggestion {
    flow::Prefix prefix;
    std::uint64_t flows = 0;  ///< records with at least one end inside
    std::uint64_t hosts = 0;
    std::string reason;
};
Result<std::vector<LocalSuggestion>> suggestLocal(const flow::ChunkSource& records, JobContext& job);

}  // namespace weir::meter
