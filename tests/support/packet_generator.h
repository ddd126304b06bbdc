// Made-up packet traces: deterministic, in time order, any length, with the mix of a border link full of scans and
// short sessions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <string>
#include <vector>

namespace weir::testing {

struct TraceSpec {
    std::uint64_t packets = 1'000'000;
    std::uint64_t sessions = 0;         ///< 0 = packets / 2.9: what 20 M packets in 10 M one-way flows have
    std::uint32_t localHosts = 60'000;  ///< in 10.20.0.0/16 and 2001:db8:20::/48
    std::uint32_t remoteHosts = 1'100'000;
    unsigned ipv6PerMille = 0;
    unsigned payload = 0;  ///< most bytes behind the transport header; 0 = minimal frames
    std::int64_t startUs = 1'700'000'000'000'000;
    std::int64_t durationUs = 3'600'000'000;
    std::uint64_t seed = 1;
};

/// Ethernet frames one after the other. Memory: the sessions open at one time.
class PacketGenerator {
public:
    struct Frame {
        std::int64_t timeUs = 0;
        std::vector<std::byte> bytes;
    };
    explicit PacketGenerator(const TraceSpec& spec);
    /// False after spec.packets frames.
    bool next(Frame& out);

private:
    enum class Kind : std::uint8_t { tcp, scan, backscatter, udp, ping };
    struct Session {
        std::int64_t at = 0;
        std::uint64_t number = 0;  ///< order among equal times
        std::uint32_t local = 0, remote = 0;
        std::uint16_t localPort = 0, remotePort = 0;
        std::uint32_t sent = 0, packets = 1;
        Kind kind = Kind::tcp;
        bool v6 = false, fromLocal = false;
        bool operator>(const Session& o) const { return at != o.at ? at > o.at : number > o.number; }
    };
    std::uint64_t random();
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((random() >> 32) * n >> 32); }
    Session begin();
    void write(const Session& s, Frame& out);

    TraceSpec spec_;
    std::uint64_t state_, begun_ = 0, written_ = 0;
    std::int64_t nextBegin_;
    double meanLong_;  ///< packets of a long session, so that the wanted total comes out
    std::priority_queue<Session, std::vector<Session>, std::greater<>> open_;
};

enum class Container : std::uint8_t { pcapMicro, pcapNano, pcapMicroBig, pcapng, pcapngBig };
/// The whole trace as a file in memory.
std::vector<std::byte> traceBytes(const TraceSpec& spec, Container container = Container::pcapMicro);
/// Streams a microsecond pcap; false = the file cannot be written.
bool writeTrace(const std::string& path, const TraceSpec& spec);

}  // namespace weir::testing
