// The table of elements, and mapping texts.
#include "core/capture/csv_mapping.h"

#include "core/base/text.h"
#include "core/capture/text_formats.h"
#include "core/flow/lexer.h"

#include <algorithm>
#include <array>

namespace weir::capture {
namespace {

using text::Field;
using text::Form;

// clang-format off
constexpr auto kMapElements = std::to_array<MapElement>({
    {"sourceIPv4Address",           "Source address",                 ElementKind::address,  Field::source},
    {"sourceIPv6Address",           "",                               ElementKind::address,  Field::source},
    {"destinationIPv4Address",      "Destination address",            ElementKind::address,  Field::destination},
    {"destinationIPv6Address",      "",                               ElementKind::address,  Field::destination},
    {"sourceTransportPort",         "Source port",                    ElementKind::port,     Field::sourcePort},
    {"destinationTransportPort",    "Destination port",               ElementKind::port,     Field::destinationPort},
    {"protocolIdentifier",          "Protocol",                       ElementKind::protocol, Field::protocol},
    {"flowStartMilliseconds",       "Start",                          ElementKind::time,     Field::start, Form::milliseconds},
    {"flowStartSeconds",            "",                               ElementKind::time,     Field::start, Form::seconds},
    {"flowStartMicroseconds",       "",                               ElementKind::time,     Field::start, Form::microseconds},
    {"flowStartNanoseconds",        "",                               ElementKind::time,     Field::start, Form::nanoseconds},
    {"flowEndMilliseconds",         "End",                            ElementKind::time,     Field::end, Form::milliseconds},
    {"flowEndSeconds",              "",                               ElementKind::time,     Field::end, Form::seconds},
    {"flowEndMicroseconds",         "",                               ElementKind::time,     Field::end, Form::microseconds},
    {"flowEndNanoseconds",          "",                               ElementKind::time,     Field::end, Form::nanoseconds},
    {"flowDurationMilliseconds",    "Duration",                       ElementKind::duration, Field::duration, Form::milliseconds},
    {"flowDurationMicroseconds",    "",                               ElementKind::duration, Field::duration, Form::microseconds},
    {"tcpControlBits",              "TCP flags",                      ElementKind::flags,    Field::tcpFlags},
    {"packetDeltaCount",            "Packets",                        ElementKind::number,   Field::packets},
    {"packetTotalCount",            "",                               ElementKind::number,   Field::packets},
    {"initiatorPackets",            "",                               ElementKind::number,   Field::packets},
    {"octetDeltaCount",             "Bytes",                          ElementKind::number,   Field::bytes},
    {"octetTotalCount",             "",                               ElementKind::number,   Field::bytes},
    {"initiatorOctets",             "",                               ElementKind::number,   Field::bytes},
    {"reverseTcpControlBits",       "Reverse TCP flags",     ElementKind::flags,    Field::reverseTcpFlags},
    {"reversePacketDeltaCount",     "Reverse packets",       ElementKind::number,   Field::reversePackets},
    {"reversePacketTotalCount",     "",                               ElementKind::number,   Field::reversePackets},
    {"responderPackets",            "",                               ElementKind::number,   Field::reversePackets},
    {"reverseOctetDeltaCount",      "Reverse bytes",         ElementKind::number,   Field::reverseBytes},
    {"reverseOctetTotalCount",      "",                               ElementKind::number,   Field::reverseBytes},
    {"responderOctets",             "",                               ElementKind::number,   Field::reverseBytes},
    {"packetsOfBothDirections",     "Packets of both directions",     ElementKind::number,   Field::bothPackets},
    {"octetsOfBothDirections",      "Bytes of both directions",       ElementKind::number,   Field::bothBytes},
    {"icmpTypeCodeIPv4",            "ICMP 256 × type + code",         ElementKind::number,   Field::icmpTypeCode},
    {"icmpTypeCodeIPv6",            "",                               ElementKind::number,   Field::icmpTypeCode},
    {"icmpTypeCode",                "",                               ElementKind::number,   Field::icmpTypeCode},
    {"icmpTypeIPv4",                "ICMP type",                      ElementKind::number,   Field::icmpType},
    {"icmpTypeIPv6",                "",                               ElementKind::number,   Field::icmpType},
    {"icmpCodeIPv4",                "ICMP code",                      ElementKind::number,   Field::icmpCode},
    {"icmpCodeIPv6",                "",                               ElementKind::number,   Field::icmpCode},
    {"bgpSourceAsNumber",           "Source AS",                      ElementKind::number,   Field::sourceAs},
    {"bgpDestinationAsNumber",      "Destination AS",                 ElementKind::number,   Field::destinationAs},
    {"ingressInterface",            "Input interface",                ElementKind::number,   Field::inInterface},
    {"egressInterface",             "Output interface",               ElementKind::number,   Field::outInterface},
    {"ipClassOfService",            "Type of service",                ElementKind::number,   Field::tos},
    {"postIpClassOfService",        "Destination type of service",     ElementKind::number,   Field::destinationTos},
    {"vlanId",                      "VLAN",                           ElementKind::number,   Field::sourceVlan},
    {"postVlanId",                  "Destination VLAN",                ElementKind::number,   Field::destinationVlan},
    {"sourceIPv4PrefixLength",      "Source mask",                    ElementKind::number,   Field::sourceMask},
    {"sourceIPv6PrefixLength",      "",                               ElementKind::number,   Field::sourceMask},
    {"destinationIPv4PrefixLength", "Destination mask",               ElementKind::number,   Field::destinationMask},
    {"destinationIPv6PrefixLength", "",                               ElementKind::number,   Field::destinationMask},
    {"samplingInterval",            "Sampling interval",              ElementKind::number,   Field::samplingInterval},
});
// clang-format on
constexpr auto kForms = std::to_array<MapForm>({
    {"s", "seconds", Form::seconds},
    {"ms", "milliseconds", Form::milliseconds},
    {"us", "microseconds", Form::microseconds},
    {"ns", "nanoseconds", Form::nanoseconds},
    {"dmy", "day/month/year h:m:s", Form::dayFirst, true},
    {"mdy", "month/day/year h:m:s", Form::monthFirst, true},
});
struct DelimiterName {
    std::string_view name;
    char delimiter;
};
constexpr auto kDelimiterNames =
    std::to_array<DelimiterName>({{"comma", ','}, {"tab", '\t'}, {"pipe", '|'}, {"semicolon", ';'}});
// clang-format on

Error wrong(std::string detail) { return {Errc::usage, "mapping: " + std::move(detail), 0}; }

/// Takes words off a mapping text.
class Words {
public:
    explicit Words(std::string_view text) : text_(text) {}
    bool done() const { return text_.empty(); }
    bool eat(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    /// Up to one of `ends`.
    std::optional<std::string> word(std::string_view ends) {
        const auto end = std::min(text_.find_first_of(ends), text_.size());
        std::string out(text_.substr(0, end));
        text_.remove_prefix(end);
        return out;
    }
    /// Up to the closing quote of a word whose opening one is taken; nothing when it does not end.
    std::optional<std::string> rest() {
        std::string out;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (text_[i] != '"') {
                out += text_[i];
            } else if (i + 1 < text_.size() && text_[i + 1] == '"') {
                out += '"';
                ++i;
            } else {
                text_.remove_prefix(i + 1);
                return out;
            }
        }
        return {};
    }

private:
    std::string_view text_;
};

Status addColumn(CsvMapping& out, const std::string& name, std::string column, bool quoted, const std::string& form) {
    MappedColumn c;
    c.element = findElement(name);
    if (!c.element) {
        std::vector<std::string_view> names;
        for (const MapElement& e : kMapElements) names.push_back(e.name);
        const auto near = nearestName(name, names);
        return wrong("unknown element `" + name + "`" +
                     (near.empty() ? std::string() : "; did you mean `" + std::string(near) + "`?"));
    }
    std::uint64_t number = 0;
    if (!quoted && text::digitsOf(column, number)) {
        if (number == 0 || number > 65535) return wrong("columns count from 1, not " + column);
        c.number = std::size_t(number);
    } else {
        c.name = std::move(column);
    }
    if (c.number == 0 && c.name.empty()) return wrong("`" + name + "=` names no column");
    c.form = c.element->form;
    if (!form.empty()) {
        const bool timed = c.element->kind == ElementKind::time || c.element->kind == ElementKind::duration;
        const auto f = std::find_if(kForms.begin(), kForms.end(), [&](const MapForm& m) { return m.name == form; });
        if (f == kForms.end() || !timed || (f->timeOnly && c.element->kind != ElementKind::time))
            return wrong("`" + form + "` is not a valid form of " + name +
                         (timed ? "; there are s, ms, us, ns, dmy and mdy" : "; only times and durations have one"));
        c.form = f->form;
    }
    out.columns.push_back(std::move(c));
    return ok();
}

std::string quotedName(const std::string& name) {
    std::uint64_t number = 0;
    if (name.find_first_of(",=:\" ") == std::string::npos && !text::digitsOf(name, number)) return name;
    std::string out = "\"";
    for (const char c : name) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

/// Does a row of values hold what the mapping wants there?
bool readsAsValues(const std::vector<std::string>& row, const std::vector<text::Column>& columns) {
    text::Clock clock;
    for (const text::Column& c : columns) {
        if (c.index >= row.size() || row[c.index].empty()) continue;
        const std::string& v = row[c.index];
        flow::IpAddr a;
        std::int64_t us = 0;
        std::uint64_t n = 0;
        if ((c.field == Field::source || c.field == Field::destination) && !text::addressOf(v, a)) return false;
        if ((c.field == Field::start || c.field == Field::end) && !clock.timeOf(v, c.form, us)) return false;
        if ((c.field == Field::packets || c.field == Field::bytes || c.field == Field::sourcePort ||
             c.field == Field::destinationPort) &&
            !text::numberOf(v, n))
            return false;
    }
    return true;
}

std::string missingOf(const text::Plan& plan) {
    std::string out;
    const auto need = [&](bool there, std::string_view what) {
        if (!there) out.append(out.empty() ? "" : ", ").append(what);
    };
    need(plan.has(Field::source), "source address");
    need(plan.has(Field::destination), "destination address");
    need(plan.has(Field::start) || plan.has(Field::end), "time");
    return out;
}

Result<text::Plan> planOfJson(const CsvMapping& mapping) {
    text::Plan plan;
    plan.layout.delimiter = '\0';
    for (const MappedColumn& c : mapping.columns) {
        if (c.name.empty()) return wrong("a JSON text has names, not column numbers");
        plan.columns.push_back({std::uint16_t(plan.layout.keys.size()), c.element->field, c.form, false});
        plan.layout.keys.push_back(c.name);
    }
    plan.complete();
    return plan;
}

}  // namespace

std::span<const MapElement> mapElements() { return kMapElements; }
std::span<const MapForm> mapForms() { return kForms; }

const MapElement* findElement(std::string_view name) {
    for (const MapElement& e : kMapElements)
        if (e.name == name) return &e;
    return nullptr;
}

std::string_view formName(Form form) {
    for (const MapForm& f : kForms)
        if (f.form == form) return f.name;
    return {};
}

Result<CsvMapping> parseMapping(std::string_view given) {
    CsvMapping out;
    Words words(given);
    while (!words.done()) {
        if (words.eat(',') || words.eat(' ')) continue;
        const auto name = words.word("=,");
        if (!name || !words.eat('=')) return wrong("expected ELEMENT=COLUMN at `" + name.value_or("\"") + "`");
        const bool quoted = words.eat('"');
        const auto column = quoted ? words.rest() : words.word(",:");
        if (!column) return wrong("a quote without end behind `" + *name + "=`");
        std::string form;
        if (words.eat(':')) form = words.word(",").value_or("");
        if (*name == "delimiter") {
            const auto d = std::find_if(kDelimiterNames.begin(), kDelimiterNames.end(),
                                        [&](const DelimiterName& n) { return n.name == *column; });
            if (d == kDelimiterNames.end())
                return wrong("delimiter is comma, tab, pipe or semicolon, not `" + *column + "`");
            out.delimiter = d->delimiter;
        } else if (*name == "head") {
            if (*column != "yes" && *column != "no") return wrong("head is yes or no, not `" + *column + "`");
            out.head = *column == "yes";
        } else if (const Status s = addColumn(out, *name, *column, quoted, form); !s) {
            return s.error();
        }
    }
    if (out.columns.empty()) return wrong("it maps no column");
    return out;
}

std::string toText(const CsvMapping& mapping) {
    std::string out;
    const auto put = [&](const std::string& word) { out.append(out.empty() ? "" : ",").append(word); };
    for (const MappedColumn& c : mapping.columns) {
        std::string word =
            std::string(c.element->name) + '=' + (c.number ? std::to_string(c.number) : quotedName(c.name));
        if (c.form != c.element->form) word.append(":").append(formName(c.form));
        put(word);
    }
    for (const DelimiterName& d : kDelimiterNames)
        if (d.delimiter == mapping.delimiter) put("delimiter=" + std::string(d.name));
    if (mapping.head) put(*mapping.head ? "head=yes" : "head=no");
    return out;
}

Result<text::Plan> planOfMapping(std::string_view given, const CsvMapping& mapping) {
    const std::size_t begin = std::min(given.find_first_not_of(" \t\r\n", text::markLength(given)), given.size());
    if (begin < given.size() && (given[begin] == '{' || given[begin] == '[')) {
        auto plan = planOfJson(mapping);
        if (!plan) return plan;
        plan->firstRow = begin;
        plan->layout.array = given[begin] == '[';
        if (const auto missing = missingOf(*plan); !missing.empty()) return wrong("no column for " + missing);
        return plan;
    }
    auto row =
        mapping.delimiter ? std::optional(text::firstRowWith(given, 0, mapping.delimiter)) : text::firstRow(given);
    if (!row || row->fields.empty()) return Error{Errc::unsupported, "not a delimited text file", 0};
    text::Plan plan = text::planWithHead(given, *row, {});
    bool byName = false;
    for (const MappedColumn& c : mapping.columns) {
        std::size_t index = c.number;
        if (index == 0) {
            byName = true;
            while (index < row->fields.size() && !flow::equalsIgnoringCase(row->fields[index], c.name)) ++index;
            if (index == row->fields.size()) {
                const auto near = nearestName(c.name, row->fields);
                return wrong("the head has no column `" + c.name + "`" +
                             (near.empty() ? std::string() : "; did you mean `" + std::string(near) + "`?"));
            }
        } else if (--index >= row->fields.size()) {
            return wrong("column " + std::to_string(c.number) + " of a text with " +
                         std::to_string(row->fields.size()));
        }
        plan.columns.push_back({std::uint16_t(index), c.element->field, c.form, false});
    }
    plan.complete();
    if (const auto missing = missingOf(plan); !missing.empty()) return wrong("no column for " + missing);
    if (!mapping.head.value_or(byName || !readsAsValues(row->fields, plan.columns))) {
        plan.firstRow = row->begin;
        plan.head.clear();
    }
    plan.layout.padded = true;
    return plan;
}

}  // namespace weir::capture
