// One capture file → one source of the project.
#pragma once

#include "core/capture/reader.h"
#include "core/meter/settings.h"
#include "core/store/project_file.h"

#include <cstddef>
#include <span>

namespace weir::session {

/// Result of reading a file; fills the counts of `source`.
struct ReadCounts {
    std::uint64_t flows = 0, packets = 0, bytes = 0;  ///< packets and bytes of both directions
    std::int64_t first = 0, last = 0;                 ///< µs; meaningless without flows
    std::uint64_t packetsSeen = 0;
    capture::DropCounts drops;

    void add(const flow::RecordColumns& records);
    void merge(const ReadCounts& other);
};

/// The addresses and counts that finish() needs.
struct ReadSource {
    ReadCounts counts;
    flow::AddressTable addresses;
    std::vector<flow::Exporter> exporters;
    bool asExports = false;      ///< a trace whose export datagrams were read, not its packets
    capture::ExportShare share;  ///< of a trace
};

/// Decodes the parts on all threads. Writes columns immediately, and ids once the dictionaries are merged; until then
/// they take 8 bytes per record. Progress is in bytes of the file. Errors: those of the reader, cancelled, store.
Result<ReadSource> readFlowFile(const FileBytes& bytes, const capture::ReaderDef& reader,
                                const capture::ReadOptions& options, store::SourceWriter& writer, JobContext& job);

/// What to read from a packet trace. `decide`: its export datagrams if they are at least 90 % of its UDP datagrams,
/// else its packets.
enum class TraceUse : std::uint8_t { decide, packets, exports };

/// Meters the packets in memory and then writes the records, or reads export datagrams like readFlowFile().
Result<ReadSource> readTrace(const FileBytes& bytes, const capture::ReaderDef& reader,
                             const capture::ReadOptions& options, TraceUse use, const meter::MeterSettings& settings,
                             store::SourceWriter& writer, JobContext& job);

}  // namespace weir::session
