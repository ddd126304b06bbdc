// What scoring the records of a snapshot gave.
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

/// A silence in force, and what it did.
struct SilenceCount {
    Silence silence;
    std::uint64_t records =
        0;  ///< directions of records that lost a code by it; 0 as well where the profile has no such code
    friend bool operator==(const SilenceCount&, const SilenceCount&) = default;
};

struct ScoreResult {
    std::string text;        ///< of the profile
    score::TimeRange range;  ///< of the records that are scored
    score::ParsedProfile parsed;
    std::shared_ptr<const score::Scores> scores;  ///< never null; without words when the profile has errors; of a
                                                  ///< stored result without groups and findings
    std::shared_ptr<const score::Scores>
        tested;  ///< what the tests alone say; the same as `scores` where nothing is silenced; null when it was stored
    std::vector<SilenceCount> silenced;           ///< those that were in force
    std::shared_ptr<const flow::NamedList> dark;  ///< what @dark stood for
    std::vector<std::string> missingLists;        ///< named by the profile and not there: their tests give no code

    /// Each record has its word: of a stored result only after prepareStoredScores().
    bool byRecord() const { return !scores->forward.empty(); }
    /// Tests can be asked why: a stored result has what they said, not what they saw.
    bool explains() const { return tested != nullptr; }
};
using ScoreResultPtr = std::shared_ptr<const ScoreResult>;

}  // namespace weir::session
