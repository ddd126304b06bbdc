// What can change class between two rule sets, over every admissible combination of signs: a proof, not a sample.
#pragma once

#include "core/rules/analysis.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::compare {

/// Combinations that one set classifies as `from` and the other as `to`, two different names.
struct Move {
    std::string from, to;
    std::uint64_t words = 0;
    rules::Word witness = 0;  ///< the smallest: fewest signs, then lowest
};

/// The result of prove().
struct Proof {
    bool counted = true;      ///< false: too many words to count; `words` is then 0, and 1 in each move
    std::uint64_t open = 0;   ///< moves that the search could neither find nor refute
    std::uint64_t words = 0;  ///< number of compared words: admissible for either set
    std::vector<Move> moves;  ///< most words first; empty (and nothing open) = no combination can change its class
};

/// The words that two sets are compared on. Depends on their signs and exclusions only, so callers should cache it.
struct ProofSpace {
    bool listed = true;
    rules::Word signs = 0;           ///< of either set
    std::vector<rules::Word> words;  ///< admissible for either, fewest signs first, then lowest; empty when not listed
};
/// The words that the two sets are compared on.
ProofSpace spaceOf(const rules::RuleSet& champion, const rules::RuleSet& challenger);

/// Cost: words x rules; if words are not listed, one search per pair of rules.
Proof prove(const rules::RuleSet& champion, const rules::RuleSet& challenger, const ProofSpace& space);

}  // namespace weir::compare
