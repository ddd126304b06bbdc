// Long columns of small integers under a name.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/store/reader_pool.h"
#include "core/store/sqlite_db.h"

#include <cstdint>
#include <optional>
#include <string>

namespace weir::store {

/// Where the words of a name lie.
struct WordsHead {
    std::int64_t id = 0, n = 0;
};
/// Nothing: there are none of that name. Errors: kDamaged, when their chunks cannot hold so many; store.
Result<std::optional<WordsHead>> findWords(const Db& db, const std::string& name);
/// Errors: kDamaged, store, cancelled.
Result<Buffer<std::uint64_t>> readWords(ReaderPool& pool, const std::string& name, WordsHead head, JobContext& job);
/// Both.
Result<std::optional<Buffer<std::uint64_t>>> readWords(const Db& db, ReaderPool& pool, const std::string& name,
                                                       JobContext& job);

}  // namespace weir::store
