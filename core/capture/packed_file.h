// A packed file as readers get it: unpacked by a thread of its own while they decode.
#pragma once

#include "core/base/result.h"
#include "core/capture/drop_counts.h"
#include "core/capture/unpack.h"

#include <atomic>
#include <memory>
#include <stop_token>
#include <string>

namespace weir::capture {

/// Each stream unpacks the file once more, with a few MiB of blocks between the unpacking thread and the reader. What
/// fits into FileBytes::kHeadBytes is unpacked at once and needs neither. Cancelling ends the streams as the end of the
/// file does: callers look at their job.
class PackedFile final : public StreamSource {
public:
    struct Options {
        std::uint64_t maxUnpacked = 0;  ///< bytes; what lies behind is left out and counted
        std::string folder;             ///< for what must be kept by place: an unlinked file of at most maxUnpacked
        std::stop_token stop;
    };
    /// REQUIRES packingOf(packed.head()) not empty. Unpacks the head.
    PackedFile(const FileBytes& packed, Options options);
    ~PackedFile() override;

    FileBytes bytes();
    /// Of the packed file, in the present or last pass; thread-safe.
    std::uint64_t packedRead() const { return packedRead_.load(std::memory_order_relaxed); }
    /// What the last pass left out, as far as its reader went: "damaged archive", or what lies beyond the limit. No
    /// stream is open.
    DropCounts drops() const;
    /// Error io: the bytes could not be kept on disk, and the stream ended there. No stream is open.
    Status kept() const;

    std::unique_ptr<ByteStream> open() override;
    int keepNext() override;

private:
    class Stream;

    const FileBytes packed_;
    const Options options_;
    std::atomic<std::uint64_t> packedRead_{0};
    std::unique_ptr<Unpacker> unpacker_;  ///< of the present pass
    Buffer<std::byte> head_;
    bool begun_ = false;      ///< the unpacker has given more than the head
    bool seenWhole_ = false;  ///< the reader came to the end of the pass
    bool keepNext_ = false;
    int spool_ = -1;
    int spoolError_ = 0;  ///< errno
};

}  // namespace weir::capture
