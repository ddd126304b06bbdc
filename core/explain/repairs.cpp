// Signs that would decide a conflict, and what each would do to all other flows.
#include "core/explain/explain.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace weir::explain {
namespace {

using rules::Rule;
using rules::RuleSet;
using rules::Word;

/// Classes that claim the word when rule `without` (-1 = none) does not.
std::uint32_t classMask(const RuleSet& set, Word word, std::size_t without) {
    std::uint32_t mask = 0;
    for (std::size_t r = 0; r < set.rules.size(); ++r)
        if (r != without && set.rules[r].matches(word)) mask |= std::uint32_t{1} << set.rules[r].classIndex;
    return mask;
}

bool isConflict(std::uint32_t mask) { return (mask & (mask - 1)) != 0; }

struct Candidate {
    Repair repair;
    bool decisive = false;  ///< forbids what another of the conflicting rules requires
    std::int64_t settled() const { return repair.conflictingDelta + repair.unclassifiedDelta; }
};

/// What dropping one rule does to one observed word.
struct Loss {
    Word word = 0;
    std::int64_t conflicting = 0, unclassified = 0;
};

std::vector<Loss> lossesWithout(const RuleSet& set, std::size_t rule, std::span<const tally::WordCount> tally) {
    std::vector<Loss> losses;
    for (const tally::WordCount& w : tally) {
        if (!set.rules[rule].matches(w.word)) continue;
        const std::uint32_t rest = classMask(set, w.word, rule);
        const std::uint32_t all = rest | std::uint32_t{1} << set.rules[rule].classIndex;
        const auto flows = static_cast<std::int64_t>(w.flows);
        losses.push_back({w.word, isConflict(all) && !isConflict(rest) ? -flows : 0, rest == 0 ? flows : 0});
    }
    return losses;
}

/// Every sign that could be added to the rule so that it leaves the word alone.
std::vector<Candidate> candidatesOf(const RuleSet& set, std::size_t rule, Word word, Word requiredByOthers,
                                    std::span<const tally::WordCount> tally) {
    const std::vector<Loss> losses = lossesWithout(set, rule, tally);
    std::vector<Candidate> candidates;
    for (std::size_t s = 0; s < set.signNames.size(); ++s) {
        const Word bit = Word{1} << s;
        if ((set.signs & bit) == 0 || ((set.rules[rule].must | set.rules[rule].mustNot) & bit) != 0) continue;
        const bool forbid = (word & bit) != 0;
        Candidate c;
        c.repair.rule = static_cast<std::uint16_t>(rule);
        if (forbid) c.repair.edit = '!';
        c.repair.edit += set.signNames[s];
        c.decisive = forbid && (requiredByOthers & bit) != 0;
        for (const Loss& loss : losses) {
            if (((loss.word & bit) != 0) != forbid) continue;
            c.repair.conflictingDelta += loss.conflicting;
            c.repair.unclassifiedDelta += loss.unclassified;
        }
        candidates.push_back(std::move(c));
    }
    return candidates;
}

void dropDominated(std::vector<Candidate>& candidates) {
    const auto better = [](const Repair& a, const Repair& b) {
        return a.conflictingDelta <= b.conflictingDelta && a.unclassifiedDelta <= b.unclassifiedDelta &&
               (a.conflictingDelta < b.conflictingDelta || a.unclassifiedDelta < b.unclassifiedDelta);
    };
    const std::vector<Candidate> all = candidates;
    std::erase_if(candidates, [&](const Candidate& c) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Candidate& other) { return better(other.repair, c.repair); });
    });
}

}  // namespace

std::vector<Repair> proposeRepairs(const RuleSet& set, Word word, std::span<const tally::WordCount> tally) {
    if (!isConflict(classMask(set, word, set.rules.size()))) return {};
    std::vector<Candidate> all;
    for (std::size_t r = 0; r < set.rules.size(); ++r) {
        if (!set.rules[r].matches(word) || isConflict(classMask(set, word, r))) continue;
        Word required = 0;
        for (const Rule& other : set.rules)
            if (other.classIndex != set.rules[r].classIndex && other.matches(word)) required |= other.must;
        auto candidates = candidatesOf(set, r, word, required, tally);
        dropDominated(candidates);
        all.insert(all.end(), candidates.begin(), candidates.end());
    }
    std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple(a.settled(), !a.decisive) < std::tuple(b.settled(), !b.decisive);
    });
    std::vector<Repair> repairs;
    for (std::size_t i = 0; i < std::min(all.size(), kMaxRepairs); ++i) repairs.push_back(std::move(all[i].repair));
    return repairs;
}

}  // namespace weir::explain
