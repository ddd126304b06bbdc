// Pass 1: evidence per derived flow that needs its neighbours in the window: TRW, HC, pair flags, services, P2P, grey
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

/// One byte of window evidence per derived flow. Bits hold for one-way flows of the settings' direction; other rows are
/// 0.
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

struct Profiles {
    Buffer<std::uint8_t> evidence;         ///< per derived flow
    std::vector<std::uint8_t> sentPacket;  ///< per host: 1 = sent at least one packet in any record of any source
};

/// methods.md 2.1 to 2.4 with the exact window form: for bin i the state is that of a fresh walk over bins i-2..i.
/// `hostBits` as of meter::markHosts. With direction `out`, local and remote change roles. Results do not depend on the
/// thread count. Cost: O(n log n) over one-way and two-way flows; sharded by host, no locks. Errors: cancelled.
Result<Profiles> buildProfiles(const flow::DerivedFlows& flows, std::span<const std::uint8_t> hostBits,
                               const ProfileSettings& settings, JobContext& job);

// ---- pure pieces, tested by themselves -----------------------------------------------------------
enum class Verdict : std::uint8_t { none, scanner, nominal };
/// TRW bounds and steps in natural logarithms.
struct TrwModel {
    explicit TrwModel(const ProfileSettings& s);
    double success, failure, upper, lower;
    /// The first bound crossed decides and stays. `failures[i]` true = i-th distinct contact failed.
    Verdict walk(std::span<const std::uint8_t> failures) const;
};

/// What the Inspector shows for one flow: recomputed for its two hosts only.
struct HostEvidence {
    std::uint32_t contacts = 0;                 ///< distinct local hosts in the window
    std::uint32_t successes = 0, failures = 0;  ///< first contacts up to the verdict: what `sum` is made of
    double sum = 0, upper = 0, lower = 0;
    std::vector<double> sums;  ///< of the walk after each first contact, up to the verdict
    Verdict verdict = Verdict::none;
    std::uint32_t bad = 0, good = 0;             ///< HC counts
    std::uint32_t serviceRemotes = 0;            ///< distinct remotes with a biflow to the flow's local socket
    std::uint32_t p2pFlows = 0, p2pRemotes = 0;  ///< candidates on the flow's local port
    bool service = false, p2p = false;           ///< what the socket is taken for; never both
    std::int64_t pairBiflow = -1;                ///< derived row of a biflow of the pair in scope, -1 = none
    std::uint64_t pairOut = 0, pairIn = 0;       ///< one-way flows of the pair in W per direction
    std::int64_t retryOf = -1;                   ///< derived row whose tuple this flow uses again, -1 = none
    std::uint64_t localSent = 0;                 ///< packets the destination sent in all sources
};
HostEvidence explainHosts(const flow::DerivedFlows& flows, std::uint32_t row, const ProfileSettings& settings);

}  // namespace weir::profile
