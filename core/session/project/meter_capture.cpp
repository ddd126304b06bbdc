// One reader and one meter per thread.
#include "core/session/project/meter_capture.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

namespace weir::session {
namespace {

constexpr std::size_t kBatchPackets = 64;  ///< fits the nearest cache
constexpr std::size_t kBatchesPerStep = 1024;
constexpr std::size_t kBytesWorthAThread = 1u << 20;
constexpr unsigned kMostShards = 8;  ///< each shard reads everything, so more shards only repeat the reading

/// One for a stream: it can be read only once, and unpacking takes longer than metering.
unsigned shardsFor(const FileBytes& file, unsigned threads) {
    if (file.isStream()) return 1;
    const std::size_t bytes = file.size();
    const auto worth = static_cast<unsigned>(std::min<std::size_t>(bytes / kBytesWorthAThread + 1, kMostShards));
    return std::clamp(threads, 1u, worth);
}

/// Feeds all packets of `file` to `meter`. Returns false when cancelled. Reports progress to `job` if `reports`.
bool feed(capture::PacketFile& file, meter::FlowMeter& meter, std::uint64_t bytes, bool reports, JobContext& job,
          std::uint64_t& packets) {
    std::array<flow::PacketRecord, kBatchPackets> batch;
    for (std::size_t batches = 1;; ++batches) {
        const std::size_t n = file.next(batch);
        if (n == 0) return true;
        packets += n;
        meter.add(std::span(batch).first(n));
        if (batches % kBatchesPerStep != 0) continue;
        if (reports ? !job.step(file.offset(), bytes, "reading packets", "bytes") : job.cancelled()) return false;
    }
}

}  // namespace

Result<MeteredCapture> meterCapture(const FileBytes& bytes, const capture::ReaderDef& reader,
                                    const capture::ReadOptions& options, const meter::MeterSettings& settings,
                                    JobContext& job) {
    assert(reader.isTrace());
    const unsigned shards = shardsFor(bytes, job.threads());
    std::vector<std::unique_ptr<capture::PacketFile>> files;
    for (unsigned s = 0; s < shards; ++s) {
        auto file = reader.openPackets(bytes, options);
        if (!file) return file.error();
        files.push_back(std::move(*file));
    }
    std::vector<std::optional<meter::FlowMeter::Output>> outputs(shards);
    MeteredCapture out;
    const bool finished = parallelFor(shards, shards, [&](std::size_t s, unsigned) {
        meter::FlowMeter meter(settings, static_cast<unsigned>(s), shards);
        std::uint64_t packets = 0;
        if (!feed(*files[s], meter, bytes.size(), s == 0, job, packets)) return false;
        if (s == 0) out.packetsMetered = packets;
        outputs[s] = meter.finish(job.stopToken());
        return !job.cancelled();
    });
    if (!finished || job.cancelled()) return cancelledError();
    out.packetsSeen = files[0]->packetsSeen();
    out.drops = files[0]->drops();
    out.share = files[0]->share();
    std::vector<meter::FlowMeter::Output> parts;
    for (auto& part : outputs) parts.push_back(std::move(*part));
    auto flows = meter::mergeShards(std::move(parts), job);
    if (!flows) return flows.error();
    out.flows = std::move(*flows);
    return out;
}

}  // namespace weir::session
