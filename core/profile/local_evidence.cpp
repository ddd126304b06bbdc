// LocalHost: biflows bin by bin into short chains per port; a query walks its port's chain back through the window.
#include "core/profile/local_evidence.h"

#include "core/flow/packet_record.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace weir::profile {
namespace {

constexpr std::uint32_t kAnswered = 1u << 31;
constexpr unsigned kUdpShift = 8;  // evidence of a UDP flow, above that of a TCP flow

}  // namespace

LocalHost::LocalHost(const flow::DerivedFlows& flows, const ProfileSettings& settings)
    : flows_(flows), settings_(settings), p2pFlows_(std::max(1u, settings.p2pMinFlows)),
      p2pRemotes_(std::max(1u, settings.p2pMinRemotes)), portSlot_(65536, 0) {}

/// Lists the ports that judged flows were sent to; false when no biflow uses any of them.
bool LocalHost::listPorts(std::span<const Visit> visits) {
    ports_.clear();
    for (const Visit& v : visits) {
        if (!(v.kind & kVisitJudged) || portSlot_[v.hostPort] != 0) continue;
        ports_.push_back({v.hostPort});
        portSlot_[v.hostPort] = std::uint32_t(ports_.size());
    }
    bool used = false, low = false;
    for (const Visit& v : visits) {
        if (!(v.kind & kVisitBiflow) || portSlot_[v.hostPort] == 0) continue;
        used = true;
        low = low || isLow(v);
    }
    dual_.clear();
    if (low) findDualPeers(visits);
    return used;
}

void LocalHost::judge(std::span<const Visit> visits, std::span<std::uint8_t> evidence) {
    if (listPorts(visits)) {
        portBins_.clear();
        hosts_.clear();
        low_.clear();
        for (std::size_t from = 0, to; from < visits.size(); from = to) {
            const std::int64_t bin = flows_.bins[visits[from].bin].bin;
            for (to = from; to < visits.size() && visits[to].bin == visits[from].bin; ++to)
                if (visits[to].kind & kVisitBiflow) use(visits[to], bin);
            for (std::size_t i = from; i < to; ++i) {
                if (!(visits[i].kind & kVisitJudged)) continue;
                Port& port = ports_[portSlot_[visits[i].hostPort] - 1];
                if (port.newest == kNone) continue;
                if (port.answered == 0 || port.answeredBin != bin) {
                    port.answered = kAnswered | answer(port, bin);
                    port.answeredBin = bin;
                }
                const auto bits =
                    std::uint8_t(visits[i].protocol == flow::kTcp ? port.answered : port.answered >> kUdpShift);
                if (bits != 0) evidence[visits[i].row] = std::uint8_t(evidence[visits[i].row] | bits);
            }
        }
    }
    for (const Port& port : ports_) portSlot_[port.number] = 0;
}

/// True when the host is new. Full sets accept no more hosts.
bool LocalHost::insert(HostSet& set, flow::HostId host, std::uint32_t limit) {
    if (set.size >= limit) return false;
    for (std::uint32_t h = set.first; h != kNone; h = hosts_[h].next)
        if (hosts_[h].host == host) return false;
    hosts_.push_back({host, set.first});
    set.first = std::uint32_t(hosts_.size() - 1);
    ++set.size;
    return true;
}

void LocalHost::unite(HostSet& set, const HostSet& from, std::uint32_t limit) {
    for (std::uint32_t h = from.first; h != kNone && set.size < limit; h = hosts_[h].next)
        insert(set, hosts_[h].host, limit);
}

void LocalHost::use(const Visit& v, std::int64_t bin) {
    if (portSlot_[v.hostPort] == 0) return;
    Port& port = ports_[portSlot_[v.hostPort] - 1];
    if (port.newest == kNone || portBins_[port.newest].bin != bin) {
        portBins_.push_back({bin, port.newest, {}, 0, {}, kNone});
        port.newest = std::uint32_t(portBins_.size() - 1);
    }
    PortBin& now = portBins_[port.newest];
    SocketUse& socket = now.sockets[v.protocol == flow::kTcp ? tcp : udp];
    insert(socket.remotes, v.peer, settings_.serviceMinRemotes);
    socket.lowestPort = std::min(socket.lowestPort, v.peerPort);
    socket.highestPort = std::max(socket.highestPort, v.peerPort);
    if (!isLow(v)) {
        ++port.candidates;
        ++now.candidates;
        insert(now.candidateRemotes, v.peer, p2pRemotes_);
    } else if (everDual(v.peer)) {
        ++port.candidates;
        low_.push_back({v.peer, now.firstLow});
        now.firstLow = std::uint32_t(low_.size() - 1);
    }
}

/// 2.4: enough candidate biflows to enough remote hosts in the window that ends with `bin`.
bool LocalHost::isP2p(const Port& port, std::int64_t bin) {
    if (port.candidates < p2pFlows_) return false;
    std::uint64_t flows = 0;
    HostSet remotes;
    for (std::uint32_t b = port.newest; b != kNone && portBins_[b].bin > bin - settings_.windowBins;
         b = portBins_[b].before) {
        flows += portBins_[b].candidates;
        unite(remotes, portBins_[b].candidateRemotes, p2pRemotes_);
        for (std::uint32_t l = portBins_[b].firstLow; l != kNone; l = low_[l].next) {
            if (!isDual(low_[l].host, bin)) continue;
            ++flows;
            insert(remotes, low_[l].host, p2pRemotes_);
        }
        if (flows >= p2pFlows_ && remotes.size >= p2pRemotes_) return true;
    }
    return false;
}

