// Reads the static check.
#include "core/session/verbs/asserts.h"

#include "core/base/text.h"

#include <algorithm>

namespace weir::session {

AssertCoverage assertCoverage(const Judgement& j) {
    AssertCoverage out;
    const auto& asserts = j.parsed.set.asserts;
    out.asserts = asserts.size();
    out.failed = j.check.failedAsserts.size();
    std::vector<rules::Word> words;
    for (const rules::Assertion& a : asserts) words.push_back(a.word);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const rules::Word w : words) {
        const auto row = j.index ? j.index->rowOf(w) : std::nullopt;
        if (!row) continue;
        ++out.combinations;
        out.flows += j.tally[*row].flows;
    }
    return out;
}

Diagnostics failedAsserts(const Judgement& j) {
    Diagnostics out;
    for (const std::size_t i : j.check.failedAsserts) {
        const rules::Assertion& a = j.parsed.set.asserts[i];
        const int rule = rules::ruleOf(j.parsed.set, a.word);
        std::string message = "assert fails: expected " + a.className + ", the rules say ";
        if (rule < 0)
            message += "Other";
        else
            message += j.parsed.set.classes[j.parsed.set.rules[std::size_t(rule)].classIndex].name + " by rule " +
                       j.parsed.set.rules[std::size_t(rule)].name;
        out.push_back({Severity::warning, a.line, 1, 6, std::move(message), {}});
    }
    return out;
}

Diagnostics brokenDeclarations(const Judgement& j) {
    Diagnostics out;
    for (const conflict::Violation& v : j.conflicts.violations) {
        std::string message = grouped(v.flows);
        message.append(v.flows == 1 ? " flow violates" : " flows violate")
            .append(" this line, so it proves nothing; most frequent: ");
        message.append(rules::signNamesOf(j.tally[v.combinations.front()].word, j.parsed.set.signNames));
        out.push_back({Severity::warning, v.line, 1, 5, std::move(message), {}});
    }
    return out;
}

}  // namespace weir::session
