// One statement per line.
#include "core/score/profile.h"

#include "core/base/text.h"
#include "core/flow/filter_parser.h"
#include "core/flow/lexer.h"
#include "core/score/built_in.h"
#include "core/score/profile_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace weir::score {
namespace {

using flow::Token;
using flow::TokenKind;
using Tokens = std::span<const Token>;

constexpr std::size_t kMostText = 4u << 20;

bool isWord(const Token& t, std::string_view word) {
    return t.kind == TokenKind::word && flow::equalsIgnoringCase(t.text, word);
}

std::optional<Measure> measureOf(std::string_view word) {
    if (flow::equalsIgnoringCase(word, "flows")) return Measure::flows;
    if (flow::equalsIgnoringCase(word, "packets")) return Measure::packets;
    if (flow::equalsIgnoringCase(word, "bytes")) return Measure::bytes;
    return {};
}

std::optional<Compare> compareOf(std::string_view sign) {
    constexpr std::pair<std::string_view, Compare> kSigns[] = {
        {"<", Compare::less},      {"<=", Compare::lessEqual},    {"=", Compare::equal},  {"==", Compare::equal},
        {"!=", Compare::notEqual}, {">=", Compare::greaterEqual}, {">", Compare::greater}};
    for (const auto& [text, compare] : kSigns)
        if (sign == text) return compare;
    return {};
}

const BuiltInDef& defOf(const BuiltInDef* d) { return *d; }
const Parameter& defOf(const Parameter& p) { return p; }

/// "a, b, c or d"
template <class Defs>
std::string namesOf(const Defs& defs) {
    std::string text;
    for (std::size_t i = 0; i < defs.size(); ++i)
        text += (i == 0 ? "" : i + 1 == defs.size() ? " or " : ", ") + std::string(defOf(defs[i]).name);
    return text;
}
template <class Defs>
std::string nearestOf(const Defs& defs, const Token& word) {
    std::vector<std::string_view> names;
    for (const auto& d : defs) names.push_back(defOf(d).name);
    return std::string(nearestName(word.text, names));
}

class Parser {
public:
    Parser(std::string_view text, const flow::FilterTerms& terms) : text_(text), terms_(terms) {}

    ParsedProfile run() {
        if (text_.size() > kMostText) {
            out_.diagnostics.push_back(
                {Severity::error, 1, 1, 1, "the text is longer than 4 MiB; expected a score profile", {}});
            return std::move(out_);
        }
        std::string_view rest = text_;
        if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            ++line_;
            lineAt_ = std::size_t(rest.data() - text_.data());
            readLine(rest.substr(0, end));
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
        if (!headSeen_)
            out_.diagnostics.push_back({Severity::error, std::max<std::size_t>(line_, 1), 1, 0,
                                        "the profile is empty; expected `weir-score 1`", "weir-score 1"});
        return std::move(out_);
    }

private:
    void readLine(std::string_view line) {
        Diagnostics problems;
        std::vector<Token> tokens = flow::tokenize(line, problems);
        for (Token& t : tokens) t.line = line_;
        add(std::move(problems), 0);
        if (tokens.size() <= 1) return;
        source_ = line;
        if (!std::exchange(headSeen_, true)) return head(tokens);
        statement(tokens);
    }

    /// Tokens of a text that begins at this offset of the line.
    void add(Diagnostics problems, std::size_t offset) {
        for (Diagnostic& d : problems) {
            d.line = line_;
            d.column += offset;
            out_.diagnostics.push_back(std::move(d));
        }
    }
    void error(const Token& at, std::string message, std::string fix = {}) {
        out_.diagnostics.push_back(flow::errorAt(at, std::move(message), std::move(fix)));
    }
    void expected(const Token& at, const std::string& what) {
        error(at, "expected " + what + ", found " + flow::describe(at, "line"));
    }

    void head(Tokens t) {
        if (!isWord(t[0], "weir-score"))
            return error(t[0], "expected `weir-score 1` as the first line, found " + flow::describe(t[0], "line"),
                         "weir-score 1");
        if (t[1].text != "1")
            return error(t[1], "this version reads score profiles of version 1, not " + flow::describe(t[1], "line"),
                         "1");
        end(t, 2);
    }
    bool end(Tokens t, std::size_t at) {
        if (t[at].kind == TokenKind::end) return true;
        expected(t[at], "the end of the line");
        return false;
    }

    void statement(Tokens t) {
        if (isWord(t[0], "name")) {
            if (t[1].kind != TokenKind::string) return expected(t[1], "a name in quotes");
            out_.profile.name = flow::valueOf(t[1]);
            end(t, 2);
        } else if (isWord(t[0], "apply"))
            apply(t);
        else if (isWord(t[0], "good") || isWord(t[0], "bad"))
            test(t);
        else
            expected(t[0], "name, apply, good or bad");
    }

