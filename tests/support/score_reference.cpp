// See score_reference.h.
#include "tests/support/score_reference.h"

#include <map>
#include <set>

namespace weir::test {

std::vector<std::optional<std::uint64_t>> sweeneyWords(const std::vector<SentRecord>& records,
                                                       const ScoreWorld& world) {
    struct Plain {
        std::uint64_t flows = 0, packets = 0;
    };
    const auto inbound = [&](const SentRecord& s) { return !world.local(s.src) && world.local(s.dst); };
    std::set<flow::IpAddr> active;
    std::map<int, Plain> ports;
    for (const SentRecord& s : records) {
        if (world.local(s.src) && !world.local(s.dst)) active.insert(s.src);
        if (!inbound(s) || s.protocol != 6) continue;
        ++ports[s.dstPort].flows;
        ports[s.dstPort].packets += s.packets;
    }
    std::vector<std::optional<std::uint64_t>> out;
    for (const SentRecord& s : records) {
        out.emplace_back();
        if (!inbound(s)) continue;
        const bool tcp = s.protocol == 6, udp = s.protocol == 17;
        const auto listed = [&](std::string_view list) {
            return world.listed(list, s.src) || world.listed(list, s.dst);
        };
        std::uint64_t word = 0;
        if (listed("ndpi")) word |= kNdpi;
        if (listed("alienvault")) word |= kAv;
        if (listed("emerging-threats")) word |= kEt;
        if (!active.contains(s.dst) && !world.group(s.dst)) word |= kDark;
        if (world.portListed("insecure-ports", s.protocol, s.dstPort)) word |= kInsecure;
        if (tcp && ports[s.dstPort].flows > 1000 && ports[s.dstPort].packets < 4 * ports[s.dstPort].flows)
            word |= kScan;
        if ((tcp || udp) && !world.portListed("services", s.protocol, s.srcPort) &&
            !world.portListed("services", s.protocol, s.dstPort))
            word |= kUnknown;
        if (tcp && s.flags == 2) word |= kSyn;
        if (tcp && s.dstPort == 22 && s.packets >= 11 && s.packets <= 51) word |= kSsh;
        out.back() = word;
    }
    return out;
}

}  // namespace weir::test
