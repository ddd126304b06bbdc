// Layout 2: the walk over records and their elements.
#include "core/capture/nfcapd_records.h"

#include "core/capture/nfcapd_rows.h"

namespace weir::capture::nfcapd {
namespace {

using Columns = flow::RecordColumns;

/// Where the wanted elements of a record lie; nullptr = it has none.
struct Elements {
    const std::byte* generic = nullptr;
    const std::byte* v4 = nullptr;
    const std::byte* v6 = nullptr;
    const std::byte* misc = nullptr;
    const std::byte* counts = nullptr;
    const std::byte* vlan = nullptr;
    const std::byte* as = nullptr;
    const std::byte* event = nullptr;
    const std::byte* layer2 = nullptr;
};

/// False when an element does not fit into the record.
template <bool Swapped>
bool findElements(const std::byte* record, std::size_t size, Elements& found) {
    const std::byte* at = record + kFlowHeader;
    const std::byte* const end = record + size;
    for (unsigned left = numberAt<std::uint16_t, Swapped>(record + 4); left > 0; --left) {
        if (end - at < std::ptrdiff_t(kElementHeader)) return false;
        const auto id = numberAt<std::uint16_t, Swapped>(at);
        const std::size_t length = numberAt<std::uint16_t, Swapped>(at + 2);
        if (length < kElementHeader || length > std::size_t(end - at)) return false;
        const std::byte* const body = at + kElementHeader;
        const std::size_t bytes = length - kElementHeader;
        const auto take = [&](const std::byte*& place, std::size_t least) { place = bytes >= least ? body : place; };
        switch (id) {
            case kGenericFlow: take(found.generic, kGenericBytes); break;
            case kIpv4Flow: take(found.v4, kIpv4Bytes); break;
            case kIpv6Flow: take(found.v6, kIpv6Bytes); break;
            case kFlowMisc: take(found.misc, kMiscBytes); break;
            case kCounts: take(found.counts, kCountsBytes); break;
            case kVlan: take(found.vlan, kPairBytes); break;
            case kAsRouting: take(found.as, kPairBytes); break;
            case kNselEvent:
            case kNatEvent: take(found.event, kEventBytes); break;
            case kLayer2: take(found.layer2, kLayer2Bytes); break;
            default: break;
        }
        at += length;
    }
    return true;
}

template <bool Swapped>
void addMisc(const std::byte* misc, RowWriter& rows) {
    rows.put(&Columns::inIf, numberAt<std::uint32_t, Swapped>(misc));
    rows.put(&Columns::outIf, numberAt<std::uint32_t, Swapped>(misc + 4));
    rows.put(&Columns::srcMask, std::uint8_t(misc[kMasksAt]));
    rows.put(&Columns::dstMask, std::uint8_t(misc[kMasksAt + 1]));
    rows.put(&Columns::dstTos, std::uint8_t(misc[kDstTosAt]));
}

/// REQUIRES a VLAN or a layer 2 element.
template <bool Swapped>
void addVlans(const Elements& e, RowWriter& rows) {
    const auto tag = [](std::uint32_t v) { return v <= 0xffff ? std::uint16_t(v) : std::uint16_t(0); };
    if (e.vlan) {
        rows.put(&Columns::srcVlan, tag(numberAt<std::uint32_t, Swapped>(e.vlan)));
        rows.put(&Columns::dstVlan, tag(numberAt<std::uint32_t, Swapped>(e.vlan + 4)));
    } else {
        rows.put(&Columns::srcVlan, numberAt<std::uint16_t, Swapped>(e.layer2));
        rows.put(&Columns::dstVlan, numberAt<std::uint16_t, Swapped>(e.layer2 + 4));
    }
}

/// False: the record's times are impossible.
template <bool Swapped>
bool addRow(const std::byte* record, const Elements& e, RowWriter& rows) {
    const std::byte* const g = e.generic;
    PlainFields f{numberAt<std::uint64_t, Swapped>(g),
                  numberAt<std::uint64_t, Swapped>(g + 8),
                  numberAt<std::uint64_t, Swapped>(g + 24),
                  numberAt<std::uint64_t, Swapped>(g + 32),
                  numberAt<std::uint16_t, Swapped>(g + 40),
                  numberAt<std::uint16_t, Swapped>(g + 42),
                  std::uint8_t(g[44]),
                  std::uint8_t(g[45])};
    if (f.firstMs == 0 && e.event) f.firstMs = numberAt<std::uint64_t, Swapped>(e.event);
    if (!rows.begin(f)) return false;
    if (e.v4)
        rows.v4(numberAt<std::uint32_t, Swapped>(e.v4), numberAt<std::uint32_t, Swapped>(e.v4 + 4));
    else
        rows.v6(v6At<Swapped>(e.v6), v6At<Swapped>(e.v6 + 16));
    rows.put(&Columns::tos, std::uint8_t(g[47]));
    rows.put(&Columns::exporter, numberAt<std::uint16_t, Swapped>(record + kExporterAt));
    if (e.misc) addMisc<Swapped>(e.misc, rows);
    if (e.as) {
        rows.put(&Columns::srcAs, numberAt<std::uint32_t, Swapped>(e.as));
        rows.put(&Columns::dstAs, numberAt<std::uint32_t, Swapped>(e.as + 4));
    }
    if (e.vlan || e.layer2) addVlans<Swapped>(e, rows);
    if (e.counts) {
        rows.reverse(numberAt<std::uint64_t, Swapped>(e.counts + 8), numberAt<std::uint64_t, Swapped>(e.counts + 16),
                     e.misc ? std::uint8_t(e.misc[kReverseFlagsAt]) : std::uint8_t(0));
    }
    return true;
}

template <bool Swapped>
void walkBlock(const Block& block, const Sink& sink) {
    RowWriter rows(sink.out, block.records.size() / kLeastFlow);
    RecordWalk<Swapped> walk(block, sink.drops);
    for (auto record = walk.next(); !record.empty(); record = walk.next()) {
        if (walk.type() != kFlowRecord) {
            takeOther(walk.type(), walk.offset(), record, Swapped, sink);
            continue;
        }
        Elements found;
        if (record.size() < kFlowHeader || !findElements<Swapped>(record.data(), record.size(), found))
            sink.drops.add("damaged record", walk.offset());
        else if (!found.generic || (!found.v4 && !found.v6))
            sink.drops.add("record without addresses or counters", walk.offset(), false);
        else if (!addRow<Swapped>(record.data(), found, rows))
            sink.drops.add("impossible time", walk.offset());
    }
    rows.finish(sink.dictionary);
}

}  // namespace

void takeOther(std::uint16_t type, std::uint64_t offset, std::span<const std::byte> record, bool swapped,
               const Sink& sink) {
    switch (type) {
        case kExporterInfo:
        case kExporterStats:
        case kSamplerV0:
        case kSampler:
            if (!sink.exporters.note(type, record, swapped)) sink.drops.add("damaged exporter record", offset);
            break;
        default:
            if (type == 0 || type > kLastKnownRecord) sink.drops.add("unknown record type", offset, false);
    }
}

void appendRecords(const Block& block, const Sink& sink) {
    if (block.swapped)
        walkBlock<true>(block, sink);
    else
        walkBlock<false>(block, sink);
}

}  // namespace weir::capture::nfcapd
