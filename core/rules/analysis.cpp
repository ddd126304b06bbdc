// Conflicts, gaps, dead and subsumed rules of a rule set, over bit planes of the admissible words.
#include "core/rules/analysis.h"

#include "core/rules/analysis_by_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <string_view>
#include <utility>

namespace weir::rules {
namespace {

using Plane = std::span<const std::uint64_t>;

/// One plane of words per rule or class, in one allocation.
class PlaneTable {
public:
    PlaneTable(std::size_t rows, std::size_t blocks) : blocks_(blocks), bits_(rows * blocks) {}
    std::span<std::uint64_t> operator[](std::size_t row) { return std::span(bits_).subspan(row * blocks_, blocks_); }
    Plane operator[](std::size_t row) const { return std::span(bits_).subspan(row * blocks_, blocks_); }

private:
    std::size_t blocks_;
    std::vector<std::uint64_t> bits_;
};

/// Inline: the baseline processor has no popcount instruction, and this form vectorises.
std::uint64_t bitCount(std::uint64_t x) {
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    x += x >> 8;
    x += x >> 16;
    return (x + (x >> 32)) & 0x7f;
}

std::uint64_t count(Plane a) {
    std::uint64_t n = 0;
    for (const std::uint64_t block : a) n += bitCount(block);
    return n;
}

std::uint64_t countBoth(Plane a, Plane b) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < a.size(); ++i) n += bitCount(a[i] & b[i]);
    return n;
}

std::uint64_t countOnly(Plane a, Plane notIn) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < a.size(); ++i) n += bitCount(a[i] & ~notIn[i]);
    return n;
}

bool isSubset(Plane a, Plane of) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if ((a[i] & ~of[i]) != 0) return false;
    return true;
}

bool meets(Plane a, Plane b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if ((a[i] & b[i]) != 0) return true;
    return false;
}

/// No word can match both: one requires a sign that the other forbids.
bool disjoint(const Rule& a, const Rule& b) { return ((a.must & b.mustNot) | (b.must & a.mustNot)) != 0; }

/// Everything counted from the planes of one rule set.
class Analysis {
public:
    Analysis(const RuleSet& set, const WordSpace& space)
        : set_(set), space_(space), rules_(set.rules.size(), space.planes.blocks()),
          classes_(set.classes.size(), space.planes.blocks()), once_(space.planes.blocks()),
          twice_(space.planes.blocks()) {
        for (std::size_t r = 0; r < set.rules.size(); ++r) {
            space.planes.match(set.rules[r], rules_[r]);
            const auto of = classes_[set.rules[r].classIndex];
            for (std::size_t i = 0; i < of.size(); ++i) of[i] |= rules_[r][i];
        }
        for (std::size_t c = 0; c < set.classes.size(); ++c) {
            const Plane claimed = std::as_const(classes_)[c];
            for (std::size_t i = 0; i < claimed.size(); ++i) {
                twice_[i] |= once_[i] & claimed[i];
                once_[i] |= claimed[i];
            }
        }
    }

    void findUnclassified(Check& check) const {
        check.unclassifiedWords = check.admissible - count(once_);
        if (check.unclassifiedWords == 0) return;
        std::size_t i = 0;
        while (once_[i] == ~std::uint64_t{0}) ++i;
        check.unclassified = space_.words[i * 64 + static_cast<std::size_t>(std::countr_one(once_[i]))];
    }

    void countClasses(Check& check) const {
        const std::size_t n = set_.classes.size();
        check.conflictingWords = count(twice_);
        check.classPairs.assign(n * n, 0);
        for (std::size_t a = 0; a < n; ++a) {
            check.classWords.push_back(count(classes_[a]));
            check.onlyClassWords.push_back(countOnly(classes_[a], twice_));
            if (check.onlyClassWords[a] == check.classWords[a]) continue;
            for (std::size_t b = a + 1; b < n; ++b) check.classPairs[a * n + b] = countBoth(classes_[a], classes_[b]);
        }
    }

    void findRulePairs(Check& check) const {
        std::vector<std::size_t> inConflict;
        for (std::size_t r = 0; r < set_.rules.size(); ++r)
            if (meets(rules_[r], twice_)) inConflict.push_back(r);
        for (std::size_t i = 0; i < inConflict.size(); ++i) {
            for (std::size_t j = i + 1; j < inConflict.size(); ++j) addPair(inConflict[i], inConflict[j], check);
        }
        std::stable_sort(check.conflicts.begin(), check.conflicts.end(),
                         [](const RulePair& x, const RulePair& y) { return x.words > y.words; });
    }

    void findUseless(Check& check) const {
        for (std::size_t r = 0; r < set_.rules.size(); ++r) {
            if (count(rules_[r]) == 0) {
                check.dead.push_back(r);
            } else if (isSubsumed(r)) {
                check.subsumed.push_back(r);
            }
        }
    }

    /// Finds classes whose words are all claimed by earlier classes.
    void findNeverWin(Check& check) const {
        std::vector<std::uint64_t> taken(once_.size());
        for (const std::uint16_t c : set_.order) {
            const Plane claimed = classes_[c];
            if (check.classWords[c] != 0 && isSubset(claimed, taken)) check.neverWin.push_back(c);
            for (std::size_t i = 0; i < taken.size(); ++i) taken[i] |= claimed[i];
        }
    }

private:
    void addPair(std::size_t a, std::size_t b, Check& check) const {
        const Rule &first = set_.rules[a], &second = set_.rules[b];
        if (first.classIndex == second.classIndex || disjoint(first, second)) return;
        const std::uint64_t words = countBoth(rules_[a], rules_[b]);
        if (words != 0) check.conflicts.push_back({a, b, words, firstOfBoth(a, b)});
    }

