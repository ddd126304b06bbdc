// What can move between two rule sets, over every combination of signs that can occur: a statement, not a sample.
#pragma once

#include "core/rules/analysis.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::compare {

/// Combinations that one set gives to `from` and the other to `to`, two different names.
struct Move {
    std::string from, to;
    std::uint64_t words = 0;
    rules::Word witness = 0;    ///< the smallest: fewest signs, then lowest
};

struct Proof {
    std::uint64_t words = 0;    ///< that were compared: admissible for either set
    std::vector<Move> moves;    ///< most words first; empty = no combination can change its class
};

/// `words`: admissible for either set, fewest signs first. Cost: words x rules.
Proof prove(const rules::RuleSet& champion, const rules::RuleSet& challenger, std::span<const rules::Word> words);
/// The union of what both sets admit over the first `bits` (at most 24) signs, fewest signs first, then lowest.
std::vector<rules::Word> admissibleForEither(const rules::RuleSet& champion, const rules::RuleSet& challenger, unsigned bits);

}  // namespace weir::compare
