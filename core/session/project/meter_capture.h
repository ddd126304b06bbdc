// Verb: meters a whole packet trace.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/capture/reader.h"
#include "core/meter/flow_meter.h"

namespace weir::session {

/// The flow records of a packet trace, and what was read.
struct MeteredCapture {
    meter::MeteredFlows flows;
    capture::DropCounts drops;
    std::uint64_t packetsSeen = 0;     ///< packet blocks of the file
    std::uint64_t packetsMetered = 0;  ///< IP packets among them that went into a record
    capture::ExportShare share;        ///< share of packets that carry flow records themselves
};

/// Every thread reads all packets and meters the flows of its shard, which preserves packet order per flow without
/// queues. The records do not depend on the number of threads. A stream has a single reader. Progress is in bytes.
/// REQUIRES: reader.isTrace(). Errors: those of openPackets, cancelled.
Result<MeteredCapture> meterCapture(const FileBytes& bytes, const capture::ReaderDef& reader,
                                    const capture::ReadOptions& options, const meter::MeterSettings& settings,
                                    JobContext& job);

}  // namespace weir::session
