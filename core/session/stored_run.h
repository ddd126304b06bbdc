// What prepare() keeps in the project file: sign words and tally of a run, keyed by its sources and settings.
#pragma once

#include "core/session/project.h"
#include "core/signs/sign_word.h"
#include "core/store/project_file.h"
#include "core/tally/tally.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weir::session {

/// Identifies all that signs depend on: sources, settings (but for metering timeouts, which only new imports see), program's sign version, direction.
std::string runKey(const Settings& settings, const std::vector<store::SourceInfo>& sources, flow::Direction direction);

/// The tally of inbound words when it belongs to exactly these sources and settings, else null.
std::shared_ptr<const tally::Tally> loadStoredTally(const store::ProjectFile& file, const Settings& settings,
                                                    const std::vector<store::SourceInfo>& sources);
std::optional<tally::Tally> loadTally(const store::ProjectFile& file, const std::string& key, flow::Direction direction);
/// Words by derived row, when they were kept for this key.
Result<std::optional<Buffer<signs::SignWord>>> loadSignWords(const store::ProjectFile& file, const std::string& key, flow::Direction direction,
                                                             JobContext& job);
/// What the bits behind the built-in signs stand for in these words.
std::vector<rules::UserSign> loadUserSigns(const store::ProjectFile& file, flow::Direction direction);
Status saveRun(store::ProjectFile& file, const std::string& key, const Settings& settings, const SignData& data, JobContext& job);

}  // namespace weir::session
