// Champion and challenger on the same data: flows by old and new class.
#pragma once

#include "core/classify/classify.h"
#include "core/flow/derived_flows.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weir::compare {

/// Words that one rule set classifies as `from` and the other as `to`.
struct Cell {
    std::uint16_t from = 0, to = 0;  ///< indices in Migration::from and ::to
    classify::ClassTotal sums;
    std::vector<std::uint32_t> rows;  ///< of the tally, most flows first
};

/// Old class x new class, with the flows of each cell.
struct Migration {
    std::vector<std::string> from, to;        ///< class names in the order of each set, Other last
    std::vector<Cell> cells;                  ///< those with flows: by `from`, then by `to`
    classify::ClassTotal changed, unchanged;  ///< by class name

    bool moved(const Cell& cell) const { return from[cell.from] != to[cell.to]; }
    /// nullptr when no flow moved.
    const Cell* cell(std::size_t fromClass, std::size_t toClass) const;
};

/// Compares two classifications of `tally`. Cost: linear in the words.
Migration migrate(const rules::RuleSet& champion, const classify::Classification& was, const rules::RuleSet& challenger,
                  const classify::Classification& is, std::span<const tally::WordCount> tally);

/// Number of distinct remote hosts of each cell's flows, by cell. `words`: by derived row, of the classified direction.
/// `rows`: count only these derived rows; absent = all. Cost: flows x (cells / 64, rounded up). Memory: 8 bytes per
/// host.
std::vector<std::uint64_t> sourcesOfCells(const Migration& migration, std::span<const tally::WordCount> tally,
                                          std::span<const std::uint64_t> words, const flow::DerivedFlows& flows,
                                          std::size_t hosts, std::optional<std::span<const std::uint32_t>> rows = {});

}  // namespace weir::compare
