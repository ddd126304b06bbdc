// Pairing, step by step on tables by hand; then what must not depend on threads or row order.
#include "core/meter/derive.h"
#include "tests/support/hand_flows.h"
#include "tests/support/synthetic_flows.h"

#include <QTest>
#include <algorithm>
#include <atomic>
#include <map>

using namespace weir;
using support::HandFlows;

Q_DECLARE_METATYPE(HandFlows)

namespace {

const std::string kIn = "198.18.4.7", kOut = "8.8.8.8";

flow::DerivedFlows derive(const flow::ChunkSource& source, const meter::PairingSettings& settings,
                          unsigned threads = 2) {
    JobContext job({}, {}, threads);
    auto flows = meter::deriveFlows(source, settings, job);
    if (!flows) qFatal("%s", flows.error().detail.c_str());
    return std::move(*flows);
}

template <class T>
bool same(const Buffer<T>& a, const Buffer<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool identical(const flow::DerivedFlows& a, const flow::DerivedFlows& b) {
    const bool bins = std::equal(a.bins.begin(), a.bins.end(), b.bins.begin(), b.bins.end(),
                                 [](const flow::BinRange& x, const flow::BinRange& y) {
                                     return x.bin == y.bin && x.begin == y.begin && x.end == y.end;
                                 });
    return bins && same(a.start, b.start) && same(a.end, b.end) && same(a.local, b.local) && same(a.remote, b.remote) &&
           same(a.localPort, b.localPort) && same(a.remotePort, b.remotePort) && same(a.icmpTypeCode, b.icmpTypeCode) &&
           same(a.protocol, b.protocol) && same(a.kind, b.kind) && same(a.flagsOut, b.flagsOut) &&
           same(a.flagsIn, b.flagsIn) && same(a.packetsOut, b.packetsOut) && same(a.packetsIn, b.packetsIn) &&
           same(a.bytesOut, b.bytesOut) && same(a.bytesIn, b.bytesIn) && same(a.firstRecord, b.firstRecord) &&
           same(a.flowOfRecord, b.flowOfRecord) && a.recordsEndingBeforeStart == b.recordsEndingBeforeStart;
}

support::SyntheticFlows synthetic(std::size_t rows, std::int64_t spanUs, bool shuffled) {
    support::SyntheticSettings s;
    s.rows = rows;
    s.seed = 7;
    s.remoteHosts = 20'000;
    s.spanUs = spanUs;
    s.ipv6Share = 0.2;
    s.shuffled = shuffled;
    return support::makeSyntheticFlows(s);
}

}  // namespace

class TestDerive : public QObject {
    Q_OBJECT
private slots:
    void steps_data() {
        QTest::addColumn<HandFlows>("records");
        QTest::addColumn<QStringList>("flows");
        const auto row = [](const char* name, const HandFlows& records, const QStringList& flows) {
            QTest::newRow(name) << records << flows;
        };
        const std::string in2 = "198.18.4.9";
        // P3 direction
        row("outflow", {{0, 1, kIn, 5000, kOut, 80}}, {"0 198.18.4.7:5000 8.8.8.8:80 o 1/0"});
        row("inflow", {{0, 1, kOut, 5000, kIn, 80}}, {"0 198.18.4.7:80 8.8.8.8:5000 i 0/1"});
        row("internal: lower id first", {{0, 1, in2, 1, kIn, 2}}, {"0 198.18.4.7:2 198.18.4.9:1 in 0/1"});
        row("internal: same host, lower port first", {{0, 1, kIn, 9, kIn, 2}}, {"0 198.18.4.7:2 198.18.4.7:9 in 0/1"});
        row("transit", {{0, 1, "9.9.9.9", 1, kOut, 2}}, {"0 8.8.8.8:2 9.9.9.9:1 it 0/1"});
        row("multicast from outside is inbound", {{0, 1, kOut, 9, "224.0.0.251", 5353, 17}},
            {"0 224.0.0.251:5353 8.8.8.8:9 i 0/1"});
        row("multicast from inside is outbound", {{0, 1, kIn, 9, "224.0.0.251", 5353, 17}},
            {"0 198.18.4.7:9 224.0.0.251:5353 o 1/0"});
        row("limited broadcast from outside", {{0, 1, kOut, 68, "255.255.255.255", 67, 17}},
            {"0 255.255.255.255:67 8.8.8.8:68 i 0/1"});
        row("between groups is transit", {{0, 1, "fe80::1", 9, "ff02::1", 9, 17}}, {"0 fe80::1:9 ff02::1:9 ot 1/0"});
        row("IPv6 inflow", {{0, 1, "2a00::5", 9, "2001:db8:77::1", 22}}, {"0 2001:db8:77::1:22 2a00::5:9 i 0/1"});
        // P4 bins
        row("bins by start", {{599.999, 0, kOut, 1, kIn, 2}, {600, 0, kOut, 1, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:1 i 0/1", "1 198.18.4.7:2 8.8.8.8:1 i 0/1"});
        row("late when it ends at the edge", {{599, 1, kOut, 1, kIn, 2}}, {"0 198.18.4.7:2 8.8.8.8:1 il 0/1"});
        row("not late just before the edge", {{599, 0.999, kOut, 1, kIn, 2}}, {"0 198.18.4.7:2 8.8.8.8:1 i 0/1"});
        row("early after a late one of its key",
            {{590, 20, kOut, 1, kIn, 2}, {700, 1, kOut, 1, kIn, 2}, {800, 1, kOut, 3, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:1 il 0/1", "1 198.18.4.7:2 8.8.8.8:1 ie 0/1", "1 198.18.4.7:2 8.8.8.8:3 i 0/1"});
        row("not early after a gap of one interval", {{590, 20, kOut, 1, kIn, 2}, {1300, 1, kOut, 1, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:1 il 0/1", "2 198.18.4.7:2 8.8.8.8:1 i 0/1"});
        // P5 defragmentation
        row("fragments in one bin add up", {{0, 1, kOut, 1, kIn, 2, 6, 5}, {300, 1, kOut, 1, kIn, 2, 6, 7}},
            {"0 198.18.4.7:2 8.8.8.8:1 i 0/12"});
        row("another protocol is another flow", {{0, 1, kOut, 1, kIn, 2, 6}, {1, 1, kOut, 1, kIn, 2, 17}},
            {"0 198.18.4.7:2 8.8.8.8:1 i 0/1", "0 198.18.4.7:2 8.8.8.8:1 i 0/1"});
        // P6 pairing
        row("biflow", support::twoWay(0, kOut, 5000, kIn, 80), {"0 198.18.4.7:80 8.8.8.8:5000 b 3/3"});
        row("a record of both directions is a biflow", {{0, 1, kOut, 1, kIn, 2, 6, 4, 200, 2, 9}},
            {"0 198.18.4.7:2 8.8.8.8:1 b 9/4"});
        row("ICMP has no ports", {{0, 1, kOut, 7, kIn, 8, 1}, {1, 1, kIn, 0, kOut, 9, 1}},
            {"0 198.18.4.7:0 8.8.8.8:0 b 1/1"});
        row("internal biflow", {{0, 1, in2, 1, kIn, 2}, {1, 1, kIn, 2, in2, 1}},
            {"0 198.18.4.7:2 198.18.4.9:1 bn 1/1"});
        row("ordered by first record", {{5, 1, kOut, 3, kIn, 2}, {1, 1, kOut, 1, kIn, 2}, {9, 1, kOut, 3, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:3 i 0/2", "0 198.18.4.7:2 8.8.8.8:1 i 0/1"});
        // P7 across intervals
        row("late with its reverse in the next bin", {{590, 20, kOut, 1, kIn, 2}, {601, 1, kIn, 2, kOut, 1}},
            {"0 198.18.4.7:2 8.8.8.8:1 bl 0/1", "1 198.18.4.7:2 8.8.8.8:1 be 1/0"});
        row("not late: stays one-way", {{590, 1, kOut, 1, kIn, 2}, {601, 1, kIn, 2, kOut, 1}},
            {"0 198.18.4.7:2 8.8.8.8:1 i 0/1", "1 198.18.4.7:2 8.8.8.8:1 o 1/0"});
        row("late one-way before a biflow",
            {{590, 20, kOut, 1, kIn, 2}, {601, 1, kIn, 2, kOut, 1}, {602, 1, kOut, 1, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:1 bl 0/1", "1 198.18.4.7:2 8.8.8.8:1 be 1/1"});
        row("early one-way after a biflow",
            support::twoWay(599.5, kOut, 1, kIn, 2) + HandFlows{{700, 1, kOut, 1, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:1 bl 3/3", "1 198.18.4.7:2 8.8.8.8:1 be 0/1"});
        row("no chain of biflows",
            {{590, 20, kIn, 2, kOut, 1}, {700, 600, kIn, 2, kOut, 1}, {1300, 1, kOut, 1, kIn, 2}},
            {"0 198.18.4.7:2 8.8.8.8:1 ol 1/0", "1 198.18.4.7:2 8.8.8.8:1 ble 1/0", "2 198.18.4.7:2 8.8.8.8:1 be 0/1"});
        // P8 qualification
        row("unibiflow beside a biflow",
            support::twoWay(0, kOut, 5000, kIn, 80) + HandFlows{{9, 1, kOut, 1, kIn, 2}, {9, 1, kIn, 3, kOut, 4}},
            {"0 198.18.4.7:80 8.8.8.8:5000 b 3/3", "0 198.18.4.7:2 8.8.8.8:1 iu 0/1",
             "0 198.18.4.7:3 8.8.8.8:4 ou 1/0"});
        row("not in another interval", support::twoWay(0, kOut, 5000, kIn, 80) + HandFlows{{700, 1, kOut, 1, kIn, 2}},
            {"0 198.18.4.7:80 8.8.8.8:5000 b 3/3", "1 198.18.4.7:2 8.8.8.8:1 i 0/1"});
        row("not of another pair", support::twoWay(0, kOut, 5000, kIn, 80) + HandFlows{{1, 1, "9.9.9.9", 1, kIn, 2}},
            {"0 198.18.4.7:80 8.8.8.8:5000 b 3/3", "0 198.18.4.7:2 9.9.9.9:1 i 0/1"});
    }
    void steps() {
        QFETCH(HandFlows, records);
        QFETCH(QStringList, flows);
        const auto source = support::handSource(records);
        for (const unsigned threads : {1u, 2u}) {
            QStringList got;
            for (const auto& line :
                 support::textOf(derive(source, support::handPairing(), threads), source.addresses()))
                got << QString::fromStdString(line);
            QCOMPARE(got, flows);
        }
    }

    void measuresOfFragments() {
        const auto source = support::handSource({{10, 5, kOut, 1, kIn, 2, 6, 3, 180, 2},
                                                 {4, 2, kOut, 1, kIn, 2, 6, 4, 400, 16},
                                                 {8, 40, kIn, 2, kOut, 1, 6, 5, 70, 4},
                                                 {50, -3, kOut, 1, kIn, 2, 6, 1, 60, 1}});
        const auto f = derive(source, support::handPairing());
        QCOMPARE(f.size(), 1u);
        QCOMPARE(f.start[0], support::kHandBaseUs + 4'000'000);
        QCOMPARE(f.end[0], support::kHandBaseUs + 50'000'000);
        QCOMPARE(f.packetsIn[0], 8u);
        QCOMPARE(f.bytesIn[0], 640u);
        QCOMPARE(f.packetsOut[0], 5u);
        QCOMPARE(f.bytesOut[0], 70u);
        QCOMPARE(int(f.flagsIn[0]), 2 | 16 | 1);
        QCOMPARE(int(f.flagsOut[0]), 4);
        QCOMPARE(f.firstRecord[0], 0u);
        QCOMPARE(f.recordsEndingBeforeStart, 1u);
    }
    void icmpTypeOfFirstRecord() {
        const auto source = support::handSource({{0, 0, kOut, 0, kIn, 0, 1, 1, 60, 0, 0, 2048},
                                                 {1, 0, kIn, 0, kOut, 0, 1, 1, 60, 0, 0, 0},
                                                 {2, 0, kOut, 1, kIn, 2, 6, 1, 60, 0, 0, 77}});
        const auto f = derive(source, support::handPairing());
        QCOMPARE(f.icmpTypeCode[0], 2048);
        QCOMPARE(f.icmpTypeCode[1], 0);
    }
    void timesBefore1970AndAtTheEnds() {
        const auto source =
            support::handSource({{-1'600'000'200.0 - 1, 0, kOut, 1, kIn, 2}, {-1'600'000'200.0, 0, kOut, 1, kIn, 2}});
        const auto f = derive(source, support::handPairing());
        QCOMPARE(f.bins.size(), 2u);
        QCOMPARE(f.bins[0].bin, -1);
        QCOMPARE(f.bins[1].bin, 0);
    }
    void withoutAcrossIntervals() {
        const auto source = support::handSource({{590, 20, kOut, 1, kIn, 2}, {601, 1, kIn, 2, kOut, 1}});
        auto settings = support::handPairing();
        settings.acrossIntervals = false;
        const auto lines = support::textOf(derive(source, settings), source.addresses());
        QCOMPARE(lines[0], std::string("0 198.18.4.7:2 8.8.8.8:1 il 0/1"));
        QCOMPARE(lines[1], std::string("1 198.18.4.7:2 8.8.8.8:1 oe 1/0"));
    }
    void withoutLocalNetworksAllIsTransit() {
        const auto source = support::handSource({{0, 1, kOut, 1, "224.0.0.1", 2, 17}, {0, 1, kIn, 1, kOut, 2}});
        for (const std::uint8_t kind : derive(source, {}).kind) QVERIFY(kind & flow::kTransit);
    }
    void noRecords() {
        const auto source = support::handSource({});
        QCOMPARE(derive(source, support::handPairing()).size(), 0u);
    }

    void marks_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("bits");
        using namespace flow;
        QTest::newRow("inside") << "198.18.4.7" << (kLocalHost | kIpv4Host);
        QTest::newRow("directed broadcast") << "198.18.4.255" << (kLocalHost | kGroupHost | kIpv4Host);
        QTest::newRow("broadcast of another network") << "198.18.5.255" << int(kIpv4Host);
        QTest::newRow("single host network") << "192.0.2.9" << (kLocalHost | kIpv4Host);
        QTest::newRow("multicast") << "239.1.2.3" << (kGroupHost | kIpv4Host);
        QTest::newRow("limited broadcast") << "255.255.255.255" << (kGroupHost | kIpv4Host);
        QTest::newRow("link-local") << "169.254.3.4" << (kGroupHost | kIpv4Host);
        QTest::newRow("class E is no group") << "240.0.0.1" << int(kIpv4Host);
        QTest::newRow("IPv6 inside") << "2001:db8:77::5" << int(kLocalHost);
        QTest::newRow("IPv6 multicast") << "ff02::1" << int(kGroupHost);
        QTest::newRow("IPv6 link-local") << "febf::1" << int(kGroupHost);
        QTest::newRow("IPv6 outside") << "2a00::1" << 0;
    }
    void marks() {
        QFETCH(QString, address);
        QFETCH(int, bits);
        const auto source = support::handSource({{0, 0, address.toStdString(), 0, address.toStdString(), 0}});
        auto local = support::handPairing().local;
        local.push_back(*flow::parsePrefix("192.0.2.9/32"));
        QCOMPARE(int(meter::markHosts(source.addresses(), local).at(0)), bits);
    }

    void threadsDoNotMatter_data() {
        QTest::addColumn<qint64>("spanUs");
        QTest::addColumn<bool>("shuffled");
        QTest::newRow("seven intervals") << qint64(4'200'000'000) << false;
        QTest::newRow("one interval, cut by hash") << qint64(250'000'000) << false;
        QTest::newRow("no order") << qint64(4'200'000'000) << true;
        QTest::newRow("two thousand intervals in no order") << qint64(1'200'000'000'000) << true;
    }
    void threadsDoNotMatter() {
        QFETCH(qint64, spanUs);
        QFETCH(bool, shuffled);
        const auto input = synthetic(300'000, spanUs, shuffled);
        meter::PairingSettings settings;
        settings.local = input.local;
        const auto one = derive(input.source, settings, 1);
        QVERIFY(one.size() > 100'000);
        for (const unsigned threads : {2u, 3u, 5u}) QVERIFY(identical(one, derive(input.source, settings, threads)));
    }

    /// Sums survive, every record points to the flow that holds it, rows are in order.
    void nothingIsLost() {
        const auto input = synthetic(200'000, 4'200'000'000, true);
        meter::PairingSettings settings;
        settings.local = input.local;
        const auto f = derive(input.source, settings);
        const auto& r = input.source.records();
        std::uint64_t packets = 0, bytes = 0, flowPackets = 0, flowBytes = 0;
        for (std::size_t i = 0; i < r.size(); ++i) {
            packets += r.packets[i];
            bytes += r.bytes[i];
            const std::uint32_t at = f.flowOfRecord[i];
            QVERIFY(at < f.size());
            const bool out = f.local[at] == r.src[i];
            QVERIFY(out ? f.remote[at] == r.dst[i] : f.local[at] == r.dst[i] && f.remote[at] == r.src[i]);
            QVERIFY(f.start[at] <= r.start[i] && f.end[at] >= r.end[i]);
            QVERIFY(f.firstRecord[at] <= i);
        }
        for (std::size_t i = 0; i < f.size(); ++i) {
            flowPackets += f.packetsOut[i] + f.packetsIn[i];
            flowBytes += f.bytesOut[i] + f.bytesIn[i];
            QCOMPARE(f.flowOfRecord[f.firstRecord[i]], std::uint32_t(i));
        }
        QCOMPARE(flowPackets, packets);
        QCOMPARE(flowBytes, bytes);
        std::uint32_t at = 0;
        for (const auto& bin : f.bins) {
            QCOMPARE(bin.begin, at);
            at = bin.end;
            for (std::uint32_t i = bin.begin; i < bin.end; ++i) {
                QCOMPARE(f.start[i] / f.intervalUs, bin.bin);
                QVERIFY(i == bin.begin || f.firstRecord[i - 1] < f.firstRecord[i]);
            }
        }
        QCOMPARE(std::size_t(at), f.size());
    }

    void rowOrderOnlyMovesRows() {
        const auto sorted = synthetic(100'000, 4'200'000'000, false),
                   shuffled = synthetic(100'000, 4'200'000'000, true);
        meter::PairingSettings settings;
        settings.local = sorted.local;
        const auto lines = [&](const support::SyntheticFlows& input) {
            auto text = support::textOf(derive(input.source, settings), input.source.addresses());
            std::sort(text.begin(), text.end());
            return text;
        };
        QVERIFY(lines(sorted) == lines(shuffled));
    }

    void cancel() {
        const auto input = synthetic(300'000, 4'200'000'000, true);
        meter::PairingSettings settings;
        settings.local = input.local;
        for (int after = 0; after < 12; ++after) {
            std::stop_source stop;
            std::atomic<int> reports{0};
            JobContext job(
                stop.get_token(),
                [&](const Progress&) {
                    if (++reports > after) stop.request_stop();
                },
                2);
            const auto flows = meter::deriveFlows(input.source, settings, job);
            QVERIFY(!flows);
            QCOMPARE(flows.error().code, Errc::cancelled);
        }
    }

    void suggestions_data() {
        QTest::addColumn<HandFlows>("records");
        QTest::addColumn<QString>("first");
        HandFlows lan, scan, v6;
        for (int i = 0; i < 200; ++i) {
            const std::string n = std::to_string(i), host = std::to_string(1 + i % 5);
            lan.push_back({0, 0, "192.168.1." + host, 1, std::to_string(20 + i % 150) + ".7." + n + ".1", 80});
            scan.push_back({0, 0, "44.5.6.7", 1, "130.59." + std::to_string(i % 60) + "." + n, 80});
            v6.push_back({0, 0, "2a0b:5600:0:1::" + n, 1, std::to_string(2000 + i) + "::1", 80});
        }
        HandFlows border = scan;
        for (int i = 0; i < 100; ++i)
            border.push_back({0, 0, std::to_string(20 + i) + ".1.1.1", 1, "130.59.200.1", 443});
        QTest::newRow("private space") << lan << "192.168.0.0/16";
        QTest::newRow("scanned from one host: the side with the hosts") << scan << "130.59.";
        QTest::newRow("border of a network") << border << "130.59.0.0/16";
        QTest::newRow("IPv6") << v6 << "2a0b:5600:0:1::/64";
    }
    void suggestions() {
        QFETCH(HandFlows, records);
        QFETCH(QString, first);
        const auto source = support::handSource(records);
        JobContext job;
        const auto found = meter::suggestLocal(source, job);
        QVERIFY(found && !found->empty());
        const QString prefix = QString::fromStdString(flow::toText(found->front().prefix));
        QVERIFY2(prefix.startsWith(first), qPrintable(prefix));
        QVERIFY(found->front().flows <= records.size());
        QVERIFY(!found->front().reason.empty());
    }
};

QTEST_APPLESS_MAIN(TestDerive)
#include "tst_derive.moc"
