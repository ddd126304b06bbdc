// One selection, one pass over its records, and lists of the results.
#include "core/session/verbs/portrait.h"

#include "core/base/text.h"
#include "core/flow/protocols.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score.h"
#include "core/session/project/geo.h"
#include "core/session/project/ndpi_list.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/row_terms.h"
#include "core/session/verbs/list_entry.h"
#include "core/session/verbs/portrait_pass.h"

#include <algorithm>
#include <unordered_map>

namespace weir::session {
namespace {

std::string portText(std::uint32_t key) {
    const auto protocol = std::uint8_t(key >> 16);
    const std::uint32_t port = key & 0xffff;
    std::string out = std::to_string(port);
    if (protocol == 1 || protocol == 58) {
        out = std::to_string(port >> 8);
        out.append(1, '.').append(std::to_string(port & 255));
    }
    out += '/';
    for (const char c : flow::protocolText(protocol)) out += char(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// Most flows first; equal ones by their key, so that the list does not depend on threads.
template <class Map, class Text>
PortraitList listOf(const Map& map, const Text& text) {
    std::vector<std::pair<typename Map::key_type, BothWays>> rows(map.begin(), map.end());
    const auto flows = [](const BothWays& b) { return b.toNear.flows + b.toFar.flows; };
    const std::size_t most = std::min(rows.size(), Portrait::kMost);
    std::partial_sort(rows.begin(), rows.begin() + std::ptrdiff_t(most), rows.end(), [&](const auto& a, const auto& b) {
        return flows(a.second) != flows(b.second) ? flows(a.second) > flows(b.second) : a.first < b.first;
    });
    PortraitList out;
    out.count = rows.size();
    for (std::size_t i = 0; i < most; ++i)
        out.lines.push_back({text(rows[i].first), rows[i].second.toNear, rows[i].second.toFar, {}});
    return out;
}

Portrait::Targets targetsOf(const PortraitPass& seen, bool host) {
    Portrait::Targets out;
    std::uint64_t sum = 0;
    for (const auto& [id, sums] : host ? seen.far : seen.near) {
        const std::uint64_t flows = host ? sums.toFar.flows : sums.toNear.flows;
        if (flows == 0) continue;
        out.least = out.hosts ? std::min(out.least, flows) : flows;
        out.most = std::max(out.most, flows);
        sum += flows;
        ++out.hosts;
    }
    if (out.hosts) out.mean = double(sum) / double(out.hosts);
    return out;
}

std::vector<Portrait::Found> sorted(std::unordered_map<std::string, std::uint64_t> found) {
    std::vector<Portrait::Found> out;
    for (auto& [name, flows] : found)
        if (flows) out.push_back({name, flows});
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.flows != b.flows ? a.flows > b.flows : a.name < b.name; });
    return out;
}

std::vector<Portrait::Found> codesOf(const Snapshot& snapshot, const PortraitPass& seen) {
    std::unordered_map<std::string, std::uint64_t> out;
    for (std::size_t n = 0; n < seen.codes.size(); ++n)
        for (const std::string& code :
             score::codesOf(snapshot.scores->parsed.profile, snapshot.scores->scores->words[n].word))
            out[code] += seen.codes[n];
    return sorted(std::move(out));
}

std::vector<Portrait::Found> classMasks(const SnapshotTerms& terms, const Judgement* judgement,
                                        const PortraitPass& seen) {
    std::unordered_map<std::string, std::uint64_t> out;
    for (const auto& [word, flows] : seen.signWords)
        if (const auto verdict = word && judgement ? terms.verdictOf(word) : std::nullopt)
            out[judgement->className(verdict->classIndex)] += flows;
    return sorted(std::move(out));
}

std::vector<std::string> listsOf(const Snapshot& snapshot, const flow::IpAddr& address, std::int64_t at) {
    std::vector<std::string> out;
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    std::vector<std::string> names;
    for (const ListInfo& list : lists.lists()) names.push_back(list.name);
    if (!lists.infoOf(kNdpiList)) names.emplace_back(kNdpiList);
    for (const std::string& name : names)
        if (std::string text = entryText(snapshot, name, address, at); !text.empty()) out.push_back(std::move(text));
    return out;
}

std::string aboutText(const lists::GeoEntry& entry) {
    const std::string country = countryText(entry), as = asText(entry);
    return country + (country.empty() || as.empty() ? "" : ", ") + as;
}

/// Countries and AS numbers of the far hosts, and descriptions of the listed hosts.
Status addGeography(const Snapshot& snapshot, const PortraitSubject& subject, const PortraitPass& seen, Portrait& out,
                    JobContext& job) {
    if (!snapshot.geo || snapshot.geo->empty()) return ok();
    std::unordered_map<std::string, BothWays> countries, systems;
    std::size_t done = 0;
    for (const auto& [id, sums] : seen.far) {
        if (++done % 65536 == 0 && job.cancelled()) return cancelledError();
        const lists::GeoEntry entry = snapshot.geo->find(snapshot.records->addresses()[id]);
        if (!entry.country.empty()) countries[countryText(entry)].merge(sums);
        if (entry.as != 0) systems[asText(entry)].merge(sums);
    }
    const auto same = [](const std::string& text) { return text; };
    out.countries = listOf(countries, same);
    out.systems = listOf(systems, same);
    for (PortraitList* list : {&out.nearHosts, &out.farHosts})
        for (PortraitList::Line& line : list->lines)
            line.about = aboutText(snapshot.geo->find(*flow::parseAddress(line.value)));
    if (const auto* host = std::get_if<HostSubject>(&subject)) out.about = aboutText(snapshot.geo->find(host->address));
    return ok();
}

std::string filterOf(const Snapshot& snapshot, const PortraitSubject& subject) {
    if (const auto* host = std::get_if<HostSubject>(&subject)) return std::string("ip ").append(toText(host->address));
    if (const auto* port = std::get_if<PortSubject>(&subject))
        return std::string("port ").append(std::to_string(port->port));
    return codesFilter(snapshot.scores->parsed.profile, std::get<CodesSubject>(subject).word);
}

}  // namespace

Result<Portrait> portraitOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const PortraitSubject& subject,
                            JobContext& job) {
    if (!snapshot->records) return Error{Errc::notFound, "the project has no records", 0};
    const auto* host = std::get_if<HostSubject>(&subject);
    if (host && !snapshot->records->addresses().find(host->address))
        return Error{Errc::notFound, std::string("no record has the address ").append(toText(host->address)), 0};
    const bool scored = snapshot->scores && snapshot->scores->byRecord();
    if (std::holds_alternative<CodesSubject>(subject) && !scored)
        return Error{Errc::notFound, "the records are not scored yet", 0};
    Portrait out;
    Query query;
    query.rows = Rows::records;
    query.filter = out.filter = filterOf(*snapshot, subject);
    query.totals = false;
    const auto selection = selectRows(snapshot, judgement, query, job);
    if (!selection) return selection.error();
    if ((*selection)->count == 0) return Error{Errc::notFound, "no record matches `" + out.filter + "`", 0};
    const SnapshotTerms terms(snapshot, judgement);
    const auto seen = readPortrait(*snapshot, terms.words(), subject, **selection, job);
    if (!seen) return seen.error();
    out.toNear = seen->all.toNear;
    out.toFar = seen->all.toFar;
    out.first = seen->first;
    out.last = seen->last;
    out.from = seen->from;
    out.binUs = seen->binUs;
    out.toNearAt = seen->toNearAt;
    out.toFarAt = seen->toFarAt;
    const auto address = [&](flow::HostId id) { return toText(snapshot->records->addresses()[id]); };
    out.nearHosts = listOf(seen->near, address);
    out.farHosts = listOf(seen->far, address);
    out.nearPorts = listOf(seen->nearPorts, portText);
    out.farPorts = listOf(seen->farPorts, portText);
    out.targets = targetsOf(*seen, host != nullptr);
    out.codes = scored ? codesOf(*snapshot, *seen) : std::vector<Portrait::Found>();
    out.classes = classMasks(terms, judgement.get(), *seen);
    if (const Status s = addGeography(*snapshot, subject, *seen, out, job); !s) return s.error();
    if (host) out.lists = listsOf(*snapshot, host->address, out.last);
    return out;
}

Result<PortraitSubject> parseSubject(std::string_view text) {
    if (const auto port = wholeNumber<std::uint16_t>(text)) return PortraitSubject(PortSubject{*port});
    if (const auto address = flow::parseAddress(text)) return PortraitSubject(HostSubject{*address});
    return Error{Errc::usage, std::string("`").append(text).append("` is neither an address nor a port"), 0};
}

}  // namespace weir::session
