// make_exports FILE 5|9|10 [FLOWS] [SECONDS]: the flows of make_flows as NetFlow 5, NetFlow 9 or IPFIX datagrams in a
// pcap.
#include "tests/support/packet_bytes.h"
#include "tests/support/traffic.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace weir::test;
using weir::testing::TraceBytes;

namespace {

constexpr std::size_t kMostRecords = 1440;   ///< bytes of records in a datagram without a template
constexpr std::size_t kTemplateEvery = 100;  ///< datagrams
constexpr std::uint32_t kUptime = 86'400'000;

/// Datagrams of one exporter, written when full.
class Exporter {
public:
    Exporter(std::ofstream& file, unsigned version) : file_(file), version_(version) {
        write(TraceBytes(false).pcapHeader(false, 1));
    }

    void add(const NfcapdRow& row) {
        if (records_ > 0 && payload_.size() + recordBytes() > kMostRecords) flush();
        nowMs_ = row.lastMs > nowMs_ ? row.lastMs : nowMs_;
        if (records_ == 0) payload_ = TraceBytes(true);
        const auto age = [&](std::uint64_t ms) { return std::uint32_t(kUptime - (nowMs_ - ms)); };
        payload_.u32(row.src.v4Value()).u32(row.dst.v4Value());
        if (version_ == 5) payload_.u32(0);
        payload_.u16(1).u16(2).u32(std::uint32_t(row.packets)).u32(std::uint32_t(row.bytes));
        if (version_ == 10)
            payload_.u32(std::uint32_t(row.firstMs >> 32))
                .u32(std::uint32_t(row.firstMs))
                .u32(std::uint32_t(row.lastMs >> 32))
                .u32(std::uint32_t(row.lastMs));
        else
            payload_.u32(age(row.firstMs)).u32(age(row.lastMs));
        payload_.u16(row.srcPort)
            .u16(row.dstPort)
            .u8(0)
            .u8(row.tcpFlags)
            .u8(row.protocol)
            .u8(row.tos)
            .u16(0)
            .u16(0)
            .u8(0)
            .u8(16)
            .u16(0);
        ++records_;
    }
    void flush() {
        if (records_ == 0) return;
        TraceBytes head(true);
        const auto seconds = std::uint32_t(nowMs_ / 1000);
        const unsigned setBytes = 4 + unsigned(records_ * recordBytes());
        TraceBytes sets(true);
        if (version_ != 5) {
            if (datagrams_ % kTemplateEvery == 0) addTemplate(sets);
            sets.u16(256).u16(setBytes);
        }
        const unsigned length = unsigned(sets.size() + payload_.size());
        if (version_ == 5)
            head.u16(5)
                .u16(unsigned(records_))
                .u32(kUptime)
                .u32(seconds)
                .u32(std::uint32_t(nowMs_ % 1000 * 1'000'000))
                .u32(sequence_)
                .u32(0);
        if (version_ == 9)
            head.u16(9).u16(unsigned(records_)).u32(kUptime).u32(seconds).u32(std::uint32_t(datagrams_)).u32(1);
        if (version_ == 10) head.u16(10).u16(16 + length).u32(seconds).u32(sequence_).u32(1);
        head.raw(sets.bytes()).raw(payload_.bytes());
        send(head);
        sequence_ += std::uint32_t(records_);
        ++datagrams_;
        records_ = 0;
    }

private:
    std::size_t recordBytes() const { return version_ == 5 ? 48 : version_ == 9 ? 44 : 52; }
    void addTemplate(TraceBytes& out) const {
        const bool ipfix = version_ == 10;
        out.u16(ipfix ? 2 : 0).u16(8 + 19 * 4).u16(256).u16(19);
        const unsigned time = ipfix ? 8 : 4;
        const unsigned fields[19][2] = {{8, 4},
                                        {12, 4},
                                        {10, 2},
                                        {14, 2},
                                        {2, 4},
                                        {1, 4},
                                        {ipfix ? 152u : 22u, time},
                                        {ipfix ? 153u : 21u, time},
                                        {7, 2},
                                        {11, 2},
                                        {210, 1},
                                        {6, 1},
                                        {4, 1},
                                        {5, 1},
                                        {16, 2},
                                        {17, 2},
                                        {9, 1},
                                        {13, 1},
                                        {210, 2}};
        for (const auto& f : fields) out.u16(f[0]).u16(f[1]);
    }
    void send(const TraceBytes& payload) {
        weir::testing::PacketBytes frame;
        frame.ethernet(0x0800)
            .ipv4(17, 8 + payload.size(), 0x0a000001, 0x0a000002)
            .be16(40000)
            .be16(2055)
            .be16(unsigned(8 + payload.size()))
            .be16(0);
        const auto bytes = std::uint32_t(frame.size() + payload.size());
        TraceBytes record(false);
        record.u32(std::uint32_t(nowMs_ / 1000))
            .u32(std::uint32_t(nowMs_ % 1000 * 1000))
            .u32(bytes)
            .u32(bytes)
            .raw(frame.bytes())
            .raw(payload.bytes());
        write(record);
    }
    void write(const TraceBytes& bytes) {
        file_.write(reinterpret_cast<const char*>(bytes.bytes().data()), std::streamsize(bytes.size()));
    }

    std::ofstream& file_;
    unsigned version_;
    TraceBytes payload_{true};
    std::size_t records_ = 0, datagrams_ = 0;
    std::uint32_t sequence_ = 0;
    std::uint64_t nowMs_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const unsigned version = argc > 2 ? unsigned(std::strtoul(argv[2], nullptr, 10)) : 0;
    if (version != 5 && version != 9 && version != 10) {
        std::fprintf(stderr, "usage: %s FILE 5|9|10 [FLOWS=10000000] [SECONDS=3600]\n", argv[0]);
        return 2;
    }
    TrafficShape shape;
    if (argc > 3) shape.flows = std::strtoull(argv[3], nullptr, 10);
    if (argc > 4) shape.seconds = std::strtoull(argv[4], nullptr, 10);
    std::ofstream file(argv[1], std::ios::binary | std::ios::trunc);
    Exporter exporter(file, version);
    Traffic traffic(shape);
    NfcapdRow row;
    while (traffic.next(row)) exporter.add(row);
    exporter.flush();
    file.flush();
    if (file) return 0;
    std::fprintf(stderr, "cannot write %s\n", argv[1]);
    return 1;
}
