// The tables and figures of the scoring framework: codes, combinations by badness, top sources, top ports.
#include "core/report/registry.h"

#include "core/score/overlap.h"

namespace weir::report {
namespace {

constexpr std::size_t kMaxScoreRows = 100;

std::string codesText(const score::Profile& profile, std::uint64_t word) {
    std::string out;
    for (const std::string& code : score::codesOf(profile, word)) out.append(out.empty() ? "" : ", ").append(code);
    return out;
}

void addCodes(const Scores& s, Section& out) {
    Table table{"codes",
                "Records per code",
                {{"code", "Code"},
                 {"kind", "Kind"},
                 {"points", "Points", Kind::count},
                 {"flows", "Records", Kind::count},
                 {"share", "Share", Kind::share}},
                {},
                "A record counts once for each of its codes, and each of its directions separately."};
    Chart chart{Chart::Form::bars, "Records per code", "", {}, {{"records", {}}}, false};
    const auto flows = score::flowsPerCode(*s.profile, s.words);
    for (std::size_t t = 0; t < flows.size(); ++t) {
        const score::Test& test = s.profile->tests[t];
        table.rows.push_back({test.code, std::string(test.kind == score::Kind::good ? "good" : "bad"),
                              Cell(std::int64_t(test.points)), cell(flows[t]), share(flows[t], s.scored)});
        chart.categories.push_back(test.code);
        chart.series[0].values.push_back(double(flows[t]));
    }
    out.blocks.push_back(std::move(chart));
    out.blocks.push_back(std::move(table));
}

void addCombinations(const Scores& s, Section& out) {
    const score::Overlap overlap(s.profile->tests.size(), s.words);
    Table table{"combinations",
                "Code combinations, worst first",
                {{"badness", "Badness", Kind::count},
                 {"discounted", "Discounted"},
                 {"goodness", "Goodness", Kind::count},
                 {"flows", "Records", Kind::count},
                 {"share", "Share", Kind::share},
                 {"codes", "Codes"}},
                {}};
    const auto ranked = score::ranked(*s.profile, s.words);
    for (std::size_t i = 0; i < std::min(ranked.size(), kMaxScoreRows); ++i)
        table.rows.push_back({Cell(std::int64_t(ranked[i].points.badness)),
                              Cell(score::discountedBadness(*s.profile, overlap, ranked[i].count.word)),
                              Cell(std::int64_t(ranked[i].points.goodness)), cell(ranked[i].count.flows),
                              share(ranked[i].count.flows, s.scored), codesText(*s.profile, ranked[i].count.word)});
    if (ranked.size() > kMaxScoreRows)
        table.note =
            counted(ranked.size() - kMaxScoreRows, "combination", "combinations") + " with less badness not shown.";
    out.blocks.push_back(std::move(table));
}

void addBadness(const Scores& s, Section& out) {
    Table table{"badness",
                "Records by badness",
                {{"score", "Badness", Kind::count}, {"flows", "Records", Kind::count}, {"share", "Share", Kind::share}},
                {}};
    Chart chart{Chart::Form::bars, "Records by badness", "", {}, {{"records", {}}}, false};
    for (const auto& [badness, flows] : score::flowsPerBadness(*s.profile, s.words)) {
        table.rows.push_back({Cell(std::int64_t(badness)), cell(flows), share(flows, s.scored)});
        chart.categories.push_back(std::to_string(badness));
        chart.series[0].values.push_back(double(flows));
    }
    out.blocks.push_back(std::move(chart));
    out.blocks.push_back(std::move(table));
}

void addTops(const Scores& s, Section& out) {
    std::size_t number = 0;
    for (const CodeTop& top : s.tops) {
        const std::string title = "Top " + top.element + " of " + top.code;
        Table table{"top_" + std::to_string(++number),
                    title,
                    {{"value", top.element.substr(0, top.element.find(' ')) == "source" ? "Source" : "Port"},
                     {"flows", "Records", Kind::count},
                     {"share", "Share", Kind::share}},
                    {}};
        Chart chart{Chart::Form::bars, title, "records", {}, {{"records", {}}}, false};
        for (const auto& [value, flows] : top.values) {
            table.rows.push_back({value, cell(flows), share(flows, top.flows)});
            chart.categories.push_back(value);
            chart.series[0].values.push_back(double(flows));
        }
        if (top.distinct > top.values.size())
            table.note = "Of " + counted(top.distinct, "value", "values") + " in " +
                         counted(top.flows, "record", "records") + ".";
        out.blocks.push_back(std::move(chart));
        out.blocks.push_back(std::move(table));
    }
}

}  // namespace

std::optional<Section> scoreSection(const Material& material) {
    if (!material.scores) return std::nullopt;
    const Scores& s = *material.scores;
    Section out;
    out.blocks.push_back(Paragraph{"Score profile " + s.profile->name + ": " +
                                   counted(s.scored, "record is", "records are") + " scored."});
    addCodes(s, out);
    addCombinations(s, out);
    addBadness(s, out);
    addTops(s, out);
    if (s.silenced.empty()) return out;
    Table silenced{"silenced",
                   "Known good: suppressed codes",
                   {{"silence", "Code and filter"}, {"records", "Records", Kind::count}},
                   {}};
    for (const auto& [what, records] : s.silenced) silenced.rows.push_back({what, cell(records)});
    out.blocks.push_back(std::move(silenced));
    return out;
}

}  // namespace weir::report
