// Verb: summarises a project.
#pragma once

#include "core/session/project/project.h"

#include <nlohmann/json_fwd.hpp>

namespace weir::session {

/// Counts, times and settings of a project.
struct Info {
    int schema = 0;
    std::vector<store::SourceInfo> sources;
    std::uint64_t records = 0, biflows = 0, oneWayIn = 0, oneWayOut = 0, internal = 0, transit = 0, hosts = 0;
    std::uint64_t duplicates = 0, excluded = 0;  ///< records excluded from flow building
    std::vector<flow::Prefix> local;
    std::int64_t first = 0, last = 0;
    std::uint64_t bytesOnDisk = 0;
};
/// REQUIRES: prepareFlows() ran (flow counts are 0 otherwise).
Result<Info> describe(const Project& project);

}  // namespace weir::session
