// The results that prepare() saves in the project file: sign words and tally of a run, keyed by sources and settings.
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

/// Identifies everything that the words of a run depend on: sources, settings (except metering timeouts, which affect
/// new imports only), the program's sign version, direction, and the user signs among the bits.
std::string runKey(const Settings& settings, const std::vector<store::SourceInfo>& sources, flow::Direction direction,
                   const std::vector<rules::UserSign>& userSigns);

/// Reads the user signs of a stored run from its table.
std::vector<rules::UserSign> userSignsOf(const flow::Table& table);

/// The tally of inbound words, and the meaning of the bits above the built-in signs.
struct StoredTally {
    std::shared_ptr<const tally::Tally> tally;  ///< null = the file has none for these sources and settings
    std::vector<rules::UserSign> userSigns;
};
StoredTally loadStoredTally(const store::ProjectFile& file, const Settings& settings,
                            const std::vector<store::SourceInfo>& sources);

/// The run of these sources and settings, with the user signs it has; null = the file has none. Errors: store,
/// cancelled.
Result<std::shared_ptr<SignData>> loadRun(const store::ProjectFile& file, const Settings& settings,
                                          const std::vector<store::SourceInfo>& sources, flow::Direction direction,
                                          JobContext& job);
/// Saves words, tally and user signs in one transaction. Does nothing for a read-only project, which would only use
/// memory. Errors: store, busy, cancelled.
Status saveRun(store::ProjectFile& file, const Snapshot& base, const SignData& data, JobContext& job);

}  // namespace weir::session
