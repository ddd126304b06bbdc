// The columns of a flow record: names, types, and a visitor over them.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/host_id.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weir::flow {

/// The number is stored in project files and never reused.
enum class Col : std::uint8_t {
    start = 0, end = 1, src = 2, dst = 3, srcPort = 4, dstPort = 5, icmpTypeCode = 6, protocol = 7, tcpFlags = 8,
    packets = 9, bytes = 10, reverseTcpFlags = 11, reversePackets = 12, reverseBytes = 13,
};
inline constexpr std::size_t kColCount = 14;

struct ColumnInfo {
    Col col;
    std::string_view ipfix;  ///< IPFIX information element: the canonical column id
    std::string_view unit;
};
// clang-format off
inline constexpr auto kColumns = std::to_array<ColumnInfo>({
    {Col::start,           "flowStartMicroseconds",     "us"},
    {Col::end,             "flowEndMicroseconds",       "us"},
    {Col::src,             "sourceIPAddress",           ""},      // written as sourceIPv4Address or sourceIPv6Address
    {Col::dst,             "destinationIPAddress",      ""},
    {Col::srcPort,         "sourceTransportPort",       ""},
    {Col::dstPort,         "destinationTransportPort",  ""},
    {Col::icmpTypeCode,    "icmpTypeCode",              ""},
    {Col::protocol,        "protocolIdentifier",        ""},
    {Col::tcpFlags,        "tcpControlBits",            ""},
    {Col::packets,         "packetDeltaCount",          "packets"},
    {Col::bytes,           "octetDeltaCount",           "bytes"},
    {Col::reverseTcpFlags, "reverseTcpControlBits",     ""},
    {Col::reversePackets,  "reversePacketDeltaCount",   "packets"},
    {Col::reverseBytes,    "reverseOctetDeltaCount",    "bytes"},
});
// clang-format on
static_assert([] {
    for (std::size_t i = 0; i < kColumns.size(); ++i)
        if (std::size_t(kColumns[i].col) != i) return false;
    return kColumns.size() == kColCount;
}(), "kColumns is indexed by Col");

/// A set of columns.
struct ColSet {
    std::uint32_t bits = 0;
    constexpr bool has(Col c) const { return bits >> unsigned(c) & 1u; }
    constexpr ColSet with(Col c) const { return {bits | 1u << unsigned(c)}; }
    friend constexpr ColSet operator|(ColSet a, ColSet b) { return {a.bits | b.bits}; }
    static constexpr ColSet all() { return {(1u << kColCount) - 1}; }
};
constexpr ColSet cols() { return {}; }
template <class... Rest>
constexpr ColSet cols(Col c, Rest... rest) { return cols(rest...).with(c); }

/// A batch of records as columns. All non-empty columns have the same length; an empty column of a non-empty batch = all zero
/// (reverse* of one-directional input). Times are µs since 1970 UTC; a record may end before it starts (kept as sent).
/// ICMP records have ports 0 and 256 x type + code in icmpTypeCode.
struct RecordColumns {
    Buffer<std::int64_t> start, end;
    Buffer<HostId> src, dst;
    Buffer<std::uint16_t> srcPort, dstPort, icmpTypeCode;
    Buffer<std::uint8_t> protocol, tcpFlags;
    Buffer<std::uint64_t> packets, bytes;
    Buffer<std::uint8_t> reverseTcpFlags;
    Buffer<std::uint64_t> reversePackets, reverseBytes;

    std::size_t size() const;        ///< length of the longest column
    void resize(std::size_t n, ColSet which);
    void clear();
};

/// Calls fn(Col, buffer) for each column of `r`, in order.
template <class Columns, class Fn>
void forEachColumn(Columns& r, Fn&& fn) {
    fn(Col::start, r.start);
    fn(Col::end, r.end);
    fn(Col::src, r.src);
    fn(Col::dst, r.dst);
    fn(Col::srcPort, r.srcPort);
    fn(Col::dstPort, r.dstPort);
    fn(Col::icmpTypeCode, r.icmpTypeCode);
    fn(Col::protocol, r.protocol);
    fn(Col::tcpFlags, r.tcpFlags);
    fn(Col::packets, r.packets);
    fn(Col::bytes, r.bytes);
    fn(Col::reverseTcpFlags, r.reverseTcpFlags);
    fn(Col::reversePackets, r.reversePackets);
    fn(Col::reverseBytes, r.reverseBytes);
}

}  // namespace weir::flow
