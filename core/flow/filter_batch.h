// One batch of rows as a filter sees them; columns are fetched when a term first asks.
#pragma once

#include "core/flow/chunk_source.h"
#include "core/flow/filter_terms.h"

#include <cstdint>
#include <optional>

namespace weir::flow {

struct Zone {
    std::int64_t lo = 0, hi = 0;
};

/// Which direction of a bidirectional record: reverse exchanges the ends and reads the reverse* columns.
enum class Side : std::uint8_t { forward, reverse };

/// The column that plays a part in one direction.
constexpr Col sideOf(Col forward, Side side) {
    if (side == Side::forward) return forward;
    switch (forward) {
        case Col::src: return Col::dst;
        case Col::dst: return Col::src;
        case Col::srcPort: return Col::dstPort;
        case Col::dstPort: return Col::srcPort;
        case Col::tcpFlags: return Col::reverseTcpFlags;
        case Col::packets: return Col::reversePackets;
        case Col::bytes: return Col::reverseBytes;
        case Col::srcAs: return Col::dstAs;
        case Col::dstAs: return Col::srcAs;
        case Col::inIf: return Col::outIf;
        case Col::outIf: return Col::inIf;
        case Col::srcVlan: return Col::dstVlan;
        case Col::dstVlan: return Col::srcVlan;
        case Col::srcMask: return Col::dstMask;
        case Col::dstMask: return Col::srcMask;
        default: return forward;
    }
}

/// Not thread-safe: one batch object per worker, moved from chunk to chunk.
class FilterBatch {
public:
    virtual ~FilterBatch() = default;
    std::uint32_t size() const { return rows_; }
    /// Makes the columns present: columns() then has size() values in each of them.
    Status need(ColSet wanted);
    const RecordColumns& columns() const { return columns_; }
    /// Values of kind and word of the derived flow behind each row, 0 for records without one. REQUIRES: the terms have
    /// them.
    const std::uint8_t* kinds();
    const std::uint64_t* words();
    /// Lowest and highest value of a column, where known and not negative (times may be).
    virtual std::optional<Zone> zone(Col column) const = 0;
    /// Project row of the record behind each row (of a derived flow: its first one): nullptr = they follow each other
    /// from firstRecordRow().
    virtual const std::uint32_t* recordRows() const = 0;
    virtual std::uint64_t firstRecordRow() const = 0;
    /// False when no record of the batch has reverse packets. A column that is left out costs a look-up, not a fill.
    Result<bool> reversed();
    /// 1 = from the local end to the outside, by the derived flow; nullptr when hosts decide (records).
    virtual const std::uint8_t* outgoing() { return nullptr; }

protected:
    explicit FilterBatch(const FilterTerms& terms) : terms_(terms) {}
    void start(std::uint32_t rows);
    virtual Status load(ColSet wanted, RecordColumns& out) = 0;
    virtual bool mayReverse() const = 0;
    /// Derived row of row 0..size(): nullptr = they follow each other from firstDerived().
    virtual const std::uint32_t* derivedRows() const = 0;
    virtual std::size_t firstDerived() const = 0;
    const FilterTerms& terms_;

private:
    RecordColumns columns_, fresh_;
    ColSet have_;
    std::uint32_t rows_ = 0;
    Buffer<std::uint8_t> kinds_;
    Buffer<std::uint64_t> words_;
    bool haveKinds_ = false, haveWords_ = false;
};

/// The rows of one chunk of records.
class RecordBatch final : public FilterBatch {
public:
    RecordBatch(const ChunkSource& source, const FilterTerms& terms) : FilterBatch(terms), source_(source) {}
    void open(std::size_t chunk);
    std::optional<Zone> zone(Col column) const override;
    const std::uint32_t* recordRows() const override { return nullptr; }
    std::uint64_t firstRecordRow() const override { return source_.chunks()[chunk_].firstRow; }

private:
    Status load(ColSet wanted, RecordColumns& out) override { return source_.read(chunk_, wanted, out); }
    bool mayReverse() const override;
    const std::uint32_t* derivedRows() const override;
    std::size_t firstDerived() const override { return 0; }
    const ChunkSource& source_;
    std::size_t chunk_ = 0;
};

/// Up to kChunkRows derived flows as records: source = the end whose packets came first (the sending end of one-way
/// flows), packets and bytes of both directions, flags of the source's direction. What a derived flow does not keep
/// itself (AS numbers, interfaces, …: isPerRecordOnly) is that of its first record, turned to its source.
class DerivedBatch final : public FilterBatch {
public:
    /// `records` may be null: carried columns are then zero.
    DerivedBatch(const DerivedFlows& flows, const FilterTerms& terms, const ChunkSource* records)
        : FilterBatch(terms), flows_(flows), records_(records) {}
    void open(std::size_t first, std::uint32_t rows);
    /// Known for carried columns that are zero in all records.
    std::optional<Zone> zone(Col column) const override;
    const std::uint32_t* recordRows() const override { return flows_.firstRecord.data() + first_; }
    std::uint64_t firstRecordRow() const override { return 0; }
    const std::uint8_t* outgoing() override;

private:
    Status load(ColSet wanted, RecordColumns& out) override;
    bool mayReverse() const override { return false; }
    const std::uint32_t* derivedRows() const override { return nullptr; }
    std::size_t firstDerived() const override { return first_; }
    Status loadCarried(ColSet wanted, RecordColumns& out);
    void carry(std::span<const std::uint32_t> flows, std::uint64_t firstRow, ColSet wanted, RecordColumns& out);
    const DerivedFlows& flows_;
    const ChunkSource* records_;
    std::size_t first_ = 0;
    RecordColumns carrier_;  ///< a chunk of records
    Buffer<std::uint8_t> outgoing_;
    bool haveOutgoing_ = false;
};

/// Source of a derived flow is its local end: out-only flows, and two-way ones whose first record left
/// (localIsInitiator[row]).
constexpr bool leavesFirst(std::uint8_t kind, std::uint64_t packetsOut, std::uint8_t localIsInitiator) {
    return kind & kBiflow                  ? localIsInitiator != 0
           : kind & (kInternal | kTransit) ? packetsOut != 0
                                           : (kind & kOutflow) != 0;
}

}  // namespace weir::flow
