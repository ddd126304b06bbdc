// weir-cli explain: why a flow has its signs and its class.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/session/inspect.h"
#include "core/signs/sign_word.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct Options {
    ProjectOptions project;
    RuleOptions rules;
    std::string flowId;
};

std::string signName(signs::Sign sign) { return std::string(session::signNames()[std::size_t(sign)]); }

Json explanationJson(const session::FlowExplanation& e, const session::Judgement& j, const std::string& id) {
    Json out;
    out["id"] = id;
    out["records"] = e.records;
    out["class"] = e.row.classified ? Json(j.className(e.row.classIndex)) : Json(nullptr);
    out["not_classified_because"] = e.notClassifiedBecause.empty() ? Json(nullptr) : Json(e.notClassifiedBecause);
    out["signs"] = Json::array();
    for (const explain::SignLine& s : e.why.signs) {
        Json row;
        row["sign"] = signName(s.sign);
        row["holds"] = s.holds;
        row["evidence"] = s.evidence;
        row["unreliable"] = s.unreliable.empty() ? Json(nullptr) : Json(s.unreliable);
        out["signs"].push_back(std::move(row));
    }
    out["codes"] = Json::array();
    out["rules"] = Json::array();
    for (const explain::RuleLine& r : e.why.rules) {
        Json row;
        row["rule"] = j.parsed.set.rules[r.rule].name;
        row["matches"] = r.matches;
        row["missed_by"] = r.missedBy;
        out["rules"].push_back(std::move(row));
    }
    return out;
}

void printExplanation(Console& console, const session::FlowExplanation& e, const session::Judgement& j, const std::string& id) {
    std::ostream& out = console.out();
    out << "flow " << id << ", " << e.records.size() << (e.records.size() == 1 ? " record\n" : " records\n");
    if (!e.notClassifiedBecause.empty()) {
        out << "not classified: " << e.notClassifiedBecause << '\n';
        return;
    }
    out << "class " << j.className(e.row.classIndex) << (e.row.conflicting ? " (conflicting)\n\n" : "\n\n");
    TextTable signs({{"sign"}, {"holds"}, {"evidence"}});
    for (const explain::SignLine& s : e.why.signs) signs.add({signName(s.sign), s.holds ? "yes" : "no", s.evidence + (s.unreliable.empty() ? "" : "; unreliable, " + s.unreliable)});
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
}

int run(const Options& o, Console& console) {
    auto project = o.project.open(false);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const auto row = session::derivedRowOf(*judged->snapshot, o.flowId);
    if (!row) return console.fail(row.error());
    const auto job = console.job();
    const auto explanation = session::inspectFlow(judged->snapshot, judged->judgement, *row, *job);
    if (!explanation) return console.fail(explanation.error());
    if (console.json) console.print(explanationJson(*explanation, *judged->judgement, o.flowId));
    else printExplanation(console, *explanation, *judged->judgement, o.flowId);
    return kDone;
}

}  // namespace

VerbRun defineExplain(CLI::App& app) {
    auto o = std::make_shared<Options>();
    o->project.addTo(app);
    o->rules.addTo(app, false);
    app.add_option("FLOW-ID", o->flowId, "SOURCE:ROW, as `flows` prints it")->required();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
