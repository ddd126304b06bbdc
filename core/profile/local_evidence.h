// What one local host's biflows tell: its services (methods.md 2.3) and the ports it uses for P2P (2.4).
#pragma once

#include "core/profile/profile.h"
#include "core/profile/visits.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::profile {

/// Evidence of one local host's flows. Only ports that a judged flow was sent to are looked at. Keeps its scratch
/// memory between hosts; one per thread. Linear in the visits: of each port and bin it keeps as many distinct remote
/// hosts as the thresholds ask for, which decides "at least that many in the window" exactly, since a bin that has them
/// all decides alone.
class LocalHost {
public:
    LocalHost(const flow::DerivedFlows& flows, const ProfileSettings& settings);
    /// `visits`: TCP and UDP biflows and judged flows of the host, by row. ORs into evidence[row] of judged ones.
    void judge(std::span<const Visit> visits, std::span<std::uint8_t> evidence);

private:
    static constexpr std::uint32_t kNone = ~0u;
    enum Protocol : unsigned { tcp, udp };

    /// Distinct hosts up to a limit, as a chain in hosts_.
    struct HostSet {
        std::uint32_t first = kNone, size = 0;
    };
    struct SocketUse {
        HostSet remotes;
        std::uint16_t lowestPort = 0xffff, highestPort = 0;  ///< of the remote ends
    };
    /// A port's biflows of one bin; older bins behind `before`.
    struct PortBin {
        std::int64_t bin = 0;
        std::uint32_t before = kNone;
        std::array<SocketUse, 2> sockets;  ///< by Protocol
        std::uint64_t candidates = 0;      ///< biflows with both ports high
        HostSet candidateRemotes;
        std::uint32_t firstLow =
            kNone;  ///< chain in low_: biflows that are candidates while their pair uses both protocols
    };
    struct Port {
        std::uint16_t number = 0;
        std::uint32_t newest = kNone;  ///< in portBins_
        std::uint64_t candidates = 0;  ///< of all bins so far, low ones included
        std::int64_t answeredBin = 0;
        std::uint32_t answered = 0;  ///< kAnswered | evidence per protocol of answeredBin
    };
    struct HostLink {
        flow::HostId host = 0;
        std::uint32_t next = kNone;
    };
    struct BinInterval {
        std::int64_t from = 0, to = 0;
    };
    struct DualInterval {
        flow::HostId peer = 0;
        BinInterval bins;
    };

    bool isLow(const Visit& v) const { return v.hostPort < settings_.highPort || v.peerPort < settings_.highPort; }
    bool listPorts(std::span<const Visit> visits);
    void findDualPeers(std::span<const Visit> visits);
    void addDual(flow::HostId peer, std::span<const std::int64_t> tcpBins, std::span<const std::int64_t> udpBins);
    bool isDual(flow::HostId peer, std::int64_t bin) const;
    bool everDual(flow::HostId peer) const;
    bool insert(HostSet& set, flow::HostId host, std::uint32_t limit);
    void use(const Visit& v, std::int64_t bin);
    std::uint32_t answer(const Port& port, std::int64_t bin);
    bool isP2p(const Port& port, std::int64_t bin);
    bool isService(const Port& port, Protocol protocol, std::int64_t bin);
    void unite(HostSet& set, const HostSet& from, std::uint32_t limit);

    const flow::DerivedFlows& flows_;
    const ProfileSettings& settings_;
    std::uint32_t p2pFlows_, p2pRemotes_;
    std::vector<std::uint32_t> portSlot_;  ///< by port number: place in ports_ + 1, 0 = nobody asks
    std::vector<Port> ports_;
    std::vector<PortBin> portBins_;
    std::vector<HostLink> hosts_, low_;
    std::vector<std::uint64_t> rarePeers_, askedPeers_;
    std::vector<DualInterval> dual_;  ///< ordered by peer: bins in whose window the pair has a TCP and a UDP biflow
};

}  // namespace weir::profile
