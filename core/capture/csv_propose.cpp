// Proposals: names that people use, held against the first values.
#include "core/capture/csv_mapping.h"

#include "core/capture/text_formats.h"
#include "core/flow/protocols.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace weir::capture {
namespace {

using text::Field;
using text::Form;

constexpr std::size_t kSampleRows = 20;
constexpr int kByIpfixName = 90, kByName = 70, kByValues = 40;

struct Synonym {
    std::string_view name;  ///< lower case, letters and digits only
    std::string_view element;
    Form form = Form::automatic;  ///< automatic: by the values
};
// clang-format off
/// nfdump, Zeek, Elastic Common Schema, CICFlowMeter, cloud flow logs, pmacct, Suricata and what scripts write.
// clang-format off
constexpr auto kSynonyms = std::to_array<Synonym>({
    {"sa", "sourceIPv4Address"}, {"src", "sourceIPv4Address"}, {"srcip", "sourceIPv4Address"}, {"srcaddr", "sourceIPv4Address"}, {"srcaddress", "sourceIPv4Address"},
    {"sourceip", "sourceIPv4Address"}, {"sourceaddress", "sourceIPv4Address"}, {"sourceaddr", "sourceIPv4Address"}, {"source", "sourceIPv4Address"}, {"saddr", "sourceIPv4Address"},
    {"ipsrc", "sourceIPv4Address"}, {"sip", "sourceIPv4Address"}, {"idorigh", "sourceIPv4Address"}, {"origh", "sourceIPv4Address"}, {"sourceipaddress", "sourceIPv4Address"},
    {"srcipaddr", "sourceIPv4Address"}, {"srchost", "sourceIPv4Address"}, {"clientip", "sourceIPv4Address"}, {"srcipv4", "sourceIPv4Address"}, {"ipv4srcaddr", "sourceIPv4Address"}, {"ipsaddr", "sourceIPv4Address"},
    {"da", "destinationIPv4Address"}, {"dst", "destinationIPv4Address"}, {"dstip", "destinationIPv4Address"}, {"dstaddr", "destinationIPv4Address"}, {"dstaddress", "destinationIPv4Address"},
    {"destip", "destinationIPv4Address"}, {"destinationip", "destinationIPv4Address"}, {"destinationaddress", "destinationIPv4Address"}, {"destaddress", "destinationIPv4Address"},
    {"destination", "destinationIPv4Address"}, {"daddr", "destinationIPv4Address"}, {"ipdst", "destinationIPv4Address"}, {"dip", "destinationIPv4Address"}, {"idresph", "destinationIPv4Address"},
    {"resph", "destinationIPv4Address"}, {"destinationipaddress", "destinationIPv4Address"}, {"dstipaddr", "destinationIPv4Address"}, {"dsthost", "destinationIPv4Address"},
    {"serverip", "destinationIPv4Address"}, {"dstipv4", "destinationIPv4Address"}, {"ipv4dstaddr", "destinationIPv4Address"}, {"dest", "destinationIPv4Address"},
    {"sp", "sourceTransportPort"}, {"sport", "sourceTransportPort"}, {"srcport", "sourceTransportPort"}, {"sourceport", "sourceTransportPort"}, {"idorigp", "sourceTransportPort"},
    {"origp", "sourceTransportPort"}, {"portsrc", "sourceTransportPort"}, {"l4srcport", "sourceTransportPort"}, {"clientport", "sourceTransportPort"},
    {"dp", "destinationTransportPort"}, {"dport", "destinationTransportPort"}, {"dsport", "destinationTransportPort"}, {"dstport", "destinationTransportPort"}, {"destport", "destinationTransportPort"},
    {"destinationport", "destinationTransportPort"}, {"idrespp", "destinationTransportPort"}, {"respp", "destinationTransportPort"}, {"portdst", "destinationTransportPort"},
    {"l4dstport", "destinationTransportPort"}, {"serverport", "destinationTransportPort"},
    {"pr", "protocolIdentifier"}, {"proto", "protocolIdentifier"}, {"protocol", "protocolIdentifier"}, {"ipproto", "protocolIdentifier"}, {"ipprotocol", "protocolIdentifier"}, {"pro", "protocolIdentifier"}, {"prot", "protocolIdentifier"},
    {"networktransport", "protocolIdentifier"}, {"networkiananumber", "protocolIdentifier"}, {"transport", "protocolIdentifier"}, {"protocolnumber", "protocolIdentifier"},
    {"ts", "flowStartMilliseconds"}, {"start", "flowStartMilliseconds"}, {"starttime", "flowStartMilliseconds"}, {"stime", "flowStartMilliseconds"}, {"timestamp", "flowStartMilliseconds"},
    {"time", "flowStartMilliseconds"}, {"firstseen", "flowStartMilliseconds"}, {"first", "flowStartMilliseconds"}, {"firstswitched", "flowStartMilliseconds"}, {"eventstart", "flowStartMilliseconds"}, {"date", "flowStartMilliseconds"},
    {"datetime", "flowStartMilliseconds"}, {"begin", "flowStartMilliseconds"}, {"timestampstart", "flowStartMilliseconds"}, {"flowstart", "flowStartMilliseconds"}, {"datefirstseen", "flowStartMilliseconds"}, {"timefirst", "flowStartMilliseconds"},
    {"te", "flowEndMilliseconds"}, {"end", "flowEndMilliseconds"}, {"endtime", "flowEndMilliseconds"}, {"etime", "flowEndMilliseconds"}, {"ltime", "flowEndMilliseconds"}, {"lasttime", "flowEndMilliseconds"},
    {"lastseen", "flowEndMilliseconds"}, {"last", "flowEndMilliseconds"}, {"lastswitched", "flowEndMilliseconds"}, {"eventend", "flowEndMilliseconds"}, {"timestampend", "flowEndMilliseconds"}, {"flowend", "flowEndMilliseconds"}, {"timelast", "flowEndMilliseconds"},
    {"td", "flowDurationMilliseconds", Form::seconds}, {"duration", "flowDurationMilliseconds", Form::seconds}, {"dur", "flowDurationMilliseconds", Form::seconds},
    {"durationms", "flowDurationMilliseconds", Form::milliseconds}, {"flowduration", "flowDurationMilliseconds", Form::microseconds}, {"eventduration", "flowDurationMilliseconds", Form::nanoseconds},
    {"flg", "tcpControlBits"}, {"flags", "tcpControlBits"}, {"tcpflags", "tcpControlBits"},
    {"ipkt", "packetDeltaCount"}, {"pkt", "packetDeltaCount"}, {"pkts", "packetDeltaCount"}, {"packets", "packetDeltaCount"}, {"spkts", "packetDeltaCount"}, {"srcpkts", "packetDeltaCount"}, {"dpkts", "packetDeltaCount"},
    {"sourcepackets", "packetDeltaCount"}, {"origpkts", "packetDeltaCount"}, {"packetcount", "packetDeltaCount"}, {"inpkts", "packetDeltaCount"}, {"npackets", "packetDeltaCount"}, {"totfwdpkts", "packetDeltaCount"},
    {"ibyt", "octetDeltaCount"}, {"byt", "octetDeltaCount"}, {"bytes", "octetDeltaCount"}, {"octets", "octetDeltaCount"}, {"sbytes", "octetDeltaCount"}, {"srcbytes", "octetDeltaCount"}, {"doctets", "octetDeltaCount"},
    {"sourcebytes", "octetDeltaCount"}, {"origipbytes", "octetDeltaCount"}, {"bytecount", "octetDeltaCount"}, {"inbytes", "octetDeltaCount"}, {"nbytes", "octetDeltaCount"}, {"length", "octetDeltaCount"},
    {"opkt", "reversePacketDeltaCount"}, {"dstpkts", "reversePacketDeltaCount"}, {"destinationpackets", "reversePacketDeltaCount"}, {"resppkts", "reversePacketDeltaCount"}, {"outpkts", "reversePacketDeltaCount"}, {"totbwdpkts", "reversePacketDeltaCount"},
    {"obyt", "reverseOctetDeltaCount"}, {"dbytes", "reverseOctetDeltaCount"}, {"dstbytes", "reverseOctetDeltaCount"}, {"destinationbytes", "reverseOctetDeltaCount"}, {"respipbytes", "reverseOctetDeltaCount"}, {"outbytes", "reverseOctetDeltaCount"},
    {"networkpackets", "packetsOfBothDirections"}, {"totpkts", "packetsOfBothDirections"}, {"totalpackets", "packetsOfBothDirections"},
    {"networkbytes", "octetsOfBothDirections"}, {"totbytes", "octetsOfBothDirections"}, {"totalbytes", "octetsOfBothDirections"},
    {"sas", "bgpSourceAsNumber"}, {"srcas", "bgpSourceAsNumber"}, {"sourceas", "bgpSourceAsNumber"}, {"das", "bgpDestinationAsNumber"}, {"dstas", "bgpDestinationAsNumber"}, {"destas", "bgpDestinationAsNumber"},
    {"in", "ingressInterface"}, {"inif", "ingressInterface"}, {"input", "ingressInterface"}, {"inputsnmp", "ingressInterface"}, {"out", "egressInterface"}, {"outif", "egressInterface"}, {"output", "egressInterface"}, {"outputsnmp", "egressInterface"},
    {"tos", "ipClassOfService"}, {"stos", "ipClassOfService"}, {"srctos", "ipClassOfService"}, {"dtos", "postIpClassOfService"}, {"vlan", "vlanId"}, {"smk", "sourceIPv4PrefixLength"}, {"dmk", "destinationIPv4PrefixLength"},
});
// clang-format on

std::string plainName(std::string_view name) {
    std::string out;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c))) out += char(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool isAddress(const std::string& v) {
    flow::IpAddr a;
    return text::addressOf(v, a);
}
bool isNumber(const std::string& v) {
    std::uint64_t n = 0;
    return text::numberOf(v, n);
}
bool isDate(const std::string& v, Form form = Form::automatic) {
    std::int64_t us = 0;
    return v.size() >= 8 && v.find_first_of("-/:") != std::string::npos && text::Clock().timeOf(v, form, us);
}

/// The unit of a number that is a time since 1970 within 1990 and 2100, by its size.
std::optional<Form> unitOfEpoch(const std::string& v) {
    double number = 0;
    const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), number);
    if (error != std::errc{} || end != v.data() + v.size()) return {};
    constexpr double kFrom = 631152000, kTo = 4102444800;
    for (const auto& [form, unit] : {std::pair{Form::seconds, 1.0},
                                     {Form::milliseconds, 1e3},
                                     {Form::microseconds, 1e6},
                                     {Form::nanoseconds, 1e9}})
        if (number >= kFrom * unit && number < kTo * unit) return form;
    return {};
}

