// Packets → flow records: a flow cache with active and idle timeouts.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/packet_record.h"
#include "core/flow/schema.h"
#include "core/meter/settings.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace weir::meter {

/// A cache of bidirectional flows: the first packet's direction is forward; the reverse* columns count the other one
/// (RFC 5103). Key = 5-tuple (ICMP: addresses and protocol, ports 0; type/code of the first packet). Later fragments go
/// to a flow with ports 0. Expiry is decided by packet time at the flow's next packet, never by when a sweep arrives,
/// so that the records do not depend on batch size or thread count. Shards: `shard` of `shards` meters keep only the
/// flows whose key hash falls to them; feed all packets to all.
class FlowMeter {
public:
    explicit FlowMeter(const MeterSettings& settings, unsigned shard = 0, unsigned shards = 1);
    ~FlowMeter();
    FlowMeter(FlowMeter&&) noexcept;

    void add(std::span<const flow::PacketRecord> packets);
    std::size_t recordCount() const;  ///< finished so far

    /// Ends all flows and moves the records out. firstPacket[i] = number (in the stream of add()) of record i's first
    /// packet.
    struct Output {
        flow::RecordColumns records;  ///< provisional ids of `addresses`
        Buffer<std::uint64_t> firstPacket;
        flow::AddressDictionary addresses;
    };
    /// Told to stop it ends early, and what it returns is of no use.
    Output finish(std::stop_token stop = {});

private:
    struct Cache;
    std::unique_ptr<Cache> cache_;
};

/// Merges the shards' outputs into one batch with final ids, ordered by first packet: equal for any number of shards.
struct MeteredFlows {
    flow::RecordColumns records;
    flow::AddressTable addresses;
};
/// Errors: cancelled. Uses the job's threads, reports nothing.
Result<MeteredFlows> mergeShards(std::vector<FlowMeter::Output> shards, JobContext& job);

}  // namespace weir::meter
