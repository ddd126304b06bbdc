// A rule set as clauses for CaDiCaL: an encoding of its own, straight from the language, to hold our search against.
#pragma once

#include "core/rules/rule_set.h"

#include <cadical.hpp>

#include <bit>
#include <vector>

namespace weir::test {

class WordFormula {
public:
    WordFormula(const rules::RuleSet& set, unsigned signs) : signs_(int(signs)), next_(signs_ + 1) {
        solver_.configure("plain");  // thousands of small questions: preparing for hard ones costs more
        for (const rules::Word group : set.oneOf) {
            clause(group, 0);
            for (const int a : literalsOf(group))
                for (const int b : literalsOf(group))
                    if (a < b) clause({-a, -b});
        }
        for (const rules::Exclusion& e : set.never) clause(e.none, e.all);
    }

    /// Some word matches all of `matched` and none of `notMatched`.
    bool satisfiable(const std::vector<const rules::Rule*>& matched,
                     const std::vector<const rules::Rule*>& notMatched) {
        const int active = next_++;
        for (const rules::Rule* r : notMatched) clause(r->mustNot, r->must, -active);
        solver_.assume(active);
        for (const rules::Rule* r : matched) assume(*r);
        const bool yes = solver_.solve() == 10;
        clause({-active});
        return yes;
    }

    /// A word that the rule matches has fewer signs than `than`, or as many and a lower value.
    bool hasSmaller(const rules::Rule& rule, rules::Word than) {
        const int most = std::popcount(than);
        if (most > 0) {
            assume(rule);
            solver_.assume(-atLeast(most));
            if (solver_.solve() == 10) return true;
        }
        // A lower value differs first, from above, in a sign that `than` has.
        for (int bit = signs_; bit-- > 0;) {
            if ((than >> bit & 1) == 0) continue;
            assume(rule);
            if (most < signs_) solver_.assume(-atLeast(most + 1));
            for (int above = signs_; --above > bit;) solver_.assume((than >> above & 1) ? above + 1 : -(above + 1));
            solver_.assume(-(bit + 1));
            if (solver_.solve() == 10) return true;
        }
        return false;
    }

private:
    static std::vector<int> literalsOf(rules::Word word) {
        std::vector<int> out;
        for (; word != 0; word &= word - 1) out.push_back(std::countr_zero(word) + 1);
        return out;
    }
    void clause(const std::vector<int>& literals) {
        for (const int l : literals) solver_.add(l);
        solver_.add(0);
    }
    /// Some sign of `present` holds, or some of `absent` does not, or `other` does.
    void clause(rules::Word present, rules::Word absent, int other = 0) {
        std::vector<int> literals = literalsOf(present);
        for (const int l : literalsOf(absent)) literals.push_back(-l);
        if (other != 0) literals.push_back(other);
        clause(literals);
    }
    void assume(const rules::Rule& rule) {
        for (const int l : literalsOf(rule.must)) solver_.assume(l);
        for (const int l : literalsOf(rule.mustNot)) solver_.assume(-l);
    }
    /// Holds when at least n (1 to signs) signs do: a sequential counter, made when it is first asked for.
    int atLeast(int n) {
        if (counter_.empty()) {
            counter_.assign(std::size_t(signs_ + 1) * std::size_t(signs_ + 1), 0);
            for (int i = 1; i <= signs_; ++i)
                for (int k = 1; k <= i; ++k) {
                    const int here = at(i, k) = next_++;
                    if (k <= i - 1) clause({-at(i - 1, k), here});
                    if (k == 1)
                        clause({-i, here});
                    else
                        clause({-i, -at(i - 1, k - 1), here});
                }
        }
        return at(signs_, n);
    }
    int& at(int i, int k) { return counter_[std::size_t(i) * std::size_t(signs_ + 1) + std::size_t(k)]; }

    CaDiCaL::Solver solver_;
    int signs_, next_;
    std::vector<int> counter_;
};

}  // namespace weir::test
