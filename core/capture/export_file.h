// Flow files made of export datagrams: raw ones back to back, IPFIX files, and those inside packet traces.
#pragma once

#include "core/base/job.h"
#include "core/capture/export_share.h"
#include "core/capture/reader.h"

#include <cstdint>

namespace weir::capture {

/// Of the begin of a trace: exact for one of up to 65,536 packets with up to 4,096 UDP datagrams. Errors: those of
/// openFrames.
Result<ExportShare> guessShare(const FileBytes& bytes, const ReaderDef& trace, const ReadOptions& options);

struct TraceCounts {
    ExportShare share;
    std::uint64_t packetsSeen = 0;
};
struct TraceExports {
    std::unique_ptr<FlowFile> file;
    std::shared_ptr<const TraceCounts> counts;  ///< of the whole trace when the file has no further part
};
/// The export datagrams in a trace as a flow file; all other packets are counted as drops that are no damage. REQUIRES
/// trace.isTrace(). The file looks through the trace as its parts are asked for and ends where `job` is cancelled: that
/// and `options` must outlive it. Errors: those of openFrames. Progress in bytes.
Result<TraceExports> openTraceExports(const FileBytes& bytes, const ReaderDef& trace, const ReadOptions& options,
                                      JobContext& job);

/// NetFlow 1, 5, 7 and 9 datagrams, back to back.
int probeNetflow(std::span<const std::byte> head);
/// IPFIX messages back to back: datagrams, or a file (RFC 5655).
int probeIpfix(std::span<const std::byte> head);
/// For both. Where no datagram begins the rest is counted as damage.
Result<std::unique_ptr<FlowFile>> openDatagrams(const FileBytes& bytes, const ReadOptions& options);

}  // namespace weir::capture
