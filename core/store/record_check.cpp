// Checking every chunk of a snapshot.
#include "core/base/parallel.h"
#include "core/store/record_snapshot.h"

#include <algorithm>
#include <atomic>

namespace weir::store {

Status RecordSnapshot::check(DamageLog* zones, JobContext& job) const {
    std::atomic<std::uint64_t> done{0};
    return parallelTry(chunks_.size(), job.threads(), [&](std::size_t c, unsigned) -> Status {
        flow::RecordColumns columns;
        // One column at a time, so that a damaged one does not hide the next.
        for (const flow::ColumnInfo& info : flow::kColumns) {
            const Status s = read(c, flow::cols(info.col), columns);
            if (!s && s.error().code != kDamaged) return s;
            if (s && zones) checkZone(c, info, columns, *zones);
        }
        return job.step(done += chunks_[c].rows, rows_, "checking records") ? ok() : Status(cancelledError());
    });
}

void RecordSnapshot::checkZone(std::size_t chunk, const flow::ColumnInfo& info, const flow::RecordColumns& columns,
                               DamageLog& zones) const {
    Zone noted;
    noted.known = zone(chunk, info.col, noted.lo, noted.hi);
    flow::forEachColumn(columns, [&](flow::Col col, const auto& values) {
        if (col != info.col || values.empty()) return;
        using T = typename std::remove_cvref_t<decltype(values)>::value_type;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        const auto lo = static_cast<std::int64_t>(*low), hi = static_cast<std::int64_t>(*high);
        const bool fits = std::is_signed_v<T> || hi >= 0;  // otherwise the file has no range
        if (noted.known ? lo == noted.lo && hi == noted.hi : !fits) return;
        (void)zones.note({Loss::part, 0,
                          chunkName(chunks_[chunk].source, info.ipfix, places_[chunk].chunk) +
                              ": the stored range of its values is wrong"});
    });
}

}  // namespace weir::store
