// weir-cli import: reads captures into a project.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/source_json.h"
#include "core/session/project/import.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

struct ImportOptions {
    ProjectOptions project;
    session::ImportRequest request;
    bool noHash = false;
};

Json reportJson(const session::ImportReport& report) {
    Json sources = Json::array(), refused = Json::array();
    for (const auto& f : report.files) {
        if (f.source.number) {
            sources.push_back(sourceJson(f.source));
        } else {
            Json r;
            r["path"] = f.path;
            r["reason"] = f.notice;
            refused.push_back(std::move(r));
        }
    }
    Json j;
    j["sources"] = std::move(sources);
    j["refused"] = std::move(refused);
    return j;
}

void printReport(Console& console, const session::ImportReport& report) {
    TextTable table = sourceTable();
    std::vector<store::SourceInfo> sources;
    for (const auto& f : report.files) {
        if (f.source.number == 0) continue;
        addSourceRow(table, f.source);
        sources.push_back(f.source);
    }
    if (!table.empty()) table.print(console.out());
    printExporters(console.out(), sources);
}

/// One line for each file with a notice or damage.
void printNotices(Console& console, const session::ImportReport& report) {
    for (const auto& f : report.files) {
        std::string drops;
        for (const store::DropLine& d : f.source.drops)
            if (d.damage)
                drops += (drops.empty() ? "" : ", ") + std::to_string(d.count) + " × " + d.reason + " (first at byte " +
                         std::to_string(d.firstOffset) + ")";
        std::string line = f.notice;
        if (f.damaged && !drops.empty()) line += (line.empty() ? "damaged, skipped: " : "; skipped: ") + drops;
        if (!line.empty()) console.note(line.rfind(f.path, 0) == 0 ? line : f.path + ": " + line);
    }
}

int run(ImportOptions& o, Console& console) {
    auto project = o.project.open(Purpose::creating, console);
    if (!project) return console.fail(project.error());
    o.request.hashNow = !o.noHash;
    const auto job = console.job();
    auto report = session::importFiles(**project, o.request, *job);
    if ((*project)->reading()->sources() && (*project)->reading()->sources()->empty())
        (*project)->discard();  // an import of nothing leaves no file
    if (!report) return console.fail(report.error());
    printNotices(console, *report);
    if (console.json)
        console.print(reportJson(*report));
    else
        printReport(console, *report);
    if (report->files.empty()) console.note("no files to import");
    if (!report->anyUsable()) return kUsage;
    const bool anyFailed =
        std::any_of(report->files.begin(), report->files.end(), [](const auto& f) { return f.failed; });
    return anyFailed || report->anyDamaged() ? kDamaged : kDone;
}

}  // namespace

VerbRun defineImport(CLI::App& app) {
    auto o = std::make_shared<ImportOptions>();
    o->project.addTo(app);
    app.add_option("FILE|DIR", o->request.paths,
                   "captures, or directories: those are read recursively, in the order of names")
        ->required();
    app.add_option("--format", o->request.format,
                   "reader to use instead of the detected one; `export` reads the flow records inside a packet trace, "
                   "`pcap` meters its packets")
        ->type_name("F");
    app.add_option("--map", o->request.csvMapping,
                   "meaning of the columns of a text in an unrecognised format: ELEMENT=COLUMN[:FORM],…")
        ->type_name("MAPPING");
    app.add_flag("--again", o->request.again, "import files again that are already in the project");
    app.add_flag("--no-hash", o->noHash, "do not compute the SHA-256 of the files");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
