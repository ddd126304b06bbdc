// Records, blocks and headers.
#include "tests/support/nfcapd_writer.h"

#include "core/base/byte_cursor.h"

#include <bzlib.h>
#include <lz4.h>
#include <lzo/lzo1x.h>
#include <zstd.h>
#include <ostream>
#include <vector>

namespace weir::test {
namespace {

constexpr std::uint16_t kFlowRecord = 11, kExporterRecord = 7, kSamplerRecord = 15, kOldSamplerRecord = 9;

std::uint64_t halfOf(const flow::IpAddr& a, std::size_t from) {
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < 8; ++i) v = v << 8 | a.b[from + i];
    return v;
}

}  // namespace

NfcapdWriter::NfcapdWriter(std::ostream& out, const NfcapdOptions& options) : out_(out), options_(options) {
    writeHeader();
    beginBlock();
}

template <class U>
void NfcapdWriter::put(U v) {
    if (options_.swapped) v = byteSwap(v);
    block_.append(reinterpret_cast<const char*>(&v), sizeof v);
}

void NfcapdWriter::writeHeader() {
    block_.clear();
    put<std::uint16_t>(0xa50c);
    put(std::uint16_t(options_.layout));
    if (options_.layout == 1) {
        constexpr std::uint32_t kFlags[] = {0, 1, 8, 16};
        put(kFlags[std::size_t(options_.compression)]);
        put(blocks_);
        block_.append("test", 4);
        block_.resize(140 + 136);
        out_.write(block_.data(), std::streamsize(block_.size()));
        block_.clear();
        return;
    }
    put<std::uint32_t>(0xf1070100);
    put<std::uint64_t>(1700000000);
    put(std::uint8_t(options_.compression));
    put<std::uint8_t>(0);
    put<std::uint16_t>(0);  // no appendix
    put<std::uint32_t>(1);
    put<std::uint64_t>(0);
    put<std::uint32_t>(0);
    put(blocks_);
    out_.write(block_.data(), std::streamsize(block_.size()));
    block_.clear();
}

void NfcapdWriter::beginBlock() {
    block_.clear();
    records_ = rows_ = 0;
    if (options_.layout == 1 && blocks_ == 0) putMaps();
    if (!options_.exporterRecords) return;
    put(kExporterRecord);
    put<std::uint16_t>(32);
    put<std::uint32_t>(9);
    put<std::uint64_t>(0);
    put<std::uint64_t>(0x7f000001);
    put<std::uint16_t>(2);
    put<std::uint16_t>(1);
    put<std::uint32_t>(0);
    ++records_;
    if (!options_.sampler) return;
    ++records_;
    if (options_.layout == 1) {
        put(kOldSamplerRecord);
        put<std::uint16_t>(16);
        put<std::uint32_t>(0);
        put<std::uint32_t>(100);
        put<std::uint16_t>(2);
        put<std::uint16_t>(1);
        return;
    }
    put(kSamplerRecord);
    put<std::uint16_t>(24);
    put<std::uint16_t>(1);
    put<std::uint16_t>(2);
    put<std::uint64_t>(0);
    put<std::uint32_t>(1);
    put<std::uint32_t>(99);
}

/// Map 1 for all records, map 2 with counters of the other direction.
void NfcapdWriter::putMaps() {
    for (std::uint16_t number = 1; number <= 2; ++number) {
        std::vector<std::uint16_t> ids;
        if (options_.rich) ids = {5, 7, 8, 23, 13};
        if (number == 2) ids.insert(ids.end(), {15, 17});
        ids.push_back(0);
        if (ids.size() % 2) ids.push_back(0);
        put<std::uint16_t>(2);
        put(std::uint16_t(8 + 2 * ids.size()));
        put(number);
        put(std::uint16_t((options_.rich ? 28 : 0) + (number == 2 ? 16 : 0)));
        for (const std::uint16_t id : ids) put(id);
        ++records_;
    }
}

