// Splits a line of rule text into tokens and rejects bytes that are not text.
#include "core/rules/line_lexer.h"

#include <string>

namespace weir::rules {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }
bool endsWord(char c) { return isBlank(c) || c == ':' || c == '"' || c == '#' || c == '!'; }

/// Length of the UTF-8 sequence at `at`, 0 when it is invalid (RFC 3629: no overlong forms, no surrogates, at most
/// U+10FFFF).
std::size_t sequenceLength(std::string_view s, std::size_t at) {
    const auto byte = [&](std::size_t i) { return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0u; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
    const unsigned lead = byte(0), second = byte(1);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (!tail(1) || !tail(2) || (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (!tail(1) || !tail(2) || !tail(3) || (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

/// Index of the first byte that is not text, or npos; `what` gets the message.
std::size_t firstBadByte(std::string_view line, const char*& what) {
    for (std::size_t i = 0; i < line.size();) {
        const auto c = static_cast<unsigned char>(line[i]);
        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            what = "control characters are not allowed in a rule set; expected text";
            return i;
        }
        const std::size_t n = sequenceLength(line, i);
        if (n == 0) {
            what = "this byte is not valid UTF-8; expected text in UTF-8";
            return i;
        }
        i += n;
    }
    return std::string_view::npos;
}

}  // namespace

bool lexLine(std::string_view line, std::size_t lineNumber, std::vector<Token>& tokens, Diagnostics& problems) {
    tokens.clear();
    if (line.size() > kMaxLine) {
        problems.push_back({Severity::error,
                            lineNumber,
                            kMaxLine + 1,
                            line.size() - kMaxLine,
                            "the line is longer than " + std::to_string(kMaxLine) + " bytes",
                            {}});
        return false;
    }
    const char* what = "";
    if (const std::size_t bad = firstBadByte(line, what); bad != std::string_view::npos) {
        problems.push_back({Severity::error, lineNumber, bad + 1, 1, what, {}});
        return false;
    }
    for (std::size_t i = 0; i < line.size();) {
        const char c = line[i];
        if (c == '#') break;
        if (isBlank(c)) {
            ++i;
        } else if (c == '!' || c == ':') {
            tokens.push_back({c == '!' ? TokenKind::bang : TokenKind::colon, i + 1, 1, line.substr(i, 1)});
            ++i;
        } else if (c == '"') {
            const std::size_t close = line.find('"', i + 1);
            if (close == std::string_view::npos) {
                problems.push_back({Severity::error, lineNumber, i + 1, line.size() - i,
                                    "the quoted name is not closed; expected `\"` on the same line",
                                    std::string(line.substr(i)) + '"'});
                return false;
            }
            tokens.push_back({TokenKind::quoted, i + 1, close - i + 1, line.substr(i + 1, close - i - 1)});
            i = close + 1;
        } else {
            std::size_t end = i;
            while (end < line.size() && !endsWord(line[end])) ++end;
            tokens.push_back({TokenKind::word, i + 1, end - i, line.substr(i, end - i)});
            i = end;
        }
    }
    return true;
}

}  // namespace weir::rules
