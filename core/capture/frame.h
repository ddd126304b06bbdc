// The frames of a packet trace, before anything in them is decoded.
#pragma once

#include "core/capture/drop_counts.h"
#include "core/capture/link_layer.h"
#include "core/capture/packet_view.h"

#include <cstdint>
#include <limits>
#include <span>

namespace weir::capture {

/// Earliest and latest time of packets, µs since 1970 UTC; none yet: first > last. Readers keep times within
/// ±kTimeLimitUs.
struct TimeRange {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    void include(std::int64_t timeUs) {
        first = timeUs < first ? timeUs : first;
        last = timeUs > last ? timeUs : last;
    }
};
inline constexpr std::int64_t kTimeLimitUs = std::int64_t{1} << 61;

/// One captured frame; `offset` is the place of its record in the file, where damage is named.
struct Frame {
    PacketView bytes;
    LinkDecoder link = nullptr;
    std::int64_t timeUs = 0;
    std::uint64_t offset = 0;
    std::uint64_t dataOffset = 0;  ///< of its first byte in the file
};

/// Frames in file order. Not thread-safe; open the same bytes again for a second thread.
class FrameFile {
public:
    virtual ~FrameFile() = default;
    /// Fills up to out.size() frames, good until the next call; 0 = end. Damaged records are counted in drops() and
    /// skipped.
    virtual std::size_t next(std::span<Frame> out) = 0;
    virtual std::uint64_t offset() const = 0;       ///< bytes consumed, for progress
    virtual std::uint64_t packetsSeen() const = 0;  ///< all packet blocks of the file so far, IP or not
    virtual TimeRange times() const = 0;            ///< of those packets
    virtual const DropCounts& drops() const = 0;
};

}  // namespace weir::capture
