// The columns of a flow record: names, types, and a visitor over them.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/host_id.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace weir::flow {

/// The number is stored in project files and never reused.
enum class Col : std::uint8_t {
    start = 0, end = 1, src = 2, dst = 3, srcPort = 4, dstPort = 5, icmpTypeCode = 6, protocol = 7, tcpFlags = 8,
    packets = 9, bytes = 10, reverseTcpFlags = 11, reversePackets = 12, reverseBytes = 13,
    srcAs = 14, dstAs = 15, inIf = 16, outIf = 17, tos = 18, dstTos = 19, srcVlan = 20, dstVlan = 21, srcMask = 22, dstMask = 23,
    exporter = 24, samplingInterval = 25,
};
inline constexpr std::size_t kColCount = 26;
/// Columns that a batch and a file leave out where they are zero throughout.
constexpr bool isOptional(Col c) { return c >= Col::reverseTcpFlags; }

/// Of one record alone: derived flows show those of their first record.
constexpr bool isPerRecordOnly(Col c) { return c >= Col::srcAs; }

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
    {Col::srcAs,           "bgpSourceAsNumber",         ""},
    {Col::dstAs,           "bgpDestinationAsNumber",    ""},
    {Col::inIf,            "ingressInterface",          ""},
    {Col::outIf,           "egressInterface",           ""},
    {Col::tos,             "ipClassOfService",          ""},
    {Col::dstTos,          "postIpClassOfService",      ""},
    {Col::srcVlan,         "vlanId",                    ""},
    {Col::dstVlan,         "postVlanId",                ""},
    {Col::srcMask,         "sourcePrefixLength",        ""},      // of either family
    {Col::dstMask,         "destinationPrefixLength",   ""},
    {Col::exporter,        "exporter",                  ""},      // place in the source's list of exporters, from 1
    {Col::samplingInterval, "samplingInterval",         "packets"},
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
    /// What every batch has: all that is not optional.
    static constexpr ColSet required() { return {(1u << unsigned(Col::reverseTcpFlags)) - 1}; }
    /// What a meter knows of a flow: all up to reverseBytes.
    static constexpr ColSet metered() { return {(1u << (unsigned(Col::reverseBytes) + 1)) - 1}; }
};
constexpr ColSet cols() { return {}; }
template <class... Rest>
constexpr ColSet cols(Col c, Rest... rest) { return cols(rest...).with(c); }

/// A batch of records as columns. All non-empty columns have the same length; an empty column of a non-empty batch = all zero
/// (only optional columns). Times are µs since 1970 UTC; a record may end before it starts (kept as sent).
/// ICMP records have ports 0 and 256 x type + code in icmpTypeCode.
/// Counters are as sent; samplingInterval n > 1: one of n packets was seen, so n times the counter is the estimate; 0 = not sampled or not known.
struct RecordColumns {
    Buffer<std::int64_t> start, end;
    Buffer<HostId> src, dst;
    Buffer<std::uint16_t> srcPort, dstPort, icmpTypeCode;
    Buffer<std::uint8_t> protocol, tcpFlags;
    Buffer<std::uint64_t> packets, bytes;
    Buffer<std::uint8_t> reverseTcpFlags;
    Buffer<std::uint64_t> reversePackets, reverseBytes;
    Buffer<std::uint32_t> srcAs, dstAs, inIf, outIf;
    Buffer<std::uint8_t> tos, dstTos;
    Buffer<std::uint16_t> srcVlan, dstVlan;
    Buffer<std::uint8_t> srcMask, dstMask;
    Buffer<std::uint16_t> exporter;
    Buffer<std::uint32_t> samplingInterval;

    std::size_t size() const;        ///< length of the longest column
    void resize(std::size_t n, ColSet which);
    void clear();
};

/// The members in the order of Col.
inline constexpr auto kColumnMembers = std::tuple{
    &RecordColumns::start, &RecordColumns::end, &RecordColumns::src, &RecordColumns::dst, &RecordColumns::srcPort, &RecordColumns::dstPort,
    &RecordColumns::icmpTypeCode, &RecordColumns::protocol, &RecordColumns::tcpFlags, &RecordColumns::packets, &RecordColumns::bytes,
    &RecordColumns::reverseTcpFlags, &RecordColumns::reversePackets, &RecordColumns::reverseBytes, &RecordColumns::srcAs, &RecordColumns::dstAs,
    &RecordColumns::inIf, &RecordColumns::outIf, &RecordColumns::tos, &RecordColumns::dstTos, &RecordColumns::srcVlan, &RecordColumns::dstVlan,
    &RecordColumns::srcMask, &RecordColumns::dstMask, &RecordColumns::exporter, &RecordColumns::samplingInterval};
static_assert(std::tuple_size_v<decltype(kColumnMembers)> == kColCount);

/// Calls fn(Col, buffer) for each column of `r`, in order.
template <class Columns, class Fn>
void forEachColumn(Columns& r, Fn&& fn) {
    std::apply([&](auto... member) { unsigned i = 0; (fn(Col(i++), r.*member), ...); }, kColumnMembers);
}
/// Calls fn(Col, buffer of a, buffer of b) for each column, in order.
template <class A, class B, class Fn>
void forEachColumn(A& a, B& b, Fn&& fn) {
    std::apply([&](auto... member) { unsigned i = 0; (fn(Col(i++), a.*member, b.*member), ...); }, kColumnMembers);
}

/// The values of the column `col`, which is of that type.
template <class T>
const Buffer<T>& columnOf(const RecordColumns& columns, Col col) {
    const Buffer<T>* found = nullptr;
    forEachColumn(columns, [&](Col at, const auto& values) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(values)>, Buffer<T>>)
            if (at == col) found = &values;
    });
    return *found;
}

}  // namespace weir::flow
