// Marking excluded records chunk by chunk, double counts interval by interval.
#include "core/meter/cleaning.h"

#include "core/base/parallel.h"
#include "core/flow/address_table.h"
#include "core/meter/pairing_bins.h"
#include "core/meter/pairing_chunks.h"
#include "core/meter/pairing_keys.h"

#include <algorithm>
#include <atomic>
#include <set>

namespace weir::meter {
namespace {

using flow::Col;

struct IdRange {
    flow::HostId from = 0, to = 0;
    bool has(flow::HostId id) const { return id >= from && id < to; }
};

/// An exclusion against the addresses of a project.
struct Matcher {
    bool anyHost = true;
    IdRange hosts;
    std::optional<std::uint8_t> protocol;
    std::optional<std::uint16_t> port;

    bool fits(flow::HostId host, std::uint16_t itsPort) const {
        return (anyHost || hosts.has(host)) && (!port || *port == itsPort);
    }
};

std::uint64_t at(const Buffer<std::uint64_t>& column, std::size_t i) { return column.empty() ? 0 : column[i]; }
std::uint64_t packetsOf(const flow::RecordColumns& c, std::size_t i) { return c.packets[i] + at(c.reversePackets, i); }
std::uint64_t bytesOf(const flow::RecordColumns& c, std::size_t i) { return c.bytes[i] + at(c.reverseBytes, i); }

/// A record that may be a copy: hash of what copies share, and where it is.
struct DuplicateCandidate {
    std::uint64_t hash = 0;
    std::uint32_t row = 0, pieceRow = 0;  ///< project row; row in its chunk
};

/// All that two copies of a record share, and what tells them apart.
struct Copy {
    std::uint64_t hosts, ports, packets, bytes, reversePackets, reverseBytes;
    std::int64_t start;
    std::uint32_t device;
    bool sameFlow(const Copy& o) const {
        return hosts == o.hosts && ports == o.ports && packets == o.packets && bytes == o.bytes &&
               reversePackets == o.reversePackets && reverseBytes == o.reverseBytes;
    }
};

class Cleaner {
public:
    Cleaner(const flow::ChunkSource& records, const CleaningSettings& settings, const Devices& devices,
            std::int64_t intervalUs, JobContext& job)
        : records_(records), settings_(settings), devices_(devices), intervalUs_(intervalUs), job_(job) {
        out_.byExclusion.resize(settings.exclude.size());
    }

    Result<Cleaning> run() {
        std::set<std::uint32_t> known;
        for (const auto& [source, numbers] : devices_) known.insert(numbers.begin(), numbers.end());
        const bool duplicates = settings_.removeDuplicates && known.size() > 1;
        if (!duplicates && settings_.exclude.empty()) return std::move(out_);
        out_.removed.assign(std::size_t(records_.rows() + 63) / 64, 0);
        if (!settings_.exclude.empty())
            if (const Status s = exclude(); !s) return s.error();
        if (duplicates)
            if (const Status s = findCopies(); !s) return s.error();
        if (out_.duplicates.records + out_.excluded.records == 0) out_.removed.release();
        return std::move(out_);
    }

private:
    /// Bits of one chunk share words with the next: set one after the other.
    void mark(std::uint64_t row) { out_.removed[row >> 6] |= std::uint64_t{1} << (row & 63); }

