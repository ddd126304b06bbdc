// Verb: compares two score profiles on the same records.
#pragma once

#include "core/compare/migration.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/questions.h"
#include "core/session/rows/select.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Records by old and new badness, counting each direction that either profile scores. Immutable.
struct ScoreComparison final : Question {
    static constexpr int kNotScored = -1;
    static constexpr std::string_view kNotScoredName = "not scored";
    /// Codes before and after: rows of the words of either side's scores.
    struct Pair {
        std::uint32_t from = 0, to = 0;
        classify::ClassTotal sums;  ///< flows: directions of records
    };
    ScoreResultPtr champion, challenger;
    std::vector<int> from, to;     ///< badness by index in the migration, highest first, or kNotScored
    std::vector<Pair> pairs;       ///< most flows first
    compare::Migration migration;  ///< badness as text; rows of its cells are indices in `pairs`
    std::uint64_t otherCodes = 0;  ///< unchanged flows with the same badness from different codes

    /// Word numbers of one side with this badness, for filters; empty for an unknown name.
    std::vector<std::uint8_t> holding(bool ofChampion, std::string_view badness) const;
    /// `champion 50`, `challenger "not scored"`: records with that badness on that side.
    flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
};
using ScoreComparisonPtr = std::shared_ptr<const ScoreComparison>;

/// Compares the profiles. Reuses scores of the snapshot or of `before` by the same tests, whatever their points; no
/// record is then scored again. `before`: of the same records, local networks and lists, or nullptr. Errors: badFilter
/// (a profile has errors), store, cancelled.
Result<ScoreComparisonPtr> compareProfiles(const SnapshotPtr& snapshot, std::string_view champion,
                                           std::string_view challenger, JobContext& job,
                                           const ScoreComparison* before = nullptr);
/// The same scores, counted over the matching directions of selected records. REQUIRES: `selection` has records, in
/// natural order, of the snapshot of `whole`. Errors: store, cancelled.
Result<ScoreComparisonPtr> compareProfilesOf(const Selection& records, const ScoreComparison& whole, JobContext& job);

}  // namespace weir::session
