// How much of a packet trace is export datagrams.
#pragma once

#include "core/capture/export_header.h"
#include "core/capture/packet_view.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <optional>
#include <span>

namespace weir::capture {

/// Fragments other than the first of a datagram do not count.
struct ExportShare {
    std::uint64_t udp = 0, exports = 0;
    /// At least nine of ten.
    bool isMost() const { return exports > 0 && exports * 10 >= udp * 9; }
};

/// Of a UDP datagram that carries exports: with an export port at either end a sound header is enough, elsewhere it
/// must be beyond doubt.
std::optional<ExportHeader> exportHeaderOf(const PacketView& payload, const flow::PacketRecord& packet,
                                           std::span<const std::uint16_t> exportPorts);

}  // namespace weir::capture
