// What the tests of one-way signs see, and how a sign takes its bit.
#pragma once

#include "core/flow/packet_record.h"
#include "core/profile/profile.h"
#include "core/signs/finding.h"
#include "core/signs/sign_def.h"
#include "core/signs/sign_settings.h"

#include <cstdint>

namespace weir::signs::one_way {

/// One flow of the population. In an inbound run the source is the remote host, in an outbound one the local host.
struct OneWayFlow {
    bool hasPorts;  ///< TCP or UDP
    std::uint16_t sourcePort, destinationPort;
    std::uint64_t packets, bytes;
    bool toService;          ///< to a known local service
    bool fromServicePort;    ///< profile::ServicePorts
    bool sourceBogon;        ///< in the bogon list
    bool destinationSilent;  ///< sent no packet in any record of any source
    bool destinationGroup;   ///< multicast or broadcast
    std::uint16_t highPort;  ///< ProfileSettings::highPort
    const SignSettings& settings;
};

/// The sign of a bit. A sign is a struct with `bit`, `def`, and one of these tests:
///     static constexpr std::uint8_t evidence           holds when the profiles set this bit (profile::Evidence)
///     static constexpr bool ofProtocol(std::uint8_t)   holds for these protocols; 58 between IPv4 hosts comes as 255
///     static constexpr bool holds(const OneWayFlow&)   holds for these flows
/// Its file ends by specializing this template. Bits are stored in projects: they never change, and have no gaps.
template <unsigned Bit>
struct SignAt;

/// The word in which only sign S holds.
template <class S>
inline constexpr SignWord kWord = wordOf(S::bit);

}  // namespace weir::signs::one_way
