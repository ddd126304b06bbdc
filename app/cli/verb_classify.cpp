// weir-cli classify: classifies the one-way flows.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct ClassifyOptions {
    ProjectOptions project;
    RuleOptions rules;
};

Json classesJson(const session::Judgement& j) {
    const rules::RuleSet& set = j.parsed.set;
    const classify::Classification& c = j.classes;
    Json out;
    out["rule_set"] = set.name;
    out["one_way"] = c.oneWay.flows;
    out["conflicting"] = c.conflicting;
    out["unclassified"] = c.unclassified;
    out["classes"] = Json::array();
    for (const std::uint16_t index : set.order) {
        const classify::ClassTotal& t = c.classes[index];
        Json row;
        row["class"] = set.classes[index].name;
        row["flows"] = t.flows;
        row["packets"] = t.packets;
        row["bytes"] = t.bytes;
        const auto part = share(t.flows, c.oneWay.flows);
        row["share"] = part ? Json(*part) : Json(nullptr);
        out["classes"].push_back(std::move(row));
    }
    out["rules"] = Json::array();
    for (std::size_t r = 0; r < set.rules.size(); ++r) {
        Json row;
        row["rule"] = set.rules[r].name;
        row["class"] = set.classes[set.rules[r].classIndex].name;
        row["flows"] = c.ruleFlows[r];
        out["rules"].push_back(std::move(row));
    }
    return out;
}

void printClasses(Console& console, const session::Judgement& j) {
    const rules::RuleSet& set = j.parsed.set;
    const classify::Classification& c = j.classes;
    TextTable t({{"class"}, {"flows", true}, {"share", true}, {"packets", true}, {"bytes", true}, {"rules"}});
    const auto add = [&](const std::string& name, const classify::ClassTotal& total, std::string rules) {
        t.add({name, grouped(total.flows), percent(total.flows, c.oneWay.flows), grouped(total.packets),
               grouped(total.bytes), std::move(rules)});
    };
    for (const std::uint16_t index : set.order) {
        std::string rules;
        for (std::size_t r = 0; r < set.rules.size(); ++r)
            if (set.rules[r].classIndex == index && c.ruleFlows[r])
                rules += (rules.empty() ? "" : ", ") + set.rules[r].name + ": " + grouped(c.ruleFlows[r]);
        add(set.classes[index].name, c.classes[index], rules);
    }
    add("Other", c.classes.back(), "");
    add("one-way flows", c.oneWay, "");
    console.out() << "rule set " << set.name << '\n';
    t.print(console.out());
    console.out() << grouped(c.conflicting) << " conflicting, " << grouped(c.unclassified) << " unclassified\n";
}

int run(const ClassifyOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    if (console.json)
        console.print(classesJson(*judged->judgement));
    else
        printClasses(console, *judged->judgement);
    return kDone;
}

}  // namespace

VerbRun defineClassify(CLI::App& app) {
    auto o = std::make_shared<ClassifyOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, true);
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
