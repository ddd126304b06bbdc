// Look-ups over the sources of a snapshot.
#include "core/session/project/named_rows.h"

#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/project/row_ids.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace weir::session {
namespace {

std::string fileNameOf(const std::string& path) { return std::filesystem::path(path).filename().string(); }

bool bears(const store::SourceInfo& source, std::string_view name) {
    if (name == std::to_string(source.number) || name == source.path || name == fileNameOf(source.path)) return true;
    return !source.group.empty() && (name == source.group || name == fileNameOf(source.group));
}

void addOnce(std::vector<std::string>& names, std::string name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

/// Rows of the captures that `wanted` accepts, in order.
template <class Wanted>
void eachRows(const Snapshot& snapshot, Wanted wanted) {
    if (!snapshot.records) return;
    const SourceRows rows(*snapshot.records);
    for (const SourceRows::Entry& e : rows.entries())
        for (const store::SourceInfo& source : snapshot.sources)
            if (source.number == e.source) wanted(source, flow::RowRange{e.first, e.first + e.rows});
}

/// "unknown WHAT `name`; did you mean `near`?"
template <class Answer>
Answer unknown(std::string_view what, std::string_view name, const std::vector<std::string>& known) {
    Answer answer;
    answer.problem = std::string("unknown ").append(what).append(" ").append(flow::quoted(name));
    const std::string near(nearestName(name, known));
    if (near.empty()) return answer;
    answer.problem.append("; did you mean ").append(flow::quoted(near)).append("?");
    answer.fix = "\"" + near + "\"";
    return answer;
}

}  // namespace

flow::RowsAnswer capturesNamed(const Snapshot& snapshot, std::string_view name) {
    if (std::none_of(snapshot.sources.begin(), snapshot.sources.end(),
                     [&](const auto& source) { return bears(source, name); }))
        return unknown<flow::RowsAnswer>("capture", name, captureNames(snapshot));
    flow::RowsAnswer answer;
    eachRows(snapshot, [&](const store::SourceInfo& source, const flow::RowRange& rows) {
        if (!bears(source, name)) return;
        if (!answer.rows.empty() && answer.rows.back().end == rows.begin)
            answer.rows.back().end = rows.end;
        else
            answer.rows.push_back(rows);
    });
    return answer;
}

std::vector<std::string> captureNames(const Snapshot& snapshot) {
    std::vector<std::string> names;
    for (const store::SourceInfo& source : snapshot.sources) addOnce(names, fileNameOf(source.path));
    for (const store::SourceInfo& source : snapshot.sources) addOnce(names, fileNameOf(source.group));
    return names;
}

flow::ExportersAnswer exportersNamed(const Snapshot& snapshot, std::string_view name) {
    const auto address = flow::parseAddress(name);
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool numbered = !address && error == std::errc{} && end == name.data() + name.size();
    if (!address && !numbered)
        return {{}, flow::quoted(name).append(" is not the number or address of an exporter"), {}};
    flow::ExportersAnswer answer;
    eachRows(snapshot, [&](const store::SourceInfo& source, const flow::RowRange& rows) {
        for (std::size_t i = 0; i < source.exporters.size(); ++i)
            if (numbered ? number == i + 1 : source.exporters[i].address == *address)
                answer.exporters.push_back({rows, std::uint16_t(i + 1)});
    });
    return answer;
}

std::vector<std::string> exporterNames(const Snapshot& snapshot) {
    std::vector<std::string> names;
    for (const store::SourceInfo& source : snapshot.sources)
        for (const flow::Exporter& e : source.exporters)
            addOnce(names, e.address == flow::IpAddr{} ? std::string() : flow::toText(e.address));
    return names;
}

}  // namespace weir::session
