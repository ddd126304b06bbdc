// Sources that send far more in one interval than usual.
#include "core/base/text.h"
#include "core/score/built_in.h"
#include "core/score/contact_text.h"
#include "core/score/group_map.h"
#include "core/score/row_values.h"

#include <algorithm>
#include <limits>

namespace weir::score {
namespace {

using flow::Col;

// clang-format off
constexpr Parameter kExfiltrationParameters[] = {
    {"factor", Unit::ratio, "10", 1, 1e9, "multiple of what the source usually sends"},
    {"bin", Unit::time, "1h", 1e6, 3e12, "length of the interval whose bytes are summed"},
    {"least", Unit::count, "50M", 1, 1e18, "minimum number of bytes in the interval"},
    {"history", Unit::count, "6", 1, 1e6, "minimum number of other intervals with traffic; with fewer, the usual amount is unknown"},
};
// clang-format on

/// Compares the bytes of a source in an interval with the median of its other intervals; intervals without bytes do not
/// count. Memory: 36 bytes per source and interval.
class Exfiltration final : public BuiltIn {
public:
    explicit Exfiltration(std::span<const double> v)
        : factor_(v[0]), binUs_(std::int64_t(v[1])), least_(std::uint64_t(v[2])), history_(std::size_t(v[3])) {}

    flow::ColSet columns() const override {
        return flow::cols(Col::src, Col::dst, Col::start, Col::bytes, Col::reverseBytes);
    }

    void add(const Rows& rows) override {
        ids_.clear();
        rows.each([&](std::size_t i) { ids_.push_back(idOf(rows.columns, rows.side, i)); });
        numbers_.resize(ids_.size());
        map_.add(ids_, numbers_.data());
        makeRoom();
        std::size_t k = 0;
        rows.each([&](std::size_t i) { bytes_[numbers_[k++]] += bytesOf(rows.columns, rows.side, i); });
    }

    void merge(BuiltIn& built) override {
        Exfiltration& other = static_cast<Exfiltration&>(built);
        numbers_.resize(other.map_.size());
        map_.add(other.map_.ids(), numbers_.data());
        makeRoom();
        for (std::size_t i = 0; i < numbers_.size(); ++i) bytes_[numbers_[i]] += other.bytes_[i];
        other.map_ = {};
        other.bytes_.clear();
    }

    void judge() override {
        std::vector<std::uint32_t> order(map_.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        std::erase_if(order, [&](std::uint32_t i) { return bytes_[i] == 0; });
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return map_[a].ends != map_[b].ends ? map_[a].ends < map_[b].ends : bytes_[a] < bytes_[b];
        });
        std::vector<GroupId> ids;
        for (auto from = order.begin(); from != order.end();) {
            const auto to =
                std::find_if(from, order.end(), [&](std::uint32_t i) { return map_[i].ends != map_[*from].ends; });
            judgeSource({from, to}, ids);
            from = to;
        }
        map_ = {};
        numbers_.resize(ids.size());
        map_.add(ids, numbers_.data());
        bytes_ = {};
        numbers_ = {};
    }

    bool counts(const flow::RecordColumns& c, flow::Side side, std::size_t row) const override {
        return map_.find(idOf(c, side, row)) != GroupMap::kNone;
    }

    std::string evidence(const flow::RecordColumns& c, flow::Side side, std::size_t row,
                         const flow::AddressTable& addresses) const override {
        const GroupId id = idOf(c, side, row);
        const Burst& b = bursts_[map_.find(id)];
        return toText(addresses[sourceOf(c, side, row)]) + " sent " + grouped(b.bytes) + " bytes in the " +
               spanText(binUs_) + " from " + utcText(id.bin * binUs_).substr(0, 19) + "Z; the median of its " +
               grouped(b.others) + " other intervals is " + grouped(b.usual);
    }

private:
    struct Burst {
        std::uint64_t bytes = 0, usual = 0, others = 0;
    };

    GroupId idOf(const flow::RecordColumns& c, flow::Side side, std::size_t i) const {
        return {sourceOf(c, side, i), 0, floorDiv(c.start[i], binUs_)};
    }
    void makeRoom() { bytes_.resize(map_.size()); }

    /// Intervals of a source, by bytes.
    void judgeSource(std::span<const std::uint32_t> whiles, std::vector<GroupId>& ids) {
        const std::size_t others = whiles.size() - 1;
        if (others < history_) return;
        const std::size_t middle = (others - 1) / 2;  // of the others, the lower one of two
        for (std::size_t i = 0; i < whiles.size(); ++i) {
            const std::uint64_t bytes = bytes_[whiles[i]], usual = bytes_[whiles[middle < i ? middle : middle + 1]];
            if (bytes < least_ || double(bytes) < factor_ * double(usual)) continue;
            ids.push_back(map_[whiles[i]]);
            bursts_.push_back({bytes, usual, others});
        }
    }

    const double factor_;
    const std::int64_t binUs_;
    const std::uint64_t least_;
    const std::size_t history_;
    GroupMap map_;                      ///< by source and interval; after judge() only those that count
    std::vector<std::uint64_t> bytes_;  ///< by number in map_, until judge()
    std::vector<Burst> bursts_;         ///< by number in map_, after judge()
    std::vector<std::uint32_t> numbers_;
    std::vector<GroupId> ids_;
};

}  // namespace

extern const BuiltInDef kExfiltration;
const BuiltInDef kExfiltration = {
    "exfiltration",
    "any",
    "the source sends far more in one interval than usual",
    "its source sends no more than usual, or has too little traffic to tell",
    kExfiltrationParameters,
    [](std::span<const double> v) -> std::unique_ptr<BuiltIn> { return std::make_unique<Exfiltration>(v); }};

}  // namespace weir::score
