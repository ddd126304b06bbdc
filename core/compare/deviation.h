// One rule set on two populations of flows: what the second has more or less of than the first predicts.
#pragma once

#include "core/classify/classify.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace weir::compare {

/// Flows, packets and bytes in both populations.
struct Change {
    classify::ClassTotal baseline, now;
};

/// The result of deviate().
struct Deviation {
    /// A combination of signs that either population has.
    struct Row {
        rules::Word word = 0;
        std::uint16_t place = 0;  ///< in `classes`
        Change sums;
    };
    double scale = 1;                  ///< expected flows in `now` per flow in the baseline
    std::vector<std::string> classes;  ///< class names in the order of the set, Other last
    std::vector<Change> byClass;       ///< by index in `classes`
    std::vector<Row> rows;             ///< largest deviation from the expected number first, then by word

    double expected(const Change& c) const { return double(c.baseline.flows) * scale; }
    /// Flows above the expected number (negative: below).
    double excess(const Change& c) const { return double(c.now.flows) - expected(c); }
};

/// Compares two tallies, both in the sign bits of `set`. Cost: words x rules, plus a sort of the words.
Deviation deviate(const rules::RuleSet& set, std::span<const tally::WordCount> baseline,
                  std::span<const tally::WordCount> now, double scale);

}  // namespace weir::compare
