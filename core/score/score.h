// Code words of records: of each one, and counted.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/flow/chunk_source.h"
#include "core/score/profile.h"

#include <cstdint>
#include <vector>

namespace weir::score {

/// Flows that bear exactly these codes. Bit i = test i of the profile.
struct CodeCount {
    std::uint64_t word = 0, flows = 0;
};

struct Scores {
    static constexpr std::uint32_t kNotScored = 0;

    std::uint64_t scored = 0;        ///< flows of the directions that the profile applies to, those without a code as well
    std::vector<CodeCount> words;    ///< distinct ones in no order; [kNotScored] stands for flows that are not scored, and counts none
    /// By project row: its place in `words`; of the record as it was sent, and of its second direction (empty when no record has one).
    Buffer<std::uint32_t> forward, reverse;
};

/// A record counts once per direction with packets. Tests with groups look at all records of the source. One pass over the columns that tests ask for, and one over ports
/// where tests have groups. Scores are equal for any number of threads. Memory: 4 bytes a direction of a record. Errors: badFilter (a filter asks for what the terms do
/// not have), store, cancelled.
Result<Scores> scoreRecords(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms, JobContext& job);

}  // namespace weir::score
