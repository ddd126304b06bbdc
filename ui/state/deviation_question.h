// What the dock Deviation asks: two sides and a rule set; and what a job answers.
#pragma once

#include "core/session/evidence/judge.h"
#include "ui/flow_side.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::ui {

/// A population and what it is of: asked for again with the same, it is not worked out anew.
struct KeptPopulation {
    std::shared_ptr<const session::Population> population;
    session::Period period;
    std::shared_ptr<const session::SignData> signs;              ///< of this project
    QString path;                                                ///< of another one; else empty
    std::vector<std::pair<std::string, std::string>> userSigns;  ///< name and filter, asked of the other one
    session::Settings settings;                                  ///< of the other one
};

struct DeviationQuestion {
    using Shown = std::optional<std::pair<std::int64_t, std::int64_t>>;
    session::SnapshotPtr snapshot;    ///< with signs
    session::JudgementPtr judgement;  ///< of a good text
    FlowSide baseline, now;           ///< `now` is of this project
    Shown shown;                      ///< time range of the filter
    KeptPopulation keptBaseline, keptNow;
};

struct DeviationAnswer {
    std::shared_ptr<const session::FlowComparison> comparison;
    KeptPopulation baseline, now;
};

/// Opens the other project where a side is one, and works out its signs there. Errors: those of populationOf() and of
/// opening a project, usage (a side that cannot be), cancelled.
Result<DeviationAnswer> answerTo(const DeviationQuestion& q, JobContext& job);

}  // namespace weir::ui
