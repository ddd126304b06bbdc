// The blocks of a pcapng file as values: where one begins and ends, and what an interface and a packet block say.
#pragma once

#include "core/base/byte_cursor.h"
#include "core/capture/link_layer.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace weir::capture::pcapng {

enum BlockType : std::uint32_t {
    kSection = 0x0a0d0d0a,
    kInterface = 1,
    kOldPacket = 2,
    kSimplePacket = 3,
    kNames = 4,
    kStatistics = 5,
    kEnhancedPacket = 6,
    kJournal = 9,
    kSecrets = 10,
    kCustom = 0x0bad,
    kCustomNoCopy = 0x40000bad,
};
constexpr bool isKnown(std::uint32_t type) {
    return type == kSection || (type >= kInterface && type <= kSecrets) || type == kCustom || type == kCustomNoCopy;
}

/// Reads numbers in the byte order of a section.
class SectionCursor {
public:
    SectionCursor(std::span<const std::byte> bytes, bool bigEndian) : c_(bytes), bigEndian_(bigEndian) {}
    std::uint16_t u16() { return bigEndian_ ? c_.be<std::uint16_t>() : c_.le<std::uint16_t>(); }
    std::uint32_t u32() { return bigEndian_ ? c_.be<std::uint32_t>() : c_.le<std::uint32_t>(); }
    std::uint64_t u64() { return bigEndian_ ? c_.be<std::uint64_t>() : c_.le<std::uint64_t>(); }
    std::span<const std::byte> take(std::size_t n) { return c_.take(n); }
    void skip(std::size_t n) { c_.skip(n); }
    bool ok() const { return c_.ok(); }
    std::size_t left() const { return c_.left(); }
    bool bigEndian() const { return bigEndian_; }

private:
    ByteCursor c_;
    bool bigEndian_;
};

/// The byte order a section header block declares; nullopt = no sound byte-order magic.
std::optional<bool> sectionIsBigEndian(std::span<const std::byte> block);

inline constexpr std::size_t kSmallestBlock = 12;
/// REQUIRES 4 bytes at `at`.
inline std::uint32_t number32(const std::byte* at, bool bigEndian) {
    std::uint32_t v;
    std::memcpy(&v, at, sizeof v);
    return bigEndian == (std::endian::native == std::endian::big) ? v : byteSwap(v);
}
/// What is at a place where a block should begin. `length` is of the whole block.
struct BlockHead {
    std::uint32_t type = 0, length = 0;
    bool bigEndian = false;  ///< of the section it belongs to (a section header brings its own)
};
/// Nullopt: fewer than kSmallestBlock bytes, or a section header without its magic.
inline std::optional<BlockHead> headAt(std::span<const std::byte> bytes, bool bigEndian) {
    if (bytes.size() < kSmallestBlock) return {};
    const std::uint32_t type = number32(bytes.data(), bigEndian);
    if (type == kSection) {
        const auto own = sectionIsBigEndian(bytes);
        if (!own) return {};
        bigEndian = *own;
    }
    return BlockHead{type, number32(bytes.data() + 4, bigEndian), bigEndian};
}
/// The block fits into `bytes`, and its length stands at both ends and is a multiple of 4.
inline bool isWhole(std::span<const std::byte> bytes, const BlockHead& head) {
    if (head.length < kSmallestBlock || head.length % 4 != 0 || head.length > bytes.size()) return false;
    return number32(bytes.data() + head.length - 4, head.bigEndian) == head.length;
}

struct Interface {
    LinkDecoder link = nullptr;
    std::uint32_t snapLength = 0;  ///< 0 = unlimited
    std::uint64_t multiply = 1, divide = 1;
    unsigned shift = 0;
    std::int64_t offsetUs = 0;
    /// µs since 1970, within ±kTimeLimitUs.
    std::int64_t timeUs(std::uint64_t ticks) const {
        const bool plain = multiply == 1 && divide == 1 && shift == 0 && offsetUs == 0 && ticks >> 61 == 0;
        return plain ? static_cast<std::int64_t>(ticks) : convert(ticks);
    }
    std::int64_t convert(std::uint64_t ticks) const;
};
/// `body` = the block without its head and tail. An interface whose options are damaged keeps what was read before.
Interface readInterface(SectionCursor body, bool& sound);

struct PacketBlock {
    std::uint32_t interfaceNumber = 0;
    bool timed = false;
    std::uint64_t ticks = 0;
    std::uint32_t wire = 0;
    std::span<const std::byte> data;
};
/// An enhanced or an old packet block; nullopt = the packet is longer than its block.
inline std::optional<PacketBlock> readPacket(std::span<const std::byte> body, bool enhanced, bool bigEndian) {
    constexpr std::size_t kFixed = 20;
    if (body.size() < kFixed) return {};
    const auto field = [&](std::size_t i) { return number32(body.data() + 4 * i, bigEndian); };
    const std::uint32_t captured = field(3);
    if (captured > body.size() - kFixed) return {};
    // The old block has a 16-bit interface number and a drop count in place of the first field.
    const std::uint32_t number = enhanced ? field(0) : bigEndian ? field(0) >> 16 : field(0) & 0xffffu;
    return PacketBlock{number, true, std::uint64_t{field(1)} << 32 | field(2), field(4),
                       body.subspan(kFixed, captured)};
}
/// A simple packet block of interface 0 with that snap length.
std::optional<PacketBlock> readSimplePacket(SectionCursor body, std::uint32_t snapLength);

}  // namespace weir::capture::pcapng
