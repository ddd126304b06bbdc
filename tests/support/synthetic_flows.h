// Flow records of an invented border, made in memory: for benchmarks and tests at sizes no capture here has.
#pragma once

#include "core/flow/address.h"
#include "core/flow/memory_source.h"

#include <cstdint>
#include <vector>

namespace weir::support {

struct SyntheticSettings {
    std::size_t rows = 10'000'000;
    std::uint64_t seed = 1;
    std::int64_t startUs = 1'600'000'200'000'000;  ///< a bin's start
    std::int64_t spanUs = 4'200'000'000;           ///< seven intervals of ten minutes
    std::size_t remoteHosts = 1'130'000;           ///< besides 65,536 local ones
    double ipv6Share = 0;                          ///< of the conversations
    bool shuffled = false;                         ///< rows in no order instead of nearly in order of start
};

struct SyntheticFlows {
    flow::MemorySource source;
    std::vector<flow::Prefix> local;
    std::vector<std::uint8_t> bogonHosts;  ///< by host id: 1 = drawn from bogon space
};

/// The same settings give the same rows on every machine. About 40 % of the derived flows are two-way; one-way ones are
/// scans, backscatter, calls to silent services and vanished peers, bogon sources, stray packets, unanswered calls
/// outward. Seven eighths of the local space are dark.
SyntheticFlows makeSyntheticFlows(const SyntheticSettings& settings);

}  // namespace weir::support
