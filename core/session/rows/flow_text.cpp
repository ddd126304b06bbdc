// The table of output columns and its printers.
#include "core/session/rows/flow_text.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/tags.h"

#include "core/base/text.h"
#include "core/flow/community_id.h"
#include "core/flow/packet_record.h"
#include "core/flow/protocols.h"
#include "core/score/ranking.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace weir::session {
namespace {

using Value = nlohmann::ordered_json;

struct EndOf {
    flow::IpAddr address;
    std::uint16_t port;
};
bool isIcmp(const RowData& r) { return r.protocol == flow::kIcmp || r.protocol == flow::kIcmp6; }
/// ICMP has source port 0 and destination port 256 x type + code in both directions.
EndOf sourceOf(const FlowLine& l) {
    return l.reverse ? EndOf{l.row->dst, l.row->dstPort} : EndOf{l.row->src, l.row->srcPort};
}
EndOf destinationOf(const FlowLine& l) {
    EndOf e = l.reverse ? EndOf{l.row->src, l.row->srcPort} : EndOf{l.row->dst, l.row->dstPort};
    if (isIcmp(*l.row)) e.port = l.row->icmpTypeCode;
    return e;
}
void putAddress(const flow::IpAddr& a, bool v4, Value& v) {
    if (a.isV4() == v4) v = flow::toText(a);
}
std::uint64_t packetsOf(const FlowLine& l) { return l.reverse ? l.row->reversePackets : l.row->packets; }
std::uint64_t bytesOf(const FlowLine& l) { return l.reverse ? l.row->reverseBytes : l.row->bytes; }
std::uint8_t flagsOf(const FlowLine& l) { return l.reverse ? l.row->reverseFlags : l.row->flags; }
/// Counters for rates: both directions of a derived flow together, as in filters.
std::uint64_t allPackets(const FlowLine& l) { return packetsOf(l) + (l.bothSides ? l.row->reversePackets : 0); }
std::uint64_t allBytes(const FlowLine& l) { return bytesOf(l) + (l.bothSides ? l.row->reverseBytes : 0); }
std::uint64_t durationUs(const FlowLine& l) {
    return l.row->last > l.row->first ? std::uint64_t(l.row->last - l.row->first) : 0;
}
Value durationMs(const FlowLine& l) {
    const std::uint64_t us = durationUs(l);
    return us % 1000 ? Value(double(us) / 1000.0) : Value(us / 1000);
}
std::uint64_t perSecond(std::uint64_t amount, const FlowLine& l) {
    const std::uint64_t us = durationUs(l);
    return us ? std::uint64_t(double(amount) * 1e6 / double(us)) : 0;
}
bool localLeads(const FlowLine& l) { return (l.row->kind & flow::kOutflow) != 0; }
void putDirection(const FlowLine& l, Value& v) {
    const std::uint8_t kind = l.row->kind;
    if (kind == 0) return;
    if (kind & flow::kInternal)
        v = "internal";
    else if (kind & flow::kTransit)
        v = "transit";
    else if (kind & flow::kBiflow)
        v = "two-way";
    else
        v = localLeads(l) ? "outbound" : "inbound";
}
void putSigns(const FlowLine& l, Value& v) {
    if (l.row->word == 0) return;
    v = Value::array();
    for (const std::string& name : namesOfWord(l.row->word, l.judgement)) v.push_back(name);
}

/// Of the line's direction; of a derived flow, of its first record.
RowData::Score scoreOf(const FlowLine& l) {
    if (!l.profile) return {};
    if (l.bothSides) return {l.row->scored, l.row->codes, l.row->badness, l.row->goodness};
    return l.row->sides[l.reverse ? 1 : 0];
}
void putCodes(const FlowLine& l, Value& v) {
    if (!scoreOf(l).scored) return;
    v = Value::array();
    for (const std::string& code : score::codesOf(*l.profile, scoreOf(l).codes)) v.push_back(code);
}

void putTexts(const std::vector<std::string>& texts, Value& v) {
    v = Value::array();
    for (const std::string& text : texts) v.push_back(text);
}

/// Optional fields of exporters: 0 = not sent.
void putSent(std::uint32_t value, Value& v) {
    if (value != 0) v = value;
}
void putExporter(const FlowLine& l, bool v4, Value& v) {
    if (l.row->exporter != flow::IpAddr{}) putAddress(l.row->exporter, v4, v);
}
std::uint64_t samplingOf(const FlowLine& l) { return std::max<std::uint32_t>(1, l.row->samplingInterval); }
flow::FlowTuple tupleOf(const FlowLine& l) {
    const RowData& r = *l.row;
    return {r.src, r.dst, r.srcPort, r.dstPort, r.icmpTypeCode, r.protocol};
}

#define WEIR_PUT(expr) [](const FlowLine& l, Value& v) { expr; }
// clang-format off
using enum FlowColumn::Use;
// clang-format off
constexpr auto kFlowColumns = std::to_array<FlowColumn>({
    {"id",                           "id",  always, WEIR_PUT(v = l.row->id)},
    {"flowStartMilliseconds",        "ts",  always, WEIR_PUT(v = utcText(l.row->first))},
    {"flowEndMilliseconds",          "te",  always, WEIR_PUT(v = utcText(l.row->last))},
    {"flowDurationMilliseconds",     "td",  always, WEIR_PUT(v = durationMs(l))},
    {"protocolIdentifier",           "prn", always, WEIR_PUT(v = l.row->protocol)},
    {"sourceIPv4Address",            "sa",  always, WEIR_PUT(putAddress(sourceOf(l).address, true, v))},
    {"sourceIPv6Address",            "",    always, WEIR_PUT(putAddress(sourceOf(l).address, false, v))},
    {"sourceTransportPort",          "sp",  always, WEIR_PUT(v = sourceOf(l).port)},
    {"destinationIPv4Address",       "da",  always, WEIR_PUT(putAddress(destinationOf(l).address, true, v))},
    {"destinationIPv6Address",       "",    always, WEIR_PUT(putAddress(destinationOf(l).address, false, v))},
    {"destinationTransportPort",     "dp",  always, WEIR_PUT(v = destinationOf(l).port)},
    {"tcpControlBits",               "",    always, WEIR_PUT(v = flagsOf(l))},
    {"packetDeltaCount",             "pkt", always, WEIR_PUT(v = packetsOf(l))},
    {"octetDeltaCount",              "byt", always, WEIR_PUT(v = bytesOf(l))},
    {"reverseTcpControlBits",        "",    always, WEIR_PUT(if (l.bothSides) v = l.row->reverseFlags)},
    {"reversePacketDeltaCount",      "",    always, WEIR_PUT(if (l.bothSides) v = l.row->reversePackets)},
    {"reverseOctetDeltaCount",       "",    always, WEIR_PUT(if (l.bothSides) v = l.row->reverseBytes)},
    {"icmpTypeCode",                 "",    asked,  WEIR_PUT(if (isIcmp(*l.row)) v = l.row->icmpTypeCode)},
    {"direction",                    "dir", always, WEIR_PUT(putDirection(l, v))},
    {"class",                        "cls", always, WEIR_PUT(if (l.row->classified && l.judgement) v = l.judgement->className(l.row->classIndex))},
    {"rule",                         "rul", always, WEIR_PUT(if (l.row->classified && l.judgement && l.row->rule != classify::kOther) v = l.judgement->parsed.set.rules[l.row->rule].name)},
    {"signs",                        "sgn", always, WEIR_PUT(putSigns(l, v))},
    {"codes",                        "cod", inJson, WEIR_PUT(putCodes(l, v))},
    {"badness",                      "bad", inJson, WEIR_PUT(if (scoreOf(l).scored) v = scoreOf(l).badness)},
    {"goodness",                     "god", inJson, WEIR_PUT(if (scoreOf(l).scored) v = scoreOf(l).goodness)},
    {"tags",                         "tag", inJson, WEIR_PUT(if (l.marks) putTexts(tagsOf(l.marks->at(l.row->row)), v))},
    {"notes",                        "",    asked,  WEIR_PUT(if (l.marks) putTexts(notesOf(l.marks->at(l.row->row)), v))},
    {"conflicting",                  "",    asked,  WEIR_PUT(if (l.row->classified) v = l.row->conflicting)},
    {"communityId",                  "cid", inJson, WEIR_PUT(v = flow::communityId(tupleOf(l), l.communitySeed))},
    {"bgpSourceAsNumber",            "sas", inJson, WEIR_PUT(putSent(l.reverse ? l.row->dstAs : l.row->srcAs, v))},
    {"bgpDestinationAsNumber",       "das", inJson, WEIR_PUT(putSent(l.reverse ? l.row->srcAs : l.row->dstAs, v))},
    {"ingressInterface",             "in",  inJson, WEIR_PUT(putSent(l.reverse ? l.row->outIf : l.row->inIf, v))},
    {"egressInterface",              "out", inJson, WEIR_PUT(putSent(l.reverse ? l.row->inIf : l.row->outIf, v))},
    {"ipClassOfService",             "tos", inJson, WEIR_PUT(putSent(l.row->tos, v))},
    {"postIpClassOfService",         "dtos", inJson, WEIR_PUT(putSent(l.row->dstTos, v))},
    {"vlanId",                       "svln", inJson, WEIR_PUT(putSent(l.reverse ? l.row->dstVlan : l.row->srcVlan, v))},
    {"postVlanId",                   "dvln", inJson, WEIR_PUT(putSent(l.reverse ? l.row->srcVlan : l.row->dstVlan, v))},
    {"sourcePrefixLength",           "smk", inJson, WEIR_PUT(putSent(l.reverse ? l.row->dstMask : l.row->srcMask, v))},
    {"destinationPrefixLength",      "dmk", inJson, WEIR_PUT(putSent(l.reverse ? l.row->srcMask : l.row->dstMask, v))},
    {"exporterIPv4Address",          "ra",  inJson, WEIR_PUT(putExporter(l, true, v))},
    {"exporterIPv6Address",          "",    inJson, WEIR_PUT(putExporter(l, false, v))},
    {"samplingInterval",             "",    inJson, WEIR_PUT(putSent(l.row->samplingInterval, v))},
    {"scaledPacketCount",            "",    asked,  WEIR_PUT(v = packetsOf(l) * samplingOf(l))},
    {"scaledOctetCount",             "",    asked,  WEIR_PUT(v = bytesOf(l) * samplingOf(l))},
    {"source",                       "",    asked,  WEIR_PUT(v = l.row->source)},
    {"protocol",                     "pr",  asked,  WEIR_PUT(v = flow::protocolText(l.row->protocol))},
    {"flags",                        "flg", asked,  WEIR_PUT(v = flow::tcpFlagLetters(flagsOf(l)))},
    {"bitsPerSecond",                "bps", asked,  WEIR_PUT(v = perSecond(allBytes(l) * 8, l))},
    {"packetsPerSecond",             "pps", asked,  WEIR_PUT(v = perSecond(allPackets(l), l))},
    {"bytesPerPacket",               "bpp", asked,  WEIR_PUT(v = allPackets(l) ? allBytes(l) / allPackets(l) : 0)},
    {"flows",                        "fl",  asked,  WEIR_PUT((void)l; v = 1)},
});
// clang-format on
#undef WEIR_PUT
static_assert(
    [] {
        for (std::size_t i = 0; i < kFlowColumns.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (kFlowColumns[i].name == kFlowColumns[j].name ||
                    (!kFlowColumns[i].format.empty() && kFlowColumns[i].format == kFlowColumns[j].format))
                    return false;
        return true;
    }(),
    "output columns are unique");

const FlowColumn* columnNamed(std::string_view name) {
    for (const FlowColumn& c : kFlowColumns)
        if (c.name == name) return &c;
    return nullptr;
}

std::string plain(const Value& v) {
    if (v.is_null()) return {};
    if (v.is_string()) return v.get<std::string>();
    if (!v.is_array()) return v.dump();
    std::string text;
    const bool spaces = std::any_of(v.begin(), v.end(), [](const Value& item) {
        return item.get_ref<const std::string&>().find(' ') != std::string::npos;
    });
    for (const auto& item : v)
        text.append(text.empty() ? "" : spaces ? ", " : " ").append(item.get_ref<const std::string&>());
    return text;
}

/// Rows that are not scored have no points rather than 0.
bool isScore(const FlowColumn& column) {
    return column.name == "codes" || column.name == "badness" || column.name == "goodness";
}

std::string valueText(const FlowColumn& column, const FlowLine& line) {
    Value v;
    column.put(line, v);
    return plain(v);
}

}  // namespace

std::span<const FlowColumn> flowColumns() { return kFlowColumns; }

Result<std::vector<const FlowColumn*>> parseFlowColumns(std::string_view list, bool json) {
    std::vector<const FlowColumn*> out;
    if (list.empty())
        for (const FlowColumn& c : kFlowColumns)
            if (c.use == always || (json && c.use == inJson)) out.push_back(&c);
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const std::string_view name = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (name.empty()) continue;
        const FlowColumn* column = columnNamed(name);
        if (!column) {
            std::vector<std::string_view> names;
            for (const FlowColumn& c : kFlowColumns) names.push_back(c.name);
            const auto near = nearestName(name, names);
            std::string text = "unknown column `" + std::string(name) + "`";
            if (!near.empty()) text.append("; did you mean `").append(near).append("`?");
            return Error{Errc::usage, std::move(text), 0};
        }
        out.push_back(column);
    }
    return out;
}

