// One line that says what changed between two rule texts.
#include "core/refine/iterations.h"

#include "core/rules/line_lexer.h"
#include "core/rules/sign_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

namespace weir::refine {
namespace {

using rules::Token;
using rules::TokenKind;

struct RuleText {
    std::string name, className;
    std::set<std::string> terms;  ///< "P2P", "!bogon"
};
/// The content of a rule text: rules by name, and other statements by keyword, without comments and blanks.
struct Outline {
    std::vector<RuleText> rules;
    std::map<std::string, std::vector<std::string>> statements;

    const RuleText* rule(const std::string& name) const {
        const auto at = std::find_if(rules.begin(), rules.end(), [&](const RuleText& r) { return r.name == name; });
        return at == rules.end() ? nullptr : &*at;
    }
};

std::string spelled(std::span<const Token> tokens) {
    std::string text;
    for (const Token& t : tokens) {
        if (!text.empty() && !text.ends_with('!')) text += ' ';
        text += t.isName() ? rules::quotedName(t.text) : std::string(t.text);
    }
    return text;
}

RuleText readRule(std::span<const Token> tokens, const std::string& className) {
    RuleText rule{std::string(tokens[0].text), className, {}};
    std::string sign;
    for (const Token& t : tokens.subspan(2)) {
        sign += t.text;
        if (t.kind == TokenKind::bang) continue;
        rule.terms.insert(std::move(sign));
        sign.clear();
    }
    return rule;
}

Outline outlineOf(std::string_view text) {
    Outline outline;
    std::vector<Token> tokens;
    Diagnostics ignored;
    std::string className;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!rules::lexLine(line, number, tokens, ignored)) {
            outline.statements["unreadable lines"].push_back(std::string(line));
            continue;
        }
        if (tokens.empty()) continue;
        if (tokens.size() > 1 && tokens[0].isName() && tokens[1].kind == TokenKind::colon) {
            outline.rules.push_back(readRule(tokens, className));
            continue;
        }
        if (tokens[0].isWord("class") && tokens.size() > 1) className = tokens[1].text;
        outline.statements[std::string(tokens[0].text)].push_back(spelled(std::span(tokens).subspan(1)));
    }
    return outline;
}

/// "+!PotOk -TCP", and "to Bogon" when the rule moved to another class.
std::string ruleChange(const RuleText& before, const RuleText& after) {
    std::string change;
    const auto add = [&](std::string_view sign, const std::string& term) {
        if (!change.empty()) change += ' ';
        change.append(sign).append(term);
    };
    for (const std::string& term : after.terms)
        if (!before.terms.contains(term)) add("+", term);
    for (const std::string& term : before.terms)
        if (!after.terms.contains(term)) add("\u2212", term);
    if (before.className != after.className) add("to ", rules::quotedName(after.className));
    return change;
}

/// The label for changed statements of a keyword.
std::string_view label(const std::string& keyword) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kLabels = {{{"class", "classes"},
                                                                                              {"never", "exclusions"},
                                                                                              {"one-of", "exclusions"},
                                                                                              {"assert", "asserts"},
                                                                                              {"order", "order"},
                                                                                              {"name", "name"}}};
    for (const auto& [word, shown] : kLabels)
        if (keyword == word) return shown;
    return keyword;
}

class Edits {
public:
    void add(std::string_view subject, std::string_view change) {
        if (!text_.empty()) text_ += "; ";
        text_.append(subject).append(": ").append(change);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

}  // namespace

std::string describeEdit(std::string_view before, std::string_view after) {
    const Outline a = outlineOf(before), b = outlineOf(after);
    Edits edits;
    for (const RuleText& rule : b.rules) {
        const RuleText* old = a.rule(rule.name);
        if (!old) {
            edits.add(rule.name, "new");
        } else if (const std::string change = ruleChange(*old, rule); !change.empty()) {
            edits.add(rule.name, change);
        }
    }
    for (const RuleText& rule : a.rules)
        if (!b.rule(rule.name)) edits.add(rule.name, "removed");
    const auto sameOrder = [](const RuleText& x, const RuleText& y) { return x.name == y.name; };
    std::set<std::string_view> changed;
    for (const auto& [keyword, lines] : a.statements)
        if (!b.statements.contains(keyword) || b.statements.at(keyword) != lines) changed.insert(label(keyword));
    for (const auto& [keyword, lines] : b.statements)
        if (!a.statements.contains(keyword)) changed.insert(label(keyword));
    for (const std::string_view what : changed) edits.add(what, "changed");
    std::string text = edits.take();
    const bool moved =
        text.empty() && !std::equal(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(), sameOrder);
    return moved ? "rules: reordered" : text;
}

}  // namespace weir::refine
