// Values of a record, read in one of its directions.
#pragma once

#include "core/flow/filter_batch.h"
#include "core/flow/schema.h"

#include <cstddef>
#include <cstdint>

namespace weir::score {

inline flow::HostId sourceOf(const flow::RecordColumns& c, flow::Side side, std::size_t i) {
    return side == flow::Side::forward ? c.src[i] : c.dst[i];
}
inline flow::HostId destinationOf(const flow::RecordColumns& c, flow::Side side, std::size_t i) {
    return side == flow::Side::forward ? c.dst[i] : c.src[i];
}
inline std::uint64_t packetsOf(const flow::RecordColumns& c, flow::Side side, std::size_t i) {
    return side == flow::Side::forward ? c.packets[i] : c.reversePackets[i];
}
inline std::uint64_t bytesOf(const flow::RecordColumns& c, flow::Side side, std::size_t i) {
    return side == flow::Side::forward ? c.bytes[i] : c.reverseBytes[i];
}

/// The port as filters see it: an ICMP record has source port 0, and type × 256 + code as destination port.
inline std::uint16_t portOf(const flow::RecordColumns& c, bool source, flow::Side side, std::size_t i) {
    const bool first = source == (side == flow::Side::forward);
    const std::uint16_t port = first ? c.srcPort[i] : c.dstPort[i];
    return source ? port : std::uint16_t(port | c.icmpTypeCode[i]);
}

inline std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

}  // namespace weir::score
