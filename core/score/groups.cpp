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
/// So many rows of so many packets at most fit into 32 bits.
constexpr std::size_t kMostLatest = std::size_t{1} << 20;
constexpr std::uint64_t kMostSmall = (std::uint64_t{1} << 12) - 1;

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

void addTo(Sums& sums, const Sums& other) {
    sums.flows += other.flows;
    sums.packets += other.packets;
    sums.bytes += other.bytes;
}

}  // namespace

Groups::Groups(const Test& test) : keys_(test.keys), having_(test.having) {
    const auto twin = [](const GroupKey& a, const GroupKey& b) { return a.value == b.value; };
    std::stable_sort(keys_.begin(), keys_.end(), [](const GroupKey& a, const GroupKey& b) { return a.value < b.value; });
    keys_.erase(std::unique(keys_.begin(), keys_.end(), twin), keys_.end());
    for (const Having& h : having_) {
        const auto same = [&](const Asked& a) { return a.value.value == *h.distinct; };
        if (h.distinct && std::none_of(distinct_.begin(), distinct_.end(), same)) distinct_.push_back({{*h.distinct, 0}, {}});
    }
    if (!byPort()) return;
    ports_.resize(kPorts);
    latest_.resize(kPorts);
}

bool Groups::asks(Measure measure) const {
    return std::any_of(having_.begin(), having_.end(), [&](const Having& h) { return !h.distinct && (h.of == measure || h.per == measure); });
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
    std::vector<GroupKey> read = keys_;
    for (const Asked& asked : distinct_) read.push_back(asked.value);
    for (const GroupKey& key : read) switch (key.value) {
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

/// No branch on the mask, which follows no pattern: rows that take no part add nothing to port 0, which stays in the cache.
void Groups::addPorts(const Rows& rows) {
    if (latestRows_ + rows.mask.size() > kMostLatest) takeLatest();
    latestRows_ += rows.mask.size();
    const bool forward = rows.side == Side::forward, source = bySourcePort();
    const flow::RecordColumns& c = rows.columns;
    const std::uint16_t* const port = (source == forward ? c.srcPort : c.dstPort).data();
    const std::uint16_t* const icmp = c.icmpTypeCode.data();
    const std::uint64_t* const packets = asks(Measure::packets) ? (forward ? c.packets : c.reversePackets).data() : nullptr;
    const std::uint64_t* const bytes = asks(Measure::bytes) ? (forward ? c.bytes : c.reverseBytes).data() : nullptr;
    for (std::size_t i = 0; i < rows.mask.size(); ++i) {
        const std::uint64_t taken = rows.mask[i], all = 0 - taken;
        const std::size_t at = std::size_t(source ? port[i] : port[i] | icmp[i]) & all;
        const std::uint64_t n = packets ? packets[i] & all : 0;
        if (n > kMostSmall) ports_[at].packets += n;
        latest_[at] += taken | (n > kMostSmall ? 0 : n << 32);
        if (bytes) ports_[at].bytes += bytes[i] & all;
    }
}

void Groups::takeLatest() {
    for (std::size_t port = 0; port < latest_.size(); ++port) {
        ports_[port].flows += std::uint32_t(latest_[port]);
        ports_[port].packets += latest_[port] >> 32;
    }
    std::fill(latest_.begin(), latest_.end(), 0);
    latestRows_ = 0;
}

Groups::Group& Groups::groupOf(const Key& key) {
    const auto [at, added] = groups_.try_emplace(key);
    if (added) at->second.number = std::uint32_t(groups_.size() - 1);
    return at->second;
}

void Groups::addDistinct(const Rows& rows) {
    for (std::size_t i = 0; i < rows.mask.size(); ++i) {
        if (!rows.mask[i]) continue;
        const Key key = keyOf(rows.columns, rows.side, i);
        const std::uint32_t number = byPort() ? std::uint32_t(key[0]) : groupOf(key).number;
        for (Asked& asked : distinct_) asked.counts.add(number, std::uint32_t(valueOf(asked.value, rows.columns, rows.side, i)));
    }
}

void Groups::add(const Rows& rows) {
    if (!distinct_.empty()) addDistinct(rows);
    if (byPort()) return addPorts(rows);
    const flow::RecordColumns& c = rows.columns;
    const bool forward = rows.side == Side::forward;
    for (std::size_t i = 0; i < rows.mask.size(); ++i) {
        if (!rows.mask[i]) continue;
        Sums& sums = groupOf(keyOf(c, rows.side, i)).sums;
        ++sums.flows;
        if (!c.packets.empty()) sums.packets += forward ? c.packets[i] : c.reversePackets[i];
        if (!c.bytes.empty()) sums.bytes += forward ? c.bytes[i] : c.reverseBytes[i];
    }
}

void Groups::merge(Groups& other) {
    other.takeLatest();
    for (std::size_t port = 0; port < ports_.size(); ++port) addTo(ports_[port], other.ports_[port]);
    std::vector<std::uint32_t> numbers(other.groups_.size());
    for (const auto& [key, group] : other.groups_) {
        Group& here = groupOf(key);
        addTo(here.sums, group.sums);
        numbers[group.number] = here.number;
    }
    for (std::size_t d = 0; d < distinct_.size(); ++d) distinct_[d].counts.merge(other.distinct_[d].counts, numbers);
}

void Groups::judge() {
    for (Asked& asked : distinct_) {
        const auto counts = asked.counts.counts(byPort() ? kPorts : groups_.size());
        const auto value = std::size_t(asked.value.value);
        for (std::size_t port = 0; port < ports_.size(); ++port) ports_[port].distinct[value] = counts[port];
        for (auto& [key, group] : groups_) group.sums.distinct[value] = counts[group.number];
        asked.counts = {};
    }
    portCounts_.resize(ports_.size());
    std::transform(ports_.begin(), ports_.end(), portCounts_.begin(), [&](const Sums& sums) { return std::uint8_t(holds(sums)); });
    for (auto& [key, group] : groups_) group.counts = holds(group.sums);
}

bool Groups::counts(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    const auto at = groups_.find(keyOf(columns, side, row));
    return at != groups_.end() && at->second.counts;
}

const Sums* Groups::sumsOf(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    const Key key = keyOf(columns, side, row);
    if (byPort()) return ports_[std::size_t(key[0])].flows == 0 ? nullptr : &ports_[std::size_t(key[0])];
    const auto at = groups_.find(key);
    return at == groups_.end() ? nullptr : &at->second.sums;
}

}  // namespace weir::score
