// Any bytes through the nfcapd reader: no crash, no over-read, rows of equal length, no more rows than the bytes can
// hold.
#include "core/capture/nfcapd_reader.h"

#include <cstdint>
#include <cstdlib>

using namespace weir;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)capture::probeNfcapd(bytes);
    const auto file = capture::openNfcapd(bytes);
    if (!file) {
        require(!file.error().detail.empty());
        return 0;
    }
    flow::RecordColumns rows;
    capture::DropCounts drops;
    flow::AddressDictionary dictionary;
    for (std::size_t p = 0; (*file)->has(p); ++p) {
        (*file)->decode(p, dictionary, rows, drops);
        const std::size_t n = rows.size();
        require(rows.start.size() == n && rows.end.size() == n && rows.src.size() == n && rows.dst.size() == n &&
                rows.srcPort.size() == n);
        require(rows.dstPort.size() == n && rows.icmpTypeCode.size() == n && rows.protocol.size() == n &&
                rows.tcpFlags.size() == n);
        require(rows.packets.size() == n && rows.bytes.size() == n);
        require(rows.reversePackets.empty() || rows.reversePackets.size() == n);
        for (const flow::HostId id : rows.src)
            require(id & flow::AddressDictionary::kV6Bit
                        ? (id & ~flow::AddressDictionary::kV6Bit) < dictionary.v6().size()
                        : id < dictionary.v4().size());
    }
    return 0;
}
