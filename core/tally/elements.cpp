// The tables of keys, elements and orders. ONE LINE PER ELEMENT.
#include "core/tally/elements.h"

#include <array>

namespace weir::tally {
namespace {

// clang-format off
constexpr auto kKeys = std::to_array<KeyInfo>({
    {Key::src,       "srcip",    Needs::nothing},
    {Key::dst,       "dstip",    Needs::nothing},
    {Key::srcPort,   "srcport",  Needs::nothing},
    {Key::dstPort,   "dstport",  Needs::nothing},
    {Key::protocol,  "proto",    Needs::nothing},
    {Key::flags,     "flags",    Needs::nothing},
    {Key::icmp,      "icmp",     Needs::nothing},
    {Key::tos,       "srctos",   Needs::nothing},
    {Key::dstTos,    "dsttos",   Needs::nothing},
    {Key::srcAs,     "srcas",    Needs::nothing},
    {Key::dstAs,     "dstas",    Needs::nothing},
    {Key::inIf,      "inif",     Needs::nothing},
    {Key::outIf,     "outif",    Needs::nothing},
    {Key::srcVlan,   "srcvlan",  Needs::nothing},
    {Key::dstVlan,   "dstvlan",  Needs::nothing},
    {Key::srcMask,   "srcmask",  Needs::nothing},
    {Key::dstMask,   "dstmask",  Needs::nothing},
    {Key::srcNet,    "srcnet",   Needs::nothing},
    {Key::dstNet,    "dstnet",   Needs::nothing},
    {Key::exporter,  "router",   Needs::nothing},
    {Key::source,    "source",   Needs::nothing},
    {Key::className, "class",    Needs::classes},
    {Key::rule,      "rule",     Needs::classes},
    {Key::signs,     "signs",    Needs::signs},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 0; i < kKeys.size(); ++i)
            if (std::size_t(kKeys[i].key) != i) return false;
        return kKeys.size() == kKeyCount;
    }(),
    "kKeys is indexed by Key");

template <Key... K>
constexpr std::array<Key, sizeof...(K)> kList{K...};

// clang-format off
constexpr auto kElements = std::to_array<Element>({
    {"srcip",    Meaning::one,    kList<Key::src>,                   "Source address",        "source address"},
    {"dstip",    Meaning::one,    kList<Key::dst>,                   "Destination address",   "destination address"},
    {"ip",       Meaning::either, kList<Key::src, Key::dst>,         "Address",               "address of either end"},
    {"srcport",  Meaning::one,    kList<Key::srcPort>,               "Source port",           "source port; 0 for ICMP"},
    {"dstport",  Meaning::one,    kList<Key::dstPort>,               "Destination port",      "destination port; 256 × type + code for ICMP"},
    {"port",     Meaning::either, kList<Key::srcPort, Key::dstPort>, "Port",                  "port of either end"},
    {"proto",    Meaning::one,    kList<Key::protocol>,              "Protocol",              "IP protocol"},
    {"record",   Meaning::all,    kList<Key::protocol, Key::src, Key::srcPort, Key::dst, Key::dstPort>, "5-tuple", "protocol, addresses and ports together"},
    {"flags",    Meaning::one,    kList<Key::flags>,                 "TCP flags",             "TCP flags of the flow", true},
    {"icmp",     Meaning::one,    kList<Key::icmp>,                  "ICMP type",             "ICMP type and code; other protocols are excluded", true},
    {"srcas",    Meaning::one,    kList<Key::srcAs>,                 "Source AS",             "source AS number"},
    {"dstas",    Meaning::one,    kList<Key::dstAs>,                 "Destination AS",        "destination AS number"},
    {"as",       Meaning::either, kList<Key::srcAs, Key::dstAs>,     "AS",                    "AS number of either end"},
    {"srcnet",   Meaning::one,    kList<Key::srcNet>,                "Source network",        "source address cut by the record's source mask", true},
    {"dstnet",   Meaning::one,    kList<Key::dstNet>,                "Destination network",   "destination address cut by the record's destination mask", true},
    {"srcmask",  Meaning::one,    kList<Key::srcMask>,               "Source mask",           "prefix length of the source"},
    {"dstmask",  Meaning::one,    kList<Key::dstMask>,               "Destination mask",      "prefix length of the destination"},
    {"mask",     Meaning::either, kList<Key::srcMask, Key::dstMask>, "Mask",                  "prefix length of either end"},
    {"inif",     Meaning::one,    kList<Key::inIf>,                  "Input interface",       "SNMP number of the input interface"},
    {"outif",    Meaning::one,    kList<Key::outIf>,                 "Output interface",      "SNMP number of the output interface"},
    {"if",       Meaning::either, kList<Key::inIf, Key::outIf>,      "Interface",             "SNMP number of either interface"},
    {"srctos",   Meaning::one,    kList<Key::tos>,                   "Type of service",       "type of service of the source"},
    {"tos",      Meaning::one,    kList<Key::tos>,                   "Type of service",       "same as srctos", false, true},
    {"dsttos",   Meaning::one,    kList<Key::dstTos>,                "Destination type of service", "type of service of the destination"},
    {"srcvlan",  Meaning::one,    kList<Key::srcVlan>,               "Source VLAN",           "VLAN of the source"},
    {"dstvlan",  Meaning::one,    kList<Key::dstVlan>,               "Destination VLAN",      "VLAN of the destination"},
    {"vlan",     Meaning::either, kList<Key::srcVlan, Key::dstVlan>, "VLAN",                  "VLAN of either end"},
    {"router",   Meaning::one,    kList<Key::exporter>,              "Exporter",              "address of the exporter"},
    {"exporter", Meaning::one,    kList<Key::exporter>,              "Exporter",              "same as router", true, true},
    {"source",   Meaning::one,    kList<Key::source>,                "Capture",               "capture the flow was read from", true},
    {"class",    Meaning::one,    kList<Key::className>,             "Class",                 "class by the current rule set", true},
    {"rule",     Meaning::one,    kList<Key::rule>,                  "Rule",                  "rule that assigned the class", true},
    {"signs",    Meaning::one,    kList<Key::signs>,                 "Sign combination",      "all signs of the flow together", true},
});
// clang-format on
// clang-format off
constexpr auto kOrders = std::to_array<OrderInfo>({
    {Order::flows,   "flows",   "Flows",        "flows"},
    {Order::packets, "packets", "Packets",      "packets"},
    {Order::bytes,   "bytes",   "Bytes",        "bytes"},
    {Order::pps,     "pps",     "Packets/s",    "packets per second between first and last packet of the group"},
    {Order::bps,     "bps",     "Bits/s",       "bits per second between first and last packet of the group"},
    {Order::bpp,     "bpp",     "Bytes/packet", "bytes per packet"},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 0; i < kElements.size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (kElements[i].id == kElements[k].id) return false;
        return true;
    }(),
    "element ids are unique");

}  // namespace

std::span<const KeyInfo, kKeyCount> keyTable() { return kKeys; }
const KeyInfo& infoOf(Key key) { return kKeys[std::size_t(key)]; }
std::span<const Element> elements() { return kElements; }
std::span<const OrderInfo> orders() { return kOrders; }

const Element* findElement(std::string_view id) {
    for (const Element& e : kElements)
        if (e.id == id) return &e;
    return nullptr;
}

const OrderInfo* findOrder(std::string_view id) {
    for (const OrderInfo& o : kOrders)
        if (o.id == id) return &o;
    return nullptr;
}

}  // namespace weir::tally