/// 2.3: enough remote hosts in the window, not all on one and the same low port.
bool LocalHost::isService(const Port& port, Protocol protocol, std::int64_t bin) {
    HostSet remotes;
    std::uint16_t lowest = 0xffff, highest = 0;
    for (std::uint32_t b = port.newest; b != kNone && portBins_[b].bin > bin - settings_.windowBins;
         b = portBins_[b].before) {
        const SocketUse& socket = portBins_[b].sockets[protocol];
        unite(remotes, socket.remotes, settings_.serviceMinRemotes);
        lowest = std::min(lowest, socket.lowestPort);
        highest = std::max(highest, socket.highestPort);
        const bool portsFit = highest >= settings_.highPort || lowest < highest;
        if (portsFit && remotes.size >= settings_.serviceMinRemotes) return true;
    }
    return false;
}

/// Evidence bits of TCP flows to the port and, shifted, of UDP flows.
std::uint32_t LocalHost::answer(const Port& port, std::int64_t bin) {
    const std::size_t kept = hosts_.size();  // sets made for one query are dropped after it
    std::uint32_t bits = 0;
    if (isP2p(port, bin)) {
        bits = kToP2p | kToP2p << kUdpShift;
    } else {
        if (isService(port, tcp, bin)) bits |= kToService;
        if (isService(port, udp, bin)) bits |= kToService << kUdpShift;
    }
    hosts_.resize(kept);
    return bits;
}

bool LocalHost::isDual(flow::HostId peer, std::int64_t bin) const {
    auto d = std::lower_bound(dual_.begin(), dual_.end(), peer,
                              [](const DualInterval& i, flow::HostId p) { return i.peer < p; });
    for (; d != dual_.end() && d->peer == peer; ++d)
        if (d->bins.from <= bin && bin <= d->bins.to) return true;
    return false;
}

bool LocalHost::everDual(flow::HostId peer) const {
    const auto d = std::lower_bound(dual_.begin(), dual_.end(), peer,
                                    [](const DualInterval& i, flow::HostId p) { return i.peer < p; });
    return d != dual_.end() && d->peer == peer;
}

/// Finds the remote hosts that use both TCP and UDP with this host, and when, among those that use a low port in
/// ports_.
void LocalHost::findDualPeers(std::span<const Visit> visits) {
    std::size_t tcpFlows = 0, udpFlows = 0;
    for (const Visit& v : visits)
        if (v.kind & kVisitBiflow) ++(v.protocol == flow::kTcp ? tcpFlows : udpFlows);
    if (tcpFlows == 0 || udpFlows == 0) return;
    const std::uint8_t rarer = tcpFlows < udpFlows ? flow::kTcp : flow::kUdp;
    // Two filters leave few hosts; false positives turn out to use one protocol only.
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>(64, visits.size() * 4));
    rarePeers_.assign(bits / 64, 0);
    askedPeers_.assign(bits / 64, 0);
    const auto bitOf = [bits](flow::HostId peer) {
        return std::size_t(peer * 0x9e3779b97f4a7c15u >> (64 - std::countr_zero(bits)));
    };
    const auto set = [&](std::vector<std::uint64_t>& filter, flow::HostId peer) {
        filter[bitOf(peer) >> 6] |= 1ull << (bitOf(peer) & 63);
    };
    const auto has = [&](const std::vector<std::uint64_t>& filter, flow::HostId peer) {
        return filter[bitOf(peer) >> 6] >> (bitOf(peer) & 63) & 1;
    };
    for (const Visit& v : visits) {
        if (!(v.kind & kVisitBiflow)) continue;
        if (v.protocol == rarer) set(rarePeers_, v.peer);
        if (portSlot_[v.hostPort] != 0 && isLow(v)) set(askedPeers_, v.peer);
    }
    std::vector<std::tuple<flow::HostId, std::uint8_t, std::int64_t>> times;
    for (const Visit& v : visits)
        if ((v.kind & kVisitBiflow) && has(rarePeers_, v.peer) && has(askedPeers_, v.peer))
            times.emplace_back(v.peer, v.protocol, flows_.bins[v.bin].bin);
    std::sort(times.begin(), times.end());
    std::vector<std::int64_t> tcpBins, udpBins;
    for (std::size_t from = 0, to; from < times.size(); from = to) {
        tcpBins.clear();
        udpBins.clear();
        for (to = from; to < times.size() && std::get<0>(times[to]) == std::get<0>(times[from]); ++to)
            (std::get<1>(times[to]) == flow::kTcp ? tcpBins : udpBins).push_back(std::get<2>(times[to]));
        addDual(std::get<0>(times[from]), tcpBins, udpBins);
    }
}

/// The bins whose window holds a bin of each list. Both ascending.
void LocalHost::addDual(flow::HostId peer, std::span<const std::int64_t> tcpBins,
                        std::span<const std::int64_t> udpBins) {
    for (std::size_t t = 0, u = 0; t < tcpBins.size() && u < udpBins.size();) {
        const BinInterval a = {tcpBins[t], tcpBins[t] + settings_.windowBins - 1},
                          b = {udpBins[u], udpBins[u] + settings_.windowBins - 1};
        const BinInterval common = {std::max(a.from, b.from), std::min(a.to, b.to)};
        if (common.from <= common.to) {
            const bool grows = !dual_.empty() && dual_.back().peer == peer && common.from <= dual_.back().bins.to + 1;
            if (grows)
                dual_.back().bins.to = std::max(dual_.back().bins.to, common.to);
            else
                dual_.push_back({peer, common});
        }
        if (a.to < b.to)
            ++t;
        else
            ++u;
    }
}

}  // namespace weir::profile
