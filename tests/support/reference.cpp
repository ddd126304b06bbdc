// The oracle: maps and sets, one interval after the other, no cleverness.
#include "tests/support/reference.h"

#include "core/signs/one_way/all.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace weir::support {
namespace {

using flow::IpAddr;
using Kind = std::uint8_t;

/// Addresses in id order: all of IPv4 before all of IPv6.
struct HostLess {
    bool operator()(const IpAddr& a, const IpAddr& b) const { return a.isV4() != b.isV4() ? a.isV4() : a < b; }
};
bool lower(const IpAddr& a, const IpAddr& b) { return HostLess{}(a, b); }

bool insideAny(const IpAddr& a, const std::vector<flow::Prefix>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const flow::Prefix& p) { return p.contains(a); });
}

/// Multicast, link-local, limited broadcast, and the last address of a local IPv4 network.
bool isGroup(const IpAddr& a, const std::vector<flow::Prefix>& local) {
    static const char* const kGroups[] = {"224.0.0.0/4", "255.255.255.255/32", "169.254.0.0/16", "ff00::/8",
                                          "fe80::/10"};
    for (const char* g : kGroups)
        if (flow::parsePrefix(g)->contains(a)) return true;
    for (const auto& p : local)
        if (p.base.isV4() && p.length >= 96 && p.length <= 126 && a == p.last()) return true;
    return false;
}

using Key = std::tuple<IpAddr, IpAddr, std::uint16_t, std::uint16_t,
                       std::uint8_t>;  // local, remote, local port, remote port, protocol
Key keyOf(const RefFlow& f) { return {f.local, f.remote, f.localPort, f.remotePort, f.protocol}; }

bool oneWayIn(const RefFlow& f) { return flow::isOneWay(f.kind, flow::Direction::in); }
bool oneWayOut(const RefFlow& f) { return flow::isOneWay(f.kind, flow::Direction::out); }
bool classifiable(const RefFlow& f) { return !(f.kind & (flow::kInternal | flow::kTransit)); }
bool biflow(const RefFlow& f) { return classifiable(f) && (f.kind & flow::kBiflow); }
bool tcpOrUdp(const RefFlow& f) { return f.protocol == flow::kTcp || f.protocol == flow::kUdp; }

std::int64_t binOf(std::int64_t t, std::int64_t interval) {
    return t >= 0 ? t / interval : -((-t + interval - 1) / interval);
}

std::vector<RefFlow> pairRecords(const std::vector<RefRecord>& records, const meter::PairingSettings& s) {
    std::map<std::pair<std::int64_t, Key>, RefFlow> flows;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const RefRecord& r = records[i];
        const bool srcIn = insideAny(r.src, s.local), dstIn = insideAny(r.dst, s.local);
        bool srcLocal = srcIn, dstLocal = dstIn;
        if (!srcIn && !dstIn) {
            // A group address counts as local when the other end is remote.
            const bool srcGroup = isGroup(r.src, s.local), dstGroup = isGroup(r.dst, s.local);
            srcLocal = srcGroup && !dstGroup;
            dstLocal = dstGroup && !srcGroup;
        }
        const bool icmp = r.protocol == flow::kIcmp || r.protocol == flow::kIcmp6;
        const std::uint16_t sport = icmp ? 0 : r.srcPort, dport = icmp ? 0 : r.dstPort;
        bool srcIsLocalEnd;
        Kind place = 0;
        if (srcLocal == dstLocal) {
            place = srcLocal ? flow::kInternal : flow::kTransit;
            srcIsLocalEnd = lower(r.src, r.dst) || (r.src == r.dst && sport <= dport);
        } else {
            srcIsLocalEnd = srcLocal;
        }
        RefFlow f;
        f.start = r.start;
        f.end = std::max(r.start, r.end);
        f.bin = binOf(r.start, s.intervalUs);
        f.local = srcIsLocalEnd ? r.src : r.dst;
        f.remote = srcIsLocalEnd ? r.dst : r.src;
        f.localPort = srcIsLocalEnd ? sport : dport;
        f.remotePort = srcIsLocalEnd ? dport : sport;
        f.protocol = r.protocol;
        f.kind = place;
        f.icmpTypeCode = icmp ? r.icmpTypeCode : std::uint16_t(0);
        f.firstRecord = i;
        auto [at, fresh] = flows.try_emplace({f.bin, keyOf(f)}, f);
        RefFlow& g = at->second;
        g.start = std::min(g.start, f.start);
        g.end = std::max(g.end, f.end);
        auto& fwdPackets = srcIsLocalEnd ? g.packetsOut : g.packetsIn;
        auto& fwdBytes = srcIsLocalEnd ? g.bytesOut : g.bytesIn;
        auto& fwdFlags = srcIsLocalEnd ? g.flagsOut : g.flagsIn;
        auto& revPackets = srcIsLocalEnd ? g.packetsIn : g.packetsOut;
        auto& revBytes = srcIsLocalEnd ? g.bytesIn : g.bytesOut;
        auto& revFlags = srcIsLocalEnd ? g.flagsIn : g.flagsOut;
        fwdPackets += r.packets;
        fwdBytes += r.bytes;
        fwdFlags |= r.flags;
        revPackets += r.reversePackets;
        revBytes += r.reverseBytes;
        revFlags |= r.reverseFlags;
    }
    std::vector<RefFlow> out;
    for (auto& [key, f] : flows) {
        f.kind |= f.packetsOut && f.packetsIn ? flow::kBiflow : f.packetsIn ? flow::kInflow : flow::kOutflow;
        if (f.end >= (f.bin + 1) * s.intervalUs) f.kind |= flow::kLate;
        out.push_back(f);
    }
    std::sort(out.begin(), out.end(), [](const RefFlow& a, const RefFlow& b) {
        return std::tie(a.bin, a.firstRecord) < std::tie(b.bin, b.firstRecord);
    });
    return out;
}