/// How the samples say a time; nothing when they say none.
std::optional<Form> formOfTimes(const std::vector<std::string>& samples, Form unsaid) {
    std::optional<Form> out;
    const auto all = [&](auto fits) { return !samples.empty() && std::all_of(samples.begin(), samples.end(), fits); };
    if (all([](const std::string& v) { return isDate(v); })) return unsaid;
    if (all([](const std::string& v) { return isDate(v, Form::dayFirst); })) return Form::dayFirst;
    if (all([](const std::string& v) { return isDate(v, Form::monthFirst); })) return Form::monthFirst;
    for (const std::string& v : samples) {
        const auto unit = unitOfEpoch(v);
        if (!unit || (out && *out != *unit)) return {};
        out = unit;
    }
    return out;
}

/// Do most of the samples read as this kind? Sets `form` of times.
bool fits(const MapElement& element, const std::vector<std::string>& samples, Form& form) {
    if (samples.empty()) return true;
    const auto most = [&](auto test) {
        return std::size_t(std::count_if(samples.begin(), samples.end(), test)) * 2 > samples.size();
    };
    switch (element.kind) {
        case ElementKind::address: return most(isAddress);
        case ElementKind::protocol:
            return most([](const std::string& v) { return flow::protocolNumber(v).has_value(); });
        case ElementKind::flags:
            return most([](const std::string& v) {
                std::uint8_t f = 0;
                return text::flagsOf(v, f);
            });
        case ElementKind::duration:
            return most([](const std::string& v) {
                std::int64_t us = 0;
                return text::durationOf(v, Form::automatic, us);
            });
        case ElementKind::time: {
            const auto found = formOfTimes(samples, element.form);
            if (found) form = *found;
            return found.has_value();
        }
        default: return most(isNumber);
    }
}

