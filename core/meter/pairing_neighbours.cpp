// Neighbours: small hash sets with a bit filter before them, as most look-ups find nothing.
#include "core/meter/pairing_neighbours.h"

#include "core/base/buffer.h"
#include "core/meter/pairing_keys.h"

#include <algorithm>
#include <bit>
#include <span>

namespace weir::meter {
namespace {

constexpr std::uint8_t kDirections = flow::kOutflow | flow::kInflow | flow::kBiflow;

/// 16 bits per expected member; tells "surely not" from a hash's top bits.
class BitFilter {
public:
    explicit BitFilter(std::size_t members) {
        const std::size_t bits = std::bit_ceil(std::max<std::size_t>(64, members * 16));
        shift_ = 64 - unsigned(std::countr_zero(bits));
        words_.assign(bits / 64, 0);
    }
    void add(std::uint64_t hash) { words_[hash >> shift_ >> 6] |= 1ull << (hash >> shift_ & 63); }
    bool mayHold(std::uint64_t hash) const { return words_[hash >> shift_ >> 6] >> (hash >> shift_ & 63) & 1; }

private:
    unsigned shift_;
    Buffer<std::uint64_t> words_;
};

PairingKey keyOf(const flow::DerivedFlows& f, std::size_t row) {
    return {f.local[row], f.remote[row], f.localPort[row], f.remotePort[row], f.protocol[row], 0};
}

/// Rows by key.
class RowTable {
public:
    RowTable(const flow::DerivedFlows& flows, std::span<const std::uint32_t> rows)
        : flows_(flows), slots_(std::bit_ceil(rows.size() * 2 + 2), 0),
          shift_(64 - unsigned(std::countr_zero(slots_.size()))) {
        for (const std::uint32_t row : rows) {
            std::size_t at = hashOf(keyOf(flows, row)) >> shift_;
            while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = row + 1;
        }
    }
    /// The row + 1 of the key, or 0.
    std::uint32_t find(const PairingKey& key, std::uint64_t hash) const {
        std::size_t at = hash >> shift_;
        while (slots_[at] != 0 && !(keyOf(flows_, slots_[at] - 1) == key)) at = (at + 1) & (slots_.size() - 1);
        return slots_[at];
    }

private:
    const flow::DerivedFlows& flows_;
    Buffer<std::uint32_t> slots_;
    unsigned shift_;
};

/// `a` is one-way and `b` has packets in the direction that `a` lacks.
bool getsReverse(std::uint8_t a, std::uint8_t b) {
    const std::uint8_t da = a & kDirections, db = b & kDirections;
    return da != flow::kBiflow && db != da;
}

std::uint64_t pairOf(const flow::DerivedFlows& f, std::size_t row) {
    return std::uint64_t{f.local[row]} << 32 | f.remote[row];
}

}  // namespace

std::vector<Continuation> findContinuations(const flow::DerivedFlows& flows, std::size_t b) {
    std::vector<Continuation> found;
    if (b + 1 >= flows.bins.size() || flows.bins[b + 1].bin != flows.bins[b].bin + 1) return found;
    std::vector<std::uint32_t> late;
    for (std::uint32_t row = flows.bins[b].begin; row < flows.bins[b].end; ++row)
        if (flows.kind[row] & flow::kLate) late.push_back(row);
    if (late.empty()) return found;
    BitFilter filter(late.size());
    for (const std::uint32_t row : late) filter.add(hashOf(keyOf(flows, row)));
    const RowTable table(flows, late);
    for (std::uint32_t row = flows.bins[b + 1].begin; row < flows.bins[b + 1].end; ++row) {
        const PairingKey key = keyOf(flows, row);
        const std::uint64_t hash = hashOf(key);
        if (!filter.mayHold(hash)) continue;
        const std::uint32_t held = table.find(key, hash);
        if (held == 0) continue;
        const std::uint8_t before = flows.kind[held - 1], after = flows.kind[row];
        found.push_back({held - 1, row, getsReverse(before, after), getsReverse(after, before)});
    }
    return found;
}

void applyContinuations(const std::vector<Continuation>& found, bool acrossIntervals, flow::DerivedFlows& flows) {
    const auto toBiflow = [&](std::uint32_t row) {
        flows.kind[row] = std::uint8_t((flows.kind[row] & ~kDirections) | flow::kBiflow);
    };
    for (const Continuation& c : found) {
        flows.kind[c.next] = std::uint8_t(flows.kind[c.next] | flow::kEarly);
        if (!acrossIntervals) continue;
        if (c.lateGetsReverse) toBiflow(c.late);
        if (c.nextGetsReverse) toBiflow(c.next);
    }
}

/// Turns the search round: a filter of all biflow pairs leaves few one-way flows, and only their pairs are held
/// exactly.
std::vector<std::uint32_t> findUnibiflows(const flow::DerivedFlows& flows, std::size_t b, std::uint32_t shard,
                                          std::uint32_t shards) {
    const auto [bin, begin, end] = flows.bins[b];
    const auto hashAt = [&](std::uint32_t row) { return mix(pairOf(flows, row), 0); };
    const auto mine = [&](std::uint64_t hash) { return shards == 1 || ((hash & 0xffffffffu) * shards >> 32) == shard; };
    const auto isBiflow = [&](std::uint32_t row) { return (flows.kind[row] & flow::kBiflow) != 0; };
    std::vector<std::uint32_t> biflows, oneWay;
    for (std::uint32_t row = begin; row < end; ++row)
        if (isBiflow(row) && mine(hashAt(row))) biflows.push_back(row);
    BitFilter answered(biflows.size());
    for (const std::uint32_t row : biflows) answered.add(hashAt(row));
    for (std::uint32_t row = begin; row < end; ++row)
        if (const std::uint64_t hash = hashAt(row); !isBiflow(row) && answered.mayHold(hash) && mine(hash))
            oneWay.push_back(row);

    BitFilter asked(oneWay.size());
    for (const std::uint32_t row : oneWay) asked.add(hashAt(row));
    std::vector<std::uint64_t> pairs;  // of biflows that a one-way flow may share
    for (const std::uint32_t row : biflows)
        if (asked.mayHold(hashAt(row))) pairs.push_back(pairOf(flows, row));
    std::sort(pairs.begin(), pairs.end());
    std::erase_if(
        oneWay, [&](std::uint32_t row) { return !std::binary_search(pairs.begin(), pairs.end(), pairOf(flows, row)); });
    return oneWay;
}

}  // namespace weir::meter
