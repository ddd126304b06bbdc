// weir-cli outages: lists the outages of local services.
#include "app/cli/cli_registry.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/session/verbs/outages.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct OutagesOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string className{session::kUnreachableClass};
    std::size_t limit = 0;
};

Json timeOrNull(std::int64_t us) { return us ? Json(utcText(us)) : Json(nullptr); }

int run(const OutagesOptions& o, Console& console) {
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = judgeProject(**project, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const auto job = console.job();
    const auto outages = session::outagesOf(judged->snapshot, judged->judgement, *job, o.className);
    if (!outages) return console.fail(outages.error());
    const std::size_t shown = o.limit ? std::min(o.limit, outages->size()) : outages->size();
    Json rows = Json::array();
    TextTable table({{"service"},
                     {"start (UTC)"},
                     {"end (UTC)"},
                     {"seconds", true},
                     {"clients", true},
                     {"flows", true},
                     {"answered again"}});
    for (std::size_t i = 0; i < shown; ++i) {
        const session::Outage& x = (*outages)[i];
        rows.push_back(Json{{"host", flow::toText(x.host)},
                            {"port", x.port},
                            {"protocol", x.protocol},
                            {"start", utcText(x.start)},
                            {"end", utcText(x.end)},
                            {"clients", x.clients},
                            {"flows", x.flows},
                            {"answered_again", timeOrNull(x.answeredAgain)},
                            {"filter", x.filter(o.className)}});
        table.add({x.service(), utcText(x.start), utcText(x.end), grouped(std::uint64_t((x.end - x.start) / 1'000'000)),
                   grouped(x.clients), grouped(x.flows),
                   x.answeredAgain ? utcText(x.answeredAgain) : "not in the data"});
    }
    if (console.json) {
        console.print(Json{{"outages", std::move(rows)}, {"all", outages->size()}});
    } else if (outages->empty()) {
        console.out() << "no outages: no flow has the class " << o.className << '\n';
    } else {
        table.print(console.out());
        if (shown < outages->size()) console.out() << grouped(outages->size() - shown) << " more (-n 0 shows all)\n";
    }
    return kDone;
}

}  // namespace

VerbRun defineOutages(CLI::App& app) {
    auto o = std::make_shared<OutagesOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, false);
    app.add_option("--class", o->className, "class of the flows that did not reach a service")
        ->type_name("NAME")
        ->capture_default_str();
    app.add_option("-n", o->limit, "list at most N outages; 0 = all")->type_name("N")->capture_default_str();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
