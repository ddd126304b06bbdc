// The result of scoring the records of a snapshot.
#pragma once

#include "core/score/score.h"
#include "core/session/evidence/silences.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kDefaultProfile = "sweeney-2017";

/// An active silence and its effect.
struct SilenceCount {
    Silence silence;
    std::uint64_t records = 0;  ///< record directions that lost a code to it; 0 also when the profile has no such code
    friend bool operator==(const SilenceCount&, const SilenceCount&) = default;
};

/// Scores with the profile, range and silences they belong to. Immutable.
struct ScoreResult {
    std::string text;        ///< of the profile
    score::TimeRange range;  ///< of the records that are scored
    score::ParsedProfile parsed;
    /// Never null; without words when the profile has errors; stored results have no groups and findings.
    std::shared_ptr<const score::Scores> scores;
    /// Scores before silencing; the same as `scores` when nothing is silenced; null for a stored result.
    std::shared_ptr<const score::Scores> tested;
    std::vector<SilenceCount> silenced;           ///< the active silences
    std::shared_ptr<const flow::NamedList> dark;  ///< the list @dark
    std::vector<std::string> missingLists;  ///< lists that the profile names but do not exist: their tests give no code

    /// True when each record has its word; for a stored result only after prepareStoredScores().
    bool byRecord() const { return !scores->forward.empty(); }
    /// True when tests can explain their verdicts: a stored result has the verdicts, not the evidence.
    bool explains() const { return tested != nullptr; }
};
using ScoreResultPtr = std::shared_ptr<const ScoreResult>;

}  // namespace weir::session
