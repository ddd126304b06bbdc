// One side of the dock Deviation: all flows, a time range, what lies outside of it, or another project.
#pragma once

#include "core/session/verbs/deviation.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <utility>

namespace weir::ui {

enum class Zone : unsigned char;

struct FlowSide {
    enum class Kind : unsigned char { all, shown, notShown, firstHalf, secondHalf, range, notRange, project };
    Kind kind = Kind::all;
    std::int64_t fromUs = 0, toUs = 0;  ///< of range and notRange
    QString path = {};                  ///< of project

    QString title(Zone zone) const;
    /// `shown`: the time range of the filter, without which `shown` is all and `notShown` has no period. `flows` has
    /// rows.
    std::optional<session::Period> period(const flow::DerivedFlows& flows,
                                          const std::optional<std::pair<std::int64_t, std::int64_t>>& shown) const;

    QJsonObject state() const;
    static FlowSide fromState(const QJsonObject& state, Kind otherwise);
    friend bool operator==(const FlowSide&, const FlowSide&) = default;
};

}  // namespace weir::ui
