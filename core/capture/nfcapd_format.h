// The parts of the nfcapd layout 2 that Weir reads: numbers, places and lengths.
#pragma once

#include "core/base/byte_cursor.h"

#include <cstddef>
#include <cstdint>

namespace weir::capture::nfcapd {

// File header, 40 bytes: u16 magic, u16 layout, u32 nfdump version, u64 created, u8 compression, u8 encryption, u16 appendix blocks, u32 creator,
// u64 offset of the appendix (0 = none), u32 block size, u32 number of blocks. All numbers in the byte order of the writing machine.
inline constexpr std::uint16_t kMagic = 0xa50c;
inline constexpr std::size_t kFileHeader = 40, kCompressionAt = 16, kEncryptionAt = 17, kAppendixAt = 24;
enum Compression : std::uint8_t { kNone = 0, kLzo = 1, kBz2 = 2, kLz4 = 3, kZstd = 4 };

// Block header, 12 bytes: u32 records (of any kind), u32 bytes that follow, u16 type, u16 flags.
inline constexpr std::size_t kBlockHeader = 12;
inline constexpr std::uint16_t kDataBlock = 3;
inline constexpr std::uint16_t kBlockUncompressed = 1;  ///< flag: this block is plain in a compressed file
inline constexpr std::size_t kMostBlockBytes = 8u << 20;  ///< unpacked; nfdump's own buffers hold 5 MiB

// Record: u16 type, u16 size with this header. A flow record's header goes on: u16 elements, u8 engine type, u8 engine id, u16 exporter, u8 flags,
// u8 version; then elements {u16 id, u16 length with these 4 bytes}.
inline constexpr std::uint16_t kFlowRecord = 11;
inline constexpr std::size_t kRecordHeader = 4, kFlowHeader = 12, kElementHeader = 4;
inline constexpr std::uint16_t kLastKnownRecord = 15;  ///< exporters, samplers, statistics, names: read by nfdump, not by us

enum Element : std::uint16_t { kGenericFlow = 1, kIpv4Flow = 2, kIpv6Flow = 3, kFlowMisc = 4, kCounts = 5 };
// generic flow: u64 first, last, received (ms), packets, bytes; u16 source port, destination port (ICMP: 256 x type + code); u8 protocol, flags
inline constexpr std::size_t kGenericBytes = 46;
// IPv4: u32 source, destination. IPv6: 2 x u64 source, destination, high half first.
inline constexpr std::size_t kIpv4Bytes = 8, kIpv6Bytes = 32;
// flow misc: the flags of the other direction at byte 14
inline constexpr std::size_t kReverseFlagsAt = 14;
// counts: u64 aggregated flows, packets and bytes of the other direction
inline constexpr std::size_t kCountsBytes = 24;
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

}  // namespace weir::capture::nfcapd
