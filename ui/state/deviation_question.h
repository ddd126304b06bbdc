// The query of the panel Deviation (two sides and a rule set) and its answer.
#pragma once

#include "core/session/evidence/judge.h"
#include "ui/flow_side.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::ui {

/// A population and what it was computed from, so that the same query does not recompute it.
struct KeptPopulation {
    std::shared_ptr<const session::Population> population;
    session::Period period;
    std::shared_ptr<const session::SignData> signs;              ///< of this project
    QString path;                                                ///< of another project; else empty
    std::vector<std::pair<std::string, std::string>> userSigns;  ///< name and filter, for the other project
    session::Settings settings;                                  ///< of the other project
};

/// Everything that the job needs; immutable snapshots.
struct DeviationQuestion {
    using Shown = std::optional<std::pair<std::int64_t, std::int64_t>>;
    session::SnapshotPtr snapshot;    ///< with signs
    session::JudgementPtr judgement;  ///< of a text without errors
    FlowSide baseline, now;           ///< `now` is of this project
    Shown shown;                      ///< time range of the filter
    KeptPopulation keptBaseline, keptNow;
};

/// The comparison, and the populations to reuse for the next query.
struct DeviationAnswer {
    std::shared_ptr<const session::FlowComparison> comparison;
    KeptPopulation baseline, now;
};

/// Answers the query; run it as a job. Opens the other project when a side is one, and computes its signs. Errors:
/// those of populationOf() and of opening a project, usage (invalid side), cancelled.
Result<DeviationAnswer> answerTo(const DeviationQuestion& q, JobContext& job);

}  // namespace weir::ui
