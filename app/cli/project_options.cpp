// Opening projects, applying settings, finding rule texts.
#include "app/cli/project_options.h"

#include "core/base/mapped_file.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/evidence/score_profiles.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace weir::cli {
namespace {

Error usageError(std::string text) { return {Errc::usage, std::move(text), 0}; }

std::string numberText(double v) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", v);
    return text;
}

Status setOne(session::Settings& settings, const std::string& id, const std::string& value) {
    const session::SettingDef* def = session::findSetting(id);
    if (!def) {
        std::string known;
        for (const auto& d : session::settingTable()) known.append(known.empty() ? "" : ", ").append(d.id);
        return usageError("unknown setting `" + id + "`; available: " + known);
    }
    if (!def->set(settings, value))
        return usageError("`" + value + "` is not a valid value for " + id + " (" + std::string(def->help) + ")");
    return ok();
}

}  // namespace

void ProjectOptions::addTo(CLI::App& app) {
    app.add_option("-p,--project", path_, "project file (.weir)")->required()->type_name("P.weir");
    app.add_option("--local", local_, "a local network; may be repeated")->type_name("CIDR")->allow_extra_args(false);
    app.add_option("--active", active_, "active timeout of the meter, in seconds")->type_name("S");
    app.add_option("--idle", idle_, "idle timeout of the meter, in seconds")->type_name("S");
    app.add_option("--set", set_, "change a setting and save it in the project; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    app.add_option("--wait", wait_, "maximum time to wait while another program writes to the project, in seconds")
        ->type_name("S")
        ->check(CLI::Range(0.0, 86400.0))
        ->capture_default_str();
}

Status ProjectOptions::applySettings(session::Project& project) const {
    session::Settings settings = project.snapshot()->settings;
    const std::string before = session::toJson(settings);
    if (active_)
        if (auto s = setOne(settings, "meter.active", numberText(*active_)); !s) return s;
    if (idle_)
        if (auto s = setOne(settings, "meter.idle", numberText(*idle_)); !s) return s;
    for (const std::string& assignment : set_) {
        const auto equals = assignment.find('=');
        if (equals == std::string::npos) return usageError("--set: expected NAME=VALUE, found `" + assignment + "`");
        if (auto s = setOne(settings, assignment.substr(0, equals), assignment.substr(equals + 1)); !s) return s;
    }
    if (!local_.empty()) {
        std::string all;
        for (const std::string& cidr : local_) {
            if (!flow::parsePrefix(cidr))
                return usageError("`" + cidr + "` is not a valid network; write it as 192.0.2.0/24");
            all += (all.empty() ? "" : ", ") + cidr;
        }
        if (auto s = setOne(settings, "local", all); !s) return s;
    }
    return session::toJson(settings) == before ? ok() : project.changeSettings(settings);
}

Result<session::ProjectPtr> ProjectOptions::open(Purpose purpose, Console& console) const {
    const store::Opening opening{false, std::chrono::milliseconds(std::int64_t(wait_ * 1000)), {}};
    auto project = purpose == Purpose::creating ? session::openOrCreateProject(path_, opening)
                                                : session::openProject(path_, opening);
    if (!project && project.error().code == Errc::notFound)
        return Error{Errc::notFound, "there is no project " + path_ + "; weir-cli import creates one", 0};
    if (!project) return project.error();
    if (const auto opened = (*project)->snapshot(); purpose != Purpose::reading && !opened->readOnlyReason.empty())
        return Error{Errc::readOnly, path_ + " is read-only: " + opened->readOnlyReason, 0};
    if (auto s = console.openedProject(**project); !s) return s.error();
    const std::string before = session::toJson((*project)->snapshot()->settings);
    if (auto s = applySettings(**project); !s) return s.error();
    if (const auto now = (*project)->snapshot();
        !now->readOnlyReason.empty() && session::toJson(now->settings) != before)
        console.note(path_ + " is read-only (" + now->readOnlyReason +
                     "): the given settings are used for this call only");
    return *project;
}

Status ProjectOptions::ensureLocal(session::Project& project, Console& console) const {
    const bool had = !project.snapshot()->settings.pairing.local.empty();
    const auto job = console.job();
    auto local = session::ensureLocal(project, {}, *job);
    if (!local) return local.error();
    if (had || !project.snapshot()->records) return ok();
    std::string text;
    for (const auto& p : *local) text += (text.empty() ? "" : ", ") + flow::toText(p);
    console.note(text.empty()
                     ? "no local networks are set and none can be suggested, so every flow is transit; set them with "
                       "--local CIDR"
                     : "using local networks suggested from the data: " + text + "; set others with --local CIDR");
    return ok();
}

void RuleOptions::addTo(CLI::App& app, bool withDirection) {
    app.add_option("--rules", rules_,
                   "rule set: a file, a shipped set or a saved iteration; default: the project's current rules")
        ->type_name("FILE|NAME");
    if (withDirection)
        app.add_option("--direction", direction_, "classify inbound (in) or outbound (out) one-way flows")
            ->check(CLI::IsMember({"in", "out"}))
            ->capture_default_str();
}

Result<std::optional<std::string>> fileOrShipped(std::string_view kind, const std::string& name) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(name, ignored)) {
        const auto file = MappedFile::open(name);
        if (!file) return file.error();
        const auto bytes = file->bytes();
        return std::optional(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    }
    std::string shipped = name;
    if (const std::string suffix = "." + std::string(kind); shipped.ends_with(suffix))
        shipped.resize(shipped.size() - suffix.size());
    if (const auto text = session::resourceText(kind, shipped); !text.empty()) return std::optional(std::string(text));
    return std::optional<std::string>();
}

