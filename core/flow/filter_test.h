// One compiled term: decides a chunk by its zones, or marks its rows.
#pragma once

#include "core/flow/filter.h"

#include <span>
#include <vector>

namespace weir::flow {

/// What the zones say about a whole batch.
enum class Verdict : std::uint8_t { none, some, all };

class FilterTest {
public:
    virtual ~FilterTest() = default;
    virtual Verdict zone(const FilterBatch&, Side) const { return Verdict::some; }
    virtual Status mark(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth,
                        std::uint8_t* out) const = 0;
    /// About the time a row costs, in bytes copied: cheap terms run first. Protocol and flags are packed by entropy,
    /// ports mostly not at all.
    virtual unsigned cost() const = 0;
};

Result<std::unique_ptr<FilterTest>> makeTest(const FilterLeaf& leaf, const AddressTable& addresses,
                                             const FilterTerms& terms);

/// Ids [begin, end) of hosts.
struct IdRange {
    HostId begin = 0, end = 0;
};
/// The hosts inside the prefixes: ascending, disjoint, not empty ones. Sorted prefixes are found faster.
std::vector<IdRange> hostsIn(std::span<const Prefix> prefixes, const AddressTable& addresses);
/// By the host bits of source and destination (1 = local, 2 = group: local when the other end is remote).
Heading headingOf(unsigned source, unsigned destination);

/// Tests on addresses, ports and other values of the two ends (filter_test_ends.cpp); never fail.
std::unique_ptr<FilterTest> makeFamilyTest(const FamilyTerm& term, const AddressTable& addresses);
std::unique_ptr<FilterTest> makeAddressTest(const AddressTerm& term, const AddressTable& addresses);
std::unique_ptr<FilterTest> makePortTest(const PortTerm& term);
std::unique_ptr<FilterTest> makePairTest(const PairTerm& term);
/// Tests on where a record came from and how it is called elsewhere (filter_test_origin.cpp).
std::unique_ptr<FilterTest> makeRowsTest(const RowsTerm& term);
std::unique_ptr<FilterTest> makeFlowTest(const FlowTerm& term, const DerivedFlows* derived);
std::unique_ptr<FilterTest> makeFlowSetTest(const FlowSetTerm& term, const DerivedFlows& derived);
std::unique_ptr<FilterTest> makeExporterTest(const ExporterTerm& term);
std::unique_ptr<FilterTest> makeCodeTest(const CodeTerm& term, const ScoredRows& rows);
std::unique_ptr<FilterTest> makeCommunityTest(const CommunityTerm& term, const AddressTable& addresses);
/// Tests on counters, flags and times (filter_test_measures.cpp).
std::unique_ptr<FilterTest> makeMeasureTest(const MeasureTerm& term);
std::unique_ptr<FilterTest> makeFlagsTest(const FlagsTerm& term);
std::unique_ptr<FilterTest> makeTimeTest(const TimeTerm& term);

template <class T>
const Buffer<T>& columnOf(const FilterBatch& batch, Col col) {
    return columnOf<T>(batch.columns(), col);
}

/// lo..hi against a zone of an unsigned column.
Verdict compareZone(const std::optional<Zone>& zone, std::uint64_t lo, std::uint64_t hi);
constexpr Verdict either(Verdict a, Verdict b) { return a > b ? a : b; }
constexpr Verdict both(Verdict a, Verdict b) { return a < b ? a : b; }

}  // namespace weir::flow
