// Records of one unpacked nfcapd block → columns.
#pragma once

#include "core/capture/reader.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::capture::nfcapd {

/// One block's unpacked records and where to name damage in it.
struct Block {
    std::span<const std::byte> records;
    std::uint64_t fileOffset = 0;
    bool offsetsAreExact = false;  ///< plain block: fileOffset + place; else fileOffset alone
    bool swapped = false;          ///< written by a machine of the other byte order
};

/// Appends the block's flow records to `out`. A record whose size does not fit ends the block.
void appendRecords(const Block& block, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops);

}  // namespace weir::capture::nfcapd
