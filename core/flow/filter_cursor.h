// The parser's place in the tokens of a filter, and its list of problems.
#pragma once

#include "core/flow/filter_values.h"
#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"

#include <span>

namespace weir::flow {

class FilterCursor {
public:
    FilterCursor(std::span<const Token> tokens, Diagnostics& problems) : tokens_(tokens), problems_(problems) {}

    const Token& now() const { return tokens_[at_]; }
    const Token& next() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
    const Token& before() const { return tokens_[at_ ? at_ - 1 : 0]; }
    bool atEnd() const { return now().kind == TokenKind::end; }
    bool isSign(std::string_view text) const { return now().kind == TokenKind::sign && now().text == text; }
    /// The keyword here, or nullptr.
    const FilterWord* word() const { return now().kind == TokenKind::word ? findFilterWord(now().text) : nullptr; }
    bool isRole(WordRole role) const {
        const FilterWord* w = word();
        return w && w->role == role;
    }
    void advance() {
        if (!atEnd()) ++at_;
    }
    bool takeSign(std::string_view text) {
        const bool here = isSign(text);
        if (here) advance();
        return here;
    }
    bool takeRole(WordRole role) {
        const bool here = isRole(role);
        if (here) advance();
        return here;
    }
    /// A value can stand here: a word or a string that is no connector.
    bool atValue() const {
        if (now().kind == TokenKind::string) return true;
        if (now().kind != TokenKind::word) return false;
        const FilterWord* w = word();
        return !w ||
               (w->role != WordRole::conjunction && w->role != WordRole::disjunction && w->role != WordRole::negation);
    }
    bool atConnector() const {
        return isSign("&&") || isSign("||") || isRole(WordRole::conjunction) || isRole(WordRole::disjunction);
    }

    void problem(const Token& at, std::string message, std::string fix = {}) {
        problems_.push_back(errorAt(at, std::move(message), std::move(fix)));
    }
    /// "expected WHAT, found `x`"
    void expected(std::string_view what) {
        problem(now(), std::string("expected ").append(what).append(", found ").append(describe(now(), "filter")));
    }

    /// The bracket that opens a list; `]` closes it.
    bool openList(std::string_view what) {
        if (takeSign("[")) return true;
        expected(what);
        return false;
    }
    /// Always false.
    bool emptyList() {
        problem(before(), "the list is empty");
        return false;
    }

private:
    std::span<const Token> tokens_;
    Diagnostics& problems_;
    std::size_t at_ = 0;
};

}  // namespace weir::flow
