// Joining address lists: sort all, number the distinct ones in order, remember where each went.
#include "core/flow/address_dictionary.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace weir::flow {
namespace {

/// New ids of a concatenation of lists, and the ordered distinct keys.
template <class Key>
struct Numbered {
    Buffer<Key> keys;
    Buffer<HostId> newId;  ///< by place in the concatenation
};

// An entry is `address << 32 | place in the concatenation`: sorting entries orders by address, then by place.
using Entry = std::uint64_t;

/// Least significant digit first over the 24 address bits below the bucket's; stable.
void sortBucket(std::span<Entry> entries, Buffer<Entry>& spare) {
    if (entries.size() < 512) {
        std::sort(entries.begin(), entries.end());
        return;
    }
    spare.resize(entries.size());
    std::span<Entry> from = entries, to = spare;
    for (unsigned shift : {32u, 40u, 48u}) {
        std::array<std::size_t, 257> at{};
        for (const Entry e : from) ++at[(e >> shift & 255) + 1];
        for (std::size_t d = 0; d < 256; ++d) at[d + 1] += at[d];
        for (const Entry e : from) to[at[e >> shift & 255]++] = e;
        std::swap(from, to);
    }
    std::copy(from.begin(), from.end(), entries.begin());
}

/// Entries grouped by the highest address byte; bounds[b] .. bounds[b + 1] is group b.
struct Grouped {
    Buffer<Entry> entries;
    std::array<std::size_t, 257> bounds{};
};

Grouped groupByHighByte(std::span<const std::span<const std::uint32_t>> lists) {
    Grouped g;
    std::array<std::size_t, 257> counts{};
    for (const auto& list : lists)
        for (const std::uint32_t a : list) ++counts[(a >> 24) + 1];
    for (std::size_t b = 0; b < 256; ++b) g.bounds[b + 1] = g.bounds[b] + counts[b + 1];
    assert(g.bounds[256] < kNoHost);
    g.entries.resize(g.bounds[256]);
    auto at = g.bounds;
    std::uint64_t place = 0;
    for (const auto& list : lists)
        for (const std::uint32_t a : list) g.entries[at[a >> 24]++] = std::uint64_t(a) << 32 | place++;
    return g;
}

Numbered<std::uint32_t> numberV4(std::span<const std::span<const std::uint32_t>> lists, unsigned threads) {
    Grouped g = groupByHighByte(lists);
    std::array<std::size_t, 257> distinct{};
    std::vector<Buffer<Entry>> spares(std::max(threads, 1u));
    const auto group = [&](std::size_t b) {
        return std::span<Entry>(g.entries).subspan(g.bounds[b], g.bounds[b + 1] - g.bounds[b]);
    };
    parallelFor(256, threads, [&](std::size_t b, unsigned worker) {
        const auto entries = group(b);
        sortBucket(entries, spares[worker]);
        for (std::size_t i = 0; i < entries.size(); ++i)
            distinct[b + 1] += i == 0 || entries[i] >> 32 != entries[i - 1] >> 32;
        return true;
    });
    for (std::size_t b = 0; b < 256; ++b) distinct[b + 1] += distinct[b];

    Numbered<std::uint32_t> out{Buffer<std::uint32_t>(distinct[256]), Buffer<HostId>(g.entries.size())};
    parallelFor(256, threads, [&](std::size_t b, unsigned) {
        const auto entries = group(b);
        std::size_t next = distinct[b];
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (i == 0 || entries[i] >> 32 != entries[i - 1] >> 32) out.keys[next++] = std::uint32_t(entries[i] >> 32);
            out.newId[entries[i] & 0xffffffffu] = HostId(next - 1);
        }
        return true;
    });
    return out;
}

Numbered<IpAddr> numberV6(std::span<const std::span<const IpAddr>> lists) {
    struct Entry6 {
        IpAddr key;
        std::uint32_t place;
    };
    std::size_t total = 0;
    for (const auto& list : lists) total += list.size();
    assert(total < kNoHost);
    Buffer<Entry6> entries(total);
    std::uint32_t place = 0;
    for (const auto& list : lists)
        for (const IpAddr& a : list) {
            entries[place] = {a, place};
            ++place;
        }
    std::sort(entries.begin(), entries.end(), [](const Entry6& a, const Entry6& b) { return a.key < b.key; });
    Numbered<IpAddr> out{{}, Buffer<HostId>(total)};
    for (const Entry6& e : entries) {
        if (out.keys.empty() || out.keys.back() != e.key) out.keys.push_back(e.key);
        out.newId[e.place] = HostId(out.keys.size() - 1);
    }
    return out;
}

}  // namespace

MergedAddresses mergeAddresses(std::span<const AddressDictionary> dictionaries, unsigned threads) {
    std::vector<std::span<const std::uint32_t>> lists4;
    std::vector<std::span<const IpAddr>> lists6;
    for (const AddressDictionary& d : dictionaries) {
        lists4.push_back(d.v4());
        lists6.push_back(d.v6());
    }
    auto v4 = numberV4(lists4, threads);
    auto v6 = numberV6(lists6);
    for (HostId& id : v6.newId) id += HostId(v4.keys.size());

    MergedAddresses out;
    out.newV4 = std::move(v4.newId);
    out.newV6 = std::move(v6.newId);
    std::size_t at4 = 0, at6 = 0;
    for (std::size_t i = 0; i < dictionaries.size(); ++i) {
        out.remaps.push_back(
            {out.newV4.span().subspan(at4, lists4[i].size()), out.newV6.span().subspan(at6, lists6[i].size())});
        at4 += lists4[i].size();
        at6 += lists6[i].size();
    }
    out.table = AddressTable(std::move(v4.keys), std::move(v6.keys));
    return out;
}

JoinedTables joinTables(std::span<const AddressTable* const> tables) {
    JoinedTables out;
    if (tables.size() == 1) {
        out.table = AddressTable(tables[0]->v4().clone(), tables[0]->v6().clone());
        out.remaps.resize(1);
        return out;
    }
    std::vector<std::span<const std::uint32_t>> lists4;
    std::vector<std::span<const IpAddr>> lists6;
    for (const AddressTable* t : tables) {
        lists4.push_back(t->v4());
        lists6.push_back(t->v6());
    }
    auto v4 = numberV4(lists4, 1);
    auto v6 = numberV6(lists6);
    std::size_t at4 = 0, at6 = 0;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        Buffer<HostId> remap;
        remap.append(v4.newId.span().subspan(at4, lists4[i].size()));
        for (std::size_t k = 0; k < lists6[i].size(); ++k) remap.push_back(v6.newId[at6 + k] + HostId(v4.keys.size()));
        out.remaps.push_back(std::move(remap));
        at4 += lists4[i].size();
        at6 += lists6[i].size();
    }
    out.table = AddressTable(std::move(v4.keys), std::move(v6.keys));
    return out;
}

}  // namespace weir::flow
