// weir-cli score: scores records and lists their combinations of codes, worst first.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/score/overlap.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace weir::cli {
namespace {

struct ScoreOptions {
    ProjectOptions project;
    std::string profile;  ///< empty = the project's profile
};

std::string_view kindText(score::Kind kind) { return kind == score::Kind::good ? "good" : "bad"; }

std::string oneDecimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

Json scoresJson(const session::ScoreResult& r) {
    const score::Profile& profile = r.parsed.profile;
    const auto perCode = score::flowsPerCode(profile, r.scores->words);
    const score::Overlap overlap(profile.tests.size(), r.scores->words);
    Json out;
    out["profile"] = profile.name;
    out["scored"] = r.scores->scored;
    out["codes"] = Json::array();
    for (std::size_t t = 0; t < perCode.size(); ++t) {
        const score::Test& test = profile.tests[t];
        out["codes"].push_back(
            Json{{"code", test.code}, {"kind", kindText(test.kind)}, {"points", test.points}, {"flows", perCode[t]}});
    }
    out["combinations"] = Json::array();
    for (const score::Ranked& c : score::ranked(profile, r.scores->words))
        out["combinations"].push_back(Json{{"codes", score::codesOf(profile, c.count.word)},
                                           {"badness", c.points.badness},
                                           {"discounted", score::discountedBadness(profile, overlap, c.count.word)},
                                           {"goodness", c.points.goodness},
                                           {"flows", c.count.flows}});
    out["badness"] = Json::array();
    for (const auto& [badness, flows] : score::flowsPerBadness(profile, r.scores->words))
        out["badness"].push_back(Json{{"score", badness}, {"flows", flows}});
    return out;
}

void printScores(Console& console, const session::ScoreResult& r) {
    const score::Profile& profile = r.parsed.profile;
    console.out() << "profile " << profile.name << ", " << counted(r.scores->scored, "record", "records")
                  << " scored\n";
    const score::Overlap overlap(profile.tests.size(), r.scores->words);
    TextTable combinations(
        {{"badness", true}, {"discounted", true}, {"goodness", true}, {"records", true}, {"share", true}, {"codes"}});
    for (const score::Ranked& c : score::ranked(profile, r.scores->words)) {
        std::string codes;
        for (const std::string& code : score::codesOf(profile, c.count.word))
            codes += (codes.empty() ? "" : ", ") + code;
        combinations.add({std::to_string(c.points.badness),
                          oneDecimal(score::discountedBadness(profile, overlap, c.count.word)),
                          std::to_string(c.points.goodness), grouped(c.count.flows),
                          percent(c.count.flows, r.scores->scored), codes});
    }
    combinations.print(console.out());
    console.out() << '\n';
    TextTable codes({{"records", true}, {"share", true}, {"points", true}, {"kind"}, {"code"}});
    const auto perCode = score::flowsPerCode(profile, r.scores->words);
    for (std::size_t t = 0; t < perCode.size(); ++t) {
        const score::Test& test = profile.tests[t];
        codes.add({grouped(perCode[t]), percent(perCode[t], r.scores->scored), std::to_string(test.points),
                   std::string(kindText(test.kind)), test.code});
    }
    codes.print(console.out());
}

int run(const ScoreOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto text = o.profile.empty() ? Result<std::optional<std::string>>(session::currentProfile(**project))
                                        : fileOrShipped("score", o.profile);
    if (!text) return console.fail(text.error());
    if (!*text)
        return console.fail({Errc::notFound,
                             "no score profile `" + o.profile +
                                 "`: it is neither a file nor a shipped profile (such as " +
                                 std::string(session::kDefaultProfile) + ")",
                             0});
    if (const Status s = o.project.ensureLocal(**project, console); !s) return console.fail(s.error());
    const auto job = console.job();
    const auto result = session::scoreRecords((*project)->snapshot(), **text, *job);
    if (!result) return console.fail(result.error());
    printDiagnostics(console, o.profile.empty() ? "profile" : o.profile, result->parsed.diagnostics);
    if (!result->parsed.good()) return kUsage;
    for (const std::string& list : result->missingLists)
        console.note("the project has no list @" + list + ": tests that use it give no code");
    for (const session::SilenceCount& s : result->silenced)
        if (s.records != 0)
            console.note("known good: `" + s.silence.filter + "` suppresses " +
                         (s.silence.code.empty() ? "all codes" : s.silence.code) + " in " +
                         counted(s.records, "record", "records"));
    if (console.json)
        console.print(scoresJson(*result));
    else
        printScores(console, *result);
    return kDone;
}

}  // namespace

VerbRun defineScore(CLI::App& app) {
    auto o = std::make_shared<ScoreOptions>();
    o->project.addTo(app);
    app.add_option("--profile", o->profile,
                   "score profile: a file or a shipped profile; default: the project's profile")
        ->type_name("FILE|NAME");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
