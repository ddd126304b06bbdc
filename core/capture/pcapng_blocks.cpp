// Decoding single pcapng blocks.
#include "core/capture/pcapng_blocks.h"

#include "core/capture/frame.h"

#include <algorithm>

namespace weir::capture::pcapng {
namespace {

constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::int64_t kUsPerSecond = 1'000'000;
enum Option : std::uint16_t { kEndOfOptions = 0, kTimeResolution = 9, kTimeOffset = 14 };

/// Negative power of ten, or of two when the top bit is set.
void setResolution(Interface& i, std::uint8_t resolution) {
    i.multiply = i.divide = 1;
    i.shift = 0;
    const unsigned power = resolution & 0x7fu;
    if (resolution & 0x80) {
        i.multiply = static_cast<std::uint64_t>(kUsPerSecond);
        i.shift = power;
        return;
    }
    for (unsigned p = power; p < 6; ++p) i.multiply *= 10;
    constexpr unsigned kFinest = 25;  // beyond 10^-25 s every 64-bit count of ticks is 0 µs
    if (power > kFinest)
        i.multiply = 0;
    else
        for (unsigned p = 6; p < power; ++p) i.divide *= 10;
}

std::int64_t clampTime(std::int64_t us) { return std::clamp(us, -kTimeLimitUs, kTimeLimitUs); }

}  // namespace

std::optional<bool> sectionIsBigEndian(std::span<const std::byte> block) {
    ByteCursor c(block);
    c.skip(8);
    const auto magic = c.le<std::uint32_t>();
    if (!c.ok()) return {};
    if (magic == kByteOrderMagic) return false;
    if (magic == byteSwap(kByteOrderMagic)) return true;
    return {};
}

std::int64_t Interface::convert(std::uint64_t ticks) const {
    constexpr auto kMost = static_cast<std::uint64_t>(kTimeLimitUs);
    if (multiply == 1 && shift == 0)
        return clampTime(static_cast<std::int64_t>(std::min(ticks / divide, kMost)) + offsetUs);
    __extension__ using Wide = unsigned __int128;
    const Wide us = (Wide{ticks} * multiply) >> shift;
    return clampTime(static_cast<std::int64_t>(us > kMost ? kMost : static_cast<std::uint64_t>(us)) + offsetUs);
}

Interface readInterface(SectionCursor body, bool& sound) {
    Interface out;
    out.link = linkDecoder(body.u16());
    body.skip(2);
    out.snapLength = body.u32();
    while (body.ok() && body.left() >= 4) {
        const std::uint16_t code = body.u16();
        const std::size_t length = body.u16();
        if (code == kEndOfOptions) break;
        const auto value = body.take(length);
        body.skip(std::min((4 - length % 4) % 4, body.left()));
        if (!body.ok()) break;
        if (code == kTimeResolution && length == 1) setResolution(out, std::to_integer<std::uint8_t>(value[0]));
        if (code == kTimeOffset && length == 8) {
            SectionCursor v(value, body.bigEndian());
            constexpr std::int64_t kMost = kTimeLimitUs / kUsPerSecond;
            out.offsetUs = std::clamp(static_cast<std::int64_t>(v.u64()), -kMost, kMost) * kUsPerSecond;
        }
    }
    sound = body.ok();
    return out;
}

std::optional<PacketBlock> readSimplePacket(SectionCursor body, std::uint32_t snapLength) {
    PacketBlock out;
    out.wire = body.u32();
    if (!body.ok()) return {};
    const std::uint32_t captured = snapLength == 0 ? out.wire : std::min(out.wire, snapLength);
    out.data = body.take(captured);
    if (!body.ok()) return {};
    return out;
}

}  // namespace weir::capture::pcapng
