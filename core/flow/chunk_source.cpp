// Row → chunk look-up.
#include "core/flow/chunk_source.h"

#include <algorithm>

namespace weir::flow {

RowPlace placeOf(const ChunkSource& source, std::uint64_t row) {
    const auto chunks = source.chunks();
    const auto after = std::upper_bound(chunks.begin(), chunks.end(), row,
                                        [](std::uint64_t r, const ChunkInfo& c) { return r < c.firstRow; });
    const auto chunk = std::size_t(after - chunks.begin()) - 1;
    return {chunk, std::uint32_t(row - chunks[chunk].firstRow)};
}

}  // namespace weir::flow
