// One rule set on two populations of flows: what the second has more or less of than the first lets expect.
#pragma once

#include "core/classify/classify.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace weir::compare {

struct Change {
    classify::ClassTotal baseline, now;
};

struct Deviation {
    /// A combination of signs that either population has.
    struct Row {
        rules::Word word = 0;
        std::uint16_t place = 0;  ///< in `classes`
        Change sums;
    };
    double scale = 1;                  ///< flows of now that one flow of the baseline lets expect
    std::vector<std::string> classes;  ///< in the order of the set, Other last
    std::vector<Change> byClass;       ///< by place
    std::vector<Row> rows;             ///< farthest from what was expected first, then by word

    double expected(const Change& c) const { return double(c.baseline.flows) * scale; }
    /// Flows above (or below) what was expected.
    double excess(const Change& c) const { return double(c.now.flows) - expected(c); }
};

/// Both tallies are in the words of `set`. Cost: words x rules, and a sort of the words.
Deviation deviate(const rules::RuleSet& set, std::span<const tally::WordCount> baseline,
                  std::span<const tally::WordCount> now, double scale);

}  // namespace weir::compare
