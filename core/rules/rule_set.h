// The rule-set language (language.md 2): text → classes, rules as masks, exclusions, order; all problems at once.
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::rules {

using Word = std::uint64_t;

/// match: (word & must) == must && (word & mustNot) == 0.
struct Rule {
    std::string name;
    std::uint16_t classIndex = 0;
    Word must = 0, mustNot = 0;
    std::size_t line = 0;  ///< in the text, from 1
    bool matches(Word w) const { return (w & must) == must && (w & mustNot) == 0; }
};
struct RuleClass {
    std::string name;
    bool attack = false;      ///< `attack T1595` behind the name
    std::string attackId;
    std::size_t line = 0;
};
/// `never A with B`: forbids words with all of `all` and none of `none` (`never A with !B` puts B into `none`).
struct Exclusion {
    Word all = 0, none = 0;
    std::size_t line = 0;
};
/// `assert SIGNS is "Class"` (or `is Other`): the word of exactly these signs must be accounted to the class.
struct Assertion {
    Word word = 0;
    std::string className;
    std::size_t line = 0;
};

struct RuleSet {
    std::string name;
    std::string text;                        ///< byte for byte as given
    std::vector<RuleClass> classes;          ///< in order of declaration
    std::vector<Rule> rules;                 ///< in text order
    std::vector<std::uint16_t> order;        ///< class indices, first claims first
    std::vector<Word> oneOf;                 ///< each mask: exactly one bit holds
    std::vector<Exclusion> never;
    std::vector<Assertion> asserts;
    /// Index of the class in `order`, for a class index.
    std::vector<std::uint16_t> rank;
};

struct Parsed {
    RuleSet set;              ///< meaningful only when no diagnostic is an error
    Diagnostics diagnostics;  ///< all of them, in text order
    bool good() const;
};
/// `signNames[i]` = name of bit i. Constructs that this version does not know yet (user signs, groups, other sign tables) are diagnostics.
Parsed parseRules(std::string_view text, std::span<const std::string_view> signNames);

/// "TRWscan !HCscan" etc.: names of the word's bits in bit order, blank-separated.
std::string signNamesOf(Word word, std::span<const std::string_view> signNames);

}  // namespace weir::rules