void proposeByName(ProposedColumn& c) {
    Form form = Form::automatic;
    if (const MapElement* exact = findElement(c.name)) {
        form = exact->form;
        c.form = form;
        const bool reads =
            exact->kind == ElementKind::time ? fits(*exact, c.samples, form) : fits(*exact, c.samples, c.form);
        if (!reads) return;
        c.element = exact;
        c.confidence = kByIpfixName;
        return;
    }
    const std::string name = plainName(c.name);
    for (const Synonym& s : kSynonyms) {
        if (s.name != name) continue;
        const MapElement* e = findElement(s.element);
        form = s.form == Form::automatic ? e->form : s.form;
        if (!fits(*e, c.samples, form)) return;
        c.element = e;
        c.form = form;
        c.confidence = kByName;
        return;
    }
}

/// What is still missing, from columns whose values can only be that.
void proposeByValues(std::vector<ProposedColumn>& columns) {
    const auto has = [&](Field f) {
        return std::any_of(columns.begin(), columns.end(),
                           [f](const ProposedColumn& c) { return c.element && c.element->field == f; });
    };
    const auto give = [&](std::string_view name, auto test) {
        const MapElement* e = findElement(name);
        if (!e || has(e->field)) return;
        for (ProposedColumn& c : columns) {
            Form form = e->form;
            if (c.element || c.samples.empty() || !fits(*e, c.samples, form) || !test(c)) continue;
            c.element = e;
            c.form = form;
            c.confidence = kByValues;
            return;
        }
    };
    const auto any = [](const ProposedColumn&) { return true; };
    give("sourceIPv4Address", any);
    give("destinationIPv4Address", any);
    give("flowStartMilliseconds", any);
    give("protocolIdentifier",
         [](const ProposedColumn& c) { return std::none_of(c.samples.begin(), c.samples.end(), isNumber); });
}

