// MemorySource: copies of slices.
#include "core/flow/memory_source.h"

#include <algorithm>

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
    const auto copy = [&](Col col, const auto& from, auto& to) {
        if (wanted.has(col) && !from.empty()) to.append(from.span().subspan(c.firstRow, c.rows));
    };
    copy(Col::start, records_.start, out.start);
    copy(Col::end, records_.end, out.end);
    copy(Col::src, records_.src, out.src);
    copy(Col::dst, records_.dst, out.dst);
    copy(Col::srcPort, records_.srcPort, out.srcPort);
    copy(Col::dstPort, records_.dstPort, out.dstPort);
    copy(Col::icmpTypeCode, records_.icmpTypeCode, out.icmpTypeCode);
    copy(Col::protocol, records_.protocol, out.protocol);
    copy(Col::tcpFlags, records_.tcpFlags, out.tcpFlags);
    copy(Col::packets, records_.packets, out.packets);
    copy(Col::bytes, records_.bytes, out.bytes);
    copy(Col::reverseTcpFlags, records_.reverseTcpFlags, out.reverseTcpFlags);
    copy(Col::reversePackets, records_.reversePackets, out.reversePackets);
    copy(Col::reverseBytes, records_.reverseBytes, out.reverseBytes);
    return ok();
}

bool MemorySource::zone(std::size_t chunk, Col column, std::int64_t& lo, std::int64_t& hi) const {
    const ChunkInfo& c = chunks_[chunk];
    bool known = false;
    forEachColumn(records_, [&](Col col, const auto& values) {
        if (col != column) return;
        known = true;
        lo = hi = 0;
        if (values.empty()) return;
        const auto [a, b] = std::minmax_element(values.begin() + c.firstRow, values.begin() + c.firstRow + c.rows);
        lo = std::int64_t(*a);
        hi = std::int64_t(*b);
    });
    return known;
}

}  // namespace weir::flow
