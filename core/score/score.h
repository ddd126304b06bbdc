// Scoring: the code word of each record, and the count of each word.
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

/// Number of flows with exactly these codes. Bit i = test i of the profile.
struct CodeCount {
    std::uint64_t word = 0, flows = 0;
};

/// The groups of one test, after judge().
struct TestGroups {
    std::size_t test = 0;
    std::shared_ptr<const Groups> groups;  ///< never null
};

/// The state of one built-in test, after judge().
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

/// The code words of all records and their counts.
struct Scores {
    static constexpr std::uint32_t kNotScored = 0;

    std::uint64_t scored = 0;  ///< flows of the directions that the profile applies to, including those without a code
    /// Distinct words, unordered; [kNotScored] represents flows that are not scored, with count 0.
    std::vector<CodeCount> words;
    /// By project row: index in `words`, for the record as sent and for its reverse direction (`reverse` is empty when
    /// no record has one).
    Buffer<std::uint32_t> forward, reverse;
    std::vector<TestGroups> groups;      ///< of the tests with `group by`, in profile order
    std::vector<TestFindings> findings;  ///< of the built-in tests, in profile order

    /// Index in `words` of a record's scored direction; of the forward one when both are scored.
    std::uint32_t numberOf(std::size_t row) const {
        return forward[row] != kNotScored || reverse.empty() ? forward[row] : reverse[row];
    }
};

/// Scores all records that start in the range; others are not scored. A record counts once per direction with packets.
/// Tests with groups see all records of the range. Cost: one pass over the columns that the tests use, and one over
/// ports if any test has groups. Memory: 4 bytes per direction of a record. The result does not depend on the number of
/// threads. Errors: badFilter (a filter uses a term that `terms` lacks), store, cancelled.
Result<Scores> scoreRecords(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms,
                            JobContext& job, TimeRange range = {});

}  // namespace weir::score
