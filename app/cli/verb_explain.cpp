// weir-cli explain: why a flow has its signs and class, and its record its codes.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/row_reader.h"
#include "core/session/verbs/inspect.h"
#include "core/session/verbs/inspect_score.h"
#include "core/signs/sign_family.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct ExplainOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string flowId;
};

Json codesJson(const session::ScoreExplanation& s, const score::Profile& profile) {
    Json codes = Json::array();
    for (const explain::CodeLine& line : s.lines) {
        const score::Test& test = profile.tests[line.test];
        codes.push_back(Json{{"code", test.code},
                             {"kind", test.kind == score::Kind::good ? "good" : "bad"},
                             {"points", test.points},
                             {"holds", line.holds},
                             {"evidence", line.evidence}});
    }
    return codes;
}

Json explanationJson(const session::FlowExplanation& e, const session::Judgement& j, const session::ScoreExplanation& s,
                     const score::Profile& profile, const std::string& id) {
    Json out;
    out["id"] = id;
    out["records"] = e.records;
    out["class"] = e.row.classified ? Json(j.className(e.row.classIndex)) : Json(nullptr);
    out["not_classified_because"] = e.notClassifiedBecause.empty() ? Json(nullptr) : Json(e.notClassifiedBecause);
    out["signs"] = Json::array();
    for (const explain::SignLine& line : e.why.signs) {
        Json row;
        row["sign"] = line.name;
        row["holds"] = line.holds;
        row["evidence"] = line.evidence;
        if (line.walk)
            row["walk"] = Json{{"sums", line.walk->sums}, {"lower", line.walk->lower}, {"upper", line.walk->upper}};
        row["unreliable"] = line.unreliable.empty() ? Json(nullptr) : Json(line.unreliable);
        out["signs"].push_back(std::move(row));
    }
    const char* const by[] = {nullptr, "them", "us"};
    out["tags"] = Json::array();
    for (const session::Mark& m : s.marks) out["tags"].push_back(Json{{"tag", m.tag}, {"note", m.note}});
    out["contacted_by"] = s.contact == session::Contact::nobody ? Json(nullptr) : Json(by[std::size_t(s.contact)]);
    const bool scored = s.notScoredBecause.empty();
    out["not_scored_because"] = scored ? Json(nullptr) : Json(s.notScoredBecause);
    out["badness"] = scored ? Json(s.points.badness) : Json(nullptr);
    out["goodness"] = scored ? Json(s.points.goodness) : Json(nullptr);
    out["codes"] = codesJson(s, profile);
    out["rules"] = Json::array();
    for (const explain::RuleLine& r : e.why.rules) {
        Json row;
        row["rule"] = j.parsed.set.rules[r.rule].name;
        row["matches"] = r.matches;
        row["missed_by"] = r.missedBy;
        out["rules"].push_back(std::move(row));
    }
    out["nearest"] = Json::array();
    for (const explain::Nearest& n : e.why.nearest)
        out["nearest"].push_back(Json{{"class", n.className}, {"gains", n.gains}, {"loses", n.loses}});
    return out;
}

void printScore(std::ostream& out, const session::ScoreExplanation& s, const score::Profile& profile) {
    if (!s.contactEvidence.empty()) out << s.contactEvidence << '\n';
    if (!s.notScoredBecause.empty()) {
        out << "not scored: " << s.notScoredBecause << '\n';
        return;
    }
    out << "badness " << s.points.badness << ", goodness " << s.points.goodness << "\n\n";
    TextTable codes({{"code"}, {"points", true}, {"applies"}, {"evidence"}});
    for (const bool given : {true, false})
        for (const explain::CodeLine& line : s.lines)
            if (line.holds == given)
                codes.add({profile.tests[line.test].code, std::to_string(profile.tests[line.test].points),
                           given ? "yes" : "no", line.evidence});
    codes.print(out);
    out << '\n';
}

void printExplanation(Console& console, const session::FlowExplanation& e, const session::Judgement& j,
                      const session::ScoreExplanation& s, const score::Profile& profile, const std::string& id) {
    std::ostream& out = console.out();
    out << "flow " << id << ", " << e.records.size() << (e.records.size() == 1 ? " record\n" : " records\n");
    printScore(out, s, profile);
    if (!e.notClassifiedBecause.empty()) {
        out << "not classified: " << e.notClassifiedBecause << '\n';
        return;
    }
    out << "class " << j.className(e.row.classIndex) << (e.row.conflicting ? " (in conflict)\n\n" : "\n\n");
    TextTable signs({{"sign"}, {"holds"}, {"evidence"}});
    for (const explain::SignLine& line : e.why.signs)
        signs.add({line.name, line.holds ? "yes" : "no",
                   line.evidence + (line.unreliable.empty() ? "" : "; unreliable, " + line.unreliable)});
    signs.print(out);
    TextTable rules({{"rule"}, {"class"}, {"matches"}, {"missed by"}});
    for (const explain::RuleLine& r : e.why.rules) {
        std::string missed;
        for (const std::string& m : r.missedBy) missed += (missed.empty() ? "" : ", ") + m;
        const rules::Rule& rule = j.parsed.set.rules[r.rule];
        rules.add({rule.name, j.className(rule.classIndex), r.matches ? "yes" : "no", missed});
    }
    out << '\n';
    rules.print(out);
    TextTable nearest({{"nearest class"}, {"signs", true}, {"change"}});
    for (const explain::Nearest& n : e.why.nearest)
        nearest.add({n.className, std::to_string(n.signs()), explain::changeText(n)});
    if (e.why.nearest.empty()) return;
    out << '\n';
    nearest.print(out);
}

int run(const ExplainOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const auto record = session::recordRowOf(*judged->snapshot, o.flowId);
    if (!record) return console.fail(record.error());
    const auto row = session::derivedRowOf(*judged->snapshot, o.flowId);
    if (!row) return console.fail(row.error());
    const auto job = console.job();
    const auto explanation = session::inspectFlow(judged->snapshot, judged->judgement, *row, *job);
    if (!explanation) return console.fail(explanation.error());
    if (auto s = session::prepareScores(**project, session::currentProfile(**project), *job); !s)
        return console.fail(s.error());
    const session::SnapshotPtr scored = (*project)->snapshot();
    const auto score = session::inspectScore(scored, judged->judgement, *record, *job);
    if (!score) return console.fail(score.error());
    const score::Profile& profile = scored->scores->parsed.profile;
    if (console.json)
        console.print(explanationJson(*explanation, *judged->judgement, *score, profile, o.flowId));
    else
        printExplanation(console, *explanation, *judged->judgement, *score, profile, o.flowId);
    return kDone;
}

}  // namespace

VerbRun defineExplain(CLI::App& app) {
    auto o = std::make_shared<ExplainOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, false);
    app.add_option("FLOW-ID", o->flowId, "flow id SOURCE:ROW, as in the column id of `weir-cli flows`")->required();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
