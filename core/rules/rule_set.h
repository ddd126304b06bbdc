// The rule-set language (language.md 2): parses text into classes, rules as masks, exclusions and order; reports all
// problems at once.
#pragma once

#include "core/base/diagnostic.h"
#include "core/flow/filter_terms.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::rules {

using Word = std::uint64_t;

/// A rule matches a word when (word & must) == must && (word & mustNot) == 0.
struct Rule {
    std::string name;
    std::uint16_t classIndex = 0;
    Word must = 0, mustNot = 0;
    std::size_t line = 0;  ///< in the text, counted from 1
    bool matches(Word w) const { return (w & must) == must && (w & mustNot) == 0; }
};
/// A `class` line.
struct RuleClass {
    std::string name;
    bool attack = false;  ///< `attack T1595` follows the name
    std::string attackId;
    std::size_t line = 0;
};
/// `never A with B`: forbids words with all of `all` and none of `none` (`never A with !B` puts B into `none`).
struct Exclusion {
    Word all = 0, none = 0;
    std::size_t line = 0;
};
/// `assert SIGNS is "Class"` (or `is Other`): the word with exactly these signs must be classified as the class.
struct Assertion {
    Word word = 0;
    std::string className;
    std::size_t line = 0;
};

/// `sign NAME = FILTER`: holds for the one-way flows that match the filter.
struct UserSign {
    std::string name;
    std::string filter;  ///< as written, without its comment
    unsigned bit = 0;    ///< counted from the first bit after the built-in signs
    std::size_t line = 0;
    std::string lists = {};  ///< identifies the lists that its bits were computed with; empty = the filter uses none
};

/// A parsed rule set.
struct RuleSet {
    std::string name;
    std::string text;                     ///< byte for byte as given
    std::vector<RuleClass> classes;       ///< in order of declaration
    std::vector<Rule> rules;              ///< in text order
    std::vector<std::uint16_t> order;     ///< class indices; an earlier class claims a flow first
    std::vector<Word> oneOf;              ///< masks of which exactly one bit holds
    std::vector<std::size_t> oneOfLines;  ///< line number, by index in oneOf
    std::vector<Exclusion> never;
    std::vector<Assertion> asserts;
    std::vector<UserSign> userSigns;     ///< in order of declaration
    std::vector<std::string> signNames;  ///< by bit; empty for an unused bit
    std::size_t builtInSigns = 0;        ///< number of built-in signs, the first in signNames
    Word signs = 0;                      ///< bits in use, of built-in and user signs; 0 = all
    /// Position in `order`, by class index.
    std::vector<std::uint16_t> rank;
};

/// A rule set and the problems of its text.
struct Parsed {
    RuleSet set;              ///< meaningful only when no diagnostic is an error
    Diagnostics diagnostics;  ///< all problems, in text order
    bool good() const;
};
/// The signs that a text may name.
struct Vocabulary {
    std::span<const std::string_view> builtIn;  ///< by bit
    /// User signs that words already have: a sign with the same name and filter gets the same bit.
    std::span<const UserSign> known = {};
    /// Terms that filters of user signs may use; nullptr = the filters are not checked.
    const flow::FilterTerms* terms = nullptr;
};
/// Parses a rule set. Cost: linear in the text. Constructs that this version does not support (groups, other sign
/// tables) are reported as diagnostics.
Parsed parseRules(std::string_view text, const Vocabulary& vocabulary);
/// The same with built-in signs only; `signNames[i]` = name of bit i.
Parsed parseRules(std::string_view text, std::span<const std::string_view> signNames);

/// Names of the word's signs in bit order, separated by spaces: "TRWscan HCscan".
std::string signNamesOf(Word word, std::span<const std::string_view> signNames);
std::string signNamesOf(Word word, std::span<const std::string> signNames);

}  // namespace weir::rules
