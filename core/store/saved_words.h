// Long columns of small integers, stored under a name.
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

/// Row of table `words`.
struct WordsHead {
    std::int64_t id = 0, n = 0;  ///< n: number of words
};
/// The head of the words of that name; nothing if there are none. Errors: kDamaged (the number of chunks does not fit
/// n), store.
Result<std::optional<WordsHead>> findWords(const Db& db, const std::string& name);
/// Reads and decodes the words, on job.threads() threads. `name` is for error texts. Errors: kDamaged, store,
/// cancelled.
Result<Buffer<std::uint64_t>> readWords(ReaderPool& pool, const std::string& name, WordsHead head, JobContext& job);
/// findWords(), then readWords(); nothing if there are none.
Result<std::optional<Buffer<std::uint64_t>>> readWords(const Db& db, ReaderPool& pool, const std::string& name,
                                                       JobContext& job);

}  // namespace weir::store
