// @ndpi: the hosts of a project in networks of well-known operators, according to libndpi. A project's own list of that
// name takes precedence.
#pragma once

#include "core/base/job.h"
#include "core/session/project/project.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kNdpiList = "ndpi";

/// The result of ndpiHosts().
struct NdpiHosts {
    std::shared_ptr<const flow::NamedList> list;  ///< the hosts, one entry each
    std::vector<std::uint16_t> operators;         ///< by host, label::ndpiName(); 0 = none
};
/// Computed once per set of hosts and local networks; later calls return the cached result. Errors: io, cancelled.
Result<std::shared_ptr<const NdpiHosts>> ndpiHosts(const Snapshot& snapshot, JobContext& job);

/// "is in a network of Google (nDPI 4.2.0)"; empty when the host is in none.
std::string ndpiText(const Snapshot& snapshot, const flow::IpAddr& address);

}  // namespace weir::session
