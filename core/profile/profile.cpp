// buildProfiles: one pass over all flows, then the local hosts (services, P2P), then the remote hosts (TRW, HC, pairs,
// retries).
#include "core/profile/profile.h"

#include "core/base/parallel.h"
#include "core/profile/local_evidence.h"
#include "core/profile/remote_evidence.h"
#include "core/profile/roles.h"
#include "core/profile/service_ports.h"
#include "core/profile/visits.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>

namespace weir::profile {
namespace {

constexpr std::size_t kBlockRows = 65536;

/// Which kinds of flows a host has; decides which flows are gathered.
enum HostTrait : std::uint8_t { kSent = 1, kJudgedSource = 2, kJudgedSocket = 4, kUsedSocket = 8 };

/// What follows from a flow's kind alone.
struct KindRow {
    std::uint8_t localTraits = 0, remoteTraits = 0;  ///< HostTrait bits of the ends (in the classified direction)
    std::uint8_t visit = 0;                          ///< VisitKind bits
    std::uint8_t evidence = 0;
};
std::array<KindRow, 256> kindRows(const Roles& roles, bool potOkOverWindow) {
    std::array<KindRow, 256> rows;
    for (unsigned n = 0; n < rows.size(); ++n) {
        const auto kind = std::uint8_t(n);
        KindRow& row = rows[n];
        const bool in = roles.direction == flow::Direction::in;
        std::uint8_t& inside = in ? row.localTraits : row.remoteTraits;
        std::uint8_t& outside = in ? row.remoteTraits : row.localTraits;
        if (kind & (flow::kOutflow | flow::kBiflow)) inside |= kSent;
        if (kind & (flow::kInflow | flow::kBiflow)) outside |= kSent;
        if (roles.judged(kind)) {
            row.localTraits |= kJudgedSocket;
            row.remoteTraits |= kJudgedSource;
            row.visit = std::uint8_t(kVisitJudged | (kind & flow::kEarly ? kVisitEarly : 0));
            if (!potOkOverWindow && (kind & flow::kUnibiflow)) row.evidence = kPotOk;
        } else if (Roles::biflow(kind)) {
            row.localTraits |= kUsedSocket;
            row.visit = kVisitBiflow;
        } else if (roles.opposite(kind)) {
            row.visit = kVisitOpposite;
        }
    }
    return rows;
}

class Builder {
public:
    Builder(const flow::DerivedFlows& flows, std::size_t hosts, const ProfileSettings& settings, JobContext& job)
        : flows_(flows), roles_(flows, settings.direction), settings_(settings), job_(job), hosts_(hosts),
          traits_(hosts, 0), ports_(settings), kindRows_(kindRows(roles_, settings.potOkOverWindow)) {}
    Result<Profiles> run();

private:
    bool forBlocks(std::string_view stage,
                   const std::function<void(std::size_t from, std::size_t to, unsigned worker)>& work);
    bool surveyHosts();
    void survey(std::size_t from, std::size_t to, std::span<std::uint8_t> traits);
    std::uint8_t localKind(std::size_t row) const;
    std::uint8_t remoteKind(std::size_t row) const;
    bool isReply(std::size_t row) const;
    template <class Host>
    bool visitHosts(const VisitColumns& columns, std::string_view stage);

