// The family of one-way signs. Its tests are folded into one pass over the flows.
#include "core/signs/one_way/all.h"

#include "core/base/parallel.h"
#include "core/flow/host_bits.h"
#include "core/profile/roles.h"
#include "core/profile/service_ports.h"
#include "core/signs/exclusions.h"
#include "core/signs/sign_family.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>
#include <vector>

namespace weir::signs {
namespace {

using one_way::OneWayFlow;
using one_way::SignAt;

constexpr std::size_t kBlockRows = 65536;
/// Reserved by IANA: stands for ICMPv6 between IPv4 hosts, which is no ICMP.
constexpr std::uint8_t kOtherProtocol = 255;

// ---- the signs by bit ----------------------------------------------------------------------------
template <unsigned Bit>
concept Registered = requires {
    SignAt<Bit>::def;
};
template <class S>
concept ByEvidence = requires {
    S::evidence;
};
template <class S>
concept ByProtocol = requires {
    S::ofProtocol(std::uint8_t{});
};

template <unsigned Bit = 0>
consteval unsigned countSigns() {
    if constexpr (Registered<Bit>)
        return countSigns<Bit + 1>();
    else
        return Bit;
}
constexpr unsigned kCount = countSigns();

/// Calls f.operator()<Sign>() for each sign in the order of bits.
template <class F, unsigned... Bits>
constexpr void forEachSign(F&& f, std::integer_sequence<unsigned, Bits...>) {
    (f.template operator()<SignAt<Bits>>(), ...);
}
template <class F>
constexpr void forEachSign(F&& f) {
    forEachSign(std::forward<F>(f), std::make_integer_sequence<unsigned, kCount>{});
}

template <unsigned... Bits>
consteval unsigned countAll(std::integer_sequence<unsigned, Bits...>) {
    return (unsigned{Registered<Bits>} + ...);
}
static_assert(countAll(std::make_integer_sequence<unsigned, kMaxSigns>{}) == kCount, "the bits of signs have no gap");

constexpr auto kDefs = [] {
    std::array<SignDef, kCount> defs{};
    forEachSign([&]<class S>() { defs[S::bit] = S::def; });
    return defs;
}();
constexpr auto kNames = [] {
    std::array<std::string_view, kCount> names{};
    for (std::size_t bit = 0; bit < kCount; ++bit) names[bit] = kDefs[bit].id;
    return names;
}();
constexpr auto kExclusions = exclusionsOf(kDefs);

constexpr SignWord wordIf(bool holds, unsigned bit) { return SignWord{holds} << bit; }

/// The signs that evidence bits stand for.
constexpr auto kEvidenceSigns = [] {
    std::array<SignWord, 256> words{};
    for (std::size_t evidence = 0; evidence < words.size(); ++evidence)
        forEachSign([&]<class S>() {
            if constexpr (ByEvidence<S>) words[evidence] |= wordIf((evidence & S::evidence) != 0, S::bit);
        });
    return words;
}();

constexpr auto kProtocolSigns = [] {
    std::array<SignWord, 256> words{};
    for (std::size_t protocol = 0; protocol < words.size(); ++protocol)
        forEachSign([&]<class S>() {
            if constexpr (ByProtocol<S>)
                words[protocol] |= wordIf(S::ofProtocol(static_cast<std::uint8_t>(protocol)), S::bit);
        });
    return words;
}();

inline SignWord flowSigns(const OneWayFlow& flow) {
    SignWord word = 0;
    forEachSign([&]<class S>() {
        if constexpr (!ByEvidence<S> && !ByProtocol<S>) word |= wordIf(S::holds(flow), S::bit);
    });
    return word;
}

// ---- the pass ------------------------------------------------------------------------------------
/// Computes the words of one-way flows of the direction.
class Assigner {
public:
    explicit Assigner(const SignInput& in)
        : in_(in), roles_(in.flows, in.profileSettings.direction), highPort_(in.profileSettings.highPort),
          ports_(in.profileSettings) {}

    /// Words of rows [from, to). One-way flows are selected first, since their order defeats branch prediction.
    void assign(std::size_t from, std::size_t to, std::span<SignWord> words,
                std::vector<std::uint32_t>& selected) const {
        selected.resize(to - from);
        std::size_t n = 0;
        for (std::size_t row = from; row < to; ++row) {
            words[row] = 0;
            selected[n] = std::uint32_t(row);
            n += std::size_t{roles_.judged(in_.flows.kind[row])};
        }
        for (std::size_t i = 0; i < n; ++i) words[selected[i]] = word(selected[i]);
    }

private:
    SignWord word(std::size_t row) const {
        const flow::HostId destination = roles_.local[row], source = roles_.remote[row];
        const std::uint8_t evidence = in_.profiles.evidence[row], protocol = in_.flows.protocol[row];
        const std::uint16_t from = roles_.remotePort[row];
        const OneWayFlow flow{.hasPorts = profile::hasPorts(protocol),
                              .sourcePort = from,
                              .destinationPort = roles_.localPort[row],
                              .packets = roles_.packets[row],
                              .bytes = roles_.bytes[row],
                              .toService = (evidence & profile::kToService) != 0,
                              .fromServicePort = ports_.contains(from),
                              .sourceBogon = in_.bogonHosts[source] != 0,
                              .destinationSilent = in_.profiles.sentPacket[destination] == 0,
                              .destinationGroup = (in_.hostBits[destination] & flow::kGroupHost) != 0,
                              .highPort = highPort_,
                              .settings = in_.settings};
        return kEvidenceSigns[evidence] | protocolSigns(protocol, in_.hostBits[source]) | flowSigns(flow);
    }
    static SignWord protocolSigns(std::uint8_t protocol, std::uint8_t sourceBits) {
        const bool between4 = protocol == flow::kIcmp6 && (sourceBits & flow::kIpv4Host) != 0;
        return kProtocolSigns[between4 ? kOtherProtocol : protocol];
    }

    const SignInput& in_;
    const profile::Roles roles_;
    std::uint16_t highPort_;
    profile::ServicePorts ports_;
};

Result<Buffer<SignWord>> assign(const SignInput& input, JobContext& job) {
    const std::size_t size = input.flows.size();
    const Assigner assigner(input);
    Buffer<SignWord> words(size);
    std::vector<std::vector<std::uint32_t>> selected(job.threads());
    std::atomic<std::uint64_t> done{0};
    const bool good =
        parallelFor((size + kBlockRows - 1) / kBlockRows, job.threads(), [&](std::size_t block, unsigned worker) {
            const std::size_t from = block * kBlockRows, to = std::min(size, from + kBlockRows);
            assigner.assign(from, to, words, selected[worker]);
            return job.step(done += to - from, size, "assign signs");
        });
    if (!good) return cancelledError();
    return words;
}

constexpr SignFamily kOneWay{.id = "one-way",
                             .version = "signs-1",
                             .defs = kDefs,
                             .names = kNames,
                             .obeysExclusions = [](SignWord word) { return kExclusions.obeyedBy(word); },
                             .judges = flow::isOneWay,
                             .assign = assign};

}  // namespace

const SignFamily& oneWay() { return kOneWay; }

}  // namespace weir::signs
