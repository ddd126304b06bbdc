// A file's bytes as its readers get them: looked at in place, or copied out range by range.
#pragma once

#include "core/base/buffer.h"

#include <cstddef>
#include <span>
#include <vector>

namespace weir {

/// The bytes of a mapped file or of memory. A value: copies see the same bytes, which must outlive them.
/// Where most of a file is read once and in order, copying ranges costs less than the page faults of looking at a mapping: a fifth of the
/// time of unpacking LZ4 on a real processor, more than a third in a virtual machine.
class FileBytes {
public:
    FileBytes(std::span<const std::byte> bytes, int descriptor = -1) : bytes_(bytes), descriptor_(descriptor) {}  // NOLINT: memory is a file too
    FileBytes(const std::vector<std::byte>& bytes) : FileBytes(std::span(bytes)) {}                                                        // NOLINT
    operator std::span<const std::byte>() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    bool isMemory() const { return descriptor_ < 0; }

    /// The range, in place for memory and in `space` for a file; valid until `space` changes. REQUIRES: it lies within.
    /// Bytes that a file has lost since it was opened read 0.
    std::span<const std::byte> read(std::size_t offset, std::size_t size, Buffer<std::byte>& space) const;

private:
    std::span<const std::byte> bytes_;
    int descriptor_;
};

/// A stretch of a file for a reader that goes forward. Pointers into it are good until it moves.
class FileWindow {
public:
    static constexpr std::size_t kUsualBytes = 1u << 20;
    /// Memory is seen whole and never moves.
    explicit FileWindow(const FileBytes& file, std::size_t bytes = kUsualBytes);

    bool holds(std::size_t offset, std::size_t size) const { return offset >= from_ && offset - from_ <= seen_.size() && size <= seen_.size() - (offset - from_); }
    /// REQUIRES holds(offset, 0).
    const std::byte* at(std::size_t offset) const { return seen_.data() + (offset - from_); }
    /// From `offset` on, `least` bytes or the rest of the file at least.
    void moveTo(std::size_t offset, std::size_t least);

private:
    FileBytes file_;
    std::size_t bytes_, from_ = 0;
    std::span<const std::byte> seen_;
    Buffer<std::byte> space_;
};

}  // namespace weir
