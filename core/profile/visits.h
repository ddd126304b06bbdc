// Derived flows grouped by host: the input of the host profiles.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/flow/derived_flows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::profile {

/// Role of a flow in a profile.
enum VisitKind : std::uint8_t {
    kVisitBiflow = 1,
    kVisitJudged = 2,    ///< one-way flow of the direction: gets evidence
    kVisitOpposite = 4,  ///< one-way flow of the opposite direction
    kVisitEarly = 8,
    kVisitNoContact = 16,  ///< judged, but not a contact for TRW (trwSkipTcpReplies)
};

/// A flow as a profile sees it. 32 bytes.
struct Visit {
    std::int64_t start = 0;
    std::uint32_t row = 0;            ///< derived flow
    std::uint32_t bin = 0;            ///< index into DerivedFlows::bins
    flow::HostId host = 0, peer = 0;  ///< the host that visits are grouped by, and the other end
    std::uint16_t hostPort = 0, peerPort = 0;
    std::uint8_t protocol = 0;
    std::uint8_t kind = 0;  ///< VisitKind bits
    std::uint16_t unused = 0;
};
static_assert(sizeof(Visit) == 32);

/// Columns of the flows, with the grouping host as `host`.
struct VisitColumns {
    const flow::DerivedFlows& flows;
    std::span<const flow::HostId> host, peer;
    std::span<const std::uint16_t> hostPort, peerPort;
};

/// Visits partitioned into ranges of hosts. Inside a part they are in row order; sortPart() groups them by host.
class VisitParts {
public:
    /// `kinds[row]`: VisitKind bits, 0 = skip the row. O(rows), threaded. Returns false when cancelled.
    bool gather(const VisitColumns& columns, std::span<const std::uint8_t> kinds, std::size_t hosts, JobContext& job);
    std::size_t size() const { return begin_.empty() ? 0 : begin_.size() - 1; }
    std::size_t visits() const { return visits_.size(); }
    /// One part's visits ordered by host, then row.
    void sortPart(std::size_t part, Buffer<Visit>& sorted) const;

private:
    unsigned shift_ = 0;                ///< part = host >> shift
    std::vector<std::uint64_t> begin_;  ///< of each part in visits_
    Buffer<Visit> visits_;
};

/// Calls fn(span of one host's visits) for each host of a sorted part.
template <class Fn>
void forEachHost(Buffer<Visit>& sorted, Fn&& fn) {
    for (std::size_t from = 0, to; from < sorted.size(); from = to) {
        for (to = from + 1; to < sorted.size() && sorted[to].host == sorted[from].host;) ++to;
        fn(std::span<Visit>(sorted.data() + from, to - from));
    }
}

}  // namespace weir::profile
