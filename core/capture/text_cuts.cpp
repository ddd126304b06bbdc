// Cutting at line ends, or between the objects of a JSON array.
#include "core/capture/text_cuts.h"

#include <algorithm>
#include <limits>

namespace weir::capture::text {
namespace {

constexpr std::size_t kRowsOfPart = 60000;  ///< aimed at: a little below a chunk, rows differ in length
constexpr std::size_t kSampleBytes = 1u << 18;
constexpr std::size_t kLeastPart = 1u << 16, kMostPart = 16u << 20;
constexpr std::size_t kPeekBytes = 1u << 16, kPieceBytes = 1u << 14;
constexpr std::size_t kTrailerBytes = 4096;  ///< a trailer stands in the last lines when there is one
constexpr std::size_t kBetweenMembers = 64;
constexpr std::uint64_t kUnknown = std::numeric_limits<std::uint64_t>::max();
constexpr int kMostCutTries = 16;

}  // namespace

TextCuts::TextCuts(const FileBytes& bytes, const Plan& plan)
    : plan_(plan), stream_(bytes.isStream()), window_(bytes, stream_ ? FileWindow::kUsualBytes : kPeekBytes),
      end_(stream_ ? kUnknown : bytes.size()) {
    const std::string_view head = textOf(bytes.head());
    at_ = std::min(plan.firstRow, head.size());
    const std::string_view sample = head.substr(at_, kSampleBytes);
    const std::size_t rows = std::max<std::size_t>(1, countRows(sample, plan.layout));
    step_ = std::clamp(sample.size() / rows * kRowsOfPart, kLeastPart, kMostPart);
    if (!stream_) findEnd(bytes.size());
}

/// `size` bytes, fewer only where the data ends.
std::string_view TextCuts::view(std::uint64_t at, std::size_t size) {
    if (at >= end_) return {};
    size = std::size_t(std::min<std::uint64_t>(size, end_ - at));
    (void)window_.reach(at, size);
    if (!window_.holds(at, 0)) return {};
    return textOf(window_.from(at)).substr(0, size);
}

/// In front of the trailer, which begins a line; rows begin at at_.
void TextCuts::findEnd(std::uint64_t fileEnd) {
    end_ = fileEnd;
    if (plan_.trailer.empty()) return;
    const std::uint64_t from = std::max(at_, fileEnd > kTrailerBytes ? fileEnd - kTrailerBytes : 0);
    const std::uint64_t before = from > at_ ? from - 1 : from;
    const std::string_view tail = view(before, std::size_t(fileEnd - before));
    for (std::size_t i = std::size_t(from - before); (i = tail.find(plan_.trailer, i)) != std::string_view::npos; ++i) {
        if (before + i != at_ && tail[i - 1] != '\n') continue;
        end_ = before + i;
        return;
    }
}

std::optional<TextPart> TextCuts::next() {
    const std::size_t far = step_ + step_ / 4;
    if (longRow_) skipLongRow();
    if (stream_ && end_ == kUnknown) {
        (void)window_.reach(at_, far + kMaxRow + kPeekBytes + kTrailerBytes);
        if (window_.reachesEnd()) findEnd(window_.end());
    }
    if (at_ >= end_) return {};
    TextPart part{at_, 0, false};
    if (end_ - at_ <= far) {
        part.size = std::size_t(end_ - at_);
        at_ = end_;
        return part;
    }
    const auto cut = cutBehind(at_ + step_);
    part.size = std::size_t(cut.value_or(at_ + step_) - at_);
    part.endsInLongRow = !cut;
    at_ += part.size;
    longRow_ = !cut;
    return part;
}

void TextCuts::skipLongRow() {
    const auto found = plan_.layout.array ? member(at_, end_) : lineEnd(at_, end_);
    if (!found && end_ == kUnknown) end_ = window_.end();
    at_ = !found ? end_ : plan_.layout.array ? *found : *found + 1;
    longRow_ = false;
}

/// The begin of a row at or soon behind `at`; nothing = there is none within kMaxRow bytes.
std::optional<std::uint64_t> TextCuts::cutBehind(std::uint64_t at) {
    return plan_.layout.array ? memberBehind(at) : rowBehind(at);
}

/// A line that looks like the begin of a row: a line end may stand inside quotes.
std::optional<std::uint64_t> TextCuts::rowBehind(std::uint64_t at) {
    const std::uint64_t limit = std::min(end_, at + kMaxRow);
    std::optional<std::uint64_t> first;
    for (int tries = 0; tries < kMostCutTries; ++tries) {
        const auto found = lineEnd(at, limit);
        if (!found) break;
        at = *found + 1;
        if (!first) first = at;
        if (plan_.rowFields == 0 || at == end_) break;
        if (readsAsRow(at)) return at;
    }
    if (!first && limit == end_) first = end_;
    return first;
}

/// An object between two others; one inside an object, which looks the same, has none of the members that are wanted.
std::optional<std::uint64_t> TextCuts::memberBehind(std::uint64_t at) {
    const std::uint64_t limit = std::min(end_, at + kMaxRow);
    std::optional<std::uint64_t> first;
    std::uint64_t from = at - kBetweenMembers;
    for (int tries = 0; tries < kMostCutTries; ++tries) {
        const auto found = member(from, limit);
        if (!found) break;
        from = *found + 1;
        if (*found < at) continue;
        if (!first) first = found;
        if (readsAsRow(*found)) return found;
    }
    if (!first && limit == end_) first = end_;
    return first;
}

bool TextCuts::readsAsRow(std::uint64_t at) {
    Line line;
    LineReader reader(view(at, kPeekBytes), plan_.layout, plan_.layout.array ? plan_.fields : plan_.rowFields + 1);
    if (!reader.next(line) || line.damaged) return false;
    if (!plan_.layout.array) return line.fields.size() == plan_.rowFields;
    return std::any_of(line.fields.begin(), line.fields.end(), [](std::string_view f) { return !f.empty(); });
}

std::optional<std::uint64_t> TextCuts::lineEnd(std::uint64_t at, std::uint64_t limit) {
    while (at < limit) {
        const std::string_view piece = view(at, std::size_t(std::min<std::uint64_t>(kPieceBytes, limit - at)));
        if (piece.empty()) break;
        const auto found = piece.find('\n');
        if (found != std::string_view::npos) return at + found;
        at += piece.size();
    }
    return {};
}

/// The brace that opens an object behind another one.
std::optional<std::uint64_t> TextCuts::member(std::uint64_t at, std::uint64_t limit) {
    MemberSearch search;
    while (at < limit) {
        const std::string_view piece = view(at, std::size_t(std::min<std::uint64_t>(kPieceBytes, limit - at)));
        if (piece.empty()) break;
        const std::size_t found = search.find(piece);
        if (found < piece.size()) return at + found;
        at += piece.size();
    }
    return {};
}

}  // namespace weir::capture::text
