// The results that prepare() saves in the project file: sign words and tally of a run, keyed by sources and settings.
#pragma once

#include "core/session/project/project.h"
#include "core/session/project/run_id.h"
#include "core/store/project_file.h"
#include "core/tally/tally.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weir::session {

/// Identifies everything that the words of a run depend on: sources, settings (except metering timeouts, which affect
/// new imports only), the version of the signs, direction, and the user signs among the bits.
std::string runKey(const Settings& settings, const std::vector<store::SourceInfo>& sources, const RunId& run,
                   const std::vector<rules::UserSign>& userSigns);

/// Names in the project file: of the value that holds the key, of the table of user signs.
std::string runKeyName(const RunId& run);
std::string userSignsTableName(const RunId& run);

/// Reads the user signs of a stored run of the family from its table.
std::vector<rules::UserSign> userSignsOf(const flow::Table& table, const signs::SignFamily& family);

/// The tally of the default run, and the meaning of the bits above the built-in signs.
struct StoredTally {
    std::shared_ptr<const tally::Tally> tally;  ///< null = the file has none for these sources and settings
    std::vector<rules::UserSign> userSigns;
};
StoredTally loadStoredTally(const store::ProjectFile& file, const Settings& settings,
                            const std::vector<store::SourceInfo>& sources);

/// The run of these sources and settings, with the user signs it has; null = the file has none. Errors: store,
/// cancelled.
Result<std::shared_ptr<SignData>> loadRun(const store::ProjectFile& file, const Settings& settings,
                                          const std::vector<store::SourceInfo>& sources, const RunId& run,
                                          JobContext& job);
/// Saves words, tally and user signs in one transaction. Does nothing for a read-only project, which would only use
/// memory. Errors: store, busy, cancelled.
Status saveRun(store::ProjectFile& file, const Snapshot& base, const SignData& data, JobContext& job);

}  // namespace weir::session
