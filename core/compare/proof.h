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
    rules::Word witness = 0;  ///< the smallest: fewest signs, then lowest
};

struct Proof {
    bool counted = true;      ///< false: too many words to count; `words` is then 0, and that of each move 1
    std::uint64_t open = 0;   ///< moves that the search could neither find nor refute
    std::uint64_t words = 0;  ///< that were compared: admissible for either set
    std::vector<Move> moves;  ///< most words first; empty (and nothing open) = no combination can change its class
};

/// What two sets are compared on; depends on their signs and exclusions only, so callers keep it.
struct ProofSpace {
    bool listed = true;
    rules::Word signs = 0;           ///< of either set
    std::vector<rules::Word> words;  ///< admissible for either, fewest signs first, then lowest; empty when not listed
};
ProofSpace spaceOf(const rules::RuleSet& champion, const rules::RuleSet& challenger);

/// Cost: words x rules; where they are not listed, a search for each pair of rules.
Proof prove(const rules::RuleSet& champion, const rules::RuleSet& challenger, const ProofSpace& space);

}  // namespace weir::compare
