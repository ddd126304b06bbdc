// Reading a whole packet trace at once: for tests.
#pragma once

#include "core/capture/reader.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::testing {

struct WholeTrace {
    std::string error;  ///< why it could not be opened, empty = it could
    std::vector<flow::PacketRecord> packets;
    std::uint64_t seen = 0;
    capture::TimeRange times;
    capture::DropCounts drops;

    /// Count of a reason, 0 when it did not occur.
    std::uint64_t dropped(std::string_view reason) const;
};
/// By the reader that is most sure. `batch` packets a call.
WholeTrace readTrace(const FileBytes& bytes, std::size_t batch = 64, const capture::ReadOptions& options = {});

/// Equal in everything a reader fills.
bool samePackets(const std::vector<flow::PacketRecord>& a, const std::vector<flow::PacketRecord>& b);
/// "time src:port > dst:port proto bytes flags": for messages.
std::string toText(const flow::PacketRecord& p);

}  // namespace weir::testing
