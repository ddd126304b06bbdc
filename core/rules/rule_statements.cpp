// The statements of a rule set, one function each.
#include "core/rules/rule_parser.h"
#include "core/rules/sign_names.h"

#include <algorithm>

namespace weir::rules {
namespace {

constexpr std::string_view kOtherName = "Other";

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// ATT&CK technique ids: T1595 or T1595.001.
bool isAttackId(std::string_view s) {
    if (s.size() != 5 && s.size() != 9) return false;
    for (std::size_t i = 0; i < s.size(); ++i)
        if (i == 0 ? s[i] != 'T' : i == 5 ? s[i] != '.' : !isDigit(s[i])) return false;
    return true;
}

std::string inLine(std::size_t line) { return " in line " + std::to_string(line); }

}  // namespace

void RuleParser::setName(Tokens tokens) {
    if (tokens.size() < 2 || !tokens[1].isName())
        return expected(tokens.subspan(1), tokens[0], "the name of the rule set");
    if (tokens.size() > 2)
        expected(tokens.subspan(2), tokens[1], "the end of the line (put a name of several words in quotes)");
    if (nameSeen_) return error(tokens[0], "the rule set already has a name; expected one `name` line");
    nameSeen_ = true;
    out_.set.name = tokens[1].text;
}

void RuleParser::oneOf(Tokens tokens) {
    Word mask = 0;
    std::size_t named = 0;
    for (const SignTerm& term : signTerms(tokens.subspan(1))) {
        ++named;
        if (term.negated)
            error(term.token, "`one-of` lists signs of which exactly one holds; expected a sign without `!`");
        if ((mask & term.bit) != 0) warn(term.token, "the sign is named twice");
        mask |= term.bit;
    }
    if (named < 2) return expected({}, tokens.back(), "at least two signs after `one-of`");
    if (mask == 0) return;
    out_.set.oneOf.push_back(mask);
    out_.set.oneOfLines.push_back(line_);
}

void RuleParser::never(Tokens tokens) {
    const auto with = std::find_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.isWord("with"); });
    const auto split = static_cast<std::size_t>(with - tokens.begin());
    const auto left = signTerms(tokens.subspan(1, split - 1));
    if (with == tokens.end()) return expected({}, tokens.back(), "`with` and a sign: `never A with B`");
    const auto right = signTerms(tokens.subspan(split + 1));
    if (left.size() != 1) {
        if (left.empty()) return expected(tokens.subspan(split), tokens[0], "one sign before `with`");
        return error(left[1].token,
                     "expected `with` after the first sign: one line forbids one sign with each of the others");
    }
    if (right.empty()) return expected({}, tokens.back(), "a sign after `with`");
    for (const SignTerm& term : right) {
        if (term.bit == 0 || left[0].bit == 0) continue;
        if (term.bit == left[0].bit) {
            error(term.token, "a sign is never without itself; expected another sign than before `with`");
            continue;
        }
        Exclusion e;
        e.line = line_;
        (left[0].negated ? e.none : e.all) |= left[0].bit;
        (term.negated ? e.none : e.all) |= term.bit;
        out_.set.never.push_back(e);
    }
}

void RuleParser::declareClass(Tokens tokens) {
    if (tokens.size() < 2 || !tokens[1].isName())
        return expected(tokens.subspan(1), tokens[0], "the name of the class");
    const Token& name = tokens[1];
    if (name.text.empty()) error(name, "a class needs a name; expected text between the quotes");
    if (name.text == kOtherName) error(name, "`Other` is what no rule matches; expected another name for a class");
    if (const auto old = classIndex(name.text))
        error(name, "class `" + std::string(name.text) + "` is already declared" + inLine(out_.set.classes[*old].line));
    if (out_.set.classes.size() == kMaxClasses) error(name, "a rule set has at most 31 classes");
    RuleClass declared;
    declared.name = name.text;
    declared.line = line_;
    attackOf(tokens.subspan(2), declared);
    if (out_.set.classes.size() < kMaxClasses) out_.set.classes.push_back(std::move(declared));
}

void RuleParser::attackOf(Tokens rest, RuleClass& declared) {
    if (rest.empty()) return;
    if (!rest[0].isWord("attack"))
        return expected(rest, rest[0], "`attack ID` or the end of the line (put a name of several words in quotes)");
    if (rest.size() < 2 || rest[1].kind != TokenKind::word || !isAttackId(rest[1].text))
        return expected(rest.subspan(1), rest[0], "an ATT&CK technique such as T1595");
    declared.attack = true;
    declared.attackId = rest[1].text;
    if (rest.size() > 2) expected(rest.subspan(2), rest[1], "the end of the line");
}

