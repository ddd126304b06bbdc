// Joins the old and the new word of each record through a table of pairs.
#include "core/score/rescore.h"

#include "core/score/word_numbers.h"

#include <algorithm>

namespace weir::score {
namespace {

constexpr std::uint32_t kUnknownWord = ~std::uint32_t{0};
constexpr std::size_t kTableAtMost = std::size_t{1}
                                     << 22;  ///< limit of pairs for an array; above it a hash table is used

/// Moves bit from[i] of a word to bit to[i].
std::uint64_t moved(std::uint64_t word, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < from.size(); ++i) out |= (word >> from[i] & 1) << to[i];
    return out;
}

/// Numbers the words that result from pairs of an old and a new word.
class Pairs {
public:
    Pairs(const Scores& before, const Scores* asked, const TestChange& change)
        : width_(asked ? asked->words.size() : 1) {
        std::vector<std::size_t> from, to, fresh;
        for (std::size_t t = 0; t < change.kept.size(); ++t)
            if (change.kept[t]) {
                from.push_back(*change.kept[t]);
                to.push_back(t);
            }
        for (std::size_t i = 0; i < change.asked.size(); ++i) fresh.push_back(i);
        for (const CodeCount& c : before.words) before_.push_back(moved(c.word, from, to));
        if (asked)
            for (const CodeCount& c : asked->words) asked_.push_back(moved(c.word, fresh, change.asked));
        if (before_.size() * width_ <= kTableAtMost) table_.assign(before_.size() * width_, kUnknownWord);
    }

    std::uint32_t of(std::uint32_t before, std::uint32_t asked) {
        if (before == Scores::kNotScored) return Scores::kNotScored;
        const std::size_t place = before * width_ + asked;
        std::uint32_t& known = table_.empty() ? hashed_.try_emplace(place, kUnknownWord).first->second : table_[place];
        if (known == kUnknownWord) known = numbers_.of(before_[before] | (asked_.empty() ? 0 : asked_[asked]));
        return known;
    }
    const std::vector<std::uint64_t>& words() const { return numbers_.words(); }

private:
    std::size_t width_;
    /// By number: words with their bits moved to the new profile's positions.
    std::vector<std::uint64_t> before_, asked_;
    std::vector<std::uint32_t> table_;
    std::unordered_map<std::size_t, std::uint32_t> hashed_;
    WordNumbers numbers_;
};

/// Groups and findings of reused and evaluated tests, at their new indices.
template <class Part>
void takeParts(std::vector<Part>& out, const std::vector<Part>& before, const std::vector<Part>* asked,
               const TestChange& change) {
    for (std::size_t t = 0; t < change.kept.size(); ++t) {
        const std::vector<Part>* parts = change.kept[t] ? &before : asked;
        const std::size_t place =
            change.kept[t] ? *change.kept[t]
                           : std::size_t(std::find(change.asked.begin(), change.asked.end(), t) - change.asked.begin());
        if (parts == nullptr) continue;
        for (const Part& part : *parts)
            if (part.test == place) {
                out.push_back(part);
                out.back().test = t;
            }
    }
}

}  // namespace

std::optional<TestChange> changeOf(const Profile& before, const Profile& after) {
    if (before.apply != after.apply) return std::nullopt;
    TestChange change;
    for (std::size_t t = 0; t < after.tests.size(); ++t) {
        const auto same = [&](const Test& old) { return old.condition == after.tests[t].condition; };
        const auto at = std::find_if(before.tests.begin(), before.tests.end(), same);
        if (at == before.tests.end()) {
            change.kept.emplace_back();
            change.asked.push_back(t);
        } else {
            change.kept.emplace_back(std::size_t(at - before.tests.begin()));
        }
    }
    return change;
}

Profile askedOf(const Profile& after, const TestChange& change) {
    Profile out;
    out.name = after.name;
    out.apply = after.apply;
    for (const std::size_t t : change.asked) out.tests.push_back(after.tests[t]);
    return out;
}

Scores rescore(const Scores& before, const Scores* asked, const TestChange& change) {
    Scores out;
    out.scored = before.scored;
    Pairs pairs(before, asked, change);
    std::vector<std::uint64_t> counts;
    const auto pass = [&](const Buffer<std::uint32_t>& from, const Buffer<std::uint32_t>* fresh,
                          Buffer<std::uint32_t>& to) {
        to.resize(from.size());
        for (std::size_t i = 0; i < from.size(); ++i) {
            to[i] = pairs.of(from[i], fresh ? (*fresh)[i] : 0);
            if (counts.size() <= to[i]) counts.resize(to[i] + 1);
            ++counts[to[i]];
        }
    };
    pass(before.forward, asked ? &asked->forward : nullptr, out.forward);
    pass(before.reverse, asked ? &asked->reverse : nullptr, out.reverse);
    for (std::size_t w = 0; w < pairs.words().size(); ++w)
        out.words.push_back({pairs.words()[w], w == Scores::kNotScored || w >= counts.size() ? 0 : counts[w]});
    takeParts(out.groups, before.groups, asked ? &asked->groups : nullptr, change);
    takeParts(out.findings, before.findings, asked ? &asked->findings : nullptr, change);
    return out;
}

}  // namespace weir::score
