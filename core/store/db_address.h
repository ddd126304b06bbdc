// Where a database is, and how it is opened.
#pragma once

#include <cstdint>
#include <string>

namespace weir::store {

/// How a database is opened.
enum class OpenMode : std::uint8_t {
    create,      ///< read and write; created if it is missing; may do without a journal
    readWrite,   ///< read and write an existing file
    readOnly,    ///< read an existing file, which others may write
    unchanging,  ///< read a file that nobody can write, without its write-ahead log (a read-only medium)
    memory,      ///< a database in memory of this process, shared by all its connections, gone with the last one
};

/// Identifies a database.
struct DbAddress {
    std::string name;  ///< path of the file; for OpenMode::memory any name
    OpenMode mode = OpenMode::readOnly;
};

}  // namespace weir::store
