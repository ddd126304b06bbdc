// Champion and challenger: which flows change their class.
#include "core/report/registry.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>

namespace weir::report {

std::optional<Section> comparisonSection(const Material& material) {
    if (!material.comparison) return std::nullopt;
    const Comparison& c = *material.comparison;
    const compare::Migration& m = *c.migration;
    const std::uint64_t all = m.changed.flows + m.unchanged.flows;
    Section out;
    out.blocks.push_back(Paragraph{"From " + c.champion + " to " + c.challenger + ": " +
                                   counted(m.changed.flows, "flow changes its", "flows change their") + " class, " +
                                   counted(m.unchanged.flows, "keeps it", "keep it") + "."});
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> sums;
    Table moves{"migration",
                "Flows by old and new class",
                {{"from", "From", Kind::name},
                 {"to", "To", Kind::name},
                 {"flows", "Flows", Kind::count},
                 {"share", "Share", Kind::share},
                 {"packets", "Packets", Kind::count},
                 {"bytes", "Bytes", Kind::count}},
                {}};
    for (const compare::Cell& cell : m.cells) {
        moves.rows.push_back({m.from[cell.from], m.to[cell.to], report::cell(cell.sums.flows),
                              share(cell.sums.flows, all), report::cell(cell.sums.packets),
                              report::cell(cell.sums.bytes)});
        sums[m.from[cell.from]].first += cell.sums.flows;
        sums[m.to[cell.to]].second += cell.sums.flows;
    }
    Chart bars{Chart::Form::bars, "Flows by class", "", {}, {{c.champion, {}}, {c.challenger, {}}}, false};
    std::vector<std::string> names = m.from;
    for (const std::string& name : m.to)
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    for (const std::string& name : names) {
        bars.categories.push_back(name);
        bars.series[0].values.push_back(double(sums[name].first));
        bars.series[1].values.push_back(double(sums[name].second));
    }
    out.blocks.push_back(std::move(bars));
    out.blocks.push_back(std::move(moves));
    const std::string over = c.proof->counted ? "all " + grouped(c.proof->words) + " admissible combinations of signs"
                                              : std::string("all admissible combinations of signs");
    if (c.proof->open != 0)
        out.blocks.push_back(
            Paragraph{"The search reached its limit, undecided cases: " + grouped(c.proof->open) +
                      ". More may change than is listed here; use fewer user signs, or more one-of and never lines."});
    else if (c.unseen.empty())
        out.blocks.push_back(Paragraph{"Nothing else can change: proven over " + over + "."});
    if (c.unseen.empty()) return out;
    Table unseen{"unseen",
                 "Possible but not observed",
                 {{"from", "From", Kind::name},
                  {"to", "To", Kind::name},
                  {"combinations", "Combinations", Kind::count},
                  {"witness", "Example"}},
                 {},
                 "Of " + over + "."};
    for (const compare::Move& move : c.unseen)
        unseen.rows.push_back({move.from, move.to, c.proof->counted ? report::cell(move.words) : Cell(),
                               rules::signNamesOf(move.witness, c.was->signNames)});
    out.blocks.push_back(std::move(unseen));
    return out;
}

}  // namespace weir::report
