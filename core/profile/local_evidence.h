// Evidence from one local host's biflows: its services (methods.md 2.3) and its P2P ports (2.4).
#pragma once

#include "core/profile/profile.h"
#include "core/profile/visits.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::profile {

/// Computes the evidence of one local host's flows. Only ports that a judged flow was sent to are examined. Reuses its
/// scratch memory between hosts; one object per thread. Cost: linear in the visits. Per port and bin it stores at most
/// as many distinct remote hosts as the thresholds require. That decides "at least N in the window" exactly, since one
/// bin with N hosts is enough.
class LocalHost {
public:
    LocalHost(const flow::DerivedFlows& flows, const ProfileSettings& settings);
    /// `visits`: the host's TCP and UDP biflows and judged flows, in row order. Sets bits in evidence[row] of the
    /// judged flows.
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
    /// A port's biflows of one bin; `before` links to the next older bin.
    struct PortBin {
        std::int64_t bin = 0;
        std::uint32_t before = kNone;
        std::array<SocketUse, 2> sockets;  ///< by Protocol
        std::uint64_t candidates = 0;      ///< biflows with both ports high
        HostSet candidateRemotes;
        /// Chain in low_: biflows that are candidates only if their pair uses both protocols.
        std::uint32_t firstLow = kNone;
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
    std::vector<std::uint32_t> portSlot_;  ///< by port number: index in ports_ + 1, 0 = no judged flow uses it
    std::vector<Port> ports_;
    std::vector<PortBin> portBins_;
    std::vector<HostLink> hosts_, low_;
    std::vector<std::uint64_t> rarePeers_, askedPeers_;
    std::vector<DualInterval> dual_;  ///< by peer: bins whose window has both a TCP and a UDP biflow of the pair
};

}  // namespace weir::profile
