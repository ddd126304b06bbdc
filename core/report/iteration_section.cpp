// The refinement loop: its iterations, and whether the stop criterion is met.
#include "core/report/registry.h"

#include "core/refine/blame.h"

#include <cstdio>

namespace weir::report {
namespace {

std::string stopText(const std::vector<refine::Iteration>& all) {
    const refine::Iteration& now = all.back();
    for (const refine::Iteration& before : all) {
        if (before.id != now.parent) continue;
        const refine::StopVerdict v = refine::stopCriterion(now, before);
        char text[160];
        std::snprintf(text, sizeof text,
                      "%s: %llu flows in conflict, and the last edit classified another %.2f %% of the one-way flows "
                      "(limit %.1f %%).",
                      v.reached ? "The stop criterion is met" : "The stop criterion is not met",
                      static_cast<unsigned long long>(v.conflicting), v.share * 100,
                      refine::StopVerdict::kSignificant * 100);
        return text;
    }
    return {};
}

}  // namespace

std::optional<Section> iterationSection(const Material& material) {
    if (material.iterations.empty()) return std::nullopt;
    Section out;
    if (const std::string stop = stopText(material.iterations); !stop.empty()) out.blocks.push_back(Paragraph{stop});
    Table table{"iterations",
                "",
                {{"id", "#", Kind::count},
                 {"name", "Rule set"},
                 {"tag", "Tag"},
                 {"time", "Saved (UTC)"},
                 {"conflicting_flows", "Conflicting", Kind::count},
                 {"unclassified_flows", "Unclassified", Kind::count},
                 {"one_way", "One-way flows", Kind::count},
                 {"edit", "Edit"}},
                {}};
    Chart chart{Chart::Form::lines,
                "Conflicting and unclassified flows",
                "",
                {},
                {{"conflicting", {}}, {"unclassified", {}}},
                false};
    for (const refine::Iteration& i : material.iterations) {
        table.rows.push_back(
            {Cell(i.id), i.name, i.tag, i.time, cell(i.conflicting), cell(i.unclassified), cell(i.oneWay), i.edit});
        chart.categories.push_back(std::to_string(i.id) + (i.tag.empty() ? "" : " " + i.tag));
        chart.series[0].values.push_back(double(i.conflicting));
        chart.series[1].values.push_back(double(i.unclassified));
    }
    out.blocks.push_back(std::move(chart));
    out.blocks.push_back(std::move(table));
    return out;
}

}  // namespace weir::report
