// What prepare() keeps in the project file: sign words and tally of a run, keyed by its sources and settings.
#pragma once

#include "core/session/project/project.h"
#include "core/signs/sign_word.h"
#include "core/store/project_file.h"
#include "core/tally/tally.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weir::session {

/// Identifies all that the words of a run depend on: sources, settings (but for metering timeouts, which only new
/// imports see), program's sign version, direction, and the user signs among its bits.
std::string runKey(const Settings& settings, const std::vector<store::SourceInfo>& sources, flow::Direction direction,
                   const std::vector<rules::UserSign>& userSigns);

/// The user signs of a stored run, of the table that has them.
std::vector<rules::UserSign> userSignsOf(const flow::Table& table);

/// The tally of inbound words, and what the bits behind the built-in signs stand for.
struct StoredTally {
    std::shared_ptr<const tally::Tally> tally;  ///< null = the file has none of these sources and settings
    std::vector<rules::UserSign> userSigns;
};
StoredTally loadStoredTally(const store::ProjectFile& file, const Settings& settings,
                            const std::vector<store::SourceInfo>& sources);

/// The run of these sources and settings, with whatever user signs it has; null = the file has none. Errors: store,
/// cancelled.
Result<std::shared_ptr<SignData>> loadRun(const store::ProjectFile& file, const Settings& settings,
                                          const std::vector<store::SourceInfo>& sources, flow::Direction direction,
                                          JobContext& job);
/// Stores words, tally and user signs in one transaction; nothing of a read-only project, which would only fill its
/// memory. Errors: store, busy, cancelled.
Status saveRun(store::ProjectFile& file, const Snapshot& base, const SignData& data, JobContext& job);

}  // namespace weir::session
