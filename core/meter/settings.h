// Settings of metering, defragmentation and pairing.
#pragma once

#include "core/flow/address.h"

#include <cstdint>
#include <vector>

namespace weir::meter {

struct MeterSettings {
    std::int64_t activeTimeoutUs = 300'000'000;  ///< cut a flow that lasts longer
    std::int64_t idleTimeoutUs = 60'000'000;     ///< end a flow that is silent for longer
};

struct PairingSettings {
    std::int64_t intervalUs = 600'000'000;  ///< bins are multiples since 1970 UTC [S]
    bool acrossIntervals = true;            ///< P7: a reverse in the neighbour interval makes a biflow [I]
    std::vector<flow::Prefix> local;        ///< the inside networks; empty = every flow is transit
};

}  // namespace weir::meter
