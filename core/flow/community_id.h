// Community ID v1: one name for a flow in all tools. Source: Corelight's specification (conventions.md).
#pragma once

#include "core/base/sha1.h"
#include "core/flow/address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::flow {

struct FlowTuple {
    IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0;
    std::uint16_t icmpTypeCode = 0;  ///< 256 x type + code, of ICMP and ICMPv6
    std::uint8_t protocol = 0;
};
using CommunityHash = Sha1;

/// The same for both directions of a flow; one-way ICMP messages keep their direction. Protocols other than ICMP,
/// ICMPv6, TCP, UDP and SCTP are named without ports.
CommunityHash communityHash(const FlowTuple& tuple, std::uint16_t seed);
/// "1:" and the hash in base64.
std::string communityId(const FlowTuple& tuple, std::uint16_t seed);
/// Nothing unless the text is a version 1 id.
std::optional<CommunityHash> parseCommunityId(std::string_view text);

}  // namespace weir::flow
