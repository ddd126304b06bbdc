// A file's bytes as its readers get them: looked at in place, copied out range by range, or as a stream.
#pragma once

#include "core/base/buffer.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace weir {

/// Bytes that come once and in order. Not thread-safe.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Fills `out`, waiting for bytes; returns how many came: fewer than asked = the end, whatever the reason.
    virtual std::size_t read(std::span<std::byte> out) = 0;
};
/// What can be streamed from the begin again and again, one stream at a time.
class StreamSource {
public:
    virtual ~StreamSource() = default;
    virtual std::unique_ptr<ByteStream> open() = 0;
    /// A descriptor that will hold, at their places, the bytes that the next stream has given so far; -1 = no disk
    /// space for them. The source owns it.
    virtual int keepNext() = 0;
};

/// The bytes of a mapped file, of memory, or of a stream. A value: copies see the same bytes, which must outlive them.
/// Where most of a file is read once and in order, copying ranges costs less than the page faults of looking at a
/// mapping: a fifth of the time of unpacking LZ4 on a real processor, more than a third in a virtual machine.
class FileBytes {
public:
    static constexpr std::size_t kHeadBytes = 1u << 20;

    FileBytes(std::span<const std::byte> bytes, int descriptor = -1)
        : bytes_(bytes), size_(bytes.size()), descriptor_(descriptor) {}             // NOLINT: memory is a file too
    FileBytes(const std::vector<std::byte>& bytes) : FileBytes(std::span(bytes)) {}  // NOLINT
    /// `head` = its first bytes, kHeadBytes or all.
    FileBytes(StreamSource& source, std::span<const std::byte> head) : bytes_(head), source_(&source) {}

    bool isMemory() const { return descriptor_ < 0 && !source_; }
    bool isStream() const { return source_ != nullptr; }
    /// Of the whole file; 0 for a stream: nobody knows yet.
    std::size_t size() const { return size_; }
    /// The first kHeadBytes, or all when there are fewer; in place.
    std::span<const std::byte> head() const {
        return bytes_.first(bytes_.size() < kHeadBytes ? bytes_.size() : kHeadBytes);
    }

    /// The range, in place for memory and in `space` for a file; valid until `space` changes. REQUIRES: it lies within,
    /// and !isStream(). Bytes that a file has lost since it was opened read 0.
    std::span<const std::byte> read(std::size_t offset, std::size_t size, Buffer<std::byte>& space) const;
    /// The same bytes by place. Of a stream: of the next one that is opened, as far as it was read (and 0 behind that);
    /// it writes them to disk. Empty when the disk cannot take them.
    FileBytes byPlace() const;

private:
    friend class FileWindow;
    std::span<const std::byte> bytes_;
    std::size_t size_ = 0;
    int descriptor_ = -1;
    StreamSource* source_ = nullptr;
};

/// A stretch of a file for a reader that goes forward. Pointers into it are good until it moves. A stream goes forward
/// only, and is opened here.
class FileWindow {
public:
    static constexpr std::size_t kUsualBytes = 1u << 20;
    /// Memory is seen whole and never moves.
    explicit FileWindow(const FileBytes& file, std::size_t bytes = kUsualBytes);

    bool holds(std::size_t offset, std::size_t size) const {
        return offset >= from_ && offset - from_ <= seen_.size() && size <= seen_.size() - (offset - from_);
    }
    /// REQUIRES holds(offset, 0).
    const std::byte* at(std::size_t offset) const { return seen_.data() + (offset - from_); }
    /// All it holds from `offset` on. REQUIRES holds(offset, 0).
    std::span<const std::byte> from(std::size_t offset) const { return seen_.subspan(offset - from_); }
    std::size_t end() const { return from_ + seen_.size(); }
    /// Nothing of the file lies behind it.
    bool reachesEnd() const { return ended_; }
    /// From `offset` on, `least` bytes or the rest of the file at least. Of a stream: REQUIRES offset not in front of
    /// the window.
    void moveTo(std::size_t offset, std::size_t least);
    /// Moves only where it must. False: the file ends before.
    bool reach(std::size_t offset, std::size_t least) {
        if (!holds(offset, least) && (!ended_ || offset < from_)) moveTo(offset, least);
        return holds(offset, least);
    }

private:
    void advance(std::size_t offset, std::size_t least);

    FileBytes file_;
    std::unique_ptr<ByteStream> stream_;
    std::size_t bytes_, from_ = 0;
    std::span<const std::byte> seen_;
    bool ended_ = false;
    Buffer<std::byte> space_;
};

}  // namespace weir
