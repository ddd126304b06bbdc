// Lines and statements of rule text, and the checks at the end.
#include "core/rules/rule_parser.h"

#include "core/rules/sign_names.h"
#include "core/rules/user_sign_line.h"

#include <algorithm>
#include <array>
#include <bit>

namespace weir::rules {
namespace {

constexpr auto kKeywords = std::to_array<std::string_view>(
    {"weir-rules", "name", "one-of", "never", "class", "order", "assert", "sign", "signs", "group"});

std::string allNames(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names)
        if (!name.empty()) out.append(out.empty() ? "" : " ").append(name);
    return out;
}

template <class Names>
std::string joined(Word word, const Names& signNames) {
    std::string names;
    for (std::size_t i = 0; i < signNames.size(); ++i) {
        if ((word >> i & 1u) == 0) continue;
        if (!names.empty()) names += ' ';
        names += signNames[i];
    }
    return names;
}

}  // namespace

bool Parsed::good() const {
    return std::none_of(diagnostics.begin(), diagnostics.end(),
                        [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Parsed parseRules(std::string_view text, const Vocabulary& vocabulary) { return RuleParser(text, vocabulary).run(); }
Parsed parseRules(std::string_view text, std::span<const std::string_view> signNames) {
    return parseRules(text, Vocabulary{signNames, {}, nullptr});
}

std::string signNamesOf(Word word, std::span<const std::string_view> signNames) { return joined(word, signNames); }
std::string signNamesOf(Word word, std::span<const std::string> signNames) { return joined(word, signNames); }

RuleParser::RuleParser(std::string_view text, const Vocabulary& vocabulary)
    : text_(text), vocabulary_(vocabulary), signNames_(vocabulary.builtIn.begin(), vocabulary.builtIn.end()) {}

template <class Fn>
void RuleParser::forEachLine(Fn&& fn) {
    line_ = 0;
    std::string_view rest = text_;
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        ++line_;
        fn(line);
    }
}

Parsed RuleParser::run() {
    out_.set.text = text_;
    if (text_.size() > kMaxText) {
        line_ = 1;
        error({TokenKind::word, 1, 1, {}}, "the text is longer than 4 MiB; expected a rule set");
        return std::move(out_);
    }
    // User signs first: rules may precede the signs that they name.
    forEachLine([this](std::string_view line) {
        if (isUserSign(line)) readUserSign(line);
    });
    forEachLine([this](std::string_view line) { readLine(line); });
    finish();
    return std::move(out_);
}

void RuleParser::readLine(std::string_view line) {
    if (isUserSign(line) && headSeen_) return;
    if (!lexLine(line, line_, tokens_, out_.diagnostics)) {
        headSeen_ = true;  // the unreadable line may have been the head
        return;
    }
    if (!tokens_.empty()) statement(tokens_);
}

void RuleParser::statement(Tokens tokens) {
    if (!headSeen_) {
        headSeen_ = true;
        if (head(tokens)) return;
    }
    const Token& first = tokens.front();
    if (first.isName() && tokens.size() > 1 && tokens[1].kind == TokenKind::colon) return rule(tokens);
    keyword(tokens);
}

void RuleParser::keyword(Tokens tokens) {
    const Token& first = tokens.front();
    if (first.isWord("name")) return setName(tokens);
    if (first.isWord("one-of")) return oneOf(tokens);
    if (first.isWord("never")) return never(tokens);
    if (first.isWord("class")) return declareClass(tokens);
    if (first.isWord("order")) return order(tokens);
    if (first.isWord("assert")) return assertion(tokens);
    if (first.isWord("sign")) return;  // read before
    if (first.isWord("group")) return notYet(tokens);
    if (first.isWord("signs")) return signTable(tokens);
    if (first.isWord("weir-rules"))
        return error(first,
                     "`weir-rules` is allowed in the first line only; expected a statement or a rule `NAME: signs`");
    if (!first.isName())
        return error(first, "expected a statement or a rule `NAME: signs`, found `" + std::string(first.text) + "`");
    const bool ruleLike =
        tokens.size() > 1 && (tokens[1].kind == TokenKind::bang || findName(signNames_, tokens[1].text));
    if (ruleLike)
        return error(first, "expected `:` after the rule name `" + std::string(first.text) + "`",
                     quotedName(first.text) + ":");
    const std::string_view guess = guessName(kKeywords, first.text);
    error(first,
          "unknown statement `" + std::string(first.text) + "`" +
              (guess.empty() ? "; expected class, one-of, never, order, assert, name or a rule `NAME: signs`"
                             : didYouMean(guess)),
          std::string(guess));
}

/// True when the line was meant as the head.
bool RuleParser::head(Tokens tokens) {
    const Token& first = tokens.front();
    if (!first.isWord("weir-rules")) {
        const std::string found = first.kind == TokenKind::quoted ? quotedName(first.text) : std::string(first.text);
        error(first, "expected `weir-rules 1` as the first line, found `" + found + "`", "weir-rules 1\n" + found);
        return false;
    }
    if (tokens.size() < 2) {
        error(first, "expected the language version: `weir-rules 1`", "weir-rules 1");
    } else if (!tokens[1].isWord("1")) {
        error(tokens[1], "this version reads rule sets of version 1, not `" + std::string(tokens[1].text) + "`", "1");
    } else if (tokens.size() > 2) {
        expected(tokens.subspan(2), tokens[1], "the end of the line");
    }
    return true;
}

void RuleParser::finish() {
    line_ = std::max<std::size_t>(line_, 1);
    if (!headSeen_)
        error({TokenKind::word, 1, 0, {}}, "the rule set is empty; expected `weir-rules 1`", "weir-rules 1");
    out_.set.signNames.assign(signNames_.begin(), signNames_.end());
    out_.set.builtInSigns = vocabulary_.builtIn.size();
    for (std::size_t i = 0; i < vocabulary_.builtIn.size(); ++i) out_.set.signs |= Word{1} << i;
    for (const UserSign& sign : out_.set.userSigns) out_.set.signs |= Word{1} << sign.bit;
    for (const UserSign& sign : vocabulary_.known) {
        if (out_.set.signNames.size() <= sign.bit) out_.set.signNames.resize(sign.bit + 1);
        out_.set.signNames[sign.bit] = sign.name;
    }
    resolveOrder();
    checkRules();
    checkAsserts();
    auto& found = out_.diagnostics;
    std::stable_sort(found.begin(), found.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    if (found.size() > kMaxProblems) {
        const std::size_t more = found.size() - kMaxProblems;
        found.resize(kMaxProblems);
        found.push_back({Severity::error,
                         found.back().line,
                         1,
                         1,
                         std::to_string(more) + (more == 1 ? " more problem is" : " more problems are") + " not listed",
                         {}});
    }
}

void RuleParser::resolveOrder() {
    RuleSet& set = out_.set;
    constexpr std::uint16_t kUnranked = 0xffff;
    set.rank.assign(set.classes.size(), kUnranked);
    const auto place = [&](std::uint16_t index) {
        set.rank[index] = static_cast<std::uint16_t>(set.order.size());
        set.order.push_back(index);
    };
    for (const ClassUse& use : classUses_) {
        const auto index = classIndex(use.name.text);
        if (!index) {
            const std::string_view guess = guessName(classNames(), use.name.text);
            report(Severity::error, use.line, use.name,
                   "class `" + std::string(use.name.text) + "` is not declared" +
                       (guess.empty() ? "; expected the name of a `class` line" : didYouMean(guess)),
                   guess.empty() ? std::string() : quotedName(guess));
        } else if (use.inOrder && set.rank[*index] != kUnranked) {
            report(Severity::error, use.line, use.name,
                   "class `" + std::string(use.name.text) + "` is listed twice in the order");
        } else if (use.inOrder) {
            place(*index);
        }
    }
    for (std::size_t i = 0; i < set.classes.size(); ++i)
        if (set.rank[i] == kUnranked) place(static_cast<std::uint16_t>(i));
}

void RuleParser::checkRules() {
    std::vector<bool> used(out_.set.classes.size());
    for (const Rule& r : out_.set.rules) used[r.classIndex] = true;
    for (std::size_t i = 0; i < used.size(); ++i) {
        const RuleClass& c = out_.set.classes[i];
        if (!used[i])
            report(Severity::warning, c.line, {TokenKind::word, 1, 5, {}}, "class `" + c.name + "` has no rule");
    }
}

/// Reports asserts on words that no flow can have: they would never be checked.
void RuleParser::checkAsserts() {
    const RuleSet& set = out_.set;
    for (const Assertion& a : set.asserts) {
        const Token at{TokenKind::word, 1, 6, {}};
        for (const Word group : set.oneOf)
            if (!std::has_single_bit(a.word & group))
                report(Severity::warning, a.line, at,
                       "no flow has these signs: exactly one of " +
                           signNamesOf(group, std::span<const std::string_view>(signNames_)) + " holds");
        for (const Exclusion& e : set.never)
            if ((a.word & e.all) == e.all && (a.word & e.none) == 0)
                report(Severity::warning, a.line, at,
                       "no flow has these signs: line " + std::to_string(e.line) + " excludes them");
    }
}

Word RuleParser::signBit(const Token& name) {
    if (const auto i = findName(signNames_, name.text)) return Word{1} << *i;
    const bool reported =
        foreignTable_ || std::find(userSigns_.begin(), userSigns_.end(), name.text) != userSigns_.end();
    if (reported) return 0;
    const std::string_view guess = guessName(signNames_, name.text);  // never an empty name: nothing is near it
    error(name,
          "unknown sign `" + std::string(name.text) + "`" +
              (guess.empty() ? "; expected one of: " + allNames(signNames_) : didYouMean(guess)),
          std::string(guess));
    return 0;
}

std::vector<RuleParser::SignTerm> RuleParser::signTerms(Tokens tokens) {
    std::vector<SignTerm> terms;
    terms.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        SignTerm term;
        term.token = tokens[i];
        if (tokens[i].kind == TokenKind::bang) {
            term.negated = true;
            if (i + 1 == tokens.size() || tokens[i + 1].kind != TokenKind::word) {
                expected(tokens.subspan(i + 1), tokens[i], "a sign after `!`");
                continue;
            }
            ++i;
            term.token.length = tokens[i].end() - term.token.column;
        } else if (tokens[i].kind != TokenKind::word) {
            expected(tokens.subspan(i), tokens[i], "a sign");
            continue;
        }
        term.bit = signBit(tokens[i]);
        terms.push_back(term);
    }
    return terms;
}

std::optional<std::uint16_t> RuleParser::classIndex(std::string_view name) const {
    const auto& classes = out_.set.classes;
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (classes[i].name == name) return static_cast<std::uint16_t>(i);
    return {};
}

std::vector<std::string_view> RuleParser::classNames() const {
    std::vector<std::string_view> names;
    for (const RuleClass& c : out_.set.classes) names.push_back(c.name);
    return names;
}

void RuleParser::report(Severity severity, std::size_t line, const Token& at, std::string message, std::string fix) {
    out_.diagnostics.push_back({severity, line, at.column, at.length, std::move(message), std::move(fix)});
}

void RuleParser::error(const Token& at, std::string message, std::string fix) {
    report(Severity::error, line_, at, std::move(message), std::move(fix));
}

void RuleParser::warn(const Token& at, std::string message, std::string fix) {
    report(Severity::warning, line_, at, std::move(message), std::move(fix));
}

void RuleParser::expected(Tokens rest, const Token& previous, const std::string& what) {
    if (rest.empty())
        return error({TokenKind::word, previous.end(), 1, {}}, "expected " + what + ", found the end of the line");
    error(rest.front(), "expected " + what + ", found `" + std::string(rest.front().text) + "`");
}

}  // namespace weir::rules
