// weir-cli geo: lists, adds and removes databases of countries and AS numbers.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/session/project/geo.h"
#include "core/session/project/geo_files.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct GeoOptions {
    ProjectOptions project;
    std::string action = "list", file;
};

int list(const session::Geo& geo, Console& console) {
    Json out{{"databases", Json::array()}};
    TextTable table({{"type"}, {"built"}, {"file"}});
    for (const auto& database : geo.databases) {
        out["databases"].push_back(
            Json{{"path", database->path()}, {"type", database->type()}, {"date", database->date()}});
        table.add({database->type(), database->date(), database->path()});
    }
    for (const std::string& problem : geo.problems) console.note(problem);
    if (console.json)
        console.print(out);
    else
        table.print(console.out());
    return kDone;
}

int run(const GeoOptions& o, Console& console) {
    auto project = o.project.open(o.action == "list" ? Purpose::reading : Purpose::changing, console);
    if (!project) return console.fail(project.error());
    if (o.action == "list") return list(*(*project)->snapshot()->geo, console);
    if (o.file.empty()) return console.usage("geo " + o.action + " needs a FILE");
    if (o.action == "add") {
        const Status s = session::addGeo(**project, o.file);
        return s ? kDone : console.fail(s.error());
    }
    const auto gone = session::removeGeo(**project, o.file);
    if (!gone) return console.fail(gone.error());
    return *gone ? kDone : console.fail({Errc::notFound, "the project has no database " + o.file, 0});
}

}  // namespace

VerbRun defineGeo(CLI::App& app) {
    auto o = std::make_shared<GeoOptions>();
    o->project.addTo(app);
    app.add_option("ACTION", o->action, "list, add FILE or remove FILE")
        ->check(CLI::IsMember({"list", "add", "remove"}))
        ->capture_default_str();
    app.add_option(
        "FILE", o->file,
        "MaxMind DB file (.mmdb) of countries or AS numbers: GeoLite2, GeoIP2, DB-IP or IPinfo; it is not copied");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
