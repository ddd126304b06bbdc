// Where the blocks begin and end. The appendix of layout 2 lies behind them; a file that was never closed has none.
#include "core/capture/nfcapd_blocks.h"

#include "core/capture/nfcapd_layout1.h"

#include <algorithm>
#include <limits>

namespace weir::capture::nfcapd {
namespace {

template <class U>
U numberIn(std::span<const std::byte> bytes, std::size_t at, bool swapped) {
    return swapped ? numberAt<U, true>(bytes.data() + at) : numberAt<U, false>(bytes.data() + at);
}

}  // namespace

BlockWalk::BlockWalk(const FileBytes& bytes, const Shape& shape)
    : bytes_(bytes), shape_(shape), at_(shape.layout == 1 ? kFileHeader1 : kFileHeader),
      end_(bytes.isStream() ? std::numeric_limits<std::uint64_t>::max() : bytes.size()) {
    if (bytes.isStream()) window_.emplace(bytes);
    if (shape.layout == 1)
        blocks_ = numberIn<std::uint32_t>(bytes.head(), kFileBlocksAt, shape.swapped);
    else
        appendix_ = numberIn<std::uint64_t>(bytes.head(), kAppendixAt, shape.swapped);
    if (appendix_ >= kFileHeader) end_ = std::min(end_, appendix_);
}

/// How many of the `wanted` bytes from `at` on there are.
std::uint64_t BlockWalk::there(std::uint64_t at, std::uint64_t wanted) {
    if (!window_) return std::min(wanted, end_ - at);
    if (window_->reach(at, wanted)) return std::min(wanted, end_ - at);
    return std::min(end_, std::uint64_t{window_->end()}) - at;
}

/// At the end of the blocks.
void BlockWalk::finish() {
    ended_ = true;
    const std::uint64_t fileEnd = window_ ? window_->end() : bytes_.size();
    DropCounts all;
    if (shape_.layout != 1 && appendix_ > fileEnd) all.add("truncated file", fileEnd);
    if (shape_.layout == 1 && found_ < blocks_ && drops_.damaged() == 0) all.add("truncated file", fileEnd);
    all.merge(drops_);
    drops_ = std::move(all);
}

std::optional<BlockPlace> BlockWalk::next() {
    while (!ended_) {
        const std::uint64_t headerBytes = at_ < end_ ? there(at_, kBlockHeader) : 0;
        if (headerBytes < kBlockHeader) {
            if (headerBytes > 0) drops_.add("truncated block", at_);
            finish();
            break;
        }
        const auto header = window_ ? window_->from(at_) : bytes_.read(at_, kBlockHeader, space_);
        const auto u32 = [&](std::size_t i) { return numberIn<std::uint32_t>(header, i, shape_.swapped); };
        const auto u16 = [&](std::size_t i) { return numberIn<std::uint16_t>(header, i, shape_.swapped); };
        BlockPlace place{at_, u32(4), u32(0), false, false, 0};
        place.packed = shape_.compression != kNone && (u16(10) & kBlockUncompressed) == 0;
        const bool data = u16(8) == (shape_.layout == 1 ? kDataBlock1 : kDataBlock);
        const std::uint64_t body = there(at_ + kBlockHeader, std::min<std::uint64_t>(place.bytes, kMostBlockBytes + 1));
        if (body < place.bytes && body <= kMostBlockBytes) {
            drops_.add("truncated block", at_);
            place.cut = true;
            place.bytes = std::uint32_t(body);
        }
        if (place.bytes > kMostBlockBytes) {
            drops_.add("damaged block", at_);
            ended_ = true;
            break;
        }
        ++found_;
        at_ += kBlockHeader + place.bytes;
        if (!data) {
            drops_.add("unknown block type", place.offset, false);
            continue;
        }
        if (window_) body_ = window_->from(place.offset + kBlockHeader).first(place.bytes);
        return place;
    }
    return {};
}

}  // namespace weir::capture::nfcapd
