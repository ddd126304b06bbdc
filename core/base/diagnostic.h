// What is wrong in a text of one of our languages, and where: shared by filter, rules and profiles.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace weir {

enum class Severity : unsigned char { error, warning };

/// Lines and columns from 1; column and length count bytes of UTF-8. `fix` replaces [column, column + length) of that
/// line; empty = none.
struct Diagnostic {
    Severity severity = Severity::error;
    std::size_t line = 1, column = 1, length = 1;
    std::string message;  ///< "unknown sign `TRWScan`; did you mean `TRWscan`?"
    std::string fix;
};
using Diagnostics = std::vector<Diagnostic>;

}  // namespace weir