void NfcapdWriter::put1(const NfcapdRow& row) {
    const bool counts = row.reversePackets || row.reverseBytes, v6 = !row.src.isV4(), old = options_.oldRecords;
    const bool widePackets = row.packets > 0xffffffffu, wideBytes = row.bytes > 0xffffffffu;
    const auto flags = unsigned(v6) | unsigned(widePackets) << 1 | unsigned(wideBytes) << 2;
    put(std::uint16_t(old ? 1 : 10));
    put(std::uint16_t((old ? 28 : 32) + (v6 ? 32 : 8) + (widePackets ? 8 : 4) + (wideBytes ? 8 : 4) +
                      (options_.rich ? 28 : 0) + (counts ? 16 : 0)));
    if (old) {
        put(std::uint8_t(flags));
        put(std::uint8_t(options_.exporterRecords));
    } else {
        put(std::uint16_t(flags));
    }
    put(std::uint16_t(counts ? 2 : 1));
    put(std::uint16_t(row.firstMs % 1000));
    put(std::uint16_t(row.lastMs % 1000));
    put(std::uint32_t(row.firstMs / 1000));
    put(std::uint32_t(row.lastMs / 1000));
    put<std::uint8_t>(0);
    put(row.tcpFlags);
    put(row.protocol);
    put(row.tos);
    put(row.srcPort);
    put(row.dstPort);
    if (!old) {
        put(std::uint16_t(options_.exporterRecords));
        put<std::uint16_t>(0);
    }
    if (v6) {
        for (const auto& a : {row.src, row.dst}) {
            put(halfOf(a, 0));
            put(halfOf(a, 8));
        }
    } else {
        put(row.src.v4Value());
        put(row.dst.v4Value());
    }
    widePackets ? put(row.packets) : put(std::uint32_t(row.packets));
    wideBytes ? put(row.bytes) : put(std::uint32_t(row.bytes));
    if (options_.rich) {
        put<std::uint32_t>(row.src.b[15] & 1 ? 3 : 7);
        put<std::uint32_t>(row.src.b[15] & 1 ? 7 : 3);
        put<std::uint32_t>(64500u + row.src.b[12] % 8);
        put<std::uint32_t>(64500u + row.dst.b[12] % 8);
        for (const std::uint8_t b : {row.dstTos, std::uint8_t(0), row.srcMask, row.dstMask}) put(b);
        put<std::uint32_t>(0x7f000001);
        put(row.srcVlan);
        put(row.dstVlan);
    }
    if (!counts) return;
    put(row.reversePackets);
    put(row.reverseBytes);
}

void NfcapdWriter::putAddresses(const NfcapdRow& row) {
    if (row.src.isV4()) {
        put<std::uint16_t>(2);
        put<std::uint16_t>(12);
        put(row.src.v4Value());
        put(row.dst.v4Value());
        return;
    }
    put<std::uint16_t>(3);
    put<std::uint16_t>(36);
    for (const auto& a : {row.src, row.dst}) {
        put(halfOf(a, 0));
        put(halfOf(a, 8));
    }
}

void NfcapdWriter::add(const NfcapdRow& row) {
    constexpr std::size_t kMostRecord = 200;
    if (block_.size() + kMostRecord > options_.blockBytes && rows_ > 0) flushBlock();
    if (options_.layout == 1)
        put1(row);
    else
        put2(row);
    ++records_;
    ++rows_;
}

