// The rule-set language (language.md 2): text → classes, rules as masks, exclusions, order; all problems at once.
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
    bool attack = false;  ///< `attack T1595` behind the name
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

/// `sign NAME = FILTER`: holds for the one-way flows that pass the filter.
struct UserSign {
    std::string name;
    std::string filter;  ///< as written, without its comment
    unsigned bit = 0;    ///< from the first one behind the built-in signs
    std::size_t line = 0;
    std::string lists = {};  ///< identifies the lists that its bits were worked out with; empty = it asks for none
};

struct RuleSet {
    std::string name;
    std::string text;                     ///< byte for byte as given
    std::vector<RuleClass> classes;       ///< in order of declaration
    std::vector<Rule> rules;              ///< in text order
    std::vector<std::uint16_t> order;     ///< class indices, first claims first
    std::vector<Word> oneOf;              ///< each mask: exactly one bit holds
    std::vector<std::size_t> oneOfLines;  ///< by oneOf: where it stands
    std::vector<Exclusion> never;
    std::vector<Assertion> asserts;
    std::vector<UserSign> userSigns;     ///< in order of declaration
    std::vector<std::string> signNames;  ///< by bit; empty for a bit that stands for nothing
    std::size_t builtInSigns = 0;        ///< the first so many of signNames
    Word signs = 0;                      ///< bits that can hold: of the built-in signs and of userSigns; 0 = all
    /// Index of the class in `order`, for a class index.
    std::vector<std::uint16_t> rank;
};

struct Parsed {
    RuleSet set;              ///< meaningful only when no diagnostic is an error
    Diagnostics diagnostics;  ///< all of them, in text order
    bool good() const;
};
/// What the signs in a text may be.
struct Vocabulary {
    std::span<const std::string_view> builtIn;  ///< by bit
    std::span<const UserSign> known =
        {};  ///< bits that words have already: a sign of the same name and filter gets the same bit
    const flow::FilterTerms* terms = nullptr;  ///< what filters of user signs may name; nullptr = they are taken unread
};
/// Constructs that this version does not know yet (groups, other sign tables) are diagnostics.
Parsed parseRules(std::string_view text, const Vocabulary& vocabulary);
/// `signNames[i]` = name of bit i.
Parsed parseRules(std::string_view text, std::span<const std::string_view> signNames);

/// "TRWscan HCscan" etc.: names of the word's bits in bit order, blank-separated.
std::string signNamesOf(Word word, std::span<const std::string_view> signNames);
std::string signNamesOf(Word word, std::span<const std::string> signNames);

}  // namespace weir::rules
