// Zeek's conn.log: tab-separated with #-lines, or JSON.
#include "core/capture/text_formats.h"

#include <algorithm>
#include <array>

namespace weir::capture::text {
namespace {

/// The *_ip_bytes count whole datagrams, as everybody else does; *_bytes are payload and stand in where those are
/// missing.
// clang-format off
constexpr auto kZeekNames = std::to_array<Name>({
    {"proto", Field::protocol}, {"ts", Field::start}, {"duration", Field::duration, Form::seconds}, {"id.orig_h", Field::source}, {"id.resp_h", Field::destination},
    {"id.orig_p", Field::sourcePort}, {"id.resp_p", Field::destinationPort}, {"orig_pkts", Field::packets}, {"resp_pkts", Field::reversePackets},
    {"orig_ip_bytes", Field::bytes}, {"orig_bytes", Field::bytes}, {"resp_ip_bytes", Field::reverseBytes}, {"resp_bytes", Field::reverseBytes},
    {"history", Field::zeekHistory}, {"conn_state", Field::zeekState}, {"vlan", Field::sourceVlan},
});
// clang-format on

constexpr auto kUsualFields = std::to_array<std::string_view>(
    {"ts",           "uid",      "id.orig_h",  "id.orig_p",     "id.resp_h",  "id.resp_p",    "proto",
     "service",      "duration", "orig_bytes", "resp_bytes",    "conn_state", "local_orig",   "local_resp",
     "missed_bytes", "history",  "orig_pkts",  "orig_ip_bytes", "resp_pkts",  "resp_ip_bytes"});

void beZeek(Plan& plan) {
    plan.icmp = IcmpRule::zeek;
    plan.unset = "-";
    plan.empty = "(empty)";
    plan.comment = '#';
    plan.complete();
}

/// The line at `at` without its end; `at` moves behind it.
std::string_view lineAt(std::string_view text, std::size_t& at) {
    const auto end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

/// Without its #-lines: 20 or more fields, of which the ones that matter look as they should.
std::optional<Plan> planWithoutHead(std::string_view text) {
    const FirstRow row = firstRowWith(text, 0, '\t');
    if (row.fields.size() < kUsualFields.size()) return {};
    std::int64_t us = 0;
    flow::IpAddr a;
    const bool fits = Clock().timeOf(row.fields[0], Form::automatic, us) && addressOf(row.fields[2], a) &&
                      addressOf(row.fields[4], a);
    const bool protocol = row.fields[6] == "tcp" || row.fields[6] == "udp" || row.fields[6] == "icmp";
    if (!fits || !protocol) return {};
    Plan plan;
    const std::vector<std::string> names(kUsualFields.begin(), kUsualFields.end());
    plan.firstRow = row.begin;
    plan.columns = columnsByName(names, kZeekNames);
    return plan;
}

}  // namespace

std::optional<Plan> planZeek(std::string_view text) {
    std::size_t at = markLength(text), begin = at;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
    std::optional<Plan> plan;
    if (at < text.size() && text[at] == '#') {
        char separator = '\t';
        std::string unset = "-", empty = "(empty)";
        bool conn = false;
        while (at < text.size() && text[at] == '#') {
            std::string_view line = lineAt(text, at);
            const auto value = [&](std::string_view key) -> std::optional<std::string_view> {
                if (line.substr(0, key.size()) != key || line.size() <= key.size()) return {};
                return line.substr(key.size() + 1);
            };
            if (const auto v = value("#separator"); v && v->size() == 4 && v->substr(0, 2) == "\\x") {
                const auto hex = [](char c) { return c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0'; };
                const int code = hex((*v)[2]) * 16 + hex((*v)[3]);
                if ((code < ' ' && code != '\t') || code > '~' || code == '"') return {};
                separator = char(code);
            }
            if (const auto v = value("#path")) conn = v->find("conn") != std::string_view::npos;
            if (const auto v = value("#unset_field")) unset = *v;
            if (const auto v = value("#empty_field")) empty = *v;
            if (const auto v = value("#fields"); v && !plan) {
                const FirstRow names = firstRowWith(*v, 0, separator);
                plan.emplace();
                plan->columns = columnsByName(names.fields, kZeekNames);
            }
            begin = at;
        }
        if (!plan || !conn) return {};
        plan->firstRow = begin;
        plan->layout.delimiter = separator;
        beZeek(*plan);
        plan->unset = unset;
        plan->empty = empty;
    } else {
        plan = planWithoutHead(text);
        if (!plan) return {};
        plan->layout.delimiter = '\t';
        beZeek(*plan);
    }
    plan->layout.quotes = false;
    if (!plan->has(Field::source) || !plan->has(Field::destination) || !plan->has(Field::start)) return {};
    return plan;
}

std::optional<Plan> planZeekJson(std::string_view text) {
    std::size_t at = markLength(text);
    const std::size_t begin = at;
    const std::string_view line = lineAt(text, at);
    if (line.empty() || line.front() != '{') return {};
    Plan plan;
    plan.layout.delimiter = '\0';
    std::vector<std::string> names;
    for (const Name& n : kZeekNames)
        if (!holds(names, n.name)) names.emplace_back(n.name);
    plan.columns = columnsByName(names, kZeekNames);
    plan.layout.keys = std::move(names);
    std::vector<std::string_view> fields;
    std::deque<std::string> unescaped;
    // A line that is cut off, or longer than what a probe sees, still shows its first members.
    (void)jsonFields(line, plan.layout.keys, fields, unescaped);
    const auto shows = [&](std::string_view key) {
        for (std::size_t i = 0; i < plan.layout.keys.size(); ++i)
            if (plan.layout.keys[i] == key) return !fields[i].empty();
        return false;
    };
    if (!shows("ts") || !shows("id.orig_h") || !shows("id.resp_h")) return {};
    plan.firstRow = begin;
    beZeek(plan);
    return plan;
}

}  // namespace weir::capture::text
