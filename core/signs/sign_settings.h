// Thresholds that signs read besides those of the profiles.
#pragma once

#include <cstdint>

namespace weir::signs {

/// Thresholds of the sign Large.
struct SignSettings {
    std::uint64_t largePackets = 10;    ///< [R]
    std::uint64_t largeBytes = 10'240;  ///< [R]
};

}  // namespace weir::signs
