// What both nfcapd layouts share, and the parts of layout 2 (nfdump 1.7) that Weir reads: numbers, places and lengths.
#pragma once

#include "core/base/byte_cursor.h"
#include "core/flow/address.h"

#include <cstddef>
#include <cstdint>

namespace weir::capture::nfcapd {

// All numbers are in the byte order of the writing machine. Both layouts begin with u16 magic, u16 layout.
inline constexpr std::uint16_t kMagic = 0xa50c;
enum Compression : std::uint8_t { kNone = 0, kLzo = 1, kBz2 = 2, kLz4 = 3, kZstd = 4 };

// File header of layout 2, 40 bytes: … u32 nfdump version, u64 created, u8 compression, u8 encryption, u16 appendix
// blocks, u32 creator, u64 offset of the appendix (0 = none), u32 block size, u32 number of blocks.
inline constexpr std::size_t kFileHeader = 40, kCompressionAt = 16, kEncryptionAt = 17, kAppendixAt = 24;

// Block header, 12 bytes: u32 records (of any kind), u32 bytes that follow, u16 type, u16 flags.
inline constexpr std::size_t kBlockHeader = 12;
inline constexpr std::uint16_t kDataBlock = 3;
inline constexpr std::uint16_t kBlockUncompressed = 1;    ///< flag: this block is plain in a compressed file
inline constexpr std::size_t kMostBlockBytes = 8u << 20;  ///< unpacked; nfdump's own buffers hold 5 MiB

// Record: u16 type, u16 size with this header.
inline constexpr std::size_t kRecordHeader = 4;
enum RecordType : std::uint16_t {
    kCommonRecordV0 = 1,
    kExtensionMap = 2,
    kPortHistogram = 3,
    kBppHistogram = 4,  // layout 1
    kExporterInfo = 7,
    kExporterStats = 8,
    kSamplerV0 = 9,      // both
    kCommonRecord = 10,  // layout 1
    kFlowRecord = 11,
    kSampler = 15,  // layout 2
};
inline constexpr std::uint16_t kLastKnownRecord = kSampler;

// Exporter, 32 bytes: header, u32 version, u64 upper and u64 lower half of the address (IPv4 in the lower half), u16
// address family, u16 number, u32 domain.
inline constexpr std::size_t kExporterBytes = 32, kExporterFamilyAt = 24, kExporterNumberAt = 26,
                             kExporterDomainAt = 28;
inline constexpr std::uint16_t kFamilyV4 = 2;
inline constexpr std::uint32_t kSflowVersion = 9999;
// Exporter statistics: header, u32 how many, then of each u32 number, u32 sequence failures, u64 datagrams, u64
// records.
inline constexpr std::size_t kStatsHeader = 8, kStatsBytes = 24;
// Sampler of old, 16 bytes: header, i32 id, u32 interval, u16 mode, u16 exporter. New, 24: header, u16 exporter, u16
// algorithm, i64 id, u32 packets taken, u32 left out.
inline constexpr std::size_t kSamplerV0Bytes = 16, kSamplerBytes = 24;

// A flow record's header goes on: u16 elements, u8 engine type, u8 engine id, u16 exporter, u8 flags, u8 version; then
// elements {u16 id, u16 length with these 4 bytes}.
inline constexpr std::size_t kFlowHeader = 12, kExporterAt = 8, kElementHeader = 4;

enum Element : std::uint16_t {
    kGenericFlow = 1,
    kIpv4Flow = 2,
    kIpv6Flow = 3,
    kFlowMisc = 4,
    kCounts = 5,
    kVlan = 6,
    kAsRouting = 7,
    kNselEvent = 19,
    kNatEvent = 25,
    kLayer2 = 38,
};
// generic flow: u64 first, last, received (ms), packets, bytes; u16 source port, destination port (ICMP: 256 x type +
// code); u8 protocol, flags, forwarding, ToS
inline constexpr std::size_t kGenericBytes = 48;
// IPv4: u32 source, destination. IPv6: 2 x u64 source, destination, high half first.
inline constexpr std::size_t kIpv4Bytes = 8, kIpv6Bytes = 32;
// flow misc: u32 input, output; u8 source mask, destination mask, direction, ToS and (14) TCP flags of the other
// direction
inline constexpr std::size_t kMiscBytes = 16, kMasksAt = 8, kDstTosAt = 11, kReverseFlagsAt = 14;
// counts: u64 aggregated flows, packets and bytes of the other direction
inline constexpr std::size_t kCountsBytes = 24;
// VLAN and AS: u32 source, destination
inline constexpr std::size_t kPairBytes = 8;
// layer 2: u16 VLAN, customer VLAN, VLAN and customer VLAN behind the device …
inline constexpr std::size_t kLayer2Bytes = 8;
// firewall and NAT events: u64 time of the event (ms) …
inline constexpr std::size_t kEventBytes = 8;
/// Least bytes of a flow record with addresses.
inline constexpr std::size_t kLeastFlow = kFlowHeader + 2 * kElementHeader + kGenericBytes + kIpv4Bytes;

/// A number at `p` in the file's byte order.
template <class U, bool Swapped>
U numberAt(const std::byte* p) {
    U v;
    std::memcpy(&v, p, sizeof v);
    if constexpr (Swapped) v = byteSwap(v);
    return v;
}
/// An IPv6 address: two u64, high half first.
template <bool Swapped>
flow::IpAddr v6At(const std::byte* p) {
    flow::IpAddr a;
    for (std::size_t half = 0; half < 2; ++half) {
        const auto v = numberAt<std::uint64_t, Swapped>(p + half * 8);
        for (std::size_t i = 0; i < 8; ++i) a.b[half * 8 + i] = std::uint8_t(v >> (56 - 8 * i));
    }
    return a;
}

}  // namespace weir::capture::nfcapd
