// Finds the line, then the position in it.
#include "core/rules/text_edits.h"

#include "core/base/diagnostic.h"
#include "core/rules/line_lexer.h"

#include <algorithm>
#include <vector>

namespace weir::rules {
namespace {

struct Line {
    std::size_t begin = 0, end = 0;  ///< without its line end
};

Line lineAt(std::string_view text, std::size_t number) {
    std::size_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
    for (; number > 1; --number) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string_view::npos) return {text.size(), text.size()};
        begin = end + 1;
    }
    std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin && text[end - 1] == '\r') --end;
    return {begin, end};
}

std::vector<Token> tokensOf(std::string_view text, const Line& line) {
    std::vector<Token> tokens;
    Diagnostics ignored;
    lexLine(text.substr(line.begin, line.end - line.begin), 1, tokens, ignored);
    return tokens;
}

/// Columns count from 1.
std::size_t offsetOf(const Line& line, std::size_t column) { return line.begin + column - 1; }

}  // namespace

std::string_view statementAt(std::string_view text, std::size_t number) {
    const Line line = lineAt(text, number);
    const auto tokens = tokensOf(text, line);
    if (tokens.empty()) return {};
    const std::size_t begin = offsetOf(line, tokens.front().column);
    return text.substr(begin, offsetOf(line, tokens.back().end()) - begin);
}

std::string withSign(std::string_view text, std::size_t number, std::string_view term) {
    const Line line = lineAt(text, number);
    const auto tokens = tokensOf(text, line);
    const std::size_t at = tokens.empty() ? line.end : offsetOf(line, tokens.back().end());
    std::string out(text);
    out.insert(at, std::string(" ").append(term));
    return out;
}

std::string withoutSign(std::string_view text, std::size_t number, std::string_view sign) {
    const Line line = lineAt(text, number);
    const auto tokens = tokensOf(text, line);
    for (std::size_t i = 2; i < tokens.size(); ++i) {  // after the name and its colon
        if (tokens[i].kind != TokenKind::word || tokens[i].text != sign) continue;
        const Token& first = tokens[i - 1].kind == TokenKind::bang ? tokens[i - 1] : tokens[i];
        std::size_t begin = offsetOf(line, first.column);
        const std::size_t end = offsetOf(line, tokens[i].end());
        while (begin > line.begin && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
            --begin;  // also remove the blanks before it
        std::string out(text);
        out.erase(begin, end - begin);
        return out;
    }
    return std::string(text);
}

std::string withRuleBehind(std::string_view text, std::size_t number, std::string_view rule) {
    const Line line = lineAt(text, number);
    const auto tokens = tokensOf(text, line);
    const bool isRule = tokens.size() > 1 && tokens[1].kind == TokenKind::colon;
    const std::string_view whole = text.substr(line.begin, line.end - line.begin);
    const std::string indent(isRule ? whole.substr(0, whole.find_first_not_of(" \t")) : std::string_view("  "));
    const bool crlf = line.end < text.size() && text[line.end] == '\r';
    std::string out(text);
    out.insert(line.end, std::string(crlf ? "\r\n" : "\n").append(indent).append(rule));
    return out;
}

std::string withoutLine(std::string_view text, std::size_t number) {
    const Line line = lineAt(text, number);
    std::size_t begin = line.begin, end = text.find('\n', line.end);
    end = end == std::string_view::npos ? text.size() : end + 1;
    if (end == text.size() && begin > 0 && line.end == end)
        begin -= text[begin - 1] == '\n';  // the last line has no line end
    std::string out(text);
    return out.erase(begin, end - begin);
}

std::string withAssert(std::string_view text, const RuleSet& set, Word word, std::string_view className) {
    const bool plain = !className.empty() && className.find_first_of(" \t#:!\"") == std::string_view::npos;
    std::string statement = "assert " + signNamesOf(word, set.signNames) + " is ";
    statement.append(plain ? "" : "\"").append(className).append(plain ? "" : "\"");
    std::string out(text);
    const auto same =
        std::find_if(set.asserts.begin(), set.asserts.end(), [word](const Assertion& a) { return a.word == word; });
    if (same != set.asserts.end()) {
        const Line line = lineAt(text, same->line);
        const auto tokens = tokensOf(text, line);  // keep its comment
        const std::size_t begin = offsetOf(line, tokens.front().column);
        return out.replace(begin, offsetOf(line, tokens.back().end()) - begin, statement);
    }
    const bool crlf = text.find("\r\n") != std::string_view::npos;
    const std::string end = crlf ? "\r\n" : "\n";
    if (!set.asserts.empty()) return out.insert(lineAt(text, set.asserts.back().line).end, end + statement);
    if (!out.empty() && out.back() != '\n') out += end;
    return out + statement + end;
}

}  // namespace weir::rules
