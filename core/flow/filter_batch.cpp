// Column fetching for records and derived flows.
#include "core/flow/filter_batch.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <type_traits>
#include <utility>

namespace weir::flow {
namespace {

/// The columns a filter reads from derived flows depend on which end sends: pick[i] ? a[i] : b[i].
template <class T>
void choose(const std::uint8_t* pick, const T* a, const T* b, std::size_t n, Buffer<T>& out) {
    out.resize(n);
    T* to = out.data();
    for (std::size_t i = 0; i < n; ++i) {
        const T first = a[i], second = b[i];  // both read: no branch on what follows no pattern
        to[i] = pick[i] ? first : second;
    }
}

template <class T>
void copy(const Buffer<T>& from, std::size_t first, std::size_t n, Buffer<T>& out) {
    out.clear();
    out.append(from.span().subspan(first, n));
}

void sum(const std::uint64_t* a, const std::uint64_t* b, std::size_t n, Buffer<std::uint64_t>& out) {
    out.resize(n);
    std::uint64_t* to = out.data();
    for (std::size_t i = 0; i < n; ++i) to[i] = a[i] + b[i];
}

ColSet carriedOf(ColSet wanted) {
    ColSet out;
    for (const ColumnInfo& c : kColumns)
        if (wanted.has(c.col) && isPerRecordOnly(c.col)) out = out.with(c.col);
    return out;
}
ColSet turned(ColSet wanted) {
    ColSet out;
    for (const ColumnInfo& c : kColumns)
        if (wanted.has(c.col)) out = out.with(sideOf(c.col, Side::reverse));
    return out;
}

}  // namespace

void FilterBatch::start(std::uint32_t rows) {
    rows_ = rows;
    have_ = {};
    haveKinds_ = haveWords_ = false;
}

Status FilterBatch::need(ColSet wanted) {
    const ColSet missing{wanted.bits & ~have_.bits};
    if (missing.bits == 0) return ok();
    if (auto s = load(missing, fresh_); !s) return s;
    forEachColumn(columns_, fresh_, [&](Col col, auto& to, auto& from) {
        if (!missing.has(col)) return;
        std::swap(to, from);
        if (to.empty()) to.assign(rows_, {});
    });
    have_ = have_ | missing;
    return ok();
}

Result<bool> FilterBatch::reversed() {
    if (!mayReverse()) return false;
    if (!have_.has(Col::reversePackets)) {
        if (auto s = load(cols(Col::reversePackets), fresh_); !s) return s.error();
        if (fresh_.reversePackets.empty()) return false;
        std::swap(columns_.reversePackets, fresh_.reversePackets);
        have_ = have_.with(Col::reversePackets);
    }
    const auto& v = columns_.reversePackets;
    return std::any_of(v.begin(), v.end(), [](std::uint64_t n) { return n != 0; });
}

const std::uint8_t* FilterBatch::kinds() {
    assert(terms_.derived());
    const std::uint8_t* kind = terms_.derived()->kind.data();
    const std::uint32_t* rows = derivedRows();
    if (!rows) return kind + firstDerived();
    if (!std::exchange(haveKinds_, true)) {
        kinds_.resize(rows_);
        for (std::uint32_t i = 0; i < rows_; ++i) kinds_[i] = rows[i] == kNoFlow ? std::uint8_t{0} : kind[rows[i]];
    }
    return kinds_.data();
}

const std::uint64_t* FilterBatch::words() {
    const std::uint64_t* word = terms_.words().data();
    const std::uint32_t* rows = derivedRows();
    if (!rows) return word + firstDerived();
    if (!std::exchange(haveWords_, true)) {
        words_.resize(rows_);
        for (std::uint32_t i = 0; i < rows_; ++i) words_[i] = rows[i] == kNoFlow ? 0 : word[rows[i]];
    }
    return words_.data();
}

void RecordBatch::open(std::size_t chunk) {
    chunk_ = chunk;
    start(source_.chunks()[chunk].rows);
}

std::optional<Zone> RecordBatch::zone(Col column) const {
    Zone z;
    if (!source_.zone(chunk_, column, z.lo, z.hi)) return {};
    const bool time = column == Col::start || column == Col::end;
    if (!time && (z.lo < 0 || z.hi < 0)) return {};
    return z;
}

bool RecordBatch::mayReverse() const {
    const auto z = zone(Col::reversePackets);
    return !z || z->hi > 0;
}

const std::uint32_t* RecordBatch::derivedRows() const {
    return terms_.derived()->flowOfRecord.data() + source_.chunks()[chunk_].firstRow;
}

void DerivedBatch::open(std::size_t first, std::uint32_t rows) {
    first_ = first;
    haveOutgoing_ = false;
    start(rows);
}

const std::uint8_t* DerivedBatch::outgoing() {
    if (const auto known = terms_.localIsInitiator(); !known.empty()) return known.data() + first_;
    if (!std::exchange(haveOutgoing_, true)) {
        outgoing_.resize(size());
        for (std::uint32_t i = 0; i < size(); ++i)
            outgoing_[i] = leavesFirst(flows_.kind[first_ + i], flows_.packetsOut[first_ + i], 0);
    }
    return outgoing_.data();
}

std::optional<Zone> DerivedBatch::zone(Col column) const {
    if (!isPerRecordOnly(column)) return {};
    for (std::size_t chunk = 0; records_ && chunk < records_->chunks().size(); ++chunk) {
        Zone z;
        if (!records_->zone(chunk, column, z.lo, z.hi) || z.lo != 0 || z.hi != 0) return {};
    }
    return Zone{};
}

/// Visits the first records of the batch's flows chunk by chunk, so that each chunk is read once.
Status DerivedBatch::loadCarried(ColSet wanted, RecordColumns& out) {
    const std::size_t n = size();
    const std::uint32_t* const rows = recordRows();
    Buffer<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    if (!std::is_sorted(rows, rows + n))
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rows[a] < rows[b]; });
    forEachColumn(out, [&](Col col, auto& values) {
        if (wanted.has(col)) values.resize(n);
    });
    const ColSet read = wanted | turned(wanted) | cols(Col::src, Col::srcPort);
    for (std::size_t at = 0; at < n;) {
        const std::size_t number = placeOf(*records_, rows[order[at]]).chunk;
        const ChunkInfo& chunk = records_->chunks()[number];
        if (auto s = records_->read(number, read, carrier_); !s) return s;
        std::size_t behind = at;
        while (behind < n && rows[order[behind]] < chunk.firstRow + chunk.rows) ++behind;
        carry(order.span().subspan(at, behind - at), chunk.firstRow, wanted, out);
        at = behind;
    }
    return ok();
}

