// The parts of the nfcapd layout 1 (nfdump 1.6) that Weir reads, where it differs from layout 2: numbers, places and
// lengths.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weir::capture::nfcapd {

// File header, 140 bytes: u16 magic, u16 layout, u32 flags, u32 number of blocks, 128 bytes of name; then 136 bytes of
// statistics.
inline constexpr std::size_t kFileFlagsAt = 4, kFileBlocksAt = 8, kFileHeader1 = 140 + 136;
enum FileFlag : std::uint32_t { kFileLzo = 1, kFileBz2 = 8, kFileLz4 = 16 };
inline constexpr std::uint16_t kDataBlock1 = 2;

// Common record: u16 type, u16 size, u16 flags, u16 map; u16 milliseconds of first and of last, u32 seconds of first
// and of last, u8 forwarding, TCP flags, protocol, ToS, u16 source port, destination port, exporter, fill. The old one
// (V0) has u8 flags, u8 exporter, and ends with the ports. Then the addresses (as in layout 2), packets, bytes, and
// what the extension map names.
inline constexpr std::size_t kCommonHead = 32, kCommonHeadV0 = 28, kTosAt = 23, kExporterAt1 = 28;
enum CommonFlag : std::uint16_t { kFlagV6 = 1, kFlagPackets64 = 2, kFlagBytes64 = 4 };
/// Least bytes of a flow record.
inline constexpr std::size_t kLeastFlow1 = kCommonHeadV0 + 16;
/// In the extension of a firewall event: u16 256 x ICMP type + code; the event's time comes first.
inline constexpr std::size_t kEventIcmpAt = 12;

}  // namespace weir::capture::nfcapd
