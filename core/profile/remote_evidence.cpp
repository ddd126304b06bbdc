// RemoteHost: contacts in time order with links to the contact before on the same local host, so that "first contact in
// the window" is one comparison whatever the window.
#include "core/profile/remote_evidence.h"

#include "core/flow/packet_record.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace weir::profile {
namespace {

constexpr std::size_t kFewVisits = 12;  // up to here a linear scan finds pairs

bool before(const Visit& a, const Visit& b) {
    return std::tie(a.bin, a.start, a.peer, a.protocol, a.peerPort, a.hostPort) <
           std::tie(b.bin, b.start, b.peer, b.protocol, b.peerPort, b.hostPort);
}

std::uint64_t scatter(std::uint64_t v) { return v * 0x9e3779b97f4a7c15u; }
/// For a given remote host: local host and both ports fill 64 bits.
std::uint64_t tcpKey(const Visit& v) {
    return std::uint64_t{v.peer} << 32 | std::uint64_t{v.peerPort} << 16 | v.hostPort;
}

std::size_t slotOf(std::uint64_t key, std::size_t slots) {
    return std::size_t(scatter(key ^ key >> 29) >> (64 - std::countr_zero(slots)));
}

}  // namespace

RemoteHost::RemoteHost(const flow::DerivedFlows& flows, const ProfileSettings& settings)
    : flows_(flows), settings_(settings), model_(settings) {}

void RemoteHost::order(std::span<Visit> visits) const {
    if (visits.size() > kFewVisits) {
        if (!std::is_sorted(visits.begin(), visits.end(), before)) std::sort(visits.begin(), visits.end(), before);
        return;
    }
    for (std::size_t i = 1; i < visits.size(); ++i)
        for (std::size_t j = i; j > 0 && before(visits[j], visits[j - 1]); --j) std::swap(visits[j], visits[j - 1]);
}

void RemoteHost::startPairs(std::size_t visits) {
    pairs_.clear();
    pairHosts_.clear();
    hashPairs_ = visits > kFewVisits;
    if (hashPairs_) pairSlots_.assign(std::bit_ceil(visits * 2), 0);
}

std::uint32_t RemoteHost::pairOf(std::span<const Visit> visits, std::size_t i) {
    const flow::HostId peer = visits[i].peer;
    std::size_t slot = 0;
    if (hashPairs_) {
        const std::size_t mask = pairSlots_.size() - 1;
        for (slot = slotOf(peer, pairSlots_.size()); pairSlots_[slot] != 0; slot = (slot + 1) & mask)
            if (pairHosts_[pairSlots_[slot] - 1] == peer) return pairSlots_[slot] - 1;
        pairSlots_[slot] = std::uint32_t(pairs_.size() + 1);
    } else {
        for (std::size_t p = 0; p < pairHosts_.size(); ++p)
            if (pairHosts_[p] == peer) return std::uint32_t(p);
    }
    pairs_.emplace_back();
    pairHosts_.push_back(peer);
    return std::uint32_t(pairs_.size() - 1);
}

/// Retries need flows of an earlier bin.
void RemoteHost::startKeys(std::span<const Visit> visits) {
    linkKeys_ = visits.front().bin != visits.back().bin;
    if (linkKeys_) keySlots_.assign(std::bit_ceil(visits.size() * 2), 0);
}

void RemoteHost::linkKey(std::span<const Visit> visits, std::size_t i) {
    const std::uint64_t key = tcpKey(visits[i]);
    const std::size_t mask = keySlots_.size() - 1;
    std::size_t slot = slotOf(key, keySlots_.size());
    while (keySlots_[slot] != 0 && tcpKey(visits[keySlots_[slot] - 1]) != key) slot = (slot + 1) & mask;
    links_[i].sameKey = std::int32_t(keySlots_[slot]) - 1;
    keySlots_[slot] = std::uint32_t(i + 1);
}

