// The registry of filter keywords.
#include "core/flow/filter_words.h"

#include "core/flow/filter_ast.h"
#include "core/flow/lexer.h"

#include <array>

namespace weir::flow {
namespace {

constexpr std::uint8_t d(Measure m) { return std::uint8_t(m); }
constexpr std::uint8_t d(PairField f) { return std::uint8_t(f); }
constexpr std::uint8_t d(Heading h) { return std::uint8_t(h); }

// clang-format off
using enum WordRole;
// clang-format off
constexpr auto kWords = std::to_array<FilterWord>({
    {"any",          any,           0, "any",                              "every flow"},
    {"ipv4",         family4,       0, "ipv4",                             "IPv4 flows"},
    {"inet",         family4,       0, "inet",                             "IPv4 flows"},
    {"ipv6",         family6,       0, "ipv6",                             "IPv6 flows"},
    {"inet6",        family6,       0, "inet6",                            "IPv6 flows"},
    {"proto",        protocol,      0, "proto NAME|N",                     "IP protocol by name or number"},
    {"src",          source,        0, "src ip|net|port …",                "the source end"},
    {"dst",          destination,   0, "dst ip|net|port …",                "the destination end"},
    {"ip",           address,       0, "[src|dst] ip A, ip in [A CIDR …], ip in @NAME", "an address, at either end without src or dst"},
    {"host",         address,       0, "[src|dst] host A",                 "same as ip"},
    {"net",          network,       0, "[src|dst] net CIDR",               "a network, at either end without src or dst"},
    {"port",         port,          0, "[src|dst] port [<,>,…] N, port in [N …], port in @NAME", "port number; ICMP: source 0, destination 256 × type + code"},
    {"flags",        flags,         0, "flags SA, flags = S, flags 2",     "TCP flags: all of these set; = or a number: exactly these"},
    {"packets",      measure,       d(Measure::packets),  "packets [<,>,…] N[k|M|G]",  "packets of the flow"},
    {"bytes",        measure,       d(Measure::bytes),    "bytes [<,>,…] N[k|M|G]",    "bytes of the flow, in IP datagrams"},
    {"flows",        measure,       d(Measure::flows),    "flows [<,>,…] N",           "1 for every record"},
    {"duration",     measure,       d(Measure::duration), "duration [<,>,…] N",        "last minus first packet, whole milliseconds"},
    {"bps",          measure,       d(Measure::bps),      "bps [<,>,…] N[k|M|G]",      "bits per second; 0 at duration 0"},
    {"pps",          measure,       d(Measure::pps),      "pps [<,>,…] N[k|M|G]",      "packets per second; 0 at duration 0"},
    {"bpp",          measure,       d(Measure::bpp),      "bpp [<,>,…] N",             "bytes per packet"},
    {"icmp-type",    measure,       d(Measure::icmpType), "icmp-type N",               "ICMP type, of protocols 1 and 58"},
    {"icmp-code",    measure,       d(Measure::icmpCode), "icmp-code N",               "ICMP code, of protocols 1 and 58"},
    {"as",           field,         d(PairField::as),        "[src|dst] as [<,>,…] N, as in [N …]", "autonomous system, at either end without src or dst; 0 where none was sent"},
    {"if",           field,         d(PairField::interface), "[in|out] if N",         "interface index, of either direction without in or out"},
    {"out",          WordRole::out, 0, "out if N",                         "output interface"},
    {"tos",          field,         d(PairField::tos),       "[src|dst] tos [<,>,…] N", "type of service, of the source without src or dst"},
    {"vlan",         field,         d(PairField::vlan),      "[src|dst] vlan N",      "VLAN id, at either end without src or dst"},
    {"mask",         field,         d(PairField::mask),      "[src|dst] mask N",      "prefix length that routing knew, at either end without src or dst"},
    {"first",        firstSeen,     0, "first seen [<,>,…] TIME",          "time of the first packet, RFC 3339, UTC without zone"},
    {"last",         lastSeen,      0, "last seen [<,>,…] TIME",           "time of the last packet, RFC 3339, UTC without zone"},
    {"inbound",      heading,       d(Heading::inbound),  "inbound",       "from outside into the local networks"},
    {"outbound",     heading,       d(Heading::outbound), "outbound",      "from the local networks to the outside"},
    {"internal",     heading,       d(Heading::internal), "internal",      "both ends local"},
    {"transit",      heading,       d(Heading::transit),  "transit",       "no end local"},
    {"oneway",       ways,          0, "oneway",                           "packets in one direction only, after pairing"},
    {"biflow",       ways,          1, "biflow",                           "packets in both directions, after pairing"},
    {"sign",         namedWordTerm, 0, "sign NAME",                        "flows that have this sign"},
    {"class",        namedWordTerm, 0, "class \"NAME\"",                   "flows of this class, by the current rule set"},
    {"rule",         namedWordTerm, 0, "rule NAME",                        "flows assigned to this rule"},
    {"champion",     namedWordTerm, 0, "champion \"NAME\"",                "flows that the champion of the comparison puts into this class (Compare)"},
    {"challenger",   namedWordTerm, 0, "challenger \"NAME\"",              "flows that the challenger of the comparison puts into this class (Compare)"},
    {"unstable",     wordTerm,      0, "unstable",                         "flows that get another class under a value of the setting tried last (Sensitivity)"},
    {"flips",        namedWordTerm, 0, "flips \"VALUE\"",                  "flows that get another class under this value of the setting tried last (Sensitivity)"},
    {"unclassified", wordTerm,      0, "unclassified",                     "classified flows that no rule matches (Other)"},
    {"conflicting",  wordTerm,      0, "conflicting",                      "flows that rules of two or more classes claim"},
    {"source",       capture,       0, "source \"NAME\"",                  "capture: its path, file name, number or folder"},
    {"flow",         flowId,        0, "flow SOURCE:ROW, flow in [1:5 …]", "records by their ids; of derived flows, the one that holds the record"},
    {"exporter",     exporter,      0, "exporter N|IP",                    "device that sent the record, by its number in the capture or its address"},
    {"router",       router,        0, "router ip A",                      "device that sent the record, by its address"},
    {"community-id", communityId,   0, "community-id \"1:…\"",             "flow of this Community ID"},
    {"code",         WordRole::code, 0, "code \"NAME\"",                   "records with this code of the score profile"},
    {"badness",      points,        1, "badness [<,>,…] N",                "points of the bad codes, by the score profile"},
    {"goodness",     points,        0, "goodness [<,>,…] N",               "points of the good codes, by the score profile"},
    {"label",        later,         0, "label NAME",                       "DPI label"},
    {"dpi",          later,         0, "dpi NAME",                         "DPI label"},
    {"tag",          WordRole::tag, 0, "tag NAME",                         "records with this tag"},
    {"and",          conjunction,   0, "A and B, A && B",                  "both hold"},
    {"or",           disjunction,   0, "A or B, A || B",                   "at least one holds; `and` binds tighter"},
    {"not",          negation,      0, "not A, !A",                        "does not hold; binds tightest"},
    {"in",           WordRole::in,  0, "in [A B …], in @NAME, in if N",    "one of a list; the input interface"},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 0; i < kWords.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (kWords[i].text == kWords[j].text) return false;
        return true;
    }(),
    "keywords are unique");

}  // namespace

std::span<const FilterWord> filterWords() { return kWords; }

const FilterWord* findFilterWord(std::string_view text) {
    for (const FilterWord& w : kWords)
        if (equalsIgnoringCase(w.text, text)) return &w;
    return nullptr;
}

}  // namespace weir::flow
