// See groups.h.
#include "core/score/groups.h"

#include <algorithm>

namespace weir::score {
namespace {

using flow::Col;
using flow::Side;
using Value = GroupKey::Value;

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

void addTo(Sums& sums, const flow::RecordColumns& c, Side side, std::size_t i) {
    ++sums.flows;
    sums.packets += side == Side::forward ? c.packets[i] : c.reversePackets[i];
    sums.bytes += side == Side::forward ? c.bytes[i] : c.reverseBytes[i];
}
void addTo(Sums& sums, const Sums& other) {
    sums.flows += other.flows;
    sums.packets += other.packets;
    sums.bytes += other.bytes;
}

}  // namespace

Groups::Groups(std::vector<GroupKey> keys) : keys_(std::move(keys)) {
    const auto twin = [](const GroupKey& a, const GroupKey& b) { return a.value == b.value; };
    std::stable_sort(keys_.begin(), keys_.end(), [](const GroupKey& a, const GroupKey& b) { return a.value < b.value; });
    keys_.erase(std::unique(keys_.begin(), keys_.end(), twin), keys_.end());
    if (byPort()) ports_.resize(65536);
}

bool Groups::byPort() const { return keys_.size() == 1 && (keys_[0].value == Value::srcPort || keys_[0].value == Value::dstPort); }

std::size_t Groups::Hash::operator()(const Key& key) const {
    std::uint64_t h = 0x9e3779b97f4a7c15u;
    for (const std::int64_t v : key) h = (h ^ std::uint64_t(v) ^ h >> 29) * 0xd6e8feb86659fd93u;
    return std::size_t(h ^ h >> 32);
}

flow::ColSet Groups::columns() const {
    return flow::cols(Col::start, Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode, Col::protocol, Col::packets, Col::bytes);
}

Groups::Key Groups::keyOf(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    Key key{};
    for (std::size_t k = 0; k < keys_.size(); ++k) key[k] = valueOf(keys_[k], columns, side, row);
    return key;
}

void Groups::add(const Rows& rows) {
    for (std::size_t i = 0; i < rows.mask.size(); ++i) {
        if (!rows.mask[i]) continue;
        Group& group = byPort() ? ports_[std::size_t(valueOf(keys_[0], rows.columns, rows.side, i))] : groups_[keyOf(rows.columns, rows.side, i)];
        addTo(group.sums, rows.columns, rows.side, i);
    }
}

void Groups::merge(const Groups& other) {
    for (std::size_t port = 0; port < other.ports_.size(); ++port) addTo(ports_[port].sums, other.ports_[port].sums);
    for (const auto& [key, group] : other.groups_) addTo(groups_[key].sums, group.sums);
}

void Groups::judge(const std::vector<Having>& having) {
    const auto all = [&](const Group& group) { return group.sums.flows > 0 && std::all_of(having.begin(), having.end(), [&](const Having& h) { return h.holds(group.sums); }); };
    for (Group& group : ports_) group.counts = all(group);
    for (auto& [key, group] : groups_) group.counts = all(group);
}

void Groups::keep(const Rows& rows, std::span<std::uint8_t> mask) const {
    for (std::size_t i = 0; i < mask.size(); ++i) {
        if (!mask[i]) continue;
        if (byPort()) {
            mask[i] = ports_[std::size_t(valueOf(keys_[0], rows.columns, rows.side, i))].counts;
            continue;
        }
        const auto at = groups_.find(keyOf(rows.columns, rows.side, i));
        mask[i] = at != groups_.end() && at->second.counts;
    }
}

}  // namespace weir::score
