// BinIndex: a counting sort of each mixed chunk by bin.
#include "core/meter/pairing_bins.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>
#include <unordered_map>

namespace weir::meter {
namespace {

/// Number of each row's bin in order of first sight. Neighbouring rows mostly share a bin, so the last one is tried
/// first.
class BinSlots {
public:
    explicit BinSlots(std::int64_t intervalUs) : intervalUs_(intervalUs) {}
    std::uint32_t slot(std::int64_t start) {
        if (!bins_.empty() && start >= from_ && start - from_ < intervalUs_) return last_;
        const std::int64_t bin = binOf(start, intervalUs_);
        const auto [at, fresh] = numbers_.try_emplace(bin, std::uint32_t(bins_.size()));
        if (fresh) bins_.push_back(bin);
        last_ = at->second;
        from_ = start - (start % intervalUs_ + intervalUs_) % intervalUs_;
        return last_;
    }
    const std::vector<std::int64_t>& bins() const { return bins_; }

private:
    std::int64_t intervalUs_, from_ = 0;
    std::uint32_t last_ = 0;
    std::vector<std::int64_t> bins_;
    std::unordered_map<std::int64_t, std::uint32_t> numbers_;
};

struct CutPiece {
    std::int64_t bin;
    Piece piece;
};

bool isRemoved(std::span<const std::uint64_t> removed, std::uint64_t row) {
    return removed[row >> 6] >> (row & 63) & 1;
}

bool anyRemoved(std::span<const std::uint64_t> removed, const flow::ChunkInfo& chunk) {
    if (removed.empty()) return false;
    for (std::uint64_t row = chunk.firstRow; row < chunk.firstRow + chunk.rows; row = (row | 63) + 1)
        if (removed[row >> 6] >> (row & 63)) return true;  // bits of the next chunk only cost a reading
    return false;
}

void cutChunk(std::uint32_t chunk, std::uint64_t firstRow, std::span<const std::int64_t> start,
              std::span<const std::uint64_t> removed, std::int64_t intervalUs, std::vector<CutPiece>& pieces,
              Buffer<std::uint16_t>& offsets) {
    constexpr std::uint32_t kNowhere = ~0u;
    BinSlots slots(intervalUs);
    Buffer<std::uint32_t> slotOf(start.size());
    for (std::size_t i = 0; i < start.size(); ++i)
        slotOf[i] = !removed.empty() && isRemoved(removed, firstRow + i) ? kNowhere : slots.slot(start[i]);
    std::vector<std::uint32_t> next(slots.bins().size() + 1, 0);
    for (const std::uint32_t s : slotOf)
        if (s != kNowhere) ++next[s + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    offsets.resize(start.size());
    for (std::size_t s = 0; s < slots.bins().size(); ++s)
        pieces.push_back({slots.bins()[s], {chunk, next[s + 1] - next[s], offsets.data() + next[s]}});
    if (slots.bins().size() == 1 && pieces.back().piece.count == start.size()) pieces.back().piece.offsets = nullptr;
    for (std::size_t i = 0; i < start.size(); ++i)
        if (slotOf[i] != kNowhere) offsets[next[slotOf[i]]++] = std::uint16_t(i);
}

}  // namespace

Result<BinIndex> BinIndex::build(const flow::ChunkSource& records, std::int64_t intervalUs,
                                 std::span<const std::uint64_t> removed, JobContext& job) {
    const auto chunks = records.chunks();
    BinIndex index;
    index.offsets_.resize(chunks.size());
    std::vector<std::vector<CutPiece>> cut(chunks.size());
    std::vector<flow::RecordColumns> columns(job.threads());
    std::vector<std::optional<Error>> errors(job.threads());
    std::atomic<std::uint64_t> done{0};
    const bool good = parallelFor(chunks.size(), job.threads(), [&](std::size_t c, unsigned worker) {
        const flow::ChunkInfo& info = chunks[c];
        const std::int64_t bin = binOf(info.startMin, intervalUs);
        if (bin == binOf(info.startMax, intervalUs) && !anyRemoved(removed, info)) {
            cut[c].push_back({bin, {std::uint32_t(c), info.rows, nullptr}});
        } else {
            if (auto read = records.read(c, flow::cols(flow::Col::start), columns[worker]); !read) {
                errors[worker] = read.error();
                return false;
            }
            cutChunk(std::uint32_t(c), info.firstRow, columns[worker].start, removed, intervalUs, cut[c],
                     index.offsets_[c]);
        }
        return job.step(done += info.rows, records.rows(), "sorting by time");
    });
    for (const auto& e : errors)
        if (e) return *e;
    if (!good) return cancelledError();

    std::vector<CutPiece> all;
    for (auto& pieces : cut) all.insert(all.end(), pieces.begin(), pieces.end());
    std::stable_sort(all.begin(), all.end(), [](const CutPiece& a, const CutPiece& b) { return a.bin < b.bin; });
    index.pieces_.reserve(all.size());
    for (const CutPiece& p : all) index.pieces_.push_back(p.piece);
    for (std::size_t from = 0, to; from < all.size(); from = to) {
        BinPieces bin{all[from].bin, 0, {}};
        for (to = from; to < all.size() && all[to].bin == bin.bin; ++to) bin.rows += all[to].piece.count;
        bin.pieces = std::span(index.pieces_).subspan(from, to - from);
        index.bins_.push_back(bin);
    }
    return index;
}

}  // namespace weir::meter
