// The blocks of an nfcapd file, one behind the other.
#pragma once

#include "core/base/file_bytes.h"
#include "core/capture/drop_counts.h"
#include "core/capture/nfcapd_format.h"

#include <cstdint>
#include <optional>
#include <span>

namespace weir::capture::nfcapd {

/// What the file header says.
struct Shape {
    int layout = 2;
    Compression compression = kNone;
    bool swapped = false;
};

struct BlockPlace {
    std::uint64_t offset = 0;   ///< of the block header
    std::uint32_t bytes = 0;    ///< of the body as it lies in the file
    std::uint32_t records = 0;  ///< as claimed: at least the flow records
    bool packed = false;
    bool cut = false;        ///< the file ends inside
    std::size_t copyAt = 0;  ///< of a stream: where the reader keeps the body
};

/// Hops from header to header; of a stream it reads the bodies too.
class BlockWalk {
public:
    BlockWalk(const FileBytes& bytes, const Shape& shape);
    /// The next data block; nothing at the end. Damage is counted in drops().
    std::optional<BlockPlace> next();
    /// Of the block that next() gave last, of a stream. Valid until next().
    std::span<const std::byte> body() const { return body_; }
    /// Complete when next() gave nothing.
    const DropCounts& drops() const { return drops_; }

private:
    std::uint64_t there(std::uint64_t at, std::uint64_t wanted);
    void finish();

    const FileBytes bytes_;
    const Shape shape_;
    std::optional<FileWindow> window_;  ///< of a stream
    std::uint64_t at_, end_, appendix_ = 0, blocks_ = 0;
    std::uint32_t found_ = 0;
    bool ended_ = false;
    std::span<const std::byte> body_;
    Buffer<std::byte> space_;
    DropCounts drops_;
};

}  // namespace weir::capture::nfcapd
