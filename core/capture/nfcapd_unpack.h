// Unpacking of one nfcapd block.
#pragma once

#include "core/capture/nfcapd_format.h"

#include <span>

namespace weir::capture::nfcapd {

/// Empty when the bytes are not what they should be, or become more than kMostBlockBytes. Valid until the same thread
/// unpacks again. REQUIRES how != kNone.
std::span<const std::byte> unpackBlock(Compression how, std::span<const std::byte> body);

}  // namespace weir::capture::nfcapd
