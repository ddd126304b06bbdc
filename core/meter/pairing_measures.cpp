// Measures: rows in file order; the first record of a flow opens the next row of the columns, later ones are added to
// it.
#include "core/meter/pairing_measures.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace weir::meter {
namespace {

/// Rows of a piece that belong to a task, in file order.
struct Rows {
    std::vector<std::uint32_t> flow;     ///< of the result
    std::vector<std::uint16_t> offset;   ///< in the chunk
    std::vector<std::uint8_t> reversed;  ///< 1 = source is the remote end
    std::size_t size() const { return flow.size(); }
};

/// Picks the task's rows, makes flowOfRecord final unless sharded, and sets what the first record of a flow decides.
/// Flows are numbered by first record, so a flow is new exactly when its number is the next one.
void pickRows(const MeasureTask& task, const Piece& piece, std::uint32_t firstRow, const flow::RecordColumns& c,
              flow::DerivedFlows& flows, std::uint32_t& next, Rows& rows) {
    std::uint32_t* const flowOfRecord = flows.flowOfRecord.data() + firstRow;
    const std::uint32_t base = task.sharded ? 0 : task.base;
    rows.flow.resize(piece.count);
    rows.offset.resize(piece.count);
    rows.reversed.resize(piece.count);
    std::size_t n = 0;
    for (std::uint32_t k = 0; k < piece.count; ++k) {
        const std::uint32_t i = piece.offsets ? std::uint32_t(piece.offsets[k]) : k;
        const std::uint32_t noted = flowOfRecord[i], f = base + (noted & ~kReversedBit);
        if (!task.sharded) flowOfRecord[i] = f;
        rows.flow[n] = f;
        rows.offset[n] = std::uint16_t(i);
        rows.reversed[n] = std::uint8_t(noted >> 31);
        n += f >= task.from && f < task.to ? 1 : 0;
        if (f != next) continue;
        if (f >= task.to) continue;
        ++next;
        flows.firstRecord[f] = firstRow + i;
        flows.icmpTypeCode[f] = isIcmp(c.protocol[i]) ? c.icmpTypeCode[i] : std::uint16_t(0);
    }
    rows.flow.resize(n);
    rows.offset.resize(n);
    rows.reversed.resize(n);
}

/// One column at a time: few pointers each, and the misses of neighbouring rows overlap.
template <class T, class Add>
void addColumn(const Rows& rows, const Buffer<T>& values, Buffer<T>& whenOut, Buffer<T>& whenIn, Add&& add) {
    T* const to[2] = {whenOut.data(), whenIn.data()};
    const T* const from = values.data();
    for (std::size_t n = 0; n < rows.size(); ++n) {
        T& sum = to[rows.reversed[n]][rows.flow[n]];
        sum = add(sum, from[rows.offset[n]]);
    }
}
/// The forward and, where it is there, the reverse column of a measure.
template <class T, class Add>
void addBothWays(const Rows& rows, const Buffer<T>& forward, const Buffer<T>& back, Buffer<T>& out, Buffer<T>& in,
                 Add&& add) {
    addColumn(rows, forward, out, in, add);
    if (!back.empty()) addColumn(rows, back, in, out, add);
}

void addTimes(const Rows& rows, const flow::RecordColumns& c, flow::DerivedFlows& flows, std::uint64_t& ended) {
    std::int64_t *const first = flows.start.data(), *const last = flows.end.data();
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const std::int64_t start = c.start[rows.offset[n]], end = c.end[rows.offset[n]];
        const std::uint32_t f = rows.flow[n];
        ended += end < start ? 1 : 0;
        first[f] = std::min(first[f], start);
        last[f] = std::max(last[f], std::max(start, end));
    }
}

/// A record without any packet still says that its source sent.
void addDirections(const Rows& rows, const flow::RecordColumns& c, flow::DerivedFlows& flows) {
    constexpr std::uint8_t kThere[2] = {flow::kOutflow, flow::kInflow}, kBack[2] = {flow::kInflow, flow::kOutflow};
    const bool twoWay = !c.reversePackets.empty();
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const bool back = twoWay && c.reversePackets[rows.offset[n]] > 0;
        const bool there = !back || c.packets[rows.offset[n]] > 0;
        std::uint8_t& kind = flows.kind[rows.flow[n]];
        kind = std::uint8_t(kind | (there ? kThere[rows.reversed[n]] : 0) | (back ? kBack[rows.reversed[n]] : 0));
    }
}

