// The cold paths of the flow cache: new flows, a full table, packets from the past; and the hot one, add().
#include "core/meter/flow_cache.h"

#include <cassert>

namespace weir::meter {

template <class Address>
void FlowCache<Address>::add(const Lookup& lookup) {
    SlotTable::Slot* slot = &slotOf(table_, lookup);
    const std::int64_t t = lookup.packet->timeUs;
    if (slot->flow != SlotTable::kNoFlow) {
        Entry& e = entry(slot->flow);
        if (ended(e, t))
            slot->flow = begin(lookup);
        else
            count(e, lookup);
        return;
    }
    if (table_.full()) {
        makeRoom(t);
        slot = &slotOf(table_, lookup);
    }
    if (t <= silentUntil_) {
        if (!silent_) {
            silent_ = std::make_unique<SlotTable>();
            for (std::uint32_t f = 0; f < size_; ++f) remember(f);
        }
        const std::uint32_t silent = slotOf(*silent_, lookup).flow;
        if (silent != SlotTable::kNoFlow && !ended(flow(silent), t)) {
            count(entry(silent), lookup);
            table_.put(*slot, lookup.tag, silent);
            return;
        }
    }
    table_.put(*slot, lookup.tag, begin(lookup));
}

template <class Address>
std::uint32_t FlowCache<Address>::begin(const Lookup& lookup) {
    assert(size_ < SlotTable::kNoFlow);
    if (size_ == blocks_.size() * kBlockFlows) {
        blocks_.emplace_back();
        if (size_ > 0) blocks_.back().reserve(kBlockFlows);  // the first block grows: most meters stay small
    }
    blocks_.back().resize(size_ % kBlockFlows + 1);
    const FlowKey<Address>& key = lookup.key.key;
    const flow::PacketRecord& p = *lookup.packet;
    Entry& e = entry(size_);
    e = Entry{};
    e.a = key.a;
    e.b = key.b;
    e.portA = key.portA;
    e.portB = key.portB;
    e.protocol = key.protocol;
    e.forwardFromB = lookup.key.fromB;
    e.flags[0] = p.tcpFlags;
    e.icmpTypeCode = p.icmpTypeCode;
    e.firstPacketHigh = static_cast<std::uint16_t>(lookup.number >> 32);
    e.firstPacketLow = static_cast<std::uint32_t>(lookup.number);
    e.packets[0] = 1;
    e.first = e.last = p.timeUs;
    e.bytes[0] = p.ipBytes;
    return static_cast<std::uint32_t>(size_++);
}

/// Lets flows go that are silent for twice the idle timeout, so that packets which come a little late need no second
/// look-up.
template <class Address>
void FlowCache<Address>::makeRoom(std::int64_t now) {
    constexpr auto kEndOfTime = std::numeric_limits<std::int64_t>::max();
    const auto keep = [&](std::uint32_t f) {
        const std::int64_t last = flow(f).last;
        if (now <= last || distance(last, now) / 2 <= idle_) return true;
        silentUntil_ = std::max(
            silentUntil_, distance(last, kEndOfTime) < idle_ ? kEndOfTime : last + static_cast<std::int64_t>(idle_));
        if (silent_) remember(f);
        return false;
    };
    table_.rebuild(keep, [&](std::uint32_t f) { __builtin_prefetch(&flow(f).last); });
}

/// Later flows of a key replace earlier ones.
template <class Address>
void FlowCache<Address>::remember(std::uint32_t f) {
    if (silent_->full()) silent_->rebuild([](std::uint32_t) { return true; }, [](std::uint32_t) {});
    const FlowKey<Address> key = flow(f).key();
    const auto tag = static_cast<std::uint32_t>(hashKey(key, seed_));
    silent_->put(silent_->find(tag, [&](std::uint32_t other) { return flow(other).has(key); }), tag, f);
}

template class FlowCache<std::uint32_t>;
template class FlowCache<flow::IpAddr>;

}  // namespace weir::meter
