// Verb: finds outages of local services from the flows that a rule set classifies as unreachable.
#pragma once

#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kUnreachableClass = "Service Unreachable";

/// A run of flows of the class to one service, without an answer from the service in between or a pause longer than the
/// pairing interval.
struct Outage {
    flow::IpAddr host;
    std::uint16_t port = 0;
    std::uint8_t protocol = 0;
    std::int64_t start = 0, end = 0;       ///< µs: of its first flow, and the end of its last one
    std::int64_t lastStart = 0;            ///< of its last flow
    std::uint64_t clients = 0, flows = 0;  ///< clients: different remote hosts
    /// Μs: start of the service's first two-way flow after the outage; 0 = none in the data.
    std::int64_t answeredAgain = 0;

    std::string service() const;  ///< "192.0.2.1 port 80 tcp"
    /// Filter for exactly its flows, under the rules that found them.
    std::string filter(std::string_view className = kUnreachableClass) const;
};
/// The outages, most clients first, then most flows. Cost: two passes over the derived flows. Errors: notFound (no
/// class of that name, or no signs yet), cancelled.
Result<std::vector<Outage>> outagesOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, JobContext& job,
                                      std::string_view className = kUnreachableClass);

}  // namespace weir::session
