// Extension maps: how records of the nfcapd layout 1 (nfdump 1.6) are laid out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace weir::capture::nfcapd {

/// Extensions that hold what Weir carries. Pairs (interfaces, AS, VLAN) are source or input first.
enum class Field1 : std::uint8_t {
    interfaces16,
    interfaces32,
    as16,
    as32,
    several,
    vlan,
    outPackets32,
    outPackets64,
    outBytes32,
    outBytes64,
    event,
    count
};

/// Where the extensions lie behind a record's counters.
class ExtensionMap {
public:
    static constexpr std::uint16_t kNone = 0xffff;
    /// `ids`: u16 each, in the order of the record; 0 ends them. What lies behind an unknown extension cannot be found.
    ExtensionMap(std::span<const std::byte> ids, bool swapped);
    std::uint16_t at(Field1 f) const { return at_[std::size_t(f)]; }  ///< kNone = not there
    std::uint16_t bytes() const { return bytes_; }                    ///< of the known extensions
    bool whole() const { return whole_; }                             ///< false: an extension was unknown
    friend bool operator==(const ExtensionMap&, const ExtensionMap&) = default;

private:
    std::array<std::uint16_t, std::size_t(Field1::count)> at_;
    std::uint16_t bytes_ = 0;
    bool whole_ = true;
};

/// The maps in force at some place of a file, by number.
class ExtensionMaps {
public:
    /// Takes a map record; false: it is damaged.
    bool take(std::span<const std::byte> record, bool swapped);
    const ExtensionMap* find(std::uint16_t number) const {
        const auto found = maps_.find(number);
        return found == maps_.end() ? nullptr : &found->second;
    }

private:
    friend class MapHistory;
    std::unordered_map<std::uint16_t, ExtensionMap> maps_;
};

/// Which maps came in which block, so that each part of a file can begin with those of all blocks before. At most kMost
/// changes are kept.
class MapHistory {
public:
    static constexpr std::size_t kMost = 65536;

    /// Takes the map records of the next block.
    void add(std::span<const std::byte> records, bool swapped);
    std::size_t blocks() const { return blocks_; }
    /// Those in force at the start of a block; REQUIRES block <= blocks().
    ExtensionMaps before(std::size_t block) const;

private:
    struct Change {
        std::size_t block;
        std::uint16_t number;
        ExtensionMap map;
    };
    template <bool Swapped>
    void walk(std::span<const std::byte> records);

    std::size_t blocks_ = 0;
    ExtensionMaps now_;
    std::vector<Change> changes_;
};

}  // namespace weir::capture::nfcapd
