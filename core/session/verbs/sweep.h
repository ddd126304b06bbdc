// Verb: one setting through several values, and the flows whose class it decides.
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

struct SweepMove {
    std::string from, to;  ///< class names; `to` is kNotOneWay where no one-way flow begins with the record any more
    std::uint64_t flows = 0;
};
inline constexpr std::string_view kNotOneWay = "not one-way";

struct SweepRun {
    std::string value;
    bool present = false;                                         ///< the value in force
    std::uint64_t oneWay = 0, conflicting = 0, unclassified = 0;  ///< as they would be
    std::uint64_t flips = 0;       ///< one-way flows, as they are now, that get another class
    std::vector<SweepMove> moves;  ///< most flows first
    std::shared_ptr<const std::vector<std::uint32_t>>
        rows;  ///< derived rows of the snapshot that flip, ascending; never null
};
struct Sweep final : Question {
    std::shared_ptr<const flow::DerivedFlows> of;  ///< whose rows are meant
    std::string setting;
    std::vector<SweepRun> runs;  ///< in the order of the values
    std::shared_ptr<const std::vector<std::uint32_t>>
        unstable;                      ///< derived rows that flip under any value, ascending; never null
    std::vector<std::uint32_t> times;  ///< by place in `unstable`: how many values flip it

    /// `unstable`: flows that any value flips; `flips VALUE`: those that this one flips.
    flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
};

/// A flow is followed by its first record. Nothing is changed in the project. REQUIRES: the snapshot has signs of the
/// direction and the judgement is of them. Cost: one pass of signs a value, of pairing too for settings of pairing.
/// Errors: usage (no such setting, no such value, or one that needs the packets again), store, cancelled.
Result<Sweep> sweepSetting(const SnapshotPtr& snapshot, const Judgement& judgement, std::string_view setting,
                           const std::vector<std::string>& values, flow::Direction direction, JobContext& job);

}  // namespace weir::session
