// Walking over sets.
#include "core/capture/export_sets.h"

#include <algorithm>

namespace weir::capture {
namespace {

std::uint16_t be16(std::span<const std::byte> bytes, std::size_t at) {
    return std::uint16_t(std::to_integer<unsigned>(bytes[at]) << 8 | std::to_integer<unsigned>(bytes[at + 1]));
}

}  // namespace

bool SetCursor::next(Set& out) {
    if (damaged_ || at_ + kSetHeader > bytes_.size()) return false;
    const std::size_t length = be16(bytes_, at_ + 2), left = bytes_.size() - at_;
    if (length < kSetHeader) {
        // Padding between the last set and the end.
        damaged_ = !std::all_of(bytes_.begin() + std::ptrdiff_t(at_), bytes_.end(),
                                [](std::byte b) { return b == std::byte{0}; });
        return false;
    }
    out.id = be16(bytes_, at_);
    out.offset = at_ + kSetHeader;
    out.cut = length > left;
    out.content = bytes_.subspan(out.offset, std::min(length, left) - kSetHeader);
    at_ += std::min(length, left);
    return true;
}

bool setsAreSound(const ExportHeader& header, std::span<const std::byte> bytes, std::size_t wire, bool lenient) {
    SetCursor sets(bytes, header.headerBytes);
    SetCursor::Set set;
    std::size_t seen = 0;
    while (sets.next(set)) {
        if (setKind(header.version, set.id) == SetKind::unknown) return lenient && seen > 0;
        if (set.cut && bytes.size() == wire) return lenient && seen > 0;
        ++seen;
        if (lenient) return true;
    }
    return seen > 0 && !sets.damaged();
}

std::size_t netflow9Length(std::span<const std::byte> bytes) {
    constexpr std::size_t kHeader = 20;
    std::size_t at = kHeader;
    while (at + kSetHeader <= bytes.size()) {
        const std::uint16_t id = be16(bytes, at), length = be16(bytes, at + 2);
        if (id == kNetflow5 || id == kNetflow7 || id == kNetflow9 || id == kIpfix) break;
        if (length < kSetHeader || length > bytes.size() - at) return bytes.size();
        at += length;
    }
    return bytes.size() - at < kSetHeader ? bytes.size() : at;
}

}  // namespace weir::capture