    Status exclude() {
        std::vector<Matcher> matchers;
        for (const Exclusion& e : settings_.exclude) {
            Matcher m{!e.prefix, {}, e.protocol, e.port};
            if (e.prefix) std::tie(m.hosts.from, m.hosts.to) = records_.addresses().range(*e.prefix);
            matchers.push_back(m);
        }
        const auto chunks = records_.chunks();
        struct Found {
            std::vector<std::uint32_t> rows;
            std::vector<Cleaning::Count> counts;
        };
        std::vector<Found> found(chunks.size());
        if (const Status s = overChunks([&](std::size_t c, const flow::RecordColumns& columns) {
                Found& f = found[c];
                f.counts.resize(matchers.size());
                for (std::uint32_t i = 0; i < chunks[c].rows; ++i)
                    for (std::size_t m = 0; m < matchers.size(); ++m) {
                        if (matchers[m].protocol && *matchers[m].protocol != columns.protocol[i]) continue;
                        if (!matchers[m].fits(columns.src[i], columns.srcPort[i]) &&
                            !matchers[m].fits(columns.dst[i], columns.dstPort[i]))
                            continue;
                        f.rows.push_back(i);
                        f.counts[m].add(chunks[c].firstRow + i, packetsOf(columns, i), bytesOf(columns, i));
                        break;
                    }
            });
            !s)
            return s;
        for (std::size_t c = 0; c < chunks.size(); ++c) {
            for (const std::uint32_t i : found[c].rows) mark(chunks[c].firstRow + i);
            for (std::size_t m = 0; m < found[c].counts.size(); ++m) {
                out_.byExclusion[m].merge(found[c].counts[m]);
                out_.excluded.merge(found[c].counts[m]);
            }
        }
        return ok();
    }

    template <class Work>
    Status overChunks(Work work) {
        std::vector<flow::RecordColumns> columns(job_.threads());
        std::vector<std::optional<Error>> errors(job_.threads());
        std::atomic<std::uint64_t> done{0};
        const auto wanted = flow::cols(Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::protocol, Col::packets,
                                       Col::bytes, Col::reversePackets, Col::reverseBytes);
        const bool good = parallelFor(records_.chunks().size(), job_.threads(), [&](std::size_t c, unsigned worker) {
            if (const Status s = records_.read(c, wanted, columns[worker]); !s)
                return errors[worker] = s.error(), false;
            work(c, columns[worker]);
            return job_.step(done += records_.chunks()[c].rows, records_.rows(), "applying exclusions");
        });
        return outcome(errors, good);
    }

    static Status outcome(const std::vector<std::optional<Error>>& errors, bool good) {
        for (const auto& e : errors)
            if (e) return *e;
        return good ? ok() : Status(cancelledError());
    }

    Status findCopies() {
        const auto index = BinIndex::build(records_, intervalUs_, {}, job_);
        if (!index) return index.error();
        const auto bins = index->bins();
        std::vector<std::uint32_t> uses(records_.chunks().size(), 0);
        for (const BinPieces& bin : bins)
            for (const Piece& piece : bin.pieces) ++uses[piece.chunk];
        ChunkCache chunks(records_, columnsOfCopies(), uses);
        struct Found {
            std::vector<std::uint32_t> rows;
            std::map<std::pair<std::uint32_t, std::uint32_t>, Cleaning::Count> counts;
        };
        std::vector<Found> found(bins.size());
        std::vector<std::optional<Error>> errors(job_.threads());
        std::atomic<std::uint64_t> done{0};
        const bool good = parallelFor(bins.size(), job_.threads(), [&](std::size_t b, unsigned worker) {
            std::vector<Copy> copies;
            std::vector<DuplicateCandidate> order;
            if (const Status s = gather(bins[b], chunks, copies, order); !s) return errors[worker] = s.error(), false;
            std::sort(order.begin(), order.end(), [](const DuplicateCandidate& x, const DuplicateCandidate& y) {
                return x.hash != y.hash ? x.hash < y.hash : x.row < y.row;
            });
            for (std::size_t from = 0, to; from < order.size(); from = to) {
                for (to = from + 1; to < order.size() && order[to].hash == order[from].hash;) ++to;
                if (to - from > 1)
                    judge(std::span(order).subspan(from, to - from), copies, found[b].rows, found[b].counts);
            }
            return job_.step(done += bins[b].rows, records_.rows(), "finding duplicates");
        });
        if (const Status s = outcome(errors, good); !s) return s;
        for (const Found& f : found) {
            for (const std::uint32_t row : f.rows) mark(row);
            for (const auto& [devices, count] : f.counts) {
                out_.byDevices[devices].merge(count);
                out_.duplicates.merge(count);
            }
        }
        return ok();
    }

