// Line diff by longest common subsequence.
#include "core/refine/iterations.h"

#include <algorithm>
#include <span>

namespace weir::refine {
namespace {

/// Limit on table cells. Larger texts are shown as all removed and all added between their common beginning and end.
constexpr std::size_t kMaxCells = std::size_t{1} << 24;

using Lines = std::vector<std::string_view>;

Lines splitLines(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

/// lengths[i * (m + 1) + j] = length of the longest common subsequence of a[i..] and b[j..].
std::vector<std::uint32_t> commonLengths(std::span<const std::string_view> a, std::span<const std::string_view> b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::uint32_t> lengths((a.size() + 1) * width);
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            lengths[i * width + j] = a[i] == b[j] ? lengths[(i + 1) * width + j + 1] + 1
                                                  : std::max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    return lengths;
}

void add(std::vector<DiffLine>& out, DiffKind kind, std::span<const std::string_view> lines) {
    for (const std::string_view line : lines) out.push_back({kind, std::string(line)});
}

void diffMiddle(std::span<const std::string_view> a, std::span<const std::string_view> b, std::vector<DiffLine>& out) {
    if (a.size() * b.size() > kMaxCells) {
        add(out, DiffKind::removed, a);
        add(out, DiffKind::added, b);
        return;
    }
    const auto lengths = commonLengths(a, b);
    const std::size_t width = b.size() + 1;
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            add(out, DiffKind::same, a.subspan(i, 1));
            ++i, ++j;
        } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            add(out, DiffKind::removed, a.subspan(i++, 1));
        } else {
            add(out, DiffKind::added, b.subspan(j++, 1));
        }
    }
    add(out, DiffKind::removed, a.subspan(i));
    add(out, DiffKind::added, b.subspan(j));
}

}  // namespace

std::vector<DiffLine> diffLines(std::string_view before, std::string_view after) {
    const Lines a = splitLines(before), b = splitLines(after);
    const auto head = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    std::size_t tail = 0;
    while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    const std::span<const std::string_view> x(a), y(b);
    std::vector<DiffLine> out;
    add(out, DiffKind::same, x.first(head));
    diffMiddle(x.subspan(head, a.size() - head - tail), y.subspan(head, b.size() - head - tail), out);
    add(out, DiffKind::same, x.last(tail));
    return out;
}

}  // namespace weir::refine
