// Recursive descent over and, or, not and parentheses.
#include "core/flow/filter_parser.h"

#include "core/flow/filter_term_parser.h"

#include <algorithm>

namespace weir::flow {
namespace {

constexpr unsigned kMaxDepth = 200;
constexpr std::size_t kMaxText = 4u << 20;
constexpr std::size_t kMaxProblems = 100;

using Op = FilterNode::Op;

FilterNode joined(Op op, std::vector<FilterNode> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    FilterNode n;
    n.op = op;
    n.children = std::move(parts);
    return n;
}

class Parser {
public:
    Parser(FilterCursor cursor, const FilterTerms& terms, const Diagnostics& problems)
        : cursor_(cursor), terms_(terms), problems_(problems) {}

    FilterNode whole() {
        if (cursor_.atEnd()) return {};
        FilterNode root = disjunction(0, false);
        while (!cursor_.atEnd() && !givingUp()) {
            cursor_.problem(cursor_.now(), "this `)` closes nothing");
            cursor_.advance();
            if (cursor_.atConnector()) cursor_.advance();
            if (!cursor_.atEnd() && !cursor_.isSign(")")) (void)disjunction(0, false);
        }
        return root;
    }

private:
    bool givingUp() const { return tooDeep_ || problems_.size() >= kMaxProblems; }

    FilterNode disjunction(unsigned depth, bool odd) {
        std::vector<FilterNode> parts;
        do parts.push_back(conjunction(depth, odd));
        while (!givingUp() && (cursor_.takeSign("||") || cursor_.takeRole(WordRole::disjunction)));
        return joined(Op::anyOf, std::move(parts));
    }

    FilterNode conjunction(unsigned depth, bool odd) {
        std::vector<FilterNode> parts;
        while (!givingUp()) {
            parts.push_back(negation(depth, odd));
            if (cursor_.takeSign("&&") || cursor_.takeRole(WordRole::conjunction)) continue;
            if (givingUp() || cursor_.atEnd() || cursor_.isSign(")") || cursor_.isSign("||") ||
                cursor_.isRole(WordRole::disjunction))
                break;
            const Token& here = cursor_.now();
            cursor_.problem(here, std::string("expected `and` or `or` before ").append(describe(here, "filter")),
                            std::string("and ").append(here.text));
        }
        if (parts.empty()) parts.emplace_back();
        return joined(Op::allOf, std::move(parts));
    }

    FilterNode negation(unsigned depth, bool odd) {
        bool inverted = false;
        while (cursor_.takeSign("!") || cursor_.takeRole(WordRole::negation)) inverted = !inverted;
        FilterNode inner = primary(depth, odd != inverted);
        if (!inverted) return inner;
        FilterNode n;
        n.op = Op::inverse;
        n.children.push_back(std::move(inner));
        return n;
    }

    FilterNode primary(unsigned depth, bool odd) {
        if (cursor_.isSign("(")) return parentheses(depth, odd);
        const std::size_t from = cursor_.now().offset;
        if (auto term = parseTerm(cursor_, terms_, odd)) {
            term->termAt = std::uint32_t(from);
            term->termSize = std::uint32_t(cursor_.before().offset + cursor_.before().text.size() - from);
            return std::move(*term);
        }
        skipTerm();
        return {};
    }

    FilterNode parentheses(unsigned depth, bool odd) {
        const Token open = cursor_.now();
        if (depth >= kMaxDepth) {
            cursor_.problem(open, "more than 200 parentheses inside each other");
            tooDeep_ = true;
            return {};
        }
        cursor_.advance();
        FilterNode inner = disjunction(depth + 1, odd);
        if (!cursor_.takeSign(")") && !givingUp()) cursor_.problem(open, "this `(` is never closed");
        return inner;
    }

    /// Behind a mistake: on to the next connector or parenthesis, so that the rest is still checked.
    void skipTerm() {
        while (!cursor_.atEnd() && !cursor_.atConnector() && !cursor_.isSign(")")) {
            if (cursor_.isSign("(")) return skipGroup();
            cursor_.advance();
        }
    }
    void skipGroup() {
        std::size_t open = 0;
        do {
            if (cursor_.isSign("(")) ++open;
            if (cursor_.isSign(")")) --open;
            cursor_.advance();
        } while (open && !cursor_.atEnd());
    }

    FilterCursor cursor_;
    const FilterTerms& terms_;
    const Diagnostics& problems_;
    bool tooDeep_ = false;
};

}  // namespace

bool ParsedFilter::good() const {
    return std::none_of(diagnostics.begin(), diagnostics.end(),
                        [](const Diagnostic& d) { return d.severity == Severity::error; });
}

ParsedFilter parseFilter(std::string_view text, const FilterTerms& terms) {
    ParsedFilter parsed;
    if (text.size() > kMaxText) {
        parsed.diagnostics.push_back({Severity::error, 1, 1, 1, "the filter is longer than 4 MiB", {}});
        return parsed;
    }
    const std::vector<Token> tokens = tokenize(text, parsed.diagnostics);
    parsed.root = Parser(FilterCursor(tokens, parsed.diagnostics), terms, parsed.diagnostics).whole();
    std::stable_sort(parsed.diagnostics.begin(), parsed.diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
    return parsed;
}

}  // namespace weir::flow
