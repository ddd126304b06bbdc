// Flow tables written by hand, and what the product makes of them.
#pragma once

#include "core/flow/derived_flows.h"
#include "core/flow/memory_source.h"
#include "core/meter/settings.h"
#include "core/profile/profile.h"
#include "core/signs/sign_family.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::support {

inline constexpr std::int64_t kHandBaseUs = 1'600'000'200'000'000;  ///< a ten-minute bin's start

/// One record; times in seconds after kHandBaseUs.
struct HandFlow {
    double start = 0, duration = 0;
    std::string src;
    std::uint16_t srcPort = 0;
    std::string dst;
    std::uint16_t dstPort = 0;
    std::uint8_t protocol = 6;
    std::uint64_t packets = 1, bytes = 60;
    std::uint8_t flags = 2;
    std::uint64_t reversePackets = 0;
    std::uint16_t icmpTypeCode = 0;
};
using HandFlows = std::vector<HandFlow>;

/// In the order given.
flow::MemorySource handSource(const HandFlows& flows);
/// Local are 198.18.4.0/24 and 2001:db8:77::/64.
meter::PairingSettings handPairing();

/// Everything from records to words. Fails the program on an error.
struct HandResult {
    flow::DerivedFlows flows;
    std::vector<std::uint8_t> hostBits;
    profile::Profiles profiles;
    Buffer<signs::SignWord> words;
};
HandResult judge(const flow::ChunkSource& source, const meter::PairingSettings& pairing,
                 const profile::ProfileSettings& profile, const std::vector<std::uint8_t>& bogonHosts,
                 unsigned threads);

/// Derived flows as text, one line each: bin (from the first), local > remote, kind letters, out and in packets.
/// Kind letters: o i b u l e n(internal) t(transit).
std::vector<std::string> textOf(const flow::DerivedFlows& flows, const flow::AddressTable& addresses);

/// Two-way TCP in one second: two records.
HandFlows twoWay(double start, const std::string& src, std::uint16_t srcPort, const std::string& dst,
                 std::uint16_t dstPort, std::uint8_t protocol = 6);
HandFlows operator+(HandFlows a, const HandFlows& b);

}  // namespace weir::support
