// See groups.h.
#include "core/score/groups.h"

#include <algorithm>
#include <functional>

namespace weir::score {
namespace {

using flow::Col;
using flow::Side;
using Value = GroupKey::Value;

constexpr std::size_t kPorts = 65536;

std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

/// As filters read it: an ICMP record has type and code in the place of the destination port, and source port 0.
std::uint16_t portOf(const flow::RecordColumns& c, bool source, Side side, std::size_t i) {
    const bool first = source == (side == Side::forward);
    const std::uint16_t port = first ? c.srcPort[i] : c.dstPort[i];
    return source ? port : std::uint16_t(port | c.icmpTypeCode[i]);
}

std::int64_t valueOf(const GroupKey& key, const flow::RecordColumns& c, Side side, std::size_t i) {
    switch (key.value) {
    case Value::src: return side == Side::forward ? c.src[i] : c.dst[i];
    case Value::dst: return side == Side::forward ? c.dst[i] : c.src[i];
    case Value::srcPort: return portOf(c, true, side, i);
    case Value::dstPort: return portOf(c, false, side, i);
    case Value::protocol: return c.protocol[i];
    case Value::bin: return floorDiv(c.start[i], key.binUs);
    }
    return 0;
}

}  // namespace

Groups::Groups(const Test& test) : keys_(test.keys), having_(test.having) {
    const auto twin = [](const GroupKey& a, const GroupKey& b) { return a.value == b.value; };
    std::stable_sort(keys_.begin(), keys_.end(), [](const GroupKey& a, const GroupKey& b) { return a.value < b.value; });
    keys_.erase(std::unique(keys_.begin(), keys_.end(), twin), keys_.end());
    if (!byPort()) return;
    portFlows_.resize(kPorts);
    if (asks(Measure::packets)) portPackets_.resize(kPorts);
    if (asks(Measure::bytes)) portBytes_.resize(kPorts);
}

bool Groups::asks(Measure measure) const {
    return std::any_of(having_.begin(), having_.end(), [&](const Having& h) { return h.of == measure || h.per == measure; });
}

bool Groups::holds(const Sums& sums) const {
    return sums.flows > 0 && std::all_of(having_.begin(), having_.end(), [&](const Having& h) { return h.holds(sums); });
}

std::size_t Groups::Hash::operator()(const Key& key) const {
    std::uint64_t h = 0x9e3779b97f4a7c15u;
    for (const std::int64_t v : key) h = (h ^ std::uint64_t(v) ^ h >> 29) * 0xd6e8feb86659fd93u;
    return std::size_t(h ^ h >> 32);
}

flow::ColSet Groups::columns() const {
    flow::ColSet wanted;
    for (const GroupKey& key : keys_) switch (key.value) {
        case Value::src:
        case Value::dst: wanted = wanted | flow::cols(Col::src, Col::dst); break;
        case Value::srcPort:
        case Value::dstPort: wanted = wanted | flow::cols(Col::srcPort, Col::dstPort, Col::icmpTypeCode); break;
        case Value::protocol: wanted = wanted.with(Col::protocol); break;
        case Value::bin: wanted = wanted.with(Col::start); break;
        }
    if (asks(Measure::packets)) wanted = wanted | flow::cols(Col::packets, Col::reversePackets);
    if (asks(Measure::bytes)) wanted = wanted | flow::cols(Col::bytes, Col::reverseBytes);
    return wanted;
}

Groups::Key Groups::keyOf(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    Key key{};
    for (std::size_t k = 0; k < keys_.size(); ++k) key[k] = valueOf(keys_[k], columns, side, row);
    return key;
}

/// No branch on the mask: it follows no pattern.
void Groups::addPorts(const Rows& rows) {
    const bool forward = rows.side == Side::forward, source = bySourcePort();
    const flow::RecordColumns& c = rows.columns;
    const std::uint16_t* const port = (source == forward ? c.srcPort : c.dstPort).data();
    const std::uint16_t* const icmp = c.icmpTypeCode.data();
    const std::uint64_t* const packets = portPackets_.empty() ? nullptr : (forward ? c.packets : c.reversePackets).data();
    const std::uint64_t* const bytes = portBytes_.empty() ? nullptr : (forward ? c.bytes : c.reverseBytes).data();
    for (std::size_t i = 0; i < rows.mask.size(); ++i) {
        const std::size_t at = source ? port[i] : port[i] | icmp[i];
        const std::uint64_t taken = rows.mask[i];
        portFlows_[at] += taken;
        if (packets) portPackets_[at] += packets[i] * taken;
        if (bytes) portBytes_[at] += bytes[i] * taken;
    }
}

void Groups::add(const Rows& rows) {
    if (byPort()) return addPorts(rows);
    const flow::RecordColumns& c = rows.columns;
    const bool forward = rows.side == Side::forward;
    for (std::size_t i = 0; i < rows.mask.size(); ++i) {
        if (!rows.mask[i]) continue;
        Sums& sums = groups_[keyOf(c, rows.side, i)].sums;
        ++sums.flows;
        if (!c.packets.empty()) sums.packets += forward ? c.packets[i] : c.reversePackets[i];
        if (!c.bytes.empty()) sums.bytes += forward ? c.bytes[i] : c.reverseBytes[i];
    }
}

void Groups::merge(const Groups& other) {
    const auto add = [](std::vector<std::uint64_t>& to, const std::vector<std::uint64_t>& from) { std::transform(to.begin(), to.end(), from.begin(), to.begin(), std::plus<>()); };
    add(portFlows_, other.portFlows_);
    add(portPackets_, other.portPackets_);
    add(portBytes_, other.portBytes_);
    for (const auto& [key, group] : other.groups_) {
        Sums& sums = groups_[key].sums;
        sums.flows += group.sums.flows;
        sums.packets += group.sums.packets;
        sums.bytes += group.sums.bytes;
    }
}

void Groups::judge() {
    portCounts_.resize(portFlows_.size());
    for (std::size_t port = 0; port < portFlows_.size(); ++port)
        portCounts_[port] = holds({portFlows_[port], portPackets_.empty() ? 0 : portPackets_[port], portBytes_.empty() ? 0 : portBytes_[port]});
    for (auto& [key, group] : groups_) group.counts = holds(group.sums);
}

bool Groups::counts(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    const auto at = groups_.find(keyOf(columns, side, row));
    return at != groups_.end() && at->second.counts;
}

}  // namespace weir::score
