// What a profile can name, and the pass over the records.
#include "core/session/score.h"

#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/score/dark_hosts.h"
#include "core/score/reweigh.h"
#include "core/session/resources.h"
#include "core/session/row_terms.h"

#include <algorithm>
#include <mutex>

namespace weir::session {
namespace {

constexpr const char* kProfileKey = "score.profile";

/// A snapshot's terms, the list @dark, and lists that are not there: those are empty, and noted.
class ProfileTerms final : public flow::FilterTerms {
public:
    ProfileTerms(const SnapshotPtr& snapshot, std::shared_ptr<const flow::NamedList> dark) : base_(snapshot, nullptr), dark_(std::move(dark)) {}

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override { return base_.find(keyword, name); }
    std::vector<std::string> names(std::string_view keyword) const override { return base_.names(keyword); }
    flow::RowsAnswer captures(std::string_view name) const override { return base_.captures(name); }
    flow::ExportersAnswer exporters(std::string_view name) const override { return base_.exporters(name); }
    std::uint16_t communitySeed() const override { return base_.communitySeed(); }
    std::span<const std::uint8_t> hostBits() const override { return base_.hostBits(); }
    const flow::DerivedFlows* derived() const override { return base_.derived(); }
    std::span<const std::uint64_t> words() const override { return base_.words(); }
    std::span<const std::uint8_t> localFirst() const override { return base_.localFirst(); }

    flow::ListAnswer list(std::string_view name) const override {
        if (flow::equalsIgnoringCase(name, "dark")) return {dark_, {}, {}};
        flow::ListAnswer answer = base_.list(name);
        if (answer.list) return answer;
        const std::lock_guard lock(mutex_);
        if (std::find(missing_.begin(), missing_.end(), name) == missing_.end()) missing_.emplace_back(name);
        return {std::make_shared<const flow::NamedList>(), {}, {}};
    }
    std::vector<std::string> missing() const { return missing_; }

private:
    SnapshotTerms base_;
    std::shared_ptr<const flow::NamedList> dark_;
    mutable std::mutex mutex_;
    mutable std::vector<std::string> missing_;
};

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
    const ProfileTerms terms(snapshot, std::move(*dark));
    ScoreResult out;
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
    if (there && there->text == profile && there->range == range) return ok();
    ScoreResultPtr scored = there && there->range == range ? withProfile(base, *there, profile) : nullptr;
    if (!scored) {
        auto scores = scoreRecords(base, profile, job, range);
        if (!scores) return scores.error();
        if (!scores->parsed.good()) return firstProblem(scores->parsed.diagnostics);
        scored = std::make_shared<const ScoreResult>(std::move(*scores));
    }
    project.publish([&](Snapshot& s) {
        if (s.records == base->records && s.hostBits == base->hostBits && s.lists == base->lists) s.scores = std::move(scored);
    });
    return ok();
}

ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile) {
    const ProfileTerms terms(snapshot, std::make_shared<const flow::NamedList>());
    ScoreResult out = result;
    out.text = profile;
    out.parsed = score::parseProfile(profile, terms);
    if (!out.parsed.good() || !score::sameTests(out.parsed.profile, result.parsed.profile)) return nullptr;
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
