// The registry of line formats, and the functions they share.
#include "core/lists/line_format.h"

#include <algorithm>

namespace weir::lists {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

bool isV4(const flow::Prefix& p) { return p.length >= 96 && p.base.isV4(); }

flow::IpAddr after(flow::IpAddr a) {
    for (std::size_t i = 16; i-- > 0;)
        if (++a.b[i] != 0) break;
    return a;
}

/// Number of trailing zero bits of `a`.
unsigned zeroBits(const flow::IpAddr& a) {
    unsigned bits = 0;
    for (std::size_t i = 16; i-- > 0; bits += 8)
        for (unsigned b = 0; b < 8; ++b)
            if (a.b[i] >> b & 1) return bits + b;
    return bits;
}

/// Appends the fewest prefixes that cover [first, last]. REQUIRES: first <= last, both of one family.
void coverRange(flow::IpAddr first, const flow::IpAddr& last, std::vector<flow::Prefix>& out) {
    const unsigned most = first.isV4() ? 32 : 128;
    while (true) {
        flow::Prefix p{first, std::uint8_t(128 - std::min(zeroBits(first), most))};
        while (p.last() > last) ++p.length;
        out.push_back(p);
        if (p.last() == last) return;
        first = after(p.last());
    }
}

std::string quoted(std::string_view text) {
    std::string out("`");
    return out.append(text.substr(0, 80)).append("`");
}

// clang-format off
constexpr LineFormat kFormats[] = {
    {"alienvault", "AlienVault reputation", beginsAlienVault, makeAlienVaultReader},
    {"misp-csv", "MISP attributes (CSV)", beginsMispCsv, makeMispCsvReader},
    {"bad-actors", "bad actors (CSV)", beginsBadActors, makeBadActorReader},
    {"plain", "addresses, prefixes or ports", [](std::string_view) { return true; }, makePlainReader},
};
// clang-format on

}  // namespace

std::span<const LineFormat> lineFormats() { return kFormats; }

void Line::clear() {
    prefixes.clear();
    ports.clear();
    comment.clear();
    problem.clear();
    remark = false;
}

void Line::reject(std::string_view line, std::string_view part, std::string why) {
    column = part.data() >= line.data() && part.data() <= line.data() + line.size()
                 ? std::size_t(part.data() - line.data()) + 1
                 : 1;
    length = std::max<std::size_t>(part.size(), 1);
    problem = std::move(why);
}

std::string_view trimmed(std::string_view s) {
    const auto from = s.find_first_not_of(kBlanks);
    if (from == std::string_view::npos) return {};
    return s.substr(from, s.find_last_not_of(kBlanks) - from + 1);
}

bool readAddresses(std::string_view line, std::string_view part, Line& out) {
    const auto dash = part.find('-');
    if (dash != std::string_view::npos) {
        const auto first = flow::parseAddress(trimmed(part.substr(0, dash))),
                   last = flow::parseAddress(trimmed(part.substr(dash + 1)));
        if (first && last && first->isV4() == last->isV4() && *first <= *last)
            return coverRange(*first, *last, out.prefixes), true;
    }
    const auto prefix = flow::parsePrefix(part);
    if (!prefix) {
        out.reject(line, part,
                   "expected an address, a prefix such as 192.0.2.0/24, a range or a port such as tcp/23, found " +
                       quoted(part));
        return false;
    }
    const bool mapped = part.find(':') != std::string_view::npos && isV4(*prefix);
    if (mapped && prefix->length == 96) {
        out.reject(line, part, quoted(part) + " would match all of IPv4; write the IPv4 prefixes instead");
        return false;
    }
    out.prefixes.push_back(*prefix);
    return true;
}

std::vector<std::string> csvFields(std::string_view line) {
    std::vector<std::string> fields(1);
    bool inside = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && inside && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"')
            inside = !inside;
        else if (c == ',' && !inside)
            fields.emplace_back();
        else if (c != '\r')
            fields.back() += c;
    }
    return fields;
}

}  // namespace weir::lists
