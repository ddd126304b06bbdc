// weir-cli flows: lists the records or flows that match a filter.
#include "app/cli/cli_registry.h"
#include "app/cli/filter_needs.h"
#include "app/cli/project_options.h"
#include "core/flow/lexer.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/flow_text.h"
#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace weir::cli {
namespace {

struct FlowsOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::vector<std::string> filter;
    std::string output = "csv", columns, rows = "records";
    std::uint64_t limit = 0;
    bool count = false;
};

/// Writes lines in one of the output formats.
class Writer {
public:
    Writer(std::ostream& out, std::string form, std::vector<const session::FlowColumn*> columns,
           std::optional<session::FlowFormat> format)
        : out_(out), form_(std::move(form)), columns_(std::move(columns)), format_(std::move(format)) {
        if (form_ == "csv") out_ << session::csvHead(columns_) << '\n';
        if (form_ == "json") out_ << '[';
    }
    void add(const session::FlowLine& line) {
        using Json = nlohmann::ordered_json;
        if (format_)
            out_ << format_->line(line) << '\n';
        else if (form_ == "csv")
            out_ << session::csvLine(columns_, line) << '\n';
        else if (form_ == "ndjson")
            out_ << session::jsonLine(columns_, line).dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        else
            out_ << (lines_ ? ",\n  " : "\n  ")
                 << session::jsonLine(columns_, line).dump(-1, ' ', false, Json::error_handler_t::replace);
        ++lines_;
    }
    void finish() {
        if (form_ == "json") out_ << (lines_ ? "\n]\n" : "]\n");
    }
    std::uint64_t lines() const { return lines_; }

private:
    std::ostream& out_;
    std::string form_;
    std::vector<const session::FlowColumn*> columns_;
    std::optional<session::FlowFormat> format_;
    std::uint64_t lines_ = 0;
};

bool names(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return text.find(w) != std::string::npos; });
}

bool showsSigns(const FlowsOptions& o) {
    if (o.count) return false;
    if (o.output.rfind("fmt:", 0) == 0) return names(o.output, {"%cls", "%rul", "%sgn"});
    return o.columns.empty() || names(o.columns, {"sign", "class", "rule", "conflicting"});
}
/// Directions and pairing, but no signs.
bool showsFlows(const FlowsOptions& o) {
    return o.rows == "derived" || names(o.columns, {"direction"}) || names(o.output, {"%dir"});
}

/// JSON output without --columns includes codes and points.
bool showsScores(const FlowsOptions& o, const std::string& form) {
    if (o.count) return false;
    if (form.rfind("fmt:", 0) == 0) return names(form, {"%cod", "%bad", "%god"});
    return o.columns.empty() ? form != "csv" : names(o.columns, {"codes", "badness", "goodness"});
}

/// JSON output without --columns includes tags.
bool showsMarks(const FlowsOptions& o, const std::string& form) {
    if (o.count) return false;
    if (form.rfind("fmt:", 0) == 0) return names(form, {"%tag"});
    return o.columns.empty() ? form != "csv" : names(o.columns, {"tags", "notes"});
}

int write(const session::SelectionPtr& selection, const FlowsOptions& o, const session::RowMarks* marks, Writer& writer,
          const session::Judgement* judgement, JobContext& job, Console& console) {
    constexpr std::size_t kRowsAtOnce = 4096;
    session::RowReader reader(selection);
    const bool derived = o.rows == "derived";
    const std::uint16_t seed = selection->snapshot->settings.communitySeed;
    const auto& scores = selection->snapshot->scores;
    const score::Profile* profile = scores && scores->byRecord() ? &scores->parsed.profile : nullptr;
    const std::uint64_t limit = o.limit ? o.limit : ~std::uint64_t{0};
    for (std::uint64_t first = 0; first < selection->count && writer.lines() < limit; first += kRowsAtOnce) {
        if (!job.step(first, selection->count, "writing")) return console.fail(cancelledError());
        const auto rows = reader.read(first, std::size_t(std::min<std::uint64_t>(kRowsAtOnce, limit - writer.lines())));
        if (!rows) return console.fail(rows.error());
        for (std::size_t i = 0; i < rows->size() && writer.lines() < limit; ++i) {
            const session::RowData& row = (*rows)[i];
            const std::uint8_t there = !derived && row.reversePackets ? 3 : 1;
            const std::uint8_t sides = selection->sides.empty() ? (selection->all ? there : std::uint8_t{1})
                                                                : selection->sides[std::size_t(first + i)];
            if (sides & 1) writer.add({&row, false, derived, judgement, seed, profile, marks});
            if (sides & 2 && writer.lines() < limit) writer.add({&row, true, derived, judgement, seed, profile, marks});
        }
    }
    return kDone;
}

