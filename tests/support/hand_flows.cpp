// Tables by hand: addresses go through the dictionary as in an import.
#include "tests/support/hand_flows.h"

#include "core/flow/address_dictionary.h"
#include "core/meter/derive.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace weir::support {
namespace {

template <class T>
T valueOf(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().detail.c_str());
        std::abort();
    }
    return std::move(*result);
}

}  // namespace

flow::MemorySource handSource(const HandFlows& flows) {
    flow::RecordColumns r;
    r.resize(flows.size(), flow::ColSet::metered());
    std::vector<flow::AddressDictionary> dictionaries(1);
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const HandFlow& f = flows[i];
        r.start[i] = kHandBaseUs + std::llround(f.start * 1e6);
        r.end[i] = r.start[i] + std::llround(f.duration * 1e6);
        r.src[i] = dictionaries[0].id(*flow::parseAddress(f.src));
        r.dst[i] = dictionaries[0].id(*flow::parseAddress(f.dst));
        r.srcPort[i] = f.srcPort;
        r.dstPort[i] = f.dstPort;
        r.icmpTypeCode[i] = f.icmpTypeCode;
        r.protocol[i] = f.protocol;
        r.tcpFlags[i] = f.flags;
        r.packets[i] = f.packets;
        r.bytes[i] = f.bytes;
        r.reverseTcpFlags[i] = f.reversePackets ? 16 : 0;
        r.reversePackets[i] = f.reversePackets;
        r.reverseBytes[i] = f.reversePackets * 40;
    }
    auto merged = flow::mergeAddresses(dictionaries, 1);
    for (flow::HostId& host : r.src) host = merged.remaps[0](host);
    for (flow::HostId& host : r.dst) host = merged.remaps[0](host);
    return flow::MemorySource(std::move(r), std::move(merged.table));
}

meter::PairingSettings handPairing() {
    meter::PairingSettings s;
    s.local = {*flow::parsePrefix("198.18.4.0/24"), *flow::parsePrefix("2001:db8:77::/64")};
    return s;
}

HandResult judge(const flow::ChunkSource& source, const meter::PairingSettings& pairing,
                 const profile::ProfileSettings& profile, const std::vector<std::uint8_t>& bogonHosts,
                 unsigned threads) {
    JobContext job({}, {}, threads);
    HandResult r{
        valueOf(meter::deriveFlows(source, pairing, job)), meter::markHosts(source.addresses(), pairing.local), {}, {}};
    r.profiles = valueOf(profile::buildProfiles(r.flows, r.hostBits, profile, job));
    const std::vector<std::uint8_t> none(source.addresses().size(), 0);
    static const signs::SignSettings kDefault;
    r.words = valueOf(signs::oneWay().assign(
        {r.flows, r.profiles, r.hostBits, bogonHosts.empty() ? none : bogonHosts, profile, kDefault}, job));
    return r;
}

std::vector<std::string> textOf(const flow::DerivedFlows& flows, const flow::AddressTable& addresses) {
    std::vector<std::string> lines;
    for (const flow::BinRange& bin : flows.bins)
        for (std::uint32_t i = bin.begin; i < bin.end; ++i) {
            std::string kind;
            constexpr char kLetters[] = "oibulent";
            for (unsigned b = 0; b < 8; ++b)
                if (flows.kind[i] >> b & 1) kind += kLetters[b];
            lines.push_back(std::to_string(bin.bin - flows.bins.front().bin) + " " +
                            flow::toText(addresses[flows.local[i]]) + ":" + std::to_string(flows.localPort[i]) + " " +
                            flow::toText(addresses[flows.remote[i]]) + ":" + std::to_string(flows.remotePort[i]) + " " +
                            kind + " " + std::to_string(flows.packetsOut[i]) + "/" +
                            std::to_string(flows.packetsIn[i]));
        }
    return lines;
}

HandFlows twoWay(double start, const std::string& src, std::uint16_t srcPort, const std::string& dst,
                 std::uint16_t dstPort, std::uint8_t protocol) {
    return {{start, 1, src, srcPort, dst, dstPort, protocol, 3, 200, 27},
            {start + 0.1, 1, dst, dstPort, src, srcPort, protocol, 3, 900, 27}};
}

HandFlows operator+(HandFlows a, const HandFlows& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace weir::support