    void apply(Tokens t) {
        constexpr std::pair<std::string_view, flow::Heading> kHeadings[] = {{"inbound", flow::Heading::inbound},
                                                                            {"outbound", flow::Heading::outbound},
                                                                            {"internal", flow::Heading::internal},
                                                                            {"transit", flow::Heading::transit}};
        if (!isWord(t[1], "to")) return expected(t[1], "`to`");
        std::vector<flow::Heading> found;
        for (std::size_t i = 2; t[i].kind != TokenKind::end; ++i) {
            if (t[i].text == "," || isWord(t[i], "and")) continue;
            const auto at = std::find_if(std::begin(kHeadings), std::end(kHeadings),
                                         [&](const auto& h) { return isWord(t[i], h.first); });
            if (at == std::end(kHeadings)) return expected(t[i], "inbound, outbound, internal or transit");
            found.push_back(at->second);
        }
        if (found.empty()) return expected(t[2], "inbound, outbound, internal or transit");
        out_.profile.apply = std::move(found);
    }

    void test(Tokens t) {
        Test test;
        test.line = line_;
        test.kind = isWord(t[0], "good") ? Kind::good : Kind::bad;
        const auto points = wholeNumber<int>(t[1].text);
        if (!points || *points < 0 || *points > kMostPoints) return expected(t[1], "points, 0 to 1,000,000");
        test.points = *points;
        test.pointsAt = lineAt_ + t[1].offset;
        test.pointsSize = t[1].text.size();
        if (t[2].kind != TokenKind::string || flow::valueOf(t[2]).empty()) return expected(t[2], "a code in quotes");
        test.code = flow::valueOf(t[2]);
        const auto twin = [&](const Test& other) { return other.code == test.code; };
        if (const auto at = std::find_if(out_.profile.tests.begin(), out_.profile.tests.end(), twin);
            at != out_.profile.tests.end())
            return error(t[2],
                         "the code " + std::string(t[2].text) + " is already used in line " + std::to_string(at->line));
        if (!isWord(t[3], "when")) return expected(t[3], "`when` and a filter");
        if (!(isWord(t[4], "test") ? builtIn(t.subspan(5), test) : condition(t.subspan(4), test))) return;
        const Token& last = t[t.size() - 2];
        test.condition = source_.substr(t[4].offset, last.offset + last.text.size() - t[4].offset);
        if (out_.profile.tests.size() == kMostTests) return error(t[0], "a profile has at most 64 tests");
        out_.profile.tests.push_back(std::move(test));
    }

    /// NAME [KEY=VALUE …]
    bool builtIn(Tokens t, Test& test) {
        test.builtIn = findBuiltIn(t[0].text);
        if (!test.builtIn)
            return error(t[0],
                         "expected the name of a built-in test (" + namesOf(builtIns()) + "), found " +
                             flow::describe(t[0], "line"),
                         nearestOf(builtIns(), t[0])),
                   false;
        const std::span<const Parameter> known = test.builtIn->parameters;
        for (const Parameter& p : known) test.parameters.push_back(*parameterValue(p, p.initial));
        std::vector<bool> seen(known.size());
        std::size_t at = 1;
        for (; t[at].kind != TokenKind::end; at += 3) {
            const auto found =
                std::find_if(known.begin(), known.end(), [&](const Parameter& p) { return isWord(t[at], p.name); });
            if (found == known.end())
                return error(t[at], "expected " + namesOf(known) + ", found " + flow::describe(t[at], "line"),
                             nearestOf(known, t[at])),
                       false;
            const auto number = std::size_t(found - known.begin());
            if (seen[number]) return error(t[at], std::string(found->name) + " is given twice"), false;
            seen[number] = true;
            if (t[at + 1].text != "=") return expected(t[at + 1], "`=`"), false;
            const auto value = parameterValue(*found, t[at + 2].text);
            if (!value) return expected(t[at + 2], expectedValue(*found)), false;
            test.parameters[number] = *value;
        }
        test.filter = std::make_shared<const flow::FilterNode>(flow::parseFilter(test.builtIn->filter, terms_).root);
        return true;
    }

    /// FILTER [group by KEY[, KEY] having CONDITION [and CONDITION]…]
    bool condition(Tokens t, Test& test) {
        const auto group = std::find_if(t.begin(), t.end(), [](const Token& x) { return isWord(x, "group"); });
        const Token& behind = group == t.end() ? t.back() : *group;
        const std::string_view filter = source_.substr(t[0].offset, behind.offset - t[0].offset);
        if (t[0].offset == behind.offset) {
            expected(t[0], "a filter");
            return false;
        }
        flow::ParsedFilter parsed = flow::parseFilter(filter, terms_);
        const bool good = parsed.good();
        add(std::move(parsed.diagnostics), t[0].offset);
        test.filter = std::make_shared<const flow::FilterNode>(std::move(parsed.root));
        return good && (group == t.end() || groups(t.subspan(std::size_t(group - t.begin())), test));
    }

