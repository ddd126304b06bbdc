// From options to printed groups.
#include "app/cli/group_run.h"

#include "core/flow/lexer.h"
#include "core/session/prepare.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

bool speaksOf(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != std::string::npos; });
}
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
    app.add_option("FILTER", filter, "which flows to count; all when not given");
    app.add_option("-o,--output", output, "table, csv or json")->check(CLI::IsMember({"table", "csv", "json"}))->capture_default_str();
    app.add_option("--rows", rows, "records (each direction counts) or the derived flows of pairing")->check(CLI::IsMember({"records", "derived"}))->capture_default_str();
}

int runGroups(const GroupOptions& o, session::TopRequest request, const GroupNames& names, Console& console) {
    std::string filter;
    for (const std::string& word : o.filter) filter += (filter.empty() ? "" : " ") + word;
    auto project = o.project.open(false);
    if (!project) return console.fail(project.error());
    request.query.rows = o.rows == "derived" ? session::Rows::derived : session::Rows::records;
    request.query.filter = filter;
    const std::string words = flow::lowered(filter);
    Judged judged;
    if (keysNeed(request, tally::Needs::signs) || keysNeed(request, tally::Needs::classes) || speaksOf(words, {"sign", "class", "rule", "conflicting"})) {
        auto made = judgeProject(**project, o.project, o.rules, console);
        if (!made) return console.fail(made.error());
        judged = std::move(*made);
    } else if (o.rows == "derived" || speaksOf(words, {"inbound", "outbound", "internal", "transit", "oneway", "biflow"})) {
        if (auto s = o.project.ensureLocal(**project, console); !s) return console.fail(s.error());
        const auto job = console.job();
        if (auto s = session::prepareFlows(**project, *job); !s) return console.fail(s.error());
    }
    if (auto s = o.project.ensureScores(**project, filter, console); !s) return console.fail(s.error());
    const session::SnapshotPtr snapshot = (*project)->snapshot();
    const auto problems = session::checkFilter(snapshot, judged.judgement, request.query.rows, filter);
    printDiagnostics(console, "filter", problems);
    if (std::any_of(problems.begin(), problems.end(), [](const Diagnostic& d) { return d.severity == Severity::error; })) return kUsage;
    const auto job = console.job();
    const auto list = session::topGroups(snapshot, judged.judgement, request, *job);
    if (!list) return console.fail(list.error());
    printGroups(console, *list, names, console.json ? "json" : o.output);
    return kDone;
}

}  // namespace weir::cli
