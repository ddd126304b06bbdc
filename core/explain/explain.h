// Why a flow is what it is: signs with evidence, rules that match, rules that miss by one sign, what would decide a
// conflict.
#pragma once

#include "core/classify/classify.h"
#include "core/explain/nearest.h"
#include "core/signs/finding.h"
#include "core/signs/sign_family.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::explain {

/// The threshold random walk of the source: the sum after each first contact up to the verdict, and the bounds that
/// decide.
struct Walk {
    std::vector<double> sums;
    double lower = 0, upper = 0;
};
struct SignLine {
    unsigned bit = 0;
    std::string name, help;
    bool holds = false;
    std::string evidence;                   ///< "no verdict: 1 failure, 1 success, sum 0.00 (bounds -4.60, 5.29)"
    std::shared_ptr<const Walk> walk = {};  ///< of the two signs that it decides; else null
    std::string unreliable = {};            ///< why packet sampling makes it so, empty = it is reliable
};
struct RuleLine {
    std::uint16_t rule = 0;
    bool matches = false;
    std::vector<std::string> missedBy;  ///< "needs P2P", "forbids PotOk"; one entry = misses by one sign
};
/// An edit that would end a conflict on this word, and what it would do to all flows.
struct Repair {
    std::uint16_t rule = 0;
    std::string edit;  ///< "!PotOk"
    std::int64_t conflictingDelta = 0, unclassifiedDelta = 0;
};
struct Explanation {
    rules::Word word = 0;
    std::vector<SignLine> signs;   ///< all built-in ones and those of the rule set, those that hold first
    std::vector<RuleLine> rules;   ///< matches first, then by number of misses, then text order
    std::vector<Repair> repairs;   ///< only for conflicting words
    std::vector<Nearest> nearest;  ///< what would give another class, fewest signs first
    std::uint64_t sameWordFlows = 0;
};

/// The evidence for and against each sign of the family in one flow; those that hold first, else by bit.
std::vector<SignLine> explainSigns(const signs::SignFamily& family, const signs::Finding& finding);
/// Which rules match the word or miss it, and by what.
std::vector<RuleLine> explainRules(const rules::RuleSet& set, rules::Word word);
/// Single signs added to one of the conflicting rules that end the conflict on this word; those that settle most flows
/// first, at most kMaxRepairs. An edit is left out when another edit of the same rule is at least as good in both
/// counts and better in one. Empty when the word is in no conflict or no single sign ends it. Cost: tally x rules,
/// once.
inline constexpr std::size_t kMaxRepairs = 12;
std::vector<Repair> proposeRepairs(const rules::RuleSet& set, rules::Word word,
                                   std::span<const tally::WordCount> tally);

}  // namespace weir::explain
