// Collects what is known about a record's codes: its row, every test with evidence, and how many records are as bad.
#include "core/session/verbs/inspect_score.h"
#include "core/session/rows/row_reader.h"

#include "core/base/text.h"
#include "core/session/evidence/profile_terms.h"
#include "core/session/evidence/score.h"
#include "core/session/project/row_ids.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/record_taken.h"
#include "core/session/verbs/list_entry.h"

#include <algorithm>

namespace weir::session {
namespace {

std::string headingsText(const score::Profile& profile) {
    constexpr std::string_view kNames[] = {"inbound", "outbound", "internal", "transit"};
    std::string text;
    for (const flow::Heading heading : profile.apply)
        text.append(text.empty() ? "" : ", ").append(kNames[std::size_t(heading)]);
    return text;
}

std::string whyNotScored(const Snapshot& snapshot, const RowData& row) {
    const ScoreResult& result = *snapshot.scores;
    if (!result.range.all() && (row.first < result.range.from || row.first >= result.range.to))
        return "it starts outside the time range";
    return "the profile applies to " + headingsText(result.parsed.profile) + " records";
}

std::uint64_t recordsAsBad(const ScoreResult& result, int badness) {
    std::uint64_t n = 0;
    for (const score::CodeCount& c : result.scores->words)
        if (score::pointsOf(result.parsed.profile, c.word).badness >= badness) n += c.flows;
    return n;
}

/// An inbound record may answer an outbound one: their common derived flow tells.
Status findContact(const SnapshotPtr& snapshot, ScoreExplanation& out) {
    const std::uint32_t d = out.row.derivedRow;
    if (!snapshot->flows || d >= snapshot->flows->size()) return ok();
    const flow::DerivedFlows& flows = *snapshot->flows;
    if (flows.kind[d] & (flow::kInternal | flow::kTransit)) return ok();
    const auto first = readRow(snapshot, nullptr, Rows::derived, d);
    if (!first) return first.error();
    const bool ours = first->src == snapshot->records->addresses()[flows.local[d]];
    out.contact = ours ? Contact::weContactedThem : Contact::theyContactedUs;
    out.contactEvidence = (ours ? "we contacted them: " : "they contacted us: ") + toText(first->src) + " sent first";
    if (const auto ms = (out.row.first - first->first) / 1000; ms >= 1000)
        out.contactEvidence += ", " + grouped(std::uint64_t(ms / 1000)) + " s before this record";
    return ok();
}

std::string silenceText(const Silence& s) {
    std::string out =
        "silenced " + (s.until.empty() ? std::string("permanently") : "until " + s.until) + " by `" + s.filter + "`";
    if (!s.note.empty()) out += " (" + s.note + ")";
    return out;
}

/// A test that holds but gave no code is silenced: its line names the silence.
Status markSilenced(const Snapshot& snapshot, const ScoreResult& result, const flow::FilterTerms& terms,
                    std::uint32_t record, flow::Side side, ScoreExplanation& out) {
    for (explain::CodeLine& line : out.lines) {
        if (!line.holds || (out.word >> line.test & 1)) continue;
        for (const SilenceCount& s : result.silenced) {
            if (!s.silence.code.empty() &&
                !flow::equalsIgnoringCase(s.silence.code, result.parsed.profile.tests[line.test].code))
                continue;
            const auto taken = recordTaken(snapshot, s.silence.filter, terms, record, side);
            if (!taken) return taken.error();
            if (!*taken) continue;
            line.holds = false;
            line.evidence = silenceText(s.silence) + "; " + line.evidence;
            break;
        }
    }
    return ok();
}

}  // namespace

Result<ScoreExplanation> inspectScore(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint32_t record,
                                      JobContext&) {
    if (!snapshot->records || record >= snapshot->records->rows())
        return Error{Errc::notFound, "there is no record in row " + std::to_string(record), 0};
    if (!snapshot->scores || !snapshot->scores->explains())
        return Error{Errc::notFound, "the records are not scored yet", 0};
    const ScoreResult& result = *snapshot->scores;
    const score::Scores& scores = *result.scores;
    auto row = readRow(snapshot, judgement, Rows::records, record);
    if (!row) return row.error();
    ScoreExplanation out;
    out.row = std::move(*row);
    if (const Status s = findContact(snapshot, out); !s) return s.error();
    auto marks = marksOf(snapshot, judgement, record);
    if (!marks) return marks.error();
    out.marks = std::move(*marks);
    const std::uint32_t number = scores.numberOf(record);
    if (number == score::Scores::kNotScored) {
        out.notScoredBecause = whyNotScored(*snapshot, out.row);
        return out;
    }
    out.word = scores.words[number].word;
    out.points = score::pointsOf(result.parsed.profile, out.word);
    out.asBad = recordsAsBad(result, out.points.badness);
    const ProfileTerms terms(snapshot, result.dark);
    const auto side = scores.forward[record] != score::Scores::kNotScored ? flow::Side::forward : flow::Side::reverse;
    auto lines = explain::explainCodes({*snapshot->records, record, side, result.parsed.profile, scores.groups,
                                        scores.findings, terms, result.missingLists,
                                        [&](std::string_view list, const flow::IpAddr& address, std::int64_t at) {
                                            return entryText(*snapshot, list, address, at);
                                        }});
    if (!lines) return lines.error();
    out.lines = std::move(*lines);
    if (const Status s = markSilenced(*snapshot, result, terms, record, side, out); !s) return s.error();
    return out;
}

Result<std::uint32_t> recordRowOf(const Snapshot& snapshot, std::string_view flowId) {
    const auto row = snapshot.records ? SourceRows(*snapshot.records).rowOf(flowId) : std::nullopt;
    if (!row)
        return Error{Errc::notFound, "no record `" + std::string(flowId) + "` (a flow id is SOURCE:ROW, as in 1:0)", 0};
    return std::uint32_t(*row);
}

Result<CodesExplanation> inspectCodes(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint64_t word,
                                      JobContext& job) {
    if (!snapshot->scores || !snapshot->scores->explains())
        return Error{Errc::notFound, "the records are not scored yet", 0};
    const ScoreResult& result = *snapshot->scores;
    const score::Scores& scores = *result.scores;
    const auto at = std::find_if(scores.words.begin(), scores.words.end(),
                                 [word](const score::CodeCount& c) { return c.word == word && c.flows != 0; });
    if (word == 0 || at == scores.words.end()) return Error{Errc::notFound, "no record has these codes", 0};
    const auto number = std::uint32_t(at - scores.words.begin());
    CodesExplanation out;
    out.points = score::pointsOf(result.parsed.profile, word);
    std::size_t record = 0;
    while (record < scores.forward.size() && scores.numberOf(record) != number) ++record;
    if (record < scores.forward.size()) {
        auto example = inspectScore(snapshot, judgement, std::uint32_t(record), job);
        if (!example) return example.error();
        out.example = std::move(*example);
    }
    auto portrait = portraitOf(snapshot, judgement, CodesSubject{word}, job);
    if (!portrait) return portrait.error();
    out.portrait = std::move(*portrait);
    return out;
}

}  // namespace weir::session
