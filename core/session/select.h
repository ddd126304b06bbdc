// Verb: which rows a filter takes, in which order; and the rows themselves for a view or an export.
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/judge.h"
#include "core/session/project.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace weir::session {

enum class Rows : std::uint8_t { records, derived };

/// Columns a row list can be sorted by and shown in.
enum class Field : std::uint8_t {
    id, first, last, duration, protocol, src, srcPort, dst, dstPort, flags, packets, bytes, direction, className, rule, signs, source, badness, goodness, codes,
};

/// A term on a record is asked of each of its directions (flow/filter_scan.h). On a derived flow: source = the end whose packets came first
/// for two-way flows (the direction of the first record in file order), else the end that sent; packets, bytes and rates = both directions
/// together; flags = all flags the source sent; duration = first to last packet of all its records.
struct Query {
    Rows rows = Rows::derived;
    std::string filter;                 ///< empty = any
    std::int64_t fromUs = INT64_MIN, toUs = INT64_MAX;   ///< time range chip: start in [from, to)
    Field sort = Field::id;
    bool descending = false;
    bool list = true;                   ///< false: only count (`picked` stays empty, rowAt() may not be asked)
    bool totals = true;                 ///< sum packets and bytes (reads two more columns of the records)
    friend bool operator==(const Query&, const Query&) = default;
};
/// Immutable. Keeps the snapshot it was made on alive.
struct Selection {
    SnapshotPtr snapshot;
    JudgementPtr judgement;             ///< null when class terms are not available
    Query query;
    bool all = false;                   ///< every row in natural order: `picked` stays empty
    Buffer<std::uint32_t> picked;       ///< row numbers (records or derived) in shown order
    std::uint64_t count = 0, total = 0; ///< rows taken, rows there are
    std::uint64_t directions = 0;       ///< as `count`, but a bidirectional record counts once per direction that matches (nfdump's count)
    /// By place: 1 = forward, 2 = reverse, 3 = both directions match. Empty: every direction there is of the rows taken (`all`), forward only
    /// (one-directional records, derived flows), or not kept (sorted).
    Buffer<std::uint8_t> sides;
    std::uint64_t packets = 0, bytes = 0;  ///< of the directions taken
    std::uint32_t rowAt(std::uint64_t i) const { return all ? std::uint32_t(i) : picked[i]; }
};
using SelectionPtr = std::shared_ptr<const Selection>;

/// Filter errors come back as diagnostics with Errc::badFilter in the Result's error text; see checkFilter for positions.
Result<SelectionPtr> selectRows(SnapshotPtr snapshot, JudgementPtr judgement, const Query& query, JobContext& job);
/// All problems of a filter text (empty = good). Cheap enough for every keystroke.
Diagnostics checkFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement, Rows rows, std::string_view filter);
/// Words that can stand at `offset` of the text (for completion), with a one-line help each.
struct Completion {
    std::string text, help;
};
std::vector<Completion> completeFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::string_view filter, std::size_t offset);

/// One row as a view shows it; numbers raw, formatting is the view's. For derived rows "source" = the end that sent the first packet
/// (remote for inflows, local for outflows; for biflows the end that sent first).
struct RowData {
    std::string id;                     ///< SOURCE:ROW
    std::uint32_t row = 0;              ///< of the project: record or derived flow
    std::int64_t first = 0, last = 0;   ///< µs
    flow::IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0, icmpTypeCode = 0;
    std::uint8_t protocol = 0, flags = 0, reverseFlags = 0, kind = 0;  ///< kind: flow::Kind bits of the derived flow
    std::uint64_t packets = 0, bytes = 0, reversePackets = 0, reverseBytes = 0;
    std::uint32_t source = 0;           ///< number of the capture
    std::uint32_t srcAs = 0, dstAs = 0, inIf = 0, outIf = 0;  ///< these to samplingInterval: of a derived flow, those of its first record
    std::uint16_t srcVlan = 0, dstVlan = 0;
    std::uint8_t tos = 0, dstTos = 0, srcMask = 0, dstMask = 0;
    flow::IpAddr exporter;              ///< all zero = not known
    std::uint32_t samplingInterval = 0; ///< 0 = not sampled or not known
    std::uint32_t derivedRow = ~0u;     ///< ~0 while not derived
    std::uint64_t word = 0;             ///< sign word, 0 = not classified
    std::uint16_t classIndex = classify::kOther, rule = classify::kOther;
    bool classified = false, conflicting = false;
    bool scored = false;                ///< these to goodness: of the direction that is scored; of a derived flow, those of its first record
    std::uint64_t codes = 0;            ///< code word of Snapshot::scores
    int badness = 0, goodness = 0;
    struct Score {
        bool scored = false;
        std::uint64_t codes = 0;
        int badness = 0, goodness = 0;
    };
    std::array<Score, 2> sides{};       ///< of a record: as it was sent, and of its other direction
};
/// Fetches shown rows [first, first + n) of a selection; caches decoded chunks inside. One reader per thread.
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
/// One record or derived flow. REQUIRES: there is such a row.
Result<RowData> readRow(const SnapshotPtr& snapshot, const JudgementPtr& judgement, Rows kind, std::uint32_t row);
/// Finds the derived row named SOURCE:ROW (of any of its records).
Result<std::uint32_t> derivedRowOf(const Snapshot& snapshot, std::string_view flowId);
std::string flowIdOf(const Snapshot& snapshot, std::uint32_t derivedRow);

}  // namespace weir::session
