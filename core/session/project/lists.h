// Verbs on the lists of a project: add a vintage, remove a list, compare lists by the project's hosts.
#pragma once

#include "core/session/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// What the user states about a list; empty = use the list's header.
struct ListOrigin {
    std::string date;  ///< YYYY-MM-DD
    std::string source, licence;
};
/// The outcome of adding a list.
struct AddedList {
    store::StoredList list;
    Diagnostics problems;     ///< the first lists::kMostProblems rejected lines
    bool dateOfFile = false;  ///< no date was given: the date is that of the file's last change
};

/// Adds the file (may be compressed) as a vintage of the list; replaces a vintage of the same date. Publishes a
/// snapshot. Errors: usage (invalid name or date, no entry in the file), io, store, cancelled.
Result<AddedList> addList(Project& project, const std::string& name, const std::string& path, const ListOrigin& origin,
                          JobContext& job);
/// Removes all vintages of a list. Returns their number. Errors: notFound, usage (the list ships with Weir).
Result<std::size_t> removeList(Project& project, const std::string& name);

/// Number of the project's hosts that two lists share. Lists of ports are ignored; the latest vintage counts.
struct ListPair {
    std::string a, b;
    std::uint64_t onlyA = 0, onlyB = 0, both = 0;
};
/// How many hosts of the project the lists contain, and share.
struct ListOverlap {
    struct Hosts {
        std::string list;
        std::uint64_t hosts = 0;
    };
    std::uint64_t hosts = 0;  ///< number of hosts in the project
    std::vector<Hosts> lists;
    std::vector<ListPair> pairs;  ///< each pair once, most shared hosts first
};
/// Includes @ndpi. Errors: store, io, cancelled.
Result<ListOverlap> overlapOfLists(const Snapshot& snapshot, JobContext& job);

}  // namespace weir::session
