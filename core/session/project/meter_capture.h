// Verb: meter a whole packet trace.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/capture/reader.h"
#include "core/meter/flow_meter.h"

namespace weir::session {

struct MeteredCapture {
    meter::MeteredFlows flows;
    capture::DropCounts drops;
    std::uint64_t packetsSeen = 0;     ///< packet blocks of the file
    std::uint64_t packetsMetered = 0;  ///< of those, IP packets that went into a record
    capture::ExportShare share;        ///< how many carry flow records themselves
};

/// Every thread reads all packets and keeps the flows of its shard: order per flow is kept without queues. The records
/// do not depend on the number of threads. A stream has one reader. REQUIRES reader.isTrace(). Errors: those of
/// openPackets, cancelled. Progress in bytes.
Result<MeteredCapture> meterCapture(const FileBytes& bytes, const capture::ReaderDef& reader,
                                    const capture::ReadOptions& options, const meter::MeterSettings& settings,
                                    JobContext& job);

}  // namespace weir::session
