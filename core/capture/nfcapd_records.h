// Records of one unpacked nfcapd block → columns.
#pragma once

#include "core/capture/nfcapd_exporters.h"
#include "core/capture/nfcapd_maps.h"
#include "core/capture/nfcapd_walk.h"

namespace weir::capture::nfcapd {

/// Where what a block holds goes.
struct Sink {
    flow::AddressDictionary& dictionary;
    flow::RecordColumns& out;
    DropCounts& drops;
    ExporterNotes& exporters;
};

/// Both append the block's flow records. Layout 2 is nfdump 1.7. Layout 1 is nfdump 1.6, whose records are laid out by
/// extension maps: `maps` holds those of the blocks before, and those of this block too afterwards.
void appendRecords(const Block& block, const Sink& sink);
void appendRecords1(const Block& block, ExtensionMaps& maps, const Sink& sink);

/// A record that is no flow: exporters are noted, unknown types are counted. Each layout takes its own flow records
/// first.
void takeOther(std::uint16_t type, std::uint64_t offset, std::span<const std::byte> record, bool swapped,
               const Sink& sink);

}  // namespace weir::capture::nfcapd
