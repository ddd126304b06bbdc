// Settings of the host profiles (pass 1). Marks as in methods.md: [S] stated, [F] found, [R] recalled, [I] inferred.
#pragma once

#include "core/flow/derived_flows.h"

#include <cstdint>
#include <vector>

namespace weir::profile {

/// Parameters of pass 1; the defaults are those of methods.md.
struct ProfileSettings {
    flow::Direction direction = flow::Direction::in;
    std::int32_t windowBins = 3;  ///< W = 30 min in steps of one interval: this bin and the two before it [S], form [I]
    double trwTheta0 = 0.8;       ///< P(success | benign) [F]
    double trwTheta1 = 0.2;       ///< P(success | scanner) [F]
    double trwAlpha = 0.005;      ///< bound on false positives [S]
    double trwDetection = 0.99;   ///< target detection rate [F]
    bool trwSkipTcpReplies = false;         ///< do not count Backsc flows with TCP reply flags as contacts [I]
    std::uint32_t hcMinBad = 4;             ///< [R]
    double hcRatio = 2.0;                   ///< bad >= ratio x good [R]
    std::uint32_t serviceMinRemotes = 2;    ///< [F]
    std::uint32_t p2pMinFlows = 4;          ///< [F]
    std::uint32_t p2pMinRemotes = 4;        ///< [F]
    std::uint16_t highPort = 1024;          ///< first port above the system ports [F]
    bool potOkOverWindow = false;           ///< PotOk scope: the interval (default) or W [F]
    std::int64_t retryGapUs = 240'000'000;  ///< 2 x MSL of 120 s [I]
    std::vector<std::uint16_t> servicePorts = {1194, 1433, 3306, 3389, 5060,
                                               6667, 8000, 8080, 8443};  ///< besides ports < highPort [I]
};

}  // namespace weir::profile
