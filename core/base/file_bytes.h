// A file's bytes as its readers get them: looked at in place, or copied out range by range.
#pragma once

#include "core/base/buffer.h"

#include <cstddef>
#include <span>

namespace weir {

/// The bytes of a mapped file or of memory. A value: copies see the same bytes, which must outlive them.
/// Where most of a file is read once and in order, copying ranges costs less than the page faults of looking at a mapping: a fifth of the
/// time of unpacking LZ4 on a real processor, more than a third in a virtual machine.
class FileBytes {
public:
    FileBytes(std::span<const std::byte> bytes, int descriptor = -1) : bytes_(bytes), descriptor_(descriptor) {}  // NOLINT: memory is a file too
    operator std::span<const std::byte>() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }

    /// The range, in place for memory and in `space` for a file; valid until `space` changes. REQUIRES: it lies within.
    /// Bytes that a file has lost since it was opened read 0.
    std::span<const std::byte> read(std::size_t offset, std::size_t size, Buffer<std::byte>& space) const;

private:
    std::span<const std::byte> bytes_;
    int descriptor_;
};

}  // namespace weir
