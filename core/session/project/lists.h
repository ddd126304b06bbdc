// Verbs on the lists of a project: add a vintage, remove a list, how much lists overlap on the hosts at hand.
#pragma once

#include "core/session/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// What the user says about a list; empty = as its head says.
struct ListOrigin {
    std::string date;  ///< YYYY-MM-DD
    std::string source, licence;
};
struct AddedList {
    store::StoredList list;
    Diagnostics problems;     ///< the first lists::kMostProblems lines that were left out
    bool dateOfFile = false;  ///< nobody said a date: it is the day on which the file was last changed
};

/// Adds the file (also a packed one) as a vintage of that name; one of the same day is replaced. Publishes a snapshot.
/// Errors: usage (a name that cannot be used, a bad date, no entry in the file), io, store, cancelled.
Result<AddedList> addList(Project& project, const std::string& name, const std::string& path, const ListOrigin& origin,
                          JobContext& job);
/// All vintages of it. Returns how many there were; errors: notFound, usage (it ships with the program).
Result<std::size_t> removeList(Project& project, const std::string& name);

/// Hosts of the project that two lists share. Lists of ports take no part; of several vintages the latest counts.
struct ListPair {
    std::string a, b;
    std::uint64_t onlyA = 0, onlyB = 0, both = 0;
};
struct ListOverlap {
    struct Hosts {
        std::string list;
        std::uint64_t hosts = 0;
    };
    std::uint64_t hosts = 0;  ///< all of the project
    std::vector<Hosts> lists;
    std::vector<ListPair> pairs;  ///< each pair once; those that share most first
};
/// With @ndpi. Errors: store, io, cancelled.
Result<ListOverlap> overlapOfLists(const Snapshot& snapshot, JobContext& job);

}  // namespace weir::session
