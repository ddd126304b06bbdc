// Branches on the signs that could satisfy a violated exclusion; all other signs stay absent.
#include "core/rules/word_search.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weir::rules {
namespace {

bool smaller(Word a, Word b) { return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b); }
Word lowestBit(Word w) { return w & (~w + 1); }

}  // namespace

/// One query. A node is a pair of masks: signs that hold and signs that cannot. The word of the first mask is the
/// smallest below the node, if it is admissible. Otherwise some exclusion is violated, and only an additional sign can
/// satisfy it.
class WordSearch::Descent {
public:
    Descent(const WordSearch& of, std::span<const Rule* const> notMatched) : of_(of), notMatched_(notMatched) {}

    Result run(Word yes, Word no) {
        visit(yes, no);
        if (steps_ > kMostSteps) return {Answer::open, 0};
        return found_ ? Result{Answer::found, best_} : Result{};
    }

private:
    static constexpr Word kDead = 0;

    void visit(Word yes, Word no) {
        if (++steps_ > kMostSteps) return;
        Word mends = 0;
        bool violated = false, dead = (yes & no) != 0;
        const auto violate = [&](Word options) {
            options &= ~no;
            dead = dead || options == kDead;
            if (!violated || std::popcount(options) < std::popcount(mends)) mends = options;
            violated = true;
        };
        for (const Word group : of_.oneOf_) {
            const Word held = yes & group;
            if (held == 0)
                violate(group);
            else if (held != lowestBit(held))
                dead = true;
            else
                no |= group & ~held;
        }
        if (dead || (yes & no) != 0) return;
        for (const Exclusion& e : of_.never_)
            if ((yes & e.all) == e.all && (yes & e.none) == 0) violate(e.none);
        for (const Rule* r : notMatched_)
            if (r->matches(yes)) violate(r->mustNot);
        if (dead) return;
        if (!violated) {
            if (!found_ || smaller(yes, best_)) best_ = yes;
            found_ = true;
            return;
        }
        if (found_ && std::popcount(yes) + 1 > std::popcount(best_)) return;
        for (Word rest = mends; rest != 0; rest &= rest - 1) {
            const Word sign = lowestBit(rest);
            visit(yes | sign, no);
            no |= sign;  // words with it are done
        }
    }

    const WordSearch& of_;
    std::span<const Rule* const> notMatched_;
    std::uint64_t steps_ = 0;
    Word best_ = 0;
    bool found_ = false;
};

WordSearch::WordSearch(const RuleSet& set, unsigned bits, bool ignoreExclusions)
    : all_(bits >= 64 ? ~Word{0} : (Word{1} << bits) - 1) {
    if (set.signs != 0) all_ &= set.signs;
    if (ignoreExclusions) return;
    oneOf_ = set.oneOf;
    never_ = set.never;
}

WordSearch WordSearch::without(std::size_t exclusion) const {
    WordSearch less = *this;
    if (exclusion < oneOf_.size())
        less.oneOf_.erase(less.oneOf_.begin() + std::ptrdiff_t(exclusion));
    else
        less.never_.erase(less.never_.begin() + std::ptrdiff_t(exclusion - oneOf_.size()));
    return less;
}

WordSearch::Result WordSearch::smallest(Word must, Word mustNot, std::span<const Rule* const> notMatched) const {
    return Descent(*this, notMatched).run(must, mustNot | ~all_);
}

std::optional<Apart> whyApart(const RuleSet& set, const Rule& a, const Rule& b, unsigned bits) {
    const Word must = a.must | b.must, mustNot = a.mustNot | b.mustNot;
    if ((must & mustNot) != 0) return Apart{lowestBit(must & mustNot), {}, {}};
    WordSearch search(set, bits);
    if (search.smallest(must, mustNot).answer != WordSearch::Answer::none) return std::nullopt;
    // Drops one exclusion after the other; those without which the rules would meet remain.
    Apart out;
    std::size_t at = 0;
    for (std::size_t original = 0; original < set.oneOf.size() + set.never.size(); ++original) {
        WordSearch less = search.without(at);
        if (less.smallest(must, mustNot).answer == WordSearch::Answer::none) {
            search = std::move(less);
            continue;
        }
        if (original < set.oneOf.size())
            out.oneOf.push_back(original);
        else
            out.never.push_back(original - set.oneOf.size());
        ++at;
    }
    return out;
}

}  // namespace weir::rules
