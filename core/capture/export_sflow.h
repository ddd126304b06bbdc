// Flow samples of sFlow version 5: sampled packet headers and what the switch knew of them.
#pragma once

#include "core/capture/export_header.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <functional>
#include <span>

namespace weir::capture {

/// One sampled packet.
struct FlowSample {
    flow::PacketRecord packet;          ///< its time is not set
    std::uint32_t samplingRate = 0;     ///< one of so many
    std::uint32_t inIf = 0, outIf = 0;  ///< 0 = unknown, discarded, several
    std::uint16_t srcVlan = 0, dstVlan = 0;
    std::uint8_t tos = 0, srcMask = 0, dstMask = 0;
};
struct SflowCounts {
    std::uint32_t flowSamples = 0;  ///< given to `use`
    std::uint32_t notIp = 0;        ///< flow samples without an IP header that can be read
    std::uint32_t others = 0;       ///< counter samples and those of vendors
    bool whole = true;              ///< every sample lies within the datagram, and they fill it
};
/// The samples end where the datagram ends; with `lenient`, the first one lies within it.
bool samplesAreSound(const ExportHeader& header, std::span<const std::byte> bytes, std::size_t wire, bool lenient);
/// REQUIRES that readExportHeader read an sFlow header. `use` may be empty. Source: sFlow version 5 (sflow.org).
SflowCounts readSamples(const ExportHeader& header, std::span<const std::byte> bytes,
                        const std::function<void(const FlowSample&)>& use);

}  // namespace weir::capture
