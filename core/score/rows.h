// The records that a test over many of them gets at a time.
#pragma once

#include "core/flow/filter_batch.h"

#include <cstdint>
#include <span>

namespace weir::score {

/// One direction of a batch. `mask`: 1 = the row takes part.
struct Rows {
    const flow::RecordColumns& columns;
    flow::Side side;
    std::span<const std::uint8_t> mask;

    /// use(row) for each that takes part.
    template <class Use>
    void each(const Use& use) const {
        for (std::size_t i = 0; i < mask.size(); ++i)
            if (mask[i]) use(i);
    }
};

}  // namespace weir::score
