// Verb: tries several values of a setting and finds the flows whose class depends on it.
#pragma once

#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"
#include "core/session/rows/questions.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Flows that change from one class to another.
struct SweepMove {
    std::string from, to;  ///< class names; `to` is kNotOneWay when no one-way flow begins with the record any more
    std::uint64_t flows = 0;
};
inline constexpr std::string_view kNotOneWay = "not one-way";

/// The results under one value.
struct SweepRun {
    std::string value;
    bool present = false;                                         ///< this is the current value
    std::uint64_t oneWay = 0, conflicting = 0, unclassified = 0;  ///< numbers under this value
    std::uint64_t flips = 0;                                      ///< current one-way flows that get another class
    std::vector<SweepMove> moves;                                 ///< most flows first
    /// Derived rows of the snapshot that change class, ascending; never null.
    std::shared_ptr<const std::vector<std::uint32_t>> rows;
};
/// The results of all values. Immutable.
struct Sweep final : Question {
    std::shared_ptr<const flow::DerivedFlows> of;  ///< the flows that the rows refer to
    std::string setting;
    std::vector<SweepRun> runs;  ///< in the order of the values
    /// Derived rows that change class under any value, ascending; never null.
    std::shared_ptr<const std::vector<std::uint32_t>> unstable;
    std::vector<std::uint32_t> times;  ///< by index in `unstable`: number of values that change its class

    /// `unstable`: flows that change class under any value; `flips VALUE`: under this value.
    flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
};

/// Flows are matched between values by their first record. The project is not changed. REQUIRES: the snapshot has signs
/// of the run, and the judgement is of them. Cost: one sign pass per value, plus pairing for settings that affect
/// it. Errors: usage (unknown setting, invalid value, or a setting that takes effect at import), store, cancelled.
Result<Sweep> sweepSetting(const SnapshotPtr& snapshot, const Judgement& judgement, std::string_view setting,
                           const std::vector<std::string>& values, const RunId& run, JobContext& job);

}  // namespace weir::session
