// Export datagrams from the outside: NetFlow 1, 5, 7 and 9, IPFIX and sFlow headers, and whether bytes are such a
// datagram at all.
#pragma once

#include "core/flow/address.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace weir::capture {

enum ExportVersion : std::uint16_t {
    kNetflow1 = 1,
    kNetflow5 = 5,
    kNetflow7 = 7,
    kNetflow9 = 9,
    kIpfix = 10,
    kSflow5 = 505
};

/// One datagram (or message of a file) with what is known about its way here.
struct ExportDatagram {
    std::span<const std::byte> bytes;  ///< as captured
    std::size_t wire = 0;              ///< bytes it had when it was sent, >= bytes.size()
    flow::IpAddr sender;               ///< all zero = not known
    std::uint64_t offset = 0;          ///< of `bytes` in the file
    std::int64_t timeUs = 0;           ///< when it was captured; 0 = not known
};

/// What the header says; fields that a version does not have are 0.
struct ExportHeader {
    std::uint16_t version = 0;
    std::uint16_t headerBytes = 0;
    std::uint16_t recordBytes = 0;  ///< versions 1, 5 and 7
    std::uint16_t count = 0;        ///< records; sFlow: samples; version 9: of any kind, often wrong
    std::size_t length = 0;         ///< bytes of the datagram; 0 = the header does not tell (9, sFlow)
    std::int64_t exportUs = 0;      ///< when it was sent, µs since 1970
    std::uint32_t uptimeMs = 0;     ///< since boot; wraps after 49.7 days
    std::uint32_t sequence = 0;
    std::uint32_t domain = 0;  ///< 5: engine type and id; 9: source id; IPFIX: observation domain; sFlow: sub-agent
    std::uint32_t samplingInterval = 0;
    flow::IpAddr agent;  ///< sFlow
};

/// Nullopt: an unknown version, or the bytes end inside the header. `wire` tells versions 1 with padded records from
/// others. Sources: Cisco NetFlow export datagram formats; RFC 3954; RFC 7011; sFlow version 5.
std::optional<ExportHeader> readExportHeader(std::span<const std::byte> bytes, std::size_t wire);

/// The header of a payload that can only be an export datagram; on a port where such datagrams are `expected` a sound
/// header is enough. Cheap for everything else: most payloads fail at their first two bytes.
std::optional<ExportHeader> soundExportHeader(std::span<const std::byte> bytes, std::size_t wire, bool expected);

/// Length of the datagram at the begin of `bytes`, which hold one or several back to back; at most bytes.size(). 0 =
/// none begins here.
std::size_t exportLength(std::span<const std::byte> bytes);

}  // namespace weir::capture
