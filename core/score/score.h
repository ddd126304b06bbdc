// Code words of records, counted.
#pragma once

#include "core/base/job.h"
#include "core/flow/chunk_source.h"
#include "core/score/profile.h"

#include <cstdint>
#include <vector>

namespace weir::score {

/// Flows that bear exactly these codes. Bit i = test i of the profile.
struct CodeCount {
    std::uint64_t word = 0, flows = 0, packets = 0, bytes = 0;
};

struct Scores {
    std::uint64_t scored = 0;        ///< records of the directions that the profile applies to, those without a code as well
    std::vector<CodeCount> words;    ///< by word; those of all `scored`
};

/// Records count once per direction with packets. Tests with groups look at all records of the source: two passes over it, one without such tests.
/// Equal for any number of threads. Errors: badFilter (a filter asks for what the terms do not have), store, cancelled.
Result<Scores> scoreRecords(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms, JobContext& job);

}  // namespace weir::score
