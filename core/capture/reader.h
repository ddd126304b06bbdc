// Capture readers: chosen by the bytes, never by the suffix; what they give, and how they count damage.
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/exporter.h"
#include "core/flow/packet_record.h"
#include "core/flow/schema.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture {

/// Why input was skipped, how often, and where first. Reasons are string literals ("truncated record", "unknown link type").
struct Drop {
    std::string_view reason;
    std::uint64_t count = 0;
    std::uint64_t firstOffset = 0;  ///< byte in the file
    bool damage = true;             ///< false: deliberately not read (ARP, unknown extension), no exit code 3
};
class DropCounts {
public:
    void add(std::string_view reason, std::uint64_t offset, bool damage = true, std::uint64_t count = 1);
    void merge(const DropCounts& other);
    const std::vector<Drop>& list() const { return drops_; }
    std::uint64_t damaged() const;  ///< sum over reasons that are damage

private:
    std::vector<Drop> drops_;
};

/// What the user may say about how files are read; settings of the session.
struct ReadOptions {
    /// UDP ports on which export datagrams are expected inside packet traces; on other ports only datagrams that are beyond doubt count.
    std::vector<std::uint16_t> exportPorts = {2055, 4739, 6343, 9995, 9996};
    bool innerFlows = false;   ///< meter the inner datagrams of GRE, VXLAN, Geneve, GTP-U and IP-in-IP instead of the tunnel
    std::uint64_t mostUnpacked = std::uint64_t{8} << 30;  ///< bytes that a packed file may become in memory
    std::string csvMapping;    ///< columns of a delimited text, as csv_mapping.h reads it; empty = by its header
};

/// A file of flow records, cut into parts that decode independently, in any order, on any thread.
class FlowFile {
public:
    virtual ~FlowFile() = default;
    virtual std::size_t parts() const = 0;
    virtual std::uint64_t partBytes(std::size_t part) const = 0;  ///< for progress
    /// Upper bound of the rows in a part; a part has at most flow::kChunkRows rows unless one block of the file holds more.
    virtual std::size_t partRows(std::size_t part) const = 0;
    /// Replaces `out` by the part's records in file order; addresses go through `dictionary` (provisional ids).
    virtual void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) const = 0;
    /// Damage found while opening (a broken block list …).
    virtual const DropCounts& openDrops() const = 0;
    /// Who sent the records; the column `exporter` counts into it from 1. Complete when all parts are decoded.
    virtual std::vector<flow::Exporter> exporters() const { return {}; }
};

/// Earliest and latest time of packets, µs since 1970 UTC; none yet: first > last. Readers keep times within ±kTimeLimitUs.
struct TimeRange {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    void include(std::int64_t timeUs) {
        first = timeUs < first ? timeUs : first;
        last = timeUs > last ? timeUs : last;
    }
};
inline constexpr std::int64_t kTimeLimitUs = std::int64_t{1} << 61;

/// Packets in file order. Not thread-safe; open the same bytes again for a second thread.
class PacketFile {
public:
    virtual ~PacketFile() = default;
    /// Fills up to out.size() packets; 0 = end. Packets that are not IP, or damaged, are counted in drops() and skipped.
    virtual std::size_t next(std::span<flow::PacketRecord> out) = 0;
    virtual std::uint64_t offset() const = 0;   ///< bytes consumed, for progress
    virtual std::uint64_t packetsSeen() const = 0;  ///< all packet blocks of the file so far, IP or not
    virtual TimeRange times() const = 0;            ///< of those packets
    virtual const DropCounts& drops() const = 0;
};

struct ReaderDef {
    std::string_view id;     ///< stored with the source: "pcap", "pcapng", "nfcapd"
    std::string_view label;  ///< for people: "pcap packet trace"
    int (*probe)(std::span<const std::byte> head);  ///< 0 = no … 100 = certain; sees the first 4 KiB
    /// Exactly one of the two is set. Bytes and options must outlive the reader. Errors: truncated header, unsupported version.
    Result<std::unique_ptr<FlowFile>> (*openFlows)(std::span<const std::byte> bytes, const ReadOptions& options);
    Result<std::unique_ptr<PacketFile>> (*openPackets)(std::span<const std::byte> bytes, const ReadOptions& options);
};

std::span<const ReaderDef> readers();
/// The reader most sure of these bytes; nullptr = unknown format.
const ReaderDef* bestReader(std::span<const std::byte> head);
/// One line for an unknown format that names what the bytes look like ("a flow-tools file …", "a gzip archive …", "empty") and a way on.
std::string describeUnknown(std::span<const std::byte> head);

}  // namespace weir::capture
