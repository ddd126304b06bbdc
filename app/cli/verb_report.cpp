// weir-cli report: writes a report of the project.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "core/report/formats.h"
#include "core/report/registry.h"
#include "core/session/evidence/score.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/report.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace weir::cli {
namespace {

struct ReportOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string out, champion, profile;
    std::vector<std::string> only;
};

/// Writes the whole file or leaves it unchanged, so that there is never half a report. Errors: io.
Status writeWhole(const std::string& path, const std::string& bytes) {
    const std::string part = path + ".part";
    const auto failed = [&](const char* what) {
        const Error error{Errc::io,
                          std::string(what).append(" ").append(path).append(": ").append(std::strerror(errno)), 0};
        std::remove(part.c_str());
        return error;
    };
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        if (!file) return failed("cannot write");
        file.write(bytes.data(), std::streamsize(bytes.size()));
        file.close();
        if (!file) return failed("cannot write");
    }
    if (std::rename(part.c_str(), path.c_str()) != 0) return failed("cannot replace");
    return ok();
}

std::string extensions() {
    std::string out;
    for (const report::Format& f : report::formats()) out.append(out.empty() ? "" : ", ").append(f.extension);
    return out;
}

int run(const ReportOptions& o, Console& console) {
    const report::Format* format = report::formatOf(o.out);
    if (!format)
        return console.usage("`" + o.out + "`: unknown report format; use one of these extensions: " + extensions());
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    if (const Status s = o.project.ensureLocal(**project, console); !s) return console.fail(s.error());
    session::ReportRequest request;
    request.only = o.only;
    request.run = o.rules.run();
    auto rules = o.rules.text(**project);
    if (!rules) return console.fail(rules.error());
    request.rules = std::move(*rules);
    if (!o.champion.empty()) {
        auto champion = namedText(**project, o.champion);
        if (!champion) return console.fail(champion.error());
        if (session::isProfile(*champion))
            return console.usage("--champion: `" + o.champion + "` is a score profile; expected a rule set");
        request.champion = std::move(*champion);
        request.championName = o.champion;
    }
    const auto profile = o.profile.empty() ? Result<std::optional<std::string>>(session::currentProfile(**project))
                                           : fileOrShipped("score", o.profile);
    if (!profile) return console.fail(profile.error());
    if (!*profile)
        return console.usage("no score profile `" + o.profile + "`: it is neither a file nor a shipped profile");
    request.profile = **profile;
    const auto job = console.job();
    const auto document = session::makeReport(**project, request, *job);
    if (!document) return console.fail(document.error());
    const std::string bytes = format->render(*document);
    if (const Status s = writeWhole(o.out, bytes); !s) return console.fail(s.error());
    if (console.json) {
        Json out{{"file", o.out}, {"format", format->name}, {"bytes", bytes.size()}, {"sections", Json::array()}};
        for (const report::Section& s : document->sections) out["sections"].push_back(s.id);
        console.print(out);
    } else {
        console.note("wrote " + o.out);
    }
    return kDone;
}

}  // namespace

VerbRun defineReport(CLI::App& app) {
    auto o = std::make_shared<ReportOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, true);
    std::string ids;
    for (const report::SectionDef& def : report::sections()) ids.append(ids.empty() ? "" : ", ").append(def.id);
    app.add_option("-o,--output", o->out, "output file; the format follows the file extension: " + extensions())
        ->type_name("FILE")
        ->required();
    app.add_option("--only", o->only, "include only these sections, comma-separated: " + ids)
        ->delimiter(',')
        ->type_name("SECTION,...");
    app.add_option("--champion", o->champion,
                   "compare the rule set with this one: a file, a shipped set or a saved iteration")
        ->type_name("FILE|NAME");
    app.add_option("--profile", o->profile,
                   "score profile: a file or a shipped profile; default: the project's profile")
        ->type_name("FILE|NAME");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