std::optional<std::string> iterationText(const std::vector<refine::Iteration>& saved, const std::string& name) {
    const auto wanted = [&](const refine::Iteration& i) {
        return std::to_string(i.id) == name || i.tag == name || i.name == name;
    };
    const auto at = std::find_if(saved.rbegin(), saved.rend(), wanted);
    return at == saved.rend() ? std::nullopt : std::optional(at->text);
}

Result<std::string> RuleOptions::text(const session::Project& project) const {
    if (rules_.empty()) return session::currentRules(project);
    auto found = fileOrShipped("rules", rules_);
    if (!found) return found.error();
    if (*found) return std::move(**found);
    auto saved = session::iterations(project);
    if (!saved) return saved.error();
    if (auto text = iterationText(*saved, rules_)) return std::move(*text);
    std::string known;
    for (const auto& r : session::resources())
        if (r.kind == "rules") known.append(known.empty() ? "" : ", ").append(r.name);
    return Error{Errc::notFound,
                 "no rule set `" + rules_ + "`: it is not a file, a shipped set (" + known + ") or a saved iteration",
                 0};
}

Result<std::string> namedText(const session::Project& project, const std::string& name) {
    if (name == "current") return session::currentRules(project);
    const auto saved = session::iterations(project);
    if (!saved) return saved.error();
    if (auto text = iterationText(*saved, name)) return std::move(*text);
    for (const char* kind : {"rules", "score"}) {
        auto found = fileOrShipped(kind, name);
        if (!found) return found.error();
        if (*found) return std::move(**found);
    }
    const auto profiles = session::savedProfiles(project);
    if (!profiles) return profiles.error();
    for (auto p = profiles->rbegin(); p != profiles->rend(); ++p)
        if (p->tag == name || p->name == name) return p->text;
    return Error{Errc::notFound,
                 "`" + name + "` is not a saved iteration or profile, a file, or a shipped set or profile", 0};
}

void printDiagnostics(Console& console, const std::string& name, const Diagnostics& problems) {
    for (const Diagnostic& d : problems)
        console.note(name + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
                     (d.severity == Severity::error ? "error: " : "warning: ") + d.message);
}

Result<Judged> judgeProject(session::Project& project, const ProjectOptions& options, const RuleOptions& rules,
                            Console& console) {
    const auto text = rules.text(project);
    if (!text) return text.error();
    if (auto s = options.ensureLocal(project, console); !s) return s.error();
    Judged judged;
    {
        const auto job = console.job();
        if (auto s = session::prepare(project, rules.run(), *job); !s) return s.error();
        auto judgement = session::judgeText(project, *text, rules.run(), *job);
        if (!judgement) return judgement.error();
        judged.judgement = std::move(*judgement);
    }
    judged.snapshot = project.snapshot();
    printDiagnostics(console, "rules", judged.judgement->parsed.diagnostics);
    if (!judged.judgement->parsed.good()) return Error{Errc::badRule, "the rule set has errors", 0};
    return judged;
}

}  // namespace weir::cli