void RuleParser::order(Tokens tokens) {
    if (orderSeen_) return error(tokens[0], "the order is already given; expected one `order` line");
    orderSeen_ = true;
    if (tokens.size() < 2) return expected({}, tokens[0], "class names, the first to claim a flow first");
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i].isName()) {
            classUses_.push_back({line_, tokens[i], true});
        } else {
            expected(tokens.subspan(i), tokens[i], "a class name");
        }
    }
}

void RuleParser::assertion(Tokens tokens) {
    const auto is = std::find_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.isWord("is"); });
    const auto split = static_cast<std::size_t>(is - tokens.begin());
    Assertion a;
    a.line = line_;
    const auto terms = signTerms(tokens.subspan(1, split - 1));
    for (const SignTerm& term : terms) {
        if (term.negated) error(term.token, "an assert names exactly the signs that hold; expected a sign without `!`");
        if ((a.word & term.bit) != 0) warn(term.token, "the sign is named twice");
        a.word |= term.bit;
    }
    if (terms.empty()) return expected(tokens.subspan(1), tokens[0], "the signs of a combination");
    if (is == tokens.end()) return expected({}, tokens.back(), "`is` and a class: `assert SIGNS is CLASS`");
    const Tokens rest = tokens.subspan(split + 1);
    if (rest.empty() || !rest[0].isName()) return expected(rest, *is, "a class name or `Other`");
    if (rest.size() > 1)
        expected(rest.subspan(1), rest[0], "the end of the line (put a name of several words in quotes)");
    a.className = rest[0].text;
    out_.set.asserts.push_back(a);
    if (rest[0].text != kOtherName) classUses_.push_back({line_, rest[0], false});
}

void RuleParser::rule(Tokens tokens) {
    const Token& name = tokens.front();
    if (name.text.empty()) error(name, "a rule needs a name; expected text between the quotes");
    const auto [known, fresh] = ruleLines_.try_emplace(name.text, line_);
    if (!fresh)
        error(name, "rule `" + std::string(name.text) + "` already exists" + inLine(known->second) +
                        "; expected another name");
    if (out_.set.classes.empty())
        error(name, "a rule belongs to a class; expected a `class` line before the first rule");
    const auto terms = signTerms(tokens.subspan(2));
    if (tokens.size() == 2) expected({}, tokens.back(), "signs: a rule names at least one");
    Rule r;
    r.name = name.text;
    r.line = line_;
    for (const SignTerm& term : terms) {
        if (((term.negated ? r.must : r.mustNot) & term.bit) != 0)
            error(term.token, "the sign is both required and forbidden; the rule can never match");
        if (((term.negated ? r.mustNot : r.must) & term.bit) != 0) warn(term.token, "the sign is named twice");
        (term.negated ? r.mustNot : r.must) |= term.bit;
    }
    if (out_.set.rules.size() == kMaxRules) return error(name, "a rule set has at most 4096 rules");
    if (out_.set.classes.empty()) return;
    r.classIndex = static_cast<std::uint16_t>(out_.set.classes.size() - 1);
    out_.set.rules.push_back(std::move(r));
}

void RuleParser::notYet(Tokens tokens) {
    if (tokens.size() < 2 || tokens[1].kind != TokenKind::word)
        return expected(tokens.subspan(1), tokens[0], "a name and `=`");
    userSigns_.push_back(tokens[1].text);
    error(tokens[0], "groups of signs (`" + std::string(tokens[1].text) +
                         "`) are not supported by this version; expected the signs themselves in the rules");
}

void RuleParser::signTable(Tokens tokens) {
    if (tokens.size() < 2 || tokens[1].kind != TokenKind::word)
        return expected(tokens.subspan(1), tokens[0], "a sign table: `one-way`");
    if (tokens.size() > 2) expected(tokens.subspan(2), tokens[1], "the end of the line");
    if (tokens[1].isWord("one-way")) return;
    foreignTable_ = true;
    if (tokens[1].isWord("dpi"))
        return error(tokens[1], "the packet-level signs (`dpi`) are not supported by this version; expected `one-way`");
    error(tokens[1], "unknown sign table `" + std::string(tokens[1].text) + "`; expected `one-way`", "one-way");
}

}  // namespace weir::rules
