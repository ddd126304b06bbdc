// A table of texts in the project file.
#include "core/session/silences.h"

#include "core/base/text.h"
#include "core/flow/filter_parser.h"
#include "core/flow/lexer.h"
#include "core/flow/table_columns.h"
#include "core/session/profile_terms.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr const char* kTable = "silence";

bool isDay(std::string_view text) { return text.size() == 10 && parseUtc(std::string(text) + "T00:00:00Z").has_value(); }

Status keep(Project& project, std::vector<Silence> silences) {
    std::vector<std::string> codes, filters, notes, untils, times;
    for (const Silence& s : silences) {
        codes.push_back(s.code);
        filters.push_back(s.filter);
        notes.push_back(s.note);
        untils.push_back(s.until);
        times.push_back(s.time);
    }
    flow::Table table{kTable, {}};
    table.columns = {{"code", std::move(codes)}, {"filter", std::move(filters)}, {"note", std::move(notes)}, {"until", std::move(untils)}, {"time", std::move(times)}};
    if (const Status s = project.file().saveTable(table); !s) return s;
    auto shared = std::make_shared<const std::vector<Silence>>(std::move(silences));
    project.publish([&](Snapshot& s) { s.silences = shared; });
    return ok();
}

bool same(const Silence& s, std::string_view code, std::string_view filter) { return flow::equalsIgnoringCase(s.code, code) && s.filter == filter; }

}  // namespace

Result<std::vector<Silence>> readSilences(const store::ProjectFile& file) {
    const auto table = file.loadTable(kTable);
    if (!table) return table.error();
    std::vector<Silence> out;
    if (!*table) return out;
    const flow::Table& t = **table;
    const auto *codes = flow::columnOf<std::string>(t, "code"), *filters = flow::columnOf<std::string>(t, "filter"), *notes = flow::columnOf<std::string>(t, "note"),
               *untils = flow::columnOf<std::string>(t, "until"), *times = flow::columnOf<std::string>(t, "time");
    if (!codes || !filters || !notes || !untils || !times) return Error{Errc::store, "the table of silences is damaged", 0};
    for (std::size_t i = 0; i < flow::rowsOf(t); ++i) out.push_back({(*codes)[i], (*filters)[i], (*notes)[i], (*untils)[i], (*times)[i]});
    return out;
}

bool isOver(const Silence& silence) { return !silence.until.empty() && silence.until < std::string_view(utcNow()).substr(0, 10); }

std::vector<Silence> silencesInForce(const Snapshot& snapshot) {
    std::vector<Silence> out;
    if (snapshot.silences)
        std::copy_if(snapshot.silences->begin(), snapshot.silences->end(), std::back_inserter(out), [](const Silence& s) { return !isOver(s); });
    return out;
}

std::string silenceProblem(const SnapshotPtr& snapshot, const std::string& filter) {
    if (filter.find_first_not_of(" \t\r\n") == std::string::npos) return "a silence needs a filter, such as `src ip 192.0.2.1 and dst port 161`";
    const ProfileTerms terms(snapshot, std::make_shared<const flow::NamedList>());
    const flow::ParsedFilter parsed = flow::parseFilter(filter, terms);
    return parsed.good() ? std::string() : parsed.diagnostics.front().message;
}

Status addSilence(Project& project, Silence silence) {
    if (!silence.until.empty() && !isDay(silence.until)) return Error{Errc::usage, "`" + silence.until + "` is no day; write it as 2027-01-31", 0};
    if (std::string problem = silenceProblem(project.snapshot(), silence.filter); !problem.empty()) return Error{Errc::badFilter, std::move(problem), 0};
    auto silences = readSilences(project.file());
    if (!silences) return silences.error();
    silence.time = utcNow();
    const auto at = std::find_if(silences->begin(), silences->end(), [&](const Silence& s) { return same(s, silence.code, silence.filter); });
    if (at != silences->end()) *at = std::move(silence);
    else silences->push_back(std::move(silence));
    return keep(project, std::move(*silences));
}

Result<std::size_t> removeSilence(Project& project, std::string_view code, std::string_view filter) {
    auto silences = readSilences(project.file());
    if (!silences) return silences.error();
    const std::size_t gone = std::erase_if(*silences, [&](const Silence& s) { return same(s, code, filter); });
    if (gone > 0)
        if (const Status s = keep(project, std::move(*silences)); !s) return s.error();
    return gone;
}

std::string knownFilter(std::string_view source, std::string_view destination, std::string_view destinationPort) {
    std::string out;
    const auto add = [&out](std::string_view term, std::string_view value) {
        if (value.empty()) return;
        out.append(out.empty() ? "" : " and ").append(term).append(" ").append(value);
    };
    const auto end = [](std::string_view address) { return address.find('/') == std::string_view::npos ? " ip" : " net"; };
    add(std::string("src") + end(source), source);
    add(std::string("dst") + end(destination), destination);
    add("dst port", destinationPort);
    return out;
}

}  // namespace weir::session
