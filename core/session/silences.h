// Known-good silencing: records that a filter takes do not get a code, for as long as the analyst said and with the reason.
#pragma once

#include "core/session/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

struct Silence {
    std::string code;      ///< of a score profile, as it is written there; empty = every code
    std::string filter;    ///< who is known: addresses, ports, ranges, and whatever else a score test may ask
    std::string note;      ///< why; may be empty
    std::string until;     ///< the last day on which it holds, YYYY-MM-DD in UTC; empty = for good
    std::string time;      ///< RFC 3339: when it was made
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// In the order in which they were made. Errors: store.
Result<std::vector<Silence>> readSilences(const store::ProjectFile& file);

/// The last day lies behind today.
bool isOver(const Silence& silence);
/// Those of the snapshot that are not over.
std::vector<Silence> silencesInForce(const Snapshot& snapshot);

/// What is wrong with the filter of a silence; empty = good. Cheap enough for every keystroke.
std::string silenceProblem(const SnapshotPtr& snapshot, const std::string& filter);

/// Keeps it in the project and in its snapshot, whose scores stay those of before until somebody scores again; one of the same code and filter gets the new note and day. `time` is set here.
/// Errors: usage (what is wrong with the day), badFilter, store.
Status addSilence(Project& project, Silence silence);
/// Those of this code and filter (0 or 1); returns how many went. Errors: store.
Result<std::size_t> removeSilence(Project& project, std::string_view code, std::string_view filter);

/// "10.1.2.3 and dst port 161": a filter that takes records like one of these ends and port; empty parts are left out. `source`, `destination`: an address or a range.
std::string knownFilter(std::string_view source, std::string_view destination, std::string_view destinationPort);

}  // namespace weir::session