    /// Words are sorted by number of signs and value: the first common one is the smallest.
    Word firstOfBoth(std::size_t a, std::size_t b) const {
        const Plane x = rules_[a], y = rules_[b];
        std::size_t i = 0;
        while ((x[i] & y[i]) == 0) ++i;
        return space_.words[i * 64 + static_cast<std::size_t>(std::countr_zero(x[i] & y[i]))];
    }

    bool isSubsumed(std::size_t r) const {
        for (std::size_t other = 0; other < set_.rules.size(); ++other) {
            if (other == r || set_.rules[other].classIndex != set_.rules[r].classIndex ||
                disjoint(set_.rules[r], set_.rules[other]))
                continue;
            if (isSubset(rules_[r], rules_[other])) return true;
        }
        return false;
    }

    const RuleSet& set_;
    const WordSpace& space_;
    PlaneTable rules_, classes_;
    std::vector<std::uint64_t> once_, twice_;  ///< words that at least one / at least two classes claim
};

void findDuplicates(const RuleSet& set, Check& check) {
    for (std::size_t r = 1; r < set.rules.size(); ++r) {
        const Rule& rule = set.rules[r];
        const auto same = [&](const Rule& other) { return other.must == rule.must && other.mustNot == rule.mustNot; };
        if (std::any_of(set.rules.begin(), set.rules.begin() + std::ptrdiff_t(r), same)) check.duplicates.push_back(r);
    }
}

void findUnusedSigns(const RuleSet& set, Check& check) {
    Word used = 0;
    for (const Rule& r : set.rules) used |= r.must | r.mustNot;
    for (const Word group : set.oneOf) used |= group;
    for (const Exclusion& e : set.never) used |= e.all | e.none;
    check.unusedSigns = set.signs & ~used;
}

void findFailedAsserts(const RuleSet& set, Check& check) {
    for (std::size_t i = 0; i < set.asserts.size(); ++i) {
        const int rule = ruleOf(set, set.asserts[i].word);
        const std::string_view got = rule < 0 ? std::string_view("Other")
                                              : set.classes[set.rules[static_cast<std::size_t>(rule)].classIndex].name;
        if (got != set.asserts[i].className) check.failedAsserts.push_back(i);
    }
}

}  // namespace

WordSpace::WordSpace(std::span<const Word> from) {
    std::array<std::size_t, 66> place{};
    for (const Word w : from) ++place[static_cast<std::size_t>(std::popcount(w)) + 1];
    std::partial_sum(place.begin(), place.end(), place.begin());
    words.resize(from.size());
    for (const Word w : from) words[place[static_cast<std::size_t>(std::popcount(w))]++] = w;
    if (!std::is_sorted(from.begin(), from.end()))
        std::sort(words.begin(), words.end(),
                  [](Word a, Word b) { return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b); });
    planes = WordPlanes(words);
}

WordSpace WordSpace::of(const RuleSet& set, unsigned bits, bool ignoreExclusions) {
    const auto words = admissibleWordsUpTo(kMostListed, set, bits, ignoreExclusions);
    WordSpace space = words ? WordSpace(*words) : WordSpace();
    space.listed = words.has_value();
    space.bits = bits;
    space.ignoreExclusions = ignoreExclusions;
    const Word all = bits >= 64 ? ~Word{0} : (Word{1} << bits) - 1;
    const int signs = std::popcount(set.signs != 0 ? set.signs & all : all);
    space.possible = signs >= 64 ? ~std::uint64_t{0} : std::uint64_t{1} << signs;
    return space;
}

Check analyse(const RuleSet& set, const WordSpace& admissible) {
    Check check;
    check.possible = admissible.possible;
    if (admissible.listed) {
        check.admissible = admissible.words.size();
        const Analysis analysis(set, admissible);
        analysis.countClasses(check);
        analysis.findUnclassified(check);
        analysis.findRulePairs(check);
        analysis.findUseless(check);
        analysis.findNeverWin(check);
    } else {
        analyseBySearch(set, admissible.bits, admissible.ignoreExclusions, check);
    }
    findDuplicates(set, check);
    findUnusedSigns(set, check);
    findFailedAsserts(set, check);
    return check;
}

Check analyse(const RuleSet& set, std::span<const Word> admissible, std::uint64_t possible) {
    WordSpace space(admissible);
    space.possible = possible;
    return analyse(set, space);
}

int ruleOf(const RuleSet& set, Word word) {
    int best = -1;
    for (std::size_t i = 0; i < set.rules.size(); ++i) {
        const Rule& r = set.rules[i];
        if (!r.matches(word)) continue;
        if (best < 0 || set.rank[r.classIndex] < set.rank[set.rules[static_cast<std::size_t>(best)].classIndex])
            best = static_cast<int>(i);
    }
    return best;
}

std::vector<std::uint16_t> matchingRules(const RuleSet& set, Word word) {
    std::vector<std::uint16_t> out;
    for (std::size_t r = 0; r < set.rules.size(); ++r)
        if (set.rules[r].matches(word)) out.push_back(static_cast<std::uint16_t>(r));
    return out;
}

std::vector<std::uint16_t> rulesByPriority(const RuleSet& set) {
    std::vector<std::uint16_t> rules(set.rules.size());
    std::iota(rules.begin(), rules.end(), std::uint16_t{0});
    std::stable_sort(rules.begin(), rules.end(), [&](std::uint16_t a, std::uint16_t b) {
        return set.rank[set.rules[a].classIndex] < set.rank[set.rules[b].classIndex];
    });
    return rules;
}

}  // namespace weir::rules
