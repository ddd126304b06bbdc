// Pass 3: words x rules → classes. Runs on distinct words, never on flows.
#pragma once

#include "core/classify/tally_index.h"
#include "core/rules/rule_set.h"
#include "core/tally/tally.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::classify {

inline constexpr std::uint16_t kOther = 0xffff;  ///< class index and rule index of what no rule matches

/// The judgement of one distinct word; index-aligned with the tally it was made from.
struct WordVerdict {
    std::uint16_t classIndex = kOther;  ///< by order
    std::uint16_t rule = kOther;        ///< first matching rule of that class in text order
    std::uint16_t classesClaiming = 0;  ///< 2 or more = conflict
    std::uint32_t classMask =
        0;  ///< bit per class index (classes beyond 31 share the last bit: parser allows at most 31)
};

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
struct Classification {
    std::vector<WordVerdict> verdicts;                ///< by tally row
    std::vector<ClassTotal> classes;                  ///< by class index; the last one is Other
    std::vector<std::uint64_t> ruleFlows;             ///< flows accounted to each rule ("the" rule)
    std::vector<std::uint64_t> ruleMatches;           ///< flows each rule matches
    ClassTotal oneWay;                                ///< all
    std::uint64_t conflicting = 0, unclassified = 0;  ///< flows
};
/// Cost: rules x signs x words / 64, and a few ns a word.
Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                             const TallyIndex& index);
Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally);

}  // namespace weir::classify
