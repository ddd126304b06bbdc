// From rule text to classes and conflicts of a tally.
#include "core/session/judge.h"

#include "core/signs/sign_word.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace weir::session {
namespace {

classify::WordVerdict verdictOfWord(const rules::RuleSet& set, std::uint64_t word) {
    const tally::WordCount one{word, 1, 0, 0};
    return classify::classifyWords(set, std::span(&one, 1)).verdicts.front();
}

}  // namespace

std::span<const std::string_view> signNames() {
    static const std::vector<std::string_view> kNames = [] {
        std::vector<std::string_view> names;
        for (const signs::SignDef& def : signs::signTable()) names.push_back(def.id);
        return names;
    }();
    return kNames;
}

classify::WordVerdict Judgement::verdictOf(std::uint64_t word) const {
    const auto at = std::find_if(tally.begin(), tally.end(), [word](const tally::WordCount& w) { return w.word == word; });
    if (at != tally.end() && !classes.verdicts.empty()) return classes.verdicts[static_cast<std::size_t>(at - tally.begin())];
    return verdictOfWord(parsed.set, word);
}

std::string Judgement::className(std::uint16_t classIndex) const {
    return classIndex < parsed.set.classes.size() ? parsed.set.classes[classIndex].name : "Other";
}

bool Judge::sameExclusions(const rules::RuleSet& set) const {
    const auto same = [](const rules::Exclusion& a, const rules::Exclusion& b) { return a.all == b.all && a.none == b.none; };
    return cached_ && set.oneOf == oneOf_ && std::equal(set.never.begin(), set.never.end(), never_.begin(), never_.end(), same);
}

JudgementPtr Judge::judge(std::string_view text, std::span<const tally::WordCount> tally, std::shared_ptr<const void> holder) {
    const auto begin = std::chrono::steady_clock::now();
    auto judgement = std::make_shared<Judgement>();
    judgement->tally = tally;
    judgement->holder = std::move(holder);
    judgement->parsed = rules::parseRules(text, signNames());
    if (judgement->parsed.good()) {
        const rules::RuleSet& set = judgement->parsed.set;
        if (!sameExclusions(set)) {
            admissible_ = rules::WordSpace(rules::admissibleWords(set, signs::kSignCount));
            oneOf_ = set.oneOf;
            never_ = set.never;
            cached_ = true;
        }
        judgement->check = rules::analyse(set, admissible_, std::uint64_t{1} << signs::kSignCount);
        judgement->classes = classify::classifyWords(set, tally);
        judgement->conflicts = conflict::buildReport(set, tally, judgement->classes, judgement->check);
    }
    judgement->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return judgement;
}

}  // namespace weir::session
