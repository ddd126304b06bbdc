// Derived flows seen in the classified direction: for `out`, local and remote swap roles.
#pragma once

#include "core/flow/derived_flows.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <span>

namespace weir::profile {

/// Columns by role: `remote` is the source of a one-way flow of the direction, `local` its destination. The spans point
/// into the flows, which must outlive this.
struct Roles {
    std::span<const flow::HostId> local, remote;
    std::span<const std::uint16_t> localPort, remotePort;
    std::span<const std::uint8_t> flags;            ///< of the direction
    std::span<const std::uint64_t> packets, bytes;  ///< of the direction
    flow::Direction direction;

    Roles(const flow::DerivedFlows& f, flow::Direction d)
        : local(d == flow::Direction::in ? f.local.span() : f.remote.span()),
          remote(d == flow::Direction::in ? f.remote.span() : f.local.span()),
          localPort(d == flow::Direction::in ? f.localPort.span() : f.remotePort.span()),
          remotePort(d == flow::Direction::in ? f.remotePort.span() : f.localPort.span()),
          flags(d == flow::Direction::in ? f.flagsIn.span() : f.flagsOut.span()),
          packets(d == flow::Direction::in ? f.packetsIn.span() : f.packetsOut.span()),
          bytes(d == flow::Direction::in ? f.bytesIn.span() : f.bytesOut.span()), direction(d) {}

    bool judged(std::uint8_t kind) const { return flow::isOneWay(kind, direction); }
    bool opposite(std::uint8_t kind) const {
        return flow::isOneWay(kind, direction == flow::Direction::in ? flow::Direction::out : flow::Direction::in);
    }
    /// A biflow between a local and a remote host; internal and transit biflows do not count as contacts.
    static bool biflow(std::uint8_t kind) {
        return (kind & (flow::kBiflow | flow::kInternal | flow::kTransit)) == flow::kBiflow;
    }
};

constexpr bool hasPorts(std::uint8_t protocol) { return protocol == flow::kTcp || protocol == flow::kUdp; }

}  // namespace weir::profile
