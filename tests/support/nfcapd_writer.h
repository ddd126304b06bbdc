// Writes nfcapd files (layouts 1 and 2) that nfdump 1.7 reads: for tests, benchmarks and fuzz seeds.
#pragma once

#include "core/flow/address.h"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace weir::test {

enum class NfcapdCompression : std::uint8_t {
    none = 0,
    lzo = 1,
    bz2 = 2,
    lz4 = 3,
    zstd = 4
};  ///< zstd: of later nfdumps, in layout 2 only

struct NfcapdRow {
    std::uint64_t firstMs = 0, lastMs = 0, packets = 0, bytes = 0;
    std::uint64_t reversePackets = 0, reverseBytes = 0;  ///< other than 0: the counts element is written
    flow::IpAddr src, dst;                               ///< of one family
    std::uint16_t srcPort = 0, dstPort = 0;              ///< ICMP: 0 and 256 x type + code
    std::uint8_t protocol = 0, tcpFlags = 0, reverseTcpFlags = 0;
    std::uint8_t tos = 0, dstTos = 0, srcMask = 0, dstMask = 0;
    std::uint16_t srcVlan = 0,
                  dstVlan = 0;  ///< other than 0: the VLAN element is written; layout 1 always has it when rich
};

struct NfcapdOptions {
    int layout = 2;
    bool oldRecords = false;  ///< layout 1: common records of the first kind, which nfdump 1.7 no longer reads
    NfcapdCompression compression = NfcapdCompression::lz4;
    std::size_t blockBytes = 1u << 20;  ///< unpacked
    bool swapped = false;               ///< as a machine of the other byte order writes
    bool rich = true;  ///< interfaces, AS numbers and exporter too, as routers send: 116 bytes an IPv4 record
    bool exporterRecords = true;  ///< an exporter record at the start of every block, as nfcapd writes now and then
    bool sampler = false;         ///< and a sampler record that announces 1 of 100 behind it
};

/// Call add() for every row, then finish() once.
class NfcapdWriter {
public:
    NfcapdWriter(std::ostream& out, const NfcapdOptions& options);
    void add(const NfcapdRow& row);
    void finish();  ///< flushes the last block and completes the file header

private:
    template <class U>
    void put(U v);
    void putAddresses(const NfcapdRow& row);
    void put2(const NfcapdRow& row);
    void put1(const NfcapdRow& row);
    void putMaps();
    void pack();  ///< the block into packed_
    void beginBlock();
    void flushBlock();
    void writeHeader();

    std::ostream& out_;
    NfcapdOptions options_;
    std::string block_, packed_;
    std::uint32_t records_ = 0, rows_ = 0, blocks_ = 0;  ///< records of any kind and flows of the block
};

}  // namespace weir::test
