// The smallest change of a combination of signs that would give it another class.
#pragma once

#include "core/rules/rule_set.h"

#include <span>
#include <string>
#include <vector>

namespace weir::explain {

/// For one class: the combination nearest to the word that the class gets.
struct Nearest {
    std::string className;  ///< "Other" too
    rules::Word word = 0;
    std::vector<std::string> gains, loses;  ///< signs that the word would have to get and to lose
    std::size_t signs() const { return gains.size() + loses.size(); }
};
/// Each class but the word's own that some of `words` has, fewest signs first (then order of the classes); of several
/// nearest combinations the smallest one. `words`: all that can occur, fewest signs first. Exact over them. Cost: words
/// x rules.
std::vector<Nearest> nearestClasses(const rules::RuleSet& set, rules::Word word, std::span<const rules::Word> words);

/// "+Backsc −PotOk"
std::string changeText(const Nearest& nearest);

}  // namespace weir::explain
