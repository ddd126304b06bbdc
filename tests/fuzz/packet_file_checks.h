// What must hold of a packet reader whatever the bytes are.
#pragma once

#include "core/capture/reader.h"
#include "core/meter/flow_meter.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

namespace weir::fuzzing {

inline void require(bool condition) {
    if (!condition) std::abort();
}

/// Reads everything through two meters that share the flows: no packet is lost or counted twice on the way.
inline void readAndMeter(std::span<const std::byte> bytes, std::string_view reader, bool innerFlows = false) {
    capture::ReadOptions options;
    options.innerFlows = innerFlows;
    const auto all = capture::readers();
    const auto def = std::find_if(all.begin(), all.end(), [&](const capture::ReaderDef& r) { return r.id == reader; });
    auto file = def->openPackets(bytes, options);
    if (!file) {
        require(!file.error().detail.empty());
        return;
    }
    std::array<flow::PacketRecord, 16> batch;
    std::vector<meter::FlowMeter> meters;
    for (unsigned s = 0; s < 2; ++s) meters.emplace_back(meter::MeterSettings{}, s, 2u);
    std::uint64_t packets = 0, ipBytes = 0, at = 0;
    while (const std::size_t n = (*file)->next(batch)) {
        require(n <= batch.size() && (*file)->offset() >= at && (*file)->offset() <= bytes.size());
        at = (*file)->offset();
        for (const flow::PacketRecord& p : std::span(batch).first(n)) {
            require(p.timeUs <= capture::kTimeLimitUs && p.timeUs >= -capture::kTimeLimitUs);
            require(!p.laterFragment || p.tcpFlags == 0);
            ipBytes += p.ipBytes;
        }
        packets += n;
        for (meter::FlowMeter& m : meters) m.add(std::span(batch).first(n));
    }
    std::uint64_t dropped = 0;
    const capture::DropCounts drops = (*file)->drops();
    for (const capture::Drop& d : drops.list()) {
        dropped += d.count;
        require(d.count > 0 && d.firstOffset <= bytes.size() && !d.reason.empty());
    }
    require(packets <= (*file)->packetsSeen() && (*file)->packetsSeen() <= packets + dropped);

    std::vector<meter::FlowMeter::Output> outputs;
    for (meter::FlowMeter& m : meters) outputs.push_back(m.finish());
    JobContext job({}, {}, 1);
    const meter::MeteredFlows flows = std::move(*meter::mergeShards(std::move(outputs), job));
    std::uint64_t counted = 0, countedBytes = 0;
    for (std::size_t i = 0; i < flows.records.size(); ++i) {
        counted += flows.records.packets[i] + flows.records.reversePackets[i];
        countedBytes += flows.records.bytes[i] + flows.records.reverseBytes[i];
        require(flows.records.start[i] <= flows.records.end[i] && flows.records.src[i] < flows.addresses.size());
    }
    require(counted == packets && countedBytes == ipBytes);
}

}  // namespace weir::fuzzing
