// Declares user signs: a name, a bit, and a filter, which is checked if the vocabulary has terms.
#include "core/rules/user_sign_line.h"

#include "core/flow/filter_parser.h"
#include "core/rules/rule_parser.h"
#include "core/rules/sign_names.h"

#include <algorithm>

namespace weir::rules {
namespace {

constexpr std::string_view kKeyword = "sign";
constexpr std::string_view kBlanks = " \t";

/// Position after the keyword; npos when the line does not begin with it.
std::size_t behindKeyword(std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(kBlanks), line.size());
    if (!line.substr(begin).starts_with(kKeyword)) return std::string_view::npos;
    const std::size_t end = begin + kKeyword.size();
    return end == line.size() || kBlanks.find(line[end]) != std::string_view::npos ? end : std::string_view::npos;
}

/// The filter without its comment and without blanks at either end.
std::string_view withoutComment(std::string_view filter) {
    bool quoted = false;
    for (std::size_t i = 0; i < filter.size(); ++i) {
        if (filter[i] == '"') quoted = !quoted;
        if (filter[i] == '#' && !quoted) filter = filter.substr(0, i);
    }
    const std::size_t end = filter.find_last_not_of(kBlanks);
    return filter.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

}  // namespace

bool isUserSign(std::string_view line) {
    const std::size_t end = behindKeyword(line);
    if (end == std::string_view::npos) return false;
    const std::size_t next = line.find_first_not_of(kBlanks, end);
    return next == std::string_view::npos || line[next] != ':';
}

void RuleParser::readUserSign(std::string_view line) {
    const std::size_t equals = std::min(line.find('='), line.size());
    if (!lexLine(line.substr(0, equals), line_, tokens_, out_.diagnostics)) return;
    if (tokens_.size() < 2 || tokens_[1].kind != TokenKind::word)
        return expected(Tokens(tokens_).subspan(1), tokens_[0], "the name of a sign");
    const Token name = tokens_[1];
    if (tokens_.size() > 2 || equals == line.size()) {
        userSigns_.push_back(name.text);
        return expected(Tokens(tokens_).subspan(2), name, "`=` and a filter: `sign NAME = FILTER`");
    }
    if (!nameUserSign(name)) return;
    const std::size_t begin = std::min(line.find_first_not_of(kBlanks, equals + 1), line.size());
    const std::string_view filter = withoutComment(line.substr(begin));
    if (filter.empty()) {
        userSigns_.push_back(name.text);
        return error({TokenKind::word, equals + 2, 1, {}},
                     std::string("expected a filter after `=`, found the end of the line"));
    }
    readFilter(name, filter, begin);
}

/// Returns false, with a diagnostic, when a sign cannot have that name.
bool RuleParser::nameUserSign(const Token& name) {
    const std::string quoted = std::string("`").append(name.text).append("`");
    if (findName(vocabulary_.builtIn, name.text)) {
        error(name, std::string(quoted).append(" is a built-in sign; expected another name"));
        return false;
    }
    for (const UserSign& other : out_.set.userSigns)
        if (other.name == name.text) {
            error(name, std::string("sign ")
                            .append(quoted)
                            .append(" is already declared in line ")
                            .append(std::to_string(other.line)));
            return false;
        }
    return true;
}

void RuleParser::readFilter(const Token& name, std::string_view filter, std::size_t offset) {
    if (vocabulary_.terms) {
        for (Diagnostic d : flow::parseFilter(filter, *vocabulary_.terms).diagnostics) {
            d.line = line_;
            d.column += offset;
            out_.diagnostics.push_back(std::move(d));
        }
    }
    UserSign sign{std::string(name.text), std::string(filter), 0, line_};
    const auto same = std::find_if(vocabulary_.known.begin(), vocabulary_.known.end(),
                                   [&](const UserSign& k) { return k.name == sign.name && k.filter == sign.filter; });
    if (same != vocabulary_.known.end()) {
        sign.bit = same->bit;
    } else {
        Word taken = 0;
        for (const UserSign& k : vocabulary_.known) taken |= Word{1} << k.bit;
        for (const UserSign& k : out_.set.userSigns) taken |= Word{1} << k.bit;
        sign.bit = unsigned(vocabulary_.builtIn.size());
        while (sign.bit < 64 && (taken >> sign.bit & 1) != 0) ++sign.bit;
    }
    if (sign.bit >= 64) {
        userSigns_.push_back(name.text);
        return error(name,
                     "there can be at most 64 signs, including the built-in ones and those of compared rule sets");
    }
    if (signNames_.size() <= sign.bit) signNames_.resize(sign.bit + 1);
    signNames_[sign.bit] = name.text;
    out_.set.userSigns.push_back(std::move(sign));
}

}  // namespace weir::rules
