// Chunk-parallel scans; each worker keeps its batch, each chunk its own result.
#include "core/flow/filter_scan.h"

#include "core/base/parallel.h"
#include "core/flow/filter_kernels.h"

#include <algorithm>
#include <memory>

namespace weir::flow {
namespace {

/// What one worker needs; the masks of the two directions are apart from the filter's scratch.
struct Worker {
    FilterScratch scratch;
    Buffer<std::uint8_t> forward = Buffer<std::uint8_t>(kChunkRows), reverse = Buffer<std::uint8_t>(kChunkRows);
    Buffer<std::uint32_t> rows = Buffer<std::uint32_t>(kChunkRows);
};
struct Part {
    Buffer<std::uint32_t> picked;
    Buffer<std::uint8_t> sides;
    std::uint64_t rows = 0, directions = 0, packets = 0, bytes = 0;
};

std::uint64_t masked(const std::uint64_t* v, const std::uint8_t* mask, std::size_t n) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += v[i] & (std::uint64_t{0} - mask[i]);
    return sum;
}

Status addTotals(FilterBatch& batch, const Worker& w, bool twoSided, Part& part) {
    if (auto s = batch.need(cols(Col::packets, Col::bytes)); !s) return s;
    part.packets += masked(batch.columns().packets.data(), w.forward.data(), batch.size());
    part.bytes += masked(batch.columns().bytes.data(), w.forward.data(), batch.size());
    if (!twoSided) return ok();
    if (auto s = batch.need(cols(Col::reversePackets, Col::reverseBytes)); !s) return s;
    part.packets += masked(batch.columns().reversePackets.data(), w.reverse.data(), batch.size());
    part.bytes += masked(batch.columns().reverseBytes.data(), w.reverse.data(), batch.size());
    return ok();
}

/// Runs the filter over the reverse direction of the records that have one.
Status runReverse(FilterBatch& batch, const Filter& filter, Worker& w) {
    if (auto s = filter.run(batch, Side::reverse, w.scratch, w.reverse.data()); !s) return s;
    const std::uint64_t* packets = batch.columns().reversePackets.data();
    for (std::size_t i = 0; i < batch.size(); ++i) w.reverse[i] &= std::uint8_t(packets[i] != 0);
    return ok();
}

Status scanBatch(FilterBatch& batch, std::uint64_t base, const Filter& filter, ScanOptions options, Worker& w,
                 Part& part) {
    const std::size_t n = batch.size();
    if (auto s = filter.run(batch, Side::forward, w.scratch, w.forward.data()); !s) return s;
    const auto twoSided = batch.reversed();
    if (!twoSided) return twoSided.error();
    if (*twoSided)
        if (auto s = runReverse(batch, filter, w); !s) return s;
    const std::size_t forward = kernel::count(w.forward.data(), n);
    const std::size_t reverse = *twoSided ? kernel::count(w.reverse.data(), n) : 0;
    if (forward + reverse == 0) return ok();
    part.directions = forward + reverse;
    if (options.totals)
        if (auto s = addTotals(batch, w, *twoSided, part); !s) return s;
    if (*twoSided)
        for (std::size_t i = 0; i < n; ++i) w.reverse[i] = std::uint8_t(w.forward[i] | w.reverse[i] << 1);
    if (*twoSided)
        for (std::size_t i = 0; i < n; ++i) w.forward[i] = w.reverse[i] != 0;
    part.rows = *twoSided ? kernel::count(w.forward.data(), n) : forward;
    if (!options.rows) return ok();
    w.rows.resize(kChunkRows);
    part.picked.append({w.rows.data(), kernel::select(w.forward.data(), n, std::uint32_t(base), w.rows.data())});
    if (*twoSided)
        for (const std::uint32_t row : part.picked) part.sides.push_back(w.reverse[row - std::uint32_t(base)]);
    return ok();
}

ScanResult merged(std::vector<Part>& parts) {
    ScanResult r;
    std::size_t picks = 0;
    bool sides = false;
    for (const Part& p : parts) {
        picks += p.picked.size();
        sides = sides || !p.sides.empty();
    }
    r.picked.reserve(picks);
    if (sides) r.sides.reserve(picks);
    for (Part& p : parts) {
        r.rows += p.rows;
        r.directions += p.directions;
        r.packets += p.packets;
        r.bytes += p.bytes;
        r.picked.append(p.picked);
        if (sides && p.sides.empty())
            for (std::size_t i = 0; i < p.picked.size(); ++i) r.sides.push_back(1);
        else
            r.sides.append(p.sides);
        p = {};
    }
    return r;
}

/// `make()` makes a worker's batch; `open(batch, item)` returns the first row of the item.
template <class Batch, class Make, class Open>
Result<ScanResult> scan(std::size_t items, std::uint64_t rows, const Filter& filter, ScanOptions options,
                        JobContext& job, Make make, Open open) {
    struct Own {
        explicit Own(Make make) : batch(make()) {}
        Worker worker;
        Batch batch;
    };
    std::vector<std::unique_ptr<Own>> own(job.threads());
    std::vector<Part> parts(items);
    const Status done = parallelTry(items, job.threads(), [&](std::size_t item, unsigned worker) -> Status {
        if (!own[worker]) own[worker] = std::make_unique<Own>(make);
        Own& mine = *own[worker];
        const std::uint64_t base = open(mine.batch, item);
        if (!job.step(base, rows, "filtering")) return cancelledError();
        return scanBatch(mine.batch, base, filter, options, mine.worker, parts[item]);
    });
    if (!done) return done.error();
    return merged(parts);
}

}  // namespace

Result<ScanResult> scanRecords(const ChunkSource& records, const Filter& filter, const FilterTerms& terms,
                               ScanOptions options, JobContext& job) {
    const auto chunks = records.chunks();
    const auto make = [&] { return RecordBatch(records, terms); };
    return scan<RecordBatch>(chunks.size(), records.rows(), filter, options, job, make,
                             [&](RecordBatch& batch, std::size_t item) {
                                 batch.open(item);
                                 return chunks[item].firstRow;
                             });
}

Result<ScanResult> scanDerived(const DerivedFlows& flows, const ChunkSource* records, const Filter& filter,
                               const FilterTerms& terms, ScanOptions options, JobContext& job) {
    const std::size_t n = flows.size();
    const auto make = [&] { return DerivedBatch(flows, terms, records); };
    return scan<DerivedBatch>((n + kChunkRows - 1) / kChunkRows, n, filter, options, job, make,
                              [&](DerivedBatch& batch, std::size_t item) {
                                  const std::size_t first = item * kChunkRows;
                                  batch.open(first, std::uint32_t(std::min(kChunkRows, n - first)));
                                  return std::uint64_t(first);
                              });
}

}  // namespace weir::flow
