// What must hold of a flow file whatever the bytes are.
#pragma once

#include "core/capture/frame.h"
#include "core/capture/reader.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace weir::fuzzing {

inline void require(bool holds, int line = __builtin_LINE()) {
    if (holds) return;
    std::fprintf(stderr, "what line %d requires does not hold\n", line);
    std::abort();
}

/// Decodes every part: columns of one length, ids that exist, no more rows than a part promises, times within bounds.
/// Returns the rows.
inline std::uint64_t decodeAll(capture::FlowFile& file, std::size_t bytes) {
    flow::RecordColumns rows;
    capture::DropCounts drops;
    flow::AddressDictionary dictionary;
    std::uint64_t all = 0, senders = 0;
    for (std::size_t p = 0; file.has(p); ++p) {
        file.decode(p, dictionary, rows, drops);
        const std::size_t n = rows.size();
        require(n <= file.partRows(p));
        flow::forEachColumn(rows, [&](flow::Col col, const auto& values) {
            require(values.size() == n || (values.empty() && flow::isOptional(col)));
        });
        for (std::size_t i = 0; i < n; ++i) {
            for (const flow::HostId id : {rows.src[i], rows.dst[i]})
                require(id & flow::AddressDictionary::kV6Bit
                            ? (id & ~flow::AddressDictionary::kV6Bit) < dictionary.v6().size()
                            : id < dictionary.v4().size());
            require(rows.start[i] < capture::kTimeLimitUs && rows.end[i] < capture::kTimeLimitUs);
            if (!rows.exporter.empty()) senders = std::max<std::uint64_t>(senders, rows.exporter[i]);
        }
        all += n;
    }
    require(senders <= file.exporters().size());
    drops.merge(file.openDrops());
    for (const capture::Drop& d : drops.list()) require(d.count > 0 && d.firstOffset <= bytes && !d.reason.empty());
    return all;
}

}  // namespace weir::fuzzing
