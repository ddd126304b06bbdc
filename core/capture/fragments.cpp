// A table of sets: a datagram has its place in one set, and in it the oldest entry gives way.
#include "core/capture/fragments.h"

#include "core/capture/packet_decode.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <span>

namespace weir::capture {
namespace {

std::size_t setOf(const flow::PacketRecord& p, std::uint32_t id) {
    std::uint64_t parts[4];
    std::memcpy(parts, p.src.b.data(), 16);
    std::memcpy(parts + 2, p.dst.b.data(), 16);
    std::uint64_t h = id;
    for (const std::uint64_t part : parts) h = (h ^ part) * 0x9e3779b97f4a7c15u, h ^= h >> 29;
    return h % FragmentTable::kSets;
}

}  // namespace

bool FragmentTable::attribute(const PacketView& ip, flow::PacketRecord& p) {
    if (entries_.empty()) entries_.resize(kSets * kWays);
    const std::uint32_t id = upperLayer(ip).fragmentId;
    const std::uint8_t wireProtocol = p.v6 ? std::uint8_t(0) : p.protocol;
    const auto set = std::span(entries_).subspan(setOf(p, id) * kWays, kWays);
    const auto known = std::find_if(set.begin(), set.end(), [&](const Entry& e) {
        return e.used && e.id == id && e.wireProtocol == wireProtocol && e.src == p.src && e.dst == p.dst;
    });
    if (p.firstFragment) {
        const auto oldest = std::min_element(set.begin(), set.end(), [](const Entry& a, const Entry& b) {
            return a.used != b.used ? !a.used : a.timeUs < b.timeUs;
        });
        *(known != set.end() ? known : oldest) = {p.src,     p.dst,          p.timeUs,     id,         p.srcPort,
                                                  p.dstPort, p.icmpTypeCode, wireProtocol, p.protocol, true};
        return true;
    }
    if (known == set.end() || std::abs(p.timeUs - known->timeUs) > kKeepUs) return false;
    p.srcPort = known->srcPort;
    p.dstPort = known->dstPort;
    p.icmpTypeCode = known->icmpTypeCode;
    p.protocol = known->protocol;
    return true;
}

}  // namespace weir::capture