/// Copies the wanted columns of `carrier_` for these flows of the batch.
void DerivedBatch::carry(std::span<const std::uint32_t> flows, std::uint64_t firstRow, ColSet wanted,
                         RecordColumns& out) {
    const std::uint32_t* const rows = recordRows();
    Buffer<std::uint8_t> straight(flows.size());
    for (std::size_t k = 0; k < flows.size(); ++k) {
        const std::size_t record = std::size_t(rows[flows[k]] - firstRow), d = first_ + flows[k];
        const bool leaves = outgoing()[flows[k]] != 0, sameHost = flows_.local[d] == flows_.remote[d];
        const HostId source = leaves ? flows_.local[d] : flows_.remote[d];
        straight[k] = carrier_.src[record] == source &&
                      (!sameHost || carrier_.srcPort[record] == (leaves ? flows_.localPort[d] : flows_.remotePort[d]));
    }
    forEachColumn(out, [&](Col col, auto& to) {
        if (!wanted.has(col)) return;
        using T = std::remove_reference_t<decltype(to[0])>;
        const auto& plain = columnOf<T>(carrier_, col);
        const auto& other = columnOf<T>(carrier_, sideOf(col, Side::reverse));
        for (std::size_t k = 0; k < flows.size(); ++k) {
            const auto& from = straight[k] ? plain : other;
            to[flows[k]] = from.empty() ? T{} : from[std::size_t(rows[flows[k]] - firstRow)];
        }
    });
}

Status DerivedBatch::load(ColSet wanted, RecordColumns& out) {
    const std::size_t n = size();
    out.clear();
    if (wanted.has(Col::start)) copy(flows_.start, first_, n, out.start);
    if (wanted.has(Col::end)) copy(flows_.end, first_, n, out.end);
    if (wanted.has(Col::src))
        choose(outgoing(), flows_.local.data() + first_, flows_.remote.data() + first_, n, out.src);
    if (wanted.has(Col::dst))
        choose(outgoing(), flows_.remote.data() + first_, flows_.local.data() + first_, n, out.dst);
    if (wanted.has(Col::srcPort))
        choose(outgoing(), flows_.localPort.data() + first_, flows_.remotePort.data() + first_, n, out.srcPort);
    if (wanted.has(Col::dstPort))
        choose(outgoing(), flows_.remotePort.data() + first_, flows_.localPort.data() + first_, n, out.dstPort);
    if (wanted.has(Col::icmpTypeCode)) copy(flows_.icmpTypeCode, first_, n, out.icmpTypeCode);
    if (wanted.has(Col::protocol)) copy(flows_.protocol, first_, n, out.protocol);
    if (wanted.has(Col::tcpFlags))
        choose(outgoing(), flows_.flagsOut.data() + first_, flows_.flagsIn.data() + first_, n, out.tcpFlags);
    if (wanted.has(Col::packets))
        sum(flows_.packetsOut.data() + first_, flows_.packetsIn.data() + first_, n, out.packets);
    if (wanted.has(Col::bytes)) sum(flows_.bytesOut.data() + first_, flows_.bytesIn.data() + first_, n, out.bytes);
    const ColSet carried = carriedOf(wanted);
    return carried.bits && records_ ? loadCarried(carried, out) : ok();
}

}  // namespace weir::flow
