// Word by word.
#include "core/compare/proof.h"

#include <algorithm>
#include <bit>
#include <map>

namespace weir::compare {
namespace {

/// Class of a word by name, -1 = Other; rules in the order in which they take words.
class Judge {
public:
    explicit Judge(const rules::RuleSet& set) : set_(set), order_(rules::rulesByPriority(set)) {}
    int classOf(rules::Word word) const {
        for (const std::uint16_t r : order_)
            if (set_.rules[r].matches(word)) return set_.rules[r].classIndex;
        return -1;
    }
    std::string nameOf(int classIndex) const { return classIndex < 0 ? "Other" : set_.classes[std::size_t(classIndex)].name; }

private:
    const rules::RuleSet& set_;
    std::vector<std::uint16_t> order_;
};

bool smaller(rules::Word a, rules::Word b) { return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b); }

}  // namespace

Proof prove(const rules::RuleSet& champion, const rules::RuleSet& challenger, std::span<const rules::Word> words) {
    const Judge was(champion), is(challenger);
    std::map<std::pair<int, int>, Move> moves;
    for (const rules::Word word : words) {
        const int from = was.classOf(word), to = is.classOf(word);
        Move& move = moves[{from, to}];
        if (move.words++ == 0) move.witness = word;
    }
    Proof out;
    out.words = words.size();
    for (auto& [pair, move] : moves) {
        move.from = was.nameOf(pair.first);
        move.to = is.nameOf(pair.second);
        if (move.from != move.to) out.moves.push_back(std::move(move));
    }
    std::stable_sort(out.moves.begin(), out.moves.end(), [](const Move& a, const Move& b) { return a.words > b.words; });
    return out;
}

std::vector<rules::Word> admissibleForEither(const rules::RuleSet& champion, const rules::RuleSet& challenger, unsigned bits) {
    std::vector<rules::Word> a = rules::admissibleWords(champion, bits), b = rules::admissibleWords(challenger, bits), out;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    std::sort(out.begin(), out.end(), smaller);
    return out;
}

}  // namespace weir::compare
