// A batch of records, as tests over many records receive them.
#pragma once

#include "core/flow/filter_batch.h"

#include <cstdint>
#include <span>

namespace weir::score {

/// One direction of a batch. `mask`: 1 = the test's filter matches the row.
struct Rows {
    const flow::RecordColumns& columns;
    flow::Side side;
    std::span<const std::uint8_t> mask;

    /// Calls use(row) for each row of the mask.
    template <class Use>
    void each(const Use& use) const {
        for (std::size_t i = 0; i < mask.size(); ++i)
            if (mask[i]) use(i);
    }
};

}  // namespace weir::score
