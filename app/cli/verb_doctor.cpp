// weir-cli doctor: what is damaged or out of date in a project file.
#include "app/cli/cli_registry.h"
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
    out << "version " << c.version << (c.older ? " (opening it makes a copy of the present version)" : "") << '\n';
    out << "integrity " << (c.integrity.empty() ? "ok" : "damaged") << '\n';
    for (const std::string& line : c.integrity) out << "  " << line << '\n';
    out << "records " << grouped(c.records) << " in " << grouped(c.sources) << " sources can be read\n";
    for (const std::string& line : c.damaged) out << "damaged: " << line << '\n';
    for (const std::string& line : c.stale) out << "stale: " << line << '\n';
    if (c.sound()) out << "nothing is damaged\n";
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
    app.add_option("-p,--project", *path, "the project file (*.weir); it is not changed")
        ->required()
        ->type_name("P.weir");
    return [path](Console& console) { return run(*path, console); };
}

}  // namespace weir::cli
