// weir-cli score: codes of the records by a score profile, the worst combinations first.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/session/resources.h"
#include "core/session/score.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <map>

namespace weir::cli {
namespace {

struct Options {
    ProjectOptions project;
    std::string profile{session::kDefaultProfile};
};

/// A file of that path, else a shipped profile of that name.
Result<std::string> profileText(const std::string& name) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(name, ignored)) {
        const auto file = MappedFile::open(name);
        if (!file) return file.error();
        const auto bytes = file->bytes();
        return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    std::string shipped = name;
    if (shipped.ends_with(".score")) shipped.resize(shipped.size() - 6);
    if (const auto text = session::resourceText("score", shipped); !text.empty()) return std::string(text);
    return Error{Errc::notFound, "no score profile " + name + ": neither a file nor one that ships (" + std::string(session::kDefaultProfile) + ")", 0};
}

/// Combinations by badness, goodness and flows, the highest first; those without a code stay out.
struct Ranked {
    score::CodeCount count;
    score::Points points;
};
std::vector<Ranked> ranked(const session::ScoreResult& r) {
    std::vector<Ranked> out;
    for (const score::CodeCount& c : r.scores.words)
        if (c.word != 0) out.push_back({c, score::pointsOf(r.parsed.profile, c.word)});
    std::stable_sort(out.begin(), out.end(), [](const Ranked& a, const Ranked& b) {
        return std::tuple(a.points.badness, a.points.goodness, a.count.flows) > std::tuple(b.points.badness, b.points.goodness, b.count.flows);
    });
    return out;
}

std::vector<std::string> codesOf(const score::Profile& profile, std::uint64_t word) {
    std::vector<std::string> codes;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if (word >> t & 1u) codes.push_back(profile.tests[t].code);
    return codes;
}

std::vector<std::uint64_t> flowsPerCode(const session::ScoreResult& r) {
    std::vector<std::uint64_t> flows(r.parsed.profile.tests.size(), 0);
    for (const score::CodeCount& c : r.scores.words)
        for (std::size_t t = 0; t < flows.size(); ++t) flows[t] += c.word >> t & 1u ? c.flows : 0;
    return flows;
}

std::map<int, std::uint64_t> flowsPerBadness(const session::ScoreResult& r) {
    std::map<int, std::uint64_t> flows;
    for (const score::CodeCount& c : r.scores.words) flows[score::pointsOf(r.parsed.profile, c.word).badness] += c.flows;
    return flows;
}

std::string_view kindText(score::Kind kind) { return kind == score::Kind::good ? "good" : "bad"; }

Json scoresJson(const session::ScoreResult& r) {
    const score::Profile& profile = r.parsed.profile;
    const auto perCode = flowsPerCode(r);
    Json out;
    out["profile"] = profile.name;
    out["scored"] = r.scores.scored;
    out["codes"] = Json::array();
    for (std::size_t t = 0; t < perCode.size(); ++t) {
        const score::Test& test = profile.tests[t];
        out["codes"].push_back(Json{{"code", test.code}, {"kind", kindText(test.kind)}, {"points", test.points}, {"flows", perCode[t]}});
    }
    out["combinations"] = Json::array();
    for (const Ranked& c : ranked(r))
        out["combinations"].push_back(Json{{"codes", codesOf(profile, c.count.word)}, {"badness", c.points.badness}, {"goodness", c.points.goodness}, {"flows", c.count.flows}});
    out["badness"] = Json::array();
    for (const auto& [badness, flows] : flowsPerBadness(r)) out["badness"].push_back(Json{{"score", badness}, {"flows", flows}});
    return out;
}

void printScores(Console& console, const session::ScoreResult& r) {
    const score::Profile& profile = r.parsed.profile;
    console.out() << "profile " << profile.name << ", " << grouped(r.scores.scored) << " records scored\n";
    TextTable combinations({{"badness", true}, {"goodness", true}, {"flows", true}, {"share", true}, {"codes"}});
    for (const Ranked& c : ranked(r)) {
        std::string codes;
        for (const std::string& code : codesOf(profile, c.count.word)) codes += (codes.empty() ? "" : ", ") + code;
        combinations.add({std::to_string(c.points.badness), std::to_string(c.points.goodness), grouped(c.count.flows), percent(c.count.flows, r.scores.scored), codes});
    }
    combinations.print(console.out());
    console.out() << '\n';
    TextTable codes({{"flows", true}, {"share", true}, {"points", true}, {"kind"}, {"code"}});
    const auto perCode = flowsPerCode(r);
    for (std::size_t t = 0; t < perCode.size(); ++t) {
        const score::Test& test = profile.tests[t];
        codes.add({grouped(perCode[t]), percent(perCode[t], r.scores.scored), std::to_string(test.points), std::string(kindText(test.kind)), test.code});
    }
    codes.print(console.out());
}

int run(const Options& o, Console& console) {
    const auto text = profileText(o.profile);
    if (!text) return console.fail(text.error());
    auto project = o.project.open(false);
    if (!project) return console.fail(project.error());
    if (const Status s = o.project.ensureLocal(**project, console); !s) return console.fail(s.error());
    const auto job = console.job();
    const auto result = session::scoreRecords((*project)->snapshot(), *text, *job);
    if (!result) return console.fail(result.error());
    printDiagnostics(console, o.profile, result->parsed.diagnostics);
    if (!result->parsed.good()) return kUsage;
    for (const std::string& list : result->missingLists) console.note("there is no list @" + list + ": its tests give no code");
    if (console.json) console.print(scoresJson(*result));
    else printScores(console, *result);
    return kDone;
}

}  // namespace

VerbRun defineScore(CLI::App& app) {
    auto o = std::make_shared<Options>();
    o->project.addTo(app);
    app.add_option("--profile", o->profile, "a score-profile file, or one that ships")->type_name("FILE|NAME")->capture_default_str();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
