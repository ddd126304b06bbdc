// Champion and challenger on the same data: flows by the class they had and the class they get.
#pragma once

#include "core/classify/classify.h"
#include "core/flow/derived_flows.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weir::compare {

/// Words that one rule set puts into `from` and the other into `to`.
struct Cell {
    std::uint16_t from = 0, to = 0;  ///< places in Migration::from and ::to
    classify::ClassTotal sums;
    std::vector<std::uint32_t> rows;  ///< of the tally, most flows first
};

struct Migration {
    std::vector<std::string> from, to;        ///< class names in the order of each set, Other last
    std::vector<Cell> cells;                  ///< those with flows: by `from`, then by `to`
    classify::ClassTotal changed, unchanged;  ///< by class name

    bool moved(const Cell& cell) const { return from[cell.from] != to[cell.to]; }
    /// nullptr where nothing moved.
    const Cell* cell(std::size_t fromClass, std::size_t toClass) const;
};

/// Both classifications are of this tally. Cost: words.
Migration migrate(const rules::RuleSet& champion, const classify::Classification& was, const rules::RuleSet& challenger,
                  const classify::Classification& is, std::span<const tally::WordCount> tally);

/// By cell: different remote hosts of its flows. `words`: by derived row, of the direction that was classified. Cost:
/// flows x (cells / 64, rounded up); 8 bytes a host. `rows`: of these derived rows alone; nothing = of all.
std::vector<std::uint64_t> sourcesOfCells(const Migration& migration, std::span<const tally::WordCount> tally,
                                          std::span<const std::uint64_t> words, const flow::DerivedFlows& flows,
                                          std::size_t hosts, std::optional<std::span<const std::uint32_t>> rows = {});

}  // namespace weir::compare
