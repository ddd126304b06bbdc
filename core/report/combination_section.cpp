// The sign-combination table.
#include "core/report/registry.h"

namespace weir::report {
namespace {

constexpr std::size_t kMaxCombinationRows = 200;

}  // namespace

std::optional<Section> combinationSection(const Material& material) {
    if (!material.rules) return std::nullopt;
    const Rules& r = *material.rules;
    Section out;
    out.blocks.push_back(Paragraph{counted(r.tally.size(), "combination", "combinations") + " of signs in " +
                                   counted(r.classes->oneWay.flows, "one-way flow", "one-way flows") + "; " +
                                   counted(r.conflicts->observedCovering99, "covers", "cover") + " 99 % of them."});
    Table table{"combinations",
                "",
                {{"flows", "Flows", Kind::count},
                 {"share", "Share", Kind::share},
                 {"cumulative", "Cumulative", Kind::share},
                 {"class", "Class", Kind::name},
                 {"rules", "Rules"},
                 {"signs", "Signs"}},
                {}};
    std::uint64_t sum = 0, shownFlows = 0;
    for (std::size_t i = 0; i < r.tally.size(); ++i) {
        const tally::WordCount& w = r.tally[i];
        sum += w.flows;
        if (i >= kMaxCombinationRows) continue;
        shownFlows = sum;
        std::string rules;
        for (const rules::Rule& rule : r.set->rules)
            if (rule.matches(w.word)) rules.append(rules.empty() ? "" : ", ").append(rule.name);
        const std::uint16_t k = r.classes->verdicts[i].classIndex;
        table.rows.push_back({cell(w.flows), share(w.flows, r.classes->oneWay.flows),
                              share(sum, r.classes->oneWay.flows),
                              k < r.set->classes.size() ? r.set->classes[k].name : "Other", rules,
                              rules::signNamesOf(w.word, r.set->signNames)});
    }
    if (r.tally.size() > kMaxCombinationRows)
        table.note = counted(r.tally.size() - kMaxCombinationRows, "rarer combination", "rarer combinations") +
                     " with " + counted(sum - shownFlows, "flow", "flows") + " not shown.";
    out.blocks.push_back(std::move(table));
    return out;
}

}  // namespace weir::report
