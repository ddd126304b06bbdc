// Where a database is and how it may be opened.
#pragma once

#include <cstdint>
#include <string>

namespace weir::store {

/// `unchanging`: a file that nobody can write while it is open, without a write-ahead log (a read-only medium).
/// `memory`: a database of that name in the memory of this process, shared by all its connections, gone with the last
/// one.
enum class OpenMode : std::uint8_t { create, readWrite, readOnly, unchanging, memory };

struct DbAddress {
    std::string name;  ///< path of the file, or name of the database in memory
    OpenMode mode = OpenMode::readOnly;
};

}  // namespace weir::store
