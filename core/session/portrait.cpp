// One selection; its records are read once, by several threads, and what they say is merged.
#include "core/session/portrait.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/flow/protocols.h"
#include "core/score/ranking.h"
#include "core/score/row_values.h"
#include "core/session/code_tally.h"
#include "core/session/geo.h"
#include "core/session/list_entry.h"
#include "core/session/ndpi_list.h"
#include "core/session/row_terms.h"
#include "core/session/score.h"

#include <algorithm>
#include <unordered_map>

namespace weir::session {
namespace {

using flow::Col;
using flow::HostId;
using flow::Side;

struct BothWays {
    PortraitSums toNear, toFar;
    void add(bool near, std::uint64_t packets, std::uint64_t bytes) { (near ? toNear : toFar).add(packets, bytes); }
    void merge(const BothWays& o) {
        for (auto [sums, more] : {std::pair(&toNear, &o.toNear), std::pair(&toFar, &o.toFar)}) {
            sums->flows += more->flows;
            sums->packets += more->packets;
            sums->bytes += more->bytes;
        }
    }
};
using ByHost = std::unordered_map<HostId, BothWays>;
using ByPort = std::unordered_map<std::uint32_t, BothWays>;   ///< by protocol << 16 | port

template <class Map>
void mergeInto(Map& into, const Map& from) {
    for (const auto& [key, sums] : from) into[key].merge(sums);
}

/// What one thread saw.
struct Seen {
    BothWays all;
    ByHost near, far;
    ByPort nearPorts, farPorts;
    std::int64_t first = INT64_MAX, last = INT64_MIN;
    std::array<std::uint64_t, Portrait::kBins> toNearAt{}, toFarAt{};
    std::vector<std::uint64_t> codes;                              ///< by number of the word in the scores
    std::unordered_map<std::uint64_t, std::uint64_t> signWords;    ///< flows of derived flows with this word
};

/// Ends and way of one record, as the subject sees them.
struct Placed {
    bool nearIsSource = false;
    bool forward = true, reverse = false;   ///< directions that count
    bool nearServes = false, farServes = false;
};

/// The end that was asked: the destination, but for an answer in one direction only, which comes from a well-known port.
bool destinationServes(const flow::RecordColumns& c, std::size_t i) {
    const bool answer = c.reversePackets[i] == 0 && c.srcPort[i] != 0 && c.srcPort[i] < 1024 && c.dstPort[i] >= 1024;
    return !answer;
}

class Painter {
public:
    Painter(const Snapshot& snapshot, const SnapshotTerms& terms, const PortraitSubject& subject, const Selection& selection, JobContext& job)
        : snapshot_(snapshot), subject_(subject), selection_(selection), job_(job), words_(terms.words()), workers_(job.threads()) {
        if (const auto* host = std::get_if<HostSubject>(&subject)) host_ = *snapshot.records->addresses().find(host->address);
        std::int64_t from = INT64_MAX, to = INT64_MIN;
        for (const flow::ChunkInfo& chunk : snapshot.records->chunks()) {
            from = std::min(from, chunk.startMin);
            to = std::max(to, chunk.startMax);
        }
        from_ = from;
        binUs_ = std::max<std::int64_t>(1, (to - from) / std::int64_t(Portrait::kBins) + 1);
    }

    Result<Seen> run() {
        const auto chunks = snapshot_.records->chunks();
        const Status done = parallelTry(chunks.size(), job_.threads(), [&](std::size_t chunk, unsigned worker) -> Status {
            if (!job_.step(chunks[chunk].firstRow, snapshot_.records->rows(), "portrait", "records")) return cancelledError();
            return look(chunk, workers_[worker]);
        });
        if (!done) return done.error();
        Seen all;
        for (Seen& seen : workers_) merge(all, seen);
        return all;
    }
    std::int64_t from() const { return from_; }
    std::int64_t binUs() const { return binUs_; }

private:
    Status look(std::size_t chunk, Seen& seen) {
        const flow::ChunkInfo& info = snapshot_.records->chunks()[chunk];
        const auto begin = selection_.all ? nullptr : std::lower_bound(selection_.picked.begin(), selection_.picked.end(), std::uint32_t(info.firstRow));
        const auto end = selection_.all ? nullptr : std::lower_bound(begin, selection_.picked.end(), std::uint32_t(info.firstRow + info.rows));
        if (!selection_.all && begin == end) return ok();
        flow::RecordColumns c;
        const auto wanted = flow::cols(Col::start, Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode, Col::protocol, Col::packets, Col::bytes, Col::reversePackets, Col::reverseBytes);
        if (const Status s = snapshot_.records->read(chunk, wanted, c); !s) return s;
        for (Buffer<std::uint64_t>* column : {&c.reversePackets, &c.reverseBytes})
            if (column->empty()) column->assign(info.rows, 0);
        for (Buffer<std::uint16_t>* column : {&c.srcPort, &c.dstPort, &c.icmpTypeCode})
            if (column->empty()) column->assign(info.rows, 0);
        if (selection_.all) {
            for (std::uint32_t i = 0; i < info.rows; ++i) take(c, i, info.firstRow + i, 3, seen);
        } else {
            for (auto at = begin; at != end; ++at) {
                const std::uint8_t sides = selection_.sides.empty() ? std::uint8_t{1} : selection_.sides[std::size_t(at - selection_.picked.begin())];
                take(c, *at - std::uint32_t(info.firstRow), *at, sides, seen);
            }
        }
        return ok();
    }

