// One pass over the source columns, cached for each set of derived flows.
#include "core/session/evidence/local_is_initiator.h"

#include "core/base/parallel.h"
#include "core/flow/filter_batch.h"

#include <mutex>
#include <vector>

namespace weir::session {
namespace {

/// The results for the few sets of derived flows in use.
struct KeptLocalIsInitiator {
    std::weak_ptr<const flow::DerivedFlows> flows;
    LocalIsInitiator answer;
};
std::mutex gKeptMutex;
std::vector<KeptLocalIsInitiator> gKept;

Status markLocalIsInitiator(const flow::ChunkSource& records, const flow::DerivedFlows& flows, std::size_t chunk,
                            flow::RecordColumns& columns, Buffer<std::uint8_t>& out) {
    if (auto s = records.read(chunk, flow::cols(flow::Col::src, flow::Col::srcPort), columns); !s) return s;
    const flow::ChunkInfo& info = records.chunks()[chunk];
    for (std::uint32_t i = 0; i < info.rows; ++i) {
        const auto row = std::uint32_t(info.firstRow + i);
        const std::uint32_t derived = flows.flowOfRecord[row];
        if (derived == flow::kNoFlow || flows.firstRecord[derived] != row) continue;
        const bool sameHost = flows.local[derived] == flows.remote[derived];
        const bool first =
            columns.src[i] == flows.local[derived] && (!sameHost || columns.srcPort[i] == flows.localPort[derived]);
        out[derived] = flow::leavesFirst(flows.kind[derived], flows.packetsOut[derived], std::uint8_t(first));
    }
    return ok();
}

Result<LocalIsInitiator> computeLocalIsInitiator(const flow::ChunkSource& records, const flow::DerivedFlows& flows,
                                                 JobContext& job) {
    auto out = std::make_shared<Buffer<std::uint8_t>>(flows.size(), std::uint8_t{0});
    std::vector<flow::RecordColumns> columns(job.threads());
    const Status done =
        parallelTry(records.chunks().size(), job.threads(), [&](std::size_t chunk, unsigned worker) -> Status {
            if (!job.step(records.chunks()[chunk].firstRow, records.rows(), "finding who sent first"))
                return cancelledError();
            return markLocalIsInitiator(records, flows, chunk, columns[worker], *out);
        });
    if (!done) return done.error();
    return LocalIsInitiator(std::move(out));
}

}  // namespace

Result<LocalIsInitiator> localIsInitiatorOf(const Snapshot& snapshot, JobContext& job) {
    if (!snapshot.flows || !snapshot.records) return LocalIsInitiator();
    {
        const std::lock_guard lock(gKeptMutex);
        std::erase_if(gKept, [](const KeptLocalIsInitiator& k) { return k.flows.expired(); });
        for (const KeptLocalIsInitiator& k : gKept)
            if (k.flows.lock() == snapshot.flows) return k.answer;
    }
    auto computed = computeLocalIsInitiator(*snapshot.records, *snapshot.flows, job);
    if (!computed) return computed.error();
    const std::lock_guard lock(gKeptMutex);
    gKept.push_back({snapshot.flows, *computed});
    return *computed;
}

}  // namespace weir::session
