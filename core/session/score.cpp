// What a profile can name, and the pass over the records.
#include "core/session/score.h"

#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/score/dark_hosts.h"
#include "core/score/reweigh.h"
#include "core/session/resources.h"
#include "core/session/stored_scores.h"
#include "core/session/ndpi_list.h"
#include "core/session/profile_terms.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr const char* kProfileKey = "score.profile";

Result<std::shared_ptr<const flow::NamedList>> darkList(const Snapshot& snapshot, JobContext& job, score::TimeRange range) {
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
    const auto first = std::find_if(problems.begin(), problems.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    return {Errc::badFilter, "the score profile has an error in line " + std::to_string(first->line) + ": " + first->message, 0};
}

}  // namespace

Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job, score::TimeRange range) {
    auto dark = darkList(*snapshot, job, range);
    if (!dark) return dark.error();
    ScoreResult out;
    out.dark = std::move(*dark);
    if (const auto known = ndpiHosts(*snapshot, job); !known) return known.error();   // here, where it can be cancelled
    const ProfileTerms terms(snapshot, out.dark);
    out.text = profile;
    out.range = range;
    out.parsed = score::parseProfile(profile, terms);
    out.missingLists = terms.missing();
    out.scores = std::make_shared<const score::Scores>();
    if (!out.parsed.good() || !snapshot->records) return out;
    auto scores = score::scoreRecords(*snapshot->records, out.parsed.profile, terms, job, range);
    if (!scores) return scores.error();
    out.scores = std::make_shared<const score::Scores>(std::move(*scores));
    return out;
}

Status prepareScores(Project& project, std::string_view profile, JobContext& job, score::TimeRange range) {
    const SnapshotPtr base = project.snapshot();
    const auto& there = base->scores;
    const bool whole = there && there->range == range && (!there->scores->forward.empty() || !base->records);   // else a stored tally
    if (whole && there->text == profile) return ok();
    ScoreResultPtr scored = whole ? withProfile(base, *there, profile) : nullptr;
    if (!scored) {
        auto scores = scoreRecords(base, profile, job, range);
        if (!scores) return scores.error();
        if (!scores->parsed.good()) return firstProblem(scores->parsed.diagnostics);
        scored = std::make_shared<const ScoreResult>(std::move(*scores));
        if (range.all()) (void)saveScores(project.file(), *base, *scored);   // only makes the next opening quicker
    }
    project.publish([&](Snapshot& s) {
        if (s.records == base->records && s.hostBits == base->hostBits && s.lists == base->lists) s.scores = std::move(scored);
    });
    return ok();
}

ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile) {
    score::ParsedProfile parsed = score::parseProfile(profile, NamesOnly(snapshot));
    if (!parsed.good() || !score::sameTests(parsed.profile, result.parsed.profile)) return nullptr;
    ScoreResult out = result;
    for (std::size_t t = 0; t < parsed.profile.tests.size(); ++t) parsed.profile.tests[t].filter = std::move(out.parsed.profile.tests[t].filter);
    out.text = profile;
    out.parsed = std::move(parsed);
    return std::make_shared<const ScoreResult>(std::move(out));
}

Diagnostics checkProfile(const SnapshotPtr& snapshot, std::string_view profile) {
    return score::parseProfile(profile, ProfileTerms(snapshot, std::make_shared<const flow::NamedList>())).diagnostics;
}

std::string currentProfile(const Project& project) {
    if (const auto own = project.file().value(kProfileKey); own && *own) return **own;
    return std::string(resourceText("score", kDefaultProfile));
}

Status setCurrentProfile(Project& project, const std::string& text) { return project.file().setValue(kProfileKey, text); }

bool asksScores(std::string_view filter) {
    Diagnostics ignored;
    const auto tokens = flow::tokenize(filter, ignored);
    return std::any_of(tokens.begin(), tokens.end(), [](const flow::Token& t) {
        const flow::FilterWord* word = t.kind == flow::TokenKind::word ? flow::findFilterWord(t.text) : nullptr;
        return word && (word->role == flow::WordRole::code || word->role == flow::WordRole::points);
    });
}

}  // namespace weir::session
