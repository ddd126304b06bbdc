// weir-cli silence: lists, adds and removes known-good records, which do not get a code.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/session/evidence/score.h"
#include "core/session/evidence/silences.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace weir::cli {
namespace {

using session::Silence;

struct SilenceOptions {
    ProjectOptions project;
    std::string action = "list", filter, code, note, until;
};

int list(const SilenceOptions& o, session::Project& project, Console& console) {
    if (const Status s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    const auto job = console.job();
    if (const Status s = session::prepareScores(project, session::currentProfile(project), *job); !s)
        return console.fail(s.error());
    const session::SnapshotPtr snapshot = project.snapshot();
    const auto recordsOf = [&](const Silence& silence) -> std::optional<std::uint64_t> {
        for (const session::SilenceCount& c : snapshot->scores->silenced)
            if (c.silence == silence) return c.records;
        return std::nullopt;
    };
    Json out{{"silences", Json::array()}};
    TextTable table({{"code"}, {"records", true}, {"filter"}, {"until"}, {"note"}});
    for (const Silence& s : *snapshot->silences) {
        const auto records = recordsOf(s);
        out["silences"].push_back(Json{{"code", s.code.empty() ? Json(nullptr) : Json(s.code)},
                                       {"filter", s.filter},
                                       {"note", s.note},
                                       {"until", s.until.empty() ? Json(nullptr) : Json(s.until)},
                                       {"time", s.time},
                                       {"in_force", records.has_value()},
                                       {"records", records ? Json(*records) : Json(nullptr)}});
        table.add({s.code.empty() ? "all codes" : s.code, records ? grouped(*records) : "expired", s.filter,
                   s.until.empty() ? "no end" : s.until, s.note});
    }
    if (console.json)
        console.print(out);
    else
        table.print(console.out());
    return kDone;
}

/// A code that the current profile does not have may belong to another profile: a note, not an error.
void noteUnknownCode(const SilenceOptions& o, const session::Project& project, Console& console) {
    if (!o.code.empty() && !session::hasCode(project, o.code))
        console.note("the current score profile has no code " + o.code +
                     ", so nothing is suppressed until a profile has it");
}

int run(const SilenceOptions& o, Console& console) {
    auto project = o.project.open(o.action == "list" ? Purpose::reading : Purpose::changing, console);
    if (!project) return console.fail(project.error());
    if (o.action == "list") return list(o, **project, console);
    if (o.filter.empty()) return console.usage("silence " + o.action + " needs a FILTER");
    if (o.action == "add") {
        const Status s = session::addSilence(**project, {o.code, o.filter, o.note, o.until, {}});
        if (!s) return console.fail(s.error());
        noteUnknownCode(o, **project, console);
        return kDone;
    }
    const auto gone = session::removeSilence(**project, o.code, o.filter);
    if (!gone) return console.fail(gone.error());
    return *gone ? kDone
                 : console.fail({Errc::notFound,
                                 "no silence has this filter and " +
                                     (o.code.empty() ? std::string("all codes") : "the code " + o.code),
                                 0});
}

}  // namespace

VerbRun defineSilence(CLI::App& app) {
    auto o = std::make_shared<SilenceOptions>();
    o->project.addTo(app);
    app.add_option("ACTION", o->action, "list, add FILTER or remove FILTER")
        ->check(CLI::IsMember({"list", "add", "remove"}))
        ->capture_default_str();
    app.add_option("FILTER", o->filter, "known-good records, such as `src net 192.0.2.0/28 and dst port 161`");
    app.add_option("--code", o->code, "code that they do not get; default: all codes")->type_name("CODE");
    app.add_option("--note", o->note, "why they are known to be good")->type_name("TEXT");
    app.add_option("--until", o->until, "last day on which this holds, in UTC; default: no end")
        ->type_name("YYYY-MM-DD");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