    bool groups(Tokens t, Test& test) {
        std::size_t at = 1;
        if (!isWord(t[at++], "by")) return expected(t[1], "`by`"), false;
        for (bool more = true; more;) {
            if (!key(t, at, test)) return false;
            more = t[at].text == ",";
            at += more;
        }
        if (!isWord(t[at], "having")) return expected(t[at], "`having`"), false;
        do {
            if (!having(t, ++at, test)) return false;
        } while (isWord(t[at], "and"));
        return end(t, at);
    }

    bool key(Tokens t, std::size_t& at, Test& test) {
        if (isWord(t[at], "bin")) {
            const auto step = duration(t[at + 1].text);
            if (!step) return expected(t[at + 1], "a time such as 30s, 5m or 1h"), false;
            test.keys.push_back({GroupKey::Value::bin, *step});
            at += 2;
            return true;
        }
        const auto found = value(t, at);
        if (!found) return expected(t[at], "src ip, dst ip, src port, dst port, proto or bin"), false;
        test.keys.push_back({*found, 0});
        return true;
    }

    /// Parses the key at `at` and advances past it; nullopt when there is none.
    static std::optional<GroupKey::Value> value(Tokens t, std::size_t& at) {
        using Value = GroupKey::Value;
        if (isWord(t[at], "proto")) return ++at, Value::protocol;
        const bool source = isWord(t[at], "src");
        if (!source && !isWord(t[at], "dst")) return {};
        const bool port = isWord(t[at + 1], "port");
        if (!port && !isWord(t[at + 1], "ip")) return {};
        at += 2;
        return port ? (source ? Value::srcPort : Value::dstPort) : source ? Value::src : Value::dst;
    }

    /// distinct(VALUE), with `at` on its first word.
    bool distinct(Tokens t, std::size_t& at, Having& h) {
        if (t[++at].text != "(") return expected(t[at], "`(`"), false;
        h.distinct = value(t, ++at);
        if (!h.distinct) return expected(t[at], "src ip, dst ip, src port, dst port or proto"), false;
        if (t[at].text != ")") return expected(t[at], "`)`"), false;
        return true;
    }

    bool having(Tokens t, std::size_t& at, Test& test) {
        Having h;
        const std::string_view word = t[at].kind == TokenKind::word ? t[at].text : std::string_view();
        const auto slash = word.find('/');
        const auto of = measureOf(word.substr(0, slash));
        const auto per = slash == std::string_view::npos ? std::nullopt : measureOf(word.substr(slash + 1));
        if (isWord(t[at], "distinct")) {
            if (!distinct(t, at, h)) return false;
        } else {
            if (!of || (slash != std::string_view::npos && !per))
                return expected(t[at], "flows, packets, bytes, a ratio such as packets/flows, or distinct(dst ip)"),
                       false;
            h.of = *of;
            h.per = per;
        }
        const auto compare = compareOf(t[++at].text);
        if (!compare) return expected(t[at], "a comparison"), false;
        h.compare = *compare;
        const auto value = wholeNumber<double>(t[++at].text);
        if (!value || !(*value >= 0) || !(*value < 1e18)) return expected(t[at], "a number"), false;
        h.value = *value;
        ++at;
        test.having.push_back(h);
        return true;
    }

    std::string_view text_, source_;
    const flow::FilterTerms& terms_;
    ParsedProfile out_;
    std::size_t line_ = 0, lineAt_ = 0;  ///< number of the line, and its offset in the text
    bool headSeen_ = false;
};

}  // namespace

std::optional<std::int64_t> duration(std::string_view text) {
    if (text.empty()) return {};
    const std::int64_t unit = text.back() == 's'   ? 1
                              : text.back() == 'm' ? 60
                              : text.back() == 'h' ? 3600
                              : text.back() == 'd' ? 86'400
                                                   : 0;
    const auto n = wholeNumber<std::int64_t>(text.substr(0, text.size() - 1));
    if (unit == 0 || !n || *n <= 0 || *n > 36'600) return {};
    return *n * unit * 1'000'000;
}

bool ParsedProfile::good() const {
    return std::none_of(diagnostics.begin(), diagnostics.end(),
                        [](const Diagnostic& d) { return d.severity == Severity::error; });
}

bool Having::holds(const Sums& sums) const {
    const auto part = [&](Measure m) {
        return static_cast<long double>(m == Measure::flows     ? sums.flows
                                        : m == Measure::packets ? sums.packets
                                                                : sums.bytes);
    };
    const long double left = distinct ? static_cast<long double>(sums.distinct[std::size_t(*distinct)]) : part(of),
                      right = static_cast<long double>(value) * (per ? part(*per) : 1.0L);
    switch (compare) {
        case Compare::less: return left < right;
        case Compare::lessEqual: return left <= right;
        case Compare::equal: return left == right;
        case Compare::notEqual: return left != right;
        case Compare::greaterEqual: return left >= right;
        case Compare::greater: return left > right;
    }
    return false;
}

ParsedProfile parseProfile(std::string_view text, const flow::FilterTerms& terms) { return Parser(text, terms).run(); }

}  // namespace weir::score
