// weir-cli compare: champion and challenger, two rule sets or two score profiles, on the same records.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"
#include "core/session/compare.h"
#include "core/session/prepare.h"
#include "core/session/user_signs.h"
#include "core/session/rule_sets.h"
#include "core/session/score_profiles.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

struct Options {
    ProjectOptions project;
    std::string champion, challenger, direction = "in";
    bool onChange = false;
};

Json totalJson(Json row, const classify::ClassTotal& t) {
    row["flows"] = t.flows;
    row["packets"] = t.packets;
    row["bytes"] = t.bytes;
    return row;
}

Json rulesJson(const session::RuleComparison& c, const std::vector<std::uint64_t>& sources) {
    const compare::Migration& m = c.migration;
    Json out{{"champion", c.champion->parsed.set.name}, {"challenger", c.challenger->parsed.set.name}, {"migration", Json::array()}};
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
                row["combinations"].push_back(Json{{"signs", signsJson(word, was)}, {"flows", c.champion->tally[w].flows}, {"champion_rules", ruleNamesJson(was, rules::matchingRules(was, word))},
                                                   {"challenger_rules", ruleNamesJson(is, rules::matchingRules(is, word))}});
            }
        }
        out["migration"].push_back(std::move(row));
    }
    out["changed_flows"] = m.changed.flows;
    out["unchanged_flows"] = m.unchanged.flows;
    const auto conflicts = [](const session::Judgement& j) { return Json{{"conflicting_flows", j.classes.conflicting}, {"unclassified_flows", j.classes.unclassified}}; };
    out["before"] = conflicts(*c.champion);
    out["after"] = conflicts(*c.challenger);
    out["proof"] = {{"combinations", c.proof.words}, {"moves", Json::array()}};
    for (const compare::Move& move : c.proof.moves) out["proof"]["moves"].push_back(Json{{"from", move.from}, {"to", move.to}, {"combinations", move.words}, {"witness", signsJson(move.witness, c.champion->parsed.set)}});
    return out;
}

void printRules(std::ostream& out, const session::RuleComparison& c, const std::vector<std::uint64_t>& sources) {
    const compare::Migration& m = c.migration;
    out << "champion   " << c.champion->parsed.set.name << ": " << grouped(c.champion->classes.conflicting) << " conflicting, " << grouped(c.champion->classes.unclassified) << " unclassified\n"
        << "challenger " << c.challenger->parsed.set.name << ": " << grouped(c.challenger->classes.conflicting) << " conflicting, " << grouped(c.challenger->classes.unclassified) << " unclassified\n"
        << grouped(m.changed.flows) << " flows change their class, " << grouped(m.unchanged.flows) << " keep it\n";
    TextTable table({{"from"}, {"to"}, {"flows", true}, {"packets", true}, {"bytes", true}, {"sources", true}, {"combinations", true}});
    for (std::size_t i = 0; i < m.cells.size(); ++i)
        if (const compare::Cell& cell = m.cells[i]; m.moved(cell))
            table.add({m.from[cell.from], m.to[cell.to], grouped(cell.sums.flows), grouped(cell.sums.packets), grouped(cell.sums.bytes), grouped(sources[i]), grouped(cell.rows.size())});
    if (m.changed.flows) {
        out << '\n';
        table.print(out);
    }
    out << '\n';
    if (c.proof.moves.empty()) {
        out << "nothing can change: proven over all " << grouped(c.proof.words) << " admissible combinations of signs\n";
        return;
    }
    const auto unseen = c.unseen();
    const std::string over = (c.proof.counted ? "all " + grouped(c.proof.words) : std::string("all")) + " admissible combinations of signs";
    if (c.proof.open) out << "the search gave up on " << grouped(c.proof.open) << " questions: more can change than is said here\n";
    if (unseen.empty()) out << "nothing else can change: proven over " << over << '\n';
    else out << "can change as well, but no flow here does (of " << over << "):\n";
    TextTable moves({{"from"}, {"to"}, {"combinations", true}, {"smallest"}});
    for (const compare::Move& move : unseen) moves.add({move.from, move.to, grouped(move.words), signsText(move.witness, c.champion->parsed.set)});
    if (!unseen.empty()) moves.print(out);
}

