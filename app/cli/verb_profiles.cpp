// weir-cli profiles: lists, shows, saves and compares score profiles.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/refine/iterations.h"
#include "core/session/evidence/score.h"
#include "core/session/evidence/score_profiles.h"
#include "core/session/project/resources.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

using session::SavedProfile;

struct ProfilesOptions {
    ProjectOptions project;
    std::string action = "list", first, second, tag;
};

Json profileJson(const SavedProfile& p) {
    return Json{{"id", p.id}, {"name", p.name}, {"tag", p.tag}, {"time", p.time}, {"scored", p.scored}};
}

/// Text of a saved profile (by id, tag or name; the latest of several), else of a file or a shipped profile.
Result<std::string> textOf(const std::vector<SavedProfile>& saved, const std::string& name) {
    const auto wanted = [&](const SavedProfile& p) {
        return std::to_string(p.id) == name || p.tag == name || p.name == name;
    };
    if (const auto at = std::find_if(saved.rbegin(), saved.rend(), wanted); at != saved.rend()) return at->text;
    auto other = fileOrShipped("score", name);
    if (!other) return other.error();
    if (*other) return std::move(**other);
    return Error{Errc::notFound, "`" + name + "` is not a saved profile, a file or a shipped profile", 0};
}

int list(const std::vector<SavedProfile>& saved, Console& console) {
    if (console.json) {
        Json out{{"iterations", Json::array()}, {"shipped", Json::array()}};
        for (const SavedProfile& p : saved) out["iterations"].push_back(profileJson(p));
        for (const auto& r : session::resources())
            if (r.kind == "score") out["shipped"].push_back(r.name);
        console.print(out);
        return kDone;
    }
    TextTable t({{"id", true}, {"name"}, {"tag"}, {"saved (UTC)"}, {"scored", true}});
    for (const SavedProfile& p : saved)
        t.add({std::to_string(p.id), p.name, p.tag, p.time, grouped(std::uint64_t(p.scored))});
    for (const auto& r : session::resources())
        if (r.kind == "score") t.add({"-", std::string(r.name), "", "shipped", ""});
    t.print(console.out());
    return kDone;
}

int show(const ProfilesOptions& o, const session::Project& project, const std::vector<SavedProfile>& saved,
         Console& console) {
    const auto text = o.first.empty() ? Result<std::string>(session::currentProfile(project)) : textOf(saved, o.first);
    if (!text) return console.fail(text.error());
    if (console.json)
        console.print(Json{{"name", o.first.empty() ? "current" : o.first}, {"text", *text}});
    else
        console.out() << *text;
    return kDone;
}

int save(const ProfilesOptions& o, session::Project& project, const std::vector<SavedProfile>& saved,
         Console& console) {
    if (o.first.empty()) return console.usage("profiles save needs a FILE, or the name of a shipped profile");
    const auto text = textOf(saved, o.first);
    if (!text) return console.fail(text.error());
    const auto problems = session::checkProfile(project.snapshot(), *text);
    printDiagnostics(console, o.first, problems);
    if (std::any_of(problems.begin(), problems.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }))
        return kUsage;
    if (auto s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    const auto job = console.job();
    const auto stored = session::saveProfile(project, *text, o.tag, *job);
    if (!stored) return console.fail(stored.error());
    if (console.json)
        console.print(Json{{"iterations", Json::array({profileJson(*stored)})}});
    else
        console.out() << "saved profile " << stored->id << ", " << stored->name << ": "
                      << counted(std::uint64_t(stored->scored), "record", "records")
                      << " scored; it is now the project's profile\n";
    return kDone;
}

int diff(const ProfilesOptions& o, const std::vector<SavedProfile>& saved, Console& console) {
    if (o.second.empty()) return console.usage("profiles diff needs two profiles: saved, files or shipped");
    const auto a = textOf(saved, o.first), b = textOf(saved, o.second);
    if (!a) return console.fail(a.error());
    if (!b) return console.fail(b.error());
    Json out{{"a", o.first}, {"b", o.second}, {"lines", Json::array()}};
    for (const auto& line : refine::diffLines(*a, *b)) {
        const bool same = line.kind == refine::DiffKind::same, added = line.kind == refine::DiffKind::added;
        if (!console.json)
            console.out() << (same ? "  " : added ? "+ " : "- ") << line.text << '\n';
        else if (!same)
            out["lines"].push_back(Json{{"kind", added ? "added" : "removed"}, {"text", line.text}});
    }
    if (console.json) console.print(out);
    return kDone;
}

int run(const ProfilesOptions& o, Console& console) {
    auto project = o.project.open(o.action == "save" ? Purpose::changing : Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto saved = session::savedProfiles(**project);
    if (!saved) return console.fail(saved.error());
    if (o.action == "list") return list(*saved, console);
    if (o.action == "show") return show(o, **project, *saved, console);
    if (o.action == "save") return save(o, **project, *saved, console);
    return diff(o, *saved, console);
}

}  // namespace

VerbRun defineProfiles(CLI::App& app) {
    auto o = std::make_shared<ProfilesOptions>();
    o->project.addTo(app);
    app.add_option("ACTION", o->action, "list, show [A], save A or diff A B")
        ->check(CLI::IsMember({"list", "show", "save", "diff"}))
        ->capture_default_str();
    app.add_option("A", o->first, "saved profile (id, tag or name), file or shipped profile");
    app.add_option("B", o->second, "second profile of diff");
    app.add_option("--tag", o->tag, "tag for the saved profile")->type_name("TAG");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
