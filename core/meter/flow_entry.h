// What the flow cache keeps of a flow, and the key it is found by.
#pragma once

#include "core/flow/address.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <cstring>
#include <tuple>

namespace weir::meter {

/// A 5-tuple without direction: end A is the lower one. Address = std::uint32_t (IPv4, host order) or flow::IpAddr.
template <class Address>
struct FlowKey {
    Address a{}, b{};
    std::uint16_t portA = 0, portB = 0;
    std::uint8_t protocol = 0;
    friend bool operator==(const FlowKey&, const FlowKey&) = default;
};
/// A packet's key; `fromB`: the packet goes from end B to end A.
template <class Address>
struct DirectedKey {
    FlowKey<Address> key;
    bool fromB = false;
};
template <class Address>
DirectedKey<Address> directedKey(const Address& src, const Address& dst, const flow::PacketRecord& p) {
    if (std::tie(dst, p.dstPort) < std::tie(src, p.srcPort))
        return {{dst, src, p.dstPort, p.srcPort, p.protocol}, true};
    return {{src, dst, p.srcPort, p.dstPort, p.protocol}, false};
}

/// The IPv4 entry is one cache line. Index 0 of the pairs counts the direction of the first packet, 1 the other one.
template <class Address>
struct FlowEntry {
    Address a{}, b{};
    std::uint16_t portA = 0, portB = 0;
    std::uint8_t protocol = 0;
    bool forwardFromB = false;
    std::uint8_t flags[2] = {0, 0};
    std::uint16_t icmpTypeCode = 0;     ///< of the first packet
    std::uint16_t firstPacketHigh = 0;  ///< number of the first packet, bits 32 to 47
    std::uint32_t firstPacketLow = 0;
    std::uint32_t packets[2] = {0, 0};
    std::int64_t first = 0, last = 0;  ///< µs, lowest and highest
    std::uint64_t bytes[2] = {0, 0};

    std::uint64_t firstPacket() const { return std::uint64_t{firstPacketHigh} << 32 | firstPacketLow; }
    FlowKey<Address> key() const { return {a, b, portA, portB, protocol}; }
    bool has(const FlowKey<Address>& k) const {
        return a == k.a && b == k.b && portA == k.portA && portB == k.portB && protocol == k.protocol;
    }
};
static_assert(sizeof(FlowEntry<std::uint32_t>) == 64);

/// Keys from outside must not be able to choose their slots: `seed` differs from process to process. Results never
/// depend on it.
struct HashSeed {
    std::uint64_t a = 0, b = 0;
};
inline std::uint64_t mixHash(std::uint64_t x, std::uint64_t y) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{x} * y;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
inline std::uint64_t hashKey(const FlowKey<std::uint32_t>& k, HashSeed seed) {
    const std::uint64_t rest = std::uint64_t{k.portA} << 24 | std::uint64_t{k.portB} << 8 | k.protocol;
    return mixHash((std::uint64_t{k.a} << 32 | k.b) ^ seed.a, rest ^ seed.b);
}
inline std::uint64_t hashKey(const FlowKey<flow::IpAddr>& k, HashSeed seed) {
    std::uint64_t a[2], b[2];
    std::memcpy(a, k.a.b.data(), sizeof a);
    std::memcpy(b, k.b.b.data(), sizeof b);
    const std::uint64_t rest = std::uint64_t{k.portA} << 24 | std::uint64_t{k.portB} << 8 | k.protocol;
    const std::uint64_t ends = mixHash(a[0] ^ seed.a, a[1] ^ seed.b) + 3 * mixHash(b[0] ^ seed.b, b[1] ^ seed.a);
    return mixHash(ends ^ seed.a, rest ^ seed.b);
}

}  // namespace weir::meter
