// Word by word.
#include "core/compare/proof.h"

#include "core/rules/word_search.h"

#include <algorithm>
#include <bit>
#include <map>

namespace weir::compare {
namespace {

/// Class of a word by name, -1 = Other; rules by priority.
class Judge {
public:
    explicit Judge(const rules::RuleSet& set) : set_(set), order_(rules::rulesByPriority(set)) {}
    int classOf(rules::Word word) const {
        for (const std::uint16_t r : order_)
            if (set_.rules[r].matches(word)) return set_.rules[r].classIndex;
        return -1;
    }
    std::string nameOf(int classIndex) const {
        return classIndex < 0 ? "Other" : set_.classes[std::size_t(classIndex)].name;
    }

private:
    const rules::RuleSet& set_;
    std::vector<std::uint16_t> order_;
};

bool smaller(rules::Word a, rules::Word b) { return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b); }

/// A rule and the earlier rules, which must not match the words that it gets. Other follows all rules.
struct Taker {
    const rules::Rule* rule = nullptr;  ///< nullptr = Other
    std::vector<const rules::Rule*> before;
    std::string className;
};
std::vector<Taker> takersOf(const rules::RuleSet& set) {
    std::vector<Taker> out;
    std::vector<const rules::Rule*> before;
    for (const std::uint16_t r : rules::rulesByPriority(set)) {
        const rules::Rule& rule = set.rules[r];
        Taker taker{&rule, {}, set.classes[rule.classIndex].name};
        // Rules of its own class may match the word as well: the class stays the same.
        for (const rules::Rule* b : before)
            if (b->classIndex != rule.classIndex) taker.before.push_back(b);
        out.push_back(std::move(taker));
        before.push_back(&rule);
    }
    out.push_back({nullptr, before, "Other"});
    return out;
}

/// The smallest word that goes from one class to the other, among those that one of the sets admits.
class MoveSearch {
public:
    MoveSearch(const rules::RuleSet& champion, const rules::RuleSet& challenger, Proof& proof)
        : byChampion_(withSigns(champion, champion.signs | challenger.signs)),
          byChallenger_(withSigns(challenger, champion.signs | challenger.signs)), proof_(proof) {}

    void look(const Taker& from, const Taker& to) {
        rules::Word must = 0, mustNot = 0;
        for (const Taker* t : {&from, &to}) {
            if (!t->rule) continue;
            must |= t->rule->must;
            mustNot |= t->rule->mustNot;
        }
        std::vector<const rules::Rule*> notMatched = from.before;
        notMatched.insert(notMatched.end(), to.before.begin(), to.before.end());
        for (const rules::WordSearch* search : {&byChampion_.search, &byChallenger_.search}) {
            const auto found = search->smallest(must, mustNot, notMatched);
            proof_.open += found.answer == rules::WordSearch::Answer::open;
            if (found.answer == rules::WordSearch::Answer::found) add(from.className, to.className, found.word);
        }
    }

private:
    struct Admitted {
        rules::RuleSet exclusions;
        rules::WordSearch search;
    };
    static Admitted withSigns(const rules::RuleSet& set, rules::Word signs) {
        rules::RuleSet exclusions;
        exclusions.oneOf = set.oneOf;
        exclusions.never = set.never;
        exclusions.signs = signs;
        rules::WordSearch search(exclusions, 64);
        return {std::move(exclusions), std::move(search)};
    }
    void add(const std::string& from, const std::string& to, rules::Word word) {
        const auto at = std::find_if(proof_.moves.begin(), proof_.moves.end(),
                                     [&](const Move& m) { return m.from == from && m.to == to; });
        if (at == proof_.moves.end())
            proof_.moves.push_back({from, to, 1, word});
        else if (smaller(word, at->witness))
            at->witness = word;
    }
    Admitted byChampion_, byChallenger_;
    Proof& proof_;
};

Proof proveBySearch(const rules::RuleSet& champion, const rules::RuleSet& challenger) {
    Proof out;
    out.counted = false;
    MoveSearch search(champion, challenger, out);
    const auto is = takersOf(challenger);
    for (const Taker& from : takersOf(champion))
        for (const Taker& to : is)
            if (from.className != to.className) search.look(from, to);
    return out;
}

}  // namespace

ProofSpace spaceOf(const rules::RuleSet& champion, const rules::RuleSet& challenger) {
    ProofSpace space;
    space.signs = champion.signs | challenger.signs;
    // Both over the signs of either set: a set does not restrict signs that it does not know.
    const auto admitted = [&](const rules::RuleSet& set) {
        rules::RuleSet exclusions;
        exclusions.oneOf = set.oneOf;
        exclusions.never = set.never;
        exclusions.signs = space.signs;
        return rules::admissibleWordsUpTo(rules::WordSpace::kMostListed, exclusions,
                                          unsigned(std::bit_width(space.signs)));
    };
    const auto a = admitted(champion), b = admitted(challenger);
    space.listed = a && b;
    if (!space.listed) return space;
    std::set_union(a->begin(), a->end(), b->begin(), b->end(), std::back_inserter(space.words));
    std::sort(space.words.begin(), space.words.end(), smaller);
    return space;
}

Proof prove(const rules::RuleSet& champion, const rules::RuleSet& challenger, const ProofSpace& space) {
    if (!space.listed) return proveBySearch(champion, challenger);
    const Judge was(champion), is(challenger);
    std::map<std::pair<int, int>, Move> moves;
    for (const rules::Word word : space.words) {
        const int from = was.classOf(word), to = is.classOf(word);
        Move& move = moves[{from, to}];
        if (move.words++ == 0) move.witness = word;
    }
    Proof out;
    out.words = space.words.size();
    for (auto& [pair, move] : moves) {
        move.from = was.nameOf(pair.first);
        move.to = is.nameOf(pair.second);
        if (move.from != move.to) out.moves.push_back(std::move(move));
    }
    std::stable_sort(out.moves.begin(), out.moves.end(),
                     [](const Move& a, const Move& b) { return a.words > b.words; });
    return out;
}

}  // namespace weir::compare
