// Evidence from a walk over one remote host's contacts: TRW and HC verdicts, pair flags, retries.
#pragma once

#include "core/profile/profile.h"
#include "core/profile/visits.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::profile {

/// Computes the evidence of one remote host's flows, bin by bin. Reuses its scratch memory between hosts; one object
/// per thread.
class RemoteHost {
public:
    RemoteHost(const flow::DerivedFlows& flows, const ProfileSettings& settings);
    /// `visits`: all flows of the host, in row order; sorted by (bin, start, ...) on return. Sets bits in evidence[row]
    /// of the judged flows.
    void judge(std::span<Visit> visits, std::span<std::uint8_t> evidence);

private:
    /// The newest flows with one local host, as indices into the visits; -1 = none yet.
    struct Pair {
        std::int32_t contact = -1, hcContact = -1, biflow = -1, opposite = -1;
    };
    /// Per visit: the flows with the same local host before it.
    struct Links {
        std::uint32_t pair = 0;
        std::int32_t contact = -1, hcContact = -1, biflow = -1, sameKey = -1;
    };
    std::int64_t binNumber(const Visit& v) const { return flows_.bins[v.bin].bin; }
    void order(std::span<Visit> visits) const;
    std::uint32_t pairOf(std::span<const Visit> visits, std::size_t i);
    void startPairs(std::size_t visits);
    void startKeys(std::span<const Visit> visits);
    void linkKey(std::span<const Visit> visits, std::size_t i);
    void link(std::span<const Visit> visits, std::size_t i);
    std::uint8_t walk(std::span<const Visit> visits, std::size_t from, std::size_t to) const;
    bool isRetry(std::span<const Visit> visits, std::size_t i, std::size_t windowFrom) const;

    const flow::DerivedFlows& flows_;
    const ProfileSettings& settings_;
    TrwModel model_;
    std::vector<Pair> pairs_;
    std::vector<flow::HostId> pairHosts_;
    std::vector<std::uint32_t> pairSlots_;  ///< index + 1; used beyond a few pairs
    std::vector<std::uint32_t> keySlots_;   ///< newest visit of a TCP key, + 1
    std::vector<Links> links_;
    bool hashPairs_ = false, linkKeys_ = false;
};

}  // namespace weir::profile
