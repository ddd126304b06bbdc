// Plans of the formats that have a head of names: nfdump, Argus, CICFlowMeter, SiLK.
#include "core/capture/text_formats.h"

#include "core/flow/lexer.h"

#include <algorithm>
#include <array>

namespace weir::capture::text {
namespace {

using flow::equalsIgnoringCase;

// clang-format off
/// nfdump -o csv up to 1.7.2; later versions name their columns in full.
// clang-format off
constexpr auto kNfdumpNames = std::to_array<Name>({
    {"pr", Field::protocol}, {"proto", Field::protocol}, {"ts", Field::start}, {"firstSeen", Field::start}, {"te", Field::end}, {"lastSeen", Field::end},
    {"td", Field::duration}, {"duration", Field::duration}, {"sa", Field::source}, {"srcAddr", Field::source}, {"da", Field::destination}, {"dstAddr", Field::destination},
    {"sp", Field::sourcePort}, {"srcPort", Field::sourcePort}, {"dp", Field::destinationPort}, {"dstPort", Field::destinationPort},
    {"flg", Field::tcpFlags}, {"flags", Field::tcpFlags}, {"stos", Field::tos}, {"tos", Field::tos}, {"dtos", Field::destinationTos},
    {"ipkt", Field::packets}, {"pkt", Field::packets}, {"packets", Field::packets}, {"ibyt", Field::bytes}, {"byt", Field::bytes}, {"bytes", Field::bytes},
    {"opkt", Field::reversePackets}, {"obyt", Field::reverseBytes}, {"in", Field::inInterface}, {"out", Field::outInterface},
    {"sas", Field::sourceAs}, {"das", Field::destinationAs}, {"smk", Field::sourceMask}, {"dmk", Field::destinationMask}, {"svln", Field::sourceVlan}, {"dvln", Field::destinationVlan},
});
// clang-format on
constexpr std::string_view kNfdumpOldHead =
    "ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,smk,dmk,dtos,dir,nh,nhb,svln,dvln,ismc,"
    "odmc,idmc,osmc,"
    "mpls1,mpls2,mpls3,mpls4,mpls5,mpls6,mpls7,mpls8,mpls9,mpls10,cl,sl,al,ra,eng,exid,tr";

// clang-format off
constexpr auto kArgusNames = std::to_array<Name>({
    {"Proto", Field::protocol}, {"StartTime", Field::start}, {"LastTime", Field::end}, {"Dur", Field::duration}, {"SrcAddr", Field::source}, {"DstAddr", Field::destination},
    {"Sport", Field::sourcePort}, {"Dport", Field::destinationPort}, {"Sport", Field::argusIcmp}, {"State", Field::argusState}, {"sTos", Field::tos}, {"dTos", Field::destinationTos},
    {"TotPkts", Field::bothPackets}, {"SrcPkts", Field::packets}, {"DstPkts", Field::reversePackets},
    {"TotBytes", Field::bothBytes}, {"SrcBytes", Field::bytes}, {"DstBytes", Field::reverseBytes}, {"sVid", Field::sourceVlan}, {"dVid", Field::destinationVlan},
});
// clang-format on

/// The Java tool of 2017, its later versions, and the Python rewrite. Lengths are of the payload.
// clang-format off
constexpr auto kCicNames = std::to_array<Name>({
    {"Protocol", Field::protocol}, {"Timestamp", Field::start, Form::dayFirst},
    {"Flow Duration", Field::duration, Form::microseconds}, {"flow_duration", Field::duration, Form::microseconds},
    {"Src IP", Field::source}, {"Source IP", Field::source}, {"src_ip", Field::source}, {"Dst IP", Field::destination}, {"Destination IP", Field::destination}, {"dst_ip", Field::destination},
    {"Src Port", Field::sourcePort}, {"Source Port", Field::sourcePort}, {"src_port", Field::sourcePort},
    {"Dst Port", Field::destinationPort}, {"Destination Port", Field::destinationPort}, {"dst_port", Field::destinationPort},
    {"Total Fwd Packet", Field::packets}, {"Total Fwd Packets", Field::packets}, {"Tot Fwd Pkts", Field::packets}, {"tot_fwd_pkts", Field::packets},
    {"Total Bwd packets", Field::reversePackets}, {"Total Backward Packets", Field::reversePackets}, {"Tot Bwd Pkts", Field::reversePackets}, {"tot_bwd_pkts", Field::reversePackets},
    {"Total Length of Fwd Packet", Field::bytes}, {"Total Length of Fwd Packets", Field::bytes}, {"TotLen Fwd Pkts", Field::bytes}, {"totlen_fwd_pkts", Field::bytes},
    {"Total Length of Bwd Packet", Field::reverseBytes}, {"Total Length of Bwd Packets", Field::reverseBytes}, {"TotLen Bwd Pkts", Field::reverseBytes}, {"totlen_bwd_pkts", Field::reverseBytes},
    {"FIN Flag Count", Field::finCount}, {"SYN Flag Count", Field::synCount}, {"RST Flag Count", Field::rstCount}, {"PSH Flag Count", Field::pshCount},
    {"ACK Flag Count", Field::ackCount}, {"URG Flag Count", Field::urgCount}, {"CWR Flag Count", Field::cwrCount}, {"CWE Flag Count", Field::cwrCount}, {"ECE Flag Count", Field::eceCount},
    {"FIN Flag Cnt", Field::finCount}, {"SYN Flag Cnt", Field::synCount}, {"RST Flag Cnt", Field::rstCount}, {"PSH Flag Cnt", Field::pshCount},
    {"ACK Flag Cnt", Field::ackCount}, {"URG Flag Cnt", Field::urgCount}, {"ECE Flag Cnt", Field::eceCount},
    {"fin_flag_cnt", Field::finCount}, {"syn_flag_cnt", Field::synCount}, {"rst_flag_cnt", Field::rstCount}, {"psh_flag_cnt", Field::pshCount},
    {"ack_flag_cnt", Field::ackCount}, {"urg_flag_cnt", Field::urgCount}, {"ece_flag_cnt", Field::eceCount},
});
// clang-format on

/// Column titles of rwcut; they may be cut to the width of their column.
// clang-format off
constexpr auto kRwcutNames = std::to_array<Name>({
    {"pro", Field::protocol}, {"protocol", Field::protocol}, {"sTime", Field::start}, {"sTime+msec", Field::start}, {"eTime", Field::end}, {"eTime+msec", Field::end},
    {"duration", Field::duration}, {"durat", Field::duration}, {"dur", Field::duration}, {"dur+msec", Field::duration}, {"sIP", Field::source}, {"dIP", Field::destination},
    {"sPort", Field::sourcePort}, {"dPort", Field::destinationPort}, {"packets", Field::packets}, {"bytes", Field::bytes}, {"flags", Field::tcpFlags},
    {"in", Field::inInterface}, {"out", Field::outInterface}, {"iType", Field::icmpType}, {"iTy", Field::icmpType}, {"iCode", Field::icmpCode}, {"iCo", Field::icmpCode},
});
// clang-format on

std::vector<std::string> split(std::string_view text, char delimiter) {
    std::vector<std::string> out;
    for (;;) {
        const auto end = text.find(delimiter);
        out.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

bool usable(const Plan& plan) {
    return plan.has(Field::source) && plan.has(Field::destination) && (plan.has(Field::start) || plan.has(Field::end));
}

}  // namespace

std::vector<Column> columnsByName(std::span<const std::string> row, std::span<const Name> names) {
    std::vector<Column> out;
    for (const Name& n : names)
        for (std::size_t i = 0; i < row.size() && i < 65535; ++i)
            if (equalsIgnoringCase(row[i], n.name)) out.push_back({std::uint16_t(i), n.field, n.form, false});
    return out;
}

bool holds(std::span<const std::string> row, std::string_view name) {
    return std::any_of(row.begin(), row.end(), [&](const std::string& s) { return equalsIgnoringCase(s, name); });
}

Plan planWithHead(std::string_view text, const FirstRow& row, std::span<const Name> names) {
    Plan plan;
    plan.layout.delimiter = row.delimiter;
    plan.firstRow = row.end;
    plan.head = std::string(text.substr(row.begin, row.end - row.begin));
    while (!plan.head.empty() && (plan.head.back() == '\n' || plan.head.back() == '\r')) plan.head.pop_back();
    plan.rowFields = row.fields.size();
    plan.columns = columnsByName(row.fields, names);
    plan.complete();
    return plan;
}

std::optional<Plan> planNfdump(std::string_view text) {
    const auto row = firstRow(text);
    if (!row || row->delimiter != ',') return {};
    const bool old = holds(row->fields, "ts") && holds(row->fields, "sa") && holds(row->fields, "da");
    const bool recent =
        holds(row->fields, "firstSeen") && holds(row->fields, "srcAddr") && holds(row->fields, "dstAddr");
    std::optional<Plan> plan;
    if (old || recent) {
        plan = planWithHead(text, *row, kNfdumpNames);
    } else {
        const auto names = split(kNfdumpOldHead, ',');
        flow::IpAddr a;
        std::int64_t us = 0;
        const auto& f = row->fields;
        if (f.size() != names.size() || !Clock().timeOf(f[0], Form::automatic, us) || !addressOf(f[3], a) ||
            !addressOf(f[4], a))
            return {};
        plan.emplace();
        plan->firstRow = row->begin;
        plan->rowFields = names.size();
        plan->columns = columnsByName(names, kNfdumpNames);
        plan->complete();
    }
    plan->layout.quotes = false;
    plan->layout.padded = true;  // nfdump pads addresses and durations in some versions
    plan->trailer = "Summary";
    return plan;
}

std::optional<Plan> planArgus(std::string_view text) {
    const auto row = firstRow(text);
    if (!row || !holds(row->fields, "StartTime") || !holds(row->fields, "SrcAddr") || !holds(row->fields, "DstAddr"))
        return {};
    Plan plan = planWithHead(text, *row, kArgusNames);
    plan.layout.padded = true;
    plan.notIpIsFine = true;
    plan.icmp = IcmpRule::none;
    return plan;
}

std::optional<Plan> planCicFlowMeter(std::string_view text) {
    const auto row = firstRow(text);
    if (!row) return {};
    Plan plan = planWithHead(text, *row, kCicNames);
    if (!usable(plan) || !plan.has(Field::duration) || !plan.has(Field::packets) || !plan.has(Field::reversePackets))
        return {};
    // The Python rewrite writes ISO dates and seconds; its names have underscores.
    if (holds(row->fields, "src_ip"))
        for (Column& c : plan.columns) {
            if (c.field == Field::start) c.form = Form::automatic;
            if (c.field == Field::duration) c.form = Form::seconds;
        }
    plan.icmp = IcmpRule::typeAndCode;
    return plan;
}

std::optional<Plan> planRwcut(std::string_view text) {
    const auto row = firstRow(text);
    if (!row || !holds(row->fields, "sIP") || !holds(row->fields, "dIP")) return {};
    Plan plan = planWithHead(text, *row, kRwcutNames);
    if (!usable(plan)) return {};
    plan.layout.padded = true;
    plan.layout.quotes = false;
    return plan;
}

}  // namespace weir::capture::text
