// Joins two judgements, or two scores, of the same data.
#include "core/session/compare.h"

#include "core/score/ranking.h"

#include <algorithm>
#include <map>

namespace weir::session {
namespace {

std::string_view firstWord(std::string_view text) {
    for (;;) {
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return {};
        text.remove_prefix(begin);
        if (text.front() != '#') return text.substr(0, text.find_first_of(" \t\r\n"));
        text.remove_prefix(std::min(text.find('\n'), text.size()));
    }
}

bool holds(const compare::Migration& migration, const compare::Move& move) {
    return std::any_of(migration.cells.begin(), migration.cells.end(), [&](const compare::Cell& c) { return migration.from[c.from] == move.from && migration.to[c.to] == move.to; });
}

/// Points of each word of the scores, with kNotScored in its place.
std::vector<int> badnessOf(const ScoreResult& r) {
    std::vector<int> out;
    for (const score::CodeCount& c : r.scores->words) out.push_back(score::pointsOf(r.parsed.profile, c.word).badness);
    if (!out.empty()) out[score::Scores::kNotScored] = ScoreComparison::kNotScored;
    return out;
}

/// Names of the codes of each word, to tell words of two profiles apart.
std::vector<std::vector<std::string>> namesOf(const ScoreResult& r) {
    std::vector<std::vector<std::string>> out;
    for (const score::CodeCount& c : r.scores->words) {
        out.push_back(score::codesOf(r.parsed.profile, c.word));
        std::sort(out.back().begin(), out.back().end());
    }
    return out;
}

Result<ScoreResult> scored(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job) {
    auto out = scoreRecords(snapshot, profile, job);
    if (!out || out->parsed.good()) return out;
    const auto at = std::find_if(out->parsed.diagnostics.begin(), out->parsed.diagnostics.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    return Error{Errc::badFilter, std::string("the score profile ").append(out->parsed.profile.name).append(" has an error in line ").append(std::to_string(at->line)).append(": ").append(at->message), 0};
}

}  // namespace

std::vector<compare::Move> RuleComparison::unseen() const {
    std::vector<compare::Move> out;
    std::copy_if(proof.moves.begin(), proof.moves.end(), std::back_inserter(out), [&](const compare::Move& m) { return !holds(migration, m); });
    return out;
}

const JudgementPtr& RuleComparer::Side::of(std::string_view text, const SignBasis& basis) {
    const auto sameBit = [](const rules::UserSign& x, const rules::UserSign& y) { return x.bit == y.bit && x.name == y.name && x.filter == y.filter; };
    const bool same = last && last->parsed.set.text == text && last->tally.data() == basis.tally().data() && last->tally.size() == basis.tally().size() &&
                      std::equal(known.begin(), known.end(), basis.known().begin(), basis.known().end(), sameBit);
    if (same) return last;
    known.assign(basis.known().begin(), basis.known().end());
    return last = judge.judge(text, basis);
}

RuleComparisonPtr RuleComparer::compare(std::string_view champion, std::string_view challenger, const SignBasis& basis) {
    auto out = std::make_shared<RuleComparison>();
    out->champion = champion_.of(champion, basis);
    out->challenger = challenger_.of(challenger, basis);
    if (!out->good()) return out;
    const rules::RuleSet &was = out->champion->parsed.set, &is = out->challenger->parsed.set;
    const auto &a = champion_.judge.admissible().words, &b = challenger_.judge.admissible().words;
    if (a_ != a || b_ != b || space_.signs != (was.signs | is.signs)) {
        space_ = compare::spaceOf(was, is);
        a_ = a;
        b_ = b;
    }
    out->migration = compare::migrate(was, out->champion->classes, is, out->challenger->classes, basis.tally());
    out->proof = compare::prove(was, is, space_);
    return out;
}

Result<std::vector<std::uint64_t>> sourcesOfCells(const Snapshot& snapshot, const RuleComparison& comparison, flow::Direction direction) {
    const auto& signs = snapshot.signs[std::size_t(direction)];
    if (!signs || !snapshot.flows) return Error{Errc::notFound, "the signs are not worked out yet", 0};
    return compare::sourcesOfCells(comparison.migration, comparison.champion->tally, signs->words.span(), *snapshot.flows, snapshot.records->addresses().size());
}

Result<ScoreComparison> compareProfiles(const SnapshotPtr& snapshot, std::string_view champion, std::string_view challenger, JobContext& job) {
    const auto was = scored(snapshot, champion, job);
    if (!was) return was.error();
    const auto is = scored(snapshot, challenger, job);
    if (!is) return is.error();
    ScoreComparison out;
    out.champion = was->parsed.profile.name;
    out.challenger = is->parsed.profile.name;
    if (!snapshot->records) return out;

    // Pairs of words first: they are few, and both points and codes are read of them once.
    std::map<std::pair<std::uint32_t, std::uint32_t>, classify::ClassTotal> pairs;
    flow::RecordColumns c;
    const auto chunks = snapshot->records->chunks();
    for (std::size_t chunk = 0; chunk < chunks.size(); ++chunk) {
        if (!job.step(chunks[chunk].firstRow, snapshot->records->rows(), "compare", "records")) return cancelledError();
        using flow::Col;
        if (const Status s = snapshot->records->read(chunk, flow::cols(Col::packets, Col::bytes, Col::reversePackets, Col::reverseBytes), c); !s) return s.error();
        const auto side = [&](const Buffer<std::uint32_t>& from, const Buffer<std::uint32_t>& to, const auto& packets, const auto& bytes) {
            if (from.empty() && to.empty()) return;
            auto* last = &pairs[{0, 0}];
            std::pair<std::uint32_t, std::uint32_t> lastKey{0, 0};
            for (std::uint32_t i = 0; i < chunks[chunk].rows; ++i) {
                const std::size_t row = std::size_t(chunks[chunk].firstRow) + i;
                const std::pair key(from.empty() ? 0u : from[row], to.empty() ? 0u : to[row]);
                if (key != lastKey) last = &pairs[lastKey = key];
                ++last->flows;
                last->packets += packets.empty() ? 0 : packets[i];
                last->bytes += bytes.empty() ? 0 : bytes[i];
            }
        };
        side(was->scores->forward, is->scores->forward, c.packets, c.bytes);
        side(was->scores->reverse, is->scores->reverse, c.reversePackets, c.reverseBytes);
    }
    pairs.erase({0, 0});   // scored by neither
    const auto from = badnessOf(*was), to = badnessOf(*is);
    const auto fromNames = namesOf(*was), toNames = namesOf(*is);
    std::map<std::pair<int, int>, classify::ClassTotal, std::greater<>> cells;
    const auto add = [](classify::ClassTotal& sum, const classify::ClassTotal& more) {
        sum.flows += more.flows;
        sum.packets += more.packets;
        sum.bytes += more.bytes;
    };
    for (const auto& [pair, sums] : pairs) {
        const int before = from[pair.first], after = to[pair.second];
        add(cells[{before, after}], sums);
        add(before == after ? out.unchanged : out.changed, sums);
        if (before == after && fromNames[pair.first] != toNames[pair.second]) out.otherCodes += sums.flows;
    }
    for (const auto& [pair, sums] : cells) out.cells.push_back({pair.first, pair.second, sums});
    return out;
}

bool isProfile(std::string_view text) { return firstWord(text) == "weir-score"; }

}  // namespace weir::session
