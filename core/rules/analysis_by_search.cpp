// One search for each result that analysis.cpp reads off its planes for all words at once.
#include "core/rules/analysis_by_search.h"

#include "core/rules/word_search.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weir::rules {
namespace {

using Answer = WordSearch::Answer;

class Searcher {
public:
    Searcher(const RuleSet& set, unsigned bits, bool ignoreExclusions, Check& check)
        : set_(set), search_(set, bits, ignoreExclusions), check_(check), alive_(set.rules.size()) {}

    void run() {
        check_.counted = false;
        check_.admissible = found(0, 0) ? 1 : 0;
        const std::size_t n = set_.classes.size();
        check_.classPairs.assign(n * n, 0);
        check_.classWords.assign(n, 0);
        check_.onlyClassWords.assign(n, 0);
        findDead();
        findPairs();
        findSubsumed();
        findClasses();
        const auto gap = ask(0, 0, all(set_.rules));
        if (gap) check_.unclassified = *gap;
        check_.unclassifiedWords = gap ? 1 : 0;
    }

private:
    std::optional<Word> ask(Word must, Word mustNot, const std::vector<const Rule*>& notMatched = {}) {
        const WordSearch::Result r = search_.smallest(must, mustNot, notMatched);
        check_.open += r.answer == Answer::open;
        return r.answer == Answer::found ? std::optional(r.word) : std::nullopt;
    }
    bool found(Word must, Word mustNot, const std::vector<const Rule*>& notMatched = {}) {
        return ask(must, mustNot, notMatched).has_value();
    }
    static std::vector<const Rule*> all(const std::vector<Rule>& rules) {
        std::vector<const Rule*> out;
        for (const Rule& r : rules) out.push_back(&r);
        return out;
    }

    void findDead() {
        for (std::size_t r = 0; r < set_.rules.size(); ++r) {
            const auto answer = search_.smallest(set_.rules[r].must, set_.rules[r].mustNot).answer;
            check_.open += answer == Answer::open;
            alive_[r] = answer != Answer::none;
            if (!alive_[r])
                check_.dead.push_back(r);
            else
                check_.classWords[set_.rules[r].classIndex] = 1;
        }
    }

    void findPairs() {
        for (std::size_t a = 0; a < set_.rules.size(); ++a)
            for (std::size_t b = a + 1; b < set_.rules.size(); ++b) {
                const Rule &x = set_.rules[a], &y = set_.rules[b];
                if (x.classIndex == y.classIndex || !alive_[a] || !alive_[b]) continue;
                const auto word = ask(x.must | y.must, x.mustNot | y.mustNot);
                if (!word) continue;
                check_.conflicts.push_back({a, b, 1, *word});
                check_.conflictingWords = 1;
                const auto [low, high] = std::minmax(x.classIndex, y.classIndex);
                check_.classPairs[low * set_.classes.size() + high] = 1;
            }
    }

    /// True when the other rule contains this one: every word that this one matches satisfies the other.
    bool inside(const Rule& r, const Rule& other) {
        for (Word rest = other.must & ~r.must; rest != 0; rest &= rest - 1)
            if (search_.smallest(r.must, r.mustNot | (rest & (~rest + 1))).answer != Answer::none) return false;
        for (Word rest = other.mustNot & ~r.mustNot; rest != 0; rest &= rest - 1)
            if (search_.smallest(r.must | (rest & (~rest + 1)), r.mustNot).answer != Answer::none) return false;
        return true;
    }

    void findSubsumed() {
        for (std::size_t r = 0; r < set_.rules.size(); ++r) {
            if (!alive_[r]) continue;
            for (std::size_t other = 0; other < set_.rules.size(); ++other) {
                if (other == r || !alive_[other] || set_.rules[other].classIndex != set_.rules[r].classIndex ||
                    !inside(set_.rules[r], set_.rules[other]))
                    continue;
                check_.subsumed.push_back(r);
                break;
            }
        }
    }

    void findClasses() {
        std::vector<const Rule*> before;
        for (const std::uint16_t c : set_.order) {
            std::vector<const Rule*> mine, others;
            for (const Rule& r : set_.rules) (r.classIndex == c ? mine : others).push_back(&r);
            const auto has = [&](const std::vector<const Rule*>& notMatched) {
                return std::any_of(mine.begin(), mine.end(),
                                   [&](const Rule* r) { return found(r->must, r->mustNot, notMatched); });
            };
            check_.onlyClassWords[c] = has(others);
            const std::uint64_t open = check_.open;
            if (check_.classWords[c] != 0 && !has(before) && check_.open == open) check_.neverWin.push_back(c);
            before.insert(before.end(), mine.begin(), mine.end());
        }
    }

    const RuleSet& set_;
    WordSearch search_;
    Check& check_;
    std::vector<bool> alive_;
};

}  // namespace

void analyseBySearch(const RuleSet& set, unsigned bits, bool ignoreExclusions, Check& check) {
    Searcher(set, bits, ignoreExclusions, check).run();
}

}  // namespace weir::rules
