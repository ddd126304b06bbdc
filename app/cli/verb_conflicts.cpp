// weir-cli conflicts: lists the flows that several classes claim.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"
#include "core/session/verbs/asserts.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct ConflictsOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string failOn;
};

Json reportJson(const session::Judgement& j) {
    const conflict::Report& r = j.conflicts;
    Json out;
    out["possible"] = j.check.counted ? Json(r.possible) : Json(nullptr);
    out["admissible"] = j.check.counted ? Json(r.admissible) : Json(nullptr);
    out["observed"] = r.observed;
    out["conflicting_flows"] = r.conflictingFlows;
    out["unclassified_flows"] = r.unclassifiedFlows;
    out["pairs"] = Json::array();
    for (const conflict::ClassPair& p : r.pairs) {
        if (p.flows == 0) continue;
        Json pair;
        pair["a"] = j.className(p.a);
        pair["b"] = j.className(p.b);
        pair["flows"] = p.flows;
        pair["packets"] = p.packets;
        pair["bytes"] = p.bytes;
        pair["combinations"] = Json::array();
        for (const std::uint32_t c : p.combinations) {
            Json row;
            row["signs"] = signsJson(j.tally[c].word, j.parsed.set);
            row["flows"] = j.tally[c].flows;
            row["rules"] = ruleNamesJson(j.parsed.set, rules::matchingRules(j.parsed.set, j.tally[c].word));
            pair["combinations"].push_back(std::move(row));
        }
        out["pairs"].push_back(std::move(pair));
    }
    out["unclassified"] = Json::array();
    for (const std::uint32_t c : r.unclassified) {
        Json row;
        row["signs"] = signsJson(j.tally[c].word, j.parsed.set);
        row["flows"] = j.tally[c].flows;
        out["unclassified"].push_back(std::move(row));
    }
    out["violations"] = Json::array();
    for (const conflict::Violation& v : r.violations) {
        Json row{{"line", v.line}, {"flows", v.flows}, {"combinations", Json::array()}};
        for (const std::uint32_t c : v.combinations)
            row["combinations"].push_back(
                Json{{"signs", signsJson(j.tally[c].word, j.parsed.set)}, {"flows", j.tally[c].flows}});
        out["violations"].push_back(std::move(row));
    }
    return out;
}

void printReport(Console& console, const session::Judgement& j) {
    const conflict::Report& r = j.conflicts;
    std::ostream& out = console.out();
    const std::string rest = j.check.counted
                                 ? grouped(r.admissible) + " admissible, " + grouped(r.possible) + " possible"
                                 : std::string("too many admissible to count");
    for (const Diagnostic& d : session::brokenDeclarations(j)) out << "line " << d.line << ": " << d.message << '\n';
    out << "sign combinations: " << grouped(r.observed) << " observed, " << rest << '\n'
        << grouped(r.conflictingFlows) << " conflicting and " << grouped(r.unclassifiedFlows) << " unclassified of "
        << grouped(r.oneWayFlows) << " one-way flows\n";
    TextTable pairs({{"class"}, {"class"}, {"flows", true}, {"share", true}, {"rules"}, {"signs"}});
    for (const conflict::ClassPair& p : r.pairs) {
        if (p.flows == 0) {
            pairs.add({j.className(p.a), j.className(p.b), "0", "-", "",
                       j.check.counted ? "could conflict in " +
                                             counted(p.possibleWords, "combination", "combinations") + ", none observed"
                                       : std::string("could conflict, not observed")});
            continue;
        }
        pairs.add({j.className(p.a), j.className(p.b), grouped(p.flows), percent(p.flows, r.oneWayFlows), "", ""});
        for (const std::uint32_t c : p.combinations)
            pairs.add({"", "", grouped(j.tally[c].flows), percent(j.tally[c].flows, r.oneWayFlows),
                       ruleNamesText(j.parsed.set, rules::matchingRules(j.parsed.set, j.tally[c].word)),
                       signsText(j.tally[c].word, j.parsed.set)});
    }
    out << '\n';
    if (pairs.empty())
        out << (j.check.open ? "no conflicts\n" : "no conflicts, and none are possible\n");
    else
        pairs.print(out);
    if (r.unclassified.empty()) return;
    TextTable unclassified({{"unclassified", true}, {"share", true}, {"signs"}});
    for (const std::uint32_t c : r.unclassified)
        unclassified.add({grouped(j.tally[c].flows), percent(j.tally[c].flows, r.oneWayFlows),
                          signsText(j.tally[c].word, j.parsed.set)});
    out << '\n';
    unclassified.print(out);
}

int run(const ConflictsOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const session::Judgement& j = *judged->judgement;
    if (console.json)
        console.print(reportJson(j));
    else
        printReport(console, j);
    const bool failed = (o.failOn == "conflicts" && j.conflicts.conflictingFlows) ||
                        (o.failOn == "unclassified" && j.conflicts.unclassifiedFlows) ||
                        (o.failOn == "violations" && !j.conflicts.violations.empty());
    return failed ? kCheckSaidNo : kDone;
}

}  // namespace

VerbRun defineConflicts(CLI::App& app) {
    auto o = std::make_shared<ConflictsOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, true);
    app.add_option("--fail-on", o->failOn,
                   "exit with 1 if there are such flows; violations: flows that break a one-of or never line")
        ->check(CLI::IsMember({"conflicts", "unclassified", "violations"}));
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
