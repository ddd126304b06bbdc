// Code words of records: of each one, and counted.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/flow/chunk_source.h"
#include "core/score/built_in.h"
#include "core/score/groups.h"
#include "core/score/profile.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace weir::score {

/// Flows that bear exactly these codes. Bit i = test i of the profile.
struct CodeCount {
    std::uint64_t word = 0, flows = 0;
};

/// What became of the groups of one test.
struct TestGroups {
    std::size_t test = 0;
    std::shared_ptr<const Groups> groups;  ///< never null
};

/// What a built-in test found.
struct TestFindings {
    std::size_t test = 0;
    std::shared_ptr<const BuiltIn> found;
};

/// Records that start in [from, to), µs.
struct TimeRange {
    std::int64_t from = INT64_MIN, to = INT64_MAX;
    bool all() const { return from == INT64_MIN && to == INT64_MAX; }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

struct Scores {
    static constexpr std::uint32_t kNotScored = 0;

    std::uint64_t scored = 0;  ///< flows of the directions that the profile applies to, those without a code as well
    std::vector<CodeCount>
        words;  ///< distinct ones in no order; [kNotScored] stands for flows that are not scored, and counts none
    /// By project row: its place in `words`; of the record as it was sent, and of its second direction (empty when no
    /// record has one).
    Buffer<std::uint32_t> forward, reverse;
    std::vector<TestGroups> groups;      ///< of the tests that group, in the order of the profile
    std::vector<TestFindings> findings;  ///< of the built-in tests, in the order of the profile

    /// Place in `words` of a record: of the direction that is scored, of the first one when both are.
    std::uint32_t numberOf(std::size_t row) const {
        return forward[row] != kNotScored || reverse.empty() ? forward[row] : reverse[row];
    }
};

/// A record counts once per direction with packets. Tests with groups look at all records of the range; records outside
/// it are not scored. One pass over the columns that tests ask for, and one over ports where tests have groups. Scores
/// are equal for any number of threads. Memory: 4 bytes a direction of a record. Errors: badFilter (a filter asks for
/// what the terms do not have), store, cancelled.
Result<Scores> scoreRecords(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms,
                            JobContext& job, TimeRange range = {});

}  // namespace weir::score
