// weir-cli rules: lists, shows, saves and compares the saved iterations of the rule set.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/refine/blame.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/verbs/rule_sets.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>

namespace weir::cli {
namespace {

struct RulesOptions {
    ProjectOptions project;
    std::string action = "list", first, second, tag;
};

Json iterationJson(const refine::Iteration& i) {
    Json j;
    j["id"] = i.id;
    j["name"] = i.name;
    j["tag"] = i.tag;
    j["time"] = i.time;
    j["conflicting_flows"] = i.conflicting;
    j["unclassified_flows"] = i.unclassified;
    j["parent"] = i.parent ? Json(i.parent) : Json(nullptr);
    j["edit"] = i.edit;
    return j;
}

/// Text of a saved iteration (by id, tag or name; the latest of several), else of a file or a shipped set.
Result<std::string> textOf(const std::vector<refine::Iteration>& saved, const std::string& name) {
    if (auto text = iterationText(saved, name)) return std::move(*text);
    auto other = fileOrShipped("rules", name);
    if (!other) return other.error();
    if (*other) return std::move(**other);
    return Error{Errc::notFound, "`" + name + "` is not a saved iteration, a file or a shipped set", 0};
}

/// The stop criterion of the last iteration against the one it was edited from; nothing if that one is missing.
std::optional<refine::StopVerdict> stopOf(const std::vector<refine::Iteration>& saved) {
    if (saved.empty()) return std::nullopt;
    const auto parent = std::find_if(saved.begin(), saved.end(),
                                     [&](const refine::Iteration& i) { return i.id == saved.back().parent; });
    return parent == saved.end() ? std::nullopt : std::optional(refine::stopCriterion(saved.back(), *parent));
}

int list(const std::vector<refine::Iteration>& saved, Console& console) {
    const auto stop = stopOf(saved);
    if (console.json) {
        Json j;
        j["stop"] =
            stop ? Json{{"reached", stop->reached}, {"gained_flows", stop->gained}, {"gained_share", stop->share}}
                 : Json(nullptr);
        j["iterations"] = Json::array();
        for (const auto& i : saved) j["iterations"].push_back(iterationJson(i));
        console.print(j);
        return kDone;
    }
    TextTable t(
        {{"id", true}, {"name"}, {"tag"}, {"saved (UTC)"}, {"conflicting", true}, {"unclassified", true}, {"edit"}});
    for (const auto& i : saved)
        t.add({std::to_string(i.id), i.name, i.tag, i.time, grouped(i.conflicting), grouped(i.unclassified), i.edit});
    if (saved.empty())
        console.out() << "no saved iterations; weir-cli rules -p P.weir save FILE saves one\n";
    else
        t.print(console.out());
    if (stop) {
        console.out() << (stop->reached ? "time to stop: " : "continue: ")
                      << counted(stop->conflicting, "flow", "flows")
                      << " in conflict, and the last edit classified another " << (stop->gained < 0 ? "-" : "")
                      << percent(std::uint64_t(std::abs(stop->gained)), saved.back().oneWay) << " of the flows (limit "
                      << refine::StopVerdict::kSignificant * 100 << " %)\n";
    }
    return kDone;
}

/// The word with exactly the signs in `text`, separated by blanks.
Result<rules::Word> wordOf(const std::string& text, const std::vector<std::string>& signNames) {
    rules::Word word = 0;
    std::istringstream in(text);
    const std::vector<std::string_view> names(signNames.begin(), signNames.end());
    for (std::string name; in >> name;) {
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) {
            const auto near = nearestName(name, names);
            return Error{Errc::usage,
                         "unknown sign `" + name + "`" +
                             (near.empty() ? std::string() : "; did you mean `" + std::string(near) + "`?"),
                         0};
        }
        word |= rules::Word{1} << (at - names.begin());
    }
    if (word == 0) return Error{Errc::usage, "rules blame needs signs, such as 'Backsc PotOk TCP'", 0};
    return word;
}

int blame(const RulesOptions& o, const session::Project& project, const std::vector<refine::Iteration>& saved,
          Console& console) {
    const session::SignBasis basis(project.snapshot());
    const auto word = wordOf(o.first, basis.names());
    if (!word) return console.fail(word.error());
    Json j{{"signs", o.first}, {"changes", Json::array()}};
    TextTable t({{"iteration", true}, {"from"}, {"to"}, {"edit"}});
    const auto name = [](const std::string& n, bool conflict) { return n + (conflict ? " (in conflict)" : ""); };
    for (const refine::Blame& b : refine::blame(saved, *word, basis.vocabulary())) {
        j["changes"].push_back(Json{{"iteration", b.iteration},
                                    {"from", b.from.empty() ? Json(nullptr) : Json(b.from)},
                                    {"to", b.to},
                                    {"was_conflict", b.wasConflict},
                                    {"is_conflict", b.isConflict},
                                    {"edit", b.edit}});
        t.add({std::to_string(b.iteration), name(b.from, b.wasConflict), name(b.to, b.isConflict), b.edit});
    }
    if (console.json)
        console.print(j);
    else
        t.print(console.out());
    return kDone;
}

int show(const RulesOptions& o, const session::Project& project, const std::vector<refine::Iteration>& saved,
         Console& console) {
    const auto text = o.first.empty() ? Result<std::string>(session::currentRules(project)) : textOf(saved, o.first);
    if (!text) return console.fail(text.error());
    if (!console.json) {
        console.out() << *text;
        return kDone;
    }
    Json j;
    j["name"] = o.first.empty() ? "current" : o.first;
    j["text"] = *text;
    console.print(j);
    return kDone;
}

int save(const RulesOptions& o, session::Project& project, const std::vector<refine::Iteration>& saved,
         Console& console) {
    if (o.first.empty()) return console.usage("rules save needs a FILE, or the name of a shipped set");
    const auto text = fileOrShipped("rules", o.first);
    if (!text) return console.fail(text.error());
    if (!*text) return console.usage("no rule set `" + o.first + "`: it is neither a file nor a shipped set");
    const session::SignBasis basis(project.snapshot());
    const rules::Parsed parsed = rules::parseRules(**text, basis.vocabulary());
    printDiagnostics(console, o.first, parsed.diagnostics);
    if (!parsed.good()) return kUsage;
    if (auto s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    {
        const auto job = console.job();
        if (auto s = session::prepare(project, session::RunId(), *job); !s) return console.fail(s.error());
        if (auto judged = session::judgeText(project, **text, session::RunId(), *job); !judged)
            return console.fail(judged.error());
    }
    const auto stored = session::saveIteration(project, **text, o.tag, saved.empty() ? 0 : saved.back().id);
    if (!stored) return console.fail(stored.error());
    if (auto s = session::setCurrentRules(project, **text); !s) return console.fail(s.error());
    if (console.json) {
        Json j;
        j["iterations"] = Json::array({iterationJson(*stored)});
        console.print(j);
    } else {
        console.out() << "saved iteration " << stored->id << ": " << grouped(stored->conflicting) << " conflicting, "
                      << grouped(stored->unclassified) << " unclassified\n";
    }
    return kDone;
}

int diff(const RulesOptions& o, const std::vector<refine::Iteration>& saved, Console& console) {
    if (o.second.empty()) return console.usage("rules diff needs two rule sets: iterations, files or shipped sets");
    const auto a = textOf(saved, o.first), b = textOf(saved, o.second);
    if (!a) return console.fail(a.error());
    if (!b) return console.fail(b.error());
    const auto lines = refine::diffLines(*a, *b);
    if (!console.json) {
        for (const auto& l : lines)
            console.out() << (l.kind == refine::DiffKind::same    ? "  "
                              : l.kind == refine::DiffKind::added ? "+ "
                                                                  : "- ")
                          << l.text << '\n';
        return kDone;
    }
    Json j;
    j["a"] = o.first;
    j["b"] = o.second;
    j["edit"] = refine::describeEdit(*a, *b);
    j["lines"] = Json::array();
    for (const auto& l : lines) {
        if (l.kind == refine::DiffKind::same) continue;
        Json row;
        row["kind"] = l.kind == refine::DiffKind::added ? "added" : "removed";
        row["text"] = l.text;
        j["lines"].push_back(std::move(row));
    }
    console.print(j);
    return kDone;
}

int run(const RulesOptions& o, Console& console) {
    auto project = o.project.open(o.action == "save" ? Purpose::changing : Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto saved = session::iterations(**project);
    if (!saved) return console.fail(saved.error());
    if (o.action == "list") return list(*saved, console);
    if (o.action == "show") return show(o, **project, *saved, console);
    if (o.action == "save") return save(o, **project, *saved, console);
    if (o.action == "blame") return blame(o, **project, *saved, console);
    return diff(o, *saved, console);
}

}  // namespace

VerbRun defineRules(CLI::App& app) {
    auto o = std::make_shared<RulesOptions>();
    o->project.addTo(app);
    app.add_option("ACTION", o->action, "list, show [A], save FILE, diff A B or blame 'SIGNS'")
        ->check(CLI::IsMember({"list", "show", "save", "diff", "blame"}))
        ->capture_default_str();
    app.add_option("A", o->first,
                   "saved iteration (id, tag or name), file or shipped set; for blame: the signs of a combination");
    app.add_option("B", o->second, "second rule set of diff");
    app.add_option("--tag", o->tag, "tag for the saved iteration: alpha, beta or final")->type_name("TAG");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
