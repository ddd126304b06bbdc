// Where a project file is read that nobody may write: the file itself, or a private copy of it.
#pragma once

#include "core/base/result.h"
#include "core/store/db_address.h"
#include "core/store/file_ops.h"

#include <memory>
#include <string>

namespace weir::store {

struct ReadingPlace {
    DbAddress at;
    std::shared_ptr<void>
        keep;  ///< to be destroyed after the last connection: removes the copy, or what SQLite made beside the file
};
/// Never writes to the file or beside it. A copy, in `folder` (empty: the folder for temporary files), is needed where
/// SQLite cannot read a write-ahead log without writing. Errors: io.
Result<ReadingPlace> findReadingPlace(const std::string& path, const std::string& folder);

/// What removes, when it is destroyed after the last reading connection, the files that SQLite makes beside a project;
/// null where nobody may write.
std::shared_ptr<void> tidyAfterReading(const std::string& path);

/// A new name for a private copy of `path`.
std::string privatePath(const std::string& path, const std::string& folder);

}  // namespace weir::store
