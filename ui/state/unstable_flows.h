// Flows whose class depends on a setting: the result of the last sweep.
#pragma once

#include "core/flow/derived_flows.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <unordered_map>

namespace weir::ui {

/// Immutable.
struct UnstableFlows {
    std::shared_ptr<const flow::DerivedFlows> of;  ///< the flows that the rows refer to
    QString setting;
    std::size_t tried = 0;                                    ///< values besides the current one
    std::unordered_map<std::uint32_t, std::uint32_t> values;  ///< derived row → values under which it has another class
};

}  // namespace weir::ui
