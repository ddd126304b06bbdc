// Reader of nfcapd files, as nfdump 1.7 writes them (layout 2).
#pragma once

#include "core/capture/reader.h"

namespace weir::capture {

int probeNfcapd(std::span<const std::byte> head);

/// Hops along the block headers only. Errors: truncated header; unsupported: layout 1 (nfdump 1.6), LZO blocks, encryption; the detail names
/// the command that makes a readable file of it.
/// A damaged block or record is counted and skipped; records before and after it are kept. Records that carry no addresses and blocks or
/// records of other kinds (exporters, statistics, appendix) are no damage.
Result<std::unique_ptr<FlowFile>> openNfcapd(std::span<const std::byte> bytes, const ReadOptions& options = {});

}  // namespace weir::capture
