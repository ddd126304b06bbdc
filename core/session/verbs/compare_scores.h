// Verb: two score profiles against each other, on the same records.
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

/// Records by the badness they had and get, each direction that either profile scores. Immutable.
struct ScoreComparison final : Question {
    static constexpr int kNotScored = -1;
    static constexpr std::string_view kNotScoredName = "not scored";
    /// Codes before and after: rows of the words of either side's scores.
    struct Pair {
        std::uint32_t from = 0, to = 0;
        classify::ClassTotal sums;  ///< flows: directions of records
    };
    ScoreResultPtr champion, challenger;
    std::vector<int> from, to;     ///< badness by place in the migration, highest first, or kNotScored
    std::vector<Pair> pairs;       ///< most flows first
    compare::Migration migration;  ///< badness as text; rows of its cells are places in `pairs`
    std::uint64_t otherCodes = 0;  ///< of the unchanged ones: flows with the same badness from other codes

    /// Code numbers of one side with this badness, for filters; empty when there is no such name.
    std::vector<std::uint8_t> holding(bool ofChampion, std::string_view badness) const;
    /// `champion 50`, `challenger "not scored"`: records to which that side gives the badness.
    flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
};
using ScoreComparisonPtr = std::shared_ptr<const ScoreComparison>;

/// Where the snapshot or `before` has scores by the same tests, with whatever points, no record is scored anew.
/// `before`: of the same records, local networks and lists, or nullptr. Errors: badFilter (a profile has errors),
/// store, cancelled.
Result<ScoreComparisonPtr> compareProfiles(const SnapshotPtr& snapshot, std::string_view champion,
                                           std::string_view challenger, JobContext& job,
                                           const ScoreComparison* before = nullptr);
/// The same scores, counted over selected records: every direction that matches. REQUIRES: records, in natural order,
/// of the snapshot that `whole` was made on. Errors: store, cancelled.
Result<ScoreComparisonPtr> compareProfilesOf(const Selection& records, const ScoreComparison& whole, JobContext& job);

}  // namespace weir::session
