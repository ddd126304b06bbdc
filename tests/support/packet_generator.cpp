// Sessions on a time queue, frames from sessions, containers around frames.
#include "tests/support/packet_generator.h"

#include "tests/support/packet_bytes.h"

#include <algorithm>
#include <cstdio>
#include <memory>

namespace weir::testing {
namespace {

constexpr std::int64_t kShortestGapUs = 2'000, kGapSpreadUs = 400'000;
// Of 100 sessions: scans, backscatter and pings of one packet, questions with an answer, and long TCP for the rest.
constexpr unsigned kScans = 45, kBackscatter = 8, kPings = 2, kQuestions = 25;
constexpr double kLongShare = 1.0 - (kScans + kBackscatter + kPings + kQuestions) / 100.0;

/// Spreads remote host numbers over ordinary unicast space, every number another address.
std::uint32_t remoteAddress(std::uint32_t host) { return 0x14000000u + host * 2654435761u % 0x60000000u; }

}  // namespace

PacketGenerator::PacketGenerator(const TraceSpec& spec)
    : spec_(spec), state_(spec.seed * 0x9e3779b97f4a7c15u), nextBegin_(spec.startUs) {
    if (spec_.sessions == 0)
        spec_.sessions =
            std::max<std::uint64_t>(1, static_cast<std::uint64_t>(static_cast<double>(spec_.packets) / 2.9));
    const double mean = static_cast<double>(spec_.packets) / static_cast<double>(spec_.sessions);
    const double ofShort = (kScans + kBackscatter + 2.0 * kPings + 2.0 * kQuestions) / 100.0;
    meanLong_ = std::max(3.0, (mean - ofShort) / kLongShare);
}

std::uint64_t PacketGenerator::random() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;  // splitmix64
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

PacketGenerator::Session PacketGenerator::begin() {
    static constexpr std::uint16_t kServices[] = {443, 80, 22, 25, 53, 8080, 123, 3389};
    Session s;
    s.at = nextBegin_;
    s.number = begun_++;
    s.local = below(spec_.localHosts);
    s.remote = below(spec_.remoteHosts);
    s.v6 = below(1000) < spec_.ipv6PerMille;
    s.localPort = static_cast<std::uint16_t>(1024 + below(64000));
    s.remotePort = kServices[below(8)];
    s.fromLocal = true;
    const unsigned draw = below(100);
    if (draw < kScans) {
        s.kind = Kind::scan;
        s.fromLocal = false;
        std::swap(s.localPort, s.remotePort);
    } else if (draw < kScans + kBackscatter) {
        s.kind = Kind::backscatter;
        s.fromLocal = false;
    } else if (draw < kScans + kBackscatter + kPings) {
        s.kind = Kind::ping;
        s.localPort = s.remotePort = 0;
        s.packets = 2;
    } else if (draw < kScans + kBackscatter + kPings + kQuestions) {
        s.kind = Kind::udp;
        s.remotePort = 53;
        s.packets = 2;
    } else {
        s.packets = 3 + below(static_cast<std::uint32_t>(2 * (meanLong_ - 3) + 1));
    }
    const auto spread =
        static_cast<std::uint32_t>(2 * spec_.durationUs / static_cast<std::int64_t>(spec_.sessions) + 1);
    nextBegin_ += below(spread);
    return s;
}

bool PacketGenerator::next(Frame& out) {
    if (written_ == spec_.packets) return false;
    while (open_.empty() || nextBegin_ <= open_.top().at) open_.push(begin());
    Session s = open_.top();
    open_.pop();
    write(s, out);
    ++written_;
    if (++s.sent < s.packets) {
        s.at += kShortestGapUs + below(static_cast<std::uint32_t>(kGapSpreadUs));
        open_.push(s);
    }
    return true;
}

void PacketGenerator::write(const Session& s, Frame& out) {
    const bool outward = s.fromLocal == (s.sent % 2 == 0);
    const std::uint32_t localHost = 0x0a140000u + s.local, remoteHost = remoteAddress(s.remote);
    const std::uint16_t from = outward ? s.localPort : s.remotePort, to = outward ? s.remotePort : s.localPort;
    const std::size_t payload = spec_.payload && s.kind != Kind::scan ? below(spec_.payload + 1) : 0;
    std::uint8_t protocol = 6;
    PacketBytes l4;
    switch (s.kind) {
        case Kind::udp:
            protocol = 17;
            l4.be16(from).be16(to).be16(static_cast<std::uint16_t>(8 + payload)).be16(0);
            break;
        case Kind::ping:
            protocol = s.v6 ? 58 : 1;
            l4.u8(s.v6 ? (outward ? 128 : 129) : (outward ? 8 : 0)).u8(0).be16(0).be16(1).be16(1);
            break;
        default: {
            const bool last = s.sent + 1 == s.packets;
            const std::uint8_t flags = s.kind == Kind::scan          ? 0x02
                                       : s.kind == Kind::backscatter ? 0x12
                                       : s.sent == 0                 ? 0x02
                                       : s.sent == 1                 ? 0x12
                                       : last                        ? 0x11
                                                                     : 0x18;
            l4.tcp(from, to, flags);
        }
    }
    l4.zeros(payload);
    out.timeUs = s.at;
    PacketBytes frame;
    frame.ethernet(s.v6 ? 0x86dd : 0x0800);
    if (s.v6)
        frame.ipv6(protocol, l4.size(), outward ? localHost : remoteHost, outward ? remoteHost : localHost);
    else
        frame.ipv4(protocol, l4.size(), outward ? localHost : remoteHost, outward ? remoteHost : localHost);
    out.bytes = frame.append(l4).take();
}

std::vector<std::byte> traceBytes(const TraceSpec& spec, Container container) {
    PacketGenerator generator(spec);
    PacketGenerator::Frame frame;
    const bool big = container == Container::pcapMicroBig || container == Container::pcapngBig;
    const bool ng = container == Container::pcapng || container == Container::pcapngBig;
    const bool nano = container == Container::pcapNano;
    TraceBytes out(big);
    if (ng)
        out.section().interface(1);
    else
        out.pcapHeader(nano, 1);
    while (generator.next(frame)) {
        const auto us = static_cast<std::uint64_t>(frame.timeUs);
        const auto length = static_cast<std::uint32_t>(frame.bytes.size());
        if (ng)
            out.enhancedPacket(0, us, frame.bytes, length);
        else
            out.record(static_cast<std::uint32_t>(us / 1'000'000),
                       static_cast<std::uint32_t>(us % 1'000'000 * (nano ? 1000 : 1)), frame.bytes, length);
    }
    return out.take();
}

bool writeTrace(const std::string& path, const TraceSpec& spec) {
    constexpr std::size_t kPiece = 1u << 20;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), &std::fclose);
    if (!file) return false;
    PacketGenerator generator(spec);
    PacketGenerator::Frame frame;
    TraceBytes piece(false);
    piece.pcapHeader(false, 1);
    const auto flush = [&] {
        const std::vector<std::byte> bytes = piece.take();
        return std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
    };
    while (generator.next(frame)) {
        const auto us = static_cast<std::uint64_t>(frame.timeUs);
        piece.record(static_cast<std::uint32_t>(us / 1'000'000), static_cast<std::uint32_t>(us % 1'000'000),
                     frame.bytes, static_cast<std::uint32_t>(frame.bytes.size()));
        if (piece.size() >= kPiece && !flush()) return false;
    }
    return flush() && std::fflush(file.get()) == 0;
}

}  // namespace weir::testing
