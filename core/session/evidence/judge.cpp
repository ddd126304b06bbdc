// From rule text to classes and conflicts of a tally.
#include "core/session/evidence/judge.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace weir::session {
namespace {

classify::WordVerdict verdictOfWord(const rules::RuleSet& set, std::uint64_t word) {
    const tally::WordCount one{word, 1, 0, 0};
    return classify::classifyWords(set, std::span(&one, 1)).verdicts.front();
}

}  // namespace

JudgementPtr judgePart(const Judgement& whole, std::span<const tally::WordCount> tally,
                       std::shared_ptr<const void> holder, std::shared_ptr<const classify::TallyIndex> index) {
    const auto begin = std::chrono::steady_clock::now();
    auto part = std::make_shared<Judgement>();
    part->parsed = whole.parsed;
    part->check = whole.check;
    part->missing = whole.missing;
    part->tally = tally;
    part->holder = std::move(holder);
    part->index = std::move(index);
    part->classes = classify::classifyWords(part->parsed.set, tally, *part->index);
    part->conflicts = conflict::buildReport(part->parsed.set, tally, *part->index, part->classes, part->check);
    part->seconds = whole.seconds + std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return part;
}

rules::WordSpace spaceForSuggestions(const Judgement& judgement) {
    const rules::RuleSet& set = judgement.parsed.set;
    rules::WordSpace all = rules::WordSpace::of(set, unsigned(set.signNames.size()));
    if (all.listed) return all;
    std::vector<rules::Word> seen;
    for (const tally::WordCount& w : judgement.tally) seen.push_back(w.word);
    return rules::WordSpace(seen);
}

std::span<const std::string> signNamesFor(const Judgement* judgement) {
    static const std::vector<std::string> kBuiltIn(signNames().begin(), signNames().end());
    return judgement && !judgement->parsed.set.signNames.empty()
               ? std::span<const std::string>(judgement->parsed.set.signNames)
               : std::span<const std::string>(kBuiltIn);
}

std::vector<std::string> namesOfWord(rules::Word word, const Judgement* judgement) {
    std::vector<std::string> out;
    const auto names = signNamesFor(judgement);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (word >> i & 1) out.push_back(names[i]);
    return out;
}

classify::WordVerdict Judgement::verdictOf(std::uint64_t word) const {
    if (const auto row = index ? index->rowOf(word) : std::nullopt) return classes.verdicts[*row];
    return verdictOfWord(parsed.set, word);
}

std::string Judgement::className(std::uint16_t classIndex) const {
    return classIndex < parsed.set.classes.size() ? parsed.set.classes[classIndex].name : "Other";
}

bool Judge::sameExclusions(const rules::RuleSet& set) const {
    const auto same = [](const rules::Exclusion& a, const rules::Exclusion& b) {
        return a.all == b.all && a.none == b.none;
    };
    return cached_ && set.signs == signs_ && set.oneOf == oneOf_ &&
           std::equal(set.never.begin(), set.never.end(), never_.begin(), never_.end(), same);
}

std::shared_ptr<const classify::TallyIndex> Judge::indexOf(const SignBasis& basis) {
    const bool same = indexedHolder_ && basis.holder() == indexedHolder_ && basis.tally().data() == indexed_.data() &&
                      basis.tally().size() == indexed_.size();
    if (!same) {
        index_ = std::make_shared<const classify::TallyIndex>(basis.tally());
        indexed_ = basis.tally();
        indexedHolder_ = basis.holder();
    }
    return index_;
}

JudgementPtr Judge::judge(std::string_view text, const SignBasis& basis) {
    const auto begin = std::chrono::steady_clock::now();
    auto judgement = std::make_shared<Judgement>();
    judgement->tally = basis.tally();
    judgement->holder = basis.holder();
    judgement->parsed = rules::parseRules(text, basis.vocabulary());
    if (judgement->parsed.good()) {
        const rules::RuleSet& set = judgement->parsed.set;
        if (!sameExclusions(set)) {
            admissible_ = rules::WordSpace::of(set, unsigned(set.signNames.size()));
            signs_ = set.signs;
            oneOf_ = set.oneOf;
            never_ = set.never;
            cached_ = true;
        }
        std::copy_if(set.userSigns.begin(), set.userSigns.end(), std::back_inserter(judgement->missing),
                     [&](const rules::UserSign& sign) {
                         return std::none_of(basis.known().begin(), basis.known().end(),
                                             [&](const rules::UserSign& k) { return k.bit == sign.bit; });
                     });
        judgement->check = rules::analyse(set, admissible_);
        judgement->index = indexOf(basis);
        judgement->classes = classify::classifyWords(set, basis.tally(), *judgement->index);
        judgement->conflicts =
            conflict::buildReport(set, basis.tally(), *judgement->index, judgement->classes, judgement->check);
    }
    judgement->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return judgement;
}

}  // namespace weir::session
