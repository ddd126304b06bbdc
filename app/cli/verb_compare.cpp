// weir-cli compare: compares two rule sets or score profiles on the same records, or two time ranges or projects under
// one rule set.
#include "app/cli/cli_registry.h"
#include "app/cli/deviation_output.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score_profiles.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"
#include "core/session/verbs/rule_sets.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

struct CompareOptions {
    ProjectOptions project;
    std::string champion, challenger, direction = "in";
    std::string rules = "current", baseline, range, baselineProject;
    bool ofFlows() const { return !baseline.empty() || !range.empty() || !baselineProject.empty(); }
    bool onChange = false;
};

Json rulesJson(const session::RuleComparison& c, const std::vector<std::uint64_t>& sources) {
    const compare::Migration& m = c.migration;
    Json out{{"champion", c.champion->parsed.set.name},
             {"challenger", c.challenger->parsed.set.name},
             {"migration", Json::array()}};
    for (std::size_t i = 0; i < m.cells.size(); ++i) {
        const compare::Cell& cell = m.cells[i];
        Json row = totalJson({{"from", m.from[cell.from]}, {"to", m.to[cell.to]}}, cell.sums);
        row["sources"] = sources[i];
        if (m.moved(cell)) {
            row["combinations"] = Json::array();
            for (const std::uint32_t w : cell.rows) {
                const auto& was = c.champion->parsed.set;
                const auto& is = c.challenger->parsed.set;
                const rules::Word word = c.champion->tally[w].word;
                row["combinations"].push_back(
                    Json{{"signs", signsJson(word, was)},
                         {"flows", c.champion->tally[w].flows},
                         {"champion_rules", ruleNamesJson(was, rules::matchingRules(was, word))},
                         {"challenger_rules", ruleNamesJson(is, rules::matchingRules(is, word))}});
            }
        }
        out["migration"].push_back(std::move(row));
    }
    out["changed_flows"] = m.changed.flows;
    out["unchanged_flows"] = m.unchanged.flows;
    const auto conflicts = [](const session::Judgement& j) {
        return Json{{"conflicting_flows", j.classes.conflicting}, {"unclassified_flows", j.classes.unclassified}};
    };
    out["before"] = conflicts(*c.champion);
    out["after"] = conflicts(*c.challenger);
    out["proof"] = {{"combinations", c.proof.words}, {"moves", Json::array()}};
    for (const compare::Move& move : c.proof.moves)
        out["proof"]["moves"].push_back(Json{{"from", move.from},
                                             {"to", move.to},
                                             {"combinations", move.words},
                                             {"witness", signsJson(move.witness, c.champion->parsed.set)}});
    return out;
}

void printRules(std::ostream& out, const session::RuleComparison& c, const std::vector<std::uint64_t>& sources) {
    const compare::Migration& m = c.migration;
    out << "champion   " << c.champion->parsed.set.name << ": " << grouped(c.champion->classes.conflicting)
        << " conflicting, " << grouped(c.champion->classes.unclassified) << " unclassified\n"
        << "challenger " << c.challenger->parsed.set.name << ": " << grouped(c.challenger->classes.conflicting)
        << " conflicting, " << grouped(c.challenger->classes.unclassified) << " unclassified\n"
        << grouped(m.changed.flows) << " flows change their class, " << grouped(m.unchanged.flows) << " keep it\n";
    TextTable table({{"from"},
                     {"to"},
                     {"flows", true},
                     {"packets", true},
                     {"bytes", true},
                     {"sources", true},
                     {"combinations", true}});
    for (std::size_t i = 0; i < m.cells.size(); ++i)
        if (const compare::Cell& cell = m.cells[i]; m.moved(cell))
            table.add({m.from[cell.from], m.to[cell.to], grouped(cell.sums.flows), grouped(cell.sums.packets),
                       grouped(cell.sums.bytes), grouped(sources[i]), grouped(cell.rows.size())});
    if (m.changed.flows) {
        out << '\n';
        table.print(out);
    }
    out << '\n';
    const auto unseen = c.unseen();
    const std::string over =
        (c.proof.counted ? "all " + grouped(c.proof.words) : std::string("all")) + " admissible combinations of signs";
    if (c.proof.open)
        out << "the search reached its limit, undecided cases: " << grouped(c.proof.open)
            << "; more may change than is listed. Use fewer user signs, or more one-of and never lines\n";
    else if (unseen.empty())
        out << (c.proof.moves.empty() ? "nothing" : "nothing else") << " can change: proven over " << over << '\n';
    if (!unseen.empty()) out << "possible but not observed (of " << over << "):\n";
    TextTable moves({{"from"}, {"to"}, {"combinations", true}, {"example"}});
    for (const compare::Move& move : unseen)
        moves.add({move.from, move.to, grouped(move.words), signsText(move.witness, c.champion->parsed.set)});
    if (!unseen.empty()) moves.print(out);
}

