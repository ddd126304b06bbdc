// The invented border: a pool of hosts with roles, and a conversation after the other in order of time.
#include "tests/support/synthetic_flows.h"

#include "core/flow/packet_record.h"

#include <algorithm>

namespace weir::support {
namespace {

using flow::HostId;

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {  // splitmix64
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    std::uint32_t below(std::uint32_t n) { return std::uint32_t((next() >> 32) * n >> 32); }
    /// Low numbers more often than high ones.
    std::uint32_t skewed(std::uint32_t n) { return below(below(n) + 1); }
    bool chance(double p) { return double(next() >> 11) * 0x1p-53 < p; }

private:
    std::uint64_t state_;
};

constexpr std::uint32_t kLocalNet = 0x83010000;  // 131.1.0.0/16
constexpr std::uint32_t kLocalHosts = 65536;
constexpr std::uint32_t kServers = 400, kPeers = 200, kClients = 7600;  // local hosts that send
constexpr std::uint32_t kScanners = 300, kVictims = 500, kRemoteServers = 20000;
constexpr std::uint16_t kServicePorts[] = {443, 80, 25, 53, 22, 993, 123, 8080};
constexpr std::uint16_t kScannedPorts[] = {23, 22, 445, 3389, 80, 5900, 1433, 8545};

/// Hosts by family; the same number means the same role in both.
struct HostPool {
    std::vector<HostId> local, remote, bogon;
};

struct World {
    flow::AddressTable addresses;
    HostPool v4, v6;
    std::vector<std::uint8_t> bogonHosts;
};

World makeWorld(const SyntheticSettings& s, Random& random) {
    World world;
    std::vector<std::uint32_t> v4;
    for (std::uint32_t i = 0; i < kLocalHosts; ++i) v4.push_back(kLocalNet + i);
    const std::size_t bogons = s.remoteHosts / 50;
    for (std::size_t i = 0; i < bogons; ++i) v4.push_back(0xf0000000u + random.below(0x0f000000u));
    while (v4.size() < kLocalHosts + s.remoteHosts) {
        const std::uint32_t a = 0x01000000u + random.below(0xd0000000u);
        if (a >> 16 != kLocalNet >> 16) v4.push_back(a);
    }
    std::sort(v4.begin(), v4.end());
    v4.erase(std::unique(v4.begin(), v4.end()), v4.end());
    std::vector<flow::IpAddr> v6;
    const auto v6Hosts = std::size_t(double(s.remoteHosts) * s.ipv6Share);
    const auto v6Address = [](std::uint32_t net, std::uint64_t low) {
        flow::IpAddr a;
        for (int i = 0; i < 4; ++i) a.b[std::size_t(i)] = std::uint8_t(net >> (24 - 8 * i));
        for (int i = 0; i < 8; ++i) a.b[std::size_t(8 + i)] = std::uint8_t(low >> (56 - 8 * i));
        return a;
    };
    if (v6Hosts > 0) {
        for (std::uint32_t i = 0; i < kLocalHosts; ++i) v6.push_back(v6Address(0x2a0b5600, i));
        for (std::size_t i = 0; i < v6Hosts; ++i)
            v6.push_back(v6Address(0x20010000u + (random.below(4096) << 4), random.next()));
        std::sort(v6.begin(), v6.end());
        v6.erase(std::unique(v6.begin(), v6.end()), v6.end());
    }
    world.bogonHosts.assign(v4.size() + v6.size(), 0);
    for (HostId id = 0; id < v4.size(); ++id) {
        if (v4[id] >> 16 == kLocalNet >> 16)
            world.v4.local.push_back(id);
        else if (v4[id] >= 0xf0000000u)
            world.v4.bogon.push_back(id);
        else
            world.v4.remote.push_back(id);
    }
    for (const HostId id : world.v4.bogon) world.bogonHosts[id] = 1;
    for (std::size_t i = 0; i < v6.size(); ++i)
        (v6[i].b[0] == 0x2a ? world.v6.local : world.v6.remote).push_back(HostId(v4.size() + i));
    world.v6.bogon = world.v6.remote;
    for (HostPool* pool : {&world.v4, &world.v6})  // roles go by place, so that they are spread over the address space
        for (std::vector<HostId>* hosts : {&pool->local, &pool->remote})
            for (std::size_t i = hosts->size(); i > 1; --i)
                std::swap((*hosts)[i - 1], (*hosts)[random.below(std::uint32_t(i))]);
    flow::AddressTable table;
    Buffer<std::uint32_t> v4Column;
    v4Column.append(v4);
    Buffer<flow::IpAddr> v6Column;
    v6Column.append(v6);
    world.addresses = flow::AddressTable(std::move(v4Column), std::move(v6Column));
    return world;
}

/// One end of a conversation.
struct End {
    HostId host = 0;
    std::uint16_t port = 0;
};

class Writer {
public:
    Writer(flow::RecordColumns& records, Random& random) : r_(records), random_(random) {}
    std::size_t rows() const { return at_; }
    bool full() const { return at_ == r_.start.size(); }

