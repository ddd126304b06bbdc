// One pass over the records of a portrait: peers, amounts, times and words.
#pragma once

#include "core/session/rows/select.h"
#include "core/session/verbs/portrait_types.h"

#include <span>
#include <unordered_map>

namespace weir::session {

/// Sums in both directions.
struct BothWays {
    PortraitSums toNear, toFar;
    void add(bool near, std::uint64_t packets, std::uint64_t bytes) { (near ? toNear : toFar).add(packets, bytes); }
    void merge(const BothWays& o);
};
using ByHost = std::unordered_map<flow::HostId, BothWays>;
using ByPort = std::unordered_map<std::uint32_t, BothWays>;  ///< by protocol << 16 | port

/// The raw result of a pass.
struct PortraitPass {
    BothWays all;
    ByHost near, far;
    ByPort nearPorts, farPorts;
    std::int64_t first = INT64_MAX, last = INT64_MIN;
    std::int64_t from = 0, binUs = 1;  ///< of the time line
    std::array<std::uint64_t, Portrait::kBins> toNearAt{}, toFarAt{};
    std::vector<std::uint64_t> codes;  ///< flows by word number in the scores; empty without scores
    std::unordered_map<std::uint64_t, std::uint64_t> signWords;  ///< flows by sign word of their derived flow
};

/// `selection`: the records of the subject, in natural order. `signWords`: by derived row, may be empty. The result
/// does not depend on the number of threads. Errors: store, cancelled.
Result<PortraitPass> readPortrait(const Snapshot& snapshot, std::span<const std::uint64_t> signWords,
                                  const PortraitSubject& subject, const Selection& selection, JobContext& job);

}  // namespace weir::session
