// Reads prefix lists and looks hosts up in them.
#include "core/lists/list.h"

#include "core/flow/protocols.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace weir::lists {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::string_view trimmed(std::string_view s) {
    const auto from = s.find_first_not_of(kBlanks);
    if (from == std::string_view::npos) return {};
    return s.substr(from, s.find_last_not_of(kBlanks) - from + 1);
}

bool isV4(const flow::Prefix& p) { return p.length >= 96 && p.base.isV4(); }

/// `key: value` of a head line's comment, the first one of its key.
void readHead(std::string_view comment, List& list) {
    const auto colon = comment.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trimmed(comment.substr(0, colon)), value = trimmed(comment.substr(colon + 1));
    if (key == "source" && list.source.empty()) list.source = value;
    if (key == "date" && list.date.empty()) list.date = value;
}

/// Why the text is no usable prefix; empty = it is one.
std::string whyNot(std::string_view text, const std::optional<flow::Prefix>& prefix) {
    std::string quoted("`");
    quoted.append(text.substr(0, 80)).append("`");
    if (!prefix) return "expected an address, a prefix such as 192.0.2.0/24 or a port such as tcp/23, found " + quoted;
    const bool mapped = text.find(':') != std::string_view::npos && isV4(*prefix);
    if (mapped && prefix->length == 96) return quoted + " would be all of IPv4; expected IPv4 prefixes instead";
    return {};
}

/// `23`, or `tcp/23` with a protocol by its name: `10/8` is a prefix that somebody cut short.
std::optional<PortEntry> parsePort(std::string_view text) {
    PortEntry out;
    const auto slash = text.find('/');
    if (slash != std::string_view::npos) {
        const std::string_view name = text.substr(0, slash);
        const auto protocol = flow::protocolNumber(name);
        if (!protocol || *protocol == 0 || name.find_first_not_of("0123456789") == std::string_view::npos) return {};
        out.protocol = *protocol;
        text.remove_prefix(slash + 1);
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.port);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return out;
}

void readLine(std::string_view line, std::uint32_t number, List& list) {
    const auto mark = line.find_first_of("#;");
    std::string_view body = trimmed(line.substr(0, mark));
    std::string_view comment = mark == std::string_view::npos ? std::string_view() : trimmed(line.substr(mark + 1));
    if (body.empty()) {
        readHead(comment, list);
        return;
    }
    const auto blank = body.find_first_of(kBlanks);
    if (blank != std::string_view::npos) {  // a second column, such as a score, is a comment
        if (comment.empty()) comment = trimmed(body.substr(blank));
        body = body.substr(0, blank);
    }
    if (auto port = parsePort(body)) {
        port->line = number;
        port->comment = comment;
        list.ports.push_back(std::move(*port));
        return;
    }
    const auto prefix = flow::parsePrefix(body);
    if (std::string why = whyNot(body, prefix); !why.empty()) {
        const auto column = static_cast<std::size_t>(body.data() - line.data()) + 1;
        list.problems.push_back({Severity::warning, number, column, body.size(), std::move(why), {}});
        return;
    }
    list.entries.push_back({*prefix, number, std::string(comment)});
}

}  // namespace

List parseList(std::string name, std::string_view text) {
    List list;
    list.name = std::move(name);
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        readLine(text.substr(0, end), number, list);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return list;
}

const PrefixEntry* findEntry(const List& list, const flow::IpAddr& address) {
    const PrefixEntry* best = nullptr;
    for (const PrefixEntry& e : list.entries) {
        if (isV4(e.prefix) != address.isV4() || !e.prefix.contains(address)) continue;
        if (!best || e.prefix.length > best->prefix.length) best = &e;
    }
    return best;
}

std::vector<std::uint8_t> markMembers(const flow::AddressTable& addresses, const List& list) {
    std::vector<std::uint8_t> members(addresses.size());
    for (const PrefixEntry& e : list.entries) {
        const auto [from, to] = addresses.range(e.prefix);
        std::fill(members.begin() + from, members.begin() + to, std::uint8_t{1});
    }
    return members;
}

}  // namespace weir::lists
