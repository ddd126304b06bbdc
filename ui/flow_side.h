// One side of the panel Deviation: all flows, a time range, everything outside of it, or another project.
#pragma once

#include "core/session/verbs/deviation.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <utility>

namespace weir::ui {

enum class Zone : unsigned char;

/// A value; state() and fromState() convert it for the project.
struct FlowSide {
    enum class Kind : unsigned char { all, shown, notShown, firstHalf, secondHalf, range, notRange, project };
    Kind kind = Kind::all;
    std::int64_t fromUs = 0, toUs = 0;  ///< of range and notRange
    QString path = {};                  ///< of project

    QString title(Zone zone) const;
    /// The time range of this side, nullopt = all flows. `shown` = time range of the filter; without it, kind `shown`
    /// means all flows and kind `notShown` has no period. REQUIRES: `flows` is not empty.
    std::optional<session::Period> period(const flow::DerivedFlows& flows,
                                          const std::optional<std::pair<std::int64_t, std::int64_t>>& shown) const;

    QJsonObject state() const;
    static FlowSide fromState(const QJsonObject& state, Kind otherwise);
    friend bool operator==(const FlowSide&, const FlowSide&) = default;
};

}  // namespace weir::ui
