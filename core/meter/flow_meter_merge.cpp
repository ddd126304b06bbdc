// The shards of a meter as one batch of records.
#include "core/base/parallel.h"
#include "core/meter/flow_meter.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <type_traits>

namespace weir::meter {
namespace {

/// For each merged row, the shard it comes from: the shards' rows are in order, so this is the whole permutation.
Buffer<std::uint16_t> mergeOrder(const std::vector<FlowMeter::Output>& shards) {
    constexpr auto kNone = std::numeric_limits<std::uint64_t>::max();
    std::size_t rows = 0;
    std::vector<std::size_t> at(shards.size(), 0);
    std::vector<std::uint64_t> head;
    for (const auto& s : shards) {
        rows += s.firstPacket.size();
        head.push_back(s.firstPacket.empty() ? kNone : s.firstPacket[0]);
    }
    Buffer<std::uint16_t> order(rows);
    for (std::uint16_t& from : order) {
        std::size_t lowest = 0;
        for (std::size_t s = 1; s < shards.size(); ++s) lowest = head[s] < head[lowest] ? s : lowest;
        from = static_cast<std::uint16_t>(lowest);
        const auto& numbers = shards[lowest].firstPacket;
        const std::size_t next = ++at[lowest];
        head[lowest] = next < numbers.size() ? numbers[next] : kNone;
    }
    return order;
}

template <class T, class Map>
void mergeColumn(std::vector<Buffer<T>*>& parts, std::span<const std::uint16_t> order, Buffer<T>& out, const Map& map) {
    std::vector<const T*> at;
    for (const Buffer<T>* part : parts) at.push_back(part->data());
    out.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) out[i] = map(order[i], *at[order[i]]++);
    for (Buffer<T>* part : parts) part->release();
}

}  // namespace

Result<MeteredFlows> mergeShards(std::vector<FlowMeter::Output> shards, JobContext& job) {
    assert(!shards.empty() && shards.size() <= std::numeric_limits<std::uint16_t>::max());
    std::vector<flow::AddressDictionary> dictionaries;
    for (auto& s : shards) dictionaries.push_back(std::move(s.addresses));
    if (job.cancelled()) return cancelledError();
    flow::MergedAddresses merged = flow::mergeAddresses(dictionaries, job.threads());
    dictionaries.clear();
    if (job.cancelled()) return cancelledError();

    MeteredFlows out;
    out.addresses = std::move(merged.table);
    const Buffer<std::uint16_t> order = mergeOrder(shards);
    const bool whole = parallelFor(flow::kColCount, job.threads(), [&](std::size_t column, unsigned) {
        flow::forEachColumn(out.records, [&](flow::Col col, auto& target) {
            if (static_cast<std::size_t>(col) != column) return;
            using T = typename std::remove_reference_t<decltype(target)>::value_type;
            std::vector<Buffer<T>*> parts;
            for (auto& s : shards)
                flow::forEachColumn(s.records, [&](flow::Col other, auto& part) {
                    if constexpr (std::is_same_v<std::remove_reference_t<decltype(part)>, Buffer<T>>)
                        if (other == col) parts.push_back(&part);
                });
            if (std::all_of(parts.begin(), parts.end(), [](const Buffer<T>* part) { return part->empty(); })) return;
            if constexpr (std::is_same_v<T, flow::HostId>)
                if (col == flow::Col::src || col == flow::Col::dst)
                    return mergeColumn(parts, order, target,
                                       [&](std::size_t s, flow::HostId id) { return merged.remaps[s](id); });
            if (parts.size() == 1)
                target = std::move(*parts[0]);
            else
                mergeColumn(parts, order, target, [](std::size_t, T v) { return v; });
        });
        return !job.cancelled();
    });
    if (!whole) return cancelledError();
    return out;
}

}  // namespace weir::meter
