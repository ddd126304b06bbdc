// The walk over samples and their records.
#include "core/capture/export_sflow.h"

#include "core/base/byte_cursor.h"
#include "core/capture/link_layer.h"

#include <cstring>

namespace weir::capture {
namespace {

enum SampleType : std::uint32_t { kFlowSample = 1, kExpandedFlowSample = 3 };
enum RecordType : std::uint32_t { kRawHeader = 1, kIpv4Data = 3, kIpv6Data = 4, kSwitch = 1001, kRouter = 1002 };

/// The link type of a capture for a header protocol of sFlow; 0xffffffff = not known.
std::uint32_t linkTypeOf(std::uint32_t protocol) {
    switch (protocol) {
        case 1: return 1;  // Ethernet
        case 7: return 9;  // PPP
        case 11:
        case 12: return 101;  // IPv4, IPv6
        default: return 0xffffffff;
    }
}

/// The two top bits say whether it is one interface.
std::uint32_t interfaceOf(std::uint32_t format, std::uint32_t value) {
    constexpr std::uint32_t kInternal = 0x3fffffff;
    return format != 0 || value == kInternal ? 0 : value;
}

std::uint8_t tosOf(const PacketView& ip) {
    return ip.u8(0) >> 4 == 4 ? ip.u8(1) : std::uint8_t((ip.be16(0) >> 4) & 0xff);
}

bool readRawHeader(ByteCursor c, FlowSample& sample) {
    const std::uint32_t link = linkTypeOf(c.be<std::uint32_t>());
    const auto frame = c.be<std::uint32_t>(), stripped = c.be<std::uint32_t>(), length = c.be<std::uint32_t>();
    const auto header = c.take(length);
    if (!c.ok() || stripped > frame) return false;
    PacketView ip;
    if (linkDecoder(link)({header.data(), header.size(), frame - stripped}, ip) != Decoded::ip) return false;
    if (decodeIp(ip, sample.packet) != Decoded::ip) return false;
    sample.tos = tosOf(ip);
    return true;
}

bool readIpData(ByteCursor c, bool v6, FlowSample& sample) {
    flow::PacketRecord& p = sample.packet;
    p = {};
    p.ipBytes = c.be<std::uint32_t>();
    p.protocol = std::uint8_t(c.be<std::uint32_t>());
    p.v6 = v6;
    for (flow::IpAddr* a : {&p.src, &p.dst}) {
        const auto bytes = c.take(v6 ? 16 : 4);
        if (bytes.empty()) return false;
        *a = flow::IpAddr::v4(0);
        std::memcpy(a->b.data() + (v6 ? 0 : 12), bytes.data(), bytes.size());
    }
    const auto srcPort = std::uint16_t(c.be<std::uint32_t>()), dstPort = std::uint16_t(c.be<std::uint32_t>());
    const auto flags = std::uint8_t(c.be<std::uint32_t>());
    sample.tos = std::uint8_t(c.be<std::uint32_t>());
    if (p.protocol == flow::kTcp || p.protocol == flow::kUdp) {
        p.srcPort = srcPort;
        p.dstPort = dstPort;
    }
    if (p.protocol == flow::kTcp) p.tcpFlags = flags;
    return c.ok();
}

void readRouter(ByteCursor c, FlowSample& sample) {
    c.skip(c.be<std::uint32_t>() == 2 ? 16 : 4);
    const auto src = c.be<std::uint32_t>(), dst = c.be<std::uint32_t>();
    if (!c.ok()) return;
    sample.srcMask = std::uint8_t(src);
    sample.dstMask = std::uint8_t(dst);
}

/// False: no IP packet in it. A header that can be read is preferred to the fields some agents send instead.
bool readRecords(ByteCursor& c, FlowSample& sample) {
    bool raw = false, found = false;
    for (std::uint32_t left = c.be<std::uint32_t>(); left > 0 && c.ok(); --left) {
        const auto type = c.be<std::uint32_t>(), length = c.be<std::uint32_t>();
        const ByteCursor record(c.take(length));
        if (!c.ok()) break;
        if (FlowSample trial = sample; type == kRawHeader && !raw && readRawHeader(record, trial)) {
            sample = trial;
            raw = found = true;
        }
        if ((type == kIpv4Data || type == kIpv6Data) && !found) found = readIpData(record, type == kIpv6Data, sample);
        if (type == kRouter) readRouter(record, sample);
        if (type == kSwitch) {
            ByteCursor s = record;
            sample.srcVlan = std::uint16_t(s.be<std::uint32_t>());
            s.skip(4);
            sample.dstVlan = std::uint16_t(s.be<std::uint32_t>());
        }
    }
    return found;
}

bool readFlowSample(ByteCursor c, bool expanded, FlowSample& sample) {
    c.skip(expanded ? 12 : 8);  // sequence, source
    sample.samplingRate = c.be<std::uint32_t>();
    c.skip(8);  // pool, drops
    for (std::uint32_t* interface : {&sample.inIf, &sample.outIf}) {
        const auto first = c.be<std::uint32_t>();
        *interface =
            expanded ? interfaceOf(first, c.be<std::uint32_t>()) : interfaceOf(first >> 30, first & 0x3fffffff);
    }
    return c.ok() && readRecords(c, sample);
}

}  // namespace

bool samplesAreSound(const ExportHeader& header, std::span<const std::byte> bytes, std::size_t wire, bool lenient) {
    ByteCursor c(bytes.subspan(header.headerBytes));
    if (header.count == 0) return false;
    for (std::uint32_t left = header.count; left > 0; --left) {
        c.skip(4);
        c.skip(c.be<std::uint32_t>());
        if (!c.ok()) return lenient && left < header.count;
    }
    return lenient || (c.left() == 0 && bytes.size() == wire);
}

SflowCounts readSamples(const ExportHeader& header, std::span<const std::byte> bytes,
                        const std::function<void(const FlowSample&)>& use) {
    SflowCounts counts;
    ByteCursor c(bytes.subspan(header.headerBytes));
    for (std::uint32_t left = header.count; left > 0; --left) {
        const auto type = c.be<std::uint32_t>(), length = c.be<std::uint32_t>();
        const auto content = c.take(length);
        if (!c.ok()) {
            counts.whole = false;
            return counts;
        }
        if (type != kFlowSample && type != kExpandedFlowSample) {
            ++counts.others;
            continue;
        }
        FlowSample sample;
        if (!readFlowSample(ByteCursor(content), type == kExpandedFlowSample, sample)) {
            ++counts.notIp;
            continue;
        }
        ++counts.flowSamples;
        if (use) use(sample);
    }
    counts.whole = c.left() == 0;
    return counts;
}

}  // namespace weir::capture
