// weir-cli check: analyses a rule set without data.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"
#include "core/explain/evasion.h"
#include "core/rules/analysis.h"
#include "core/rules/apart_proof.h"
#include "core/signs/sign_family.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct CheckOptions {
    std::string rules, failOn;
    bool noExclusions = false, proofs = false, evasion = false;
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
    const auto words = [&c](std::uint64_t n) { return c.counted ? Json(n) : Json(nullptr); };
    out["counted"] = c.counted;
    out["admissible"] = words(c.admissible);
    out["conflicting_words"] = words(c.conflictingWords);
    out["unclassified_words"] = words(c.unclassifiedWords);
    out["smallest_unclassified"] = c.unclassifiedWords ? signsJson(c.unclassified, set) : Json(nullptr);
    out["conflicts"] = Json::array();
    for (const rules::RulePair& p : c.conflicts) {
        Json row;
        row["a"] = set.rules[p.a].name;
        row["b"] = set.rules[p.b].name;
        row["words"] = words(p.words);
        row["witness"] = signsJson(p.witness, set);
        out["conflicts"].push_back(std::move(row));
    }
    out["dead"] = ruleList(set, c.dead);
    out["subsumed"] = ruleList(set, c.subsumed);
    out["duplicates"] = ruleList(set, c.duplicates);
    out["never_win"] = Json::array();
    for (const std::size_t k : c.neverWin) out["never_win"].push_back(set.classes[k].name);
    out["unused_signs"] = signsJson(c.unusedSigns, set);
    out["not_decided"] = c.open;
    out["asserts"] = {{"passed", set.asserts.size() - c.failedAsserts.size()}, {"failed", c.failedAsserts.size()}};
    return out;
}

Json proofsJson(const rules::RuleSet& set, const std::vector<rules::ApartPair>& pairs) {
    Json out = Json::array();
    for (const rules::ApartPair& p : pairs) {
        Json row{{"a", set.rules[p.a].name}, {"b", set.rules[p.b].name}};
        row["sign"] = p.why.sign ? Json(rules::signNamesOf(p.why.sign, set.signNames)) : Json(nullptr);
        row["lines"] = rules::linesApart(set, p.why);
        out.push_back(std::move(row));
    }
    return out;
}

void printProofs(std::ostream& out, const rules::RuleSet& set, const std::vector<rules::ApartPair>& pairs) {
    TextTable table({{"rule"}, {"rule"}, {"cannot conflict because"}});
    for (const rules::ApartPair& p : pairs)
        table.add({set.rules[p.a].name, set.rules[p.b].name, rules::reasonApart(set, p)});
    out << '\n';
    table.print(out);
}

Json evasionJson(const rules::RuleSet& set) {
    Json out = Json::array();
    for (std::size_t r = 0; r < set.rules.size(); ++r)
        for (const explain::Evasion& e : explain::evasionsOf(set, r))
            out.push_back({{"rule", set.rules[r].name},
                           {"sign", set.signNames[e.sign]},
                           {"set", e.set},
                           {"cost", e.cost},
                           {"how", e.how},
                           {"then", e.className}});
    return out;
}

void printEvasion(std::ostream& out, const rules::RuleSet& set) {
    TextTable table({{"rule"}, {"class"}, {"cost", true}, {"cheapest evasion"}, {"sign"}, {"then"}});
    for (std::size_t r = 0; r < set.rules.size(); ++r) {
        const auto ways = explain::evasionsOf(set, r);
        const std::string& own = set.classes[set.rules[r].classIndex].name;
        if (ways.empty())
            table.add({set.rules[r].name, own, "-", "no single sign", "", ""});
        else
            table.add({set.rules[r].name, own, std::to_string(ways[0].cost), std::string(ways[0].how),
                       (ways[0].set ? "" : "!") + set.signNames[ways[0].sign], ways[0].className});
    }
    out << '\n';
    table.print(out);
}

