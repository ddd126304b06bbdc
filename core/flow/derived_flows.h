// Derived flows: what defragmentation and pairing make of the records (methods.md 1.1, 1.2 P3-P8).
#pragma once

#include "core/base/buffer.h"
#include "core/flow/host_id.h"

#include <cstdint>
#include <vector>

namespace weir::flow {

/// Bit mask of methods.md 1.1; internal and transit are ours.
enum Kind : std::uint8_t {
    kOutflow = 1,    ///< packets from the local end only
    kInflow = 2,     ///< packets from the remote end only
    kBiflow = 4,     ///< both (then neither 1 nor 2)
    kUnibiflow = 8,  ///< one-way, and its host pair has a biflow in the same interval
    kLate = 16,      ///< continues after its interval
    kEarly = 32,     ///< began before it
    kInternal = 64,  ///< both ends local (not classified)
    kTransit = 128,  ///< no end local (not classified)
};
enum class Direction : std::uint8_t { in, out };

/// One-way flow of that direction with exactly one end local: what signs and rules are for.
constexpr bool isOneWay(std::uint8_t kind, Direction d) {
    const std::uint8_t wanted = d == Direction::in ? kInflow : kOutflow;
    return (kind & (kInflow | kOutflow | kBiflow | kInternal | kTransit)) == wanted;
}

/// In flowOfRecord: the record was taken away as a double count or an excluded artefact.
inline constexpr std::uint32_t kNoFlow = ~std::uint32_t{0};

/// One interval's rows: [begin, end). `bin` = floor(start / interval).
struct BinRange {
    std::int64_t bin = 0;
    std::uint32_t begin = 0, end = 0;
};

/// All derived flows of a project, as columns, ordered by (bin, first record). Immutable once published; all columns
/// have size() rows. "Local" is the inside end; for internal and transit flows the end with the lower (id, port). "Out"
/// = from local to remote.
struct DerivedFlows {
    std::int64_t intervalUs = 600'000'000;
    std::vector<BinRange> bins;       ///< ascending, without gaps in rows
    Buffer<std::int64_t> start, end;  ///< µs: min start, max end of its records (end >= start)
    Buffer<HostId> local, remote;
    Buffer<std::uint16_t> localPort, remotePort;  ///< 0 for ICMP and port-less protocols
    Buffer<std::uint16_t> icmpTypeCode;           ///< of the first record; 0 unless ICMP
    Buffer<std::uint8_t> protocol, kind, flagsOut, flagsIn;
    Buffer<std::uint64_t> packetsOut, packetsIn, bytesOut, bytesIn;
    Buffer<std::uint32_t> firstRecord;           ///< project row of its first record in file order
    Buffer<std::uint32_t> flowOfRecord;          ///< by project row: row here, or kNoFlow
    std::uint64_t recordsEndingBeforeStart = 0;  ///< counted with duration 0

    std::size_t size() const { return start.size(); }
};

}  // namespace weir::flow
