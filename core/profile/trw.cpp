// TrwModel: threshold random walk (Jung et al. 2004) with our names for its parameters.
#include "core/profile/profile.h"

#include <cmath>

namespace weir::profile {

TrwModel::TrwModel(const ProfileSettings& s)
    : success(std::log(s.trwTheta1 / s.trwTheta0)), failure(std::log((1 - s.trwTheta1) / (1 - s.trwTheta0))),
      upper(std::log(s.trwDetection / s.trwAlpha)), lower(std::log((1 - s.trwDetection) / (1 - s.trwAlpha))) {}

Verdict TrwModel::walk(std::span<const std::uint8_t> failures) const {
    double sum = 0;
    for (const std::uint8_t failed : failures) {
        sum += failed ? failure : success;
        if (sum >= upper) return Verdict::scanner;
        if (sum <= lower) return Verdict::nominal;
    }
    return Verdict::none;
}

}  // namespace weir::profile
