// Names → words, and who sent first.
#include "core/session/row_terms.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/flow/filter_batch.h"
#include "core/flow/lexer.h"
#include "core/score/ranking.h"
#include "core/session/compare.h"
#include "core/session/compare_scores.h"
#include "core/session/marks.h"
#include "core/session/named_rows.h"
#include "core/session/ndpi_list.h"
#include "core/session/row_ids.h"
#include "core/session/score.h"
#include "core/session/sweep.h"

#include <algorithm>
#include <mutex>

namespace weir::session {
namespace {

/// The answers for the few sets of derived flows that are alive.
struct KeptLocalFirst {
    std::weak_ptr<const flow::DerivedFlows> flows;
    LocalFirst answer;
};
std::mutex gKeptMutex;
std::vector<KeptLocalFirst> gKept;

Status markLocalFirst(const flow::ChunkSource& records, const flow::DerivedFlows& flows, std::size_t chunk, flow::RecordColumns& columns,
                      Buffer<std::uint8_t>& out) {
    if (auto s = records.read(chunk, flow::cols(flow::Col::src, flow::Col::srcPort), columns); !s) return s;
    const flow::ChunkInfo& info = records.chunks()[chunk];
    for (std::uint32_t i = 0; i < info.rows; ++i) {
        const auto row = std::uint32_t(info.firstRow + i);
        const std::uint32_t derived = flows.flowOfRecord[row];
        if (derived == flow::kNoFlow || flows.firstRecord[derived] != row) continue;
        const bool sameHost = flows.local[derived] == flows.remote[derived];
        const bool first = columns.src[i] == flows.local[derived] && (!sameHost || columns.srcPort[i] == flows.localPort[derived]);
        out[derived] = flow::leavesFirst(flows.kind[derived], flows.packetsOut[derived], std::uint8_t(first));
    }
    return ok();
}

Result<LocalFirst> computeLocalFirst(const flow::ChunkSource& records, const flow::DerivedFlows& flows, JobContext& job) {
    auto out = std::make_shared<Buffer<std::uint8_t>>(flows.size(), std::uint8_t{0});
    std::vector<flow::RecordColumns> columns(job.threads());
    const Status done = parallelTry(records.chunks().size(), job.threads(), [&](std::size_t chunk, unsigned worker) -> Status {
        if (!job.step(records.chunks()[chunk].firstRow, records.rows(), "who sent first")) return cancelledError();
        return markLocalFirst(records, flows, chunk, columns[worker], *out);
    });
    if (!done) return done.error();
    return LocalFirst(std::move(out));
}

constexpr std::string_view kOtherClass = "Other";

}  // namespace

Result<LocalFirst> localFirstOf(const Snapshot& snapshot, JobContext& job) {
    if (!snapshot.flows || !snapshot.records) return LocalFirst();
    {
        const std::lock_guard lock(gKeptMutex);
        std::erase_if(gKept, [](const KeptLocalFirst& k) { return k.flows.expired(); });
        for (const KeptLocalFirst& k : gKept)
            if (k.flows.lock() == snapshot.flows) return k.answer;
    }
    auto computed = computeLocalFirst(*snapshot.records, *snapshot.flows, job);
    if (!computed) return computed.error();
    const std::lock_guard lock(gKeptMutex);
    gKept.push_back({snapshot.flows, *computed});
    return *computed;
}

const SignData* shownSigns(const Snapshot& snapshot) {
    for (const auto d : {flow::Direction::in, flow::Direction::out})
        if (const auto& signs = snapshot.signs[std::size_t(d)]) return signs.get();
    return nullptr;
}

SnapshotTerms::SnapshotTerms(SnapshotPtr snapshot, JudgementPtr judgement, LocalFirst localFirst)
    : snapshot_(std::move(snapshot)), judgement_(std::move(judgement)), localFirst_(std::move(localFirst)) {
    if (judgement_ && !judgement_->parsed.good()) {
        judgement_.reset();
        brokenRules_ = true;
    }
    if (!judgement_) return;
    const SignData* signs = snapshot_ ? shownSigns(*snapshot_) : nullptr;
    tally_ = signs ? std::span<const tally::WordCount>(signs->tally) : judgement_->tally;
    const bool judged = tally_.data() == judgement_->tally.data() && judgement_->classes.verdicts.size() == tally_.size();
    if (judged) {
        index_ = judgement_->index;
        verdicts_ = std::shared_ptr<const std::vector<classify::WordVerdict>>(judgement_, &judgement_->classes.verdicts);
    } else {
        index_ = std::make_shared<const classify::TallyIndex>(tally_);
        verdicts_ = std::make_shared<const std::vector<classify::WordVerdict>>(classify::classifyWords(judgement_->parsed.set, tally_, *index_).verdicts);
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

flow::TermAnswer SnapshotTerms::unknown(std::string_view keyword, std::string_view name) const {
    flow::TermAnswer answer;
    const auto known = names(keyword);
    const std::string near(nearestName(name, known));
    answer.problem.append("unknown ").append(keyword).append(" `").append(name).append("`");
    if (near.empty()) return answer;
    answer.problem.append("; did you mean `").append(near).append("`?");
    const bool plain = near.find(' ') == std::string::npos;
    answer.fix = plain ? near : std::string("\"").append(near).append("\"");
    return answer;
}

/// Words of the compared tally that this side puts into the class.
flow::TermAnswer SnapshotTerms::comparedClass(std::string_view side, std::string_view name) const {
    if (snapshot_ && snapshot_->scoreComparison) return comparedBadness(side, name);
    const RuleComparison* c = snapshot_ ? snapshot_->comparison.get() : nullptr;
    if (!c) return {{}, "nothing is compared: open the perspective Compare", {}};
    const bool champion = side == "champion";
    const auto& classes = champion ? c->migration.from : c->migration.to;
    if (std::find(classes.begin(), classes.end(), name) == classes.end()) return unknown(side, name);
    flow::WordTest test;
    for (const compare::Cell& cell : c->migration.cells)
        if (classes[champion ? cell.from : cell.to] == name)
            for (const std::uint32_t row : cell.rows) test.words.push_back(c->champion->tally[row].word);
    return {std::move(test), {}, {}};
}

/// Records that this side gives the badness; "not scored" where it does not score them.
flow::TermAnswer SnapshotTerms::comparedBadness(std::string_view side, std::string_view name) const {
    const bool champion = side == "champion";
    const ScoreComparison& c = *snapshot_->scoreComparison;
    auto holds = c.holding(champion, name);
    if (holds.empty()) return unknown(side, name);
    const score::Scores& scores = *(champion ? c.champion : c.challenger)->scores;
    return {{}, {}, {}, flow::CodeTest{std::move(holds), {scores.forward.span(), scores.reverse.span()}}};
}

/// Flows that the sweep of the snapshot found, under any of its values or under one.
flow::TermAnswer SnapshotTerms::flipped(std::string_view keyword, std::string_view value) const {
    const Sweep* sweep = snapshot_ ? snapshot_->sweep.get() : nullptr;
    if (!sweep) return {{}, "no setting was tried: choose one in the dock Sensitivity", {}};
    if (sweep->of != snapshot_->flows) return {{}, "the flows have changed since the setting was tried: try it again in the dock Sensitivity", {}};
    if (keyword == "unstable") return {{}, {}, {}, {}, sweep->unstable};
    const auto run = std::find_if(sweep->runs.begin(), sweep->runs.end(), [&](const SweepRun& r) { return r.value == value; });
    return run == sweep->runs.end() ? unknown(keyword, value) : flow::TermAnswer{{}, {}, {}, {}, run->rows};
}

/// A built-in sign, or a user sign of the current rule set.
flow::TermAnswer SnapshotTerms::signNamed(std::string_view name) const {
    const auto holds = [](std::size_t bit) { return flow::TermAnswer{flow::WordTest{std::uint64_t{1} << bit, {}}, {}, {}}; };
    const auto builtIn = signNames();
    const auto at = std::find(builtIn.begin(), builtIn.end(), name);
    if (at != builtIn.end()) return holds(std::size_t(at - builtIn.begin()));
    const SignData* data = snapshot_ ? shownSigns(*snapshot_) : nullptr;
    for (const rules::UserSign& sign : judgement_ ? judgement_->parsed.set.userSigns : std::vector<rules::UserSign>()) {
        if (sign.name != name) continue;
        for (const rules::UserSign& known : data ? data->userSigns : std::vector<rules::UserSign>())
            if (known.name == sign.name && known.filter == sign.filter) return holds(known.bit);
        return {{}, std::string("sign `").append(name).append("` is not worked out yet"), {}};
    }
    return unknown("sign", name);
}

flow::TermAnswer SnapshotTerms::find(std::string_view keyword, std::string_view name) const {
    if (keyword == "sign") return signNamed(name);
    if (keyword == "champion" || keyword == "challenger") return comparedClass(keyword, name);
    if (keyword == "unstable" || keyword == "flips") return flipped(keyword, name);
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
    if (keyword == "@") {
        for (const ListInfo& list : lists().lists()) out.push_back(list.name);
        if (!lists().infoOf(kNdpiList)) out.emplace_back(kNdpiList);
    }
    if (snapshot_ && snapshot_->scores && keyword == "code")
        for (const score::Test& test : snapshot_->scores->parsed.profile.tests) out.push_back(test.code);
    if (snapshot_ && snapshot_->marks && keyword == "tag") return tagsOf(*snapshot_->marks);
    if (snapshot_ && keyword == "source") return captureNames(*snapshot_);
    if (snapshot_ && (keyword == "exporter" || keyword == "router")) return exporterNames(*snapshot_);
    if (snapshot_ && snapshot_->scoreComparison && keyword == "champion") return snapshot_->scoreComparison->migration.from;
    if (snapshot_ && snapshot_->scoreComparison && keyword == "challenger") return snapshot_->scoreComparison->migration.to;
    if (snapshot_ && snapshot_->comparison && keyword == "champion") return snapshot_->comparison->migration.from;
    if (snapshot_ && snapshot_->comparison && keyword == "challenger") return snapshot_->comparison->migration.to;
    if (snapshot_ && snapshot_->sweep && keyword == "flips")
        for (const SweepRun& run : snapshot_->sweep->runs) out.push_back(run.value);
    if (!judgement_) return out;
    if (keyword == "class") {
        for (const auto& c : judgement_->parsed.set.classes) out.push_back(c.name);
        out.emplace_back(kOtherClass);
    }
    if (keyword == "rule")
        for (const auto& r : judgement_->parsed.set.rules) out.push_back(r.name);
    return out;
}

const ListCatalog& SnapshotTerms::lists() const { return snapshot_ && snapshot_->lists ? *snapshot_->lists : shippedCatalog(); }
flow::ListAnswer SnapshotTerms::list(std::string_view name) const {
    if (!flow::equalsIgnoringCase(name, kNdpiList) || lists().infoOf(name)) return lists().find(name);
    JobContext job;
    const auto hosts = ndpiHosts(snapshot_ ? *snapshot_ : Snapshot(), job);
    if (!hosts) return {nullptr, hosts.error().detail, {}};
    return {(*hosts)->list, {}, {}};
}
flow::RowsAnswer SnapshotTerms::captures(std::string_view name) const { return capturesNamed(snapshot_ ? *snapshot_ : Snapshot(), name); }
flow::ExportersAnswer SnapshotTerms::exporters(std::string_view name) const { return exportersNamed(snapshot_ ? *snapshot_ : Snapshot(), name); }

flow::RowsAnswer SnapshotTerms::flow(std::string_view id) const {
    const auto row = snapshot_ && snapshot_->records ? SourceRows(*snapshot_->records).rowOf(id) : std::nullopt;
    if (!row) return {{}, std::string("no record `").append(id).append("` (a flow-id is SOURCE:ROW, as in 1:0)"), {}};
    return {{{*row, *row + 1}}, {}, {}};
}

flow::TagAnswer SnapshotTerms::tag(std::string_view name) const {
    flow::TagAnswer out;
    for (const Mark& m : snapshot_ && snapshot_->marks ? *snapshot_->marks : std::vector<Mark>())
        if (flow::equalsIgnoringCase(m.tag, name)) out.filters.push_back(m.filter);
    if (!out.filters.empty()) return out;
    const auto problem = unknown("tag", name);
    return {{}, problem.problem, problem.fix};
}

flow::CodeAnswer SnapshotTerms::code(std::string_view name) const {
    if (!snapshot_ || !snapshot_->scores) return {{}, "the records are not scored yet", {}};
    const score::Profile& profile = snapshot_->scores->parsed.profile;
    const auto test = std::find_if(profile.tests.begin(), profile.tests.end(), [&](const score::Test& t) { return flow::equalsIgnoringCase(t.code, name); });
    if (test == profile.tests.end()) {
        const auto problem = unknown("code", name);
        return {{}, problem.problem, problem.fix};
    }
    const auto bit = test - profile.tests.begin();
    std::vector<std::uint8_t> holds;
    for (const score::CodeCount& c : snapshot_->scores->scores->words) holds.push_back(std::uint8_t(c.word >> bit & 1));
    return {std::move(holds), {}, {}};
}

flow::CodeAnswer SnapshotTerms::points(bool bad, std::uint64_t lo, std::uint64_t hi) const {
    if (!snapshot_ || !snapshot_->scores) return {{}, "the records are not scored yet", {}};
    std::vector<std::uint8_t> holds;
    for (const score::CodeCount& c : snapshot_->scores->scores->words) {
        const score::Points p = score::pointsOf(snapshot_->scores->parsed.profile, c.word);
        const auto n = std::uint64_t(bad ? p.badness : p.goodness);
        holds.push_back(lo <= n && n <= hi);
    }
    if (!holds.empty()) holds[score::Scores::kNotScored] = 0;
    return {std::move(holds), {}, {}};
}

flow::ScoredRows SnapshotTerms::scored() const {
    if (!snapshot_ || !snapshot_->scores) return {};
    const score::Scores& scores = *snapshot_->scores->scores;
    return {scores.forward.span(), scores.reverse.span()};
}

std::span<const std::uint8_t> SnapshotTerms::hostBits() const {
    if (!snapshot_ || !snapshot_->hostBits) return {};
    return *snapshot_->hostBits;
}

std::span<const std::uint64_t> SnapshotTerms::words() const {
    const SignData* signs = snapshot_ ? shownSigns(*snapshot_) : nullptr;
    if (!signs) return {};
    return signs->words.span();
}

std::span<const std::uint8_t> SnapshotTerms::localFirst() const {
    if (!localFirst_) return {};
    return localFirst_->span();
}

}  // namespace weir::session
