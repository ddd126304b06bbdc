// Records of a block one by one.
#pragma once

#include "core/capture/nfcapd_format.h"
#include "core/capture/reader.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::capture::nfcapd {

/// One block's unpacked records and where to name damage in it.
struct Block {
    std::span<const std::byte> records;
    std::uint64_t fileOffset = 0;
    bool offsetsAreExact = false;  ///< plain block: fileOffset + place; else fileOffset alone
    bool swapped = false;          ///< written by a machine of the other byte order
};

/// REQUIRES block.swapped == Swapped. A record whose size does not fit is counted and ends the walk.
template <bool Swapped>
class RecordWalk {
public:
    RecordWalk(const Block& block, DropCounts& drops) : block_(block), drops_(drops) {}

    /// The next record with its header; empty at the end.
    std::span<const std::byte> next() {
        const std::size_t left = block_.records.size() - at_;
        if (left == 0) return {};
        offset_ = block_.fileOffset + (block_.offsetsAreExact ? at_ : 0);
        const std::byte* const record = block_.records.data() + at_;
        if (left < kRecordHeader) return stop("truncated record");
        type_ = numberAt<std::uint16_t, Swapped>(record);
        const std::size_t size = numberAt<std::uint16_t, Swapped>(record + 2);
        if (size < kRecordHeader) return stop("damaged record");
        if (size > left) return stop("truncated record");
        at_ += size;
        return {record, size};
    }
    std::uint16_t type() const { return type_; }      ///< of that record
    std::uint64_t offset() const { return offset_; }  ///< of that record in the file

private:
    std::span<const std::byte> stop(std::string_view reason) {
        drops_.add(reason, offset_);
        at_ = block_.records.size();
        return {};
    }

    const Block& block_;
    DropCounts& drops_;
    std::size_t at_ = 0;
    std::uint64_t offset_ = 0;
    std::uint16_t type_ = 0;
};

}  // namespace weir::capture::nfcapd
