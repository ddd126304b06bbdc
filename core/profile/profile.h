// Pass 1: per-flow evidence that depends on other flows in the window: TRW, HC, pair flags, services, P2P, grey
// addresses.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/derived_flows.h"
#include "core/profile/settings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::profile {

/// Window evidence: one byte per derived flow. Only one-way flows of the settings' direction have bits; all other rows
/// are 0.
enum Evidence : std::uint8_t {
    kTrwScan = 1,
    kTrwNom = 2,
    kHcScan = 4,
    kPotOk = 8,
    kInOut = 16,
    kToService = 32,
    kToP2p = 64,
    kRetry = 128,
};

/// The result of pass 1.
struct Profiles {
    Buffer<std::uint8_t> evidence;         ///< per derived flow
    std::vector<std::uint8_t> sentPacket;  ///< per host: 1 = sent at least one packet in any record of any source
};

/// Computes the evidence of methods.md 2.1 to 2.4 with exact windows: the state at bin i is that of a new walk over
/// bins i-2..i. `hostBits`: one byte per host, from meter::markHosts. With direction `out`, local and remote swap
/// roles. The result does not depend on the number of threads. Cost: O(n log n) over one-way and two-way flows; sharded
/// by host, no locks. Errors: cancelled.
Result<Profiles> buildProfiles(const flow::DerivedFlows& flows, std::span<const std::uint8_t> hostBits,
                               const ProfileSettings& settings, JobContext& job);

// ---- pure pieces, tested by themselves -----------------------------------------------------------
enum class Verdict : std::uint8_t { none, scanner, nominal };
/// Steps and bounds of the threshold random walk, as natural logarithms.
struct TrwModel {
    explicit TrwModel(const ProfileSettings& s);
    double success, failure, upper, lower;
    /// The first bound that the walk crosses decides; later contacts do not change the verdict. `failures[i]`: 1 = the
    /// i-th distinct contact failed.
    Verdict walk(std::span<const std::uint8_t> failures) const;
};

/// The numbers behind one flow's evidence, as the Inspector shows them.
struct HostEvidence {
    std::uint32_t contacts = 0;                 ///< distinct local hosts in the window
    std::uint32_t successes = 0, failures = 0;  ///< first contacts up to the verdict; `sum` adds their steps
    double sum = 0, upper = 0, lower = 0;
    std::vector<double> sums;  ///< value of the walk after each first contact, up to the verdict
    Verdict verdict = Verdict::none;
    std::uint32_t bad = 0, good = 0;             ///< HC counts
    std::uint32_t serviceRemotes = 0;            ///< distinct remotes with a biflow to the flow's local socket
    std::uint32_t p2pFlows = 0, p2pRemotes = 0;  ///< candidates on the flow's local port
    bool service = false, p2p = false;           ///< classification of the local socket; never both
    std::int64_t pairBiflow = -1;                ///< derived row of a biflow of the pair in scope, -1 = none
    std::uint64_t pairOut = 0, pairIn = 0;       ///< one-way flows of the pair in W per direction
    std::int64_t retryOf = -1;                   ///< derived row of the flow whose 5-tuple this one reuses, -1 = none
    std::uint64_t localSent = 0;                 ///< packets that the destination sent, in all sources
};
/// Recomputes the evidence of derived flow `row` for its two hosts, with the numbers behind it. Cost: a scan of the
/// window.
HostEvidence explainHosts(const flow::DerivedFlows& flows, std::uint32_t row, const ProfileSettings& settings);

}  // namespace weir::profile