    static flow::ColSet columnsOfCopies() {
        return flow::cols(Col::start, Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode, Col::protocol,
                          Col::packets, Col::bytes, Col::reversePackets, Col::reverseBytes, Col::exporter);
    }

    std::uint32_t deviceOf(std::uint32_t source, std::uint16_t exporter) const {
        const auto found = devices_.find(source);
        if (found == devices_.end()) return 0;
        return exporter < found->second.size() ? found->second[exporter] : found->second.front();
    }

    /// All records of the bin that are still there; candidate.pieceRow is the place in `copies`.
    Status gather(const BinPieces& bin, ChunkCache& chunks, std::vector<Copy>& copies,
                  std::vector<DuplicateCandidate>& order) const {
        copies.reserve(bin.rows);
        order.reserve(bin.rows);
        for (const Piece& piece : bin.pieces) {
            const auto got = chunks.acquire(piece.chunk);
            if (!got) return got.error();
            const flow::RecordColumns& c = **got;
            const flow::ChunkInfo& info = records_.chunks()[piece.chunk];
            for (std::uint32_t k = 0; k < piece.count; ++k) {
                const std::uint32_t i = piece.offsets ? piece.offsets[k] : k;
                if (out_.isRemoved(info.firstRow + i)) continue;
                Copy copy{std::uint64_t{c.src[i]} << 32 | c.dst[i],
                          std::uint64_t{c.srcPort[i]} << 48 | std::uint64_t{c.dstPort[i]} << 32 |
                              std::uint64_t{c.icmpTypeCode[i]} << 16 | c.protocol[i],
                          c.packets[i],
                          c.bytes[i],
                          at(c.reversePackets, i),
                          at(c.reverseBytes, i),
                          c.start[i],
                          deviceOf(info.source, c.exporter.empty() ? std::uint16_t{0} : c.exporter[i])};
                const std::uint64_t hash = mix(mix(copy.hosts, copy.ports), mix(copy.packets, copy.bytes));
                order.push_back({hash, std::uint32_t(info.firstRow + i), std::uint32_t(copies.size())});
                copies.push_back(copy);
            }
            chunks.release(piece.chunk);
        }
        return ok();
    }

    /// Candidates of one hash, in project order.
    void judge(std::span<const DuplicateCandidate> same, const std::vector<Copy>& copies,
               std::vector<std::uint32_t>& rows,
               std::map<std::pair<std::uint32_t, std::uint32_t>, Cleaning::Count>& counts) const {
        std::vector<const Copy*> kept;
        for (const DuplicateCandidate& candidate : same) {
            const Copy& copy = copies[candidate.pieceRow];
            const auto twin = std::find_if(kept.begin(), kept.end(), [&](const Copy* k) {
                const std::int64_t gap = k->start > copy.start ? k->start - copy.start : copy.start - k->start;
                return k->device != copy.device && gap <= settings_.duplicateGapUs && k->sameFlow(copy);
            });
            if (twin == kept.end()) {
                kept.push_back(&copy);
                continue;
            }
            rows.push_back(candidate.row);
            counts[{(*twin)->device, copy.device}].add(candidate.row, copy.packets + copy.reversePackets,
                                                       copy.bytes + copy.reverseBytes);
        }
    }

    const flow::ChunkSource& records_;
    const CleaningSettings& settings_;
    const Devices& devices_;
    const std::int64_t intervalUs_;
    JobContext& job_;
    Cleaning out_;
};

}  // namespace

void Cleaning::Count::add(std::uint64_t row, std::uint64_t p, std::uint64_t b) {
    ++records;
    packets += p;
    bytes += b;
    sampleRow = std::min(sampleRow, row);
}

void Cleaning::Count::merge(const Count& o) {
    records += o.records;
    packets += o.packets;
    bytes += o.bytes;
    sampleRow = std::min(sampleRow, o.sampleRow);
}

Result<Cleaning> cleanRecords(const flow::ChunkSource& records, const CleaningSettings& settings,
                              const Devices& devices, std::int64_t intervalUs, JobContext& job) {
    return Cleaner(records, settings, devices, intervalUs, job).run();
}

}  // namespace weir::meter
