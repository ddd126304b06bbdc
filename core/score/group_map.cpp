// Linear probing, at most half full.
#include "core/score/group_map.h"

#include <algorithm>
#include <array>

namespace weir::score {
namespace {

constexpr std::size_t kBlock = 32;

}  // namespace

std::uint64_t GroupMap::hashOf(const GroupId& id) {
    std::uint64_t h = id.ends * 0x9e3779b97f4a7c15u;
    h = (h ^ h >> 32 ^ id.rest) * 0xd6e8feb86659fd93u;
    h = (h ^ h >> 32 ^ std::uint64_t(id.bin)) * 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

std::uint32_t GroupMap::find(const GroupId& id) const {
    for (std::size_t slot = slotOf(hashOf(id)); slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1))
        if (ids_[slots_[slot]] == id) return slots_[slot];
    return kNone;
}

std::uint32_t GroupMap::addOne(const GroupId& id, std::uint64_t hash) {
    std::size_t slot = slotOf(hash);
    for (; slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1))
        if (ids_[slots_[slot]] == id) return slots_[slot];
    const auto number = std::uint32_t(ids_.size());
    slots_[slot] = number;
    ids_.push_back(id);
    return number;
}

void GroupMap::grow() {
    slots_.assign(slots_.size() * 2, kNone);
    for (std::uint32_t number = 0; number < ids_.size(); ++number) {
        std::size_t slot = slotOf(hashOf(ids_[number]));
        while (slots_[slot] != kNone) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = number;
    }
}

void GroupMap::add(std::span<const GroupId> ids, std::uint32_t* numbers) {
    std::array<std::uint64_t, kBlock> hashes;
    for (std::size_t first = 0; first < ids.size(); first += kBlock) {
        const std::size_t n = std::min(kBlock, ids.size() - first);
        while ((ids_.size() + n) * 2 > slots_.size()) grow();
        for (std::size_t i = 0; i < n; ++i) {
            hashes[i] = hashOf(ids[first + i]);
            __builtin_prefetch(&slots_[slotOf(hashes[i])]);
        }
        for (std::size_t i = 0; i < n; ++i)
            if (const std::uint32_t number = slots_[slotOf(hashes[i])]; number != kNone)
                __builtin_prefetch(&ids_[number]);
        for (std::size_t i = 0; i < n; ++i) numbers[first + i] = addOne(ids[first + i], hashes[i]);
    }
}

}  // namespace weir::score
