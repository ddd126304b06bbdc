// Counts into arrays by value: ports and bytes into several small tables, hosts into one large table with prefetch.
#include "core/base/parallel.h"
#include "core/tally/group_table.h"

#include <algorithm>
#include <atomic>

namespace weir::tally {
namespace {

constexpr std::size_t kAhead = 24;  ///< rows between the prefetch of a cell and its use
constexpr std::size_t kLanes = 2;   ///< parallel tables, so that equal neighbours do not wait for each other's store
constexpr std::uint64_t kLaneRows = 1u << 31;  ///< a lane's 32-bit counters are flushed before this many rows

struct FlowCell {
    std::uint64_t flows = 0;
    void addTo(Sums& s, Measure) const { s.flows += flows; }
};
struct SumCell {
    std::uint64_t flows = 0, sum = 0;
    void addTo(Sums& s, Measure measure) const {
        s.flows += flows;
        (measure == Measure::packets ? s.packets : s.bytes) += sum;
    }
};
struct FullCell : Sums {
    void addTo(Sums& s, Measure) const { s.add(*this); }
};

/// Calls update(cell of the row, row) for every selected row.
template <class Cell, class T, class Update>
void eachCell(Cell* cells, const T* values, const RowPick& pick, Update update) {
    const auto at = [&](std::size_t k) { return pick.rows ? std::size_t(pick.rows[k]) : k; };
    std::size_t k = 0;
    if constexpr (sizeof(T) >= 4)
        for (; k + kAhead < pick.n; ++k) {
            __builtin_prefetch(cells + values[at(k + kAhead)], 1);
            update(cells[values[at(k)]], at(k));
        }
    for (; k < pick.n; ++k) update(cells[values[at(k)]], at(k));
}

/// Flows by value. Counters are small, so that the tables stay in a near cache and few new pages are touched.
class LaneCounter {
public:
    explicit LaneCounter(std::size_t domain) : domain_(domain), lanes_(Buffer<std::uint32_t>::zeros(domain * kLanes)) {}

    template <class T>
    void add(const T* values, const RowPick& pick) {
        if (rows_ + pick.n > kLaneRows) flush();
        rows_ += pick.n;
        std::uint32_t* const lane[kLanes] = {lanes_.data(), lanes_.data() + domain_};
        std::size_t k = 0;
        if (pick.rows) {
            for (; k + kLanes <= pick.n; k += kLanes)
                for (std::size_t j = 0; j < kLanes; ++j) ++lane[j][values[pick.rows[k + j]]];
            for (; k < pick.n; ++k) ++lane[0][values[pick.rows[k]]];
            return;
        }
        for (; k + kLanes <= pick.n; k += kLanes)
            for (std::size_t j = 0; j < kLanes; ++j) ++lane[j][values[k + j]];
        for (; k < pick.n; ++k) ++lane[0][values[k]];
    }
    FlowCell operator[](std::size_t value) const {
        return {std::uint64_t{lanes_[value]} + lanes_[domain_ + value] + (flushed_.empty() ? 0 : flushed_[value])};
    }

private:
    void flush() {
        if (flushed_.empty()) flushed_ = Buffer<std::uint64_t>::zeros(domain_);
        for (std::size_t v = 0; v < domain_; ++v) flushed_[v] += std::uint64_t{lanes_[v]} + lanes_[domain_ + v];
        std::fill(lanes_.begin(), lanes_.end(), 0);
        rows_ = 0;
    }
    std::size_t domain_;
    Buffer<std::uint32_t> lanes_;
    Buffer<std::uint64_t> flushed_;
    std::uint64_t rows_ = 0;
};

template <class Cell>
class DenseTable final : public GroupTable {
public:
    DenseTable(const KeySets& keys, std::size_t domain, Measure measure) : measure_(measure) {
        for (std::size_t a = 0; a < keys.alternatives.size(); ++a) readers_.push_back(keys.reader(a));
        if (std::is_same_v<Cell, FlowCell> && domain <= 65536)
            lanes_ = std::make_unique<LaneCounter>(domain);
        else
            cells_.assign(domain, Cell{});
    }

