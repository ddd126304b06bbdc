// Proofs, as text, that rules of two classes can never match the same flow.
#pragma once

#include "core/rules/word_search.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weir::rules {

/// Two rules of different classes that no admissible combination of signs matches. `a` precedes `b` in the text.
struct ApartPair {
    std::size_t a = 0, b = 0;
    Apart why;
};

/// All such pairs, in text order. Cost: pairs separated by a sign are free; each other pair costs one search, plus one
/// per exclusion.
std::vector<ApartPair> pairsApart(const RuleSet& set, unsigned bits);
/// The pairs of two classes. Stops after `mostSearches` pairs without a deciding sign; `complete` is then false.
struct ClassesApart {
    std::vector<ApartPair> pairs;
    bool complete = true;
};
ClassesApart classesApart(const RuleSet& set, unsigned bits, std::uint16_t classA, std::uint16_t classB,
                          std::size_t mostSearches);

/// Line numbers of the exclusions that keep the pair apart, ascending; empty when a sign does.
std::vector<std::size_t> linesApart(const RuleSet& set, const Apart& why);
/// The reason as text: "rule 13 requires PotOk, rule 10 forbids it", "rules 13 and 10: ruled out by line 7 (never
/// Unreach with Backsc)".
std::string reasonApart(const RuleSet& set, const ApartPair& pair);

}  // namespace weir::rules
