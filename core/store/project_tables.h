// Reading and writing single tables of a project database, for the parts of SqliteProject.
#pragma once

#include "core/base/job.h"
#include "core/store/column_codec.h"
#include "core/store/damage.h"
#include "core/store/sqlite_db.h"
#include "core/store/stored_types.h"

#include <optional>
#include <string>
#include <vector>

namespace weir::store {

/// Switches the database to its write-ahead log if it is not using it, and removes an empty rollback journal beside
/// `path`. REQUIRES: the turn to write. Errors: store, kDamaged.
Status enterLog(Db& db, const std::string& path);

/// Replaces the SQL table `t_<table.name>` by this one, in a transaction or savepoint of its own. Errors: usage (a name
/// is not lower_snake, or the columns differ in length), store.
Status writeTable(Db& db, const flow::Table& table);
/// Reads a table that writeTable() wrote, rows in order; nothing if there is none. Errors: kDamaged, store.
Result<std::optional<flow::Table>> readTable(const Db& db, const std::string& name);

/// A column of words, encoded in chunks of 65,536.
struct EncodedWords {
    std::string name;
    std::uint64_t n = 0;       ///< number of words
    std::vector<Bytes> blobs;  ///< one per chunk
};
/// Calls words.fill for each chunk, on job.threads() threads. Errors: cancelled.
Result<EncodedWords> encodeWords(const Changes::Words& words, JobContext& job);
/// Writes the chunks; replaces words of that name. REQUIRES: a transaction. Errors: store.
Status writeWords(Db& db, const EncodedWords& words);
/// Deletes words; without any of that name, does nothing. REQUIRES: a transaction. Errors: store.
Status deleteWords(Db& db, const std::string& name);

/// Replaces all tables of `to` but records, addresses and words by those of `from`, which must also be attached to `to`
/// under the schema name `other`. Both have the present version. Errors: store, kDamaged; with `damage`, tables that
/// cannot be copied are noted there and left out instead.
Status copySmallTables(const Db& from, Db& to, const std::string& other, DamageLog* damage);

}  // namespace weir::store
