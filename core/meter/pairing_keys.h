// The keys of derived flows: direction (P3), and one hash table per time bin that numbers distinct keys in order of
// their first record.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/derived_flows.h"
#include "core/flow/host_bits.h"
#include "core/flow/packet_record.h"
#include "core/meter/pairing_bins.h"
#include "core/meter/pairing_chunks.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::meter {

/// What the records of one derived flow share, seen from its local end. Two words, so that it is built, compared and
/// hashed in registers.
struct PairingKey {
    std::uint64_t hosts = 0;  ///< local << 32 | remote
    std::uint64_t rest = 0;   ///< local port << 48 | remote port << 32 | protocol << 8 | place

    PairingKey() = default;
    PairingKey(flow::HostId local, flow::HostId remote, std::uint16_t localPort, std::uint16_t remotePort,
               std::uint8_t protocol, std::uint8_t place)
        : hosts(std::uint64_t{local} << 32 | remote),
          rest(std::uint64_t{localPort} << 48 | std::uint64_t{remotePort} << 32 | std::uint64_t{protocol} << 8 |
               place) {}
    flow::HostId local() const { return flow::HostId(hosts >> 32); }
    flow::HostId remote() const { return flow::HostId(hosts); }
    std::uint16_t localPort() const { return std::uint16_t(rest >> 48); }
    std::uint16_t remotePort() const { return std::uint16_t(rest >> 32); }
    std::uint8_t protocol() const { return std::uint8_t(rest >> 8); }
    std::uint8_t place() const {
        return std::uint8_t(rest);
    }  ///< flow::kInternal, flow::kTransit or 0: a function of the two hosts
    friend bool operator==(const PairingKey& a, const PairingKey& b) {
        return ((a.hosts ^ b.hosts) | (a.rest ^ b.rest)) == 0;
    }
};

constexpr bool isIcmp(std::uint8_t protocol) { return protocol == flow::kIcmp || protocol == flow::kIcmp6; }

__extension__ using Uint128 = unsigned __int128;
/// Both halves of a 128-bit product folded: every input bit reaches every output bit.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const Uint128 product = Uint128{a ^ 0x9e3779b97f4a7c15u} * (b ^ 0xe7037ed1a0b428dbu);
    return std::uint64_t(product) ^ std::uint64_t(product >> 64);
}
inline std::uint64_t hashOf(const PairingKey& key) { return mix(key.hosts, key.rest); }

struct OrientedKey {
    PairingKey key;
    bool reversed = false;  ///< the record's source is the remote end
};
/// P3 and P6. `srcBits`, `dstBits`: flow::HostBit.
inline OrientedKey orient(flow::HostId src, flow::HostId dst, std::uint16_t srcPort, std::uint16_t dstPort,
                          std::uint8_t protocol, std::uint8_t srcBits, std::uint8_t dstBits) {
    if (isIcmp(protocol)) srcPort = dstPort = 0;
    bool srcLocal = srcBits & flow::kLocalHost, dstLocal = dstBits & flow::kLocalHost;
    if (!srcLocal && !dstLocal) {  // a group address is local when the other end is remote
        const bool srcGroup = srcBits & flow::kGroupHost, dstGroup = dstBits & flow::kGroupHost;
        srcLocal = srcGroup && !dstGroup;
        dstLocal = dstGroup && !srcGroup;
    }
    const bool clear = srcLocal != dstLocal;
    const bool reversed = clear ? dstLocal : dst < src || (dst == src && dstPort < srcPort);
    const std::uint8_t place = clear      ? std::uint8_t(0)
                               : srcLocal ? std::uint8_t(flow::kInternal)
                                          : std::uint8_t(flow::kTransit);
    const flow::HostId local = reversed ? dst : src, remote = reversed ? src : dst;
    const std::uint16_t localPort = reversed ? dstPort : srcPort, remotePort = reversed ? srcPort : dstPort;
    return {PairingKey(local, remote, localPort, remotePort, protocol, place), reversed};
}

/// Host bits for look-ups in no order: blocks of neighbouring ids mostly agree, and one byte a block stays in the
/// nearest cache.
class HostBitsIndex {
public:
    explicit HostBitsIndex(std::span<const std::uint8_t> bits);  ///< `bits` must live as long
    std::uint8_t operator[](flow::HostId id) const {
        const std::uint8_t block = blocks_[id >> kShift];
        return block != kMixed ? block : bits_[id];
    }

private:
    static constexpr unsigned kShift = 8;
    static constexpr std::uint8_t kMixed = 0xff;
    std::span<const std::uint8_t> bits_;
    std::vector<std::uint8_t> blocks_;
};

/// While pairing, flowOfRecord holds (reversed, shard, number in the unit).
inline constexpr std::uint32_t kReversedBit = 1u << 31;
inline constexpr unsigned kShardBits = 4, kUnitBits = 31 - kShardBits;
inline constexpr std::uint32_t kMostShards = 1u << kShardBits;
inline constexpr std::uint64_t kMostRecords = 1ull << 30;  ///< so that a shard's numbers fit kUnitBits

/// The part of a bin's keys whose hash falls into one shard; most bins have one.
struct KeyUnit {
    std::size_t bin = 0;  ///< index into BinIndex::bins()
    std::uint32_t shard = 0, shards = 1;
    Buffer<PairingKey> keys;           ///< in order of first record
    Buffer<std::uint32_t> firstRow;    ///< their first records; kept only when there are several shards
    Buffer<std::uint32_t> placeInBin;  ///< of each key among all keys of the bin; filled by rankShards
};

/// One thread's hash table, used again from unit to unit: open addressing, load at most 2/3. Grows when the guess from
/// the row count was too small.
class KeyTable {
public:
    KeyTable();
    ~KeyTable();
    KeyTable(KeyTable&&) noexcept;
    /// Numbers the keys of a unit and notes them in flowOfRecord. Reads the key columns. Errors: store.
    Status fill(KeyUnit& unit, const BinPieces& bin, const flow::ChunkSource& records, ChunkCache& chunks,
                const HostBitsIndex& hostBits, std::span<std::uint32_t> flowOfRecord);

private:
    /// `tag`: low half of the key's hash, so that other keys are passed by without being read.
    struct Slot {
        std::uint32_t number = 0;  ///< of the key, + 1; 0 = free
        std::uint32_t tag = 0;
    };
    struct Batch;
    struct Run;
    void resize(std::uint64_t slots);
    void grow(const KeyUnit& unit);
    void turn(Run& run);
    void prefetchKeys(const KeyUnit& unit, const Batch& batch) const;
    void number(const Run& run, const Batch& batch);

    Buffer<Slot> slots_;
    unsigned shift_ = 0;
    std::unique_ptr<Batch[]> batches_;  ///< being filled, waiting for slots, waiting for keys: in turn
};
flow::ColSet keyColumns();

/// Fills placeInBin of the units of one sharded bin: their merge by first record. Of `own` only; call once per unit.
void rankShards(std::span<KeyUnit> units, std::size_t own);

}  // namespace weir::meter
