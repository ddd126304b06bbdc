// Header lengths of IEEE 802.11 (2012, 8.2), radiotap, Prism, AVS and PPI.
#include "core/capture/wireless.h"

namespace weir::capture {
namespace {

constexpr std::size_t kHeader = 24;
enum FrameControl : std::uint8_t { kToDs = 1, kFromDs = 2, kProtected = 0x40, kOrder = 0x80 };  // second byte
constexpr unsigned kDataType = 2, kNoData = 4, kQos = 8;  // type; bits of the subtype
constexpr std::uint8_t kAggregate = 0x80;                 // of the QoS control

std::size_t le16(const PacketView& p, std::size_t at) { return p.u8(at) | std::size_t{p.u8(at + 1)} << 8; }
std::size_t le32(const PacketView& p, std::size_t at) { return le16(p, at) | le16(p, at + 2) << 16; }
std::size_t be32(const PacketView& p, std::size_t at) { return std::size_t{p.be16(at)} << 16 | p.be16(at + 2); }

/// `padded`: the header was filled up to a multiple of 4 bytes.
Decoded findInFrame(const PacketView& frame, bool padded, PacketView& ip) {
    if (!frame.has(2)) return Decoded::cutLink;
    const unsigned type = frame.u8(0) >> 2 & 3u, subtype = frame.u8(0) >> 4;
    const std::uint8_t control = frame.u8(1);
    if (type != kDataType || subtype & kNoData || control & kProtected) return Decoded::notIp;
    const bool fourAddresses = (control & kToDs) && (control & kFromDs), qos = subtype & kQos;
    const std::size_t qosAt = kHeader + (fourAddresses ? 6 : 0);
    std::size_t header = qosAt + (qos ? 2 : 0) + (qos && (control & kOrder) ? 4 : 0);
    if (padded) header = (header + 3) & ~std::size_t{3};
    if (!frame.has(header)) return Decoded::cutLink;
    if (!qos || !(frame.u8(qosAt) & kAggregate)) return findInLlc(frame.from(header), ip);
    constexpr std::size_t kSubframe = 14;  // destination, source, length
    if (!frame.has(header + kSubframe)) return Decoded::cutLink;
    return findInLlc(frame.from(header + kSubframe), ip);
}

Decoded behind(const PacketView& frame, std::size_t header, bool padded, PacketView& ip) {
    if (!frame.has(header)) return Decoded::cutLink;
    return findInFrame(frame.from(header), padded, ip);
}

/// The flags byte of radiotap: behind the presence words and, aligned to 8, the time stamp. 0 when there is none.
std::uint8_t radiotapFlags(const PacketView& frame, std::size_t length) {
    constexpr std::size_t kTime = 1, kFlags = 2, kMorePresence = std::size_t{1} << 31;
    std::size_t at = 4;
    const std::size_t present = le32(frame, at);
    for (std::size_t word = present; word & kMorePresence;) {
        at += 4;
        if (at + 4 > length) return 0;
        word = le32(frame, at);
    }
    at += 4;
    if (present & kTime) at = ((at + 7) & ~std::size_t{7}) + 8;
    return (present & kFlags) && at < length ? frame.u8(at) : std::uint8_t(0);
}

}  // namespace

Decoded findInWireless(const PacketView& frame, PacketView& ip) { return findInFrame(frame, false, ip); }

Decoded findInRadiotap(const PacketView& frame, PacketView& ip) {
    constexpr std::uint8_t kPadded = 0x20;
    if (!frame.has(8)) return Decoded::cutLink;
    const std::size_t length = le16(frame, 2);
    if (length < 8 || !frame.has(length)) return Decoded::cutLink;
    return behind(frame, length, radiotapFlags(frame, length) & kPadded, ip);
}

Decoded findInPrism(const PacketView& frame, PacketView& ip) {
    constexpr std::size_t kAvsMagic = 0x80211000, kMost = 1024;
    if (!frame.has(8)) return Decoded::cutLink;
    if ((be32(frame, 0) & ~std::size_t{0xff}) == kAvsMagic) return findInAvs(frame, ip);
    const std::size_t little = le32(frame, 4), big = be32(frame, 4);  // of the machine that captured
    return behind(frame, little <= kMost ? little : big, false, ip);
}

Decoded findInAvs(const PacketView& frame, PacketView& ip) {
    if (!frame.has(8)) return Decoded::cutLink;
    return behind(frame, be32(frame, 4), false, ip);
}

Decoded findInPpi(const PacketView& frame, PacketView& ip) {
    constexpr std::size_t kEthernet = 1, kWireless = 105;
    if (!frame.has(8)) return Decoded::cutLink;
    const std::size_t length = le16(frame, 2), link = le32(frame, 4);
    if (length < 8 || !frame.has(length)) return Decoded::cutLink;
    if (link == kEthernet) return findInEthernet(frame.from(length), ip);
    return link == kWireless ? findInFrame(frame.from(length), false, ip) : Decoded::unknownLink;
}

}  // namespace weir::capture
