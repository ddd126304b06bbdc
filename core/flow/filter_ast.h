// A filter as a tree: what the parser makes and the compiler reads.
#pragma once

#include "core/flow/address.h"
#include "core/flow/community_id.h"
#include "core/flow/filter_terms.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace weir::flow {

/// Which end of a record a term speaks of.
enum class End : std::uint8_t { either, source, destination, both };

/// lo <= v <= hi; lo > hi = nothing. Every comparison with one number is such a range (`!=` is a negated one).
struct NumberRange {
    std::uint64_t lo = 0, hi = ~std::uint64_t{0};
    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

/// Fields of a record that have one value an end; interfaces: in = source, out = destination; tos: `tos` alone is the
/// source's.
enum class PairField : std::uint8_t { as, interface, tos, vlan, mask };

struct FamilyTerm {
    bool v6 = false;
};
struct AddressTerm {
    End end = End::either;
    std::vector<Prefix> prefixes;
};
struct PortTerm {
    End end = End::either;
    std::vector<NumberRange> ranges;
    bool icmpDecided = false;  ///< another term rejects all ICMP records: what this one says of them does not matter
                               ///< (set when compiling)
};
/// The field at the end named lies in one of the ranges.
struct PairTerm {
    PairField field = PairField::as;
    End end = End::either;
    std::vector<NumberRange> ranges;
};
/// Duration in whole milliseconds, bps and pps per second; flows is 1 for every row; icmp* hold for protocols 1 and 58
/// only.
enum class Measure : std::uint8_t { protocol, packets, bytes, flows, duration, bps, pps, bpp, icmpType, icmpCode };
struct MeasureTerm {
    Measure measure = Measure::packets;
    NumberRange range;
};
/// Holds for TCP only, as in nfdump.
struct FlagsTerm {
    enum class Form : std::uint8_t { allSet, anySet, range };
    Form form = Form::allSet;
    std::uint8_t mask = 0;  ///< of allSet and anySet
    NumberRange range;      ///< of range: the flags as a number
};
/// Start (or end) in [lo, hi], µs.
struct TimeTerm {
    bool last = false;
    std::int64_t lo = INT64_MIN, hi = INT64_MAX;
};
enum class Heading : std::uint8_t { inbound, outbound, internal, transit };
struct HeadingTerm {
    Heading heading = Heading::inbound;
};
/// Of the derived flow: two-way, or one-way.
struct WaysTerm {
    bool two = false;
};
/// The record is one of these; a derived flow is named by its first record.
struct RowsTerm {
    std::vector<RowRange> rows;  ///< ascending, disjoint, not empty ones
};
/// The record is one of these, project rows in ascending order; a derived flow holds when one of them belongs to it.
struct FlowTerm {
    std::vector<std::uint64_t> rows;
};
/// The record is in one of these derived flows.
struct FlowSetTerm {
    std::shared_ptr<const std::vector<std::uint32_t>> flows;
};
/// The record is one of these rows and its exporter the one of that number there.
struct ExporterTerm {
    std::vector<ExporterRows> exporters;
};
struct CommunityTerm {
    CommunityHash hash{};
    std::uint16_t seed = 0;
};
struct WordTerm {
    WordTest test;
};
/// By code number of the terms' scored rows: 1 = the term holds.
struct CodeTerm {
    std::vector<std::uint8_t> holds;
    std::optional<ScoredRows> of = {};  ///< nothing: FilterTerms::scored()
};
using FilterLeaf =
    std::variant<FamilyTerm, AddressTerm, PortTerm, MeasureTerm, FlagsTerm, TimeTerm, HeadingTerm, WaysTerm, WordTerm,
                 PairTerm, RowsTerm, ExporterTerm, CommunityTerm, CodeTerm, FlowTerm, FlowSetTerm>;

/// `always` and `leaf` have no children, `inverse` one, the others two or more.
struct FilterNode {
    enum class Op : std::uint8_t { always, leaf, inverse, allOf, anyOf };
    Op op = Op::always;
    FilterLeaf leaf;
    std::vector<FilterNode> children;
    /// Where the term stands in the text that was parsed, bytes; termSize 0: no term, but what joins terms.
    std::uint32_t termAt = 0, termSize = 0;
};

}  // namespace weir::flow
