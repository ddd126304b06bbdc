// weir-cli check: static analysis of a rule set.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"
#include "core/rules/analysis.h"
#include "core/signs/sign_word.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct Options {
    std::string rules, failOn;
    bool noExclusions = false;
};

Json ruleList(const rules::RuleSet& set, const std::vector<std::size_t>& rules) {
    Json names = Json::array();
    for (const std::size_t r : rules) names.push_back(set.rules[r].name);
    return names;
}

Json checkJson(const rules::RuleSet& set, const rules::Check& c) {
    Json out;
    out["rules"] = set.rules.size();
    out["possible"] = c.possible;
    out["admissible"] = c.admissible;
    out["conflicting_words"] = c.conflictingWords;
    out["unclassified_words"] = c.unclassifiedWords;
    out["conflicts"] = Json::array();
    for (const rules::RulePair& p : c.conflicts) {
        Json row;
        row["a"] = set.rules[p.a].name;
        row["b"] = set.rules[p.b].name;
        row["words"] = p.words;
        row["witness"] = signsJson(p.witness);
        out["conflicts"].push_back(std::move(row));
    }
    out["dead"] = ruleList(set, c.dead);
    out["subsumed"] = ruleList(set, c.subsumed);
    out["asserts"] = {{"passed", set.asserts.size() - c.failedAsserts.size()}, {"failed", c.failedAsserts.size()}};
    return out;
}

void printCheck(Console& console, const rules::RuleSet& set, const rules::Check& c) {
    std::ostream& out = console.out();
    TextTable numbers({{set.name}, {"", true}});
    numbers.add({"rules", grouped(set.rules.size())});
    numbers.add({"possible sign combinations", grouped(c.possible)});
    numbers.add({"admissible", grouped(c.admissible)});
    numbers.add({"conflicting", grouped(c.conflictingWords)});
    numbers.add({"unclassified", grouped(c.unclassifiedWords)});
    numbers.add({"assertions passed", grouped(set.asserts.size() - c.failedAsserts.size())});
    numbers.add({"assertions failed", grouped(c.failedAsserts.size())});
    numbers.print(out);
    if (!c.conflicts.empty()) {
        TextTable pairs({{"rule"}, {"rule"}, {"combinations", true}, {"smallest"}});
        for (const rules::RulePair& p : c.conflicts) pairs.add({set.rules[p.a].name, set.rules[p.b].name, grouped(p.words), signsText(p.witness)});
        out << '\n';
        pairs.print(out);
    }
    for (const std::size_t r : c.dead) out << "rule " << set.rules[r].name << " is dead: it matches no admissible combination\n";
    for (const std::size_t r : c.subsumed) out << "rule " << set.rules[r].name << " is subsumed by another rule of its class\n";
    for (const std::size_t a : c.failedAsserts) out << "line " << set.asserts[a].line << ": assertion failed (" << signsText(set.asserts[a].word) << " is not "
                                                    << set.asserts[a].className << ")\n";
}

int run(const Options& o, Console& console) {
    const auto text = fileOrShipped("rules", o.rules);
    if (!text) return console.fail(text.error());
    if (!*text) return console.usage("no rule set `" + o.rules + "`: neither a file nor shipped");
    const rules::Parsed parsed = rules::parseRules(**text, session::signNames());
    printDiagnostics(console, o.rules, parsed.diagnostics);
    if (!parsed.good()) return kUsage;
    const auto words = rules::admissibleWords(parsed.set, signs::kSignCount, o.noExclusions);
    const rules::Check check = rules::analyse(parsed.set, words, std::uint64_t{1} << signs::kSignCount);
    if (console.json) console.print(checkJson(parsed.set, check));
    else printCheck(console, parsed.set, check);
    const bool said = (o.failOn == "conflicts" && check.conflictingWords) || (o.failOn == "unclassified" && check.unclassifiedWords);
    return said || !check.failedAsserts.empty() ? kCheckSaidNo : kDone;
}

}  // namespace

VerbRun defineCheck(CLI::App& app) {
    auto o = std::make_shared<Options>();
    app.add_option("RULES", o->rules, "a rule-set file or the name of a shipped set")->required();
    app.add_flag("--no-exclusions", o->noExclusions, "take every sign combination as possible");
    app.add_option("--fail-on", o->failOn, "exit with 1 when there are such combinations")->check(CLI::IsMember({"conflicts", "unclassified"}));
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