    void record(std::int64_t start, std::int64_t duration, End from, End to, std::uint8_t protocol, std::uint8_t flags,
                std::uint64_t packets) {
        if (full()) return;
        r_.start[at_] = start;
        r_.end[at_] = start + duration;
        r_.src[at_] = from.host;
        r_.dst[at_] = to.host;
        r_.srcPort[at_] = from.port;
        r_.dstPort[at_] = to.port;
        r_.icmpTypeCode[at_] = protocol == flow::kIcmp ? 2048 : protocol == flow::kIcmp6 ? 32768 : 0;
        r_.protocol[at_] = protocol;
        r_.tcpFlags[at_] = protocol == flow::kTcp ? flags : std::uint8_t(0);
        r_.packets[at_] = packets;
        r_.bytes[at_] = packets * (40 + random_.below(1000));
        ++at_;
    }
    /// Both directions; one in twenty is long and cut by the exporter, so that its second half comes as records of its
    /// own.
    void twoWay(std::int64_t time, End from, End to, std::uint8_t protocol) {
        const std::uint64_t packets = 2 + random_.skewed(60);
        const bool cut = random_.chance(0.05);
        const std::int64_t duration = cut ? 100'000'000 : random_.skewed(30'000'000);
        const std::uint8_t flags = flow::kSyn | flow::kAck | flow::kPsh | flow::kFin;
        record(time, duration, from, to, protocol, flags, packets);
        record(time + 1000 + random_.below(80'000), duration, to, from, protocol, flags, packets + random_.below(9));
        if (!cut) return;
        record(time + duration + 1'000'000, duration / 2, from, to, protocol, flags, packets);
        record(time + duration + 1'001'000, duration / 2, to, from, protocol, flags, packets);
    }

private:
    flow::RecordColumns& r_;
    Random& random_;
    std::size_t at_ = 0;
};

class Border {
public:
    Border(const HostPool& pool, bool v6, Random& random, Writer& writer)
        : pool_(pool), v6_(v6), random_(random), writer_(writer) {}

    /// One conversation; weights out of 1000.
    void converse(std::int64_t time) {
        const std::uint32_t what = random_.below(1000);
        if (what < 220) return writer_.twoWay(time, {anyRemote(), highPort()}, server(), serverProtocol_);
        if (what < 340)
            return writer_.twoWay(time, {client(), highPort()}, {remoteServer(), kServicePorts[random_.skewed(8)]},
                                  random_.chance(0.3) ? 17 : 6);
        if (what < 400) return writer_.twoWay(time, {anyRemote(), highPort()}, peer(), random_.chance(0.5) ? 17 : 6);
        if (what < 730) return scan(time);
        if (what < 800) return backscatter(time);
        if (what < 840) return callSilentService(time);
        if (what < 870)
            return writer_.record(time, 3'000'000, {anyRemote(), highPort()}, peer(), random_.chance(0.5) ? 17 : 6,
                                  flow::kSyn, 1 + random_.below(3));
        if (what < 910)
            return writer_.record(time, 0, {anyRemote(), highPort()}, {anyLocal(), 445}, flow::kTcp, flow::kSyn, 1);
        if (what < 930)
            return writer_.record(time, 0, {pool_.bogon[random_.below(std::uint32_t(pool_.bogon.size()))], highPort()},
                                  {anyLocal(), 80}, flow::kTcp, flow::kSyn, 1);
        if (what < 940)
            return writer_.record(time, 2'000'000, {anyRemote(), 0}, {anyLocal(), 0}, v6_ ? flow::kIcmp6 : flow::kIcmp,
                                  0, 1 + random_.below(3));
        const End from = {client(), highPort()}, to = {anyRemote(), kServicePorts[random_.skewed(8)]};
        writer_.record(time, 6'000'000, from, to, flow::kTcp, flow::kSyn, 1 + random_.below(4));
        if (random_.chance(0.1))
            writer_.record(time + 100'000, 0, {to.host, 0}, {from.host, 0}, v6_ ? flow::kIcmp6 : flow::kIcmp, 0, 1);
    }

private:
    /// Live hosts answer one scan in three; dark ones are seven eighths of the space.
    void scan(std::int64_t time) {
        const std::uint32_t scanner = random_.skewed(kScanners),
                            target = random_.below(std::uint32_t(pool_.local.size()));
        const End from = {pool_.remote[scanner], highPort()}, to = {pool_.local[target], kScannedPorts[scanner % 8]};
        if (target < kServers + kPeers + kClients && random_.chance(0.3))
            return writer_.twoWay(time, from, to, flow::kTcp);
        writer_.record(time, 0, from, to, flow::kTcp, flow::kSyn, 1);
    }
    /// One caller in ten tries the same ports again after three minutes.
    void callSilentService(std::int64_t time) {
        const End from = {anyRemote(), highPort()}, to = server();
        writer_.record(time, 9'000'000, from, to, serverProtocol_, flow::kSyn, 3);
        if (random_.chance(0.1))
            writer_.record(time + 180'000'000, 9'000'000, from, to, serverProtocol_, flow::kSyn, 3);
    }
    void backscatter(std::int64_t time) {
        const std::uint32_t victim = kScanners + random_.skewed(kVictims);
        writer_.record(time, 0, {pool_.remote[victim], kServicePorts[victim % 4]}, {anyLocal(), highPort()}, flow::kTcp,
                       victim % 2 ? flow::kSyn | flow::kAck : flow::kRst, 1);
    }
    End server() {
        const std::uint32_t n = random_.skewed(kServers);
        const std::uint16_t port = kServicePorts[n % 8];
        serverProtocol_ = port == 53 || port == 123 ? 17 : 6;
        return {pool_.local[n], port};
    }
    End peer() {
        const std::uint32_t n = random_.below(kPeers);
        return {pool_.local[kServers + n], std::uint16_t(20000 + n * 7)};
    }
    HostId client() { return pool_.local[kServers + kPeers + random_.below(kClients)]; }
    HostId anyLocal() { return pool_.local[random_.below(std::uint32_t(pool_.local.size()))]; }
    HostId anyRemote() {
        return pool_
            .remote[kScanners + kVictims + random_.below(std::uint32_t(pool_.remote.size()) - kScanners - kVictims)];
    }
    HostId remoteServer() {
        return pool_.remote[kScanners + kVictims +
                            random_.skewed(
                                std::min(kRemoteServers, std::uint32_t(pool_.remote.size()) - kScanners - kVictims))];
    }
    std::uint16_t highPort() { return std::uint16_t(1024 + random_.below(64512)); }

    const HostPool& pool_;
    bool v6_;
    Random& random_;
    Writer& writer_;
    std::uint8_t serverProtocol_ = 6;
};

template <class T>
void permute(Buffer<T>& column, const std::vector<std::uint32_t>& order) {
    Buffer<T> out(column.size());
    for (std::size_t i = 0; i < order.size(); ++i) out[i] = column[order[i]];
    column = std::move(out);
}

}  // namespace

SyntheticFlows makeSyntheticFlows(const SyntheticSettings& s) {
    Random random(s.seed);
    World world = makeWorld(s, random);
    flow::RecordColumns records;
    using flow::Col;
    records.resize(s.rows, flow::cols(Col::start, Col::end, Col::src, Col::dst, Col::srcPort, Col::dstPort,
                                      Col::icmpTypeCode, Col::protocol, Col::tcpFlags, Col::packets, Col::bytes));
    Writer writer(records, random);
    Border v4(world.v4, false, random, writer), v6(world.v6, true, random, writer);
    while (!writer.full()) {
        const std::int64_t time = s.startUs + std::int64_t(double(s.spanUs) * double(writer.rows()) / double(s.rows));
        (random.chance(s.ipv6Share) ? v6 : v4).converse(time);
    }
    if (s.shuffled) {
        std::vector<std::uint32_t> order(s.rows);
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(std::uint32_t(i))]);
        flow::forEachColumn(records, [&](Col, auto& column) {
            if (!column.empty()) permute(column, order);
        });
    }
    std::vector<flow::Prefix> local = {*flow::parsePrefix("131.1.0.0/16"), *flow::parsePrefix("2a0b:5600::/64")};
    return {flow::MemorySource(std::move(records), std::move(world.addresses)), std::move(local),
            std::move(world.bogonHosts)};
}

}  // namespace weir::support
