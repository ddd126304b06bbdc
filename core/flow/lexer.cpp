// The tokenizer that filter, rules and profiles share.
#include "core/flow/lexer.h"

#include <algorithm>

namespace weir::flow {
namespace {

bool isWordByte(char c) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z')) return true;
    return c == '_' || c == '.' || c == '-' || c == '/' || c == '@' || c == '+' || c == '%' || c == ':';
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class Tokenizer {
public:
    Tokenizer(std::string_view text, Diagnostics& problems) : text_(text), problems_(problems) {}

    std::vector<Token> run() {
        while (at_ < text_.size()) step();
        push(TokenKind::end, 0);
        return std::move(tokens_);
    }

private:
    void step() {
        const char c = text_[at_];
        if (c == '\n') {
            ++at_;
            ++line_;
            lineStart_ = at_;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f') {
            ++at_;
        } else if (c == '#') {
            at_ = std::min(text_.find('\n', at_), text_.size());
        } else if (c == '"') {
            string();
        } else if (isWordByte(c)) {
            std::size_t n = 1;
            while (at_ + n < text_.size() && isWordByte(text_[at_ + n])) ++n;
            push(TokenKind::word, n);
            at_ += n;
        } else {
            const std::size_t n = signLength();
            push(TokenKind::sign, n);
            at_ += n;
        }
    }

    std::size_t signLength() const {
        const std::string_view two = text_.substr(at_, 2);
        for (const std::string_view s : {"==", "!=", "<=", ">=", "&&", "||"})
            if (two == s) return 2;
        return 1;
    }

    void string() {
        std::size_t n = 1;
        while (at_ + n < text_.size() && text_[at_ + n] != '"' && text_[at_ + n] != '\n')
            n += text_[at_ + n] == '\\' && at_ + n + 1 < text_.size() && text_[at_ + n + 1] != '\n' ? 2u : 1u;
        const bool closed = at_ + n < text_.size() && text_[at_ + n] == '"';
        if (closed) ++n;
        push(TokenKind::string, n);
        if (!closed)
            problems_.push_back(
                errorAt(tokens_.back(), "this text has no closing `\"`", std::string(tokens_.back().text) + '"'));
        at_ += n;
    }

    void push(TokenKind kind, std::size_t n) {
        tokens_.push_back({kind, text_.substr(at_, n), at_, line_, at_ - lineStart_ + 1});
    }

    std::string_view text_;
    Diagnostics& problems_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0, line_ = 1, lineStart_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, Diagnostics& problems) { return Tokenizer(text, problems).run(); }

std::string valueOf(const Token& token) {
    if (token.kind != TokenKind::string) return std::string(token.text);
    std::string_view inside = token.text.substr(1);
    std::string value;
    for (std::size_t i = 0; i < inside.size() && inside[i] != '"'; ++i) {
        if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
        value += inside[i];
    }
    return value;
}

Diagnostic errorAt(const Token& token, std::string message, std::string fix) {
    Diagnostic d;
    d.line = token.line;
    d.column = token.column;
    d.length = std::max<std::size_t>(token.text.size(), 1);
    d.message = std::move(message);
    d.fix = std::move(fix);
    return d;
}

std::string quoted(std::string_view text) {
    std::string s;
    s.reserve(text.size() + 2);
    s += '`';
    s += text;
    s += '`';
    return s;
}

std::string describe(const Token& token, std::string_view whole) {
    if (token.kind == TokenKind::end) return std::string("the end of the ").append(whole);
    constexpr std::size_t kMost = 60;
    if (token.text.size() <= kMost) return quoted(token.text);
    return quoted(std::string(token.text.substr(0, kMost)).append("…"));
}

std::string lowered(std::string_view text) {
    std::string s(text);
    std::transform(s.begin(), s.end(), s.begin(), lower);
    return s;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace weir::flow