/// What later records are added to.
void openFlows(std::uint32_t from, std::uint32_t to, flow::DerivedFlows& flows) {
    const auto fill = [&](auto& column, auto value) { std::fill(column.begin() + from, column.begin() + to, value); };
    fill(flows.start, std::numeric_limits<std::int64_t>::max());
    fill(flows.end, std::numeric_limits<std::int64_t>::min());
    for (auto* column : {&flows.packetsOut, &flows.packetsIn, &flows.bytesOut, &flows.bytesIn})
        fill(*column, std::uint64_t{0});
    for (auto* column : {&flows.flagsOut, &flows.flagsIn, &flows.kind}) fill(*column, std::uint8_t{0});
}

void addPiece(const Rows& rows, const flow::RecordColumns& c, flow::DerivedFlows& flows, std::uint64_t& ended) {
    const auto plus = [](std::uint64_t a, std::uint64_t b) { return a + b; };
    const auto either = [](std::uint8_t a, std::uint8_t b) { return std::uint8_t(a | b); };
    addTimes(rows, c, flows, ended);
    addBothWays(rows, c.packets, c.reversePackets, flows.packetsOut, flows.packetsIn, plus);
    addBothWays(rows, c.bytes, c.reverseBytes, flows.bytesOut, flows.bytesIn, plus);
    addBothWays(rows, c.tcpFlags, c.reverseTcpFlags, flows.flagsOut, flows.flagsIn, either);
    addDirections(rows, c, flows);
}

}  // namespace

flow::ColSet measureColumns() {
    using flow::Col;
    return flow::cols(Col::start, Col::end, Col::protocol, Col::icmpTypeCode, Col::tcpFlags, Col::packets, Col::bytes,
                      Col::reverseTcpFlags, Col::reversePackets, Col::reverseBytes);
}

void resizeColumns(flow::DerivedFlows& flows, std::size_t rows) {
    const auto resize = [rows](auto&... column) { (column.resize(rows), ...); };
    resize(flows.start, flows.end, flows.local, flows.remote, flows.localPort, flows.remotePort, flows.icmpTypeCode,
           flows.protocol, flows.kind, flows.flagsOut, flows.flagsIn, flows.packetsOut, flows.packetsIn, flows.bytesOut,
           flows.bytesIn, flows.firstRecord);
}

Status addMeasures(const MeasureTask& task, const BinPieces& bin, const flow::ChunkSource& records, ChunkCache& chunks,
                   flow::DerivedFlows& flows, std::uint64_t& ended) {
    std::uint32_t next = task.from;
    Rows rows;
    for (const Piece& piece : bin.pieces) {
        const auto read = chunks.acquire(piece.chunk);
        if (!read) return read.error();
        const std::uint32_t opened = next;
        pickRows(task, piece, std::uint32_t(records.chunks()[piece.chunk].firstRow), **read, flows, next, rows);
        openFlows(opened, next, flows);
        addPiece(rows, **read, flows, ended);
        chunks.release(piece.chunk);
    }
    return ok();
}

void finishFlows(const KeyUnit& unit, std::int64_t bin, std::uint32_t base, flow::DerivedFlows& flows) {
    std::int64_t nextBinStart = 0;
    const bool endless = __builtin_mul_overflow(bin + 1, flows.intervalUs, &nextBinStart);
    constexpr std::uint8_t kBoth = flow::kOutflow | flow::kInflow;
    for (std::size_t k = 0; k < unit.keys.size(); ++k) {
        const std::size_t f = base + (unit.shards > 1 ? unit.placeInBin[k] : k);
        const PairingKey& key = unit.keys[k];
        flows.local[f] = key.local();
        flows.remote[f] = key.remote();
        flows.localPort[f] = key.localPort();
        flows.remotePort[f] = key.remotePort();
        flows.protocol[f] = key.protocol();
        const std::uint8_t directions = flows.kind[f] == kBoth ? std::uint8_t(flow::kBiflow) : flows.kind[f];
        const bool late = !endless && flows.end[f] >= nextBinStart;
        flows.kind[f] = std::uint8_t(directions | key.place() | (late ? flow::kLate : 0));
    }
}

void renumberShards(const Piece& piece, const flow::ChunkInfo& chunk, std::span<const KeyUnit> units,
                    std::uint32_t base, std::span<std::uint32_t> flowOfRecord) {
    for (std::uint32_t k = 0; k < piece.count; ++k) {
        std::uint32_t& noted = flowOfRecord[chunk.firstRow + (piece.offsets ? piece.offsets[k] : k)];
        const KeyUnit& unit = units[(noted & ~kReversedBit) >> kUnitBits];
        noted = (noted & kReversedBit) | (base + unit.placeInBin[noted & ((1u << kUnitBits) - 1)]);
    }
}

void clearNotes(const Piece& piece, const flow::ChunkInfo& chunk, std::span<std::uint32_t> flowOfRecord) {
    for (std::uint32_t k = 0; k < piece.count; ++k)
        flowOfRecord[chunk.firstRow + (piece.offsets ? piece.offsets[k] : k)] &= ~kReversedBit;
}

}  // namespace weir::meter
