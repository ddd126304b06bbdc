// explainHosts: one flow's evidence with the numbers behind it, by plain scans of its window.
#include "core/flow/packet_record.h"
#include "core/profile/profile.h"
#include "core/profile/roles.h"
#include "core/profile/service_ports.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace weir::profile {
namespace {

class Explainer {
public:
    Explainer(const flow::DerivedFlows& flows, std::uint32_t row, const ProfileSettings& settings);
    HostEvidence run();

private:
    void readContacts();
    void readSocket();
    void readPair();
    bool isRepliedContact(std::uint32_t row) const;
    bool isPort(std::uint32_t row) const {
        return roles_.localPort[row] == roles_.localPort[row_] && roles_.local[row] == roles_.local[row_];
    }
    template <class Fn>
    void forWindow(Fn&& fn) const {
        for (std::uint32_t row = from_; row < to_; ++row) fn(row);
    }

    const flow::DerivedFlows& flows_;
    const Roles roles_;
    const std::uint32_t row_;
    const ProfileSettings& settings_;
    const ServicePorts ports_;
    std::uint32_t binBegin_ = 0, from_ = 0,
                  to_ = 0;  ///< rows of the flow's bin from binBegin_, of its window [from_, to_)
    HostEvidence e_;
};

Explainer::Explainer(const flow::DerivedFlows& flows, std::uint32_t row, const ProfileSettings& settings)
    : flows_(flows), roles_(flows, settings.direction), row_(row), settings_(settings), ports_(settings) {
    const auto own = std::upper_bound(flows.bins.begin(), flows.bins.end(), row,
                                      [](std::uint32_t r, const flow::BinRange& b) { return r < b.end; });
    const auto first = std::find_if(flows.bins.begin(), own,
                                    [&](const flow::BinRange& b) { return b.bin > own->bin - settings.windowBins; });
    binBegin_ = own->begin;
    from_ = first->begin;
    to_ = own->end;
}

void Explainer::readContacts() {
    std::vector<std::uint32_t> contacts;
    forWindow([&](std::uint32_t r) {
        if (roles_.remote[r] == roles_.remote[row_] && (Roles::biflow(flows_.kind[r]) || roles_.judged(flows_.kind[r])))
            contacts.push_back(r);
    });
    const auto order = [&](std::uint32_t r) {
        return std::tuple(flows_.start[r], roles_.local[r], flows_.protocol[r], roles_.localPort[r],
                          roles_.remotePort[r]);
    };
    std::sort(contacts.begin(), contacts.end(), [&](std::uint32_t a, std::uint32_t b) { return order(a) < order(b); });
    const TrwModel model(settings_);
    e_.upper = model.upper;
    e_.lower = model.lower;
    std::unordered_set<flow::HostId> counted;
    std::unordered_map<flow::HostId, bool> answered;
    for (const std::uint32_t r : contacts) {
        const bool good = Roles::biflow(flows_.kind[r]);
        answered[roles_.local[r]] = answered[roles_.local[r]] || good;
        if (settings_.trwSkipTcpReplies && isRepliedContact(r)) continue;
        if (!counted.insert(roles_.local[r]).second || e_.verdict != Verdict::none) continue;
        ++(good ? e_.successes : e_.failures);
        e_.sum += good ? model.success : model.failure;
        e_.sums.push_back(e_.sum);
        if (e_.sum >= model.upper)
            e_.verdict = Verdict::scanner;
        else if (e_.sum <= model.lower)
            e_.verdict = Verdict::nominal;
    }
    e_.contacts = std::uint32_t(counted.size());
    e_.good = std::uint32_t(std::count_if(answered.begin(), answered.end(), [](const auto& a) { return a.second; }));
    e_.bad = std::uint32_t(answered.size()) - e_.good;
}

/// A flow that trwSkipTcpReplies skips. Whether its socket is a known service depends on that flow's own window.
bool Explainer::isRepliedContact(std::uint32_t row) const {
    const std::uint8_t flags = roles_.flags[row];
    const bool reply = (flags & (flow::kSyn | flow::kAck)) == (flow::kSyn | flow::kAck) || (flags & flow::kRst);
    if (!roles_.judged(flows_.kind[row]) || !reply || flows_.protocol[row] != flow::kTcp ||
        !ports_.contains(roles_.remotePort[row]) || roles_.localPort[row] < settings_.highPort)
        return false;
    Explainer socket(flows_, row, settings_);
    socket.readSocket();
    return !socket.e_.service;
}

void Explainer::readSocket() {
    if (!hasPorts(flows_.protocol[row_])) return;
    std::unordered_map<flow::HostId, unsigned> protocols;
    forWindow([&](std::uint32_t r) {
        if (roles_.local[r] == roles_.local[row_] && Roles::biflow(flows_.kind[r]) && hasPorts(flows_.protocol[r]))
            protocols[roles_.remote[r]] |= flows_.protocol[r] == flow::kTcp ? 1u : 2u;
    });
    std::unordered_set<flow::HostId> remotes, p2pRemotes;
    std::set<std::uint16_t> remotePorts;
    forWindow([&](std::uint32_t r) {
        if (!isPort(r) || !Roles::biflow(flows_.kind[r]) || !hasPorts(flows_.protocol[r])) return;
        if (flows_.protocol[r] == flows_.protocol[row_]) {
            remotes.insert(roles_.remote[r]);
            remotePorts.insert(roles_.remotePort[r]);
        }
        const bool bothHigh = roles_.localPort[r] >= settings_.highPort && roles_.remotePort[r] >= settings_.highPort;
        if (!bothHigh && protocols[roles_.remote[r]] != 3) return;
        ++e_.p2pFlows;
        p2pRemotes.insert(roles_.remote[r]);
    });
    e_.serviceRemotes = std::uint32_t(remotes.size());
    e_.p2pRemotes = std::uint32_t(p2pRemotes.size());
    e_.p2p =
        e_.p2pFlows >= std::max(1u, settings_.p2pMinFlows) && e_.p2pRemotes >= std::max(1u, settings_.p2pMinRemotes);
    const bool portsFit =
        remotePorts.size() > 1 || (!remotePorts.empty() && *remotePorts.begin() >= settings_.highPort);
    e_.service = !e_.p2p && portsFit && e_.serviceRemotes >= settings_.serviceMinRemotes;
}

void Explainer::readPair() {
    forWindow([&](std::uint32_t r) {
        if (roles_.local[r] != roles_.local[row_] || roles_.remote[r] != roles_.remote[row_]) return;
        if (Roles::biflow(flows_.kind[r]) && (settings_.potOkOverWindow || r >= binBegin_) && e_.pairBiflow < 0)
            e_.pairBiflow = r;
        if (roles_.judged(flows_.kind[r])) ++e_.pairIn;
        if (roles_.opposite(flows_.kind[r])) ++e_.pairOut;
        const bool sameKey = flows_.protocol[r] == flow::kTcp && flows_.protocol[row_] == flow::kTcp &&
                             roles_.localPort[r] == roles_.localPort[row_] &&
                             roles_.remotePort[r] == roles_.remotePort[row_];
        if (sameKey && r < binBegin_ && !(flows_.kind[row_] & flow::kEarly) &&
            flows_.start[row_] - flows_.end[r] <= settings_.retryGapUs)
            e_.retryOf = r;
    });
}

HostEvidence Explainer::run() {
    readContacts();
    readSocket();
    readPair();
    for (std::size_t r = 0; r < flows_.size(); ++r) {
        if (flows_.local[r] == roles_.local[row_]) e_.localSent += flows_.packetsOut[r];
        if (flows_.remote[r] == roles_.local[row_]) e_.localSent += flows_.packetsIn[r];
    }
    return e_;
}

}  // namespace

HostEvidence explainHosts(const flow::DerivedFlows& flows, std::uint32_t row, const ProfileSettings& settings) {
    return Explainer(flows, row, settings).run();
}

}  // namespace weir::profile
