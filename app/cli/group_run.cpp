// From options to printed groups.
#include "app/cli/group_run.h"

#include "app/cli/filter_needs.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

bool keysNeed(const session::TopRequest& request, tally::Needs what) {
    for (const tally::Keys& keys : request.alternatives)
        for (const tally::KeySpec& k : keys)
            if (tally::infoOf(k.key).needs == what) return true;
    return false;
}

}  // namespace

void GroupOptions::addTo(CLI::App& app) {
    project.addTo(app);
    rules.addTo(app, false);
    app.add_option("FILTER", filter, "flows to count; default: all");
    app.add_option("-o,--output", output, "output format: table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->capture_default_str();
    app.add_option("--rows", rows,
                   "count records, each direction separately, or the flows derived from them by pairing")
        ->check(CLI::IsMember({"records", "derived"}))
        ->capture_default_str();
}

int runGroups(const GroupOptions& o, session::TopRequest request, const GroupNames& names, Console& console) {
    std::string filter;
    for (const std::string& word : o.filter) filter += (filter.empty() ? "" : " ") + word;
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    request.query.rows = o.rows == "derived" ? session::Rows::derived : session::Rows::records;
    request.query.filter = filter;
    const bool signs = keysNeed(request, tally::Needs::signs) || keysNeed(request, tally::Needs::classes);
    const auto judged = prepareFor(**project, filter, {signs, o.rows == "derived", false}, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const session::SnapshotPtr snapshot = judged->snapshot;
    const auto problems = session::checkFilter(snapshot, judged->judgement, filter);
    printDiagnostics(console, "filter", problems);
    if (std::any_of(problems.begin(), problems.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }))
        return kUsage;
    const auto job = console.job();
    const auto list = session::topGroups(snapshot, judged->judgement, request, *job);
    if (!list) return console.fail(list.error());
    printGroups(console, *list, names, console.json ? "json" : o.output);
    return kDone;
}

}  // namespace weir::cli
