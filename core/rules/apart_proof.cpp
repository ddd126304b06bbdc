// Runs word_search for each pair.
#include "core/rules/apart_proof.h"

#include "core/rules/text_edits.h"

#include <algorithm>

namespace weir::rules {
namespace {

bool signDecides(const Rule& a, const Rule& b) { return ((a.must & b.mustNot) | (b.must & a.mustNot)) != 0; }

}  // namespace

std::vector<ApartPair> pairsApart(const RuleSet& set, unsigned bits) {
    std::vector<ApartPair> out;
    for (std::size_t a = 0; a < set.rules.size(); ++a) {
        for (std::size_t b = a + 1; b < set.rules.size(); ++b) {
            if (set.rules[a].classIndex == set.rules[b].classIndex) continue;
            if (auto why = whyApart(set, set.rules[a], set.rules[b], bits)) out.push_back({a, b, std::move(*why)});
        }
    }
    return out;
}

ClassesApart classesApart(const RuleSet& set, unsigned bits, std::uint16_t classA, std::uint16_t classB,
                          std::size_t mostSearches) {
    ClassesApart out;
    std::size_t searches = 0;
    for (std::size_t a = 0; a < set.rules.size(); ++a) {
        for (std::size_t b = a + 1; b < set.rules.size(); ++b) {
            const std::uint16_t ca = set.rules[a].classIndex, cb = set.rules[b].classIndex;
            if (!((ca == classA && cb == classB) || (ca == classB && cb == classA))) continue;
            if (!signDecides(set.rules[a], set.rules[b]) && ++searches > mostSearches) {
                out.complete = false;
                continue;
            }
            if (auto why = whyApart(set, set.rules[a], set.rules[b], bits))
                out.pairs.push_back({a, b, std::move(*why)});
        }
    }
    return out;
}

std::vector<std::size_t> linesApart(const RuleSet& set, const Apart& why) {
    std::vector<std::size_t> lines;
    for (const std::size_t i : why.oneOf)
        if (i < set.oneOfLines.size()) lines.push_back(set.oneOfLines[i]);
    for (const std::size_t i : why.never) lines.push_back(set.never[i].line);
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

std::string reasonApart(const RuleSet& set, const ApartPair& pair) {
    const Rule &a = set.rules[pair.a], &b = set.rules[pair.b];
    std::string out;
    if (pair.why.sign != 0) {
        const bool first = (a.must & pair.why.sign) != 0;
        return out.append("rule ")
            .append(first ? a.name : b.name)
            .append(" requires ")
            .append(signNamesOf(pair.why.sign, set.signNames))
            .append(", rule ")
            .append(first ? b.name : a.name)
            .append(" forbids it");
    }
    out.append("rules ").append(a.name).append(" and ").append(b.name).append(": ruled out by ");
    bool more = false;
    for (const std::size_t line : linesApart(set, pair.why)) {
        out.append(more ? " and line " : "line ")
            .append(std::to_string(line))
            .append(" (")
            .append(statementAt(set.text, line))
            .append(")");
        more = true;
    }
    return out;
}

}  // namespace weir::rules
