// weir-cli doctor: checks a project file for damage and stale results.
#include "app/cli/cli_registry.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/session/verbs/doctor.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

Json checkupJson(const session::Checkup& c) {
    Json integrity = "ok";
    if (!c.integrity.empty()) integrity = c.integrity;
    return Json{{"integrity", std::move(integrity)},
                {"version", c.version},
                {"damaged", c.damaged},
                {"stale", c.stale},
                {"sources", c.sources},
                {"records", c.records}};
}

void printCheckup(Console& console, const session::Checkup& c) {
    std::ostream& out = console.out();
    out << "version " << c.version << (c.older ? " (opening it upgrades it, and keeps this file beside it)" : "")
        << '\n';
    out << "integrity " << (c.integrity.empty() ? "ok" : "damaged") << '\n';
    for (const std::string& line : c.integrity) out << "  " << line << '\n';
    out << "readable " << counted(c.records, "record", "records") << " in " << counted(c.sources, "source", "sources")
        << '\n';
    for (const std::string& line : c.damaged) out << "damaged: " << line << '\n';
    for (const std::string& line : c.stale) out << "stale: " << line << '\n';
    if (c.sound()) out << "no damage found\n";
}

int run(const std::string& path, Console& console) {
    const auto job = console.job();
    const auto checkup = session::doctor(path, *job);
    if (!checkup) return console.fail(checkup.error());
    if (console.json)
        console.print(checkupJson(*checkup));
    else
        printCheckup(console, *checkup);
    return checkup->sound() ? kDone : kCheckSaidNo;
}

}  // namespace

VerbRun defineDoctor(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    app.add_option("-p,--project", *path, "project file (.weir); it is not changed")->required()->type_name("P.weir");
    return [path](Console& console) { return run(*path, console); };
}

}  // namespace weir::cli
