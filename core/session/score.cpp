// What a profile can name, and the pass over the records.
#include "core/session/score.h"

#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/score/dark_hosts.h"
#include "core/session/resources.h"
#include "core/session/row_terms.h"

#include <algorithm>
#include <mutex>

namespace weir::session {
namespace {

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

Result<std::shared_ptr<const flow::NamedList>> darkList(const Snapshot& snapshot, JobContext& job) {
    auto list = std::make_shared<flow::NamedList>();
    if (!snapshot.records || !snapshot.hostBits) return std::shared_ptr<const flow::NamedList>(std::move(list));
    const auto dark = score::darkHosts(*snapshot.records, *snapshot.hostBits, job);
    if (!dark) return dark.error();
    const flow::AddressTable& addresses = snapshot.records->addresses();
    for (std::size_t host = 0; host < dark->size(); ++host)
        if ((*dark)[host]) list->prefixes.push_back({addresses[flow::HostId(host)], 128});
    return std::shared_ptr<const flow::NamedList>(std::move(list));
}

}  // namespace

Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job) {
    auto dark = darkList(*snapshot, job);
    if (!dark) return dark.error();
    const ProfileTerms terms(snapshot, std::move(*dark));
    ScoreResult out;
    out.text = profile;
    out.parsed = score::parseProfile(profile, terms);
    out.missingLists = terms.missing();
    out.scores = std::make_shared<const score::Scores>();
    if (!out.parsed.good() || !snapshot->records) return out;
    auto scores = score::scoreRecords(*snapshot->records, out.parsed.profile, terms, job);
    if (!scores) return scores.error();
    out.scores = std::make_shared<const score::Scores>(std::move(*scores));
    return out;
}

Status prepareScores(Project& project, std::string_view profile, JobContext& job) {
    const SnapshotPtr base = project.snapshot();
    if (base->scores && base->scores->text == profile) return ok();
    auto scores = scoreRecords(base, profile, job);
    if (!scores) return scores.error();
    auto shared = std::make_shared<const ScoreResult>(std::move(*scores));
    project.publish([&](Snapshot& s) {
        if (s.records == base->records && s.hostBits == base->hostBits && s.lists == base->lists) s.scores = std::move(shared);
    });
    return ok();
}

std::string_view defaultProfile() { return resourceText("score", kDefaultProfile); }

bool asksScores(std::string_view filter) {
    Diagnostics ignored;
    const auto tokens = flow::tokenize(filter, ignored);
    return std::any_of(tokens.begin(), tokens.end(), [](const flow::Token& t) {
        const flow::FilterWord* word = t.kind == flow::TokenKind::word ? flow::findFilterWord(t.text) : nullptr;
        return word && (word->role == flow::WordRole::code || word->role == flow::WordRole::points);
    });
}

}  // namespace weir::session
