// What flows can be grouped by, and what groups are ordered by: the tables behind `top` and `aggregate`, their manual
// page and the dock.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace weir::tally {

/// One value of a flow. Of a record's reverse direction, source and destination (AS, ports, …), input and output are
/// exchanged (flow::sideOf).
enum class Key : std::uint8_t {
    src,
    dst,
    srcPort,
    dstPort,
    protocol,
    flags,
    icmp,
    tos,
    dstTos,
    srcAs,
    dstAs,
    inIf,
    outIf,
    srcVlan,
    dstVlan,
    srcMask,
    dstMask,
    srcNet,
    dstNet,
    exporter,
    source,
    className,
    rule,
    signs,
};
inline constexpr std::size_t kKeyCount = 24;

/// What a key needs beside the columns of every flow.
enum class Needs : std::uint8_t {
    nothing,
    signs,    ///< sign words
    classes,  ///< sign words and a rule set
};
struct KeyInfo {
    Key key;
    std::string_view name;  ///< of the value in JSON and CSV, as `nfdump -A` names it where it has it
    Needs needs;
};
std::span<const KeyInfo, kKeyCount> keyTable();
const KeyInfo& infoOf(Key key);

/// How the keys of an element are meant.
enum class Meaning : std::uint8_t {
    one,     ///< the one key
    either,  ///< a flow counts for each of both keys, twice when they are equal
    all,     ///< the values of all keys together
};
struct Element {
    std::string_view id;  ///< as `nfdump -s` names it, where it has it
    Meaning meaning;
    std::span<const Key> keys;
    std::string_view title;  ///< for a table's header and a menu
    std::string_view help;
    bool ours = false;        ///< nfdump 1.7.1 does not have it
    bool secondName = false;  ///< of the element before it: left out of menus
};
std::span<const Element> elements();
const Element* findElement(std::string_view id);

/// Groups are listed by the highest first; equal ones by their value, lowest first.
enum class Order : std::uint8_t { flows, packets, bytes, pps, bps, bpp };
struct OrderInfo {
    Order order;
    std::string_view id, title, help;
};
std::span<const OrderInfo> orders();
const OrderInfo* findOrder(std::string_view id);

/// One key of a grouping. Addresses are cut to prefixes: IPv4 to `v4` bits, IPv6 to `v6`.
struct KeySpec {
    Key key = Key::src;
    std::uint8_t v4 = 32, v6 = 128;
    bool wholeAddress() const { return v4 == 32 && v6 == 128; }
    friend bool operator==(const KeySpec&, const KeySpec&) = default;
};
using Keys = std::vector<KeySpec>;

/// What `-s` says: "dstport", "srcip/bytes", "srcip:p/flows" (`:p` = by protocol as well).
struct TopSpec {
    const Element* element = nullptr;
    bool byProtocol = false;
    Order order = Order::flows;
};
/// Errors (usage): what is unknown, with the nearest name.
Result<TopSpec> parseTop(std::string_view text);
/// One list of keys, or two when a flow counts for either end.
std::vector<Keys> keysOf(const TopSpec& spec);

/// What `-A` says: keys, comma-separated, also srcip4/24 srcip6/64 dstip4/24 dstip6/64. srcip4/N leaves IPv6 addresses
/// whole; as in nfdump, srcip6/N without srcip4/N puts all IPv4 addresses together. Each key once. Errors (usage).
Result<Keys> parseKeys(std::string_view list);
/// The text that parseKeys() makes these keys of.
std::string keysText(const Keys& keys);

}  // namespace weir::tally
