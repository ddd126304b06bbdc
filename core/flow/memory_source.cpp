// MemorySource: copies of slices.
#include "core/flow/memory_source.h"

#include <algorithm>
#include <tuple>

namespace weir::flow {

MemorySource::MemorySource(RecordColumns records, AddressTable addresses)
    : records_(std::move(records)), addresses_(std::move(addresses)) {
    const std::size_t n = records_.size();
    for (std::size_t at = 0; at < n; at += kChunkRows) {
        ChunkInfo c;
        c.source = 1;
        c.firstRow = at;
        c.rows = std::uint32_t(std::min(kChunkRows, n - at));
        const auto [lo, hi] = std::minmax_element(records_.start.begin() + at, records_.start.begin() + at + c.rows);
        c.startMin = *lo;
        c.startMax = *hi;
        chunks_.push_back(c);
    }
}

Status MemorySource::read(std::size_t chunk, ColSet wanted, RecordColumns& out) const {
    const ChunkInfo& c = chunks_[chunk];
    out.clear();
    forEachColumn(records_, out, [&](Col col, const auto& from, auto& to) {
        if (wanted.has(col) && !from.empty()) to.append(from.span().subspan(c.firstRow, c.rows));
    });
    return ok();
}

void MemorySource::findZones(Col column, Zones& zones) const {
    forEachColumn(records_, [&](Col col, const auto& values) {
        if (col != column) return;
        zones.lowHigh.resize(chunks_.size());
        if (values.empty()) return;
        for (std::size_t c = 0; c < chunks_.size(); ++c) {
            const auto [lo, hi] = std::minmax_element(values.begin() + chunks_[c].firstRow,
                                                      values.begin() + chunks_[c].firstRow + chunks_[c].rows);
            zones.lowHigh[c] = {std::int64_t(*lo), std::int64_t(*hi)};
        }
    });
}

bool MemorySource::zone(std::size_t chunk, Col column, std::int64_t& lo, std::int64_t& hi) const {
    Zones& zones = (*zones_)[std::size_t(column)];
    std::call_once(zones.once, [&] { findZones(column, zones); });
    if (zones.lowHigh.empty()) return false;
    std::tie(lo, hi) = zones.lowHigh[chunk];
    return true;
}

}  // namespace weir::flow
