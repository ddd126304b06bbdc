// weir-cli suggest: suggests rule edits for conflicting and unclassified flows.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "app/cli/word_names.h"
#include "core/base/text.h"
#include "core/refine/suggest.h"
#include "core/signs/sign_family.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct SuggestOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::size_t limit = 12, print = 0;
};

std::string_view kindText(refine::SuggestionKind kind) {
    switch (kind) {
        case refine::SuggestionKind::narrow: return "narrow";
        case refine::SuggestionKind::split: return "split";
        case refine::SuggestionKind::widen: return "widen";
        default: return "add";
    }
}

std::string signedText(std::int64_t n) {
    return (n > 0 ? "+" : n < 0 ? "-" : "") + grouped(std::uint64_t(n < 0 ? -n : n));
}

Json suggestionJson(const refine::Suggestion& s) {
    Json out{{"rule", s.rule},
             {"class", s.className},
             {"kind", kindText(s.kind)},
             {"edit", s.edit},
             {"gains_flows", s.gains()},
             {"conflicting_delta", s.conflictingDelta},
             {"unclassified_delta", s.unclassifiedDelta}};
    out["classes"] = Json::array();
    for (const refine::ClassDelta& d : s.classes)
        out["classes"].push_back(Json{{"class", d.className}, {"flows", d.flows}});
    out["creates_conflicts"] = s.createsConflicts;
    out["witness"] = s.createsConflicts ? Json(s.witnessSigns) : Json::array();
    out["takes_combinations"] = s.takes;
    return out;
}

int run(const SuggestOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const session::Judgement& j = *judged->judgement;
    const auto found = refine::suggest(j.parsed.set, j.tally, session::spaceForSuggestions(j), o.limit);
    if (o.print != 0) {
        if (o.print > found.size())
            return console.fail({Errc::notFound,
                                 "there is no suggestion " + std::to_string(o.print) + "; the last one is " +
                                     std::to_string(found.size()),
                                 0});
        console.out() << found[o.print - 1].text;
        return kDone;
    }
    if (console.json) {
        Json out{{"conflicting_flows", j.classes.conflicting},
                 {"unclassified_flows", j.classes.unclassified},
                 {"candidates", Json::array()}};
        for (const refine::Suggestion& s : found) out["candidates"].push_back(suggestionJson(s));
        console.print(out);
        return kDone;
    }
    console.out() << counted(j.classes.conflicting, "flow", "flows") << " in conflict, "
                  << grouped(j.classes.unclassified) << " unclassified\n\n";
    TextTable table({{"", true},
                     {"edit"},
                     {"class"},
                     {"conflicting", true},
                     {"unclassified", true},
                     {"new conflicts", true},
                     {"rule"}});
    for (std::size_t i = 0; i < found.size(); ++i) {
        const refine::Suggestion& s = found[i];
        table.add({std::to_string(i + 1), s.edit, s.className, signedText(s.conflictingDelta),
                   signedText(s.unclassifiedDelta),
                   s.createsConflicts ? grouped(s.createsConflicts) + ", for example " + s.witnessSigns : "none",
                   s.rule});
    }
    table.print(console.out());
    return kDone;
}

}  // namespace

VerbRun defineSuggest(CLI::App& app) {
    auto o = std::make_shared<SuggestOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, true);
    app.add_option("-n", o->limit, "list at most N suggestions")->type_name("N")->capture_default_str();
    app.add_option("--print", o->print, "print the rule set with edit N applied, instead of the list")->type_name("N");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