void RemoteHost::link(std::span<const Visit> visits, std::size_t i) {
    const Visit& v = visits[i];
    Links& l = links_[i];
    l = {};
    l.pair = pairOf(visits, i);
    Pair& pair = pairs_[l.pair];
    const auto index = std::int32_t(i);
    if (v.kind & (kVisitBiflow | kVisitJudged)) {
        l.hcContact = std::exchange(pair.hcContact, index);
        if (!(v.kind & kVisitNoContact)) l.contact = std::exchange(pair.contact, index);
    }
    if (v.kind & kVisitBiflow) l.biflow = std::exchange(pair.biflow, index);
    if (v.kind & kVisitOpposite) pair.opposite = index;
    if (linkKeys_ && v.protocol == flow::kTcp) linkKey(visits, i);
}

/// TRW and HC over the contacts [from, to): a new walk in time order.
std::uint8_t RemoteHost::walk(std::span<const Visit> visits, std::size_t from, std::size_t to) const {
    const auto first = std::int32_t(from);
    Verdict verdict = Verdict::none;
    double sum = 0;
    std::uint64_t distinct = 0, good = 0;
    for (std::size_t i = from; i < to; ++i) {
        const Visit& v = visits[i];
        const Links& l = links_[i];
        if (v.kind & kVisitOpposite) continue;
        const bool biflow = v.kind & kVisitBiflow;
        if (l.hcContact < first) ++distinct;
        if (biflow && l.biflow < first) ++good;
        if (verdict != Verdict::none || l.contact >= first || (v.kind & kVisitNoContact)) continue;
        sum += biflow ? model_.success : model_.failure;
        if (sum >= model_.upper)
            verdict = Verdict::scanner;
        else if (sum <= model_.lower)
            verdict = Verdict::nominal;
    }
    const std::uint64_t bad = distinct - good;
    const bool hc = bad >= settings_.hcMinBad && double(bad) >= settings_.hcRatio * double(good);
    return std::uint8_t((verdict == Verdict::scanner   ? kTrwScan
                         : verdict == Verdict::nominal ? kTrwNom
                                                       : 0) |
                        (hc ? kHcScan : 0));
}

bool RemoteHost::isRetry(std::span<const Visit> visits, std::size_t i, std::size_t windowFrom) const {
    const Visit& v = visits[i];
    if (!linkKeys_ || v.protocol != flow::kTcp || (v.kind & kVisitEarly)) return false;
    // A key has one flow a bin, so the chain is no longer than the window.
    for (std::int32_t j = links_[i].sameKey; j >= std::int32_t(windowFrom); j = links_[std::size_t(j)].sameKey)
        if (v.start - flows_.end[visits[std::size_t(j)].row] <= settings_.retryGapUs) return true;
    return false;
}

void RemoteHost::judge(std::span<Visit> visits, std::span<std::uint8_t> evidence) {
    if (std::none_of(visits.begin(), visits.end(), [](const Visit& v) { return v.kind & kVisitJudged; })) return;
    order(visits);
    startPairs(visits.size());
    startKeys(visits);
    links_.resize(visits.size());
    std::size_t windowFrom = 0;
    for (std::size_t from = 0, to; from < visits.size(); from = to) {
        bool any = false;
        for (to = from; to < visits.size() && visits[to].bin == visits[from].bin; ++to) {
            link(visits, to);
            if (!(visits[to].kind & kVisitJudged)) continue;
            any = true;
            __builtin_prefetch(evidence.data() + visits[to].row, 1);
        }
        while (binNumber(visits[windowFrom]) <= binNumber(visits[from]) - settings_.windowBins) ++windowFrom;
        if (!any) continue;
        const std::uint8_t verdicts = walk(visits, windowFrom, to);
        for (std::size_t i = from; i < to; ++i) {
            if (!(visits[i].kind & kVisitJudged)) continue;
            const Pair& pair = pairs_[links_[i].pair];
            std::uint8_t bits = verdicts;
            if (pair.opposite >= std::int32_t(windowFrom)) bits |= kInOut;
            if (settings_.potOkOverWindow && pair.biflow >= std::int32_t(windowFrom)) bits |= kPotOk;
            if (isRetry(visits, i, windowFrom)) bits |= kRetry;
            if (bits != 0) evidence[visits[i].row] = std::uint8_t(evidence[visits[i].row] | bits);
        }
    }
}

}  // namespace weir::profile
