// Many hosts send a DNS query and then, all at once, contact the same destination for the first time: bots that
// received a command.
#include "core/base/text.h"
#include "core/score/built_in.h"
#include "core/score/contact_text.h"
#include "core/score/group_map.h"
#include "core/score/row_values.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace weir::score {
namespace {

using flow::Col;

constexpr std::uint16_t kDns = 53;

constexpr Parameter kDnsThenTrafficParameters[] = {
    {"hosts", Unit::count, "20", 2, 1e6, "minimum number of hosts"},
    {"within", Unit::time, "30s", 1e6, 3e12,
     "maximum time from a DNS query to the first contact, and between the first contacts of all hosts"},
    {"packets", Unit::count, "3", 1, 1e9, "maximum number of packets in a DNS query"},
};

/// Memory until judge(): 36 bytes per pair of hosts, 12 bytes per DNS query.
class DnsThenTraffic final : public BuiltIn {
public:
    explicit DnsThenTraffic(std::span<const double> v)
        : hosts_(std::size_t(v[0])), withinUs_(std::int64_t(v[1])), packets_(std::uint64_t(v[2])) {}

    flow::ColSet columns() const override {
        return flow::cols(Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode) |
               flow::cols(Col::start, Col::packets, Col::reversePackets);
    }

    void add(const Rows& rows) override {
        const flow::RecordColumns& c = rows.columns;
        ids_.clear();
        starts_.clear();
        rows.each([&](std::size_t i) {
            const flow::HostId host = sourceOf(c, rows.side, i);
            if (portOf(c, false, rows.side, i) != kDns) {
                ids_.push_back({std::uint64_t{host} << 32 | destinationOf(c, rows.side, i), 0, 0});
                starts_.push_back(c.start[i]);
            } else if (packetsOf(c, rows.side, i) <= packets_) {
                requests_.push_back({host, c.start[i]});
            }
        });
        addContacts(ids_, starts_);
    }

    void merge(BuiltIn& built) override {
        DnsThenTraffic& other = static_cast<DnsThenTraffic&>(built);
        requests_.insert(requests_.end(), other.requests_.begin(), other.requests_.end());
        addContacts(other.map_.ids(), other.first_);
        other.requests_.clear();
        other.first_.clear();
        other.map_ = {};
    }

    void judge() override {
        std::sort(requests_.begin(), requests_.end());
        std::vector<Moment> contacts;  // first contacts after a query, by destination
        for (std::size_t pair = 0; pair < map_.size(); ++pair) {
            const auto host = flow::HostId(map_[pair].ends >> 32), to = flow::HostId(map_[pair].ends);
            if (asked(host, first_[pair])) contacts.push_back({to, first_[pair]});
        }
        std::sort(contacts.begin(), contacts.end());
        for (std::size_t from = 0, to = 0; to < contacts.size(); ++to) {
            while (contacts[from].host != contacts[to].host || contacts[to].at - contacts[from].at > withinUs_) ++from;
            if (to - from + 1 >= hosts_) addBurst(contacts[to].host, contacts[from].at, contacts[to].at, to - from + 1);
        }
        requests_ = {};
        first_ = {};
        map_ = {};
    }

    bool counts(const flow::RecordColumns& c, flow::Side side, std::size_t row) const override {
        return burstOf(c, side, row) != nullptr;
    }

    std::string evidence(const flow::RecordColumns& c, flow::Side side, std::size_t row,
                         const flow::AddressTable& addresses) const override {
        const Burst* const b = burstOf(c, side, row);
        if (!b) return {};
        return grouped(b->hosts) + " hosts contacted " + toText(addresses[destinationOf(c, side, row)]) + " within " +
               spanText(withinUs_) + ", each for the first time and right after a DNS query (from " +
               utcText(b->from).substr(0, 19) + "Z)";
    }

private:
    struct Moment {
        flow::HostId host = 0;
        std::int64_t at = 0;
        friend auto operator<=>(const Moment&, const Moment&) = default;
    };
    struct Burst {
        std::int64_t from = 0, to = 0;
        std::size_t hosts = 0;  ///< maximum within the time
    };

    void addContacts(std::span<const GroupId> pairs, std::span<const std::int64_t> starts) {
        numbers_.resize(pairs.size());
        map_.add(pairs, numbers_.data());
        first_.resize(map_.size(), std::numeric_limits<std::int64_t>::max());
        for (std::size_t i = 0; i < pairs.size(); ++i) first_[numbers_[i]] = std::min(first_[numbers_[i]], starts[i]);
    }

    /// True when the host's latest query before that time is at most `within` old.
    bool asked(flow::HostId host, std::int64_t at) const {
        const auto behind = std::upper_bound(requests_.begin(), requests_.end(), Moment{host, at});
        return behind != requests_.begin() && behind[-1].host == host && at - behind[-1].at <= withinUs_;
    }

    /// Adds a burst of a destination, in time order; overlapping bursts are merged.
    void addBurst(flow::HostId to, std::int64_t from, std::int64_t until, std::size_t hosts) {
        std::vector<Burst>& known = bursts_[to];
        if (known.empty() || known.back().to < from)
            known.push_back({from, until, hosts});
        else
            known.back() = {known.back().from, until, std::max(known.back().hosts, hosts)};
    }

    const Burst* burstOf(const flow::RecordColumns& c, flow::Side side, std::size_t row) const {
        if (portOf(c, false, side, row) == kDns) return nullptr;
        const auto found = bursts_.find(destinationOf(c, side, row));
        if (found == bursts_.end()) return nullptr;
        const std::int64_t start = c.start[row];
        const auto at = std::find_if(found->second.begin(), found->second.end(),
                                     [&](const Burst& b) { return b.from <= start && start <= b.to; });
        return at == found->second.end() ? nullptr : &*at;
    }

    const std::size_t hosts_;
    const std::int64_t withinUs_;
    const std::uint64_t packets_;
    GroupMap map_;                     ///< pairs of hosts, until judge()
    std::vector<std::int64_t> first_;  ///< first contact, by number in map_
    std::vector<Moment> requests_;
    std::unordered_map<flow::HostId, std::vector<Burst>> bursts_;  ///< by destination, after judge()
    std::vector<std::uint32_t> numbers_;
    std::vector<GroupId> ids_;
    std::vector<std::int64_t> starts_;
};

}  // namespace

extern const BuiltInDef kDnsThenTraffic;
const BuiltInDef kDnsThenTraffic = {
    "dns-then-traffic",
    "proto tcp or proto udp",
    "many hosts send a DNS query and then contact the same destination for the first time, all at once",
    "too few hosts first contacted its destination at that time, right after a DNS query",
    kDnsThenTrafficParameters,
    [](std::span<const double> v) -> std::unique_ptr<BuiltIn> { return std::make_unique<DnsThenTraffic>(v); }};

}  // namespace weir::score
