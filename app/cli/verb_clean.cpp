// weir-cli clean: shows which records are excluded from flow building, and changes it.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/row_ids.h"

#include <CLI/CLI.hpp>

#include <cmath>

namespace weir::cli {
namespace {

struct CleanOptions {
    ProjectOptions project;
    std::vector<std::string> exclude;
    std::optional<double> gap;
    bool keepDuplicates = false, apply = false, clear = false;
};

std::string sampleOf(const session::Snapshot& snapshot, const meter::Cleaning::Count& c) {
    return c.records ? session::SourceRows(*snapshot.records).idOf(c.sampleRow) : std::string();
}

Json countJson(const meter::Cleaning::Count& c) {
    Json j;
    j["records"] = c.records;
    j["packets"] = c.packets;
    j["bytes"] = c.bytes;
    return j;
}

Json cleaningJson(const session::Snapshot& snapshot, const meter::Cleaning& found,
                  const meter::CleaningSettings& settings) {
    Json j;
    j["records"] = snapshot.records ? snapshot.records->rows() : 0;
    j["duplicates"] = countJson(found.duplicates);
    j["excluded"] = countJson(found.excluded);
    j["by_exporter"] = Json::array();
    for (const auto& [devices, c] : found.byDevices) {
        Json row = countJson(c);
        row["kept"] = session::deviceName(snapshot, devices.first);
        row["dropped"] = session::deviceName(snapshot, devices.second);
        row["sample"] = sampleOf(snapshot, c);
        j["by_exporter"].push_back(std::move(row));
    }
    j["by_exclusion"] = Json::array();
    for (std::size_t i = 0; i < settings.exclude.size(); ++i) {
        Json row = countJson(found.byExclusion[i]);
        row["exclusion"] = meter::toText(settings.exclude[i]);
        row["sample"] = found.byExclusion[i].records ? Json(sampleOf(snapshot, found.byExclusion[i])) : Json(nullptr);
        j["by_exclusion"].push_back(std::move(row));
    }
    return j;
}

void printCleaning(Console& console, const session::Snapshot& snapshot, const meter::Cleaning& found,
                   const meter::CleaningSettings& settings) {
    TextTable t({{"records", true}, {"packets", true}, {"bytes", true}, {"first record"}, {"reason"}});
    const auto add = [&](const meter::Cleaning::Count& c, const std::string& what) {
        t.add({grouped(c.records), grouped(c.packets), grouped(c.bytes), sampleOf(snapshot, c), what});
    };
    for (const auto& [devices, c] : found.byDevices)
        add(c, "duplicates from " + session::deviceName(snapshot, devices.second) + " of records from " +
                   session::deviceName(snapshot, devices.first));
    for (std::size_t i = 0; i < settings.exclude.size(); ++i)
        add(found.byExclusion[i], "excluded: " + meter::toText(settings.exclude[i]));
    if (!t.empty()) t.print(console.out());
    console.out() << "excluded from flow building: " << grouped(found.duplicates.records + found.excluded.records)
                  << " of " << counted(snapshot.records ? snapshot.records->rows() : 0, "record", "records")
                  << " (duplicates " << grouped(found.duplicates.records) << ", exclusions "
                  << grouped(found.excluded.records) << ")\n";
}

Result<meter::CleaningSettings> wanted(const CleanOptions& o, meter::CleaningSettings settings) {
    if (o.clear) settings.exclude.clear();
    for (const std::string& text : o.exclude) {
        const auto e = meter::parseExclusion(text);
        if (!e)
            return Error{
                Errc::usage,
                "`" + text + "` is not a valid exclusion: write a network, a port or both, such as 192.0.2.7 udp/123",
                0};
        settings.exclude.push_back(*e);
    }
    if (o.gap) settings.duplicateGapUs = std::llround(*o.gap * 1e6);
    if (o.keepDuplicates) settings.removeDuplicates = false;
    return settings;
}

int run(const CleanOptions& o, Console& console) {
    auto project = o.project.open(o.apply ? Purpose::changing : Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const session::SnapshotPtr snapshot = (*project)->snapshot();
    session::Settings settings = snapshot->settings;
    const auto cleaning = wanted(o, settings.cleaning);
    if (!cleaning) return console.fail(cleaning.error());
    settings.cleaning = *cleaning;
    const auto job = console.job();
    const auto found = session::previewCleaning(*snapshot, settings, *job);
    if (!found) return console.fail(found.error());
    if (console.json)
        console.print(cleaningJson(*snapshot, *found, settings.cleaning));
    else
        printCleaning(console, *snapshot, *found, settings.cleaning);
    if (o.apply)
        if (const Status s = (*project)->changeSettings(settings); !s) return console.fail(s.error());
    return kDone;
}

}  // namespace

VerbRun defineClean(CLI::App& app) {
    auto o = std::make_shared<CleanOptions>();
    o->project.addTo(app);
    app.add_option("--exclude", o->exclude,
                   "exclude the records of a network, a port or both, as in '192.0.2.7 udp/123'; may be repeated")
        ->type_name("E");
    app.add_flag("--clear", o->clear, "remove the saved exclusions of the project first");
    app.add_option("--gap", o->gap, "maximum interval between duplicates, in seconds")
        ->type_name("S")
        ->check(CLI::Range(0.0, 3600.0));
    app.add_flag("--keep-duplicates", o->keepDuplicates, "do not remove duplicates");
    app.add_flag("--apply", o->apply, "save these settings in the project; without it this is only a preview");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