/// Of columns that would be the same, the surest stays; IPFIX has several names for one thing on purpose.
void keepOneOfEach(std::vector<ProposedColumn>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        for (std::size_t j = 0; j < columns.size(); ++j) {
            ProposedColumn &a = columns[i], &b = columns[j];
            if (i == j || !a.element || !b.element || a.element->field != b.element->field) continue;
            if (a.element != b.element && a.confidence == kByIpfixName && b.confidence == kByIpfixName) continue;
            ProposedColumn& weaker = b.confidence > a.confidence || (b.confidence == a.confidence && j < i) ? a : b;
            weaker.element = nullptr;
            weaker.confidence = 0;
        }
}

}  // namespace

CsvMapping Proposal::mapping() const {
    CsvMapping out;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].element) out.columns.push_back({columns[i].element, i + 1, {}, columns[i].form});
    out.delimiter = delimiter;
    out.head = head;
    return out;
}

std::string Proposal::missing() const {
    const auto has = [&](Field f) {
        return std::any_of(columns.begin(), columns.end(),
                           [f](const ProposedColumn& c) { return c.element && c.element->field == f; });
    };
    std::string out;
    const auto need = [&](bool there, std::string_view what) {
        if (!there) out.append(out.empty() ? "" : ", ").append(what);
    };
    need(has(Field::source), "source address");
    need(has(Field::destination), "destination address");
    need(has(Field::start) || has(Field::end), "time");
    return out;
}

std::string Proposal::headKey() const {
    if (!head) return std::to_string(columns.size()) + " columns without names";
    std::string out;
    for (const ProposedColumn& c : columns) out.append(out.empty() ? "" : "\x1f").append(c.name);
    return out;
}

std::optional<Proposal> proposeMapping(std::string_view given, char delimiter, std::optional<bool> head) {
    const auto row = delimiter ? std::optional(text::firstRowWith(given, 0, delimiter)) : text::firstRow(given);
    if (!row || row->fields.empty()) return {};
    Proposal out;
    out.delimiter = row->delimiter;
    out.head = head.value_or(std::none_of(row->fields.begin(), row->fields.end(), [](const std::string& v) {
        return isAddress(v) || isNumber(v) || isDate(v);
    }));
    out.columns.resize(row->fields.size());
    text::Layout layout;
    layout.delimiter = row->delimiter;
    layout.padded = true;
    text::Line line;
    text::LineReader lines(given.substr(out.head ? row->end : row->begin), layout, row->fields.size());
    for (std::size_t rows = 0; rows < kSampleRows && lines.next(line); ++rows)
        for (std::size_t i = 0; i < line.fields.size(); ++i)
            if (!line.fields[i].empty() && line.fields[i] != "-")
                out.columns[i].samples.emplace_back(line.fields[i].substr(0, 80));
    for (std::size_t i = 0; i < out.columns.size(); ++i) {
        if (out.head) out.columns[i].name = row->fields[i];
        if (out.head) proposeByName(out.columns[i]);
    }
    keepOneOfEach(out.columns);
    proposeByValues(out.columns);
    return out;
}

}  // namespace weir::capture
