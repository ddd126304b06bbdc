// Flows whose class hangs on a setting: what the last sweep found.
#pragma once

#include "core/flow/derived_flows.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <unordered_map>

namespace weir::ui {

/// Immutable.
struct UnstableFlows {
    std::shared_ptr<const flow::DerivedFlows> of;  ///< whose rows are meant
    QString setting;
    std::size_t tried = 0;                                    ///< values besides the one in force
    std::unordered_map<std::uint32_t, std::uint32_t> values;  ///< derived row → values under which it has another class
};

}  // namespace weir::ui
