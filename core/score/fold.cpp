// The loops over rows, and the memo of patterns.
#include "core/score/fold.h"

#include <algorithm>

namespace weir::score {

using flow::Col;
using flow::Side;
using Op = flow::FilterNode::Op;

bool Fold::holds(const Node& node, Bits bits) {
    const auto child = [&](const Node& n) { return holds(n, bits); };
    switch (node.op) {
        case Op::always: return true;
        case Op::leaf: return bits >> node.bit & 1;
        case Op::inverse: return !child(node.children.front());
        case Op::allOf: return std::all_of(node.children.begin(), node.children.end(), child);
        case Op::anyOf: break;
    }
    return std::any_of(node.children.begin(), node.children.end(), child);
}

Fold::Bits Fold::Counter::of(std::uint64_t value) const {
    Bits bits = 0;
    for (const Range& r : ranges) bits |= Bits{value - r.lo <= r.width} << r.bit;
    return bits;
}

std::uint64_t Fold::codeOf(Bits bits) const {
    std::uint64_t code = 0;
    for (std::size_t f = 0; f < filters_.size(); ++f) code |= std::uint64_t{holds(filters_[f], bits)} << f;
    return code;
}

FoldRun::FoldRun(const Fold& fold) : fold_(fold), maskSpace_(fold.masks_.size()), slots_(1024), shift_(64 - 10) {}

/// Fetches the columns that the tables read, and runs the terms that have no table.
Status FoldRun::begin(flow::FilterBatch& batch, Side side) {
    const auto icmp = batch.zone(Col::icmpTypeCode);
    const bool mayIcmp = fold_.ports_.asked && !(icmp && icmp->hi == 0);
    flow::ColSet wanted = flow::cols(Col::src, Col::dst);
    if (fold_.ports_.asked) wanted = wanted | flow::cols(Col::srcPort, Col::dstPort);
    if (mayIcmp) wanted = wanted.with(Col::icmpTypeCode);
    if (fold_.protocolsAsked_) wanted = wanted.with(Col::protocol);
    if (fold_.flagsAsked_) wanted = wanted.with(sideOf(Col::tcpFlags, side));
    for (const Fold::Counter& counter : fold_.counters_) wanted = wanted.with(sideOf(counter.column, side));
    if (const Status s = batch.need(wanted); !s) return s;

    const flow::RecordColumns& c = batch.columns();
    const auto at = [&]<class T>(Col col, const T*) { return flow::columnOf<T>(c, flow::sideOf(col, side)).data(); };
    constexpr const std::uint16_t* kPort = nullptr;
    constexpr const std::uint8_t* kByte = nullptr;
    constexpr const flow::HostId* kHost = nullptr;
    columns_ = {at(Col::src, kHost),
                at(Col::dst, kHost),
                at(Col::srcPort, kPort),
                at(Col::dstPort, kPort),
                mayIcmp ? c.icmpTypeCode.data() : nullptr,
                c.protocol.data(),
                at(Col::tcpFlags, kByte)};
    counters_.clear();
    for (const Fold::Counter& counter : fold_.counters_)
        counters_.push_back(flow::columnOf<std::uint64_t>(c, sideOf(counter.column, side)).data());
    for (std::size_t m = 0; m < fold_.masks_.size(); ++m) {
        maskSpace_[m].resize(flow::kChunkRows);
        if (const Status s = fold_.masks_[m].filter->run(batch, side, scratch_, maskSpace_[m].data()); !s) return s;
    }
    return ok();
}

void FoldRun::lookAtEnds(std::size_t first, std::size_t n) {
    const flow::HostId* const src = columns_.src + first;
    const flow::HostId* const dst = columns_.dst + first;
    const std::uint8_t* const classOf = fold_.hosts_.of.data();
    // Only the look-ups that miss the cache, so that many are in flight at once.
    for (std::size_t i = 0; i < n; ++i) {
        sourceClass_[i] = classOf[src[i]];
        destinationClass_[i] = classOf[dst[i]];
    }
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint8_t s = sourceClass_[i], d = destinationClass_[i];
        const unsigned heading = fold_.localOf_[s] * 4u + fold_.localOf_[d];
        bits_[i] = fold_.hosts_.source[s] | fold_.hosts_.destination[d] | fold_.headings_[heading];
        applied_[i] = fold_.applies_[heading];
    }
    if (!fold_.ports_.asked) return;
    const std::uint16_t* const from = columns_.srcPort + first;
    const std::uint16_t* const to = columns_.dstPort + first;
    const std::uint8_t* const portClass = fold_.ports_.of.data();
    if (columns_.icmp) {
        // An ICMP record has type and code instead of a destination port.
        const std::uint16_t* const icmp = columns_.icmp + first;
        for (std::size_t i = 0; i < n; ++i)
            bits_[i] |= fold_.ports_.source[portClass[from[i]]] | fold_.ports_.destination[portClass[to[i] | icmp[i]]];
    } else {
        for (std::size_t i = 0; i < n; ++i)
            bits_[i] |= fold_.ports_.source[portClass[from[i]]] | fold_.ports_.destination[portClass[to[i]]];
    }
}

