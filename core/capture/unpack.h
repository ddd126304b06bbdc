// Captures inside .gz .bz2 .xz .zst .lz4: unpacked piece by piece, never as a whole.
#pragma once

#include "core/base/buffer.h"
#include "core/base/file_bytes.h"
#include "core/capture/xz_stream.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>

struct archive;

namespace weir::capture {

/// "gzip", "bzip2", "xz", "zstd", "lz4"; empty = not packed. By the bytes.
std::string_view packingOf(std::span<const std::byte> head);

/// Why no more bytes come: all were given, the archive is damaged or cut, it needs more memory than
/// XzStream::kMaxMemory, the limit was reached, or somebody called stop().
enum class UnpackEnd : std::uint8_t { running, whole, damaged, memory, limit, stopped };
/// What is wrong with the archive, and what to do; empty unless it is damaged or needs too much memory.
std::string_view problemOf(UnpackEnd end);

/// The content of a packed file, in order: all members of an archive with several, and what is packed several times is
/// unpacked as often, but for xz, which must be the outermost. Memory: the window of the packing (64 KiB to 128 MiB
/// usually, at most 512 MiB for a file made to need that). Not thread-safe but for stop().
class Unpacker {
public:
    /// Gives at most `max` bytes. `packedRead`, when given, follows how many of the packed bytes were used.
    Unpacker(const FileBytes& packed, std::uint64_t max, std::stop_token stop = {},
             std::atomic<std::uint64_t>* packedRead = nullptr);
    ~Unpacker();
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    /// Fills `out`; fewer = end() says why.
    std::size_t read(std::span<std::byte> out);
    UnpackEnd end() const { return end_; }
    std::uint64_t given() const { return given_; }  ///< bytes so far
    /// From any thread: read() returns soon, also inside an archive that gives nothing.
    void stop() { quit_.store(true, std::memory_order_relaxed); }

private:
    void next();
    bool stopped() const { return quit_.load(std::memory_order_relaxed) || stop_.stop_requested(); }
    static long supply(archive*, void* self, const void** bytes);
    std::span<const std::byte> nextPacked();
    long supplyXz(archive* a, const void** bytes);

    struct Free {
        void operator()(archive* a) const noexcept;
    };
    const FileBytes packed_;
    const std::uint64_t max_;
    const std::stop_token stop_;
    std::atomic<std::uint64_t>* const packedRead_;
    std::atomic<bool> quit_{false};
    std::size_t at_ = 0;  ///< packed bytes read so far
    Buffer<std::byte> space_;
    std::unique_ptr<XzStream> xz_;            ///< decodes what the library then sees; null = not a .xz file
    Buffer<std::byte> decoded_;               ///< of xz_
    std::span<const std::byte> packedSlice_;  ///< read, not decoded yet
    UnpackEnd xzEnd_ = UnpackEnd::running;
    std::unique_ptr<archive, Free> archive_;
    std::span<const std::byte> pending_;  ///< unpacked, not given yet
    std::uint64_t given_ = 0;
    UnpackEnd end_ = UnpackEnd::running;
};

/// The first `bytes` (or fewer) of what is packed; empty when nothing can be read.
Buffer<std::byte> unpackedHead(const FileBytes& packed, std::size_t bytes);

}  // namespace weir::capture