/// P7: early bits, and one-way flows whose reverse lies in the neighbour interval. P8: qualification.
void lookAcross(std::vector<RefFlow>& flows, const meter::PairingSettings& s) {
    std::map<std::pair<std::int64_t, Key>, std::size_t> index;
    for (std::size_t i = 0; i < flows.size(); ++i) index[{flows[i].bin, keyOf(flows[i])}] = i;
    std::set<std::size_t> becomeBiflow;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        if (!(flows[i].kind & flow::kLate)) continue;
        const auto next = index.find({flows[i].bin + 1, keyOf(flows[i])});
        if (next == index.end()) continue;
        RefFlow& a = flows[i];
        RefFlow& b = flows[next->second];
        b.kind |= flow::kEarly;
        // "Whose reverse is in the neighbour": the neighbour has packets in the direction this one lacks.
        const auto lacks = [](const RefFlow& x, const RefFlow& y) {
            return !(x.kind & flow::kBiflow) && ((!x.packetsIn && y.packetsIn) || (!x.packetsOut && y.packetsOut));
        };
        if (lacks(a, b)) becomeBiflow.insert(i);
        if (lacks(b, a)) becomeBiflow.insert(next->second);
    }
    if (s.acrossIntervals)
        for (const std::size_t i : becomeBiflow)
            flows[i].kind = Kind((flows[i].kind & ~(flow::kInflow | flow::kOutflow)) | flow::kBiflow);
    std::set<std::tuple<std::int64_t, IpAddr, IpAddr>> answered;
    for (const RefFlow& f : flows)
        if (f.kind & flow::kBiflow) answered.insert({f.bin, f.local, f.remote});
    for (RefFlow& f : flows)
        if (!(f.kind & flow::kBiflow) && answered.contains({f.bin, f.local, f.remote})) f.kind |= flow::kUnibiflow;
}

struct Window {
    std::set<IpAddr> scanners, nominals, hcScanners;
    std::set<std::tuple<IpAddr, std::uint16_t, std::uint8_t>> services;
    std::set<std::pair<IpAddr, std::uint16_t>> p2p;
    std::set<std::pair<IpAddr, IpAddr>> biflowPairs, inPairs, outPairs;
};

