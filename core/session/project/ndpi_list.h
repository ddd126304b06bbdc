// @ndpi: the hosts of a project that lie in networks of well-known operators, as libndpi says. A project's own list of
// that name goes first.
#pragma once

#include "core/base/job.h"
#include "core/session/project/project.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kNdpiList = "ndpi";

struct NdpiHosts {
    std::shared_ptr<const flow::NamedList> list;  ///< the hosts, each an entry
    std::vector<std::uint16_t> operators;         ///< by host, label::ndpiName(); 0 = none
};
/// Asks once per set of hosts and local networks; later calls take the kept answer. Errors: io, cancelled.
Result<std::shared_ptr<const NdpiHosts>> ndpiHosts(const Snapshot& snapshot, JobContext& job);

/// "is in a network of Google (nDPI 4.2.0)"; empty when it is in none.
std::string ndpiText(const Snapshot& snapshot, const flow::IpAddr& address);

}  // namespace weir::session