    Status add(const Visit& v, std::size_t alternative) override {
        if (auto s = needCounters(v, measure_ == Measure::packets || measure_ == Measure::all,
                                  measure_ == Measure::bytes || measure_ == Measure::all, measure_ == Measure::all);
            !s)
            return s;
        const auto values = readers_[alternative].values(0, v.batch, v.side);
        if (!values) return values.error();
        std::visit([&](const auto* column) { addColumn(column, v); }, *values);
        return ok();
    }
    Cell cell(std::size_t value) const {
        if constexpr (std::is_same_v<Cell, FlowCell>)
            if (lanes_) return (*lanes_)[value];
        return cells_[value];
    }

private:
    template <class T>
    void addColumn(const T* values, const Visit& v) {
        if constexpr (std::is_same_v<Cell, FlowCell>) {
            if (lanes_) return lanes_->add(values, v.pick);
            eachCell(cells_.data(), values, v.pick, [](FlowCell& c, std::size_t) { ++c.flows; });
        } else if constexpr (std::is_same_v<Cell, SumCell>) {
            const std::uint64_t* sum = measure_ == Measure::packets ? packetsOf(v) : bytesOf(v);
            eachCell(cells_.data(), values, v.pick, [sum](SumCell& c, std::size_t row) {
                ++c.flows;
                c.sum += sum[row];
            });
        } else {
            const std::uint64_t *packets = packetsOf(v), *bytes = bytesOf(v);
            const std::int64_t *start = v.batch.columns().start.data(), *end = v.batch.columns().end.data();
            eachCell(cells_.data(), values, v.pick, [=](FullCell& c, std::size_t row) {
                c.add({1, packets[row], bytes[row], start[row], end[row]});
            });
        }
    }
    Measure measure_;
    Buffer<Cell> cells_;
    std::vector<KeyReader> readers_;
    std::unique_ptr<LaneCounter> lanes_;
};

template <class Cell>
class DenseTables final : public GroupTables {
public:
    DenseTables(const KeySets& keys, Measure measure)
        : keys_(keys), domain_(domainOf(keys.alternatives[0][0], keys.input)), measure_(measure) {}
    std::unique_ptr<GroupTable> make() override { return std::make_unique<DenseTable<Cell>>(keys_, domain_, measure_); }

    std::uint64_t collect(std::span<const std::unique_ptr<GroupTable>> tables, std::vector<Highest>& highest) override {
        std::vector<const DenseTable<Cell>*> all;
        for (const auto& table : tables)
            if (table) all.push_back(&static_cast<const DenseTable<Cell>&>(*table));
        std::atomic<std::uint64_t> count{0};
        const std::size_t parts = highest.size();
        const unsigned shift = keys_.plan.place(0).shift;
        parallelFor(parts, unsigned(parts), [&](std::size_t part, unsigned) {
            std::uint64_t found = 0;
            for (std::size_t value = domain_ * part / parts; value < domain_ * (part + 1) / parts; ++value) {
                Sums s;
                for (const auto* table : all) table->cell(value).addTo(s, measure_);
                if (s.flows == 0) continue;
                ++found;
                const std::uint64_t key = std::uint64_t(value) << shift;
                highest[part].add(&key, s);
            }
            count += found;
            return true;
        });
        return count;
    }

private:
    const KeySets& keys_;
    std::size_t domain_;
    Measure measure_;
};

}  // namespace

std::unique_ptr<GroupTables> denseTables(const KeySets& keys, Measure measure) {
    if (measure == Measure::flows) return std::make_unique<DenseTables<FlowCell>>(keys, measure);
    if (measure == Measure::all) return std::make_unique<DenseTables<FullCell>>(keys, measure);
    return std::make_unique<DenseTables<SumCell>>(keys, measure);
}

}  // namespace weir::tally
