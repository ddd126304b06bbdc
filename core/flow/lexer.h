// Text of our small languages → words, strings and signs, each with its place.
#pragma once

#include "core/base/diagnostic.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weir::flow {

enum class TokenKind : unsigned char { word, string, sign, end };

/// One piece of text. Words run over letters, digits, `_ . - / @ + % :` and every byte from 0x80 on (so numbers,
/// addresses and times are words); strings stand in double quotes, with \" and \\ as escapes; signs are `== != <= >= &&
/// ||` and any other single byte.
struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view text;             ///< as written; strings with their quotes; points into the text given
    std::size_t offset = 0;            ///< byte in the text
    std::size_t line = 1, column = 1;  ///< from 1, in bytes
};

/// All tokens; the last one is `end`, just behind the text. `#` outside a string comments out the rest of its line.
/// Adds a diagnostic for a string without its closing quote (it then ends with its line).
std::vector<Token> tokenize(std::string_view text, Diagnostics& problems);

/// A string token without quotes and escapes; any other token's text.
std::string valueOf(const Token& token);

/// A diagnostic that marks the token.
Diagnostic errorAt(const Token& token, std::string message, std::string fix = {});
/// "`text`", for messages.
std::string quoted(std::string_view text);
/// "`word`", or "the end of the filter" for the end token.
std::string describe(const Token& token, std::string_view whole = "text");

/// ASCII only: keywords are case-insensitive, names are not.
std::string lowered(std::string_view text);
bool equalsIgnoringCase(std::string_view a, std::string_view b);

}  // namespace weir::flow
