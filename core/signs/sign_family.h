// Families of signs: what one run assigns to its flows.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/derived_flows.h"
#include "core/profile/profile.h"
#include "core/signs/sign_def.h"
#include "core/signs/sign_settings.h"
#include "core/signs/sign_word.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace weir::signs {

/// What a family may read to assign its signs. The data must outlive the call.
struct SignInput {
    const flow::DerivedFlows& flows;
    const profile::Profiles& profiles;         ///< of these flows in the direction of `profileSettings`
    std::span<const std::uint8_t> hostBits;    ///< per host, meter::markHosts
    std::span<const std::uint8_t> bogonHosts;  ///< per host, 1 = in the bogon list
    const profile::ProfileSettings& profileSettings;
    const SignSettings& settings;
};

/// A set of signs that are assigned together.
struct SignFamily {
    std::string_view id;       ///< stored in the keys of runs
    std::string_view version;  ///< changes with the meaning of a sign: stored words of another version are recomputed
    std::span<const SignDef> defs;            ///< by bit
    std::span<const std::string_view> names;  ///< their ids
    /// True when the word satisfies what the definitions exclude, and one sign of each group holds.
    bool (*obeysExclusions)(SignWord word);
    /// The population: true when a flow of this kind (flow::FlowKind bits) gets a word in a run of the direction.
    bool (*judges)(std::uint8_t kind, flow::Direction direction);
    /// One word per derived flow; 0 = the flow is not in the population. Every other word obeys the exclusions. Cost:
    /// O(n), threaded over blocks. Errors: cancelled.
    Result<Buffer<SignWord>> (*assign)(const SignInput& input, JobContext& job);

    unsigned size() const { return static_cast<unsigned>(defs.size()); }
    /// All bits of the family.
    SignWord mask() const { return wordOf(size()) - 1; }
    /// The bit of a sign; size() when there is none. Cost: linear.
    unsigned bitOf(std::string_view sign) const;
};

/// The 18 signs of one-way flows (methods.md 2); the default family of a run.
const SignFamily& oneWay();
/// The registry. Each family is one line of sign_family.cpp.
std::span<const SignFamily* const> families();
/// nullptr when there is no family of this id.
const SignFamily* findFamily(std::string_view id);

}  // namespace weir::signs
