// Whole files: temporary names, durable renames, and what killed processes left behind.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <utility>

namespace weir::store {

/// `path.part-<process>-<n>`: beside the file it will become, unique in this process.
std::string temporaryName(const std::string& path);

/// Removes the file (and SQLite's companions) when it still exists at the end of the scope.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
    TemporaryFile(TemporaryFile&& o) noexcept : path_(std::exchange(o.path_, {})) {}
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Marks a closed database as write-ahead logged, makes it durable and puts it in the place of `path` in one step.
/// REQUIRES: nobody has `path` open.
Status publishFile(const std::string& temporary, const std::string& path);

/// Removes temporary files of `path` whose process is gone.
void removeStaleTemporaries(const std::string& path);
bool processIsAlive(std::int64_t process);
std::int64_t thisProcess();

/// Main file and write-ahead log.
std::uint64_t fileBytes(const std::string& path);

}  // namespace weir::store