int run(const FlowsOptions& o, Console& console) {
    std::string filter;
    for (const std::string& word : o.filter) filter += (filter.empty() ? "" : " ") + word;
    std::string form = console.json ? "json" : o.output;
    std::optional<session::FlowFormat> format;
    if (form.rfind("fmt:", 0) == 0) {
        auto parsed = session::FlowFormat::parse(std::string_view(form).substr(4));
        if (!parsed) return console.fail(parsed.error());
        format = std::move(*parsed);
    } else if (form != "csv" && form != "json" && form != "ndjson") {
        return console.usage("unknown output format `" + form + "`; expected csv, json, ndjson or fmt:FORMAT");
    }
    auto columns = session::parseFlowColumns(o.columns, form == "json" || form == "ndjson");
    if (!columns) return console.fail(columns.error());
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());

    session::Query query;
    query.rows = o.rows == "derived" ? session::Rows::derived : session::Rows::records;
    query.filter = filter;
    query.totals = false;
    query.list = !o.count;
    const bool marked = showsMarks(o, form) && !(*project)->snapshot()->marks->empty();
    std::string needed = filter;
    if (marked)
        for (const session::Mark& m : *(*project)->snapshot()->marks) needed += '\n' + m.filter;
    const auto judged = prepareFor(**project, needed, {showsSigns(o), showsFlows(o), showsScores(o, form)}, o.project,
                                   o.rules, console);
    if (!judged) return console.fail(judged.error());
    const session::SnapshotPtr snapshot = judged->snapshot;
    const auto problems = session::checkFilter(snapshot, judged->judgement, filter);
    printDiagnostics(console, "filter", problems);
    if (std::any_of(problems.begin(), problems.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }))
        return kUsage;
    const auto job = console.job();
    const auto selection = session::selectRows(snapshot, judged->judgement, query, *job);
    if (!selection) return console.fail(selection.error());
    if (o.count) {
        if (console.json)
            console.print(Json{{"flows", (*selection)->directions}, {"rows", (*selection)->count}});
        else
            console.out() << (*selection)->directions << '\n';
        return kDone;
    }
    std::shared_ptr<const session::RowMarks> marks;
    if (showsMarks(o, form)) {
        auto found = session::RowMarks::of(snapshot, judged->judgement, query.rows, *job);
        if (!found) return console.fail(found.error());
        marks = std::move(*found);
    }
    Writer writer(console.out(), form, std::move(*columns), std::move(format));
    const int code = write(*selection, o, marks.get(), writer, judged->judgement.get(), *job, console);
    if (code == kDone) writer.finish();
    return code;
}

}  // namespace

VerbRun defineFlows(CLI::App& app) {
    auto o = std::make_shared<FlowsOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, false);
    app.add_option("FILTER", o->filter, "rows to list; default: all");
    app.add_option("-n", o->limit, "list at most N rows; 0 = all")->type_name("N")->capture_default_str();
    app.add_option("-o,--output", o->output,
                   "output format: csv, json, ndjson or fmt:FORMAT; FORMAT has nfdump's codes, and %id %dir %cls %rul "
                   "%sgn %cod %bad %god %tag %cid")
        ->type_name("FORM")
        ->capture_default_str();
    app.add_option("--columns", o->columns, "names of the columns to print, comma-separated")->type_name("A,B,…");
    app.add_option("--rows", o->rows, "list records, one line per direction, or the flows derived from them by pairing")
        ->check(CLI::IsMember({"records", "derived"}))
        ->capture_default_str();
    app.add_flag("--count", o->count, "print only the number of matching rows");
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
