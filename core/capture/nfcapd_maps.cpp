// Sizes of the extensions, and reading maps.
#include "core/capture/nfcapd_maps.h"

#include "core/capture/nfcapd_walk.h"

namespace weir::capture::nfcapd {
namespace {

// Map record: header, u16 number, u16 bytes of all extensions, then u16 extensions.
constexpr std::size_t kMapHeader = 8;

/// Bytes of an extension; 0 = unknown.
constexpr std::uint16_t bytesOf(std::uint16_t extension) {
    switch (extension) {
        case 4:
        case 6:
        case 8:
        case 9:
        case 11:
        case 13:
        case 14:
        case 16:
        case 18:
        case 23:
        case 25:
        case 38: return 4;
        case 5:
        case 7:
        case 15:
        case 17:
        case 19:
        case 26:
        case 27:
        case 39:
        case 47:
        case 48: return 8;
        case 46: return 12;
        case 10:
        case 12:
        case 20:
        case 21:
        case 24: return 16;
        case 37: return 20;
        case 41:
        case 42:
        case 45: return 24;
        case 40: return 32;
        case 22: return 40;
        case 43: return 72;
        default: return 0;
    }
}

constexpr Field1 extensionField(std::uint16_t extension) {
    switch (extension) {
        case 4: return Field1::interfaces16;
        case 5: return Field1::interfaces32;
        case 6: return Field1::as16;
        case 7: return Field1::as32;
        case 8: return Field1::several;
        case 13: return Field1::vlan;
        case 14: return Field1::outPackets32;
        case 15: return Field1::outPackets64;
        case 16: return Field1::outBytes32;
        case 17: return Field1::outBytes64;
        case 37: return Field1::event;
        default: return Field1::count;
    }
}

std::uint16_t u16At(const std::byte* p, bool swapped) {
    return swapped ? numberAt<std::uint16_t, true>(p) : numberAt<std::uint16_t, false>(p);
}

}  // namespace

ExtensionMap::ExtensionMap(std::span<const std::byte> ids, bool swapped) {
    at_.fill(kNone);
    for (std::size_t i = 0; i + 2 <= ids.size() && bytes_ < kNone - 100; i += 2) {
        const std::uint16_t id = u16At(ids.data() + i, swapped);
        if (id == 0) return;
        if (id <= 3) continue;  // addresses and counters, which every record has
        if (bytesOf(id) == 0) {
            whole_ = false;
            return;
        }
        if (const Field1 field = extensionField(id); field != Field1::count) at_[std::size_t(field)] = bytes_;
        bytes_ = std::uint16_t(bytes_ + bytesOf(id));
    }
}

bool ExtensionMaps::take(std::span<const std::byte> record, bool swapped) {
    if (record.size() < kMapHeader) return false;
    maps_.insert_or_assign(u16At(record.data() + 4, swapped), ExtensionMap(record.subspan(kMapHeader), swapped));
    return true;
}

void MapHistory::add(std::span<const std::byte> records, bool swapped) {
    if (swapped)
        walk<true>(records);
    else
        walk<false>(records);
    ++blocks_;
}

template <bool Swapped>
void MapHistory::walk(std::span<const std::byte> records) {
    DropCounts seenAgainLater;
    const Block block{records, 0, true, Swapped};
    RecordWalk<Swapped> walk(block, seenAgainLater);
    for (auto record = walk.next(); !record.empty(); record = walk.next()) {
        if (walk.type() != kExtensionMap || record.size() < kMapHeader || changes_.size() == kMost) continue;
        const auto number = numberAt<std::uint16_t, Swapped>(record.data() + 4);
        const ExtensionMap map(record.subspan(kMapHeader), Swapped);
        if (const ExtensionMap* const known = now_.find(number); known && *known == map) continue;
        now_.maps_.insert_or_assign(number, map);
        changes_.push_back({blocks_, number, map});
    }
}

ExtensionMaps MapHistory::before(std::size_t block) const {
    ExtensionMaps out;
    for (const Change& c : changes_) {
        if (c.block >= block) break;
        out.maps_.insert_or_assign(c.number, c.map);
    }
    return out;
}

}  // namespace weir::capture::nfcapd
