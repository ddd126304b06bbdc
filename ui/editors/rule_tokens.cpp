// Splits a line of a rule text into words and names their parts by the statement it is.
#include "ui/editors/rule_tokens.h"

#include <algorithm>
#include <array>

namespace weir::ui {
namespace {

using Kind = RuleTokenKind;

bool isWordChar(QChar c) { return !c.isSpace() && c != u'#' && c != u'"' && c != u'!' && c != u':'; }

int endOfWord(QStringView line, int from) {
    int i = from;
    while (i < line.size() && isWordChar(line[i])) ++i;
    return i;
}

int endOfString(QStringView line, int from) {
    const auto close = line.indexOf(u'"', from + 1);
    return close < 0 ? int(line.size()) : int(close) + 1;
}

std::vector<RuleToken> split(QStringView line) {
    std::vector<RuleToken> out;
    for (int i = 0; i < line.size();) {
        if (line[i].isSpace()) {
            ++i;
            continue;
        }
        RuleToken t;
        t.start = i;
        int end = i + 1;
        if (line[i] == u'#') {
            t.kind = Kind::comment;
            end = int(line.size());
        } else if (line[i] == u'"') {
            t.kind = Kind::string;
            t.quoted = true;
            end = endOfString(line, i);
        } else if (line[i] == u':') {
            t.kind = Kind::punctuation;
        } else if (line[i] == u'!') {
            t.negated = true;
            end = endOfWord(line, i + 1);
        } else {
            end = std::max(endOfWord(line, i), i + 1);
        }
        t.length = end - i;
        out.push_back(t);
        i = end;
    }
    return out;
}

constexpr std::array kStatements{QStringView(u"weir-rules"), QStringView(u"name"),  QStringView(u"signs"),
                                 QStringView(u"one-of"),     QStringView(u"never"), QStringView(u"class"),
                                 QStringView(u"order"),      QStringView(u"group"), QStringView(u"sign"),
                                 QStringView(u"assert")};

bool isComment(const RuleToken& t) { return t.kind == Kind::comment; }

void nameClassLine(std::vector<RuleToken>& tokens, QStringView line) {
    for (std::size_t i = 1; i < tokens.size() && !isComment(tokens[i]); ++i) {
        if (i == 1)
            tokens[i].kind = Kind::className;
        else if (tokens[i].in(line) == u"attack")
            tokens[i].kind = Kind::keyword;
        else
            tokens[i].kind = Kind::number;
    }
}

void nameSigns(std::vector<RuleToken>& tokens, QStringView line, std::size_t from, QStringView separator, Kind after) {
    Kind kind = Kind::sign;
    for (std::size_t i = from; i < tokens.size() && !isComment(tokens[i]); ++i) {
        if (!separator.isEmpty() && tokens[i].in(line) == separator) {
            tokens[i].kind = Kind::keyword;
            kind = after;
        } else {
            tokens[i].kind = kind;
        }
    }
}

void nameStatement(std::vector<RuleToken>& tokens, QStringView line) {
    const auto word = tokens.front().in(line);
    tokens.front().kind = Kind::keyword;
    if (word == u"class") nameClassLine(tokens, line);
    if (word == u"order")
        for (std::size_t i = 1; i < tokens.size() && !isComment(tokens[i]); ++i) tokens[i].kind = Kind::className;
    if (word == u"one-of") nameSigns(tokens, line, 1, {}, Kind::sign);
    if (word == u"never") nameSigns(tokens, line, 1, u"with", Kind::sign);
    if (word == u"assert") nameSigns(tokens, line, 1, u"is", Kind::className);
    if (word == u"sign" && tokens.size() > 1 && !isComment(tokens[1])) tokens[1].kind = Kind::sign;
    if (word == u"weir-rules" && tokens.size() > 1 && !isComment(tokens[1])) tokens[1].kind = Kind::number;
}

}  // namespace

QString RuleToken::name(QStringView line) const {
    auto text = in(line);
    if (negated) text = text.mid(1);
    if (quoted) {
        text = text.mid(1);
        if (text.endsWith(u'"')) text.chop(1);
    }
    return text.toString();
}

std::vector<RuleToken> tokensOfRuleLine(QStringView line) {
    auto tokens = split(line);
    if (tokens.empty() || isComment(tokens.front())) return tokens;
    if (tokens.size() > 1 && tokens[1].in(line) == u":") {
        tokens.front().kind = Kind::ruleName;
        nameSigns(tokens, line, 2, {}, Kind::sign);
        return tokens;
    }
    if (std::ranges::find(kStatements, tokens.front().in(line)) != kStatements.end()) nameStatement(tokens, line);
    return tokens;
}

QString ruleNameOfLine(QStringView line) {
    const auto tokens = tokensOfRuleLine(line);
    return tokens.empty() || tokens.front().kind != Kind::ruleName ? QString() : tokens.front().name(line);
}

RuleSlot slotAt(QStringView line, int column) {
    const auto before = line.left(column);
    auto tokens = tokensOfRuleLine(before);
    if (!tokens.empty() && isComment(tokens.back())) return RuleSlot::none;
    // The word being typed does not count: only the tokens before it decide.
    const bool inWord = !tokens.empty() && tokens.back().start + tokens.back().length == column &&
                        tokens.back().kind != Kind::punctuation;
    if (inWord) tokens.pop_back();
    if (tokens.empty()) return RuleSlot::keyword;
    const auto first = tokens.front();
    if (first.kind == Kind::ruleName) return tokens.size() > 1 ? RuleSlot::sign : RuleSlot::none;
    if (first.kind != Kind::keyword) return RuleSlot::none;
    const auto word = first.in(before);
    if (word == u"never" || word == u"one-of") return RuleSlot::sign;
    if (word == u"sign") {
        const bool behindName = std::ranges::any_of(tokens, [&](const RuleToken& t) { return t.in(before) == u"="; });
        return behindName ? RuleSlot::filter : RuleSlot::none;
    }
    if (word == u"order" || (word == u"class" && tokens.size() == 1)) return RuleSlot::className;
    if (word != u"assert") return RuleSlot::none;
    const bool afterIs = std::ranges::any_of(tokens, [&](const RuleToken& t) { return t.in(before) == u"is"; });
    return afterIs ? RuleSlot::className : RuleSlot::sign;
}

QString ruleWord(const QString& name) {
    const bool plain = !name.isEmpty() && std::ranges::all_of(name, isWordChar);
    return plain ? name : u'"' + name + u'"';
}

}  // namespace weir::ui