void FoldRun::lookAtRest(std::size_t first, std::size_t n) {
    // Columns that no filter uses are absent. Flags are never tested without the protocol.
    if (fold_.flagsAsked_) {
        const std::uint8_t *const protocol = columns_.protocol + first, *const flags = columns_.flags + first;
        for (std::size_t i = 0; i < n; ++i) bits_[i] |= fold_.protocols_[protocol[i]] | fold_.flags_[flags[i]];
    } else if (fold_.protocolsAsked_) {
        const std::uint8_t* const protocol = columns_.protocol + first;
        for (std::size_t i = 0; i < n; ++i) bits_[i] |= fold_.protocols_[protocol[i]];
    }
    for (std::size_t k = 0; k < counters_.size(); ++k) {
        const Fold::Counter& counter = fold_.counters_[k];
        const std::uint64_t* const v = counters_[k] + first;
        for (std::size_t i = 0; i < n; ++i)
            bits_[i] |= v[i] < counter.small.size() ? counter.small[v[i]] : counter.of(v[i]);
    }
    for (std::size_t m = 0; m < maskSpace_.size(); ++m) {
        const std::uint8_t* const mask = maskSpace_[m].data() + first;
        const unsigned bit = fold_.masks_[m].bit;
        for (std::size_t i = 0; i < n; ++i) bits_[i] |= Fold::Bits{mask[i]} << bit;
    }
}

inline std::uint32_t FoldRun::patternOf(Fold::Bits bits) {
    std::size_t slot = slotOf(bits);
    while (slots_[slot].bits != bits || slots_[slot].pattern == kNone) {
        if (slots_[slot].pattern == kNone) return addPattern(bits, slot);
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return slots_[slot].pattern;
}

Status FoldRun::run(flow::FilterBatch& batch, Side side, std::uint32_t* out) {
    if (const Status s = begin(batch, side); !s) return s;
    for (std::size_t first = 0; first < batch.size(); first += kBlock) {
        const std::size_t n = std::min(kBlock, batch.size() - first);
        lookAtEnds(first, n);
        lookAtRest(first, n);
        for (std::size_t i = 0; i < n; ++i) out[first + i] = patternOf(bits_[i]) & (0u - applied_[i]);
    }
    return ok();
}

std::uint32_t FoldRun::addPattern(Fold::Bits bits, std::size_t slot) {
    const auto pattern = std::uint32_t(codes_.size());
    codes_.push_back(fold_.codeOf(bits));
    slots_[slot] = {bits, pattern};
    if (codes_.size() * 4 < slots_.size()) return pattern;
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    --shift_;
    for (const Slot& s : old) {
        if (s.pattern == kNone) continue;
        std::size_t to = slotOf(s.bits);
        while (slots_[to].pattern != kNone) to = (to + 1) & (slots_.size() - 1);
        slots_[to] = s;
    }
    return pattern;
}

}  // namespace weir::score
