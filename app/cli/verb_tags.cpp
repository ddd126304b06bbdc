// weir-cli tags: lists, adds and removes tags of records.
#include "app/cli/cli_registry.h"
#include "app/cli/filter_needs.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/rows/marks.h"
#include "core/session/rows/select.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

using session::Mark;

struct TagsOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string action = "list", tag, filter, note;
};

/// Number of records that a mark matches; nothing if its filter is no longer valid.
Result<std::optional<std::uint64_t>> recordsOf(const Judged& judged, const Mark& mark, JobContext& job) {
    session::Query query;
    query.rows = session::Rows::records;
    query.filter = mark.filter;
    const auto selection = session::selectRows(judged.snapshot, judged.judgement, query, job);
    if (selection) return std::optional((*selection)->count);
    if (selection.error().code == Errc::badFilter) return std::optional<std::uint64_t>();
    return selection.error();
}

int list(const TagsOptions& o, session::Project& project, Console& console) {
    std::string filters;
    for (const Mark& m : *project.snapshot()->marks) filters += m.filter + '\n';
    const auto judged = prepareFor(project, filters, {}, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const auto job = console.job();
    Json out{{"tags", Json::array()}};
    TextTable table({{"tag"}, {"records", true}, {"filter"}, {"marked (UTC)"}, {"note"}});
    for (const Mark& m : *judged->snapshot->marks) {
        if (!o.tag.empty() && !flow::equalsIgnoringCase(o.tag, m.tag)) continue;
        const auto records = recordsOf(*judged, m, *job);
        if (!records) return console.fail(records.error());
        out["tags"].push_back(Json{{"tag", m.tag},
                                   {"filter", m.filter},
                                   {"note", m.note},
                                   {"time", m.time},
                                   {"records", *records ? Json(**records) : Json(nullptr)}});
        table.add({m.tag, *records ? grouped(**records) : "invalid filter", m.filter, m.time, m.note});
    }
    if (console.json)
        console.print(out);
    else
        table.print(console.out());
    return kDone;
}

int add(const TagsOptions& o, session::Project& project, Console& console) {
    const auto judged = prepareFor(project, o.filter, {}, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const Status s = session::addMark(project, {o.tag, o.filter, o.note, {}}, judged->judgement);
    return s ? kDone : console.fail(s.error());
}

int remove(const TagsOptions& o, session::Project& project, Console& console) {
    const auto gone = session::removeMarks(project, o.tag, o.filter);
    if (!gone) return console.fail(gone.error());
    if (*gone == 0)
        return console.fail(
            {Errc::notFound, "no mark has the tag " + o.tag + (o.filter.empty() ? "" : " and this filter"), 0});
    return kDone;
}

int run(const TagsOptions& o, Console& console) {
    auto project = o.project.open(o.action == "list" ? Purpose::reading : Purpose::changing, console);
    if (!project) return console.fail(project.error());
    if (o.action == "list") return list(o, **project, console);
    if (o.tag.empty()) return console.usage("tags " + o.action + " needs a TAG");
    return o.action == "add" ? add(o, **project, console) : remove(o, **project, console);
}

}  // namespace

VerbRun defineTags(CLI::App& app) {
    auto o = std::make_shared<TagsOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, false);
    app.add_option("ACTION", o->action, "list [TAG], add TAG FILTER or remove TAG [FILTER]")
        ->check(CLI::IsMember({"list", "add", "remove"}))
        ->capture_default_str();
    app.add_option("TAG", o->tag, "name of the tag: letters, digits, `-`, `_` and `.`");
    app.add_option("FILTER", o->filter, "records to tag, such as `ip 192.0.2.1` or `flow 1:596`");
    app.add_option("--note", o->note, "why they are tagged")->type_name("TEXT");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
