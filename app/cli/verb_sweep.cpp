// weir-cli sweep: counts the flows that change class when a setting changes.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/sweep.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

struct SweepOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string vary;
    std::size_t limit = 10;
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (comma != 0) out.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return out;
}

/// Ids of the flows that change class under the most values, with the number of values.
std::vector<std::pair<std::string, std::uint32_t>> mostUnstable(const session::Sweep& sweep,
                                                                const session::Snapshot& snapshot, std::size_t limit) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;
    for (std::size_t i = 0; i < sweep.times.size(); ++i) rows.emplace_back((*sweep.unstable)[i], sweep.times[i]);
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (rows.size() > limit) rows.resize(limit);
    std::vector<std::pair<std::string, std::uint32_t>> out;
    for (const auto& [row, values] : rows) out.emplace_back(session::flowIdOf(snapshot, row), values);
    return out;
}

Json sweepJson(const session::Sweep& sweep, const session::Snapshot& snapshot, std::size_t limit) {
    Json out{{"setting", sweep.setting},
             {"runs", Json::array()},
             {"unstable_flows", sweep.times.size()},
             {"flows", Json::array()}};
    for (const session::SweepRun& run : sweep.runs) {
        Json row{{"value", run.value},    {"present", run.present},         {"flips", run.flips},
                 {"one_way", run.oneWay}, {"conflicting", run.conflicting}, {"unclassified", run.unclassified},
                 {"moves", Json::array()}};
        for (const session::SweepMove& m : run.moves)
            row["moves"].push_back(Json{{"from", m.from}, {"to", m.to}, {"flows", m.flows}});
        out["runs"].push_back(std::move(row));
    }
    for (const auto& [id, values] : mostUnstable(sweep, snapshot, limit))
        out["flows"].push_back(Json{{"id", id}, {"values", values}});
    return out;
}

void printSweep(std::ostream& out, const session::Sweep& sweep, const session::Snapshot& snapshot, std::size_t limit) {
    TextTable table({{sweep.setting, true},
                     {"change class", true},
                     {"one-way", true},
                     {"conflicting", true},
                     {"unclassified", true},
                     {"largest changes"}});
    for (const session::SweepRun& run : sweep.runs) {
        std::string moves;
        for (std::size_t i = 0; i < std::min<std::size_t>(2, run.moves.size()); ++i)
            moves += (moves.empty() ? "" : "; ") + run.moves[i].from + " → " + run.moves[i].to + ": " +
                     grouped(run.moves[i].flows);
        table.add({run.value + (run.present ? " *" : ""), grouped(run.flips), grouped(run.oneWay),
                   grouped(run.conflicting), grouped(run.unclassified), moves});
    }
    table.print(out);
    out << "* current value\n"
        << counted(sweep.times.size(), "flow changes", "flows change") << " class under some value";
    const auto flows = mostUnstable(sweep, snapshot, limit);
    for (std::size_t i = 0; i < flows.size(); ++i) out << (i == 0 ? ", most often: " : ", ") << flows[i].first;
    out << '\n';
}

int run(const SweepOptions& o, Console& console) {
    const std::size_t equals = o.vary.find('=');
    if (equals == std::string::npos) return console.usage("--vary: expected NAME=a,b,c, found `" + o.vary + "`");
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const auto job = console.job();
    const auto sweep = session::sweepSetting(judged->snapshot, *judged->judgement, o.vary.substr(0, equals),
                                             split(std::string_view(o.vary).substr(equals + 1)), o.rules.run(), *job);
    if (!sweep) return console.fail(sweep.error());
    if (console.json)
        console.print(sweepJson(*sweep, *judged->snapshot, o.limit));
    else
        printSweep(console.out(), *sweep, *judged->snapshot, o.limit);
    return kDone;
}

}  // namespace

VerbRun defineSweep(CLI::App& app) {
    auto o = std::make_shared<SweepOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, true);
    app.add_option("--vary", o->vary, "setting and values to try, such as trw.theta0=0.7,0.8,0.9")
        ->type_name("NAME=a,b,c")
        ->required();
    app.add_option("-n", o->limit, "list at most N of the flows that change class")
        ->type_name("N")
        ->capture_default_str();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
