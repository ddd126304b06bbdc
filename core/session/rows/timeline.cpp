// Histogram of row starts, by bands.
#include "core/session/rows/timeline.h"

#include "core/base/parallel.h"
#include "core/session/rows/timeline_bands.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

/// The first round length that covers the span with at most `slots` slots.
std::int64_t roundSlot(std::int64_t firstUs, std::int64_t lastUs, std::size_t slots) {
    static constexpr std::int64_t kRound[] = {1,   2,    5,    10,   30,    60,    120,   300,
                                              600, 1800, 3600, 7200, 10800, 21600, 43200, 86400};
    const auto needed = [&](std::int64_t slot) { return std::uint64_t(lastUs / slot - firstUs / slot) + 2 > slots; };
    for (const std::int64_t seconds : kRound)
        if (!needed(seconds * kSecond)) return seconds * kSecond;
    std::int64_t slot = kDay;
    while (needed(slot) && slot < INT64_MAX / 4) slot *= 2;
    return slot;
}

struct Span {
    std::int64_t first = 0, last = 0;
};
Span spanOf(const Snapshot& snapshot) {
    Span span;
    bool any = false;
    for (const flow::ChunkInfo& c : snapshot.records->chunks()) {
        span.first = any ? std::min(span.first, c.startMin) : c.startMin;
        span.last = any ? std::max(span.last, c.startMax) : c.startMax;
        any = true;
    }
    return span;
}

/// Counts of one worker: band-major.
struct Grid {
    std::vector<std::uint64_t> counts;
};

template <class Bands>
class Counter {
public:
    Counter(const Selection& selection, const Bands& bands, const Timeline& shape)
        : selection_(selection), snapshot_(*selection.snapshot), bands_(bands), shape_(shape) {}

    /// Indices [from, to) of the selection. Start times come from one decoded chunk after the other.
    Status add(std::uint64_t from, std::uint64_t to, Grid& grid) const {
        flow::RecordColumns columns;
        std::size_t chunk = ~std::size_t{0};
        for (std::uint64_t i = from; i < to; ++i) {
            const std::uint32_t row = selection_.rowAt(i);
            if (selection_.query.rows == Rows::derived) {
                note(snapshot_.flows->start[row], snapshot_.flows->firstRecord[row], row, grid);
                continue;
            }
            const flow::ChunkInfo* info = chunk == ~std::size_t{0} ? nullptr : &snapshot_.records->chunks()[chunk];
            if (!info || row < info->firstRow || row >= info->firstRow + info->rows) {
                chunk = flow::placeOf(*snapshot_.records, row).chunk;
                info = &snapshot_.records->chunks()[chunk];
                if (auto s = snapshot_.records->read(chunk, flow::cols(flow::Col::start), columns); !s) return s;
            }
            note(columns.start[std::size_t(row - info->firstRow)], row,
                 snapshot_.flows ? snapshot_.flows->flowOfRecord[row] : 0, grid);
        }
        return ok();
    }

private:
    void note(std::int64_t start, std::uint32_t record, std::uint32_t derivedRow, Grid& grid) const {
        const std::int64_t slot = (start - shape_.fromUs) / shape_.slotUs;
        if (slot < 0 || std::uint64_t(slot) >= shape_.slotCount) return;
        ++grid.counts[bands_.of(record, derivedRow) * shape_.slotCount + std::size_t(slot)];
    }
    const Selection& selection_;
    const Snapshot& snapshot_;
    const Bands& bands_;
    const Timeline& shape_;
};

template <class Bands>
Result<Timeline> countBands(const SelectionPtr& selection, std::size_t slots, const Bands& bands, JobContext& job) {
    Timeline t;
    const Span span = spanOf(*selection->snapshot);
    t.slotUs = roundSlot(span.first, span.last, std::max<std::size_t>(slots, 2));
    std::int64_t firstSlot = span.first / t.slotUs;
    if (firstSlot * t.slotUs > span.first) --firstSlot;
    t.fromUs = firstSlot * t.slotUs;
    t.slotCount = std::size_t((span.last - t.fromUs) / t.slotUs) + 1;
    t.bands = bands.names;

    // Sorted lists jump between chunks: their rows are counted in row order.
    SelectionPtr counted = selection;
    if (!selection->all && selection->query.sort != Field::id && selection->query.rows == Rows::records) {
        auto inOrder = std::make_shared<Selection>();
        inOrder->snapshot = selection->snapshot;
        inOrder->query = selection->query;
        inOrder->count = selection->count;
        inOrder->picked = selection->picked.clone();
        std::sort(inOrder->picked.begin(), inOrder->picked.end());
        counted = std::move(inOrder);
    }
    const Counter<Bands> counter(*counted, bands, t);
    std::vector<Grid> grids(job.threads());
    for (Grid& g : grids) g.counts.assign(t.bands.size() * t.slotCount, 0);
    const std::uint64_t count = counted->count;
    const std::size_t items = std::size_t((count + flow::kChunkRows - 1) / flow::kChunkRows);
    const Status done = parallelTry(items, job.threads(), [&](std::size_t item, unsigned worker) -> Status {
        const std::uint64_t from = item * flow::kChunkRows;
        if (!job.step(from, count, "counting over time")) return cancelledError();
        return counter.add(from, std::min<std::uint64_t>(from + flow::kChunkRows, count), grids[worker]);
    });
    if (!done) return done.error();
    t.counts.assign(t.bands.size(), std::vector<std::uint64_t>(t.slotCount, 0));
    t.totals.assign(t.bands.size(), 0);
    for (std::size_t band = 0; band < t.bands.size(); ++band)
        for (std::size_t slot = 0; slot < t.slotCount; ++slot) {
            for (const Grid& g : grids) t.counts[band][slot] += g.counts[band * t.slotCount + slot];
            t.totals[band] += t.counts[band][slot];
        }
    return t;
}

}  // namespace

Result<Timeline> buildTimeline(const SelectionPtr& selection, std::size_t slots, TimelineBy by, JobContext& job) {
    const Snapshot& snapshot = *selection->snapshot;
    if (!snapshot.records || snapshot.records->rows() == 0 || slots == 0) return Timeline();
    const bool scored = snapshot.scores && snapshot.scores->byRecord();
    if (by == TimelineBy::badness && scored) {
        auto t = countBands(selection, slots, BadnessBands(*snapshot.scores), job);
        if (t) t->by = TimelineBy::badness;
        return t;
    }
    const SnapshotTerms terms(selection->snapshot, selection->judgement, nullptr, selection->query.questions);
    const ClassBands bands(snapshot, selection->judgement, terms);
    auto t = countBands(selection, slots, bands, job);
    if (t) t->by = bands.byClass ? TimelineBy::classes : TimelineBy::direction;
    return t;
}

}  // namespace weir::session
