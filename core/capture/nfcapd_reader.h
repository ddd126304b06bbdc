// Reader of nfcapd files, as nfdump 1.6 (layout 1) and 1.7 (layout 2) write them.
#pragma once

#include "core/capture/reader.h"

namespace weir::capture {

int probeNfcapd(std::span<const std::byte> head);

/// Hops along the block headers only. Blocks may be plain or packed by LZO, BZ2, LZ4 or Zstandard, and of either byte
/// order. Errors: truncated header; unsupported: another layout, another compression, encryption. A damaged block or
/// record is counted and skipped; records before and after it are kept. Records without addresses, statistics,
/// histograms, names, the appendix and unknown kinds are no damage. The column `exporter` is the number that the file
/// gives the exporter; exporters() is blank at numbers that no record describes. nfcapd multiplies counters by the
/// sampling interval when it collects: counters are kept so, and `samplingInterval` is 0; the interval is in
/// exporters(). Layout 1: the record's extension map may lie in a block before, so every block is unpacked twice.
Result<std::unique_ptr<FlowFile>> openNfcapd(const FileBytes& bytes, const ReadOptions& options = {});

}  // namespace weir::capture
