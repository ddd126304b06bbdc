// The terms of profiles, and the pass over the records.
#include "core/session/evidence/score.h"

#include "core/flow/filter_parser.h"
#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/score/dark_hosts.h"
#include "core/score/rescore.h"
#include "core/score/reweigh.h"
#include "core/score/silence.h"
#include "core/session/evidence/profile_terms.h"
#include "core/session/evidence/stored_scores.h"
#include "core/session/project/ndpi_list.h"
#include "core/session/project/resources.h"
#include "core/store/damage.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr const char* kProfileKey = "score.profile";

Result<std::shared_ptr<const flow::NamedList>> darkList(const Snapshot& snapshot, JobContext& job,
                                                        score::TimeRange range) {
    auto list = std::make_shared<flow::NamedList>();
    if (!snapshot.records || !snapshot.hostBits) return std::shared_ptr<const flow::NamedList>(std::move(list));
    const auto dark = score::darkHosts(*snapshot.records, *snapshot.hostBits, job, range);
    if (!dark) return dark.error();
    const flow::AddressTable& addresses = snapshot.records->addresses();
    for (std::size_t host = 0; host < dark->size(); ++host)
        if ((*dark)[host]) list->prefixes.push_back({addresses[flow::HostId(host)], 128});
    return std::shared_ptr<const flow::NamedList>(std::move(list));
}

Error firstProblem(const Diagnostics& problems) {
    const auto first = std::find_if(problems.begin(), problems.end(),
                                    [](const Diagnostic& d) { return d.severity == Severity::error; });
    return {Errc::badFilter,
            "the score profile has an error in line " + std::to_string(first->line) + ": " + first->message, 0};
}

/// Evaluates the tests that `before`, of the same records and range, does not have; all tests if it is null.
Result<std::shared_ptr<const score::Scores>> testRecords(const flow::ChunkSource& records,
                                                         const score::Profile& profile, const ScoreResult* before,
                                                         const flow::FilterTerms& terms, JobContext& job,
                                                         score::TimeRange range) {
    const auto shared = [](score::Scores&& scores) { return std::make_shared<const score::Scores>(std::move(scores)); };
    const auto change = before ? score::changeOf(before->parsed.profile, profile) : std::nullopt;
    if (!change || change->asked.size() == profile.tests.size()) {
        auto all = score::scoreRecords(records, profile, terms, job, range);
        if (!all) return all.error();
        return shared(std::move(*all));
    }
    if (change->asked.empty())
        return score::sameTests(before->parsed.profile, profile)
                   ? before->tested
                   : shared(score::rescore(*before->tested, nullptr, *change));
    const auto asked = score::scoreRecords(records, score::askedOf(profile, *change), terms, job, range);
    if (!asked) return asked.error();
    return shared(score::rescore(*before->tested, &*asked, *change));
}

/// Bit i = test i, for tests that give the code.
std::uint64_t testsOf(const score::Profile& profile, const std::string& code) {
    std::uint64_t out = 0;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if (code.empty() || flow::equalsIgnoringCase(profile.tests[t].code, code)) out |= std::uint64_t{1} << t;
    return out;
}

/// Fills `scores` and `silenced` from `tested`.
Status applySilences(ScoreResult& result, const Snapshot& snapshot, const flow::FilterTerms& terms, JobContext& job) {
    result.scores = result.tested;
    std::vector<score::Silence> silences;
    for (Silence& s : silencesInForce(snapshot)) {
        flow::ParsedFilter filter = flow::parseFilter(s.filter, terms);
        // A silence whose filter is no longer valid, such as one on a removed list, silences nothing.
        const std::uint64_t codes = filter.good() ? testsOf(result.parsed.profile, s.code) : 0;
        if (!filter.good()) filter = flow::parseFilter("any", terms);
        silences.push_back({codes, std::make_shared<const flow::FilterNode>(std::move(filter.root))});
        result.silenced.push_back({std::move(s), 0});
    }
    if (silences.empty()) return ok();
    auto silenced = score::silence(*result.tested, silences, *snapshot.records, terms, job);
    if (!silenced) return silenced.error();
    for (std::size_t i = 0; i < silences.size(); ++i) result.silenced[i].records = silenced->flows[i];
    result.scores = std::make_shared<const score::Scores>(std::move(silenced->scores));
    return ok();
}

/// `before`: an earlier per-record result of the same snapshot and range; null = none.
Result<ScoreResult> scoreAfter(const SnapshotPtr& snapshot, std::string_view profile, const ScoreResult* before,
                               JobContext& job, score::TimeRange range) {
    ScoreResult out;
    if (before) {
        out.dark = before->dark;
    } else {
        auto dark = darkList(*snapshot, job, range);
        if (!dark) return dark.error();
        out.dark = std::move(*dark);
    }
    if (const auto known = ndpiHosts(*snapshot, job); !known)
        return known.error();  // computed here, where it can be cancelled
    const ProfileTerms terms(snapshot, out.dark);
    out.text = profile;
    out.range = range;
    out.parsed = score::parseProfile(profile, terms);
    out.missingLists = terms.missing();
    out.scores = out.tested = std::make_shared<const score::Scores>();
    if (!out.parsed.good() || !snapshot->records) return out;
    auto tested = testRecords(*snapshot->records, out.parsed.profile, before, terms, job, range);
    if (!tested) return tested.error();
    out.tested = std::move(*tested);
    if (const Status s = applySilences(out, *snapshot, terms, job); !s) return s.error();
    return out;
}

