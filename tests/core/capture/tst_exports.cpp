// Export datagrams, hand-made: templates in every order, uptimes, sampling, losses, and what a trace of them is taken
// for.
#include "core/base/mapped_file.h"
#include "tests/support/export_bytes.h"
#include "tests/support/export_reading.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace weir;
using flow::Col;
using testing::addFrame;
using testing::netflow5;
using testing::PacketBytes;
using testing::TraceBytes;
using testing::udpFrame;

class TstExports : public QObject {
    Q_OBJECT
private slots:
    void oldVersions_data();
    void oldVersions();
    void uptimeWraps();
    void templateAfterItsData();
    void templateThatNeverComes();
    void redefinitionAndWithdrawal();
    void templatesBelongToExporters();
    void reducedVariableAndReverseFields();
    void samplers();
    void samplingBeforeItIsAnnounced();
    void interfaceNamesAndBootTime();
    void gaps_data();
    void gaps();
    void share();
    void sflow();
    void cutAndFragmented();
    void fileReadsLikeMemory();
};

namespace {

constexpr std::uint32_t kNow = testing::kExportSeconds;
constexpr std::int64_t kNowUs = std::int64_t{kNow} * 1'000'000;

TraceBytes be() { return TraceBytes(true); }
TraceBytes& add(TraceBytes& to, const TraceBytes& more) { return to.raw(more.bytes()); }
TraceBytes operator+(TraceBytes a, const TraceBytes& b) { return add(a, b); }

TraceBytes set(unsigned id, const TraceBytes& content) {
    return be().u16(id).u16(unsigned(4 + content.size())) + content;
}
TraceBytes ipfix(const TraceBytes& sets, std::uint32_t sequence = 0, std::uint32_t domain = 1) {
    return be().u16(10).u16(unsigned(16 + sets.size())).u32(kNow).u32(sequence).u32(domain) + sets;
}
TraceBytes netflow9(const TraceBytes& sets, std::uint32_t sequence = 0, std::uint32_t uptime = 100'000,
                    std::uint32_t domain = 1) {
    return be().u16(9).u16(1).u32(uptime).u32(kNow).u32(sequence).u32(domain) + sets;
}
/// Fields as pairs {id, length}.
TraceBytes fields(std::initializer_list<std::pair<unsigned, unsigned>> list) {
    TraceBytes out(true);
    for (const auto& [id, length] : list) out.u16(id).u16(length);
    return out;
}
TraceBytes layout(unsigned id, std::initializer_list<std::pair<unsigned, unsigned>> list) {
    return be().u16(id).u16(unsigned(list.size())) + fields(list);
}
/// Source, destination, packets of 4 bytes each.
TraceBytes plainTemplate(unsigned id = 256) { return layout(id, {{8, 4}, {12, 4}, {2, 4}}); }
TraceBytes plainRecord(std::uint32_t packets) { return be().u32(0x0a000001).u32(0x0a000002).u32(packets); }

TraceBytes oldVersion(unsigned version, unsigned recordBytes) {
    TraceBytes out = be().u16(version).u16(2).u32(100'000).u32(kNow).u32(0);
    if (version == 7) out.u32(1).u32(0);
    for (unsigned i = 0; i < 2; ++i) {
        const std::size_t begin = out.size();
        out.u32(0x0a000001)
            .u32(0x0a000002)
            .u32(0)
            .u16(3)
            .u16(4)
            .u32(11)
            .u32(1200)
            .u32(90'000)
            .u32(95'000)
            .u16(40000)
            .u16(443);
        if (version == 1)
            out.u16(0).u8(6).u8(16).u8(0x1b);
        else
            out.u8(0).u8(0x1b).u8(6).u8(16).u16(64500).u16(64501).u8(24).u8(16);
        while (out.size() < begin + recordBytes) out.u8(0);
    }
    return out;
}

testing::WholeFlows read(const TraceBytes& bytes) { return testing::readFlows(bytes.bytes()); }

TraceBytes trace() { return testing::ethernetTrace(); }

}  // namespace

void TstExports::oldVersions_data() {
    QTest::addColumn<unsigned>("version");
    QTest::addColumn<unsigned>("recordBytes");
    QTest::newRow("1") << 1u << 48u;
    QTest::newRow("1, padded") << 1u << 52u;
    QTest::newRow("5") << 5u << 48u;
    QTest::newRow("7") << 7u << 52u;
}

void TstExports::oldVersions() {
    QFETCH(unsigned, version);
    QFETCH(unsigned, recordBytes);
    const auto f = read(version == 5 ? netflow5(2, 1) : oldVersion(version, recordBytes));
    QVERIFY2(f.error.empty(), f.error.c_str());
    QCOMPARE(f.size(), 2u);
    QCOMPARE(f.drops.damaged(), 0u);
    QCOMPARE(f.src[0], flow::IpAddr::v4(0x0a000001));
    QCOMPARE(f.dst[1], flow::IpAddr::v4(0x0a000002));
    QCOMPARE(f.rows.packets[1], 11u);
    QCOMPARE(f.rows.bytes[1], 1200u);
    QCOMPARE(f.rows.srcPort[1], 40000);
    QCOMPARE(f.rows.dstPort[1], 443);
    QCOMPARE(f.rows.protocol[1], 6);
    QCOMPARE(f.rows.tcpFlags[1], 0x1b);
    QCOMPARE(f.at(Col::tos, 1), 16u);
    QCOMPARE(f.at(Col::inIf, 1), 3u);
    QCOMPARE(f.at(Col::outIf, 1), 4u);
    QCOMPARE(f.at(Col::srcAs, 1), version == 1 ? 0u : 64500u);
    QCOMPARE(f.at(Col::dstMask, 1), version == 1 ? 0u : 16u);
    QCOMPARE(f.rows.start[1], kNowUs - 10'000'000 + (version == 5 ? 250'000 : 0));
    QCOMPARE(f.rows.end[1], kNowUs - 5'000'000 + (version == 5 ? 250'000 : 0));
    QCOMPARE(f.exporters.at(0).version, version);
    QCOMPARE(f.exporters.at(0).domain, version == 5 ? 0x107u : 0u);
    QCOMPARE(f.exporters.at(0).records, 2u);
}

void TstExports::uptimeWraps() {
    // Booted 2^32 ms and 1 s ago; the flow began 3 s before the counter wrapped.
    const auto f = read(netflow5(1, 1, 1000, 0xffffffffu - 2999, 500));
    QCOMPARE(f.rows.start[0], kNowUs + 250'000 - 4'000'000);
    QCOMPARE(f.rows.end[0], kNowUs + 250'000 - 500'000);
    // A record that is slightly ahead of its header is no wrap.
    QCOMPARE(read(netflow5(1, 1, 1000, 1000, 3000)).rows.end[0], kNowUs + 250'000 + 2'000'000);
}

void TstExports::templateAfterItsData() {
    const auto f = read(netflow9(set(256, plainRecord(1) + plainRecord(2)), 1) +
                        netflow9(set(257, plainRecord(3)) + set(0, plainTemplate(256)), 2) +
                        netflow9(set(0, plainTemplate(257)) + set(256, plainRecord(4)), 3));
    QCOMPARE(f.size(), 4u);
    for (std::size_t r = 0; r < 4; ++r) QCOMPARE(f.rows.packets[r], r + 1);  // in the order of the file
    QCOMPARE(f.drops.damaged(), 0u);
    QCOMPARE(f.exporters.at(0).records, 4u);
}

void TstExports::templateThatNeverComes() {
    const auto f =
        read(netflow9(set(0, plainTemplate()) + set(256, plainRecord(1)), 1) + netflow9(set(300, plainRecord(2)), 2));
    QCOMPARE(f.size(), 1u);
    QCOMPARE(f.dropped("data set without its template"), 1u);
    QCOMPARE(f.drops.damaged(), 1u);
}

void TstExports::redefinitionAndWithdrawal() {
    const TraceBytes swapped = layout(256, {{12, 4}, {8, 4}, {2, 4}});
    const auto f =
        read(ipfix(set(2, plainTemplate()) + set(256, plainRecord(1)), 0) +
             ipfix(set(2, swapped) + set(256, plainRecord(2)), 1) +
             ipfix(set(2, be().u16(256).u16(0)) + set(256, plainRecord(3)), 2) + ipfix(set(2, plainTemplate()), 3));
    QCOMPARE(f.size(), 3u);
    QCOMPARE(f.src[0], flow::IpAddr::v4(0x0a000001));
    QCOMPARE(f.src[1], flow::IpAddr::v4(0x0a000002));
    QCOMPARE(f.src[2], flow::IpAddr::v4(0x0a000001));  // held after the withdrawal, read by the next definition
    QCOMPARE(f.exporters.at(0).lost, 0u);
    const auto all = read(ipfix(set(2, plainTemplate()) + set(2, be().u16(2).u16(0)) + set(256, plainRecord(1))));
    QCOMPARE(all.size(), 0u);
    QCOMPARE(all.dropped("data set without its template"), 1u);
}

void TstExports::templatesBelongToExporters() {
    const TraceBytes swapped = layout(256, {{12, 4}, {8, 4}, {2, 4}});
    TraceBytes t = trace();
    addFrame(t, udpFrame(ipfix(set(2, plainTemplate()), 0, 1).bytes(), 1, 4739));
    addFrame(t, udpFrame(ipfix(set(2, swapped), 0, 2).bytes(), 1, 4739));
    addFrame(t, udpFrame(ipfix(set(2, swapped), 0, 1).bytes(), 2, 4739));
    addFrame(t, udpFrame(ipfix(set(256, plainRecord(1)), 0, 1).bytes(), 1, 4739));
    addFrame(t, udpFrame(ipfix(set(256, plainRecord(1)), 0, 2).bytes(), 1, 4739));
    addFrame(t, udpFrame(ipfix(set(256, plainRecord(1)), 0, 1).bytes(), 2, 4739));
    const auto f = testing::readFlows(t.bytes());
    QCOMPARE(f.size(), 3u);
    QCOMPARE(f.src[0], flow::IpAddr::v4(0x0a000001));
    QCOMPARE(f.src[1], flow::IpAddr::v4(0x0a000002));
    QCOMPARE(f.src[2], flow::IpAddr::v4(0x0a000002));
    QCOMPARE(f.exporters.size(), 3u);
    QCOMPARE(f.exporters[1].address, flow::IpAddr::v4(1));
    QCOMPARE(f.exporters[1].domain, 2u);
    QCOMPARE(f.at(Col::exporter, 2), 3u);
}

void TstExports::reducedVariableAndReverseFields() {
    TraceBytes t = be().u16(256).u16(9);
    add(t, fields({{27, 16}, {28, 16}, {1, 3}, {2, 1}, {82, 65535}}));
    t.u16(0x8000 | 1).u16(8).u32(29305);  // reverse octets
    t.u16(0x8000 | 2).u16(2).u32(29305);
    t.u16(0x8000 | 1).u16(4).u32(12345);  // of somebody else
    add(t, fields({{4, 1}}));
    TraceBytes records(true);
    for (unsigned i = 0; i < 2; ++i) {
        records.u32(0x20010db8).u32(0).u32(0).u32(1).u32(0x20010db8).u32(0).u32(0).u32(2).u8(1).u16(2).u8(9);
        if (i == 0)
            records.u8(3).u8('e').u8('t').u8('h');
        else
            records.u8(255).u16(0);
        records.u32(0).u32(77).u16(5).u32(999).u8(17);
    }
    const auto f = read(ipfix(set(2, t) + set(256, records)));
    QCOMPARE(f.size(), 2u);
    for (std::size_t r = 0; r < 2; ++r) {
        QCOMPARE(QString::fromStdString(flow::toText(f.dst[r])), QStringLiteral("2001:db8::2"));
        QCOMPARE(f.rows.bytes[r], 0x010002u);
        QCOMPARE(f.rows.packets[r], 9u);
        QCOMPARE(f.at(Col::reverseBytes, r), 77u);
        QCOMPARE(f.at(Col::reversePackets, r), 5u);
        QCOMPARE(f.rows.protocol[r], 17);
    }
}

void TstExports::samplers() {
    // NetFlow 9: scope system; sampler id, interval. Data records name their sampler.
    const TraceBytes options = be().u16(300).u16(4).u16(8) + fields({{1, 4}, {48, 2}, {50, 4}});
    const TraceBytes said = be().u32(0).u16(1).u32(100) + be().u32(0).u16(2).u32(1000);
    const auto f = read(netflow9(set(1, options) + set(300, said) + set(0, layout(256, {{8, 4}, {12, 4}, {48, 1}})) +
                                 set(256, be().u32(1).u32(2).u8(1).u32(1).u32(2).u8(2).u32(1).u32(2).u8(9))));
    QCOMPARE(f.size(), 3u);
    QCOMPARE(f.at(Col::samplingInterval, 0), 100u);
    QCOMPARE(f.at(Col::samplingInterval, 1), 1000u);
    QCOMPARE(f.at(Col::samplingInterval, 2), 0u);  // never announced
    QCOMPARE(f.exporters.at(0).samplingInterval, 1000u);
    // Selectors of IPFIX: 1 packet taken, 99 left out.
    const TraceBytes selector = be().u16(300).u16(3).u16(1) + fields({{302, 4}, {305, 4}, {306, 4}});
    const auto s = read(ipfix(set(3, selector) + set(300, be().u32(7).u32(1).u32(99)) + set(2, plainTemplate()) +
                              set(256, plainRecord(1))));
    QCOMPARE(s.at(Col::samplingInterval, 0), 100u);
    // The header of NetFlow 5: two bits of mode, then the interval.
    QCOMPARE(read(netflow5(1, 1, 100'000, 1, 2, 0x4000 | 64)).at(Col::samplingInterval, 0), 64u);
}

void TstExports::samplingBeforeItIsAnnounced() {
    const TraceBytes options = be().u16(300).u16(4).u16(4) + fields({{1, 4}, {34, 4}});
    const auto f =
        read(netflow9(set(0, plainTemplate()) + set(256, plainRecord(1)), 1) +
             netflow9(set(1, options) + set(300, be().u32(0).u32(10)), 2) + netflow9(set(256, plainRecord(1)), 3) +
             netflow9(set(300, be().u32(0).u32(20)) + set(256, plainRecord(1)), 4));
    QCOMPARE(f.size(), 3u);
    QCOMPARE(f.at(Col::samplingInterval, 0), 10u);
    QCOMPARE(f.at(Col::samplingInterval, 1), 10u);
    QCOMPARE(f.at(Col::samplingInterval, 2), 20u);
    // Version 5 needs no word behind its data; what comes later in the same part does.
    const auto mixed = read(netflow5(1, 0, 100'000, 90'000, 95'000, 7) +
                            netflow9(set(0, plainTemplate()) + set(256, plainRecord(1)), 1) +
                            netflow9(set(1, options) + set(300, be().u32(0).u32(10)), 2) + netflow5(1, 1));
    QCOMPARE(mixed.size(), 3u);
    QCOMPARE(mixed.at(Col::samplingInterval, 0), 7u);
    QCOMPARE(mixed.at(Col::samplingInterval, 1), 10u);
    QCOMPARE(mixed.at(Col::samplingInterval, 2), 0u);
}

void TstExports::interfaceNamesAndBootTime() {
    const TraceBytes names = be().u16(300).u16(4).u16(4) + fields({{2, 4}, {82, 6}});
    const auto f = read(netflow9(set(1, names) + set(300, be().u32(3).u8('g').u8('e').u8('0').u8(0).u16(0))));
    QCOMPARE(f.exporters.at(0).interfaces.size(), 1u);
    QCOMPARE(f.exporters[0].interfaces[0].index, 3u);
    QCOMPARE(f.exporters[0].interfaces[0].name, std::string("ge0"));
    // IPFIX has no uptime in its header: systemInitTimeMilliseconds gives uptimes a meaning, without it only durations
    // have one.
    const TraceBytes timed = layout(256, {{8, 4}, {12, 4}, {22, 4}, {21, 4}});
    const TraceBytes record = be().u32(1).u32(2).u32(10'000).u32(13'000);
    const TraceBytes boot = be().u16(300).u16(2).u16(1) + fields({{149, 4}, {160, 8}});
    const std::uint64_t booted = std::uint64_t{kNow} * 1000 - 60'000;
    const auto known =
        read(ipfix(set(3, boot) + set(300, be().u32(1).u32(std::uint32_t(booted >> 32)).u32(std::uint32_t(booted))) +
                   set(2, timed) + set(256, record)));
    QCOMPARE(known.rows.start[0], kNowUs - 50'000'000);
    QCOMPARE(known.rows.end[0], kNowUs - 47'000'000);
    const auto unknown = read(ipfix(set(2, timed) + set(256, record)));
    QCOMPARE(unknown.rows.end[0], kNowUs);
    QCOMPARE(unknown.rows.start[0], kNowUs - 3'000'000);
}

void TstExports::gaps_data() {
    QTest::addColumn<int>("version");
    QTest::addColumn<QList<unsigned>>("sequences");
    QTest::addColumn<unsigned>("lost");
    QTest::addColumn<unsigned>("gaps");
    // Every datagram holds two records.
    QTest::newRow("5, none") << 5 << QList<unsigned>{10, 12, 14} << 0u << 0u;
    QTest::newRow("5, two records") << 5 << QList<unsigned>{10, 14, 16} << 2u << 1u;
    QTest::newRow("5, the number wraps") << 5 << QList<unsigned>{0xfffffffeu, 0, 2} << 0u << 0u;
    QTest::newRow("9, three datagrams in two gaps") << 9 << QList<unsigned>{10, 12, 13, 16} << 3u << 2u;
    QTest::newRow("IPFIX, four records") << 10 << QList<unsigned>{10, 12, 18} << 4u << 1u;
    QTest::newRow("IPFIX, one came late") << 10 << QList<unsigned>{10, 14, 12, 16} << 0u << 1u;
    QTest::newRow("9, the exporter began anew") << 9 << QList<unsigned>{500'000, 500'001, 1, 2} << 0u << 0u;
}

void TstExports::gaps() {
    QFETCH(int, version);
    QFETCH(QList<unsigned>, sequences);
    QFETCH(unsigned, lost);
    QFETCH(unsigned, gaps);
    TraceBytes all(true);
    const TraceBytes two = plainRecord(1) + plainRecord(2);
    for (const unsigned n : sequences) {
        if (version == 5)
            add(all, netflow5(2, n));
        else if (version == 9)
            add(all, netflow9(set(0, plainTemplate()) + set(256, two), n));
        else
            add(all, ipfix(set(2, plainTemplate()) + set(256, two), n));
    }
    const auto f = read(all);
    QCOMPARE(f.size(), 2u * std::size_t(sequences.size()));
    QCOMPARE(f.exporters.at(0).lost, lost);
    QCOMPARE(f.exporters.at(0).gaps, gaps);
    QCOMPARE(f.exporters.at(0).datagrams, std::uint64_t(sequences.size()));
}

void TstExports::share() {
    const auto shareOf = [](unsigned exports, unsigned others, std::uint16_t port) {
        TraceBytes t = trace();
        for (unsigned i = 0; i < exports; ++i) addFrame(t, udpFrame(netflow5(2, i * 2).bytes(), 1, port));
        const std::vector<std::byte> dns(30, std::byte{0x61});
        for (unsigned i = 0; i < others; ++i) addFrame(t, udpFrame(dns, 1, 53));
        return capture::guessShare(t.bytes(), *capture::bestReader(t.bytes()), {}).value();
    };
    QCOMPARE(shareOf(9, 1, 2055).exports, 9u);
    QVERIFY(shareOf(9, 1, 2055).isMost());
    QVERIFY(shareOf(9, 1, 31000).isMost());  // by content on any port
    QVERIFY(!shareOf(8, 1, 2055).isMost());
    QVERIFY(!shareOf(0, 0, 2055).isMost());
    QCOMPARE(shareOf(8, 2, 2055).udp, 10u);
    // Half sound: taken on an export port only.
    TraceBytes odd = netflow5(2, 0);
    odd.u32(0);
    for (const auto& [port, exports] : {std::pair{2055, 1u}, std::pair{31000, 0u}}) {
        TraceBytes t = trace();
        addFrame(t, udpFrame(odd.bytes(), 1, std::uint16_t(port)));
        QCOMPARE(capture::guessShare(t.bytes(), *capture::bestReader(t.bytes()), {})->exports, exports);
    }
}

void TstExports::sflow() {
    PacketBytes tcp;
    tcp.ethernet(0x0800).ipv4(6, 20, 0x0a000001, 0x0a000002).tcp(40000, 443, 2);
    const auto record = [](unsigned type, const TraceBytes& content) {
        return be().u32(type).u32(std::uint32_t(content.size())) + content;
    };
    const std::vector<std::byte> header(tcp.bytes().begin(), tcp.bytes().begin() + 52);  // the sampled part
    const TraceBytes raw =
        record(1, be().u32(1).u32(std::uint32_t(tcp.size() + 4)).u32(4).u32(std::uint32_t(header.size())).raw(header));
    const TraceBytes vlans = record(1001, be().u32(10).u32(0).u32(20).u32(0));
    const TraceBytes fields6 = record(4, be().u32(80)
                                             .u32(17)
                                             .u32(0x20010db8)
                                             .u32(0)
                                             .u32(0)
                                             .u32(1)
                                             .u32(0x20010db8)
                                             .u32(0)
                                             .u32(0)
                                             .u32(2)
                                             .u32(53)
                                             .u32(5353)
                                             .u32(0)
                                             .u32(16));
    const TraceBytes plain =
        record(1, be().u32(1).u32(3).u32(100).u32(1000).u32(0).u32(5).u32(0x80000002).u32(2) + raw + vlans);
    const TraceBytes expanded =
        record(3, be().u32(1).u32(0).u32(3).u32(400).u32(1000).u32(0).u32(0).u32(7).u32(0).u32(8).u32(1) + fields6);
    const TraceBytes counters = record(2, be().u32(1).u32(2).u32(0));
    const auto datagram = [&](std::uint32_t sequence) {
        return be().u32(5).u32(1).u32(0x0a000009).u32(4).u32(sequence).u32(100'000).u32(3) + plain + counters +
               expanded;
    };
    TraceBytes t = trace();
    addFrame(t, udpFrame(datagram(1).bytes(), 1, 31000));
    addFrame(t, udpFrame(datagram(4).bytes(), 1, 6343));
    QVERIFY(capture::guessShare(t.bytes(), *capture::bestReader(t.bytes()), {})->isMost());
    const auto f = testing::readFlows(t.bytes());
    QCOMPARE(f.size(), 4u);
    QCOMPARE(f.src[0], flow::IpAddr::v4(0x0a000001));
    QCOMPARE(f.rows.bytes[0], 40u);
    QCOMPARE(f.rows.packets[0], 1u);
    QCOMPARE(f.rows.dstPort[0], 443);
    QCOMPARE(f.rows.tcpFlags[0], 2);
    QCOMPARE(f.rows.start[0], kNowUs);
    QCOMPARE(f.at(Col::samplingInterval, 0), 100u);
    QCOMPARE(f.at(Col::inIf, 0), 5u);
    QCOMPARE(f.at(Col::outIf, 0), 0u);  // several
    QCOMPARE(f.at(Col::srcVlan, 0), 10u);
    QCOMPARE(f.at(Col::dstVlan, 0), 20u);
    QCOMPARE(QString::fromStdString(flow::toText(f.dst[1])), QStringLiteral("2001:db8::2"));
    QCOMPARE(f.rows.srcPort[1], 53);
    QCOMPARE(f.at(Col::outIf, 1), 8u);
    QCOMPARE(f.at(Col::tos, 1), 16u);
    QCOMPARE(f.at(Col::samplingInterval, 1), 400u);
    QCOMPARE(f.dropped("counter sample"), 2u);
    QCOMPARE(f.exporters.size(), 1u);
    QCOMPARE(f.exporters[0].address, flow::IpAddr::v4(0x0a000009));
    QCOMPARE(f.exporters[0].domain, 4u);
    QCOMPARE(f.exporters[0].version, 505);
    QCOMPARE(f.exporters[0].lost, 2u);
    QCOMPARE(f.drops.damaged(), 0u);
}

void TstExports::cutAndFragmented() {
    TraceBytes t = trace();
    const PacketBytes whole = udpFrame(netflow5(10, 0).bytes(), 1, 2055);
    addFrame(t, whole, 14 + 20 + 8 + 24 + 3 * 48 + 10);
    addFrame(t, udpFrame(std::vector<std::byte>(100), 1, 2055, 0x00b9));
    const auto f = testing::readFlows(t.bytes());
    QCOMPARE(f.size(), 3u);
    QCOMPARE(f.dropped("export datagram cut by the snap length"), 1u);
    QCOMPARE(f.dropped("later IP fragment"), 1u);
    QCOMPARE(f.drops.damaged(), 1u);
}

/// A file is read through windows: its records are those of the same bytes in memory, wherever a window ends; sets of
/// fixed and of variable length.
void TstExports::fileReadsLikeMemory() {
    TraceBytes t = trace();
    addFrame(t, udpFrame(netflow9(set(0, plainTemplate())).bytes(), 1, 9995));
    const TraceBytes named = ipfix(set(2, layout(257, {{8, 4}, {12, 4}, {2, 4}, {82, 65535}})));
    addFrame(t, udpFrame(named.bytes(), 2, 4739));
    std::uint32_t packets = 1;
    for (unsigned i = 0; i < 1500; ++i) {
        TraceBytes fixed(true), variable(true);
        for (unsigned k = 0; k < 20 + i % 60; ++k) add(fixed, plainRecord(packets++));
        for (unsigned k = 0; k < 1 + i % 5; ++k) {
            add(variable, plainRecord(packets++)).u8(i % 200);
            variable.raw(std::vector<std::byte>(i % 200, std::byte{'x'}));
        }
        addFrame(t, udpFrame(netflow9(set(256, fixed), i + 1).bytes(), 1, 9995));
        addFrame(t, udpFrame(ipfix(set(257, variable), i).bytes(), 2, 4739));
    }
    QTemporaryDir dir;
    const std::string path = dir.filePath("exports.pcap").toStdString();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(t.bytes().data()), std::streamsize(t.bytes().size()));
    const auto mapped = MappedFile::open(path);
    QVERIFY(bool(mapped));
    QVERIFY(t.bytes().size() > FileWindow::kUsualBytes);
    const auto expected = testing::readFlows(t.bytes()), found = testing::readFlows(mapped->file());
    QCOMPARE(expected.size(), std::size_t(packets - 1));
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(expected.rows.packets[i], std::uint64_t(i + 1));
        QCOMPARE(found.rows.packets[i], expected.rows.packets[i]);
        QVERIFY(found.src[i] == expected.src[i] && found.dst[i] == expected.dst[i] &&
                found.rows.start[i] == expected.rows.start[i]);
    }
}

QTEST_APPLESS_MAIN(TstExports)
#include "tst_exports.moc"