void walkRemotes(const std::vector<const RefFlow*>& window, const profile::ProfileSettings& s, Window& w) {
    std::map<IpAddr, std::vector<const RefFlow*>> byRemote;
    for (const RefFlow* f : window)
        if (biflow(*f) || oneWayIn(*f)) byRemote[f->remote].push_back(f);
    const double up = std::log((1 - s.trwTheta1) / (1 - s.trwTheta0)), down = std::log(s.trwTheta1 / s.trwTheta0);
    const double upper = std::log(s.trwDetection / s.trwAlpha),
                 lowerBound = std::log((1 - s.trwDetection) / (1 - s.trwAlpha));
    for (auto& [remote, contacts] : byRemote) {
        std::sort(contacts.begin(), contacts.end(), [](const RefFlow* a, const RefFlow* b) {
            if (a->start != b->start) return a->start < b->start;
            if (a->local != b->local) return lower(a->local, b->local);
            return std::tie(a->protocol, a->localPort, a->remotePort) <
                   std::tie(b->protocol, b->localPort, b->remotePort);
        });
        std::set<IpAddr> seen, failedOnly, good;
        double sum = 0;
        bool decided = false;
        for (const RefFlow* f : contacts) {
            if (biflow(*f)) good.insert(f->local);
            if (!seen.insert(f->local).second || decided) continue;
            sum += biflow(*f) ? down : up;
            decided = sum >= upper || sum <= lowerBound;
            if (sum >= upper) w.scanners.insert(remote);
            if (sum <= lowerBound) w.nominals.insert(remote);
        }
        for (const IpAddr& local : seen)
            if (!good.contains(local)) failedOnly.insert(local);
        if (failedOnly.size() >= s.hcMinBad && double(failedOnly.size()) >= s.hcRatio * double(good.size()))
            w.hcScanners.insert(remote);
    }
}

void findSockets(const std::vector<const RefFlow*>& window, const profile::ProfileSettings& s, Window& w) {
    std::map<std::pair<IpAddr, IpAddr>, std::set<std::uint8_t>> protocols;
    for (const RefFlow* f : window)
        if (biflow(*f) && tcpOrUdp(*f)) protocols[{f->local, f->remote}].insert(f->protocol);
    std::map<std::pair<IpAddr, std::uint16_t>, std::pair<std::size_t, std::set<IpAddr>>> candidates;
    std::map<std::tuple<IpAddr, std::uint16_t, std::uint8_t>, std::pair<std::set<IpAddr>, std::set<std::uint16_t>>>
        sockets;
    for (const RefFlow* f : window) {
        if (!biflow(*f) || !tcpOrUdp(*f)) continue;
        auto& socket = sockets[{f->local, f->localPort, f->protocol}];
        socket.first.insert(f->remote);
        socket.second.insert(f->remotePort);
        if ((f->localPort >= s.highPort && f->remotePort >= s.highPort) ||
            protocols[{f->local, f->remote}].size() == 2) {
            auto& c = candidates[{f->local, f->localPort}];
            ++c.first;
            c.second.insert(f->remote);
        }
    }
    for (const auto& [socket, c] : candidates)
        if (c.first >= s.p2pMinFlows && c.second.size() >= s.p2pMinRemotes) w.p2p.insert(socket);
    for (const auto& [socket, users] : sockets) {
        const bool portsFit = users.second.size() > 1 || *users.second.begin() >= s.highPort;
        if (users.first.size() >= s.serviceMinRemotes && portsFit &&
            !w.p2p.contains({std::get<0>(socket), std::get<1>(socket)}))
            w.services.insert(socket);
    }
}

void collectPairs(const std::vector<const RefFlow*>& window, Window& w) {
    for (const RefFlow* f : window) {
        if (biflow(*f)) w.biflowPairs.insert({f->local, f->remote});
        if (oneWayIn(*f)) w.inPairs.insert({f->local, f->remote});
        if (oneWayOut(*f)) w.outPairs.insert({f->local, f->remote});
    }
}

