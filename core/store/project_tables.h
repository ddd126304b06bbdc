// Pieces that the parts of SqliteProject share: single tables of a project database.
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

/// Sets the write-ahead log up, where it is not, and removes an empty rollback journal. REQUIRES: the turn to write.
Status enterLog(Db& db, const std::string& path);

/// SELECT of a table that saveTable() made, in row order.
Status writeTable(Db& db, const flow::Table& table);
Result<std::optional<flow::Table>> readTable(const Db& db, const std::string& name);

/// A column of words, encoded: chunks of the file.
struct EncodedWords {
    std::string name;
    std::uint64_t n = 0;
    std::vector<Bytes> blobs;
};
Result<EncodedWords> encodeWords(const Changes::Words& words, JobContext& job);
Status writeWords(Db& db, const EncodedWords& words);
Status deleteWords(Db& db, const std::string& name);

/// Copies all tables but records, addresses and words between two databases of this version, the one read under the
/// schema name `other` too. With `damage`, what cannot be copied is noted there and left out.
Status copySmallTables(const Db& from, Db& to, const std::string& other, DamageLog* damage);

}  // namespace weir::store
