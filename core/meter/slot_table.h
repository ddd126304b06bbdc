// The hash index of a flow cache: 32 bits of a key's hash → number of the flow the key belongs to now.
#pragma once

#include "core/base/buffer.h"

#include <cstdint>

namespace weir::meter {

/// Open addressing, linear probing, at most half full. Entries are replaced or added, never removed one by one:
/// rebuild() drops many.
class SlotTable {
public:
    static constexpr std::uint32_t kNoFlow = ~std::uint32_t{0};
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t flow = kNoFlow;
    };
    SlotTable() { allocate(kFewestSlots); }

    std::size_t used() const { return used_; }
    bool full() const { return used_ * 2 >= slots_.size(); }
    void prefetch(std::uint32_t tag) const { __builtin_prefetch(&slots_.data()[tag & mask_]); }
    /// The first slot on the tag's way: what find() most likely ends at.
    const Slot& home(std::uint32_t tag) const { return slots_.data()[tag & mask_]; }

    /// The slot whose flow has this key, or the free slot where it belongs. sameKey(flow) is asked for flows with an
    /// equal tag.
    template <class SameKey>
    Slot& find(std::uint32_t tag, SameKey&& sameKey) {
        for (std::size_t at = tag & mask_;; at = (at + 1) & mask_) {
            Slot& slot = slots_.data()[at];
            if (slot.flow == kNoFlow || (slot.tag == tag && sameKey(slot.flow))) return slot;
        }
    }
    /// REQUIRES !full() when the slot is free.
    void put(Slot& slot, std::uint32_t tag, std::uint32_t flow) {
        used_ += slot.flow == kNoFlow;
        slot = {tag, flow};
    }
    /// Keeps the flows for which keep(flow) holds, in a table that is at most a quarter full. soon(flow) announces
    /// keep(flow): prefetch.
    template <class Keep, class Soon>
    void rebuild(Keep&& keep, Soon&& soon) {
        constexpr std::size_t kAhead = 16;
        Buffer<Slot> kept;
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (i + kAhead < slots_.size() && slots_[i + kAhead].flow != kNoFlow) soon(slots_[i + kAhead].flow);
            if (slots_[i].flow != kNoFlow && keep(slots_[i].flow)) kept.push_back(slots_[i]);
        }
        std::size_t size = kFewestSlots;
        while (size < kept.size() * 4) size *= 2;
        allocate(size);
        for (const Slot& slot : kept) put(find(slot.tag, [](std::uint32_t) { return false; }), slot.tag, slot.flow);
    }

private:
    static constexpr std::size_t kFewestSlots = 256;
    void allocate(std::size_t slots) {
        slots_.release();
        slots_.assign(slots, Slot{});
        mask_ = slots - 1;
        used_ = 0;
    }
    Buffer<Slot> slots_;
    std::size_t mask_ = 0, used_ = 0;
};

}  // namespace weir::meter
