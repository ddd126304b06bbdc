// Verbs: all that the Inspector says about the score of one record, and about a combination of codes.
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

/// Who sent first, as far as the records of its pairing interval show; `nobody` = no end is ours alone, or the record
/// was left out of the flows.
enum class Contact : std::uint8_t { nobody, theyContactedUs, weContactedThem };

struct ScoreExplanation {
    RowData row;  ///< the record
    Contact contact = Contact::nobody;
    std::string
        contactEvidence;  ///< "they contacted us: 203.0.113.9 sent first, 12 s before this record"; empty for nobody
    std::vector<Mark> marks;       ///< that take the record
    std::string notScoredBecause;  ///< empty when it is scored
    std::uint64_t word = 0;
    score::Points points;
    std::vector<explain::CodeLine> lines;  ///< by test of the profile; empty when not scored
    std::uint64_t asBad = 0;               ///< scored records with this badness or more
};
/// `record`: a project row. Errors: notFound (no such row, or nothing is scored), store, cancelled.
Result<ScoreExplanation> inspectScore(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint32_t record,
                                      JobContext& job);

/// The project row that a flow-id SOURCE:ROW names. Errors: notFound.
Result<std::uint32_t> recordRowOf(const Snapshot& snapshot, std::string_view flowId);

struct CodesExplanation {
    score::Points points;
    Portrait portrait;         ///< its near ends are the destinations
    ScoreExplanation example;  ///< of the first record that bears exactly these codes
};
/// Errors: notFound (nobody bears the word), store, cancelled.
Result<CodesExplanation> inspectCodes(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint64_t word,
                                      JobContext& job);

}  // namespace weir::session
