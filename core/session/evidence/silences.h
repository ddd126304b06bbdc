// Known-good silencing: records that a filter takes do not get a code, for as long as the analyst said and with the
// reason.
#pragma once

#include "core/session/project/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// The last day lies behind today.
bool isOver(const Silence& silence);
/// Those of the snapshot that are not over.
std::vector<Silence> silencesInForce(const Snapshot& snapshot);

/// What is wrong with the filter of a silence; empty = good. Cheap enough for every keystroke.
std::string silenceProblem(const SnapshotPtr& snapshot, const std::string& filter);

/// Keeps it in the project and in its snapshot, whose scores stay those of before until somebody scores again; one of
/// the same code and filter gets the new note and day. `time` is set here. Errors: usage (what is wrong with the day),
/// badFilter, store.
Status addSilence(Project& project, Silence silence);
/// Those of this code and filter (0 or 1); returns how many went. Errors: store.
Result<std::size_t> removeSilence(Project& project, std::string_view code, std::string_view filter);

/// "10.1.2.3 and dst port 161": a filter that takes records like one of these ends and port; empty parts are left out.
/// `source`, `destination`: an address or a range.
std::string knownFilter(std::string_view source, std::string_view destination, std::string_view destinationPort);

}  // namespace weir::session
