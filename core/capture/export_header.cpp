// Headers, and the checks that tell export datagrams from other payloads.
#include "core/capture/export_header.h"

#include "core/base/byte_cursor.h"
#include "core/capture/export_sets.h"
#include "core/capture/export_sflow.h"
#include "core/capture/export_share.h"

#include <algorithm>
#include <cstring>

namespace weir::capture {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::int64_t kUs = 1'000'000;
constexpr std::uint16_t kMostOldRecords =
    64;  ///< exporters send up to 30; more do not fit into a datagram of usual size

std::uint16_t versionOf(Bytes bytes) {
    if (bytes.size() < 4) return 0;
    const auto at = [&](std::size_t i) { return std::to_integer<std::uint16_t>(bytes[i]); };
    const auto first = std::uint16_t(at(0) << 8 | at(1));
    return first == 0 && at(2) == 0 && at(3) == 5 ? std::uint16_t(kSflow5) : first;
}

/// Versions 1, 5 and 7: a header and records of one length.
ExportHeader readOldHeader(ByteCursor& c, std::uint16_t version, std::size_t wire) {
    ExportHeader h;
    h.version = version;
    h.count = c.be<std::uint16_t>();
    h.uptimeMs = c.be<std::uint32_t>();
    const std::int64_t seconds = c.be<std::uint32_t>();
    h.exportUs = seconds * kUs + c.be<std::uint32_t>() / 1000;
    h.headerBytes = 16;
    h.recordBytes = version == kNetflow7 ? 52 : 48;
    if (version != kNetflow1) {
        h.headerBytes = 24;
        h.sequence = c.be<std::uint32_t>();
        const auto engine = c.be<std::uint16_t>(), sampling = c.be<std::uint16_t>();
        if (version == kNetflow5) {
            h.domain = engine;
            h.samplingInterval = sampling & 0x3fffu;
        }
    } else if (wire == h.headerBytes + std::size_t{h.count} * 52) {
        h.recordBytes = 52;  // some exporters of version 1 pad their records
    }
    h.length = h.headerBytes + std::size_t{h.count} * h.recordBytes;
    return h;
}

ExportHeader readNetflow9Header(ByteCursor& c) {
    ExportHeader h;
    h.version = kNetflow9;
    h.headerBytes = 20;
    h.count = c.be<std::uint16_t>();
    h.uptimeMs = c.be<std::uint32_t>();
    h.exportUs = std::int64_t{c.be<std::uint32_t>()} * kUs;
    h.sequence = c.be<std::uint32_t>();
    h.domain = c.be<std::uint32_t>();
    return h;
}

ExportHeader readIpfixHeader(ByteCursor& c) {
    ExportHeader h;
    h.version = kIpfix;
    h.headerBytes = 16;
    h.length = c.be<std::uint16_t>();
    h.exportUs = std::int64_t{c.be<std::uint32_t>()} * kUs;
    h.sequence = c.be<std::uint32_t>();
    h.domain = c.be<std::uint32_t>();
    return h;
}

/// Nullopt: an address of an unknown kind, or more samples than fit into a datagram.
std::optional<ExportHeader> readSflowHeader(ByteCursor& c) {
    ExportHeader h;
    h.version = kSflow5;
    c.skip(2);  // the version takes 4 bytes
    const auto kind = c.be<std::uint32_t>();
    if (kind != 1 && kind != 2) return {};
    const auto agent = c.take(kind == 1 ? 4 : 16);
    if (agent.empty()) return {};
    h.agent = flow::IpAddr::v4(0);
    std::memcpy(h.agent.b.data() + (kind == 1 ? 12 : 0), agent.data(), agent.size());
    h.domain = c.be<std::uint32_t>();
    h.sequence = c.be<std::uint32_t>();
    h.uptimeMs = c.be<std::uint32_t>();
    const auto samples = c.be<std::uint32_t>();
    h.count = std::uint16_t(samples);
    h.headerBytes = std::uint16_t(c.offset());
    if (!c.ok() || samples > 0xffff) return {};
    return h;
}

bool soundOldHeader(const ExportHeader& h, std::size_t wire, bool expected) {
    if (h.count == 0 || h.count > kMostOldRecords || h.length > wire) return false;
    return expected || (h.length == wire);
}

bool isSound(const ExportHeader& h, Bytes bytes, std::size_t wire, bool expected) {
    switch (h.version) {
        case kSflow5: return samplesAreSound(h, bytes, wire, expected);
        case kNetflow9: return setsAreSound(h, bytes, wire, expected);
        case kIpfix:
            return (expected ? h.length <= wire : h.length == wire) &&
                   setsAreSound(h, bytes.first(std::min(h.length, bytes.size())), h.length, expected);
        default: return soundOldHeader(h, wire, expected);
    }
}

}  // namespace

std::optional<ExportHeader> readExportHeader(Bytes bytes, std::size_t wire) {
    const std::uint16_t version = versionOf(bytes);
    ByteCursor c(bytes);
    c.skip(2);
    ExportHeader h;
    switch (version) {
        case kNetflow1:
        case kNetflow5:
        case kNetflow7: h = readOldHeader(c, version, wire); break;
        case kNetflow9: h = readNetflow9Header(c); break;
        case kIpfix: h = readIpfixHeader(c); break;
        case kSflow5: return readSflowHeader(c);
        default: return {};
    }
    if (!c.ok() || (h.length != 0 && h.length < h.headerBytes)) return {};
    return h;
}

std::optional<ExportHeader> soundExportHeader(Bytes bytes, std::size_t wire, bool expected) {
    auto h = readExportHeader(bytes, wire);
    if (h && !isSound(*h, bytes, wire, expected)) h.reset();
    return h;
}

std::optional<ExportHeader> exportHeaderOf(const PacketView& payload, const flow::PacketRecord& packet,
                                           std::span<const std::uint16_t> exportPorts) {
    if (!payload.has(16) || payload.u8(0) != 0 || payload.u8(1) > kIpfix) return {};
    const bool expected = std::any_of(exportPorts.begin(), exportPorts.end(),
                                      [&](std::uint16_t p) { return p == packet.srcPort || p == packet.dstPort; });
    return soundExportHeader({payload.data(), payload.captured()}, payload.wire(), expected);
}

std::size_t exportLength(Bytes bytes) {
    const auto h = readExportHeader(bytes, bytes.size());
    if (!h) return 0;
    return std::min(h->version == kNetflow9 ? netflow9Length(bytes) : h->length, bytes.size());
}

}  // namespace weir::capture
