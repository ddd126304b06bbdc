// weir-cli info: shows the captures, flows and local networks of a project.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/source_json.h"
#include "core/base/text.h"
#include "core/session/evidence/prepare.h"
#include "core/session/verbs/info.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

Json infoJson(const session::Info& info) {
    Json j;
    j["schema"] = info.schema;
    j["sources"] = Json::array();
    for (const auto& s : info.sources) j["sources"].push_back(sourceJson(s));
    j["flows"] = info.records;
    j["biflows"] = info.biflows;
    j["one_way"] = {{"in", info.oneWayIn}, {"out", info.oneWayOut}};
    j["internal"] = info.internal;
    j["transit"] = info.transit;
    j["left_out"] = {{"duplicates", info.duplicates}, {"excluded", info.excluded}};
    j["hosts"] = info.hosts;
    j["local"] = Json::array();
    for (const auto& p : info.local) j["local"].push_back(flow::toText(p));
    j["first"] = timeJson(info.records > 0, info.first);
    j["last"] = timeJson(info.records > 0, info.last);
    j["bytes_on_disk"] = info.bytesOnDisk;
    j["bytes_per_flow"] = info.records ? Json(double(info.bytesOnDisk) / double(info.records)) : Json(nullptr);
    return j;
}

void printInfo(Console& console, const session::Info& info) {
    TextTable sources = sourceTable();
    for (const auto& s : info.sources) addSourceRow(sources, s);
    if (!sources.empty()) {
        sources.print(console.out());
        printExporters(console.out(), info.sources);
        console.out() << '\n';
    }
    std::string local;
    for (const auto& p : info.local) local += (local.empty() ? "" : ", ") + flow::toText(p);
    TextTable t({{"project"}, {"", true}});
    t.add({"records", grouped(info.records)});
    t.add({"two-way flows", grouped(info.biflows)});
    t.add({"one-way flows, inbound", grouped(info.oneWayIn)});
    t.add({"one-way flows, outbound", grouped(info.oneWayOut)});
    t.add({"internal flows", grouped(info.internal)});
    t.add({"transit flows", grouped(info.transit)});
    if (info.duplicates) t.add({"duplicates, excluded", grouped(info.duplicates)});
    if (info.excluded) t.add({"artefacts, excluded", grouped(info.excluded)});
    t.add({"hosts", grouped(info.hosts)});
    t.add({"local networks", local.empty() ? "none" : local});
    t.add({"first (UTC)", info.records ? utcText(info.first) : "-"});
    t.add({"last (UTC)", info.records ? utcText(info.last) : "-"});
    t.add({"bytes on disk", grouped(info.bytesOnDisk)});
    t.print(console.out());
}

int run(const ProjectOptions& options, Console& console) {
    auto project = options.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    if (auto s = options.ensureLocal(**project, console); !s) return console.fail(s.error());
    {
        const auto job = console.job();
        if (auto s = session::prepareFlows(**project, *job); !s) return console.fail(s.error());
    }
    const auto info = session::describe(**project);
    if (!info) return console.fail(info.error());
    if (console.json)
        console.print(infoJson(*info));
    else
        printInfo(console, *info);
    return kDone;
}

}  // namespace

VerbRun defineInfo(CLI::App& app) {
    auto o = std::make_shared<ProjectOptions>();
    o->addTo(app);
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
