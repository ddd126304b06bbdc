// assignSigns: tests on one flow's own columns, and the evidence bits of pass 1, mapped to sign bits.
#include "core/signs/signs.h"

#include "core/base/parallel.h"
#include "core/flow/host_bits.h"
#include "core/profile/roles.h"
#include "core/profile/service_ports.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <vector>

namespace weir::signs {
namespace {

constexpr std::size_t kBlockRows = 65536;

constexpr SignWord bitIf(bool holds, Sign s) { return SignWord{holds} << unsigned(s); }

/// The signs that evidence bits stand for.
constexpr auto kEvidenceSigns = [] {
    constexpr std::pair<std::uint8_t, Sign> kPairs[] = {
        {profile::kTrwScan, Sign::TRWscan},   {profile::kTrwNom, Sign::TRWnom}, {profile::kHcScan, Sign::HCscan},
        {profile::kPotOk, Sign::PotOk},       {profile::kInOut, Sign::InOut},   {profile::kToP2p, Sign::P2P},
        {profile::kToService, Sign::Unreach}, {profile::kRetry, Sign::Retry},
    };
    std::array<SignWord, 256> words{};
    for (std::size_t evidence = 0; evidence < words.size(); ++evidence)
        for (const auto& [mask, sign] : kPairs) words[evidence] |= bitIf((evidence & mask) != 0, sign);
    return words;
}();

constexpr auto kProtocolSigns = [] {
    std::array<SignWord, 256> words{};
    words.fill(bit(Sign::OTHER));
    words[flow::kTcp] = bit(Sign::TCP);
    words[flow::kUdp] = bit(Sign::UDP);
    words[flow::kIcmp] = bit(Sign::ICMP);
    words[flow::kIcmp6] = bit(Sign::ICMP);
    return words;
}();

/// Computes the words of one-way flows of the direction.
class Assigner {
public:
    Assigner(const flow::DerivedFlows& flows, const profile::Profiles& profiles, std::span<const std::uint8_t> hostBits,
             std::span<const std::uint8_t> bogonHosts, const profile::ProfileSettings& profileSettings,
             const SignSettings& settings)
        : flows_(flows), roles_(flows, profileSettings.direction), profiles_(profiles), hostBits_(hostBits),
          bogonHosts_(bogonHosts), highPort_(profileSettings.highPort), settings_(settings), ports_(profileSettings) {}

    /// Words of rows [from, to). One-way flows are selected first, since their order defeats branch prediction.
    void assign(std::size_t from, std::size_t to, std::span<SignWord> words, std::vector<std::uint32_t>& picked) const {
        picked.resize(to - from);
        std::size_t n = 0;
        for (std::size_t row = from; row < to; ++row) {
            words[row] = 0;
            picked[n] = std::uint32_t(row);
            n += std::size_t{roles_.judged(flows_.kind[row])};
        }
        for (std::size_t i = 0; i < n; ++i) words[picked[i]] = word(picked[i]);
    }

private:
    SignWord word(std::size_t row) const {
        const flow::HostId destination = roles_.local[row], source = roles_.remote[row];
        const std::uint8_t evidence = profiles_.evidence[row];
        // An address that sent a packet is never grey, so E3 and E4 hold without a test.
        const bool grey = !profiles_.sentPacket[destination] && !(hostBits_[destination] & flow::kGroupHost);
        return kEvidenceSigns[evidence] | protocolSign(flows_.protocol[row], hostBits_[source]) |
               bitIf(grey, Sign::GreyIP) | bitIf(bogonHosts_[source] != 0, Sign::bogon) | portSigns(row, evidence) |
               sizeSigns(row);
    }
    SignWord protocolSign(std::uint8_t protocol, std::uint8_t sourceBits) const {
        return protocol == flow::kIcmp6 && (sourceBits & flow::kIpv4Host) ? bit(Sign::OTHER) : kProtocolSigns[protocol];
    }
    SignWord portSigns(std::size_t row, std::uint8_t evidence) const {
        const std::uint16_t from = roles_.remotePort[row], to = roles_.localPort[row];
        const bool ports = profile::hasPorts(flows_.protocol[row]);
        const bool reply = ports & ports_.contains(from) & (to >= highPort_) & !(evidence & profile::kToService);
        return bitIf(reply, Sign::Backsc) | bitIf(ports & ((from | to) == 0), Sign::Artef);
    }
    SignWord sizeSigns(std::size_t row) const {
        const std::uint64_t packets = roles_.packets[row];
        const bool large =
            (packets != 1) & ((packets >= settings_.largePackets) | (roles_.bytes[row] >= settings_.largeBytes));
        return bitIf(packets == 1, Sign::Onepkt) | bitIf(large, Sign::Large);
    }

    const flow::DerivedFlows& flows_;
    const profile::Roles roles_;
    const profile::Profiles& profiles_;
    std::span<const std::uint8_t> hostBits_, bogonHosts_;
    std::uint16_t highPort_;
    SignSettings settings_;
    profile::ServicePorts ports_;
};

}  // namespace

Result<Buffer<SignWord>> assignSigns(const flow::DerivedFlows& flows, const profile::Profiles& profiles,
                                     std::span<const std::uint8_t> hostBits, std::span<const std::uint8_t> bogonHosts,
                                     const profile::ProfileSettings& profileSettings, const SignSettings& settings,
                                     JobContext& job) {
    const Assigner assigner(flows, profiles, hostBits, bogonHosts, profileSettings, settings);
    Buffer<SignWord> words(flows.size());
    std::vector<std::vector<std::uint32_t>> picked(job.threads());
    std::atomic<std::uint64_t> done{0};
    const bool good = parallelFor(
        (flows.size() + kBlockRows - 1) / kBlockRows, job.threads(), [&](std::size_t block, unsigned worker) {
            const std::size_t from = block * kBlockRows, to = std::min(flows.size(), from + kBlockRows);
            assigner.assign(from, to, words, picked[worker]);
            return job.step(done += to - from, flows.size(), "assign signs");
        });
    if (!good) return cancelledError();
    return words;
}

}  // namespace weir::signs