bool sameSilences(const Snapshot& snapshot, const ScoreResult& result) {
    const std::vector<Silence> now = silencesInForce(snapshot);
    return std::equal(now.begin(), now.end(), result.silenced.begin(), result.silenced.end(),
                      [](const Silence& a, const SilenceCount& b) { return a == b.silence; });
}

}  // namespace

Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job,
                                 score::TimeRange range) {
    return scoreAfter(snapshot, profile, nullptr, job, range);
}

Status prepareScores(Project& project, std::string_view profile, JobContext& job, score::TimeRange range) {
    const SnapshotPtr base = project.snapshot();
    const auto& there = base->scores;
    const bool whole = there && there->range == range && (there->explains() || !base->records);  // else a stored one
    if (whole && there->text == profile && sameSilences(*base, *there)) return ok();
    ScoreResultPtr scored = whole ? withProfile(base, *there, profile) : nullptr;
    if (!scored) {
        auto scores = scoreAfter(base, profile, whole ? there.get() : nullptr, job, range);
        if (!scores) return scores.error();
        if (!scores->parsed.good()) return firstProblem(scores->parsed.diagnostics);
        scored = std::make_shared<const ScoreResult>(std::move(*scores));
        if (range.all()) (void)saveScores(*project.writing(), *base, *scored);  // an optimisation for the next opening
    }
    project.publish([&](Snapshot& s) {
        if (s.records == base->records && s.hostBits == base->hostBits && s.lists == base->lists &&
            s.silences == base->silences)
            s.scores = std::move(scored);
    });
    return ok();
}

Status prepareScoreWords(Project& project, std::string_view profile, JobContext& job) {
    const SnapshotPtr base = project.snapshot();
    const auto& there = base->scores;
    ScoreResultPtr words;
    if (there && there->range.all() && there->text == profile && sameSilences(*base, *there)) {
        if (there->byRecord()) return ok();
        auto stored = withStoredWords(*project.reading(), *base, *there, job);
        if (!stored) return stored.error();
        words = std::move(*stored);
    }
    if (!words) {
        const Status scored = prepareScores(project, profile, job);
        return scored ? keepScoreWords(project, job) : scored;
    }
    project.publish([&](Snapshot& s) {
        if (s.scores == there) s.scores = std::move(words);
    });
    return ok();
}

Status keepScoreWords(Project& project, JobContext& job) {
    const SnapshotPtr snapshot = project.snapshot();
    const auto& scores = snapshot->scores;
    const bool whole = scores && scores->byRecord() && scores->range.all() && sameSilences(*snapshot, *scores);
    return whole ? saveScoreWords(*project.writing(), *snapshot, *scores, job) : ok();
}

ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile) {
    score::ParsedProfile parsed = score::parseProfile(profile, NamesOnly(snapshot));
    if (!parsed.good() || !score::sameTests(parsed.profile, result.parsed.profile) || !sameSilences(*snapshot, result))
        return nullptr;
    ScoreResult out = result;
    for (std::size_t t = 0; t < parsed.profile.tests.size(); ++t)
        parsed.profile.tests[t].filter = std::move(out.parsed.profile.tests[t].filter);
    out.text = profile;
    out.parsed = std::move(parsed);
    return std::make_shared<const ScoreResult>(std::move(out));
}

Diagnostics checkProfile(const SnapshotPtr& snapshot, std::string_view profile) {
    return score::parseProfile(profile, ProfileTerms(snapshot, std::make_shared<const flow::NamedList>())).diagnostics;
}

std::string currentProfile(const store::ProjectFile& file) {
    const auto own = file.value(kProfileKey);
    if (own && *own) return **own;
    if (!own) (void)file.damage()->note({store::Loss::part, 0, "score profile: " + own.error().detail});
    return std::string(resourceText("score", kDefaultProfile));
}

Status setCurrentProfile(Project& project, const std::string& text) {
    return project.writing()->setValue(kProfileKey, text);
}

bool hasCode(const Project& project, std::string_view code) {
    const auto& tests = score::parseProfile(currentProfile(project), NamesOnly(project.snapshot())).profile.tests;
    return std::any_of(tests.begin(), tests.end(),
                       [code](const score::Test& t) { return flow::equalsIgnoringCase(t.code, code); });
}

bool asksScores(std::string_view filter) {
    Diagnostics ignored;
    const auto tokens = flow::tokenize(filter, ignored);
    return std::any_of(tokens.begin(), tokens.end(), [](const flow::Token& t) {
        const flow::FilterWord* word = t.kind == flow::TokenKind::word ? flow::findFilterWord(t.text) : nullptr;
        return word && (word->role == flow::WordRole::code || word->role == flow::WordRole::points);
    });
}

}  // namespace weir::session
