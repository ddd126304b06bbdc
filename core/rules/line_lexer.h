// Tokens of one line of rule text: words, quoted names, `!` and `:`, each with its position.
#pragma once

#include "core/base/diagnostic.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace weir::rules {

enum class TokenKind : std::uint8_t { word, quoted, bang, colon };

/// `text` views into the line (a quoted name without its quotes); `column` from 1 and `length` cover the quotes.
struct Token {
    TokenKind kind = TokenKind::word;
    std::size_t column = 1, length = 0;
    std::string_view text;

    bool isName() const { return kind == TokenKind::word || kind == TokenKind::quoted; }
    bool isWord(std::string_view w) const { return kind == TokenKind::word && text == w; }
    std::size_t end() const { return column + length; }
};

/// Splits one line (without its line end) up to its comment. Returns false, with a diagnostic, when the line cannot be
/// read: invalid UTF-8, control characters, an unclosed quote, more than kMaxLine bytes. `tokens` is cleared first.
inline constexpr std::size_t kMaxLine = 4096;
bool lexLine(std::string_view line, std::size_t lineNumber, std::vector<Token>& tokens, Diagnostics& problems);

}  // namespace weir::rules
