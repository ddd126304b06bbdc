// The flow cache of one address family: which flow a packet belongs to, and when a flow has ended.
#pragma once

#include "core/meter/flow_entry.h"
#include "core/meter/settings.h"
#include "core/meter/slot_table.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

namespace weir::meter {

/// Flows lie in order of their first packet and never move; ended ones stay where they are until take().
///
/// A packet ends the flow that had its key, and begins a new one, when it comes more than the idle timeout after the
/// flow's last packet (or before its first), or would stretch the flow beyond the active timeout. Nothing else ends a
/// flow: not FIN or RST, whose late acknowledgements and repeats would become flows of their own, and not the table's
/// growth: flows silent for long leave the table then, but `silentUntil_` remembers until what packet time one of them
/// could go on, and such a late packet looks them up in a second index, which is built when it is first needed. So the
/// records depend on the packets alone.
template <class Address>
class FlowCache {
public:
    struct Lookup {
        DirectedKey<Address> key;
        std::uint32_t tag = 0;  ///< low half of the key's hash
        const flow::PacketRecord* packet = nullptr;
        std::uint64_t number = 0;  ///< of the packet
    };
    FlowCache(const MeterSettings& settings, HashSeed seed)
        : active_(limit(settings.activeTimeoutUs)), idle_(limit(settings.idleTimeoutUs)), seed_(seed) {}

    void prefetchSlot(std::uint32_t tag) const { table_.prefetch(tag); }
    void prefetchFlow(std::uint32_t tag) const {
        const SlotTable::Slot& slot = table_.home(tag);
        if (slot.tag == tag && slot.flow != SlotTable::kNoFlow) __builtin_prefetch(&flow(slot.flow));
    }
    void add(const Lookup& lookup);
    std::size_t size() const { return size_; }
    std::size_t live() const { return table_.used(); }

    static constexpr std::size_t kBlockFlows = 65536;
    const FlowEntry<Address>& flow(std::size_t i) const { return blocks_[i / kBlockFlows].data()[i % kBlockFlows]; }
    /// Gives a block of kBlockFlows flows back to the system; its flows must not be asked for again.
    void releaseBlock(std::size_t block) { blocks_[block].release(); }

private:
    using Entry = FlowEntry<Address>;
    static std::uint64_t limit(std::int64_t us) { return us < 0 ? 0 : static_cast<std::uint64_t>(us); }
    /// later - earlier, exact for any two times. REQUIRES later >= earlier.
    static std::uint64_t distance(std::int64_t earlier, std::int64_t later) {
        return static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier);
    }
    Entry& entry(std::size_t i) { return blocks_[i / kBlockFlows].data()[i % kBlockFlows]; }
    bool ended(const Entry& e, std::int64_t t) const {
        if (t > e.last) {
            if (distance(e.last, t) > idle_ || distance(e.first, t) > active_) return true;
        } else if (t < e.first) {
            if (distance(t, e.first) > idle_ || distance(t, e.last) > active_) return true;
        }
        constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
        return e.packets[0] == kMost || e.packets[1] == kMost;
    }
    void count(Entry& e, const Lookup& l) {
        const std::int64_t t = l.packet->timeUs;
        const std::size_t reverse = e.forwardFromB != l.key.fromB;
        e.first = std::min(e.first, t);
        e.last = std::max(e.last, t);
        ++e.packets[reverse];
        e.bytes[reverse] += l.packet->ipBytes;
        e.flags[reverse] |= l.packet->tcpFlags;
    }
    std::uint32_t begin(const Lookup& lookup);
    void makeRoom(std::int64_t now);
    SlotTable::Slot& slotOf(SlotTable& table, const Lookup& l) {
        return table.find(l.tag, [&](std::uint32_t f) { return entry(f).has(l.key.key); });
    }
    void remember(std::uint32_t f);

    std::uint64_t active_, idle_;
    HashSeed seed_;
    SlotTable table_;                    ///< key → its latest flow, unless silent for long
    std::unique_ptr<SlotTable> silent_;  ///< the same for all flows that left table_; null until a packet needs it
    std::int64_t silentUntil_ = std::numeric_limits<std::int64_t>::min();
    std::vector<Buffer<Entry>> blocks_;
    std::size_t size_ = 0;
};

extern template class FlowCache<std::uint32_t>;
extern template class FlowCache<flow::IpAddr>;

}  // namespace weir::meter
