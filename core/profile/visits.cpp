// VisitParts: a two-pass radix partition by host, then a counting sort of each part.
#include "core/profile/visits.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <bit>

namespace weir::profile {
namespace {

constexpr std::size_t kPartVisits = 16384;  // 512 KiB: a part and its sorted copy stay in a core's cache
constexpr std::size_t kMostParts = 1024;    // write streams of the scatter
constexpr std::size_t kVisitBlockRows = 1u << 18;

/// Calls fn(row, bin index) for rows [from, to).
template <class Fn>
void forRows(const flow::DerivedFlows& flows, std::size_t from, std::size_t to, Fn&& fn) {
    auto bin = std::upper_bound(flows.bins.begin(), flows.bins.end(), from,
                                [](std::size_t row, const flow::BinRange& b) { return row < b.end; });
    for (std::size_t row = from; row < to; ++bin)
        for (const std::size_t end = std::min<std::size_t>(to, bin->end); row < end; ++row)
            fn(row, std::uint32_t(bin - flows.bins.begin()));
}

}  // namespace

bool VisitParts::gather(const VisitColumns& columns, std::span<const std::uint8_t> kinds, std::size_t hosts,
                        JobContext& job) {
    const std::size_t rows = kinds.size();
    const std::size_t parts = std::clamp<std::size_t>(rows / kPartVisits, 1, kMostParts);
    shift_ = unsigned(std::bit_width((hosts + parts - 1) / parts));
    const std::size_t count = (hosts >> shift_) + 1;
    const std::size_t blocks = (rows + kVisitBlockRows - 1) / kVisitBlockRows;
    std::vector<std::uint64_t> at(blocks * count, 0);  // [block][part]: counts, then write positions
    const auto blockEnd = [&](std::size_t block) { return std::min(rows, (block + 1) * kVisitBlockRows); };
    if (!parallelFor(blocks, job.threads(), [&](std::size_t block, unsigned) {
            std::uint64_t* const counts = at.data() + block * count;
            for (std::size_t row = block * kVisitBlockRows; row < blockEnd(block); ++row)
                counts[columns.host[row] >> shift_] += kinds[row] != 0;
            return !job.cancelled();
        }))
        return false;
    begin_.assign(count + 1, 0);
    std::uint64_t total = 0;
    for (std::size_t part = 0; part < count; ++part) {
        begin_[part] = total;
        for (std::size_t block = 0; block < blocks; ++block) total += std::exchange(at[block * count + part], total);
    }
    begin_[count] = total;
    visits_.resize(total);
    return parallelFor(blocks, job.threads(), [&](std::size_t block, unsigned) {
        std::uint64_t* const next = at.data() + block * count;
        forRows(columns.flows, block * kVisitBlockRows, blockEnd(block), [&](std::size_t row, std::uint32_t bin) {
            if (kinds[row] == 0) return;
            visits_[next[columns.host[row] >> shift_]++] = {columns.flows.start[row],
                                                            std::uint32_t(row),
                                                            bin,
                                                            columns.host[row],
                                                            columns.peer[row],
                                                            columns.hostPort[row],
                                                            columns.peerPort[row],
                                                            columns.flows.protocol[row],
                                                            kinds[row],
                                                            0};
        });
        return !job.cancelled();
    });
}

void VisitParts::sortPart(std::size_t part, Buffer<Visit>& sorted) const {
    const std::span<const Visit> visits = visits_.span().subspan(begin_[part], begin_[part + 1] - begin_[part]);
    sorted.resize(visits.size());
    const flow::HostId firstHost = flow::HostId(part << shift_);
    std::vector<std::uint32_t> next((std::size_t{1} << shift_) + 1, 0);
    for (const Visit& v : visits) ++next[v.host - firstHost + 1];
    for (std::size_t h = 1; h < next.size(); ++h) next[h] += next[h - 1];
    for (const Visit& v : visits) sorted[next[v.host - firstHost]++] = v;
}

}  // namespace weir::profile
