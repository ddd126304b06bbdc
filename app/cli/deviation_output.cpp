// JSON and tables of compared flows.
#include "app/cli/deviation_output.h"

#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace weir::cli {
namespace {

double hours(std::int64_t us) { return double(us) / 3.6e9; }

/// "x2.50", "new", "gone"
std::string factor(const compare::Deviation& d, const compare::Change& c) {
    if (c.now.flows == 0) return c.baseline.flows == 0 ? "" : "gone";
    if (c.baseline.flows == 0) return "new";
    char text[32];
    std::snprintf(text, sizeof text, "x%.2f", double(c.now.flows) / d.expected(c));
    return text;
}

}  // namespace

Json totalJson(Json row, const classify::ClassTotal& t) {
    row["flows"] = t.flows;
    row["packets"] = t.packets;
    row["bytes"] = t.bytes;
    return row;
}

Json deviationJson(const session::FlowComparison& c) {
    const compare::Deviation& d = c.deviation;
    const auto side = [](const classify::Classification& of, std::int64_t us) {
        return Json{{"hours", hours(us)},
                    {"one_way", of.oneWay.flows},
                    {"conflicting_flows", of.conflicting},
                    {"unclassified_flows", of.unclassified}};
    };
    const auto changeJson = [&](Json row, const compare::Change& change) {
        row["baseline"] = totalJson(Json::object(), change.baseline);
        row["now"] = totalJson(Json::object(), change.now);
        row["expected_flows"] = d.expected(change);
        return row;
    };
    Json out{{"rules", c.parsed.set.name},
             {"baseline", side(c.was, c.baselineUs)},
             {"now", side(c.is, c.nowUs)},
             {"classes", Json::array()},
             {"combinations", Json::array()}};
    for (std::size_t i = 0; i < d.classes.size(); ++i)
        out["classes"].push_back(changeJson({{"class", d.classes[i]}}, d.byClass[i]));
    for (const compare::Deviation::Row& row : d.rows)
        out["combinations"].push_back(
            changeJson({{"signs", signsJson(row.word, c.parsed.set)}, {"class", d.classes[row.place]}}, row.sums));
    return out;
}

void printDeviation(std::ostream& out, const session::FlowComparison& c) {
    constexpr std::size_t kMaxRows = 20;
    const compare::Deviation& d = c.deviation;
    const auto line = [&](const char* what, const classify::Classification& of, std::int64_t us) {
        char text[32];
        std::snprintf(text, sizeof text, "%.2f h", hours(us));
        out << what << grouped(of.oneWay.flows) << " one-way flows in " << text << ", " << grouped(of.conflicting)
            << " conflicting, " << grouped(of.unclassified) << " unclassified\n";
    };
    line("baseline ", c.was, c.baselineUs);
    line("now      ", c.is, c.nowUs);
    const auto expected = [&](const compare::Change& change) {
        return grouped(std::uint64_t(d.expected(change) + 0.5));
    };
    TextTable classes({{"class"}, {"baseline", true}, {"expected", true}, {"now", true}, {"", true}});
    for (std::size_t i = 0; i < d.classes.size(); ++i)
        classes.add({d.classes[i], grouped(d.byClass[i].baseline.flows), expected(d.byClass[i]),
                     grouped(d.byClass[i].now.flows), factor(d, d.byClass[i])});
    out << '\n';
    classes.print(out);
    TextTable rows({{"class"}, {"baseline", true}, {"expected", true}, {"now", true}, {"", true}, {"signs"}});
    const std::size_t shown = std::min(kMaxRows, d.rows.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const compare::Deviation::Row& row = d.rows[i];
        rows.add({d.classes[row.place], grouped(row.sums.baseline.flows), expected(row.sums),
                  grouped(row.sums.now.flows), factor(d, row.sums), signsText(row.word, c.parsed.set)});
    }
    out << "\nsign combinations, largest difference from the expected number first:\n";
    rows.print(out);
    if (shown < d.rows.size()) out << grouped(d.rows.size() - shown) << " more (--json lists all)\n";
}

}  // namespace weir::cli
