// Reading on all threads, writing chunk by chunk.
#include "core/session/project/import_source.h"

#include "core/base/parallel.h"
#include "core/capture/export_file.h"
#include "core/flow/chunk_source.h"
#include "core/session/project/meter_capture.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

namespace weir::session {
namespace {

using flow::kChunkRows;

constexpr std::uint32_t kPiecesOfPart = 256;  ///< chunk number = part x 256 + piece: one part may need several chunks

constexpr std::size_t kRowsOfHost = 32;  ///< a guess, on the low side
constexpr std::size_t kLeastBytesOfRow = 16,
                      kMostRowsReserved = 1u << 25;  ///< reserves address space, not memory; arrays may grow beyond it

/// Where the provisional ids of a part are: rows of a worker.
struct PartIds {
    std::size_t part = 0;
    unsigned worker = 0;
    std::size_t from = 0, rows = 0;
};

class FlowFileReading {
public:
    FlowFileReading(capture::FlowFile& file, const FileBytes& bytes, store::SourceWriter& writer, JobContext& job)
        : file_(file), fileBytes_(bytes.size()), writer_(writer), job_(job), dictionaries_(job.threads()),
          workers_(job.threads()) {
        const std::size_t rows =
            bytes.isStream() ? kMostRowsReserved : std::min(bytes.size() / kLeastBytesOfRow, kMostRowsReserved);
        for (Worker& w : workers_) {
            w.src.reserve(rows);
            w.dst.reserve(rows);
        }
        for (flow::AddressDictionary& d : dictionaries_) d.reserve(rows / kRowsOfHost);
    }

    Result<ReadSource> run() {
        const auto has = [&](std::size_t part) { return file_.has(part); };
        const Status readAll = parallelTryWhile(has, job_.threads(), [&](std::size_t part, unsigned w) -> Status {
            if (const Status s = readPart(part, w); !s) return s;
            return report(file_.partBytes(part)) ? ok() : Status(cancelledError());
        });
        if (!readAll) return readAll.error();
        if (job_.cancelled()) return cancelledError();
        flow::MergedAddresses merged = flow::mergeAddresses(dictionaries_, job_.threads());
        dictionaries_.clear();
        std::vector<PartIds> parts;
        for (Worker& w : workers_) parts.insert(parts.end(), w.parts.begin(), w.parts.end());
        const Status written = parallelTry(parts.size(), job_.threads(), [&](std::size_t i, unsigned) -> Status {
            if (job_.cancelled()) return cancelledError();
            return writeIds(parts[i], merged.remaps[parts[i].worker]);
        });
        if (!written) return written.error();

        ReadSource out;
        for (const Worker& w : workers_) out.counts.merge(w.counts);
        out.counts.drops.merge(file_.openDrops());
        out.addresses = std::move(merged.table);
        out.exporters = file_.exporters();
        return out;
    }

private:
    struct Worker {
        flow::RecordColumns records;
        std::vector<PartIds> parts;
        Buffer<flow::HostId> src, dst;  ///< of all its parts: one growing array is cheaper than one per part
        ReadCounts counts;
    };

    Status readPart(std::size_t part, unsigned w) {
        Worker& worker = workers_[w];
        file_.decode(part, dictionaries_[w], worker.records, worker.counts.drops);
        worker.counts.add(worker.records);
        const std::size_t n = worker.records.size();
        for (std::size_t from = 0; from < n; from += kChunkRows) {
            const Status s = writer_.putRows(chunkOf(part, from), worker.records, from, std::min(kChunkRows, n - from));
            if (!s) return s;
        }
        worker.parts.push_back({part, w, worker.src.size(), n});
        worker.src.append(worker.records.src.span());
        worker.dst.append(worker.records.dst.span());
        return ok();
    }

    Status writeIds(const PartIds& ids, const flow::IdRemap& remap) {
        Worker& worker = workers_[ids.worker];
        for (std::size_t from = 0; from < ids.rows; from += kChunkRows) {
            const std::size_t rows = std::min(kChunkRows, ids.rows - from);
            const auto final = [&](Buffer<flow::HostId>& all) {
                const std::span<flow::HostId> own(all.data() + ids.from + from, rows);
                for (flow::HostId& id : own) id = remap(id);
                return std::span<const flow::HostId>(own);
            };
            if (const Status s = writer_.putIds(chunkOf(ids.part, from), final(worker.src), final(worker.dst)); !s)
                return s;
        }
        return ok();
    }

    static std::uint32_t chunkOf(std::size_t part, std::size_t from) {
        return std::uint32_t(part) * kPiecesOfPart + std::uint32_t(from / kChunkRows);
    }
    bool report(std::uint64_t bytes) { return job_.step(done_ += bytes, fileBytes_, "reading flows", "bytes"); }