    /// `sides`: directions that the filter takes, as in Selection.
    Placed place(const flow::RecordColumns& c, std::size_t i, std::uint8_t sides) const {
        Placed p;
        const bool back = c.reversePackets[i] != 0;
        p.reverse = back;
        if (std::holds_alternative<CodesSubject>(subject_)) {
            p.forward = (sides & 1) != 0;
            p.reverse = back && (sides & 2);
            p.nearIsSource = !p.forward;   // the destination of the direction that bears the codes
            p.nearServes = true;
            return p;
        }
        if (const auto* port = std::get_if<PortSubject>(&subject_)) {
            p.nearIsSource = score::portOf(c, false, Side::forward, i) != port->port;
            p.nearServes = true;
            return p;
        }
        p.nearIsSource = c.src[i] == host_;
        (destinationServes(c, i) != p.nearIsSource ? p.nearServes : p.farServes) = true;
        return p;
    }

    void take(const flow::RecordColumns& c, std::size_t i, std::uint64_t row, std::uint8_t sides, Seen& seen) const {
        const Placed p = place(c, i, sides);
        const HostId near = p.nearIsSource ? c.src[i] : c.dst[i], far = p.nearIsSource ? c.dst[i] : c.src[i];
        BothWays& nearSums = seen.near[near];
        BothWays& farSums = seen.far[far];
        BothWays* const port = portOf(c, i, p, seen);
        const std::size_t bin = std::size_t(std::clamp<std::int64_t>((c.start[i] - from_) / binUs_, 0, std::int64_t(Portrait::kBins) - 1));
        const auto count = [&](Side side) {
            const bool toNear = (side == Side::forward) != p.nearIsSource;
            const std::uint64_t packets = score::packetsOf(c, side, i), bytes = score::bytesOf(c, side, i);
            for (BothWays* sums : {&seen.all, &nearSums, &farSums, port})
                if (sums) sums->add(toNear, packets, bytes);
            ++(toNear ? seen.toNearAt : seen.toFarAt)[bin];
            countCodes(side, row, seen);
            if (!words_.empty() && snapshot_.flows->flowOfRecord[row] != flow::kNoFlow) ++seen.signWords[words_[snapshot_.flows->flowOfRecord[row]]];
        };
        if (p.forward) count(Side::forward);
        if (p.reverse) count(Side::reverse);
        seen.first = std::min(seen.first, c.start[i]);
        seen.last = std::max(seen.last, c.start[i]);
    }

    /// Sums of the port at the end that was asked; nullptr where there are no ports.
    static BothWays* portOf(const flow::RecordColumns& c, std::size_t i, const Placed& p, Seen& seen) {
        const bool source = p.nearServes == p.nearIsSource;
        std::uint16_t port = (source ? c.srcPort[i] : c.dstPort[i]);
        port = std::uint16_t(port | c.icmpTypeCode[i]);
        return &(p.nearServes ? seen.nearPorts : seen.farPorts)[std::uint32_t(c.protocol[i]) << 16 | port];
    }

    void countCodes(Side side, std::uint64_t row, Seen& seen) const {
        if (!snapshot_.scores || snapshot_.scores->scores->forward.empty()) return;
        const score::Scores& scores = *snapshot_.scores->scores;
        const Buffer<std::uint32_t>& numbers = side == Side::forward ? scores.forward : scores.reverse;
        if (numbers.empty()) return;
        if (seen.codes.empty()) seen.codes.resize(scores.words.size());
        ++seen.codes[numbers[std::size_t(row)]];
    }

    static void merge(Seen& all, const Seen& seen) {
        all.all.merge(seen.all);
        mergeInto(all.near, seen.near);
        mergeInto(all.far, seen.far);
        mergeInto(all.nearPorts, seen.nearPorts);
        mergeInto(all.farPorts, seen.farPorts);
        all.first = std::min(all.first, seen.first);
        all.last = std::max(all.last, seen.last);
        for (std::size_t b = 0; b < Portrait::kBins; ++b) {
            all.toNearAt[b] += seen.toNearAt[b];
            all.toFarAt[b] += seen.toFarAt[b];
        }
        if (all.codes.size() < seen.codes.size()) all.codes.resize(seen.codes.size());
        for (std::size_t n = 0; n < seen.codes.size(); ++n) all.codes[n] += seen.codes[n];
        for (const auto& [word, flows] : seen.signWords) all.signWords[word] += flows;
    }