    const flow::DerivedFlows& flows_;
    const Roles roles_;
    const ProfileSettings& settings_;
    JobContext& job_;
    std::size_t hosts_;
    std::vector<std::uint8_t> traits_;
    const ServicePorts ports_;
    const std::array<KindRow, 256> kindRows_;
    Buffer<std::uint8_t> kinds_;
    VisitParts parts_;  ///< its memory serves both passes
    Profiles profiles_;
};

bool Builder::forBlocks(std::string_view stage, const std::function<void(std::size_t, std::size_t, unsigned)>& work) {
    const std::size_t blocks = (flows_.size() + kBlockRows - 1) / kBlockRows;
    std::atomic<std::uint64_t> done{0};
    return parallelFor(blocks, job_.threads(), [&](std::size_t block, unsigned worker) {
        const std::size_t from = block * kBlockRows, to = std::min(flows_.size(), from + kBlockRows);
        work(from, to, worker);
        return job_.step(done += to - from, flows_.size(), stage);
    });
}

/// By table, since the order of kinds defeats branch prediction.
void Builder::survey(std::size_t from, std::size_t to, std::span<std::uint8_t> traits) {
    const auto note = [&](flow::HostId host, std::uint8_t trait) { traits[host] = std::uint8_t(traits[host] | trait); };
    for (std::size_t row = from; row < to; ++row) {
        const KindRow& k = kindRows_[flows_.kind[row]];
        const std::uint8_t ports =
            hasPorts(flows_.protocol[row]) ? std::uint8_t(0xff) : std::uint8_t(~(kJudgedSocket | kUsedSocket));
        note(roles_.local[row], k.localTraits & ports);
        note(roles_.remote[row], k.remoteTraits);
        profiles_.evidence[row] = k.evidence;
    }
}

bool Builder::surveyHosts() {
    profiles_.evidence.resize(flows_.size());
    std::vector<std::vector<std::uint8_t>> traits(job_.threads(), std::vector<std::uint8_t>(hosts_, 0));
    if (!forBlocks("surveying hosts",
                   [&](std::size_t from, std::size_t to, unsigned worker) { survey(from, to, traits[worker]); }))
        return false;
    for (const auto& t : traits)
        for (std::size_t host = 0; host < hosts_; ++host) traits_[host] = std::uint8_t(traits_[host] | t[host]);
    profiles_.sentPacket.resize(hosts_);
    for (std::size_t host = 0; host < hosts_; ++host) profiles_.sentPacket[host] = traits_[host] & kSent ? 1 : 0;
    return true;
}

/// Only local hosts that have both biflows and one-way flows to ports can yield evidence.
std::uint8_t Builder::localKind(std::size_t row) const {
    constexpr std::uint8_t kBoth = kJudgedSocket | kUsedSocket;
    const bool wanted = hasPorts(flows_.protocol[row]) & ((traits_[roles_.local[row]] & kBoth) == kBoth);
    return std::uint8_t(kindRows_[flows_.kind[row]].visit & (kVisitJudged | kVisitBiflow) & -int(wanted));
}

/// A TCP reply from a service port to a port that is not a known service: what a victim of spoofed sources sends.
bool Builder::isReply(std::size_t row) const {
    const std::uint8_t flags = roles_.flags[row];
    const bool reply = (flags & (flow::kSyn | flow::kAck)) == (flow::kSyn | flow::kAck) || (flags & flow::kRst);
    return reply && flows_.protocol[row] == flow::kTcp && ports_.contains(roles_.remotePort[row]) &&
           roles_.localPort[row] >= settings_.highPort && !(profiles_.evidence[row] & kToService);
}

std::uint8_t Builder::remoteKind(std::size_t row) const {
    const bool wanted = (traits_[roles_.remote[row]] & kJudgedSource) != 0;
    const auto visit = std::uint8_t(kindRows_[flows_.kind[row]].visit & -int(wanted));
    if (settings_.trwSkipTcpReplies && (visit & kVisitJudged) && isReply(row))
        return std::uint8_t(visit | kVisitNoContact);
    return visit;
}

template <class Host>
bool Builder::visitHosts(const VisitColumns& columns, std::string_view stage) {
    if (!parts_.gather(columns, kinds_, hosts_, job_)) return false;
    std::vector<std::unique_ptr<Host>> hosts;
    for (unsigned t = 0; t < job_.threads(); ++t) hosts.push_back(std::make_unique<Host>(flows_, settings_));
    std::vector<Buffer<Visit>> sorted(job_.threads());
    std::atomic<std::uint64_t> done{0};
    return parallelFor(parts_.size(), job_.threads(), [&](std::size_t part, unsigned worker) {
        parts_.sortPart(part, sorted[worker]);
        forEachHost(sorted[worker], [&](std::span<Visit> visits) { hosts[worker]->judge(visits, profiles_.evidence); });
        return job_.step(done += sorted[worker].size(), parts_.visits(), stage);
    });
}

Result<Profiles> Builder::run() {
    if (!surveyHosts()) return cancelledError();
    kinds_.resize(flows_.size());
    if (!forBlocks("selecting services", [&](std::size_t from, std::size_t to, unsigned) {
            for (std::size_t row = from; row < to; ++row) kinds_[row] = localKind(row);
        }))
        return cancelledError();
    if (!visitHosts<LocalHost>({flows_, roles_.local, roles_.remote, roles_.localPort, roles_.remotePort},
                               "finding services"))
        return cancelledError();
    if (!forBlocks("selecting contacts", [&](std::size_t from, std::size_t to, unsigned) {
            for (std::size_t row = from; row < to; ++row) kinds_[row] = remoteKind(row);
        }))
        return cancelledError();
    if (!visitHosts<RemoteHost>({flows_, roles_.remote, roles_.local, roles_.remotePort, roles_.localPort},
                                "finding scanners"))
        return cancelledError();
    return std::move(profiles_);
}

}  // namespace

Result<Profiles> buildProfiles(const flow::DerivedFlows& flows, std::span<const std::uint8_t> hostBits,
                               const ProfileSettings& settings, JobContext& job) {
    return Builder(flows, hostBits.size(), settings, job).run();
}

}  // namespace weir::profile