    capture::FlowFile& file_;
    const std::uint64_t fileBytes_;
    store::SourceWriter& writer_;
    JobContext& job_;
    std::vector<flow::AddressDictionary> dictionaries_;
    std::vector<Worker> workers_;
    std::atomic<std::uint64_t> done_{0};
};

/// nullopt when the decision is left to the share of export datagrams, and that is too low.
Result<std::optional<ReadSource>> readExports(const FileBytes& bytes, const capture::ReaderDef& reader,
                                              const capture::ReadOptions& options, TraceUse use,
                                              store::SourceWriter& writer, JobContext& job) {
    const auto found = capture::openTraceExports(bytes, reader, options, job);
    if (!found) return found.error();
    auto read = FlowFileReading(*found->file, bytes, writer, job).run();
    if (!read) return read.error();
    if (use == TraceUse::decide && !found->counts->share.isMost()) {
        if (const Status s = writer.clear(); !s) return s.error();
        return std::optional<ReadSource>();
    }
    read->asExports = true;
    read->share = found->counts->share;
    read->counts.packetsSeen = found->counts->packetsSeen;
    return std::optional(std::move(*read));
}

Result<ReadSource> writeMetered(MeteredCapture metered, store::SourceWriter& writer, JobContext& job) {
    const flow::RecordColumns& records = metered.flows.records;
    const std::size_t n = records.size();
    const Status written =
        parallelTry((n + kChunkRows - 1) / kChunkRows, job.threads(), [&](std::size_t c, unsigned) -> Status {
            if (job.cancelled()) return cancelledError();
            const std::size_t from = c * kChunkRows, rows = std::min(kChunkRows, n - from);
            const auto chunk = std::uint32_t(c) * kPiecesOfPart;
            if (const Status s = writer.putRows(chunk, records, from, rows); !s) return s;
            return writer.putIds(chunk, records.src.span().subspan(from, rows), records.dst.span().subspan(from, rows));
        });
    if (!written) return written.error();
    ReadSource out;
    out.counts.add(records);
    out.counts.packetsSeen = metered.packetsSeen;
    out.counts.drops.merge(metered.drops);
    out.addresses = std::move(metered.flows.addresses);
    out.share = metered.share;
    return out;
}

}  // namespace

void ReadCounts::add(const flow::RecordColumns& r) {
    if (r.size() == 0) return;
    ReadCounts c;
    c.flows = r.size();
    const auto sum = [](const Buffer<std::uint64_t>& v) {
        return std::accumulate(v.begin(), v.end(), std::uint64_t{0});
    };
    c.packets = sum(r.packets) + sum(r.reversePackets);
    c.bytes = sum(r.bytes) + sum(r.reverseBytes);
    c.first = *std::min_element(r.start.begin(), r.start.end());
    c.last = *std::max_element(r.end.begin(), r.end.end());
    merge(c);
}

void ReadCounts::merge(const ReadCounts& o) {
    drops.merge(o.drops);
    packetsSeen += o.packetsSeen;
    if (o.flows == 0) return;
    first = flows ? std::min(first, o.first) : o.first;
    last = flows ? std::max(last, o.last) : o.last;
    flows += o.flows;
    packets += o.packets;
    bytes += o.bytes;
}

Result<ReadSource> readFlowFile(const FileBytes& bytes, const capture::ReaderDef& reader,
                                const capture::ReadOptions& options, store::SourceWriter& writer, JobContext& job) {
    auto file = reader.openFlows(bytes, options);
    if (!file) return file.error();
    return FlowFileReading(**file, bytes, writer, job).run();
}

Result<ReadSource> readTrace(const FileBytes& bytes, const capture::ReaderDef& reader,
                             const capture::ReadOptions& options, TraceUse use, const meter::MeterSettings& settings,
                             store::SourceWriter& writer, JobContext& job) {
    bool exports = use == TraceUse::exports;
    if (use == TraceUse::decide) {
        const auto guess = capture::guessShare(bytes, reader, options);
        if (!guess) return guess.error();
        exports = guess->isMost();
    }
    if (exports) {
        auto read = readExports(bytes, reader, options, use, writer, job);
        if (!read) return read.error();
        if (*read) return std::move(**read);
    }
    auto metered = meterCapture(bytes, reader, options, settings, job);
    if (!metered) return metered.error();
    // The guess saw only the beginning of the trace: the rest may change the result.
    if (use == TraceUse::decide && !exports && metered->share.isMost()) {
        auto read = readExports(bytes, reader, options, use, writer, job);
        if (!read) return read.error();
        if (*read) return std::move(**read);
    }
    return writeMetered(std::move(*metered), writer, job);
}

}  // namespace weir::session
