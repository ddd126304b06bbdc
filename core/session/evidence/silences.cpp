// Silences of the project: checked, stored, published.
#include "core/session/evidence/silences.h"

#include "core/base/text.h"
#include "core/flow/filter_parser.h"
#include "core/flow/lexer.h"
#include "core/session/evidence/profile_terms.h"

#include <algorithm>

namespace weir::session {
namespace {

bool isDay(std::string_view text) {
    return text.size() == 10 && parseUtc(std::string(text) + "T00:00:00Z").has_value();
}

}  // namespace

bool isOver(const Silence& silence) {
    return !silence.until.empty() && silence.until < std::string_view(utcNow()).substr(0, 10);
}

std::vector<Silence> silencesInForce(const Snapshot& snapshot) {
    std::vector<Silence> out;
    if (snapshot.silences)
        std::copy_if(snapshot.silences->begin(), snapshot.silences->end(), std::back_inserter(out),
                     [](const Silence& s) { return !isOver(s); });
    return out;
}

std::string silenceProblem(const SnapshotPtr& snapshot, const std::string& filter) {
    if (filter.find_first_not_of(" \t\r\n") == std::string::npos)
        return "a silence needs a filter, such as `src ip 192.0.2.1 and dst port 161`";
    const ProfileTerms terms(snapshot, std::make_shared<const flow::NamedList>());
    const flow::ParsedFilter parsed = flow::parseFilter(filter, terms);
    return parsed.good() ? std::string() : parsed.diagnostics.front().message;
}

Status addSilence(Project& project, Silence silence) {
    if (!silence.until.empty() && !isDay(silence.until))
        return Error{Errc::usage, "`" + silence.until + "` is not a valid date; write it as 2027-01-31", 0};
    if (std::string problem = silenceProblem(project.snapshot(), silence.filter); !problem.empty())
        return Error{Errc::badFilter, std::move(problem), 0};
    silence.time = utcNow();
    if (const Status s = project.writing()->saveSilence(silence); !s) return s;
    return project.reloadMarks();
}

Result<std::size_t> removeSilence(Project& project, std::string_view code, std::string_view filter) {
    auto gone = project.writing()->removeSilence(std::string(code), std::string(filter));
    if (gone && *gone > 0)
        if (const Status s = project.reloadMarks(); !s) return s.error();
    return gone;
}

std::string knownFilter(std::string_view source, std::string_view destination, std::string_view destinationPort) {
    std::string out;
    const auto add = [&out](std::string_view term, std::string_view value) {
        if (value.empty()) return;
        out.append(out.empty() ? "" : " and ").append(term).append(" ").append(value);
    };
    const auto end = [](std::string_view address) {
        return address.find('/') == std::string_view::npos ? " ip" : " net";
    };
    add(std::string("src") + end(source), source);
    add(std::string("dst") + end(destination), destination);
    add("dst port", destinationPort);
    return out;
}

}  // namespace weir::session
