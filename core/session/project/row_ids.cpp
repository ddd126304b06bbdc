// Project row ↔ SOURCE:ROW.
#include "core/session/project/row_ids.h"

#include <algorithm>
#include <charconv>

namespace weir::session {

SourceRows::SourceRows(const flow::ChunkSource& records) {
    for (const flow::ChunkInfo& c : records.chunks()) {
        if (entries_.empty() || entries_.back().source != c.source) entries_.push_back({c.source, c.firstRow, 0});
        entries_.back().rows += c.rows;
    }
}

const SourceRows::Entry& SourceRows::of(std::uint64_t row) const {
    const auto after = std::upper_bound(entries_.begin(), entries_.end(), row,
                                        [](std::uint64_t r, const Entry& e) { return r < e.first; });
    return *(after - 1);
}

std::string SourceRows::idOf(std::uint64_t row) const {
    const Entry& e = of(row);
    return std::to_string(e.source) + ":" + std::to_string(row - e.first);
}

std::optional<std::uint64_t> SourceRows::rowOf(std::string_view id) const {
    std::uint32_t source = 0;
    std::uint64_t row = 0;
    const char* end = id.data() + id.size();
    const auto a = std::from_chars(id.data(), end, source);
    if (a.ec != std::errc{} || a.ptr == end || *a.ptr != ':') return {};
    const auto b = std::from_chars(a.ptr + 1, end, row);
    if (b.ec != std::errc{} || b.ptr != end) return {};
    for (const Entry& e : entries_)
        if (e.source == source) return row < e.rows ? std::optional(e.first + row) : std::nullopt;
    return {};
}

}  // namespace weir::session