int compareRules(const Options& o, session::Project& project, const std::string& champion, const std::string& challenger, Console& console) {
    std::vector<rules::UserSign> userSigns;
    const session::SignBasis basis(project.snapshot());
    for (const auto& [name, text] : {std::pair(&o.champion, &champion), std::pair(&o.challenger, &challenger)}) {
        const rules::Parsed parsed = rules::parseRules(*text, basis.vocabulary());
        printDiagnostics(console, *name, parsed.diagnostics);
        if (!parsed.good()) return kUsage;
        userSigns.insert(userSigns.end(), parsed.set.userSigns.begin(), parsed.set.userSigns.end());
    }
    if (const Status s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    const auto direction = o.direction == "out" ? flow::Direction::out : flow::Direction::in;
    const auto job = console.job();
    if (const Status s = session::prepare(project, direction, *job); !s) return console.fail(s.error());
    if (const Status s = session::prepareUserSigns(project, userSigns, direction, *job); !s) return console.fail(s.error());
    const session::SnapshotPtr snapshot = project.snapshot();
    session::RuleComparer comparer;
    const auto comparison = comparer.compare(champion, challenger, session::SignBasis(snapshot, direction));
    const auto sources = session::sourcesOfCells(*snapshot, *comparison, direction);
    if (!sources) return console.fail(sources.error());
    if (console.json) console.print(rulesJson(*comparison, *sources));
    else printRules(console.out(), *comparison, *sources);
    return o.onChange && comparison->migration.changed.flows ? kCheckSaidNo : kDone;
}

int compareProfiles(const Options& o, session::Project& project, const std::string& champion, const std::string& challenger, Console& console) {
    if (const Status s = o.project.ensureLocal(project, console); !s) return console.fail(s.error());
    const auto job = console.job();
    const auto c = session::compareProfiles(project.snapshot(), champion, challenger, *job);
    if (!c) return console.fail(c.error());
    const auto value = [](int badness) { return badness == session::ScoreComparison::kNotScored ? Json(nullptr) : Json(badness); };
    const auto text = [](int badness) { return badness == session::ScoreComparison::kNotScored ? std::string("not scored") : std::to_string(badness); };
    Json out{{"champion", c->champion}, {"challenger", c->challenger}, {"migration", Json::array()}};
    TextTable table({{"badness", true}, {"becomes", true}, {"flows", true}, {"packets", true}, {"bytes", true}});
    for (const auto& cell : c->cells) {
        out["migration"].push_back(totalJson({{"from", value(cell.from)}, {"to", value(cell.to)}}, cell.sums));
        if (cell.from != cell.to) table.add({text(cell.from), text(cell.to), grouped(cell.sums.flows), grouped(cell.sums.packets), grouped(cell.sums.bytes)});
    }
    out["changed_flows"] = c->changed.flows;
    out["unchanged_flows"] = c->unchanged.flows;
    out["other_codes_flows"] = c->otherCodes;
    if (console.json) {
        console.print(out);
    } else {
        console.out() << "champion   " << c->champion << "\nchallenger " << c->challenger << '\n'
                      << grouped(c->changed.flows) << " records change their badness, " << grouped(c->unchanged.flows) << " keep it, of those " << grouped(c->otherCodes) << " with other codes\n\n";
        table.print(console.out());
    }
    return o.onChange && c->changed.flows ? kCheckSaidNo : kDone;
}

int run(const Options& o, Console& console) {
    auto project = o.project.open(false);
    if (!project) return console.fail(project.error());
    const auto champion = namedText(**project, o.champion), challenger = namedText(**project, o.challenger);
    if (!champion) return console.fail(champion.error());
    if (!challenger) return console.fail(challenger.error());
    const bool profile = session::isProfile(*champion);
    if (profile != session::isProfile(*challenger)) return console.usage("one is a rule set, the other a score profile: they cannot be compared");
    return profile ? compareProfiles(o, **project, *champion, *challenger, console) : compareRules(o, **project, *champion, *challenger, console);
}

}  // namespace

VerbRun defineCompare(CLI::App& app) {
    auto o = std::make_shared<Options>();
    o->project.addTo(app);
    app.add_option("--champion", o->champion, "what is in force: a file, a shipped rule set or score profile, a saved iteration (id, tag or name), or `current`")->type_name("FILE|NAME")->required();
    app.add_option("--challenger", o->challenger, "what would be")->type_name("FILE|NAME")->required();
    app.add_option("--direction", o->direction, "which one-way flows: in or out")->check(CLI::IsMember({"in", "out"}))->capture_default_str();
    app.add_flag("--fail-on-change", o->onChange, "exit 1 when a flow changes its class, or a record its badness");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
