// The mix: who talks to whom, on which ports, with how many packets.
#include "tests/support/traffic.h"

#include <algorithm>
#include <array>

namespace weir::test {
namespace {

using flow::IpAddr;

constexpr std::uint8_t kFin = 1, kSyn = 2, kRst = 4, kPsh = 8, kAck = 16;
constexpr std::uint16_t kScanned[] = {23, 445, 22, 3389, 80, 1433, 2323, 5900, 8080, 3306};
constexpr std::uint16_t kServices[] = {443, 443, 443, 443, 80, 80, 53, 53, 53, 25, 993, 22, 123, 8443, 3478};
constexpr std::uint32_t kScanners = 3000, kPopular = 20000, kServers = 400, kPeers = 900;
constexpr std::size_t kAnswerDelay = 200;  ///< records between the two directions, at most

std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

IpAddr wide(std::uint64_t high, std::uint64_t low) {
    IpAddr a;
    for (std::size_t i = 0; i < 8; ++i) {
        a.b[i] = std::uint8_t(high >> (56 - 8 * i));
        a.b[8 + i] = std::uint8_t(low >> (56 - 8 * i));
    }
    return a;
}

}  // namespace

std::uint64_t Traffic::random() { return mixed(state_ += 0x9e3779b97f4a7c15u); }

IpAddr Traffic::local(std::uint32_t host, bool v6) const {
    return v6 ? wide(0x20010db800140000u, mixed(host) | 1) : IpAddr::v4(0x81840000u + (host & 0xffff));
}

IpAddr Traffic::remote(std::uint32_t host, bool v6) const {
    if (v6) return wide(0x2a00000000000000u | (mixed(host) & 0x00ffffffffff0000u), mixed(host + 7));
    // Ordinary unicast space: 11.0.0.0 to 120.255.255.255, off the local network.
    return IpAddr::v4((11u << 24) + std::uint32_t(mixed(host) % (110u << 24)));
}

std::uint32_t Traffic::anyRemote() { return below(3) == 0 ? below(kPopular) : below(shape_.remoteHosts); }

/// Hosts that answer: 3 of 4 addresses of the network's first half.
std::uint32_t Traffic::liveLocal() {
    const std::uint32_t h = below(32768);
    return h % 4 == 3 ? h - 1 : h;
}

void Traffic::makeOneWay(NfcapdRow& row, bool v6) {
    const std::uint32_t kind = below(100);
    row.protocol = 6;
    row.tcpFlags = kSyn;
    row.packets = 1 + (below(5) == 0) * below(3);
    row.srcPort = std::uint16_t(1024 + below(64000));
    row.src = remote(anyRemote(), v6);
    row.dst = local(below(65536), v6);
    std::uint32_t size = 40 + 4 * below(6);
    if (kind < 55) {  // scans over the whole network, dark half included
        row.src = remote(below(kScanners), v6);
        row.dstPort = kScanned[below(10)];
    } else if (kind < 68) {  // backscatter of floods elsewhere
        row.srcPort = below(3) ? 80 : 443;
        row.dstPort = std::uint16_t(1024 + below(64000));
        row.tcpFlags = below(3) ? kSyn | kAck : kRst | kAck;
    } else if (kind < 84) {  // vanished peers
        row.protocol = 17;
        row.tcpFlags = 0;
        row.dst = local(below(kPeers) * 31 % 32768, v6);
        row.dstPort = std::uint16_t(20000 + below(kPeers));
        size = 58 + below(90);
    } else if (kind < 91) {  // pings and unreachables
        row.protocol = v6 ? 58 : 1;
        row.tcpFlags = 0;
        row.srcPort = 0;
        const std::uint32_t type = below(4) ? (v6 ? 128 : 8) : (v6 ? 1 : 3);
        row.dstPort = std::uint16_t(256 * type + (below(4) ? 0 : 1 + below(3)));
        size = 56 + below(30);
    } else if (kind < 97) {  // stopped services
        row.dst = local(below(kServers) * 64, v6);
        row.dstPort = kServices[below(15)];
        row.packets = 3;
    } else {  // large one-way streams and odd protocols
        row.protocol = below(3) ? 17 : 47;
        row.tcpFlags = 0;
        row.dstPort = row.protocol == 17 ? std::uint16_t(1024 + below(64000)) : std::uint16_t(0);
        if (row.protocol != 17) row.srcPort = 0;
        row.packets = 10 + below(300);
        size = 100 + below(1200);
    }
    row.bytes = row.packets * size;
    row.lastMs = row.firstMs + (row.packets > 1 ? below(row.packets > 5 ? 60000 : 9000) : 0);
}

void Traffic::makeAnswered(NfcapdRow& row, bool v6) {
    const std::uint16_t port = kServices[below(15)];
    const bool outward = below(10) < 7;
    row.protocol = port == 53 || port == 123 || port == 3478 || (port == 443 && below(4) == 0) ? 17 : 6;
    row.tcpFlags = row.protocol == 6 ? std::uint8_t(kSyn | kAck | kPsh | (below(5) ? kFin : kRst)) : std::uint8_t(0);
    const IpAddr inside = outward ? local(liveLocal(), v6) : local(below(kServers) * 64, v6);
    const IpAddr outside = remote(anyRemote(), v6);
    row.src = outward ? inside : outside;
    row.dst = outward ? outside : inside;
    row.srcPort = std::uint16_t(32768 + below(28232));
    row.dstPort = port;
    const bool tiny = row.protocol == 17 && port != 443;
    row.packets = tiny ? 1 : 4 + (below(8) ? below(24) : below(1u << (5 + below(8))));
    row.bytes = row.packets * (tiny ? 60 + below(40) : 60 + below(240));
    row.lastMs = row.firstMs + (tiny ? below(60) : below(8) ? below(4000) : below(300000));

    NfcapdRow back = row;
    std::swap(back.src, back.dst);
    std::swap(back.srcPort, back.dstPort);
    back.firstMs += 1 + below(40);
    back.lastMs = std::max(back.lastMs, back.firstMs);
    back.packets = tiny ? 1 : std::max<std::uint64_t>(2, row.packets + below(8) - 3);
    back.bytes = back.packets * (tiny ? 90 + below(300) : 200 + below(1200));
    answers_.push_back(back);
}

bool Traffic::next(NfcapdRow& row) {
    if (made_ == shape_.flows) return false;
    const std::size_t waiting = answers_.size() - nextAnswer_;
    const bool last = shape_.flows - made_ <= waiting;
    if (waiting > 0 && (last || waiting >= kAnswerDelay || below(4) == 0)) {
        row = answers_[nextAnswer_++];
        if (nextAnswer_ > 4096) {
            answers_.erase(answers_.begin(), answers_.begin() + std::ptrdiff_t(nextAnswer_));
            nextAnswer_ = 0;
        }
        ++made_;
        return true;
    }
    row = {};
    const std::uint64_t now = shape_.firstMs + made_ * (shape_.seconds * 1000 - 500) / shape_.flows;
    row.firstMs = now + below(300);
    const bool v6 = shape_.ipv6Percent > 0 && below(100) < shape_.ipv6Percent;
    const bool room = shape_.flows - made_ >= waiting + 2;
    if (room && below(100) >= 60)
        makeAnswered(row, v6);
    else
        makeOneWay(row, v6);
    ++made_;
    return true;
}

}  // namespace weir::test
