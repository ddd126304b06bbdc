// Pass 3: words x rules → classes. Runs on distinct words, never on flows.
#pragma once

#include "core/classify/tally_index.h"
#include "core/rules/rule_set.h"
#include "core/tally/tally.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::classify {

inline constexpr std::uint16_t kOther = 0xffff;  ///< class index and rule index of words that no rule matches

/// The verdict on one distinct word.
struct WordVerdict {
    std::uint16_t classIndex = kOther;  ///< the first class by order whose rules match
    std::uint16_t rule = kOther;        ///< its first matching rule in text order
    std::uint16_t classesClaiming = 0;  ///< 2 or more = conflict
    /// Bit per class index (classes beyond 31 share the last bit: parser allows at most 31).
    std::uint32_t classMask = 0;
};

/// Flows, packets and bytes of a class.
struct ClassTotal {
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    ClassTotal& operator+=(const ClassTotal& more) {
        flows += more.flows;
        packets += more.packets;
        bytes += more.bytes;
        return *this;
    }
};
inline ClassTotal totalOf(const tally::WordCount& w) { return {w.flows, w.packets, w.bytes}; }
/// The result of classifyWords().
struct Classification {
    std::vector<WordVerdict> verdicts;                ///< by tally row
    std::vector<ClassTotal> classes;                  ///< by class index; the last one is Other
    std::vector<std::uint64_t> ruleFlows;             ///< flows classified by each rule
    std::vector<std::uint64_t> ruleMatches;           ///< flows each rule matches
    ClassTotal oneWay;                                ///< all
    std::uint64_t conflicting = 0, unclassified = 0;  ///< flows
};
/// Cost: rules x signs x words / 64, and a few ns a word.
Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                             const TallyIndex& index);
Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally);

}  // namespace weir::classify
