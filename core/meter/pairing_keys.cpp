// KeyTable: batches of rows with two prefetch stages, slot first, then key.
#include "core/meter/pairing_keys.h"

#include <algorithm>
#include <bit>

namespace weir::meter {

flow::ColSet keyColumns() {
    using flow::Col;
    return flow::cols(Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::protocol);
}

HostBitsIndex::HostBitsIndex(std::span<const std::uint8_t> bits)
    : bits_(bits), blocks_((bits.size() >> kShift) + 1, 0) {
    for (std::size_t block = 0; block << kShift < bits.size(); ++block) {
        const auto ids =
            bits.subspan(block << kShift, std::min<std::size_t>(1u << kShift, bits.size() - (block << kShift)));
        const bool mixed = std::any_of(ids.begin(), ids.end(), [&](std::uint8_t b) { return b != ids.front(); });
        blocks_[block] = mixed ? kMixed : ids.front();
    }
}

struct KeyTable::Batch {
    static constexpr std::size_t kSize = 32;
    std::size_t size = 0;
    PairingKey key[kSize];
    std::uint64_t hash[kSize];
    std::uint32_t row[kSize];       ///< of the project
    std::uint32_t reversed[kSize];  ///< kReversedBit or 0
};

/// One unit being filled.
struct KeyTable::Run {
    KeyUnit& unit;
    std::span<std::uint32_t> flowOfRecord;
    Batch *filling, *waitingForSlots, *waitingForKeys;
};

KeyTable::KeyTable() : batches_(std::make_unique<Batch[]>(3)) {}
KeyTable::~KeyTable() = default;
KeyTable::KeyTable(KeyTable&&) noexcept = default;

void KeyTable::resize(std::uint64_t slots) {
    const std::size_t size = std::bit_ceil(std::max<std::uint64_t>(256, slots));
    shift_ = 64 - unsigned(std::countr_zero(size));
    slots_.assign(size, Slot{});
}

void KeyTable::grow(const KeyUnit& unit) {
    resize(slots_.size() * 2);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t k = 0; k < unit.keys.size(); ++k) {
        const std::uint64_t hash = hashOf(unit.keys[k]);
        std::size_t at = hash >> shift_;
        while (slots_[at].number != 0) at = (at + 1) & mask;
        slots_[at] = {std::uint32_t(k + 1), std::uint32_t(hash)};
    }
}

void KeyTable::prefetchKeys(const KeyUnit& unit, const Batch& batch) const {
    const PairingKey* const known = unit.keys.data();
    for (std::size_t j = 0; j < batch.size; ++j) {
        const Slot& slot = slots_[batch.hash[j] >> shift_];
        if (slot.number != 0 && slot.tag == std::uint32_t(batch.hash[j])) __builtin_prefetch(known + slot.number - 1);
    }
}

void KeyTable::number(const Run& run, const Batch& batch) {
    KeyUnit& unit = run.unit;
    if ((unit.keys.size() + Batch::kSize) * 3 > slots_.size() * 2) grow(unit);
    Slot* const slots = slots_.data();
    const std::size_t mask = slots_.size() - 1;
    const PairingKey* known = unit.keys.data();
    const std::uint32_t shard = unit.shard << kUnitBits;
    for (std::size_t j = 0; j < batch.size; ++j) {
        const auto tag = std::uint32_t(batch.hash[j]);
        std::size_t at = batch.hash[j] >> shift_;
        while (slots[at].number != 0 && !(slots[at].tag == tag && known[slots[at].number - 1] == batch.key[j]))
            at = (at + 1) & mask;
        if (slots[at].number == 0) {
            unit.keys.push_back(batch.key[j]);
            known = unit.keys.data();
            if (unit.shards > 1) unit.firstRow.push_back(batch.row[j]);
            slots[at] = {std::uint32_t(unit.keys.size()), tag};
        }
        run.flowOfRecord[batch.row[j]] = (slots[at].number - 1) | shard | batch.reversed[j];
    }
}

/// Each batch moves on by one stage.
void KeyTable::turn(Run& run) {
    prefetchKeys(run.unit, *run.waitingForSlots);
    number(run, *run.waitingForKeys);
    Batch* const done = run.waitingForKeys;
    run.waitingForKeys = run.waitingForSlots;
    run.waitingForSlots = run.filling;
    run.filling = done;
    done->size = 0;
}

Status KeyTable::fill(KeyUnit& unit, const BinPieces& bin, const flow::ChunkSource& records, ChunkCache& chunks,
                      const HostBitsIndex& hostBits, std::span<std::uint32_t> flowOfRecord) {
    resize(bin.rows / unit.shards);
    unit.keys.reserve(std::max<std::uint64_t>(16, bin.rows / unit.shards));
    for (std::size_t b = 0; b < 3; ++b) batches_[b].size = 0;
    Run run{unit, flowOfRecord, &batches_[0], &batches_[1], &batches_[2]};
    for (const Piece& piece : bin.pieces) {
        const auto read = chunks.acquire(piece.chunk);
        if (!read) return read.error();
        const flow::RecordColumns& c = **read;
        const auto firstRow = std::uint32_t(records.chunks()[piece.chunk].firstRow);
        for (std::uint32_t k = 0; k < piece.count; ++k) {
            const std::size_t i = piece.offsets ? piece.offsets[k] : k;
            const auto o = orient(c.src[i], c.dst[i], c.srcPort[i], c.dstPort[i], c.protocol[i], hostBits[c.src[i]],
                                  hostBits[c.dst[i]]);
            const std::uint64_t hash = hashOf(o.key);
            if (unit.shards > 1 && ((hash & 0xffffffffu) * unit.shards >> 32) != unit.shard) continue;
            Batch& batch = *run.filling;
            const std::size_t j = batch.size++;
            batch.key[j] = o.key;
            batch.hash[j] = hash;
            batch.row[j] = firstRow + std::uint32_t(i);
            batch.reversed[j] = o.reversed ? kReversedBit : 0;
            __builtin_prefetch(slots_.data() + (hash >> shift_), 1);
            if (batch.size == Batch::kSize) turn(run);
        }
        chunks.release(piece.chunk);
    }
    for (int rest = 0; rest < 3; ++rest) turn(run);
    return ok();
}

void rankShards(std::span<KeyUnit> units, std::size_t own) {
    KeyUnit& unit = units[own];
    unit.placeInBin.resize(unit.keys.size());
    std::vector<std::size_t> before(units.size(), 0);  // keys of each other unit with an earlier first record
    for (std::size_t k = 0; k < unit.keys.size(); ++k) {
        std::size_t place = k;
        for (std::size_t u = 0; u < units.size(); ++u) {
            if (u == own) continue;
            while (before[u] < units[u].firstRow.size() && units[u].firstRow[before[u]] < unit.firstRow[k]) ++before[u];
            place += before[u];
        }
        unit.placeInBin[k] = std::uint32_t(place);
    }
}

}  // namespace weir::meter
