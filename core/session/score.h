// Verb: score the records of a project by a profile.
#pragma once

#include "core/score/score.h"
#include "core/session/project.h"
#include "core/session/silences.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kDefaultProfile = "sweeney-2017";

/// A silence in force, and what it did.
struct SilenceCount {
    Silence silence;
    std::uint64_t records = 0;                   ///< directions of records that lost a code by it; 0 as well where the profile has no such code
    friend bool operator==(const SilenceCount&, const SilenceCount&) = default;
};

struct ScoreResult {
    std::string text;                            ///< of the profile
    score::TimeRange range;                      ///< of the records that are scored
    score::ParsedProfile parsed;
    std::shared_ptr<const score::Scores> scores; ///< never null; without words when the profile has errors; of a stored result without groups and findings
    std::shared_ptr<const score::Scores> tested; ///< what the tests alone say; the same as `scores` where nothing is silenced; null when it was stored
    std::vector<SilenceCount> silenced;          ///< those that were in force
    std::shared_ptr<const flow::NamedList> dark; ///< what @dark stood for
    std::vector<std::string> missingLists;       ///< named by the profile and not there: their tests give no code

    /// Each record has its word: of a stored result only after prepareStoredScores().
    bool byRecord() const { return !scores->forward.empty(); }
    /// Tests can be asked why: a stored result has what they said, not what they saw.
    bool explains() const { return tested != nullptr; }
};
using ScoreResultPtr = std::shared_ptr<const ScoreResult>;

/// Of all records of the snapshot, silenced as the project says. `@dark` stands for the local addresses without a packet to the outside. Problems of the profile are in `parsed`, no error.
/// Errors: badFilter, store, cancelled.
Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job, score::TimeRange range = {});
/// Publishes a snapshot with these scores, unless the present one has those of the same text, range and silences. Where only points differ, no record is looked at; where some tests
/// are others, records are asked by those alone; where silences are others, by those alone.
/// A profile with errors publishes nothing. Errors: those of scoreRecords, badFilter for a profile with errors.
Status prepareScores(Project& project, std::string_view profile, JobContext& job, score::TimeRange range = {});
/// Content with what the project file keeps under this profile: records have their words and can be filtered by them, but explains() may be false. Else as prepareScores().
/// What had to be scored is kept. Cost: about a quarter of scoring.
Status prepareScoreWords(Project& project, std::string_view profile, JobContext& job);
/// Keeps the present words of the records for prepareScoreWords(), unless the file has them. Errors: store, cancelled.
Status keepScoreWords(Project& project, JobContext& job);
/// The same words under another text of the profile; nullptr when its tests are others, it has errors, or silences changed meanwhile: then records must be scored anew.
ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile);

/// All problems of a profile's text; empty = good.
Diagnostics checkProfile(const SnapshotPtr& snapshot, std::string_view profile);
/// The text of the profile in force: the project's own, else sweeney-2017.
std::string currentProfile(const Project& project);
Status setCurrentProfile(Project& project, const std::string& text);
/// The profile in force gives this code, in any case.
bool hasCode(const Project& project, std::string_view code);
/// The filter has a term on scores: they must be there before it can be read.
bool asksScores(std::string_view filter);

}  // namespace weir::session
