// weir-cli signs: lists the observed sign combinations.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct SignsOptions {
    ProjectOptions project;
    RuleOptions rules;
};

Json combinationsJson(const session::Judgement& j) {
    Json out;
    out["observed"] = j.tally.size();
    out["combinations"] = Json::array();
    for (std::size_t i = 0; i < j.tally.size(); ++i) {
        const tally::WordCount& w = j.tally[i];
        Json row;
        row["signs"] = signsJson(w.word, j.parsed.set);
        row["flows"] = w.flows;
        row["packets"] = w.packets;
        row["bytes"] = w.bytes;
        row["class"] = j.className(j.classes.verdicts[i].classIndex);
        row["rules"] = ruleNamesJson(j.parsed.set, rules::matchingRules(j.parsed.set, w.word));
        out["combinations"].push_back(std::move(row));
    }
    return out;
}

void printCombinations(Console& console, const session::Judgement& j) {
    TextTable t({{"flows", true}, {"share", true}, {"cumulative", true}, {"class"}, {"rules"}, {"signs"}});
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < j.tally.size(); ++i) {
        const tally::WordCount& w = j.tally[i];
        sum += w.flows;
        t.add({grouped(w.flows), percent(w.flows, j.classes.oneWay.flows), percent(sum, j.classes.oneWay.flows),
               j.className(j.classes.verdicts[i].classIndex),
               ruleNamesText(j.parsed.set, rules::matchingRules(j.parsed.set, w.word)),
               signsText(w.word, j.parsed.set)});
    }
    t.print(console.out());
    console.out() << counted(j.tally.size(), "combination", "combinations") << '\n';
}

int run(const SignsOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    if (console.json)
        console.print(combinationsJson(*judged->judgement));
    else
        printCombinations(console, *judged->judgement);
    return kDone;
}

}  // namespace

VerbRun defineSigns(CLI::App& app) {
    auto o = std::make_shared<SignsOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, true);
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
