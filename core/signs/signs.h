// Pass 2: computes a sign word for each one-way flow from profiles and packet counts.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/derived_flows.h"
#include "core/profile/profile.h"
#include "core/signs/sign_word.h"

#include <cstdint>
#include <span>

namespace weir::signs {

/// Thresholds of the sign Large.
struct SignSettings {
    std::uint64_t largePackets = 10;    ///< [R]
    std::uint64_t largeBytes = 10'240;  ///< [R]
};

/// Returns one word per derived flow. 0 = not a one-way flow of the direction (a classified flow always has a protocol
/// sign). Every word satisfies the exclusions E0 to E7 of methods.md 2.5. `bogonHosts`: one byte per host, 1 = in the
/// bogon list. Cost: O(n), threaded over blocks. Errors: cancelled.
Result<Buffer<SignWord>> assignSigns(const flow::DerivedFlows& flows, const profile::Profiles& profiles,
                                     std::span<const std::uint8_t> hostBits, std::span<const std::uint8_t> bogonHosts,
                                     const profile::ProfileSettings& profileSettings, const SignSettings& settings,
                                     JobContext& job);

/// True when the word satisfies the exclusions E0 to E7.
bool obeysExclusions(SignWord word);

}  // namespace weir::signs
