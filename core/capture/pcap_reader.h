// pcap files: microsecond and nanosecond times, both byte orders.
#pragma once

#include "core/capture/reader.h"

namespace weir::capture {

int probePcap(std::span<const std::byte> head);

/// A record that does not fit into the file, or looks odd and holds other records, is counted as damage, and reading
/// goes on at the next place where four records in a row look sound and lie within a day of the last good ones; without
/// such a place it ends there. Source: draft-ietf-opsawg-pcap.
Result<std::unique_ptr<FrameFile>> openPcap(const FileBytes& bytes, const ReadOptions& options = {});

}  // namespace weir::capture