void NfcapdWriter::put2(const NfcapdRow& row) {
    const bool counts = row.reversePackets || row.reverseBytes, misc = options_.rich || counts,
               vlan = row.srcVlan || row.dstVlan;
    const std::size_t addresses = row.src.isV4() ? 12 : 36;
    const std::size_t size =
        12 + 52 + addresses + (misc ? 20 : 0) + (counts ? 28 : 0) + (options_.rich ? 12 + 8 : 0) + (vlan ? 12 : 0);
    put(kFlowRecord);
    put(std::uint16_t(size));
    put(std::uint16_t(2 + misc + counts + vlan + (options_.rich ? 2 : 0)));
    put<std::uint16_t>(0);  // engine
    put(std::uint16_t(options_.exporterRecords ? 1 : 0));
    put<std::uint8_t>(0);
    put<std::uint8_t>(9);
    put<std::uint16_t>(1);
    put<std::uint16_t>(52);
    put(row.firstMs);
    put(row.lastMs);
    put(row.lastMs + 1500);
    put(row.packets);
    put(row.bytes);
    put(row.srcPort);
    put(row.dstPort);
    put(row.protocol);
    put(row.tcpFlags);
    put<std::uint8_t>(0);
    put(row.tos);
    putAddresses(row);
    if (misc) {
        put<std::uint16_t>(4);
        put<std::uint16_t>(20);
        put<std::uint32_t>(row.src.b[15] & 1 ? 3 : 7);  // interfaces
        put<std::uint32_t>(row.src.b[15] & 1 ? 7 : 3);
        for (const std::uint8_t b : {row.srcMask, row.dstMask, std::uint8_t(0), row.dstTos}) put(b);
        put<std::uint16_t>(0);
        put(row.reverseTcpFlags);
        put<std::uint8_t>(0);
    }
    if (counts) {
        put<std::uint16_t>(5);
        put<std::uint16_t>(28);
        put<std::uint64_t>(1);
        put(row.reversePackets);
        put(row.reverseBytes);
    }
    if (options_.rich) {
        put<std::uint16_t>(7);
        put<std::uint16_t>(12);
        put<std::uint32_t>(64500u + row.src.b[12] % 8);
        put<std::uint32_t>(64500u + row.dst.b[12] % 8);
        put<std::uint16_t>(12);
        put<std::uint16_t>(8);
        put<std::uint32_t>(0x7f000001);
    }
    if (!vlan) return;
    put<std::uint16_t>(6);
    put<std::uint16_t>(12);
    put<std::uint32_t>(row.srcVlan);
    put<std::uint32_t>(row.dstVlan);
}

void NfcapdWriter::pack() {
    const std::size_t n = block_.size();
    packed_.resize(n + n / 8 + 1024);
    switch (options_.compression) {
        case NfcapdCompression::lz4:
            packed_.resize(
                std::size_t(LZ4_compress_default(block_.data(), packed_.data(), int(n), int(packed_.size()))));
            break;
        case NfcapdCompression::zstd:
            packed_.resize(ZSTD_compress(packed_.data(), packed_.size(), block_.data(), n, 3));
            break;
        case NfcapdCompression::bz2: {
            auto size = unsigned(packed_.size());
            (void)BZ2_bzBuffToBuffCompress(packed_.data(), &size, block_.data(), unsigned(n), 9, 0, 0);
            packed_.resize(size);
            break;
        }
        case NfcapdCompression::lzo: {
            std::vector<unsigned char> work(LZO1X_1_MEM_COMPRESS);
            lzo_uint size = packed_.size();
            (void)lzo1x_1_compress(reinterpret_cast<const unsigned char*>(block_.data()), n,
                                   reinterpret_cast<unsigned char*>(packed_.data()), &size, work.data());
            packed_.resize(size);
            break;
        }
        case NfcapdCompression::none: packed_ = block_;
    }
}

void NfcapdWriter::flushBlock() {
    if (rows_ == 0) return;
    pack();
    block_.clear();
    put(records_);
    put(std::uint32_t(packed_.size()));
    put(std::uint16_t(options_.layout == 1 ? 2 : 3));
    put<std::uint16_t>(0);
    out_.write(block_.data(), std::streamsize(block_.size()));
    out_.write(packed_.data(), std::streamsize(packed_.size()));
    ++blocks_;
    beginBlock();
}

void NfcapdWriter::finish() {
    flushBlock();
    const auto end = out_.tellp();
    out_.seekp(0);
    writeHeader();
    out_.seekp(end);
    out_.flush();
}

}  // namespace weir::test
