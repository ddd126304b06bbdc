// Classes and rules with the flows that they get.
#include "core/report/registry.h"

namespace weir::report {
namespace {

std::string className(const rules::RuleSet& set, std::size_t c) {
    return c < set.classes.size() ? set.classes[c].name : "Other";
}

}  // namespace

std::optional<Section> classSection(const Material& material) {
    if (!material.rules) return std::nullopt;
    const rules::RuleSet& set = *material.rules->set;
    const classify::Classification& c = *material.rules->classes;
    Section out;
    out.blocks.push_back(
        Paragraph{"Rule set " + set.name + " on " + counted(c.oneWay.flows, "one-way flow", "one-way flows") + ": " +
                  counted(c.conflicting, "is", "are") +
                  " claimed by several classes (each counts once, by the order of the classes), " +
                  counted(c.unclassified, "is", "are") + " unclassified (Other). Shares are of the one-way flows."});
    Table classes{"classes",
                  "Flows by class",
                  {{"class", "Class", Kind::name},
                   {"flows", "Flows", Kind::count},
                   {"share", "Share", Kind::share},
                   {"packets", "Packets", Kind::count},
                   {"bytes", "Bytes", Kind::count},
                   {"attack", "ATT&CK"}},
                  {}};
    Chart chart{Chart::Form::bars, "Flows by class", "", {}, {{"flows", {}}}, true};
    std::vector<std::size_t> order(set.order.begin(), set.order.end());
    order.push_back(set.classes.size());
    for (const std::size_t k : order) {
        const classify::ClassTotal& t = c.classes[k];
        classes.rows.push_back({className(set, k), cell(t.flows), share(t.flows, c.oneWay.flows), cell(t.packets),
                                cell(t.bytes), k < set.classes.size() ? set.classes[k].attackId : std::string()});
        chart.categories.push_back(className(set, k));
        chart.series[0].values.push_back(double(t.flows));
    }
    out.blocks.push_back(std::move(classes));
    out.blocks.push_back(std::move(chart));
    Table rules{
        "rules",
        "Flows by rule",
        {{"rule", "Rule"},
         {"class", "Class", Kind::name},
         {"flows", "Flows", Kind::count},
         {"share", "Share of class", Kind::share},
         {"matches", "Matches", Kind::count}},
        {},
        "A flow is assigned to the first matching rule of its class; matches counts every flow that the rule matches."};
    for (std::size_t r = 0; r < set.rules.size(); ++r) {
        const std::size_t k = set.rules[r].classIndex;
        rules.rows.push_back({set.rules[r].name, className(set, k), cell(c.ruleFlows[r]),
                              share(c.ruleFlows[r], c.classes[k].flows), cell(c.ruleMatches[r])});
    }
    out.blocks.push_back(std::move(rules));
    return out;
}

}  // namespace weir::report
