// Layout 1: common records, read along their extension map.
#include "core/capture/nfcapd_layout1.h"
#include "core/capture/nfcapd_records.h"
#include "core/capture/nfcapd_rows.h"

#include <utility>

namespace weir::capture::nfcapd {
namespace {

using Columns = flow::RecordColumns;

/// The bytes of a record behind its fixed head, from front to back; each read must fit.
template <bool Swapped>
class Tail {
public:
    Tail(const std::byte* at, const std::byte* end) : at_(at), end_(end) {}
    bool has(std::size_t bytes) const { return bytes <= std::size_t(end_ - at_); }
    const std::byte* take(std::size_t bytes) { return std::exchange(at_, at_ + bytes); }
    std::uint64_t counter(bool wide) {
        return wide ? numberAt<std::uint64_t, Swapped>(take(8)) : numberAt<std::uint32_t, Swapped>(take(4));
    }
    const std::byte* at() const { return at_; }

private:
    const std::byte* at_;
    const std::byte* end_;
};

/// Fields of the extensions that begin at `p`.
template <bool Swapped>
void addExtensions(const std::byte* p, const ExtensionMap& map, RowWriter& rows) {
    const auto u16 = [&](Field1 f, std::size_t i) { return numberAt<std::uint16_t, Swapped>(p + map.at(f) + 2 * i); };
    const auto u32 = [&](Field1 f, std::size_t i) { return numberAt<std::uint32_t, Swapped>(p + map.at(f) + 4 * i); };
    const auto has = [&](Field1 f) { return map.at(f) != ExtensionMap::kNone; };
    const auto pair = [&](Buffer<std::uint32_t> Columns::*a, Buffer<std::uint32_t> Columns::*b, Field1 narrow,
                          Field1 wide) {
        if (has(wide)) {
            rows.put(a, u32(wide, 0));
            rows.put(b, u32(wide, 1));
        } else if (has(narrow)) {
            rows.put(a, std::uint32_t{u16(narrow, 0)});
            rows.put(b, std::uint32_t{u16(narrow, 1)});
        }
    };
    pair(&Columns::inIf, &Columns::outIf, Field1::interfaces16, Field1::interfaces32);
    pair(&Columns::srcAs, &Columns::dstAs, Field1::as16, Field1::as32);
    if (has(Field1::several)) {  // u8 ToS of the other direction, direction, source mask, destination mask
        const std::byte* const s = p + map.at(Field1::several);
        rows.put(&Columns::dstTos, std::uint8_t(s[0]));
        rows.put(&Columns::srcMask, std::uint8_t(s[2]));
        rows.put(&Columns::dstMask, std::uint8_t(s[3]));
    }
    if (has(Field1::vlan)) {
        rows.put(&Columns::srcVlan, u16(Field1::vlan, 0));
        rows.put(&Columns::dstVlan, u16(Field1::vlan, 1));
    }
    const auto counter = [&](Field1 narrow, Field1 wide) -> std::uint64_t {
        if (has(wide)) return numberAt<std::uint64_t, Swapped>(p + map.at(wide));
        return has(narrow) ? u32(narrow, 0) : 0;
    };
    rows.reverse(counter(Field1::outPackets32, Field1::outPackets64), counter(Field1::outBytes32, Field1::outBytes64),
                 0);
}

template <bool Swapped>
class Walk1 {
public:
    Walk1(const Block& block, ExtensionMaps& maps, const Sink& sink)
        : maps_(maps), sink_(sink), rows_(sink.out, block.records.size() / kLeastFlow1), walk_(block, sink.drops) {}

