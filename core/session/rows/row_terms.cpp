// Names of rules, scores, marks and window results → words, codes, rows.
#include "core/session/rows/row_terms.h"

#include "core/flow/lexer.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score_result.h"
#include "core/session/rows/tags.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr std::string_view kOtherClass = "Other";

}  // namespace

SnapshotTerms::SnapshotTerms(SnapshotPtr snapshot, JudgementPtr judgement, LocalIsInitiator localIsInitiator,
                             Questions questions)
    : RecordTerms(std::move(snapshot), std::move(localIsInitiator)), judgement_(std::move(judgement)),
      questions_(std::move(questions)) {
    if (judgement_ && !judgement_->parsed.good()) {
        judgement_.reset();
        brokenRules_ = true;
    }
    if (!judgement_) return;
    const SnapshotPtr& base = this->snapshot();
    const SignData* signs = base ? activeSigns(*base) : nullptr;
    tally_ = signs ? std::span<const tally::WordCount>(signs->tally) : judgement_->tally;
    const bool judged =
        tally_.data() == judgement_->tally.data() && judgement_->classes.verdicts.size() == tally_.size();
    if (judged) {
        index_ = judgement_->index;
        verdicts_ =
            std::shared_ptr<const std::vector<classify::WordVerdict>>(judgement_, &judgement_->classes.verdicts);
    } else {
        index_ = std::make_shared<const classify::TallyIndex>(tally_);
        verdicts_ = std::make_shared<const std::vector<classify::WordVerdict>>(
            classify::classifyWords(judgement_->parsed.set, tally_, *index_).verdicts);
    }
}

std::optional<classify::WordVerdict> SnapshotTerms::verdictOf(std::uint64_t word) const {
    if (!judgement_ || word == 0) return {};
    if (const auto row = tallyRowOf(word)) return (*verdicts_)[*row];
    return judgement_->verdictOf(word);
}

template <class Holds>
flow::TermAnswer SnapshotTerms::wordsWhere(Holds holds) const {
    flow::WordTest test;
    for (std::size_t row = 0; verdicts_ && row < tally_.size(); ++row)
        if (holds((*verdicts_)[row])) test.words.push_back(tally_[row].word);
    return {std::move(test), {}, {}};
}

/// Of the window's comparison or sweep.
flow::TermAnswer SnapshotTerms::asked(const Question* question, std::string_view nothing, std::string_view keyword,
                                      std::string_view name) const {
    if (!question) return {{}, std::string(nothing), {}};
    if (auto answer = snapshot() ? question->find(*snapshot(), keyword, name) : flow::TermAnswer(); !answer.isNothing())
        return answer;
    return unknown(keyword, name);
}

/// A built-in sign, or a user sign of the current rule set.
flow::TermAnswer SnapshotTerms::signNamed(std::string_view name) const {
    const auto holds = [](std::size_t bit) {
        return flow::TermAnswer{flow::WordTest{std::uint64_t{1} << bit, {}}, {}, {}};
    };
    const auto builtIn = signNames();
    const auto at = std::find(builtIn.begin(), builtIn.end(), name);
    if (at != builtIn.end()) return holds(std::size_t(at - builtIn.begin()));
    const SignData* data = snapshot() ? activeSigns(*snapshot()) : nullptr;
    for (const rules::UserSign& sign : judgement_ ? judgement_->parsed.set.userSigns : std::vector<rules::UserSign>()) {
        if (sign.name != name) continue;
        for (const rules::UserSign& known : data ? data->userSigns : std::vector<rules::UserSign>())
            if (known.name == sign.name && known.filter == sign.filter) return holds(known.bit);
        return {{}, std::string("sign `").append(name).append("` is not computed yet"), {}};
    }
    return unknown("sign", name);
}

