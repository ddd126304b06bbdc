// Counts into an open-addressing table: hashes a batch of keys, prefetches their slots, then their entries, then adds.
#include "core/base/parallel.h"
#include "core/tally/group_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace weir::tally {
namespace {

constexpr std::size_t kBatch = 64;
constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;

std::uint64_t hashOf(const std::uint64_t* key, unsigned words) {
    std::uint64_t h = 0;
    for (unsigned w = 0; w < words; ++w) {
        h = (h ^ key[w]) * kOdd;
        h ^= h >> 32;
    }
    return h * kOdd;
}

/// Groups in order of first appearance. A slot holds the upper half of the hash and group + 1; 0 = free.
/// W = words of a key; 0 = known at run time only.
template <unsigned W>
class Store {
public:
    explicit Store(unsigned words) : words_(words) { slots_.assign(1024, 0); }
    unsigned words() const { return W ? W : words_; }
    std::size_t size() const { return sums_.size(); }
    const std::uint64_t* key(std::size_t group) const { return keys_.data() + group * words(); }
    const Sums& sums(std::size_t group) const { return sums_[group]; }

    void prefetchSlot(std::uint64_t hash) const { __builtin_prefetch(slots_.data() + place(hash)); }
    void prefetchGroup(std::uint64_t hash) const {
        const auto group = std::uint32_t(slots_[place(hash)]);
        if (group == 0) return;
        __builtin_prefetch(sums_.data() + (group - 1), 1);
        __builtin_prefetch(keys_.data() + std::size_t(group - 1) * words());
    }
    Sums& at(const std::uint64_t* key, std::uint64_t hash) {
        const std::uint64_t tag = hash >> 32;
        for (std::size_t i = place(hash);; i = (i + 1) & (slots_.size() - 1)) {
            const std::uint64_t slot = slots_[i];
            if (slot == 0) return insert(i, key, tag);
            const auto group = std::size_t(std::uint32_t(slot)) - 1;
            if (slot >> 32 == tag && std::memcmp(this->key(group), key, words() * sizeof(std::uint64_t)) == 0)
                return sums_[group];
        }
    }

private:
    /// The tag is the upper half of the hash: growing the table needs nothing else.
    std::size_t place(std::uint64_t hash) const { return placeOfTag(hash >> 32); }
    std::size_t placeOfTag(std::uint64_t tag) const { return std::size_t(tag * slots_.size() >> 32); }
    Sums& insert(std::size_t at, const std::uint64_t* key, std::uint64_t tag) {
        slots_[at] = tag << 32 | (sums_.size() + 1);
        keys_.append({key, words()});
        sums_.push_back({});
        if (sums_.size() * 2 > slots_.size()) grow();
        return sums_.back();
    }
    void grow() {
        Buffer<std::uint64_t> old(slots_.size() * 2, 0);
        std::swap(old, slots_);
        for (const std::uint64_t slot : old) {
            if (slot == 0) continue;
            std::size_t i = placeOfTag(slot >> 32);
            while (slots_[i] != 0) i = (i + 1) & (slots_.size() - 1);
            slots_[i] = slot;
        }
    }
    unsigned words_;
    Buffer<std::uint64_t> slots_, keys_;
    Buffer<Sums> sums_;
};

template <unsigned W>
class HashedTable final : public GroupTable {
public:
    explicit HashedTable(const KeySets& keys) : keys_(keys), store_(keys.plan.words()) {
        for (std::size_t a = 0; a < keys.alternatives.size(); ++a) readers_.push_back(keys.reader(a));
    }
    Status add(const Visit& v, std::size_t alternative) override {
        if (auto s = needCounters(v, true, true, true); !s) return s;
        if (auto s = readers_[alternative].pack(keys_.plan, v.batch, v.side, packed_); !s) return s;
        const std::uint64_t *packets = packetsOf(v), *bytes = bytesOf(v);
        const std::int64_t *start = v.batch.columns().start.data(), *end = v.batch.columns().end.data();
        std::uint64_t hashes[kBatch];
        const unsigned words = store_.words();
        for (std::size_t from = 0; from < v.pick.n; from += kBatch) {
            const std::size_t n = std::min(kBatch, v.pick.n - from);
            const auto row = [&](std::size_t k) { return v.pick.rows ? std::size_t(v.pick.rows[from + k]) : from + k; };
            for (std::size_t k = 0; k < n; ++k) {
                hashes[k] = hashOf(packed_.data() + row(k) * words, words);
                store_.prefetchSlot(hashes[k]);
            }
            for (std::size_t k = 0; k < n; ++k) store_.prefetchGroup(hashes[k]);
            for (std::size_t k = 0; k < n; ++k) {
                const std::size_t i = row(k);
                store_.at(packed_.data() + i * words, hashes[k]).add({1, packets[i], bytes[i], start[i], end[i]});
            }
        }
        return ok();
    }
    const Store<W>& store() const { return store_; }

private:
    const KeySets& keys_;
    Store<W> store_;
    std::vector<KeyReader> readers_;
    Buffer<std::uint64_t> packed_;
};

template <unsigned W>
class HashedTables final : public GroupTables {
public:
    explicit HashedTables(const KeySets& keys) : keys_(keys) {}
    std::unique_ptr<GroupTable> make() override { return std::make_unique<HashedTable<W>>(keys_); }

    /// Each part joins the groups whose hashes fall into it.
    std::uint64_t collect(std::span<const std::unique_ptr<GroupTable>> tables, std::vector<Highest>& highest) override {
        std::vector<const Store<W>*> all;
        for (const auto& table : tables)
            if (table) all.push_back(&static_cast<const HashedTable<W>&>(*table).store());
        std::vector<std::uint64_t> counts(highest.size(), 0);
        const std::size_t parts = highest.size();
        parallelFor(parts, unsigned(parts), [&](std::size_t part, unsigned) {
            Store<W> joined(keys_.plan.words());
            const unsigned words = joined.words();
            for (const auto* store : all)
                for (std::size_t g = 0; g < store->size(); ++g) {
                    const std::uint64_t hash = hashOf(store->key(g), words);
                    if ((hash & 0xffffffffu) * parts >> 32 == part) joined.at(store->key(g), hash).add(store->sums(g));
                }
            for (std::size_t g = 0; g < joined.size(); ++g) highest[part].add(joined.key(g), joined.sums(g));
            counts[part] = joined.size();
            return true;
        });
        std::uint64_t count = 0;
        for (const std::uint64_t c : counts) count += c;
        return count;
    }

private:
    const KeySets& keys_;
};

}  // namespace

std::unique_ptr<GroupTables> hashedTables(const KeySets& keys) {
    switch (keys.plan.words()) {
        case 1: return std::make_unique<HashedTables<1>>(keys);
        case 2: return std::make_unique<HashedTables<2>>(keys);
        default: return std::make_unique<HashedTables<0>>(keys);
    }
}

}  // namespace weir::tally
