// Joins two scores of the same records.
#include "core/session/verbs/compare_scores.h"

#include "core/score/ranking.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace weir::session {
namespace {

/// Rows of the words of both sides → sums.
using PairSums = std::map<std::pair<std::uint32_t, std::uint32_t>, classify::ClassTotal>;

std::string nameOf(int badness) {
    return badness == ScoreComparison::kNotScored ? std::string(ScoreComparison::kNotScoredName)
                                                  : std::to_string(badness);
}

/// Badness of each word of the scores; kNotScored at its own index.
std::vector<int> badnessOf(const ScoreResult& r) {
    std::vector<int> out;
    for (const score::CodeCount& c : r.scores->words) out.push_back(score::pointsOf(r.parsed.profile, c.word).badness);
    if (!out.empty()) out[score::Scores::kNotScored] = ScoreComparison::kNotScored;
    return out;
}

/// Code names of each word, to compare words of two profiles.
std::vector<std::vector<std::string>> namesOf(const ScoreResult& r) {
    std::vector<std::vector<std::string>> out;
    for (const score::CodeCount& c : r.scores->words) {
        out.push_back(score::codesOf(r.parsed.profile, c.word));
        std::sort(out.back().begin(), out.back().end());
    }
    return out;
}

Result<ScoreResultPtr> scored(const SnapshotPtr& snapshot, std::string_view profile, const ScoreComparison* before,
                              JobContext& job) {
    for (const ScoreResultPtr& known :
         {snapshot->scores, before ? before->champion : nullptr, before ? before->challenger : nullptr}) {
        if (!known || !known->byRecord() || !known->range.all()) continue;
        if (auto same = withProfile(snapshot, *known, profile)) return same;
    }
    auto out = scoreRecords(snapshot, profile, job);
    if (!out) return out.error();
    if (out->parsed.good()) return ScoreResultPtr(std::make_shared<const ScoreResult>(std::move(*out)));
    const auto at = std::find_if(out->parsed.diagnostics.begin(), out->parsed.diagnostics.end(),
                                 [](const Diagnostic& d) { return d.severity == Severity::error; });
    return Error{Errc::badFilter,
                 std::string("the score profile ")
                     .append(out->parsed.profile.name)
                     .append(" has an error in line ")
                     .append(std::to_string(at->line))
                     .append(": ")
                     .append(at->message),
                 0};
}

constexpr std::uint8_t kForward = 1, kReverse = 2;

/// Calls visit(row in the chunk) for rows with this direction selected. Chunks must come in order.
class SelectedRows {
public:
    /// nullptr: all rows, both directions.
    explicit SelectedRows(const Selection* selection)
        : selection_(selection == nullptr || selection->all ? nullptr : selection) {}

    void open(const flow::ChunkInfo& chunk) {
        chunk_ = chunk;
        begin_ = end_;
        while (selection_ && end_ < selection_->count && selection_->picked[end_] < chunk.firstRow + chunk.rows) ++end_;
    }
    template <class Visit>
    void forEach(std::uint8_t side, Visit visit) const {
        for (std::uint32_t i = 0; !selection_ && i < chunk_.rows; ++i) visit(i);
        for (std::size_t at = begin_; at < end_; ++at)
            if ((selection_->sides.empty() ? kForward : selection_->sides[at]) & side)
                visit(std::uint32_t(selection_->picked[at] - chunk_.firstRow));
    }

private:
    const Selection* selection_;
    flow::ChunkInfo chunk_{};
    std::size_t begin_ = 0, end_ = 0;  ///< index range of the chunk's rows in the selection
};

/// Counts pairs first: there are few, so points and codes are computed once per pair.
Result<PairSums> pairsOf(const Snapshot& snapshot, const Selection* selection, const score::Scores& was,
                         const score::Scores& is, JobContext& job) {
    PairSums pairs;
    flow::RecordColumns c;
    SelectedRows rows(selection);
    const auto chunks = snapshot.records->chunks();
    for (std::size_t chunk = 0; chunk < chunks.size(); ++chunk) {
        if (!job.step(chunks[chunk].firstRow, snapshot.records->rows(), "comparing", "records"))
            return cancelledError();
        using flow::Col;
        if (const Status s = snapshot.records->read(
                chunk, flow::cols(Col::packets, Col::bytes, Col::reversePackets, Col::reverseBytes), c);
            !s)
            return s.error();
        rows.open(chunks[chunk]);
        const auto side = [&](std::uint8_t which, const Buffer<std::uint32_t>& from, const Buffer<std::uint32_t>& to,
                              const auto& packets, const auto& bytes) {
            if (from.empty() && to.empty()) return;
            auto* last = &pairs[{0, 0}];
            std::pair<std::uint32_t, std::uint32_t> lastKey{0, 0};
            rows.forEach(which, [&](std::uint32_t i) {
                const std::size_t row = std::size_t(chunks[chunk].firstRow) + i;
                const std::pair key(from.empty() ? 0u : from[row], to.empty() ? 0u : to[row]);
                if (key != lastKey) last = &pairs[lastKey = key];
                ++last->flows;
                last->packets += packets.empty() ? 0 : packets[i];
                last->bytes += bytes.empty() ? 0 : bytes[i];
            });
        };
        side(kForward, was.forward, is.forward, c.packets, c.bytes);
        side(kReverse, was.reverse, is.reverse, c.reversePackets, c.reverseBytes);
    }
    pairs.erase({0, 0});  // scored by neither
    return pairs;
}

/// Each value once, highest first, with its index.
std::map<int, std::uint16_t> placesOf(const std::vector<int>& perPair, std::vector<int>& values,
                                      std::vector<std::string>& names) {
    values = perPair;
    std::sort(values.begin(), values.end(), std::greater<>());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::map<int, std::uint16_t> out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        out[values[i]] = std::uint16_t(i);
        names.push_back(nameOf(values[i]));
    }
    return out;
}

