// Captures inside .gz .bz2 .xz .zst .lz4: read through in memory, never unpacked to disk.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weir::capture {

/// "gzip", "bzip2", "xz", "zstd", "lz4"; empty = not packed. By the bytes.
std::string_view packingOf(std::span<const std::byte> head);

struct Unpacked {
    Buffer<std::byte> bytes;
    std::string damage;           ///< why unpacking ended early, empty = it did not; `bytes` holds what came before
    std::uint64_t damagedAt = 0;  ///< unpacked bytes before it
};

/// Unpacks at most `most` bytes. REQUIRES packingOf(packed) not empty. Errors: cancelled; unsupported when more than `most` come out.
/// Progress in bytes unpacked, the total unknown. Cost: the unpacked size in memory.
Result<Unpacked> unpack(std::span<const std::byte> packed, std::uint64_t most, JobContext& job);
/// The first `bytes` (or fewer) of what is packed; empty when nothing can be read.
Buffer<std::byte> unpackedHead(std::span<const std::byte> packed, std::size_t bytes);

}  // namespace weir::capture
