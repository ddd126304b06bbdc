// What a filter may ask about a flow beyond its columns; the session fills it, so that the filter knows no class.
#pragma once

#include "core/flow/address.h"
#include "core/flow/derived_flows.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::flow {

/// A term on the evidence word of a flow: holds when (word & anyBit) != 0, or when the word is one of `words`.
struct WordTest {
    std::uint64_t anyBit = 0;
    std::vector<std::uint64_t> words;
};

/// Code numbers of records by project row, 0 = not scored; `reverse` is empty when no record has a second direction
/// that is scored.
struct ScoredRows {
    std::span<const std::uint32_t> forward, reverse;
};
/// Which code numbers hold, and of which scores.
struct CodeTest {
    std::vector<std::uint8_t> holds;
    ScoredRows of;
};

/// Answer to a look-up: one of three tests, or why there is none ("unknown class `Bogus`; did you mean `Bogon`?") with
/// a fix.
struct TermAnswer {
    std::optional<WordTest> test;
    std::string problem, fix;
    std::optional<CodeTest> codes = {};
    std::shared_ptr<const std::vector<std::uint32_t>> flows =
        nullptr;  ///< derived rows; records hold by the flow they are in

    /// Neither rows nor a problem: there is no such name.
    bool isNothing() const { return !test && problem.empty() && !codes && !flows; }
};

/// What `in @NAME` stands for.
struct NamedList {
    struct Port {
        std::uint8_t protocol = 0;  ///< 0 = any
        std::uint16_t number = 0;
    };
    std::vector<Prefix> prefixes;
    std::vector<Port> ports;
};
/// What a list became on a day.
struct LaterList {
    std::int64_t fromUs = 0;  ///< holds for flows that start then or later
    std::shared_ptr<const NamedList> list;
};
struct ListAnswer {
    std::shared_ptr<const NamedList> list;  ///< null: see problem
    std::string problem, fix;
    std::vector<LaterList> later = {};  ///< ascending; each replaces what came before it
};

/// Project rows of records [begin, end).
struct RowRange {
    std::uint64_t begin = 0, end = 0;
};
struct RowsAnswer {
    std::vector<RowRange> rows;  ///< ascending, disjoint, not empty ones
    std::string problem, fix;    ///< no problem and no rows: captures without records
};
/// An exporter: its number in the column of one capture's rows.
struct ExporterRows {
    RowRange rows;
    std::uint16_t number = 0;
};
struct ExportersAnswer {
    std::vector<ExporterRows> exporters;
    std::string problem, fix;
};

/// What bears a tag: the union of these filters.
struct TagAnswer {
    std::vector<std::string> filters;
    std::string problem, fix;
};

/// Which code numbers a term on scores takes, or why there is none.
struct CodeAnswer {
    std::optional<std::vector<std::uint8_t>> holds;
    std::string problem, fix;
};

/// All of it must outlive every filter that was compiled with it. Thread-safe.
class FilterTerms {
public:
    virtual ~FilterTerms() = default;

    /// `keyword` is one of the word terms of filter_words.h (sign, class, rule, unclassified, …); `name` is empty for
    /// those without one.
    virtual TermAnswer find(std::string_view keyword, std::string_view name) const = 0;
    /// Names that can follow the keyword, for completion and "did you mean"; of `@`: the lists.
    virtual std::vector<std::string> names(std::string_view keyword) const = 0;
    /// A named list (without the `@`), the captures of a name, the exporters of a number or address. By default none is
    /// known.
    virtual ListAnswer list(std::string_view name) const;
    virtual RowsAnswer captures(std::string_view name) const;
    virtual ExportersAnswer exporters(std::string_view name) const;
    /// The record of an id SOURCE:ROW, as one row; the filters of a tag, which name no tags themselves.
    virtual RowsAnswer flow(std::string_view id) const;
    virtual TagAnswer tag(std::string_view name) const;
    /// Records with this code of the score profile; records whose badness (or goodness) lies in [lo, hi].
    virtual CodeAnswer code(std::string_view name) const;
    virtual CodeAnswer points(bool bad, std::uint64_t lo, std::uint64_t hi) const;
    virtual ScoredRows scored() const { return {}; }
    /// Of Community IDs.
    virtual std::uint16_t communitySeed() const { return 0; }

    /// meter::HostBit by host id; empty = not known yet.
    virtual std::span<const std::uint8_t> hostBits() const = 0;
    /// Null = not derived yet.
    virtual const DerivedFlows* derived() const = 0;
    /// Evidence word by derived row; empty = not computed yet.
    virtual std::span<const std::uint64_t> words() const = 0;
    /// By derived row: 1 = the local end is the source: it alone sends, or the first record of a two-way flow came from
    /// it. Empty = not known.
    virtual std::span<const std::uint8_t> localIsInitiator() const = 0;
};

}  // namespace weir::flow
