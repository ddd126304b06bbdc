// Known-good silencing: records that match a filter do not get a code, until a date and with a note.
#pragma once

#include "core/session/project/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// True when the silence's last day is past.
bool isOver(const Silence& silence);
/// The silences of the snapshot that have not expired.
std::vector<Silence> silencesInForce(const Snapshot& snapshot);

/// The problem with the filter of a silence; empty = valid. Fast enough for every keystroke.
std::string silenceProblem(const SnapshotPtr& snapshot, const std::string& filter);

/// Saves the silence in the project and publishes it; scores do not change until the next scoring. A silence with the
/// same code and filter gets the new note and date. Sets `time`. Errors: usage (invalid date), badFilter, store.
Status addSilence(Project& project, Silence silence);
/// Removes the silence with this code and filter. Returns the number removed (0 or 1). Errors: store.
Result<std::size_t> removeSilence(Project& project, std::string_view code, std::string_view filter);

/// Builds a filter such as "src ip 10.1.2.3 and dst port 161" from endpoints and port; empty parts are omitted.
/// `source`, `destination`: an address or a network.
std::string knownFilter(std::string_view source, std::string_view destination, std::string_view destinationPort);

}  // namespace weir::session
