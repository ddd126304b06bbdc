// Sizing of record batches.
#include "core/flow/schema.h"

#include <algorithm>

namespace weir::flow {

std::size_t RecordColumns::size() const {
    std::size_t n = 0;
    forEachColumn(*this, [&](Col, const auto& c) { n = std::max(n, c.size()); });
    return n;
}

void RecordColumns::resize(std::size_t n, ColSet which) {
    forEachColumn(*this, [&](Col col, auto& c) { c.resize(which.has(col) ? n : 0); });
}

void RecordColumns::clear() {
    forEachColumn(*this, [](Col, auto& c) { c.clear(); });
}

}  // namespace weir::flow