flow::TermAnswer SnapshotTerms::find(std::string_view keyword, std::string_view name) const {
    if (keyword == "sign") return signNamed(name);
    if (keyword == "champion" || keyword == "challenger")
        return asked(questions_.comparison.get(), "nothing is compared: open the perspective Compare", keyword, name);
    if (keyword == "unstable" || keyword == "flips")
        return asked(questions_.sweep.get(), "no setting was tried: choose one in the panel Sensitivity", keyword,
                     name);
    if (brokenRules_) return {{}, std::string("the current rule set has errors: no ").append(keyword), {}};
    if (!judgement_) return {{}, std::string("no rule set is loaded: no ").append(keyword), {}};
    if (keyword == "conflicting") return wordsWhere([](const auto& v) { return v.classesClaiming >= 2; });
    if (keyword == "unclassified" || (keyword == "class" && name == kOtherClass))
        return wordsWhere([](const auto& v) { return v.classIndex == classify::kOther; });
    const rules::RuleSet& set = judgement_->parsed.set;
    const auto named = [&](const auto& x) { return x.name == name; };
    if (keyword == "class") {
        const auto at = std::find_if(set.classes.begin(), set.classes.end(), named);
        if (at == set.classes.end()) return unknown(keyword, name);
        return wordsWhere([index = at - set.classes.begin()](const auto& v) { return v.classIndex == index; });
    }
    const auto at = std::find_if(set.rules.begin(), set.rules.end(), named);
    if (at == set.rules.end()) return unknown(keyword, name);
    return wordsWhere([index = at - set.rules.begin()](const auto& v) { return v.rule == index; });
}

std::vector<std::string> SnapshotTerms::names(std::string_view keyword) const {
    std::vector<std::string> out;
    if (keyword == "sign") {
        for (const auto name : signNames()) out.emplace_back(name);
        if (judgement_)
            for (const rules::UserSign& sign : judgement_->parsed.set.userSigns) out.push_back(sign.name);
    }
    if (snapshot() && snapshot()->scores && keyword == "code")
        for (const score::Test& test : snapshot()->scores->parsed.profile.tests) out.push_back(test.code);
    if (keyword == "code") return out;
    if (snapshot() && snapshot()->marks && keyword == "tag") return tagsOf(*snapshot()->marks);
    if (keyword == "champion" || keyword == "challenger")
        return questions_.comparison ? questions_.comparison->names(keyword) : out;
    if (keyword == "flips") return questions_.sweep ? questions_.sweep->names(keyword) : out;
    if (keyword != "sign" && keyword != "class" && keyword != "rule") return RecordTerms::names(keyword);
    if (!judgement_) return out;
    if (keyword == "class") {
        for (const auto& c : judgement_->parsed.set.classes) out.push_back(c.name);
        out.emplace_back(kOtherClass);
    }
    if (keyword == "rule")
        for (const auto& r : judgement_->parsed.set.rules) out.push_back(r.name);
    return out;
}

flow::TagAnswer SnapshotTerms::tag(std::string_view name) const {
    flow::TagAnswer out;
    for (const Mark& m : snapshot() && snapshot()->marks ? *snapshot()->marks : std::vector<Mark>())
        if (flow::equalsIgnoringCase(m.tag, name)) out.filters.push_back(m.filter);
    if (!out.filters.empty()) return out;
    const auto problem = unknown("tag", name);
    return {{}, problem.problem, problem.fix};
}

flow::CodeAnswer SnapshotTerms::code(std::string_view name) const {
    if (!snapshot() || !snapshot()->scores) return {{}, "the records are not scored yet", {}};
    const score::Profile& profile = snapshot()->scores->parsed.profile;
    const auto test = std::find_if(profile.tests.begin(), profile.tests.end(),
                                   [&](const score::Test& t) { return flow::equalsIgnoringCase(t.code, name); });
    if (test == profile.tests.end()) {
        const auto problem = unknown("code", name);
        return {{}, problem.problem, problem.fix};
    }
    const auto bit = test - profile.tests.begin();
    std::vector<std::uint8_t> holds;
    for (const score::CodeCount& c : snapshot()->scores->scores->words)
        holds.push_back(std::uint8_t(c.word >> bit & 1));
    return {std::move(holds), {}, {}};
}

flow::CodeAnswer SnapshotTerms::points(bool bad, std::uint64_t lo, std::uint64_t hi) const {
    if (!snapshot() || !snapshot()->scores) return {{}, "the records are not scored yet", {}};
    std::vector<std::uint8_t> holds;
    for (const score::CodeCount& c : snapshot()->scores->scores->words) {
        const score::Points p = score::pointsOf(snapshot()->scores->parsed.profile, c.word);
        const auto n = std::uint64_t(bad ? p.badness : p.goodness);
        holds.push_back(lo <= n && n <= hi);
    }
    if (!holds.empty()) holds[score::Scores::kNotScored] = 0;
    return {std::move(holds), {}, {}};
}

flow::ScoredRows SnapshotTerms::scored() const {
    if (!snapshot() || !snapshot()->scores) return {};
    const score::Scores& scores = *snapshot()->scores->scores;
    return {scores.forward.span(), scores.reverse.span()};
}

}  // namespace weir::session
