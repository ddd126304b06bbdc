// The record header: u64 time, u8 type, u8 flags, u16 record length, u16 lost, u16 length on the wire; then 8 bytes for
// each further header.
#include "core/capture/erf.h"

namespace weir::capture {

Decoded findInErf(const PacketView& frame, PacketView& ip) {
    enum Type : std::uint8_t {
        kHdlc = 1,
        kEthernet = 2,
        kColourHdlc = 10,
        kColourEthernet = 11,
        kDagColourEthernet = 16,
        kDagColourHdlc = 17,
        kIpv4 = 22,
        kIpv6 = 23
    };
    constexpr std::size_t kHeader = 16, kExtension = 8, kTypeAt = 8;
    constexpr std::uint8_t kMore = 0x80;
    if (!frame.has(kHeader)) return Decoded::cutLink;
    std::size_t at = kHeader;
    for (bool more = frame.u8(kTypeAt) & kMore; more; at += kExtension) {
        if (!frame.has(at + kExtension)) return Decoded::cutLink;
        more = frame.u8(at) & kMore;
    }
    const PacketView body = frame.from(at);
    switch (frame.u8(kTypeAt) & ~kMore) {
        case kEthernet:
        case kColourEthernet:
        case kDagColourEthernet:
            return body.has(2) ? findInEthernet(body.from(2), ip)
                               : Decoded::cutLink;  // behind an offset and a fill byte
        case kHdlc:
        case kColourHdlc:
        case kDagColourHdlc: return findInPppHdlc(body, ip);
        case kIpv4:
        case kIpv6: ip = body; return Decoded::ip;
        default: return Decoded::unknownLink;
    }
}

}  // namespace weir::capture
