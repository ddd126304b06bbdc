// Batches of packets through the flow caches of both families, and the flows as columns.
#include "core/meter/flow_meter.h"

#include "core/meter/flow_cache.h"

#include <array>
#include <cassert>
#include <random>

namespace weir::meter {
namespace {

using V4 = std::uint32_t;
using V6 = flow::IpAddr;
constexpr std::size_t kBatch = 64;
constexpr std::size_t kRowsPerLook = 65536;  ///< between looks at whether to stop

HashSeed processSeed() {
    static const HashSeed seed = [] {
        std::random_device random;
        const auto number = [&] { return std::uint64_t{random()} << 32 | random() | 1; };
        return HashSeed{number(), number()};
    }();
    return seed;
}

template <class Address>
struct Batch {
    std::array<typename FlowCache<Address>::Lookup, kBatch> lookups;
    std::size_t size = 0;
};

/// Writes the columns of a flow but for its addresses.
template <class Address>
void writeRow(const FlowEntry<Address>& e, std::size_t row, FlowMeter::Output& out) {
    flow::RecordColumns& r = out.records;
    r.start[row] = e.first;
    r.end[row] = e.last;
    r.srcPort[row] = e.forwardFromB ? e.portB : e.portA;
    r.dstPort[row] = e.forwardFromB ? e.portA : e.portB;
    r.icmpTypeCode[row] = e.icmpTypeCode;
    r.protocol[row] = e.protocol;
    r.tcpFlags[row] = e.flags[0];
    r.packets[row] = e.packets[0];
    r.bytes[row] = e.bytes[0];
    r.reverseTcpFlags[row] = e.flags[1];
    r.reversePackets[row] = e.packets[1];
    r.reverseBytes[row] = e.bytes[1];
    out.firstPacket[row] = e.firstPacket();
}

}  // namespace

struct FlowMeter::Cache {
    Cache(const MeterSettings& settings, unsigned shardNumber, unsigned shardCount)
        : v4(settings, processSeed()), v6(settings, processSeed()), shard(shardNumber), shards(shardCount) {
        assert(shard < shards);
    }
    /// Notes the packet if its key falls to this shard.
    template <class Address>
    void look(const DirectedKey<Address>& key, const flow::PacketRecord& packet, FlowCache<Address>& cache,
              Batch<Address>& batch) {
        const std::uint64_t hash = hashKey(key.key, seed);
        if (shards > 1 && ((hash >> 32) * shards) >> 32 != shard) return;
        const auto tag = static_cast<std::uint32_t>(hash);
        cache.prefetchSlot(tag);
        batch.lookups[batch.size++] = {key, tag, &packet, packetNumber};
    }
    void add(std::span<const flow::PacketRecord> packets);
    template <class Address>
    static void flush(FlowCache<Address>& cache, Batch<Address>& batch) {
        for (std::size_t i = 0; i < batch.size; ++i) cache.prefetchFlow(batch.lookups[i].tag);
        for (std::size_t i = 0; i < batch.size; ++i) cache.add(batch.lookups[i]);
        batch.size = 0;
    }
    void writeV6(Output& out, Buffer<std::uint64_t>& firstPackets, const std::stop_token& stop);
    void writeV4(Output& out, std::span<const std::uint64_t> firstPacketsV6, const std::stop_token& stop);