void migrate(ScoreComparison& out) {
    const auto from = badnessOf(*out.champion), to = badnessOf(*out.challenger);
    const auto fromNames = namesOf(*out.champion), toNames = namesOf(*out.challenger);
    std::vector<int> before, after;
    for (const ScoreComparison::Pair& p : out.pairs) {
        before.push_back(from[p.from]);
        after.push_back(to[p.to]);
    }
    compare::Migration& m = out.migration;
    const auto fromPlaces = placesOf(before, out.from, m.from), toPlaces = placesOf(after, out.to, m.to);
    std::map<std::pair<std::uint16_t, std::uint16_t>, compare::Cell> cells;
    for (std::size_t i = 0; i < out.pairs.size(); ++i) {
        const ScoreComparison::Pair& p = out.pairs[i];
        const std::pair key(fromPlaces.at(before[i]), toPlaces.at(after[i]));
        compare::Cell& cell = cells[key];
        cell.from = key.first;
        cell.to = key.second;
        cell.sums += p.sums;
        cell.rows.push_back(std::uint32_t(i));
        (before[i] == after[i] ? m.unchanged : m.changed) += p.sums;
        if (before[i] == after[i] && fromNames[p.from] != toNames[p.to]) out.otherCodes += p.sums.flows;
    }
    for (auto& [key, cell] : cells) m.cells.push_back(std::move(cell));
}

Result<ScoreComparisonPtr> joined(const Snapshot& snapshot, const Selection* selection, const ScoreResultPtr& was,
                                  const ScoreResultPtr& is, JobContext& job) {
    auto out = std::make_shared<ScoreComparison>();
    out->champion = was;
    out->challenger = is;
    if (!snapshot.records) return ScoreComparisonPtr(std::move(out));
    const auto pairs = pairsOf(snapshot, selection, *was->scores, *is->scores, job);
    if (!pairs) return pairs.error();
    for (const auto& [pair, sums] : *pairs) out->pairs.push_back({pair.first, pair.second, sums});
    std::stable_sort(
        out->pairs.begin(), out->pairs.end(),
        [](const ScoreComparison::Pair& a, const ScoreComparison::Pair& b) { return a.sums.flows > b.sums.flows; });
    migrate(*out);
    return ScoreComparisonPtr(std::move(out));
}

}  // namespace

std::vector<std::string> ScoreComparison::names(std::string_view keyword) const {
    return keyword == "champion" ? migration.from : migration.to;
}

flow::TermAnswer ScoreComparison::find(const Snapshot&, std::string_view keyword, std::string_view name) const {
    const bool ofChampion = keyword == "champion";
    auto holds = holding(ofChampion, name);
    if (holds.empty()) return {};
    const score::Scores& scores = *(ofChampion ? champion : challenger)->scores;
    return {{}, {}, {}, flow::CodeTest{std::move(holds), {scores.forward.span(), scores.reverse.span()}}};
}

std::vector<std::uint8_t> ScoreComparison::holding(bool ofChampion, std::string_view badness) const {
    const auto values = badnessOf(ofChampion ? *champion : *challenger);
    const auto& names = ofChampion ? migration.from : migration.to;
    if (std::find(names.begin(), names.end(), badness) == names.end()) return {};
    std::vector<std::uint8_t> out;
    for (const int value : values) out.push_back(nameOf(value) == badness);
    return out;
}

Result<ScoreComparisonPtr> compareProfiles(const SnapshotPtr& snapshot, std::string_view champion,
                                           std::string_view challenger, JobContext& job,
                                           const ScoreComparison* before) {
    const auto was = scored(snapshot, champion, before, job);
    if (!was) return was.error();
    const auto is = scored(snapshot, challenger, before, job);
    if (!is) return is.error();
    return joined(*snapshot, nullptr, *was, *is, job);
}

Result<ScoreComparisonPtr> compareProfilesOf(const Selection& records, const ScoreComparison& whole, JobContext& job) {
    return joined(*records.snapshot, &records, whole.champion, whole.challenger, job);
}

}  // namespace weir::session
