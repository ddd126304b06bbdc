// Chunk-parallel scan with the filter's masks.
#include "core/tally/group_scan.h"

#include "core/base/parallel.h"
#include "core/flow/filter_kernels.h"
#include "core/flow/packet_record.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace weir::tally {
namespace {

using flow::Col;
using flow::Side;

struct Worker {
    std::optional<flow::RecordBatch> records;
    std::optional<flow::DerivedBatch> derived;
    flow::FilterScratch scratch;
    Buffer<std::uint8_t> mask = Buffer<std::uint8_t>(flow::kChunkRows);
    Buffer<std::uint32_t> rows = Buffer<std::uint32_t>(flow::kChunkRows);
};

struct Walk {
    const GroupInput& input;
    bool onlyIcmp;
    const std::function<Status(const Visit&)>& visit;

    bool filters() const { return input.filter && !input.filter->takesAll(); }
    Status pick(flow::FilterBatch& batch, Side side, Worker& w, RowPick& out) const;
    Status walk(flow::FilterBatch& batch, unsigned number, Worker& w) const;
};

Status Walk::pick(flow::FilterBatch& batch, Side side, Worker& w, RowPick& out) const {
    const std::size_t n = batch.size();
    out = {nullptr, n};
    if (!filters() && !onlyIcmp && side == Side::forward) return ok();
    std::uint8_t* mask = w.mask.data();
    if (filters()) {
        if (auto s = input.filter->run(batch, side, w.scratch, mask); !s) return s;
    } else {
        std::fill_n(mask, n, std::uint8_t{1});
    }
    if (onlyIcmp) {
        if (auto s = batch.need(flow::cols(Col::protocol)); !s) return s;
        const auto& protocol = batch.columns().protocol;
        for (std::size_t i = 0; i < n; ++i)
            mask[i] &= std::uint8_t(protocol[i] == flow::kIcmp || protocol[i] == flow::kIcmp6);
    }
    if (side == Side::reverse) {
        const auto& packets = batch.columns().reversePackets;
        for (std::size_t i = 0; i < n; ++i) mask[i] &= std::uint8_t(packets[i] != 0);
    }
    w.rows.resize(flow::kChunkRows);
    out = {w.rows.data(), flow::kernel::select(mask, n, 0, w.rows.data())};
    return ok();
}

Status Walk::walk(flow::FilterBatch& batch, unsigned number, Worker& w) const {
    const auto twoSided = batch.reversed();
    if (!twoSided) return twoSided.error();
    for (const Side side : {Side::forward, Side::reverse}) {
        if (side == Side::reverse && !*twoSided) continue;
        RowPick rows;
        if (auto s = pick(batch, side, w, rows); !s) return s;
        if (rows.n == 0) continue;
        if (auto s = visit({batch, side, rows, number}); !s) return s;
    }
    return ok();
}

}  // namespace

Status scanRows(const GroupInput& input, bool onlyIcmp, unsigned threads, JobContext& job,
                const std::function<Status(const Visit&)>& visit) {
    const Walk walk{input, onlyIcmp, visit};
    const auto chunks = input.records.chunks();
    const std::size_t n = input.flows ? input.flows->size() : std::size_t(input.records.rows());
    const std::size_t items = input.flows ? (n + flow::kChunkRows - 1) / flow::kChunkRows : chunks.size();
    std::vector<std::unique_ptr<Worker>> workers(threads);
    return parallelTry(items, threads, [&](std::size_t item, unsigned number) -> Status {
        if (!workers[number]) workers[number] = std::make_unique<Worker>();
        Worker& w = *workers[number];
        const std::uint64_t first = input.flows ? item * flow::kChunkRows : chunks[item].firstRow;
        if (!job.step(first, n, "counting")) return cancelledError();
        if (input.flows) {
            if (!w.derived) w.derived.emplace(*input.flows, input.terms, &input.records);
            w.derived->open(std::size_t(first), std::uint32_t(std::min(flow::kChunkRows, n - std::size_t(first))));
            return walk.walk(*w.derived, number, w);
        }
        if (!w.records) w.records.emplace(input.records, input.terms);
        w.records->open(item);
        return walk.walk(*w.records, number, w);
    });
}

Status needCounters(const Visit& v, bool packets, bool bytes, bool times) {
    const bool reverse = v.side == Side::reverse;
    flow::ColSet wanted;
    if (packets) wanted = wanted.with(reverse ? Col::reversePackets : Col::packets);
    if (bytes) wanted = wanted.with(reverse ? Col::reverseBytes : Col::bytes);
    if (times) wanted = wanted | flow::cols(Col::start, Col::end);
    return v.batch.need(wanted);
}

const std::uint64_t* packetsOf(const Visit& v) {
    const auto& c = v.batch.columns();
    return v.side == Side::reverse ? c.reversePackets.data() : c.packets.data();
}
const std::uint64_t* bytesOf(const Visit& v) {
    const auto& c = v.batch.columns();
    return v.side == Side::reverse ? c.reverseBytes.data() : c.bytes.data();
}

}  // namespace weir::tally