    FlowCache<V4> v4;
    FlowCache<V6> v6;
    Batch<V4> batch4;
    Batch<V6> batch6;
    HashSeed seed = processSeed();
    unsigned shard, shards;
    std::uint64_t packetNumber = 0;
};

void FlowMeter::Cache::add(std::span<const flow::PacketRecord> packets) {
    for (const flow::PacketRecord& p : packets) {
        if (p.v6)
            look(directedKey<V6>(p.src, p.dst, p), p, v6, batch6);
        else
            look(directedKey<V4>(p.src.v4Value(), p.dst.v4Value(), p), p, v4, batch4);
        ++packetNumber;
    }
    flush(v4, batch4);
    flush(v6, batch6);
}

/// Rows are in order of first packets; both caches hold their flows in that order, so a row is the place in the own
/// cache plus the number of earlier flows in the other one.
void FlowMeter::Cache::writeV6(Output& out, Buffer<std::uint64_t>& firstPackets, const std::stop_token& stop) {
    std::size_t earlierV4 = 0;
    for (std::size_t i = 0; i < v6.size(); ++i) {
        if (i % kRowsPerLook == 0 && stop.stop_requested()) return;
        const FlowEntry<V6>& e = v6.flow(i);
        while (earlierV4 < v4.size() && v4.flow(earlierV4).firstPacket() < e.firstPacket()) ++earlierV4;
        const std::size_t row = i + earlierV4;
        writeRow(e, row, out);
        out.records.src[row] = out.addresses.id(e.forwardFromB ? e.b : e.a);
        out.records.dst[row] = out.addresses.id(e.forwardFromB ? e.a : e.b);
        firstPackets.push_back(e.firstPacket());
    }
}

void FlowMeter::Cache::writeV4(Output& out, std::span<const std::uint64_t> firstPacketsV6,
                               const std::stop_token& stop) {
    constexpr std::size_t kPiece = 1024;
    static_assert(FlowCache<V4>::kBlockFlows % kPiece == 0);
    std::array<V4, 2 * kPiece> hosts;
    std::array<flow::HostId, 2 * kPiece> ids;
    std::array<std::size_t, kPiece> rows;
    std::size_t earlierV6 = 0;
    for (std::size_t from = 0; from < v4.size(); from += kPiece) {
        if (from % kRowsPerLook == 0 && stop.stop_requested()) return;
        const std::size_t n = std::min(kPiece, v4.size() - from);
        for (std::size_t i = 0; i < n; ++i) {
            const FlowEntry<V4>& e = v4.flow(from + i);
            while (earlierV6 < firstPacketsV6.size() && firstPacketsV6[earlierV6] < e.firstPacket()) ++earlierV6;
            rows[i] = from + i + earlierV6;
            hosts[2 * i] = e.forwardFromB ? e.b : e.a;
            hosts[2 * i + 1] = e.forwardFromB ? e.a : e.b;
            writeRow(e, rows[i], out);
        }
        out.addresses.idsV4({hosts.data(), 2 * n}, {ids.data(), 2 * n});
        for (std::size_t i = 0; i < n; ++i) {
            out.records.src[rows[i]] = ids[2 * i];
            out.records.dst[rows[i]] = ids[2 * i + 1];
        }
        if ((from + kPiece) % FlowCache<V4>::kBlockFlows == 0) v4.releaseBlock(from / FlowCache<V4>::kBlockFlows);
    }
}

FlowMeter::FlowMeter(const MeterSettings& settings, unsigned shard, unsigned shards)
    : cache_(std::make_unique<Cache>(settings, shard, shards)) {}
FlowMeter::~FlowMeter() = default;
FlowMeter::FlowMeter(FlowMeter&&) noexcept = default;

void FlowMeter::add(std::span<const flow::PacketRecord> packets) {
    for (std::size_t from = 0; from < packets.size(); from += kBatch)
        cache_->add(packets.subspan(from, std::min(kBatch, packets.size() - from)));
}

std::size_t FlowMeter::recordCount() const {
    return cache_->v4.size() + cache_->v6.size() - cache_->v4.live() - cache_->v6.live();
}

FlowMeter::Output FlowMeter::finish(std::stop_token stop) {
    const std::unique_ptr<Cache> cache = std::move(cache_);
    const std::size_t n = cache->v4.size() + cache->v6.size();
    Output out;
    out.records.resize(n, flow::ColSet::metered());
    out.firstPacket.resize(n);
    Buffer<std::uint64_t> firstPacketsV6;
    cache->writeV6(out, firstPacketsV6, stop);
    cache->writeV4(out, firstPacketsV6, stop);
    return out;
}

}  // namespace weir::meter
