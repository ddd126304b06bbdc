// weir-cli lists: shows, adds, removes and compares the lists of a project.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/label/ndpi_networks.h"
#include "core/session/project/lists.h"
#include "core/session/project/ndpi_list.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct ListsOptions {
    ProjectOptions project;
    std::string action = "show", name, file;
    session::ListOrigin origin;
};

std::string_view origin(const session::ListInfo& list) { return list.shipped ? "shipped" : "project"; }

Json listJson(const store::StoredList& l, bool shipped) {
    return Json{{"name", l.name},     {"entries", l.entries},   {"date", l.date.empty() ? Json(nullptr) : Json(l.date)},
                {"source", l.source}, {"licence", l.licence},   {"sha256", l.sha256},
                {"format", l.format}, {"rejected", l.rejected}, {"shipped", shipped}};
}

/// libndpi cannot list its networks: the entries of @ndpi are the hosts of the project that are in them.
std::optional<store::StoredList> ndpiEntry(const session::Snapshot& snapshot, Console& console) {
    if (!snapshot.records || snapshot.lists->infoOf(session::kNdpiList)) return {};
    const auto job = console.job();
    const auto known = session::ndpiHosts(snapshot, *job);
    if (!known) return {};
    store::StoredList list;
    list.name = session::kNdpiList;
    list.entries = (*known)->list->prefixes.size();
    list.source = "libndpi " + label::ndpiVersion() + "; hosts of this project";
    return list;
}

int show(const session::Snapshot& snapshot, Console& console) {
    if (console.json) {
        Json out{{"lists", Json::array()}};
        for (const session::ListInfo& list : snapshot.lists->lists())
            for (const store::StoredList& vintage : list.vintages)
                out["lists"].push_back(listJson(vintage, list.shipped));
        if (const auto known = ndpiEntry(snapshot, console)) out["lists"].push_back(listJson(*known, true));
        console.print(out);
        return kDone;
    }
    TextTable t({{"list"}, {"date"}, {"entries", true}, {"skipped", true}, {"origin"}, {"source"}});
    for (const session::ListInfo& list : snapshot.lists->lists())
        for (const store::StoredList& v : list.vintages)
            t.add({"@" + list.name, v.date.empty() ? "-" : v.date, grouped(v.entries), grouped(v.rejected),
                   std::string(origin(list)), v.source});
    if (const auto known = ndpiEntry(snapshot, console))
        t.add({"@" + known->name, "-", grouped(known->entries), "0", "library", known->source});
    t.print(console.out());
    return kDone;
}

int add(const ListsOptions& o, session::Project& project, Console& console) {
    if (o.name.empty() || o.file.empty()) return console.fail({Errc::usage, "expected `lists add NAME FILE`", 0});
    const auto job = console.job();
    const auto added = session::addList(project, o.name, o.file, o.origin, *job);
    if (!added) return console.fail(added.error());
    printDiagnostics(console, o.file, added->problems);
    if (added->list.rejected > added->problems.size())
        console.note(counted(added->list.rejected - added->problems.size(), "more line was", "more lines were") +
                     " skipped");
    if (added->dateOfFile)
        console.note("no date given; using the file's date, " + added->list.date + "; --date sets another");
    if (console.json)
        console.print(Json{{"lists", Json::array({listJson(added->list, false)})}});
    else
        console.out() << "@" << o.name << ": " << counted(added->list.entries, "entry", "entries") << " as of "
                      << added->list.date << '\n';
    return added->list.rejected > 0 ? kDamaged : kDone;
}

int remove(const ListsOptions& o, session::Project& project, Console& console) {
    if (o.name.empty()) return console.fail({Errc::usage, "expected `lists remove NAME`", 0});
    const auto removed = session::removeList(project, o.name);
    if (!removed) return console.fail(removed.error());
    if (console.json) return show(*project.snapshot(), console);
    console.out() << "@" << o.name << ": "
                  << (*removed == 1 ? std::string("removed") : grouped(*removed) + " versions removed") << '\n';
    return kDone;
}

int overlap(const session::Snapshot& snapshot, Console& console) {
    const auto job = console.job();
    const auto result = session::overlapOfLists(snapshot, *job);
    if (!result) return console.fail(result.error());
    if (console.json) {
        Json out{{"hosts", result->hosts}, {"lists", Json::array()}, {"overlap", Json::array()}};
        for (const auto& l : result->lists) out["lists"].push_back(Json{{"name", l.list}, {"hosts", l.hosts}});
        for (const auto& p : result->pairs)
            out["overlap"].push_back(
                Json{{"a", p.a}, {"b", p.b}, {"both", p.both}, {"only_a", p.onlyA}, {"only_b", p.onlyB}});
        console.print(out);
        return kDone;
    }
    TextTable lists({{"list"}, {"hosts", true}, {"share", true}});
    for (const auto& l : result->lists) lists.add({"@" + l.list, grouped(l.hosts), percent(l.hosts, result->hosts)});
    lists.print(console.out());
    console.out() << '\n';
    TextTable pairs({{"hosts in both", true}, {"only first", true}, {"only second", true}, {"first"}, {"second"}});
    for (const auto& p : result->pairs)
        pairs.add({grouped(p.both), grouped(p.onlyA), grouped(p.onlyB), "@" + p.a, "@" + p.b});
    pairs.print(console.out());
    return kDone;
}

int run(const ListsOptions& o, Console& console) {
    auto project = o.project.open(o.action == "add"      ? Purpose::creating
                                  : o.action == "remove" ? Purpose::changing
                                                         : Purpose::reading,
                                  console);
    if (!project) return console.fail(project.error());
    if (o.action == "add") {
        const int code = add(o, **project, console);
        if (code != kDone) (*project)->discard();  // leaves no file if the project is new
        return code;
    }
    if (o.action == "remove") return remove(o, **project, console);
    if (o.action == "overlap") return overlap(*(*project)->snapshot(), console);
    return show(*(*project)->snapshot(), console);
}

}  // namespace

VerbRun defineLists(CLI::App& app) {
    auto o = std::make_shared<ListsOptions>();
    o->project.addTo(app);
    app.add_option("ACTION", o->action, "show, add NAME FILE, remove NAME or overlap")
        ->check(CLI::IsMember({"show", "add", "remove", "overlap"}))
        ->capture_default_str();
    app.add_option("NAME", o->name, "name of the list; filters use it as @NAME");
    app.add_option("FILE", o->file, "list to add: one address, prefix or port per line, or a published format");
    app.add_option("--date", o->origin.date,
                   "date of the list; default: from the file, otherwise its modification date")
        ->type_name("YYYY-MM-DD");
    app.add_option("--source", o->origin.source, "where the list comes from; default: from the file")
        ->type_name("TEXT");
    app.add_option("--licence", o->origin.licence, "licence of the list; default: from the file")->type_name("TEXT");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