    const Snapshot& snapshot_;
    const PortraitSubject& subject_;
    const Selection& selection_;
    JobContext& job_;
    std::span<const std::uint64_t> words_;
    HostId host_ = 0;
    std::int64_t from_ = 0, binUs_ = 1;
    std::vector<Seen> workers_;
};

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
    for (std::size_t i = 0; i < most; ++i) out.lines.push_back({text(rows[i].first), rows[i].second.toNear, rows[i].second.toFar, {}});
    return out;
}

Portrait::Targets targetsOf(const Seen& seen, bool host) {
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
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.flows != b.flows ? a.flows > b.flows : a.name < b.name; });
    return out;
}

std::vector<Portrait::Found> codesOf(const Snapshot& snapshot, const Seen& seen) {
    std::unordered_map<std::string, std::uint64_t> out;
    for (std::size_t n = 0; n < seen.codes.size(); ++n)
        for (const std::string& code : score::codesOf(snapshot.scores->parsed.profile, snapshot.scores->scores->words[n].word)) out[code] += seen.codes[n];
    return sorted(std::move(out));
}

std::vector<Portrait::Found> classesOf(const SnapshotTerms& terms, const Judgement* judgement, const Seen& seen) {
    std::unordered_map<std::string, std::uint64_t> out;
    for (const auto& [word, flows] : seen.signWords)
        if (const auto verdict = word && judgement ? terms.verdictOf(word) : std::nullopt) out[judgement->className(verdict->classIndex)] += flows;
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

/// Countries and AS numbers of the far hosts, and what is known of the hosts that are listed.
Status addGeography(const Snapshot& snapshot, const PortraitSubject& subject, const Seen& seen, Portrait& out, JobContext& job) {
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
        for (PortraitList::Line& line : list->lines) line.about = aboutText(snapshot.geo->find(*flow::parseAddress(line.value)));
    if (const auto* host = std::get_if<HostSubject>(&subject)) out.about = aboutText(snapshot.geo->find(host->address));
    return ok();
}

std::string filterOf(const Snapshot& snapshot, const PortraitSubject& subject) {
    if (const auto* host = std::get_if<HostSubject>(&subject)) return std::string("ip ").append(toText(host->address));
    if (const auto* port = std::get_if<PortSubject>(&subject)) return std::string("port ").append(std::to_string(port->port));
    return codesFilter(snapshot.scores->parsed.profile, std::get<CodesSubject>(subject).word);
}

}  // namespace

Result<Portrait> portraitOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const PortraitSubject& subject, JobContext& job) {
    if (!snapshot->records) return Error{Errc::notFound, "the project has no records", 0};
    const auto* host = std::get_if<HostSubject>(&subject);
    if (host && !snapshot->records->addresses().find(host->address)) return Error{Errc::notFound, std::string("no record has the address ").append(toText(host->address)), 0};
    const bool scored = snapshot->scores && !snapshot->scores->scores->forward.empty();
    if (std::holds_alternative<CodesSubject>(subject) && !scored) return Error{Errc::notFound, "the records are not scored yet", 0};
    Portrait out;
    Query query;
    query.rows = Rows::records;
    query.filter = out.filter = filterOf(*snapshot, subject);
    query.totals = false;
    const auto selection = selectRows(snapshot, judgement, query, job);
    if (!selection) return selection.error();
    if ((*selection)->count == 0) return Error{Errc::notFound, "no record passes `" + out.filter + "`", 0};
    const SnapshotTerms terms(snapshot, judgement);
    Painter painter(*snapshot, terms, subject, **selection, job);
    const auto seen = painter.run();
    if (!seen) return seen.error();
    out.toNear = seen->all.toNear;
    out.toFar = seen->all.toFar;
    out.first = seen->first;
    out.last = seen->last;
    out.from = painter.from();
    out.binUs = painter.binUs();
    out.toNearAt = seen->toNearAt;
    out.toFarAt = seen->toFarAt;
    const auto address = [&](HostId id) { return toText(snapshot->records->addresses()[id]); };
    out.nearHosts = listOf(seen->near, address);
    out.farHosts = listOf(seen->far, address);
    out.nearPorts = listOf(seen->nearPorts, portText);
    out.farPorts = listOf(seen->farPorts, portText);
    out.targets = targetsOf(*seen, host != nullptr);
    out.codes = scored ? codesOf(*snapshot, *seen) : std::vector<Portrait::Found>();
    out.classes = classesOf(terms, judgement.get(), *seen);
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