void printCheck(Console& console, const rules::RuleSet& set, const rules::Check& c) {
    std::ostream& out = console.out();
    TextTable numbers({{set.name}, {"", true}});
    numbers.add({"rules", grouped(set.rules.size())});
    numbers.add({"possible sign combinations", grouped(c.possible)});
    const auto words = [&c](std::uint64_t n) {
        return c.counted ? grouped(n) : n ? std::string("some") : std::string("none");
    };
    numbers.add({"admissible", c.counted ? grouped(c.admissible) : c.admissible ? "too many to count" : "none"});
    numbers.add({"conflicting", words(c.conflictingWords)});
    numbers.add({"unclassified", words(c.unclassifiedWords)});
    numbers.add({"asserts passed", grouped(set.asserts.size() - c.failedAsserts.size())});
    numbers.add({"asserts failed", grouped(c.failedAsserts.size())});
    numbers.print(out);
    if (!c.conflicts.empty()) {
        TextTable pairs({{"rule"}, {"rule"}, {"combinations", true}, {"example"}});
        for (const rules::RulePair& p : c.conflicts)
            pairs.add({set.rules[p.a].name, set.rules[p.b].name, words(p.words), signsText(p.witness, set)});
        out << '\n';
        pairs.print(out);
    }
    for (const std::size_t r : c.dead)
        out << "rule " << set.rules[r].name << " is dead: no admissible combination of signs matches it\n";
    for (const std::size_t r : c.subsumed)
        out << "rule " << set.rules[r].name << " is subsumed: another rule of its class matches all that it matches\n";
    for (const std::size_t r : c.duplicates)
        out << "rule " << set.rules[r].name << " is a duplicate: an earlier rule has the same signs\n";
    for (const std::size_t k : c.neverWin)
        out << "class " << set.classes[k].name
            << " never gets a flow: classes before it in the order claim all that it claims\n";
    if (c.unusedSigns) out << "no rule uses " << signsText(c.unusedSigns, set) << '\n';
    if (c.open)
        out << "the search reached its limit, undecided cases: " << grouped(c.open)
            << "; conflicts may be missing here. Use fewer user signs, or more one-of and never lines\n";
    for (const std::size_t a : c.failedAsserts)
        out << "line " << set.asserts[a].line << ": assert fails: " << signsText(set.asserts[a].word, set) << " is not "
            << set.asserts[a].className << '\n';
}

int run(const CheckOptions& o, Console& console) {
    const auto text = fileOrShipped("rules", o.rules);
    if (!text) return console.fail(text.error());
    if (!*text) return console.usage("no rule set `" + o.rules + "`: it is neither a file nor a shipped set");
    const session::SignBasis noFlows;
    const rules::Parsed parsed = rules::parseRules(**text, noFlows.vocabulary());
    printDiagnostics(console, o.rules, parsed.diagnostics);
    if (!parsed.good()) return kUsage;
    const rules::Check check = rules::analyse(
        parsed.set, rules::WordSpace::of(parsed.set, unsigned(parsed.set.signNames.size()), o.noExclusions));
    // Without exclusions only signs keep rules apart.
    rules::RuleSet checked = parsed.set;
    if (o.noExclusions) {
        checked.oneOf.clear();
        checked.never.clear();
    }
    const auto apart =
        o.proofs ? rules::pairsApart(checked, unsigned(checked.signNames.size())) : std::vector<rules::ApartPair>();
    if (console.json) {
        Json out = checkJson(parsed.set, check);
        if (o.proofs) out["apart"] = proofsJson(checked, apart);
        if (o.evasion) out["evasion"] = evasionJson(checked);
        console.print(out);
    } else {
        printCheck(console, parsed.set, check);
        if (o.proofs) printProofs(console.out(), checked, apart);
        if (o.evasion) printEvasion(console.out(), checked);
    }
    const bool failed =
        (o.failOn == "conflicts" && check.conflictingWords) || (o.failOn == "unclassified" && check.unclassifiedWords);
    return failed || !check.failedAsserts.empty() ? kCheckSaidNo : kDone;
}

}  // namespace

VerbRun defineCheck(CLI::App& app) {
    auto o = std::make_shared<CheckOptions>();
    app.add_option("RULES", o->rules, "rule set: a file or a shipped set")->required();
    app.add_flag("--no-exclusions", o->noExclusions,
                 "ignore one-of and never: treat every sign combination as possible");
    app.add_flag("--proofs", o->proofs, "show why rules of different classes cannot conflict, for each such pair");
    app.add_flag("--evasion", o->evasion, "show the cheapest sign that a sender can change to evade each rule");
    app.add_option("--fail-on", o->failOn, "exit with 1 if there are such combinations")
        ->check(CLI::IsMember({"conflicts", "unclassified"}));
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
