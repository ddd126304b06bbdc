// One compiled term: decides a chunk by its zones, or marks its rows.
#pragma once

#include "core/flow/filter.h"

namespace weir::flow {

/// What the zones say about a whole batch.
enum class Verdict : std::uint8_t { none, some, all };

class FilterTest {
public:
    virtual ~FilterTest() = default;
    virtual Verdict zone(const FilterBatch&, Side) const { return Verdict::some; }
    virtual Status mark(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth, std::uint8_t* out) const = 0;
    /// About the bytes a row costs: cheap terms run first.
    virtual unsigned cost() const = 0;
};

Result<std::unique_ptr<FilterTest>> makeTest(const FilterLeaf& leaf, const AddressTable& addresses, const FilterTerms& terms);

/// Tests on addresses and ports (filter_test_ends.cpp); never fail.
std::unique_ptr<FilterTest> makeFamilyTest(const FamilyTerm& term, const AddressTable& addresses);
std::unique_ptr<FilterTest> makeAddressTest(const AddressTerm& term, const AddressTable& addresses);
std::unique_ptr<FilterTest> makePortTest(const PortTerm& term);
/// Tests on counters, flags and times (filter_test_measures.cpp).
std::unique_ptr<FilterTest> makeMeasureTest(const MeasureTerm& term);
std::unique_ptr<FilterTest> makeFlagsTest(const FlagsTerm& term);
std::unique_ptr<FilterTest> makeTimeTest(const TimeTerm& term);

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
        default: return forward;
    }
}
template <class T>
const Buffer<T>& columnOf(const FilterBatch& batch, Col col);
template <>
inline const Buffer<HostId>& columnOf(const FilterBatch& batch, Col col) {
    return col == Col::src ? batch.columns().src : batch.columns().dst;
}
template <>
inline const Buffer<std::uint16_t>& columnOf(const FilterBatch& batch, Col col) {
    return col == Col::srcPort ? batch.columns().srcPort : batch.columns().dstPort;
}
template <>
inline const Buffer<std::uint64_t>& columnOf(const FilterBatch& batch, Col col) {
    const RecordColumns& c = batch.columns();
    return col == Col::packets ? c.packets : col == Col::bytes ? c.bytes : col == Col::reversePackets ? c.reversePackets : c.reverseBytes;
}
template <>
inline const Buffer<std::uint8_t>& columnOf(const FilterBatch& batch, Col col) {
    const RecordColumns& c = batch.columns();
    return col == Col::protocol ? c.protocol : col == Col::tcpFlags ? c.tcpFlags : c.reverseTcpFlags;
}

/// lo..hi against a zone of an unsigned column.
Verdict compareZone(const std::optional<Zone>& zone, std::uint64_t lo, std::uint64_t hi);
constexpr Verdict either(Verdict a, Verdict b) { return a > b ? a : b; }
constexpr Verdict both(Verdict a, Verdict b) { return a < b ? a : b; }

}  // namespace weir::flow
