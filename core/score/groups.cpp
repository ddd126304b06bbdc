// See groups.h.
#include "core/score/groups.h"

#include "core/score/row_values.h"

#include <algorithm>

namespace weir::score {
namespace {

using flow::Col;
using flow::Side;
using Value = GroupKey::Value;

constexpr std::size_t kPorts = 65536;
/// Limits on rows and packets per row whose sums fit into 32 bits.
constexpr std::size_t kMostLatest = std::size_t{1} << 20;
constexpr std::uint64_t kMostSmall = (std::uint64_t{1} << 12) - 1;

std::int64_t valueOf(const GroupKey& key, const flow::RecordColumns& c, Side side, std::size_t i) {
    switch (key.value) {
        case Value::src: return sourceOf(c, side, i);
        case Value::dst: return destinationOf(c, side, i);
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
    std::stable_sort(keys_.begin(), keys_.end(),
                     [](const GroupKey& a, const GroupKey& b) { return a.value < b.value; });
    keys_.erase(std::unique(keys_.begin(), keys_.end(), twin), keys_.end());
    for (const Having& h : having_) {
        const auto same = [&](const Asked& a) { return a.value.value == *h.distinct; };
        if (h.distinct && std::none_of(distinct_.begin(), distinct_.end(), same))
            distinct_.push_back({{*h.distinct, 0}, {}});
    }
    if (!byPort()) return;
    ports_.resize(kPorts);
    latest_.resize(kPorts);
}

bool Groups::asks(Measure measure) const {
    return std::any_of(having_.begin(), having_.end(),
                       [&](const Having& h) { return !h.distinct && (h.of == measure || h.per == measure); });
}

bool Groups::holds(const Sums& sums) const {
    return sums.flows > 0 &&
           std::all_of(having_.begin(), having_.end(), [&](const Having& h) { return h.holds(sums); });
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

GroupId Groups::idOf(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    GroupId id;
    for (const GroupKey& key : keys_) {
        const auto value = std::uint64_t(valueOf(key, columns, side, row));
        switch (key.value) {
            case Value::src: id.ends |= value << 32; break;
            case Value::dst: id.ends |= value; break;
            case Value::srcPort: id.rest |= value << 32; break;
            case Value::dstPort: id.rest |= value << 16; break;
            case Value::protocol: id.rest |= value; break;
            case Value::bin: id.bin = std::int64_t(value); break;
        }
    }
    return id;
}

/// No branch on the mask, which is unpredictable: rows outside the mask add 0 to port 0, which stays in the cache.
void Groups::addPorts(const Rows& rows) {
    if (latestRows_ + rows.mask.size() > kMostLatest) takeLatest();
    latestRows_ += rows.mask.size();
    const bool forward = rows.side == Side::forward, source = bySourcePort();
    const flow::RecordColumns& c = rows.columns;
    const std::uint16_t* const port = (source == forward ? c.srcPort : c.dstPort).data();
    const std::uint16_t* const icmp = c.icmpTypeCode.data();
    const std::uint64_t* const packets =
        asks(Measure::packets) ? (forward ? c.packets : c.reversePackets).data() : nullptr;
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

void Groups::addDistinct(const Rows& rows, std::span<const std::uint32_t> taken,
                         std::span<const std::uint32_t> groups) {
    for (Asked& asked : distinct_)
        for (std::size_t k = 0; k < taken.size(); ++k)
            asked.counts.add(groups[k], std::uint32_t(valueOf(asked.value, rows.columns, rows.side, taken[k])));
}

void Groups::addHashed(const Rows& rows) {
    ids_.clear();
    for (const std::uint32_t row : taken_) ids_.push_back(idOf(rows.columns, rows.side, row));
    map_.add(ids_, numbers_.data());
    sums_.resize(map_.size());
    const flow::RecordColumns& c = rows.columns;
    const bool forward = rows.side == Side::forward;
    const std::uint64_t* const packets =
        asks(Measure::packets) ? (forward ? c.packets : c.reversePackets).data() : nullptr;
    const std::uint64_t* const bytes = asks(Measure::bytes) ? (forward ? c.bytes : c.reverseBytes).data() : nullptr;
    for (std::size_t k = 0; k < taken_.size(); ++k) {
        Sums& sums = sums_[numbers_[k]];
        ++sums.flows;
        if (packets) sums.packets += packets[taken_[k]];
        if (bytes) sums.bytes += bytes[taken_[k]];
    }
}

void Groups::add(const Rows& rows) {
    if (byPort()) addPorts(rows);
    if (byPort() && distinct_.empty()) return;
    taken_.clear();
    for (std::size_t i = 0; i < rows.mask.size(); ++i)
        if (rows.mask[i]) taken_.push_back(std::uint32_t(i));
    numbers_.resize(taken_.size());
    if (!byPort())
        addHashed(rows);
    else
        std::transform(taken_.begin(), taken_.end(), numbers_.begin(), [&](std::uint32_t row) {
            return std::uint32_t(valueOf(keys_[0], rows.columns, rows.side, row));
        });
    addDistinct(rows, taken_, numbers_);
}

void Groups::merge(Groups& other) {
    other.takeLatest();
    for (std::size_t port = 0; port < ports_.size(); ++port) addTo(ports_[port], other.ports_[port]);
    if (map_.size() == 0 && !byPort()) {
        std::swap(map_, other.map_);
        std::swap(sums_, other.sums_);
        std::swap(distinct_, other.distinct_);
        return;
    }
    std::vector<std::uint32_t> numbers(other.map_.size());
    map_.add(other.map_.ids(), numbers.data());
    sums_.resize(map_.size());
    for (std::size_t group = 0; group < numbers.size(); ++group) addTo(sums_[numbers[group]], other.sums_[group]);
    for (std::size_t d = 0; d < distinct_.size(); ++d) distinct_[d].counts.merge(other.distinct_[d].counts, numbers);
}

void Groups::judge() {
    for (Asked& asked : distinct_) {
        std::vector<Sums>& sums = byPort() ? ports_ : sums_;
        const auto counts = asked.counts.counts(sums.size());
        for (std::size_t group = 0; group < sums.size(); ++group)
            sums[group].distinct[std::size_t(asked.value.value)] = counts[group];
        asked.counts = {};
    }
    portCounts_.resize(ports_.size());
    std::transform(ports_.begin(), ports_.end(), portCounts_.begin(),
                   [&](const Sums& sums) { return std::uint8_t(holds(sums)); });
    keepThoseThatCount();
}

/// Few groups of many remain: they fit into the cache and need little memory.
void Groups::keepThoseThatCount() {
    std::vector<GroupId> ids;
    std::vector<Sums> sums;
    for (std::size_t group = 0; group < sums_.size(); ++group) {
        if (!holds(sums_[group])) continue;
        ids.push_back(map_[group]);
        sums.push_back(sums_[group]);
    }
    std::vector<std::uint32_t> numbers(ids.size());
    map_ = GroupMap();
    map_.add(ids, numbers.data());
    sums_ = std::move(sums);
    taken_ = numbers_ = {};
    ids_ = {};
}

bool Groups::counts(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    return map_.find(idOf(columns, side, row)) != GroupMap::kNone;
}

const Sums* Groups::sumsOf(const flow::RecordColumns& columns, Side side, std::size_t row) const {
    if (byPort()) {
        const Sums& sums = ports_[std::size_t(valueOf(keys_[0], columns, side, row))];
        return sums.flows == 0 ? nullptr : &sums;
    }
    const std::uint32_t group = map_.find(idOf(columns, side, row));
    return group == GroupMap::kNone ? nullptr : &sums_[group];
}

}  // namespace weir::score
