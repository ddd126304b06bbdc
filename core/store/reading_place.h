// Where a project file is read that cannot be written: the file itself, or a private copy of it.
#pragma once

#include "core/base/result.h"
#include "core/store/db_address.h"
#include "core/store/file_ops.h"

#include <memory>
#include <string>

namespace weir::store {

/// The database to read.
struct ReadingPlace {
    DbAddress at;
    /// To be destroyed after the last connection: removes the private copy, or what SQLite created beside the file.
    std::shared_ptr<void> keep;
};
/// Finds a way to read the file without changing it or leaving anything beside it. Makes a private copy in `folder`
/// (empty = the folder for temporary files) only if SQLite cannot read the write-ahead log without writing. Errors: io
/// ("cannot copy PATH to COPY for reading: …").
Result<ReadingPlace> findReadingPlace(const std::string& path, const std::string& folder);

/// An object whose end removes the files that SQLite created beside the project for reading. Destroy it after the last
/// reading connection. Null if the file cannot be written: then SQLite creates none.
std::shared_ptr<void> tidyAfterReading(const std::string& path);

/// A new name for a private copy of `path` in `folder` (empty = the folder for temporary files). Thread-safe.
std::string privatePath(const std::string& path, const std::string& folder);

}  // namespace weir::store
