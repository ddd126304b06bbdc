// Proofs that rules of two classes cannot meet, in words.
#pragma once

#include "core/rules/word_search.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weir::rules {

/// Two rules of different classes that no combination of signs is in. `a` before `b` in text order.
struct ApartPair {
    std::size_t a = 0, b = 0;
    Apart why;
};

/// All such pairs, in text order. Cost: those that a sign keeps apart cost nothing; each other one a search, and one
/// for each exclusion.
std::vector<ApartPair> pairsApart(const RuleSet& set, unsigned bits);
/// Those of two classes. After `mostSearches` pairs without a deciding sign it ends: `complete` is then false.
struct ClassesApart {
    std::vector<ApartPair> pairs;
    bool complete = true;
};
ClassesApart classesApart(const RuleSet& set, unsigned bits, std::uint16_t classA, std::uint16_t classB,
                          std::size_t mostSearches);

/// Lines of the text whose exclusions keep the pair apart, ascending; empty where a sign does.
std::vector<std::size_t> linesApart(const RuleSet& set, const Apart& why);
/// "rule 13 requires PotOk, rule 10 forbids it", "ruled out by line 7 (never Unreach with Backsc)".
std::string reasonApart(const RuleSet& set, const ApartPair& pair);

}  // namespace weir::rules