    void run() {
        for (auto record = walk_.next(); !record.empty(); record = walk_.next()) {
            switch (walk_.type()) {
                case kCommonRecord: takeFlow(record, kCommonHead); break;
                case kCommonRecordV0: takeFlow(record, kCommonHeadV0); break;
                case kExtensionMap:
                    if (!maps_.take(record, Swapped)) sink_.drops.add("damaged record", walk_.offset());
                    break;
                default: takeOther(walk_.type(), walk_.offset(), record, Swapped, sink_);
            }
        }
        rows_.finish(sink_.dictionary);
    }

private:
    void takeFlow(std::span<const std::byte> record, std::size_t head) {
        const std::byte* const r = record.data();
        if (record.size() < head) return sink_.drops.add("damaged record", walk_.offset());
        const bool old = head == kCommonHeadV0;
        const unsigned flags = old ? std::uint8_t(r[4]) : numberAt<std::uint16_t, Swapped>(r + 4);
        const bool v6 = flags & kFlagV6, widePackets = flags & kFlagPackets64, wideBytes = flags & kFlagBytes64;
        const ExtensionMap* const map = maps_.find(numberAt<std::uint16_t, Swapped>(r + 6));
        if (!map) return sink_.drops.add("record without its extension map", walk_.offset());
        Tail<Swapped> tail(r + head, r + record.size());
        const std::size_t fixed = (v6 ? kIpv6Bytes : kIpv4Bytes) + (widePackets ? 8u : 4u) + (wideBytes ? 8u : 4u);
        if (!tail.has(fixed + map->bytes())) return sink_.drops.add("damaged record", walk_.offset());
        const std::byte* const ends = tail.take(v6 ? kIpv6Bytes : kIpv4Bytes);
        PlainFields f = headOf(r);
        f.packets = tail.counter(widePackets);
        f.bytes = tail.counter(wideBytes);
        addEvent(tail.at(), *map, f);
        if (!rows_.begin(f)) return sink_.drops.add("impossible time", walk_.offset());
        if (v6)
            rows_.v6(v6At<Swapped>(ends), v6At<Swapped>(ends + 16));
        else
            rows_.v4(numberAt<std::uint32_t, Swapped>(ends), numberAt<std::uint32_t, Swapped>(ends + 4));
        rows_.put(&Columns::tos, std::uint8_t(r[kTosAt]));
        rows_.put(&Columns::exporter, old ? std::uint16_t(r[5]) : numberAt<std::uint16_t, Swapped>(r + kExporterAt1));
        addExtensions<Swapped>(tail.at(), *map, rows_);
        if (!map->whole()) sink_.drops.add("unknown extension", walk_.offset(), false);
    }

    static PlainFields headOf(const std::byte* r) {
        const auto ms = [&](std::size_t seconds, std::size_t fraction) {
            return std::uint64_t{numberAt<std::uint32_t, Swapped>(r + seconds)} * 1000 +
                   numberAt<std::uint16_t, Swapped>(r + fraction);
        };
        PlainFields f;
        f.firstMs = ms(12, 8);
        f.lastMs = ms(16, 10);
        f.tcpFlags = std::uint8_t(r[21]);
        f.protocol = std::uint8_t(r[22]);
        f.srcPort = numberAt<std::uint16_t, Swapped>(r + 24);
        f.dstPort = numberAt<std::uint16_t, Swapped>(r + 26);
        return f;
    }

    /// A firewall event has a time of its own, and the ICMP type and code beside the ports.
    static void addEvent(const std::byte* p, const ExtensionMap& map, PlainFields& f) {
        if (map.at(Field1::event) == ExtensionMap::kNone) return;
        const std::byte* const event = p + map.at(Field1::event);
        if (f.firstMs == 0) f.firstMs = numberAt<std::uint64_t, Swapped>(event);
        const bool icmp = f.protocol == 1 || f.protocol == 58;
        if (icmp && f.dstPort == 0) f.dstPort = numberAt<std::uint16_t, Swapped>(event + kEventIcmpAt);
    }

    ExtensionMaps& maps_;
    const Sink& sink_;
    RowWriter rows_;
    RecordWalk<Swapped> walk_;
};

}  // namespace

void appendRecords1(const Block& block, ExtensionMaps& maps, const Sink& sink) {
    if (block.swapped)
        Walk1<true>(block, maps, sink).run();
    else
        Walk1<false>(block, maps, sink).run();
}

}  // namespace weir::capture::nfcapd
