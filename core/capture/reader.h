// Capture readers: chosen by the bytes, never by the suffix; what they give, and how they count damage.
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"
#include "core/capture/drop_counts.h"
#include "core/capture/packet_file.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/exporter.h"
#include "core/flow/schema.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture {

/// What the user may say about how files are read; settings of the session.
struct ReadOptions {
    /// UDP ports on which export datagrams are expected inside packet traces; on other ports only datagrams that are
    /// beyond doubt count.
    std::vector<std::uint16_t> exportPorts = {2055, 4739, 6343, 9995, 9996};
    bool innerFlows =
        false;  ///< meter the inner datagrams of GRE, VXLAN, Geneve, GTP-U and IP-in-IP instead of the tunnel
    std::uint64_t mostUnpacked = std::uint64_t{8} << 30;  ///< bytes of a packed file that are read
    std::string csvMapping;  ///< columns of a delimited text, as csv_mapping.h reads it; empty = by its header
};

/// A file of flow records, cut into parts that decode independently, in any order, on any thread; those of a stream
/// once each, before many more are looked for: until then they keep their bytes in memory.
class FlowFile {
public:
    virtual ~FlowFile() = default;
    /// Whether the file has that part; to be asked before anything else about it. Readers that find their parts as they
    /// go look that far: thread-safe, and cheap once it is known. False also when the job that opened the file was
    /// cancelled.
    virtual bool has(std::size_t part) { return part < parts(); }
    virtual std::size_t parts() const = 0;  ///< found so far: all of them unless the reader looks as it goes
    virtual std::uint64_t partBytes(std::size_t part) const = 0;  ///< for progress
    /// Upper bound of the rows in a part; a part has at most flow::kChunkRows rows unless one block of the file holds
    /// more.
    virtual std::size_t partRows(std::size_t part) const = 0;
    /// Replaces `out` by the part's records in file order; addresses go through `dictionary` (provisional ids).
    virtual void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out,
                        DropCounts& drops) const = 0;
    /// Damage found while looking for parts (a broken block list …). Complete when has() said no.
    virtual const DropCounts& openDrops() const = 0;
    /// Who sent the records; the column `exporter` counts into it from 1. Complete when all parts are decoded.
    virtual std::vector<flow::Exporter> exporters() const { return {}; }
};

struct ReaderDef {
    std::string_view id;                            ///< stored with the source: "pcap", "pcapng", "nfcapd"
    std::string_view label;                         ///< for people: "pcap packet trace"
    int (*probe)(std::span<const std::byte> head);  ///< 0 = no … 100 = certain; sees the first 4 KiB
    /// Exactly one of the two is set. Bytes and options must outlive the reader. Of a stream one reader at a time.
    /// Errors: truncated header, unsupported version.
    Result<std::unique_ptr<FlowFile>> (*openFlows)(const FileBytes& bytes, const ReadOptions& options);
    Result<std::unique_ptr<FrameFile>> (*openFrames)(const FileBytes& bytes, const ReadOptions& options);

    bool isTrace() const { return openFrames != nullptr; }
    /// The packets of a trace. REQUIRES isTrace(). Errors: those of openFrames.
    Result<std::unique_ptr<PacketFile>> openPackets(const FileBytes& bytes, const ReadOptions& options) const;
};

std::span<const ReaderDef> readers();
/// The reader most sure of these bytes; nullptr = unknown format.
const ReaderDef* bestReader(std::span<const std::byte> head);
/// One line for an unknown format that names what the bytes look like ("a flow-tools file …", "a gzip archive …",
/// "empty") and a way on.
std::string describeUnknown(std::span<const std::byte> head);

}  // namespace weir::capture