std::string csvCell(std::string text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    quoted += '"';
    return quoted;
}

std::string csvHead(std::span<const FlowColumn* const> columns) {
    std::string text;
    for (const FlowColumn* c : columns) text.append(text.empty() ? "" : ",").append(c->name);
    return text;
}

std::string csvLine(std::span<const FlowColumn* const> columns, const FlowLine& line) {
    std::string text;
    bool first = true;
    for (const FlowColumn* c : columns) {
        if (!std::exchange(first, false)) text += ',';
        text += csvCell(valueText(*c, line));
    }
    return text;
}

nlohmann::ordered_json jsonLine(std::span<const FlowColumn* const> columns, const FlowLine& line) {
    Value object = Value::object();
    for (const FlowColumn* c : columns) {
        Value v;
        c->put(line, v);
        const bool otherFamily = v.is_null() && c->name.find("IPv") != std::string_view::npos;
        const bool notSent = v.is_null() && (c->name.rfind("reverse", 0) == 0 || c->use == inJson);
        if (!otherFamily && !notSent) object[std::string(c->name)] = std::move(v);
    }
    return object;
}

Result<FlowFormat> FlowFormat::parse(std::string_view format) {
    FlowFormat out;
    std::string text;
    while (!format.empty()) {
        const auto percent = format.find('%');
        text += format.substr(0, percent);
        if (percent == std::string_view::npos) break;
        format.remove_prefix(percent + 1);
        std::size_t n = 0;
        while (n < format.size() && ((format[n] >= 'a' && format[n] <= 'z') || (format[n] >= '0' && format[n] <= '9')))
            ++n;
        const std::string_view code = format.substr(0, n);
        Piece piece;
        piece.text = std::exchange(text, {});
        if (code == "sa" || code == "sap") piece.second = columnNamed("sourceIPv6Address");
        if (code == "da" || code == "dap") piece.second = columnNamed("destinationIPv6Address");
        if (code == "ra") piece.second = columnNamed("exporterIPv6Address");
        if (code == "sap") piece.port = columnNamed("sourceTransportPort");
        if (code == "dap") piece.port = columnNamed("destinationTransportPort");
        const std::string_view base = piece.port ? code.substr(0, 2) : code == "stos" ? "tos" : code;
        for (const FlowColumn& c : kFlowColumns)
            if (!c.format.empty() && c.format == base) piece.first = &c;
        if (!piece.first) return Error{Errc::usage, "unknown format code `%" + std::string(code) + "`", 0};
        out.pieces_.push_back(std::move(piece));
        format.remove_prefix(n);
    }
    out.pieces_.push_back({std::move(text), nullptr, nullptr, nullptr});
    return out;
}

std::string FlowFormat::line(const FlowLine& line) const {
    std::string out;
    for (const Piece& p : pieces_) {
        out += p.text;
        if (!p.first) continue;
        std::string value = valueText(*p.first, line);
        if (value.empty() && p.second) value = valueText(*p.second, line);
        if (value.empty() && p.first->use == inJson && !p.second && !isScore(*p.first))
            value = "0";  // as nfdump writes what was not sent
        out += value;
        if (p.port) out.append(":").append(valueText(*p.port, line));
    }
    return out;
}

}  // namespace weir::session
