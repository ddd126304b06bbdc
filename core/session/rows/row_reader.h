// Reads the rows of a selection for views and exports.
#pragma once

#include "core/session/rows/select.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// One row, with raw numbers; views format them. For derived rows the source is the end that sent the first packet
/// (remote for inbound, local for outbound flows).
struct RowData {
    std::string id;                    ///< SOURCE:ROW
    std::uint32_t row = 0;             ///< project row of the record or derived flow
    std::int64_t first = 0, last = 0;  ///< µs
    flow::IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0, icmpTypeCode = 0;
    std::uint8_t protocol = 0, flags = 0, reverseFlags = 0, kind = 0;  ///< kind: flow::Kind bits of the derived flow
    std::uint64_t packets = 0, bytes = 0, reversePackets = 0, reverseBytes = 0;
    std::uint32_t source = 0;  ///< number of the capture
    std::uint32_t srcAs = 0, dstAs = 0, inIf = 0,
                  outIf = 0;  ///< down to samplingInterval: for a derived flow, values of its first record
    std::uint16_t srcVlan = 0, dstVlan = 0;
    std::uint8_t tos = 0, dstTos = 0, srcMask = 0, dstMask = 0;
    flow::IpAddr exporter;               ///< all zero = unknown
    std::uint32_t samplingInterval = 0;  ///< 0 = not sampled or unknown
    std::uint32_t derivedRow = ~0u;      ///< ~0 while not derived
    std::uint64_t word = 0;              ///< sign word, 0 = not classified
    std::uint16_t classIndex = classify::kOther, rule = classify::kOther;
    bool classified = false, conflicting = false;
    bool scored = false;      ///< down to goodness: of the scored direction; for a derived flow, of its first record
    std::uint64_t codes = 0;  ///< code word of Snapshot::scores
    int badness = 0, goodness = 0;
    struct Score {
        bool scored = false;
        std::uint64_t codes = 0;
        int badness = 0, goodness = 0;
    };
    std::array<Score, 2> sides{};  ///< of a record: as it was sent, and of its other direction
};
/// Fetches rows [first, first + n) of a selection in shown order. Caches decoded chunks. Not thread-safe: one reader
/// per thread.
class RowReader {
public:
    explicit RowReader(SelectionPtr selection);
    ~RowReader();
    RowReader(RowReader&&) noexcept;
    Result<std::vector<RowData>> read(std::uint64_t first, std::size_t n);

private:
    struct State;
    std::unique_ptr<State> s_;
};
/// Reads one record or derived flow. REQUIRES: the row exists.
Result<RowData> readRow(const SnapshotPtr& snapshot, const JudgementPtr& judgement, Rows kind, std::uint32_t row);
/// Finds the derived row named SOURCE:ROW (of any of its records).
Result<std::uint32_t> derivedRowOf(const Snapshot& snapshot, std::string_view flowId);
/// The flow-id of a derived flow: that of its first record.
std::string flowIdOf(const Snapshot& snapshot, std::uint32_t derivedRow);

}  // namespace weir::session
