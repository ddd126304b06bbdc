// Damages project files at random, in ways that a careless copy, a bad disk or a crafty sender does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace weir::support {

/// Where choices come from: random numbers in tests, the input in a fuzzer.
using Draw = std::function<std::uint64_t()>;

/// Makes projects in the folder: one of each version whose text lies in tests/core/store (project-v<n>.sql), and one of
/// the present version, with sources of several kinds, results, lists, marks, silences, iterations and profiles, as the
/// running code writes them. Empty: that failed.
std::vector<std::string> makeProjects(const std::string& folder, const std::string& sourceFolder);

/// One to three changes of cells, blobs, values, rows, the schema or pages. Returns what was changed, one line. The
/// changed file may be anything.
std::string damageProject(const std::string& path, const Draw& draw);

/// Opens the project, prepares it and runs about half of all reading verbs on it; each may fail. Returns the error of
/// the opening, empty when it opened. Throws what they throw.
std::string readProject(const std::string& path, const Draw& draw);

}  // namespace weir::support