int compareRules(const CompareOptions& o, session::Project& project, const std::string& champion,
                 const std::string& challenger, Console& console) {
    std::vector<rules::UserSign> userSigns;
    const session::SignBasis basis(project.snapshot());
    for (const auto& [name, text] : {std::pair(&o.champion, &champion), std::pair(&o.challenger, &challenger)}) {
        const rules::Parsed parsed = rules::parseRules(*text, basis.vocabulary());
        printDiagnostics(console, *name, parsed.diagnostics);
        if (!parsed.good()) return kUsage;
        userSigns.insert(userSigns.end(), parsed.set.userSigns.begin(), parsed.set.userSigns.end());
    }
    if (const Status s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    const session::RunId run(o.direction == "out" ? flow::Direction::out : flow::Direction::in);
    const auto job = console.job();
    if (const Status s = session::prepare(project, run, *job); !s) return console.fail(s.error());
    if (const Status s = session::prepareUserSigns(project, userSigns, run, *job); !s) return console.fail(s.error());
    const session::SnapshotPtr snapshot = project.snapshot();
    session::RuleComparer comparer;
    const auto comparison = comparer.compare(champion, challenger, session::SignBasis(snapshot, run));
    const auto sources = session::sourcesOfCells(*snapshot, *comparison, run);
    if (!sources) return console.fail(sources.error());
    if (console.json)
        console.print(rulesJson(*comparison, *sources));
    else
        printRules(console.out(), *comparison, *sources);
    return o.onChange && comparison->migration.changed.flows ? kCheckSaidNo : kDone;
}

int compareProfiles(const CompareOptions& o, session::Project& project, const std::string& champion,
                    const std::string& challenger, Console& console) {
    if (const Status s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    const auto job = console.job();
    const auto c = session::compareProfiles(project.snapshot(), champion, challenger, *job);
    if (!c) return console.fail(c.error());
    const session::ScoreComparison& scores = **c;
    const compare::Migration& m = scores.migration;
    const auto value = [](int badness) {
        return badness == session::ScoreComparison::kNotScored ? Json(nullptr) : Json(badness);
    };
    Json out{{"champion", scores.champion->parsed.profile.name},
             {"challenger", scores.challenger->parsed.profile.name},
             {"migration", Json::array()}};
    TextTable table({{"badness", true}, {"becomes", true}, {"flows", true}, {"packets", true}, {"bytes", true}});
    for (const compare::Cell& cell : m.cells) {
        out["migration"].push_back(
            totalJson({{"from", value(scores.from[cell.from])}, {"to", value(scores.to[cell.to])}}, cell.sums));
        if (m.moved(cell))
            table.add({m.from[cell.from], m.to[cell.to], grouped(cell.sums.flows), grouped(cell.sums.packets),
                       grouped(cell.sums.bytes)});
    }
    out["changed_flows"] = m.changed.flows;
    out["unchanged_flows"] = m.unchanged.flows;
    out["other_codes_flows"] = scores.otherCodes;
    if (console.json) {
        console.print(out);
    } else {
        console.out() << "champion   " << scores.champion->parsed.profile.name << "\nchallenger "
                      << scores.challenger->parsed.profile.name << '\n'
                      << grouped(m.changed.flows) << " records change their badness, " << grouped(m.unchanged.flows)
                      << " keep it, " << grouped(scores.otherCodes) << " of these with other codes\n\n";
        table.print(console.out());
    }
    return o.onChange && m.changed.flows ? kCheckSaidNo : kDone;
}

/// The flows of a period under the rules, with their user signs.
Result<session::Population> populationOf(const CompareOptions& o, session::Project& project, const std::string& rules,
                                         const session::Period& period, Console& console) {
    if (const Status s = o.project.ensureLocal(project, console); !s) return s.error();
    const session::RunId run(o.direction == "out" ? flow::Direction::out : flow::Direction::in);
    const auto job = console.job();
    if (const Status s = session::prepare(project, run, *job); !s) return s.error();
    if (const auto judged = session::judgeText(project, rules, run, *job); !judged) return judged.error();
    return session::populationOf(*project.snapshot(), period, run, *job);
}

int compareFlows(const CompareOptions& o, session::Project& project, Console& console) {
    session::Period baseline, now;
    for (const auto& [text, period] : {std::pair(&o.baseline, &baseline), std::pair(&o.range, &now)}) {
        if (text->empty()) continue;
        const auto parsed = session::parsePeriod(*text);
        if (!parsed) return console.fail(parsed.error());
        *period = *parsed;
    }
    // By default one side is all flows that are not on the other side.
    const bool oneProject = o.baselineProject.empty();
    if (oneProject && o.baseline.empty()) (baseline = now).outside = true;
    if (oneProject && o.range.empty()) (now = baseline).outside = true;
    const auto rules = namedText(project, o.rules);
    if (!rules) return console.fail(rules.error());
    if (session::isProfile(*rules))
        return console.usage("--rules: `" + o.rules + "` is a score profile; expected a rule set");
    const rules::Parsed parsed = rules::parseRules(*rules, session::SignBasis(project.snapshot()).vocabulary());
    printDiagnostics(console, o.rules, parsed.diagnostics);
    if (!parsed.good()) return kUsage;
    const auto is = populationOf(o, project, *rules, now, console);
    if (!is) return console.fail(is.error());
    session::ProjectPtr other;
    if (!oneProject) {
        auto opened = session::openProject(o.baselineProject);
        if (!opened) return console.fail(opened.error());
        other = *opened;
    }
    const auto was = populationOf(o, other ? *other : project, *rules, baseline, console);
    if (!was) return console.fail(was.error());
    if (other)
        for (const std::string& id :
             session::differingSettings(other->snapshot()->settings, project.snapshot()->settings))
            console.note("the projects differ in the setting " + id);
    const session::FlowComparison comparison = session::compareFlows(*rules, *was, *is);
    if (console.json)
        console.print(deviationJson(comparison));
    else
        printDeviation(console.out(), comparison);
    return kDone;
}

int run(const CompareOptions& o, Console& console) {
    if (o.ofFlows() != (o.champion.empty() && o.challenger.empty()) ||
        (!o.ofFlows() && (o.champion.empty() || o.challenger.empty())))
        return console.usage(
            "compare needs --champion and --challenger, or one of --baseline, --range and --baseline-project");
    if (o.ofFlows() && o.onChange)
        return console.usage("--fail-on-change is for rule sets and score profiles; two sets of flows always differ");
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    if (o.ofFlows()) return compareFlows(o, **project, console);
    const auto champion = namedText(**project, o.champion), challenger = namedText(**project, o.challenger);
    if (!champion) return console.fail(champion.error());
    if (!challenger) return console.fail(challenger.error());
    const bool profile = session::isProfile(*champion);
    if (profile != session::isProfile(*challenger))
        return console.usage("a rule set cannot be compared with a score profile");
    return profile ? compareProfiles(o, **project, *champion, *challenger, console)
                   : compareRules(o, **project, *champion, *challenger, console);
}

}  // namespace

VerbRun defineCompare(CLI::App& app) {
    auto o = std::make_shared<CompareOptions>();
    o->project.addTo(app);
    app.add_option("--champion", o->champion,
                   "the current version: a file, a shipped rule set or score profile, a saved iteration (id, tag or "
                   "name), or `current`")
        ->type_name("FILE|NAME");
    app.add_option("--challenger", o->challenger, "the proposed version, given in the same way")
        ->type_name("FILE|NAME");
    app.add_option("--baseline", o->baseline,
                   "baseline: flows that start in this time range (RFC 3339; either end may be omitted); default: all "
                   "others")
        ->type_name("FROM/TO");
    app.add_option("--range", o->range, "flows to compare with the baseline; default: all others")
        ->type_name("FROM/TO");
    app.add_option("--baseline-project", o->baselineProject, "use the flows of this project as the baseline")
        ->type_name("FILE");
    app.add_option("--rules", o->rules, "rule set under which flows are compared")
        ->type_name("FILE|NAME")
        ->capture_default_str();
    app.add_option("--direction", o->direction, "compare inbound (in) or outbound (out) one-way flows")
        ->check(CLI::IsMember({"in", "out"}))
        ->capture_default_str();
    app.add_flag("--fail-on-change", o->onChange, "exit with 1 if a flow changes its class, or a record its badness");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
