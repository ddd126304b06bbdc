// Contacts at regular intervals. Follows RITA's interval dispersion: the median interval, and the median deviation from
// it.
#include "core/base/buffer.h"
#include "core/base/text.h"
#include "core/score/built_in.h"
#include "core/score/contact_text.h"
#include "core/score/group_map.h"
#include "core/score/row_values.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weir::score {
namespace {

using flow::Col;

// clang-format off
constexpr Parameter kBeaconingParameters[] = {
    {"contacts", Unit::count, "20", 3, 1e9, "minimum number of contacts"},
    {"jitter", Unit::ratio, "0.1", 0, 1, "half of the intervals lie within this fraction of the median"},
    {"shortest", Unit::time, "10s", 1e6, 3e12, "shortest median interval; records that start closer together count as one contact"},
    {"longest", Unit::time, "1d", 1e6, 3e12, "longest median interval"},
};
// clang-format on

struct Beacon {
    std::uint32_t contacts = 0;
    std::int64_t intervalUs = 0, deviationUs = 0;  ///< medians
};

std::int64_t median(std::vector<std::int64_t>& values) {
    const auto middle = values.begin() + std::ptrdiff_t((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::uint64_t hashOf(const GroupId& id) {
    const std::uint64_t h = (id.ends ^ id.rest * 0xd6e8feb86659fd93u) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

/// A pair is one source and one port of a destination. Memory: 20 bytes per record until judge(). Pairs get numbers
/// only if enough records share their hash: most pairs have few contacts, and a table of all pairs would dominate the
/// run time.
class Beaconing final : public BuiltIn {
public:
    explicit Beaconing(std::span<const double> v)
        : contacts_(std::uint64_t(v[0])), jitter_(v[1]), shortestUs_(std::int64_t(v[2])),
          longestUs_(std::int64_t(v[3])) {}

    flow::ColSet columns() const override {
        return flow::cols(Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode, Col::protocol, Col::start);
    }

    void add(const Rows& rows) override {
        rows.each([&](std::size_t i) {
            const GroupId id = idOf(rows.columns, rows.side, i);
            ends_.push_back(id.ends);
            rest_.push_back(std::uint32_t(id.rest));
            starts_.push_back(rows.columns.start[i]);
        });
    }

    void merge(BuiltIn& built) override {
        Beaconing& other = static_cast<Beaconing&>(built);
        if (starts_.empty()) {
            std::swap(ends_, other.ends_);
            std::swap(rest_, other.rest_);
            std::swap(starts_, other.starts_);
            return;
        }
        ends_.append(other.ends_.span());
        rest_.append(other.rest_.span());
        starts_.append(other.starts_.span());
        other.release();
    }

    void judge() override {
        dropRarePairs();
        std::vector<GroupId> ids;
        for (std::size_t i = 0; i < starts_.size(); ++i) ids.push_back({ends_[i], rest_[i], 0});
        std::vector<std::uint32_t> pairs(ids.size());
        GroupMap all;
        all.add(ids, pairs.data());
        std::vector<std::vector<std::int64_t>> starts(all.size());
        for (std::size_t i = 0; i < pairs.size(); ++i) starts[pairs[i]].push_back(starts_[i]);
        release();
        ids.clear();
        for (std::size_t pair = 0; pair < starts.size(); ++pair) {
            const Beacon beacon = beaconOf(starts[pair]);
            if (beacon.contacts == 0) continue;
            ids.push_back(all[pair]);
            beacons_.push_back(beacon);
        }
        std::vector<std::uint32_t> numbers(ids.size());
        map_.add(ids, numbers.data());
    }

    bool counts(const flow::RecordColumns& c, flow::Side side, std::size_t row) const override {
        return map_.find(idOf(c, side, row)) != GroupMap::kNone;
    }

    std::string evidence(const flow::RecordColumns& c, flow::Side side, std::size_t row,
                         const flow::AddressTable& addresses) const override {
        const Beacon& b = beacons_[map_.find(idOf(c, side, row))];
        return contactText(c, side, row, addresses) + ": " + grouped(b.contacts) + " contacts, every " +
               spanText(b.intervalUs) + ", half of the intervals within " + spanText(b.deviationUs) + " of it";
    }

private:
    static GroupId idOf(const flow::RecordColumns& c, flow::Side side, std::size_t i) {
        return {std::uint64_t{sourceOf(c, side, i)} << 32 | destinationOf(c, side, i),
                std::uint64_t{portOf(c, false, side, i)} << 16 | c.protocol[i], 0};
    }

    void dropRarePairs() {
        constexpr std::uint8_t kMany = 255;
        const std::size_t slots = std::bit_ceil(starts_.size() * 2 + 1);
        std::vector<std::uint8_t> counts(slots);
        const auto slotOf = [&](std::size_t i) { return std::size_t(hashOf({ends_[i], rest_[i], 0})) & (slots - 1); };
        for (std::size_t i = 0; i < starts_.size(); ++i)
            if (std::uint8_t& n = counts[slotOf(i)]; n < kMany) ++n;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < starts_.size(); ++i) {
            if (counts[slotOf(i)] < std::min<std::uint64_t>(contacts_, kMany)) continue;
            ends_[kept] = ends_[i];
            rest_[kept] = rest_[i];
            starts_[kept++] = starts_[i];
        }
        ends_.resize(kept);
        rest_.resize(kept);
        starts_.resize(kept);
    }

    void release() {
        ends_.release();
        rest_.release();
        starts_.release();
    }

    /// 0 contacts: none.
    Beacon beaconOf(std::vector<std::int64_t>& starts) const {
        if (starts.size() < contacts_) return {};
        std::sort(starts.begin(), starts.end());
        std::vector<std::int64_t> intervals;
        for (std::int64_t last = starts[0]; const std::int64_t start : starts) {
            if (start - last < shortestUs_) continue;
            intervals.push_back(start - last);
            last = start;
        }
        if (intervals.size() + 1 < contacts_) return {};
        const std::int64_t interval = median(intervals);
        for (std::int64_t& i : intervals) i = i > interval ? i - interval : interval - i;
        const std::int64_t deviation = median(intervals);
        if (interval > longestUs_ || double(deviation) > jitter_ * double(interval)) return {};
        return {std::uint32_t(intervals.size() + 1), interval, deviation};
    }

    const std::uint64_t contacts_;
    const double jitter_;
    const std::int64_t shortestUs_, longestUs_;
    Buffer<std::uint64_t> ends_;  ///< of the pairs of records, until judge()
    Buffer<std::uint32_t> rest_;
    Buffer<std::int64_t> starts_;
    GroupMap map_;                 ///< after judge(): pairs that count
    std::vector<Beacon> beacons_;  ///< by number in map_
};

}  // namespace

extern const BuiltInDef kBeaconing;
const BuiltInDef kBeaconing = {
    "beaconing",
    "proto tcp or proto udp or proto icmp or proto icmp6",
    "one source contacts one port of a destination at regular intervals",
    "its contacts with this port are too few or too irregular",
    kBeaconingParameters,
    [](std::span<const double> v) -> std::unique_ptr<BuiltIn> { return std::make_unique<Beaconing>(v); }};

}  // namespace weir::score
