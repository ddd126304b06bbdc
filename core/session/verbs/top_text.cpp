// Values of groups as text, and as filters.
#include "core/flow/protocols.h"
#include "core/session/evidence/judge.h"
#include "core/session/verbs/top.h"
#include "core/session/verbs/word_filter.h"

#include <algorithm>

namespace weir::session {
namespace {

using tally::Key;

/// The filter term of a key; without `src` and `dst` when a flow counts for both of its ends.
std::string_view termOf(Key key) {
    switch (key) {
        case Key::src: return "src ip ";
        case Key::dst: return "dst ip ";
        case Key::srcPort: return "src port ";
        case Key::dstPort: return "dst port ";
        case Key::protocol: return "proto ";
        case Key::tos: return "src tos ";
        case Key::dstTos: return "dst tos ";
        case Key::srcAs: return "src as ";
        case Key::dstAs: return "dst as ";
        case Key::inIf: return "in if ";
        case Key::outIf: return "out if ";
        case Key::srcVlan: return "src vlan ";
        case Key::dstVlan: return "dst vlan ";
        case Key::srcMask: return "src mask ";
        case Key::dstMask: return "dst mask ";
        default: return {};
    }
}

std::string quoted(const std::string& name) { return '"' + name + '"'; }

/// Truncated to its prefix: "192.0.2.0/24"; whole addresses have no length.
std::string addressText(const flow::AddressTable& addresses, const tally::KeySpec& key, std::uint64_t host) {
    const flow::IpAddr a = addresses[flow::HostId(host)];
    const unsigned length = a.isV4() ? key.v4 : key.v6, whole = a.isV4() ? 32 : 128;
    if (length >= whole) return flow::toText(a);
    flow::Prefix p{a, std::uint8_t(a.isV4() ? 96 + length : length)};
    for (unsigned bit = p.length; bit < 128; ++bit) p.base.b[bit / 8] &= std::uint8_t(~(0x80u >> bit % 8));
    return flow::toText(p);
}

std::string classFilter(const GroupList& list, std::uint64_t number) {
    if (number + 1 == list.classes.size()) return {};
    return number + 2 == list.classes.size() ? std::string("unclassified") : "class " + quoted(list.classes[number]);
}
std::string ruleFilter(const GroupList& list, std::uint64_t number) {
    if (number + 1 == list.rules.size()) return {};
    return number + 2 == list.rules.size() ? std::string("unclassified") : "rule " + quoted(list.rules[number]);
}

std::string keyFilter(const GroupList& list, std::size_t group, std::size_t k, bool either) {
    const tally::KeySpec& key = list.key(k);
    const std::uint64_t number = key.key == Key::srcNet || key.key == Key::dstNet ? 0 : list.number(group, k);
    switch (key.key) {
        case Key::srcNet:
        case Key::dstNet: return {};
        case Key::exporter:
            return number && !list.text(group, k).empty() ? "router ip " + list.text(group, k) : std::string();
        case Key::source: return "source " + quoted(std::to_string(number));
        case Key::className: return classFilter(list, number);
        case Key::rule: return ruleFilter(list, number);
        case Key::signs: return number ? wordFilter(number, signNamesFor(list.judgement.get())) : std::string();
        case Key::icmp:
            return "proto " + std::to_string(number >> 16) + " and icmp-type " + std::to_string(number >> 8 & 0xff) +
                   " and icmp-code " + std::to_string(number & 0xff);
        case Key::flags: return "flags " + std::to_string(number);
        default: break;
    }
    std::string term(termOf(key.key));
    const std::string value = list.text(group, k);
    if (value.find('/') != std::string::npos) term.replace(term.find("ip "), 3, "net ");
    if (either) term.erase(0, term.find(' ') + 1);
    return term + value;
}

const store::SourceInfo* sourceOf(const GroupList& list, std::uint64_t number) {
    for (const store::SourceInfo& s : list.snapshot->sources)
        if (s.number == number) return &s;
    return nullptr;
}

}  // namespace

bool isNumber(Key key) {
    switch (key) {
        case Key::src:
        case Key::dst:
        case Key::flags:
        case Key::icmp:
        case Key::srcNet:
        case Key::dstNet:
        case Key::exporter:
        case Key::source:
        case Key::className:
        case Key::rule:
        case Key::signs: return false;
        default: return true;
    }
}

std::string GroupList::text(std::size_t group, std::size_t k) const {
    const tally::KeySpec& spec = key(k);
    if (spec.key == Key::srcNet || spec.key == Key::dstNet)
        return flow::toText(groups.plan.address(groups.key(group), k));
    const std::uint64_t n = number(group, k);
    switch (spec.key) {
        case Key::src:
        case Key::dst: return addressText(snapshot->records->addresses(), spec, n);
        case Key::flags: return flow::tcpFlagLetters(std::uint8_t(n));
        case Key::icmp:
            return (n >> 16 == 1 ? "icmp " : "icmp6 ") + std::to_string(n >> 8 & 0xff) + "/" + std::to_string(n & 0xff);
        case Key::exporter: return n < exporters.size() ? exporters[n].first : std::string();
        case Key::source: {
            const store::SourceInfo* source = sourceOf(*this, n);
            return source ? source->path.substr(source->path.find_last_of('/') + 1) : std::to_string(n);
        }
        case Key::className: return classes[n];
        case Key::rule: return rules[n];
        case Key::signs:
            return n ? rules::signNamesOf(n, signNamesFor(judgement.get())) : std::string("not classified");
        default: return std::to_string(n);
    }
}

std::string GroupList::filter(std::size_t group) const {
    std::string text;
    const bool either = request.alternatives.size() > 1;
    for (std::size_t k = 0; k < keyCount(); ++k) {
        const std::string term =
            keyFilter(*this, group, k, either && request.alternatives[0][k].key != request.alternatives[1][k].key);
        if (term.empty()) return {};
        text.append(text.empty() ? "" : " and ").append(term);
    }
    return text;
}

}  // namespace weir::session
