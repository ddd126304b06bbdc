// What flows can be grouped by, and what groups are ordered by: the tables behind `top` and `aggregate`, their manual
// page and the panel.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace weir::tally {

/// One value of a flow. In a record's reverse direction, source and destination (address, port, AS, …) and input and
/// output are swapped (flow::sideOf).
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

/// What a key needs besides the columns of the flows.
enum class Needs : std::uint8_t {
    nothing,
    signs,    ///< sign words
    classes,  ///< sign words and a rule set
};
/// A key: one entry of keyTable().
struct KeyInfo {
    Key key;
    std::string_view name;  ///< name of the value in JSON and CSV: that of `nfdump -A` where it exists
    Needs needs;
};
/// All keys, indexed by Key.
std::span<const KeyInfo, kKeyCount> keyTable();
const KeyInfo& infoOf(Key key);

/// How an element combines its keys.
enum class Meaning : std::uint8_t {
    one,     ///< the one key
    either,  ///< a flow counts for each of both keys, twice when they are equal
    all,     ///< the values of all keys together
};
/// An element that `top` and `aggregate` can group by.
struct Element {
    std::string_view id;  ///< that of `nfdump -s` where it exists
    Meaning meaning;
    std::span<const Key> keys;
    std::string_view title;  ///< for table headers and menus
    std::string_view help;
    bool ours = false;        ///< nfdump 1.7.1 does not have it
    bool secondName = false;  ///< an alias of the previous element: not shown in menus
};
/// All elements, in the order of the manual.
std::span<const Element> elements();
/// nullptr = unknown id.
const Element* findElement(std::string_view id);

/// What groups are ordered by, highest first; ties are ordered by key value, lowest first.
enum class Order : std::uint8_t { flows, packets, bytes, pps, bps, bpp };
/// An order: one entry of orders().
struct OrderInfo {
    Order order;
    std::string_view id, title, help;
};
std::span<const OrderInfo> orders();
/// nullptr = unknown id.
const OrderInfo* findOrder(std::string_view id);

/// One key of a grouping. Addresses are truncated to prefixes: IPv4 to `v4` bits, IPv6 to `v6`.
struct KeySpec {
    Key key = Key::src;
    std::uint8_t v4 = 32, v6 = 128;
    bool wholeAddress() const { return v4 == 32 && v6 == 128; }
    friend bool operator==(const KeySpec&, const KeySpec&) = default;
};
using Keys = std::vector<KeySpec>;

/// A parsed `-s` argument: "dstport", "srcip/bytes", "srcip:p/flows" (`:p` = by protocol as well).
struct TopSpec {
    const Element* element = nullptr;
    bool byProtocol = false;
    Order order = Order::flows;
};
/// Parses a `-s` argument. Errors (usage): the unknown name, with the nearest known one.
Result<TopSpec> parseTop(std::string_view text);
/// The key lists to group by: one, or two when a flow counts for both of its ends.
std::vector<Keys> keysOf(const TopSpec& spec);

/// Parses a `-A` argument: comma-separated keys, including srcip4/24, srcip6/64, dstip4/24 and dstip6/64. srcip4/N
/// keeps IPv6 addresses whole; as in nfdump, srcip6/N without srcip4/N merges all IPv4 addresses. Each key may occur
/// once. Errors: usage.
Result<Keys> parseKeys(std::string_view list);
/// The text that parseKeys() parses into these keys.
std::string keysText(const Keys& keys);

}  // namespace weir::tally