std::uint64_t signsOf(const RefFlow& f, const Window& w, const std::vector<const RefFlow*>& window, bool potOk,
                      bool grey, const RefSettings& s) {
    using namespace signs::one_way;
    std::uint64_t word = 0;
    const auto set = [&](signs::SignWord sign, bool holds) {
        if (holds) word |= sign;
    };
    const auto& ports = s.profile.servicePorts;
    const bool service = tcpOrUdp(f) && w.services.contains({f.local, f.localPort, f.protocol});
    const bool servicePort =
        f.remotePort < s.profile.highPort || std::find(ports.begin(), ports.end(), f.remotePort) != ports.end();
    bool retry = false;
    for (const RefFlow* e : window)
        if (e->bin < f.bin && keyOf(*e) == keyOf(f) && f.start - e->end <= s.profile.retryGapUs) retry = true;
    set(kWord<TRWscan>, w.scanners.contains(f.remote));
    set(kWord<TRWnom>, w.nominals.contains(f.remote));
    set(kWord<HCscan>, w.hcScanners.contains(f.remote));
    set(kWord<Backsc>, tcpOrUdp(f) && servicePort && f.localPort >= s.profile.highPort && !service);
    set(kWord<GreyIP>, grey);
    set(kWord<bogon>, insideAny(f.remote, s.bogons));
    set(kWord<P2P>, tcpOrUdp(f) && w.p2p.contains({f.local, f.localPort}));
    set(kWord<Unreach>, service);
    set(kWord<Retry>, f.protocol == flow::kTcp && retry && !(f.kind & flow::kEarly));
    set(kWord<Onepkt>, f.packetsIn == 1);
    set(kWord<Artef>, tcpOrUdp(f) && f.localPort == 0 && f.remotePort == 0);
    set(kWord<Large>, f.packetsIn != 1 && (f.packetsIn >= s.signs.largePackets || f.bytesIn >= s.signs.largeBytes));
    set(kWord<PotOk>, potOk);
    set(kWord<InOut>, w.inPairs.contains({f.local, f.remote}) && w.outPairs.contains({f.local, f.remote}));
    set(kWord<TCP>, f.protocol == flow::kTcp);
    set(kWord<UDP>, f.protocol == flow::kUdp);
    const bool icmp = f.protocol == flow::kIcmp || (f.protocol == flow::kIcmp6 && !f.remote.isV4());
    set(kWord<ICMP>, icmp);
    set(kWord<OTHER>, !tcpOrUdp(f) && !icmp);
    return word;
}

}  // namespace

std::vector<RefFlow> referenceFlows(const std::vector<RefRecord>& records, const RefSettings& settings) {
    std::vector<RefFlow> flows = pairRecords(records, settings.pairing);
    lookAcross(flows, settings.pairing);
    std::set<IpAddr> sent;
    for (const RefFlow& f : flows) {
        if (f.packetsOut) sent.insert(f.local);
        if (f.packetsIn) sent.insert(f.remote);
    }
    std::map<std::int64_t, std::vector<RefFlow*>> bins;
    for (RefFlow& f : flows) bins[f.bin].push_back(&f);
    for (auto& [bin, members] : bins) {
        std::vector<const RefFlow*> window;
        for (std::int64_t b = bin - settings.profile.windowBins + 1; b <= bin; ++b)
            if (const auto at = bins.find(b); at != bins.end())
                window.insert(window.end(), at->second.begin(), at->second.end());
        Window w;
        walkRemotes(window, settings.profile, w);
        findSockets(window, settings.profile, w);
        collectPairs(window, w);
        for (RefFlow* f : members) {
            if (!oneWayIn(*f)) continue;
            const bool potOk = settings.profile.potOkOverWindow ? w.biflowPairs.contains({f->local, f->remote})
                                                                : (f->kind & flow::kUnibiflow) != 0;
            const bool grey = !sent.contains(f->local) && !isGroup(f->local, settings.pairing.local);
            f->word = signsOf(*f, w, window, potOk, grey, settings);
        }
    }
    return flows;
}

std::vector<RefRecord> rowsOf(const flow::ChunkSource& source) {
    std::vector<RefRecord> out;
    flow::RecordColumns c;
    for (std::size_t chunk = 0; chunk < source.chunks().size(); ++chunk) {
        if (!source.read(chunk, flow::ColSet::all(), c)) return {};
        for (std::size_t i = 0; i < c.size(); ++i) {
            RefRecord r;
            r.start = c.start[i];
            r.end = c.end[i];
            r.src = source.addresses()[c.src[i]];
            r.dst = source.addresses()[c.dst[i]];
            r.srcPort = c.srcPort[i];
            r.dstPort = c.dstPort[i];
            r.icmpTypeCode = c.icmpTypeCode[i];
            r.protocol = c.protocol[i];
            r.flags = c.tcpFlags[i];
            r.packets = c.packets[i];
            r.bytes = c.bytes[i];
            if (!c.reverseTcpFlags.empty()) r.reverseFlags = c.reverseTcpFlags[i];
            if (!c.reversePackets.empty()) r.reversePackets = c.reversePackets[i];
            if (!c.reverseBytes.empty()) r.reverseBytes = c.reverseBytes[i];
            out.push_back(r);
        }
    }
    return out;
}

}  // namespace weir::support
