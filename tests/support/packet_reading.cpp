// The loop every reader test needs.
#include "tests/support/packet_reading.h"

#include <algorithm>
#include <tuple>

namespace weir::testing {
namespace {

auto fieldsOf(const flow::PacketRecord& p) {
    return std::tie(p.src, p.dst, p.timeUs, p.ipBytes, p.srcPort, p.dstPort, p.icmpTypeCode, p.protocol, p.tcpFlags,
                    p.v6, p.laterFragment, p.firstFragment);
}

}  // namespace

std::uint64_t WholeTrace::dropped(std::string_view reason) const {
    for (const capture::Drop& d : drops.list())
        if (d.reason == reason) return d.count;
    return 0;
}

WholeTrace readTrace(const FileBytes& bytes, std::size_t batch, const capture::ReadOptions& options) {
    WholeTrace out;
    const capture::ReaderDef* reader = capture::bestReader(bytes.head());
    if (!reader || !reader->isTrace()) {
        out.error = capture::describeUnknown(bytes.head());
        return out;
    }
    auto file = reader->openPackets(bytes, options);
    if (!file) {
        out.error = file.error().detail;
        return out;
    }
    std::vector<flow::PacketRecord> some(batch);
    while (const std::size_t n = (*file)->next(some))
        out.packets.insert(out.packets.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(n));
    out.seen = (*file)->packetsSeen();
    out.times = (*file)->times();
    out.drops = (*file)->drops();
    return out;
}

bool samePackets(const std::vector<flow::PacketRecord>& a, const std::vector<flow::PacketRecord>& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const flow::PacketRecord& x, const flow::PacketRecord& y) { return fieldsOf(x) == fieldsOf(y); });
}

std::string toText(const flow::PacketRecord& p) {
    return std::to_string(p.timeUs) + " " + flow::toText(p.src) + ":" + std::to_string(p.srcPort) + " > " +
           flow::toText(p.dst) + ":" + std::to_string(p.dstPort) + " proto " + std::to_string(p.protocol) + " bytes " +
           std::to_string(p.ipBytes) + " flags " + std::to_string(p.tcpFlags) +
           (p.icmpTypeCode ? " icmp " + std::to_string(p.icmpTypeCode) : "") + (p.laterFragment ? " fragment" : "");
}

}  // namespace weir::testing
