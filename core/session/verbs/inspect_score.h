// Verbs: collect everything that the Inspector shows about the score of one record, and about a combination of codes.
#pragma once

#include "core/explain/explain_codes.h"
#include "core/score/ranking.h"
#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/portrait.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// Who sent first, according to the records of the pairing interval. `nobody` = not exactly one end is local, or the
/// record was excluded from flow building.
enum class Contact : std::uint8_t { nobody, theyContactedUs, weContactedThem };

/// The score of one record, with evidence.
struct ScoreExplanation {
    RowData row;  ///< the record
    Contact contact = Contact::nobody;
    /// "they contacted us: 203.0.113.9 sent first, 12 s before this record"; empty for nobody.
    std::string contactEvidence;
    std::vector<Mark> marks;       ///< marks that match the record
    std::string notScoredBecause;  ///< empty when it is scored
    std::uint64_t word = 0;
    score::Points points;
    std::vector<explain::CodeLine> lines;  ///< by test of the profile; empty when not scored
    std::uint64_t asBad = 0;               ///< number of scored records with this badness or more
};
/// `record`: a project row. Errors: notFound (no such row, or nothing is scored), store, cancelled.
Result<ScoreExplanation> inspectScore(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint32_t record,
                                      JobContext& job);

/// The project row of a flow-id SOURCE:ROW. Errors: notFound.
Result<std::uint32_t> recordRowOf(const Snapshot& snapshot, std::string_view flowId);

/// A combination of codes: its records, and one of them explained.
struct CodesExplanation {
    score::Points points;
    Portrait portrait;         ///< its near ends are the destinations
    ScoreExplanation example;  ///< of the first record with exactly these codes
};
/// Errors: notFound (no record has the word), store, cancelled.
Result<CodesExplanation> inspectCodes(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint64_t word,
                                      JobContext& job);

}  // namespace weir::session
