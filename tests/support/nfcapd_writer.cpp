// Records, blocks and header of nfcapd layout 2.
#include "tests/support/nfcapd_writer.h"

#include "core/base/byte_cursor.h"

#include <bzlib.h>
#include <lz4.h>
#include <ostream>

namespace weir::test {
namespace {

constexpr std::uint16_t kFlowRecord = 11, kExporterRecord = 7, kDataBlock = 3;

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
    put<std::uint16_t>(2);
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
    records_ = 0;
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
    const bool counts = row.reversePackets || row.reverseBytes, misc = options_.rich || counts;
    const std::size_t addresses = row.src.isV4() ? 12 : 36;
    const std::size_t size = 12 + 52 + addresses + (misc ? 20 : 0) + (counts ? 28 : 0) + (options_.rich ? 12 + 8 : 0);
    if (block_.size() + size > options_.blockBytes && records_ > 0) flushBlock();
    put(kFlowRecord);
    put(std::uint16_t(size));
    put(std::uint16_t(2 + misc + counts + (options_.rich ? 2 : 0)));
    put<std::uint16_t>(0);                              // engine
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
    put<std::uint16_t>(0);
    putAddresses(row);
    if (misc) {
        put<std::uint16_t>(4);
        put<std::uint16_t>(20);
        put<std::uint32_t>(row.src.b[15] & 1 ? 3 : 7);  // interfaces
        put<std::uint32_t>(row.src.b[15] & 1 ? 7 : 3);
        put<std::uint32_t>(0);
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
    ++records_;
}

void NfcapdWriter::flushBlock() {
    if (records_ == 0) return;
    const std::string* body = &block_;
    if (options_.compression == NfcapdCompression::lz4) {
        packed_.resize(std::size_t(LZ4_compressBound(int(block_.size()))));
        packed_.resize(std::size_t(LZ4_compress_default(block_.data(), packed_.data(), int(block_.size()), int(packed_.size()))));
        body = &packed_;
    } else if (options_.compression == NfcapdCompression::bz2) {
        packed_.resize(block_.size() + block_.size() / 100 + 600);
        auto n = unsigned(packed_.size());
        (void)BZ2_bzBuffToBuffCompress(packed_.data(), &n, block_.data(), unsigned(block_.size()), 9, 0, 0);
        packed_.resize(n);
        body = &packed_;
    }
    std::string whole;
    std::swap(whole, block_);
    put(records_);
    put(std::uint32_t(body == &block_ ? whole.size() : body->size()));
    put(kDataBlock);
    put<std::uint16_t>(0);
    out_.write(block_.data(), std::streamsize(block_.size()));
    const std::string& content = body == &block_ ? whole : *body;
    out_.write(content.data(), std::streamsize(content.size()));
    ++blocks_;
    beginBlock();
}

void NfcapdWriter::finish() {
    if (records_ > (options_.exporterRecords ? 1u : 0u)) flushBlock();
    const auto end = out_.tellp();
    out_.seekp(0);
    writeHeader();
    out_.seekp(end);
    out_.flush();
}

}  // namespace weir::test
