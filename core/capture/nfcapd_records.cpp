// The walk over records and their elements.
#include "core/capture/nfcapd_records.h"

#include "core/capture/nfcapd_format.h"
#include "core/flow/packet_record.h"

#include <limits>
#include <vector>

namespace weir::capture::nfcapd {
namespace {

using flow::IpAddr;

constexpr std::uint64_t kLastMs = std::uint64_t(std::numeric_limits<std::int64_t>::max()) / 1000;

/// Where the wanted elements of a record lie; nullptr = it has none.
struct Elements {
    const std::byte* generic = nullptr;
    const std::byte* v4 = nullptr;
    const std::byte* v6 = nullptr;
    const std::byte* misc = nullptr;
    const std::byte* counts = nullptr;
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
        if (id == kGenericFlow && bytes >= kGenericBytes) found.generic = body;
        else if (id == kIpv4Flow && bytes >= kIpv4Bytes) found.v4 = body;
        else if (id == kIpv6Flow && bytes >= kIpv6Bytes) found.v6 = body;
        else if (id == kFlowMisc && bytes > kReverseFlagsAt) found.misc = body;
        else if (id == kCounts && bytes >= kCountsBytes) found.counts = body;
        at += length;
    }
    return true;
}

template <bool Swapped>
IpAddr v6At(const std::byte* p) {
    IpAddr a;
    for (std::size_t half = 0; half < 2; ++half) {
        const auto v = numberAt<std::uint64_t, Swapped>(p + half * 8);
        for (std::size_t i = 0; i < 8; ++i) a.b[half * 8 + i] = std::uint8_t(v >> (56 - 8 * i));
    }
    return a;
}

/// Writes rows behind the ones `out` has; the columns were made long enough before.
template <bool Swapped>
class RowWriter {
public:
    RowWriter(flow::RecordColumns& out, std::size_t most) : out_(out), first_(out.start.size()), row_(first_) {
        flow::forEachColumn(out_, [&](flow::Col col, auto& values) {
            if (col < flow::Col::reverseTcpFlags || !values.empty()) values.resize(first_ + most);
        });
        source_.resize(most);
        destination_.resize(most);
    }

    /// False: the record's times are impossible.
    bool add(const Elements& e) {
        const std::byte* const g = e.generic;
        const auto first = numberAt<std::uint64_t, Swapped>(g), last = numberAt<std::uint64_t, Swapped>(g + 8);
        if (first > kLastMs || last > kLastMs) return false;
        const std::size_t row = row_++;
        out_.start[row] = std::int64_t(first * 1000);
        out_.end[row] = std::int64_t(last * 1000);
        out_.packets[row] = numberAt<std::uint64_t, Swapped>(g + 24);
        out_.bytes[row] = numberAt<std::uint64_t, Swapped>(g + 32);
        const auto srcPort = numberAt<std::uint16_t, Swapped>(g + 40), dstPort = numberAt<std::uint16_t, Swapped>(g + 42);
        const auto protocol = std::uint8_t(g[44]);
        const bool icmp = protocol == flow::kIcmp || protocol == flow::kIcmp6;
        out_.srcPort[row] = icmp ? std::uint16_t(0) : srcPort;
        out_.dstPort[row] = icmp ? std::uint16_t(0) : dstPort;
        out_.icmpTypeCode[row] = icmp ? dstPort : std::uint16_t(0);
        out_.protocol[row] = protocol;
        out_.tcpFlags[row] = std::uint8_t(g[45]);
        addReverse(e, row);
        addAddresses(e, row - first_);
        return true;
    }

    void finish(flow::AddressDictionary& dictionary) {
        const std::size_t n = row_ - first_;
        flow::forEachColumn(out_, [&](flow::Col, auto& values) {
            if (!values.empty()) values.resize(row_);
        });
        const std::span<flow::HostId> src(out_.src.data() + first_, n), dst(out_.dst.data() + first_, n);
        if (v6_.empty()) {
            dictionary.idsV4(source_.span().first(n), src);
            dictionary.idsV4(destination_.span().first(n), dst);
            return;
        }
        std::size_t next = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const bool wide = next < v6_.size() && v6_[next].row == i;
            src[i] = wide ? dictionary.id(v6_[next].source) : dictionary.idV4(source_[i]);
            dst[i] = wide ? dictionary.id(v6_[next].destination) : dictionary.idV4(destination_[i]);
            next += wide;
        }
    }

private:
    struct WideRow {
        std::size_t row;
        IpAddr source, destination;
    };

    void addAddresses(const Elements& e, std::size_t i) {
        if (e.v4) {
            source_[i] = numberAt<std::uint32_t, Swapped>(e.v4);
            destination_[i] = numberAt<std::uint32_t, Swapped>(e.v4 + 4);
        } else {
            v6_.push_back({i, v6At<Swapped>(e.v6), v6At<Swapped>(e.v6 + 16)});
        }
    }

    void addReverse(const Elements& e, std::size_t row) {
        const std::uint64_t packets = e.counts ? numberAt<std::uint64_t, Swapped>(e.counts + 8) : 0;
        const std::uint64_t bytes = e.counts ? numberAt<std::uint64_t, Swapped>(e.counts + 16) : 0;
        if (out_.reversePackets.empty()) {
            if (packets == 0 && bytes == 0) return;
            const auto start = [&](auto& values) { values.assign(out_.start.size(), 0); };
            start(out_.reverseTcpFlags);
            start(out_.reversePackets);
            start(out_.reverseBytes);
        }
        out_.reversePackets[row] = packets;
        out_.reverseBytes[row] = bytes;
        out_.reverseTcpFlags[row] = packets && e.misc ? std::uint8_t(e.misc[kReverseFlagsAt]) : std::uint8_t(0);
    }

    flow::RecordColumns& out_;
    const std::size_t first_;
    std::size_t row_;
    Buffer<std::uint32_t> source_, destination_;
    std::vector<WideRow> v6_;
};

template <bool Swapped>
void walk(const Block& block, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) {
    const auto bytes = block.records;
    RowWriter<Swapped> rows(out, bytes.size() / kLeastFlow);
    for (std::size_t at = 0; at < bytes.size();) {
        const std::uint64_t offset = block.fileOffset + (block.offsetsAreExact ? at : 0);
        const std::byte* const record = bytes.data() + at;
        if (bytes.size() - at < kRecordHeader) {
            drops.add("truncated record", offset);
            break;
        }
        const auto type = numberAt<std::uint16_t, Swapped>(record);
        const std::size_t size = numberAt<std::uint16_t, Swapped>(record + 2);
        if (size < kRecordHeader || size > bytes.size() - at) {
            drops.add(size < kRecordHeader ? "damaged record" : "truncated record", offset);
            break;
        }
        at += size;
        if (type != kFlowRecord) {
            if (type == 0 || type > kLastKnownRecord) drops.add("unknown record type", offset, false);
            continue;
        }
        Elements found;
        if (size < kFlowHeader || !findElements<Swapped>(record, size, found)) drops.add("damaged record", offset);
        else if (!found.generic || (!found.v4 && !found.v6)) drops.add("record without addresses or counters", offset, false);
        else if (!rows.add(found)) drops.add("impossible time", offset);
    }
    rows.finish(dictionary);
}

}  // namespace

void appendRecords(const Block& block, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) {
    if (block.swapped) walk<true>(block, dictionary, out, drops);
    else walk<false>(block, dictionary, out, drops);
}

}  // namespace weir::capture::nfcapd
