// The flow cache against a reference that is obviously right: a map of keys, one packet at a time.
#include "core/meter/flow_meter.h"
#include "core/session/project/meter_capture.h"
#include "tests/support/packet_generator.h"
#include "tests/support/packet_reading.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <thread>
#include <tuple>

using namespace weir;

namespace {

using flow::IpAddr;
using flow::PacketRecord;
using meter::MeterSettings;

struct Record {
    std::int64_t start = 0, end = 0;
    IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0, icmpTypeCode = 0;
    std::uint8_t protocol = 0, flags = 0, reverseFlags = 0;
    std::uint64_t packets = 0, bytes = 0, reversePackets = 0, reverseBytes = 0;
    friend bool operator==(const Record&, const Record&) = default;
};

/// The contract of FlowMeter, word by word. Records in order of their first packets.
std::vector<Record> referenceMeter(const std::vector<PacketRecord>& packets, const MeterSettings& settings) {
    using Key = std::tuple<IpAddr, std::uint16_t, IpAddr, std::uint16_t, std::uint8_t>;
    std::map<Key, std::size_t> current;
    std::vector<Record> out;
    for (const PacketRecord& p : packets) {
        Key key{p.src, p.srcPort, p.dst, p.dstPort, p.protocol};
        if (std::tie(p.dst, p.dstPort) < std::tie(p.src, p.srcPort))
            key = {p.dst, p.dstPort, p.src, p.srcPort, p.protocol};
        const auto at = current.find(key);
        bool fresh = at == current.end();
        if (!fresh) {
            const Record& r = out[at->second];
            const std::int64_t start = std::min(r.start, p.timeUs), end = std::max(r.end, p.timeUs);
            const bool gap = p.timeUs > r.end + settings.idleTimeoutUs || p.timeUs < r.start - settings.idleTimeoutUs;
            const bool grows = start < r.start || end > r.end;
            fresh = gap || (grows && end - start > settings.activeTimeoutUs);
        }
        if (fresh) {
            current[key] = out.size();
            out.push_back({p.timeUs, p.timeUs, p.src, p.dst, p.srcPort, p.dstPort, p.icmpTypeCode, p.protocol,
                           p.tcpFlags, 0, 1, p.ipBytes, 0, 0});
            continue;
        }
        Record& r = out[at->second];
        r.start = std::min(r.start, p.timeUs);
        r.end = std::max(r.end, p.timeUs);
        if (p.src == r.src && p.srcPort == r.srcPort) {
            ++r.packets;
            r.bytes += p.ipBytes;
            r.flags |= p.tcpFlags;
        } else {
            ++r.reversePackets;
            r.reverseBytes += p.ipBytes;
            r.reverseFlags |= p.tcpFlags;
        }
    }
    return out;
}

std::vector<Record> recordsOf(const meter::MeteredFlows& flows) {
    const flow::RecordColumns& c = flows.records;
    std::vector<Record> out;
    for (std::size_t i = 0; i < c.size(); ++i)
        out.push_back({c.start[i], c.end[i], flows.addresses[c.src[i]], flows.addresses[c.dst[i]], c.srcPort[i],
                       c.dstPort[i], c.icmpTypeCode[i], c.protocol[i], c.tcpFlags[i], c.reverseTcpFlags[i],
                       c.packets[i], c.bytes[i], c.reversePackets[i], c.reverseBytes[i]});
    return out;
}

meter::MeteredFlows meterShards(const std::vector<PacketRecord>& packets, const MeterSettings& settings,
                                unsigned shards, std::size_t batch) {
    std::vector<meter::FlowMeter::Output> outputs;
    for (unsigned s = 0; s < shards; ++s) {
        meter::FlowMeter meter(settings, s, shards);
        for (std::size_t at = 0; at < packets.size(); at += batch)
            meter.add(std::span(packets).subspan(at, std::min(batch, packets.size() - at)));
        outputs.push_back(meter.finish());
    }
    JobContext job({}, {}, shards);
    return std::move(*meter::mergeShards(std::move(outputs), job));
}

PacketRecord packet(std::int64_t seconds, bool back = false, std::uint8_t flags = flow::kAck) {
    PacketRecord p;
    p.src = IpAddr::v4(back ? 0x0a000002 : 0x0a000001);
    p.dst = IpAddr::v4(back ? 0x0a000001 : 0x0a000002);
    p.srcPort = back ? 80 : 40000;
    p.dstPort = back ? 40000 : 80;
    p.protocol = flow::kTcp;
    p.timeUs = seconds * 1'000'000;
    p.ipBytes = back ? 1500 : 40;
    p.tcpFlags = flags;
    return p;
}

std::vector<Record> metered(const std::vector<PacketRecord>& packets) {
    return recordsOf(meterShards(packets, {}, 1, 64));
}

enum class Clock { ordered, jittered, jumping };

/// Few hosts and ports, so that keys come again and again; gaps around the timeouts.
std::vector<PacketRecord> randomPackets(std::mt19937_64& random, std::size_t n, Clock clock, unsigned hosts) {
    std::vector<PacketRecord> out;
    std::int64_t now = 1'700'000'000'000'000;
    for (std::size_t i = 0; i < n; ++i) {
        PacketRecord p;
        p.v6 = random() % 4 == 0;
        const auto host = [&](std::uint64_t number) {
            if (!p.v6) return IpAddr::v4(0x0a000000u + static_cast<std::uint32_t>(number));
            IpAddr a;
            a.b[0] = 0x20;
            a.b[14] = static_cast<std::uint8_t>(number >> 8);
            a.b[15] = static_cast<std::uint8_t>(number);
            return a;
        };
        p.src = host(random() % hosts);
        p.dst = host(random() % hosts);
        p.protocol = std::array<std::uint8_t, 4>{6, 17, 1, 47}[random() % 4];
        if (p.protocol == 1 && p.v6) p.protocol = 58;
        if (p.protocol == 6 || p.protocol == 17) {
            p.srcPort = static_cast<std::uint16_t>(random() % 3);
            p.dstPort = static_cast<std::uint16_t>(random() % 3);
        } else if (p.protocol != 47) {
            p.icmpTypeCode = static_cast<std::uint16_t>(random() % 4 * 256);
        }
        p.tcpFlags = p.protocol == 6 ? static_cast<std::uint8_t>(random()) : 0;
        p.ipBytes = static_cast<std::uint32_t>(20 + random() % 1480);
        now += static_cast<std::int64_t>(random() % 3'000'000);
        p.timeUs = now;
        if (clock != Clock::ordered) p.timeUs -= static_cast<std::int64_t>(random() % 5'000'000);
        if (clock == Clock::jumping && random() % 20 == 0)
            p.timeUs -= static_cast<std::int64_t>(random() % 900'000'000);
        if (clock == Clock::jumping && random() % 500 == 0) p.timeUs += 50'000'000'000;
        out.push_back(p);
    }
    return out;
}

}  // namespace

class TstFlowMeter : public QObject {
    Q_OBJECT
private slots:
    void directions();
    void timeouts_data();
    void timeouts();
    void finAndResetEndNothing();
    void icmpAndFragments();
    void sameEndsOnBothSides();
    void timesAtTheEdgesOfTheClock();
    void againstTheReference_data();
    void againstTheReference();
    void tableGrowthChangesNothing();
    void emptyInput();
    void threadsAgreeOnATrace();
    void cancelling();
};

void TstFlowMeter::directions() {
    const auto r =
        metered({packet(0, false, flow::kSyn), packet(1, true, flow::kSyn | flow::kAck), packet(2), packet(3, true)});
    QCOMPARE(r.size(), 1u);
    QCOMPARE(flow::toText(r[0].src), std::string("10.0.0.1"));
    QCOMPARE(r[0].srcPort, 40000);
    QCOMPARE(r[0].packets, 2u);
    QCOMPARE(r[0].bytes, 80u);
    QCOMPARE(r[0].reversePackets, 2u);
    QCOMPARE(r[0].reverseBytes, 3000u);
    QCOMPARE(r[0].flags, flow::kSyn | flow::kAck);
    QCOMPARE(r[0].start, 0);
    QCOMPARE(r[0].end, 3'000'000);
    // The other end first: forward is the other direction.
    const auto s = metered({packet(1, true), packet(2)});
    QCOMPARE(s.size(), 1u);
    QCOMPARE(flow::toText(s[0].src), std::string("10.0.0.2"));
    QCOMPARE(s[0].srcPort, 80);
}

void TstFlowMeter::timeouts_data() {
    QTest::addColumn<QList<int>>("seconds");
    QTest::addColumn<QList<int>>("packetsPerRecord");
    QTest::newRow("idle for exactly the timeout") << QList<int>{0, 60} << QList<int>{2};
    QTest::newRow("idle for longer") << QList<int>{0, 61} << QList<int>{1, 1};
    QTest::newRow("active for exactly the timeout") << QList<int>{0, 50, 100, 150, 200, 250, 300} << QList<int>{7};
    QTest::newRow("active for longer") << QList<int>{0, 50, 100, 150, 200, 250, 301, 302} << QList<int>{6, 2};
    QTest::newRow("backwards within the idle time") << QList<int>{100, 50, 120} << QList<int>{3};
    QTest::newRow("backwards beyond it") << QList<int>{1000, 100, 101, 1001} << QList<int>{1, 2, 1};
    QTest::newRow("backwards beyond the active time")
        << QList<int>{300, 250, 200, 150, 100, 50, -1} << QList<int>{6, 1};
    QTest::newRow("one bad clock far ahead") << QList<int>{0, 1'000'000'000, 1} << QList<int>{1, 1, 1};
}

void TstFlowMeter::timeouts() {
    QFETCH(QList<int>, seconds);
    QFETCH(QList<int>, packetsPerRecord);
    std::vector<PacketRecord> packets;
    for (const int s : seconds) packets.push_back(packet(s));
    QList<int> found;
    for (const Record& r : metered(packets)) found << static_cast<int>(r.packets);
    QCOMPARE(found, packetsPerRecord);
}

void TstFlowMeter::finAndResetEndNothing() {
    const auto r = metered({packet(0, false, flow::kSyn), packet(1, true, flow::kFin), packet(2, false, flow::kFin),
                            packet(3, true, flow::kRst), packet(4)});
    QCOMPARE(r.size(), 1u);
    QCOMPARE(r[0].packets + r[0].reversePackets, 5u);
}

void TstFlowMeter::icmpAndFragments() {
    PacketRecord ask = packet(0), answer = packet(1, true), fragment = packet(2);
    for (PacketRecord* p : {&ask, &answer}) {
        p->protocol = flow::kIcmp;
        p->srcPort = p->dstPort = 0;
        p->tcpFlags = 0;
    }
    ask.icmpTypeCode = 8 * 256;
    fragment.srcPort = fragment.dstPort = 0;
    fragment.laterFragment = true;
    const auto r = metered({ask, answer, packet(1), fragment});
    QCOMPARE(r.size(), 3u);
    QCOMPARE(r[0].icmpTypeCode, 8 * 256);
    QCOMPARE(r[0].reversePackets, 1u);
    QCOMPARE(r[2].protocol, 6);
    QCOMPARE(r[2].dstPort, 0);  // later fragments are a flow with ports 0
}

void TstFlowMeter::sameEndsOnBothSides() {
    PacketRecord land = packet(0);
    land.dst = land.src;
    land.dstPort = land.srcPort;
    const auto r = metered({land, land});
    QCOMPARE(r.size(), 1u);
    QCOMPARE(r[0].packets, 2u);
    QCOMPARE(r[0].reversePackets, 0u);
}

void TstFlowMeter::timesAtTheEdgesOfTheClock() {
    std::vector<PacketRecord> packets(6, packet(0));
    packets[0].timeUs = std::numeric_limits<std::int64_t>::max();
    packets[1].timeUs = std::numeric_limits<std::int64_t>::min();
    packets[2].timeUs = std::numeric_limits<std::int64_t>::max() - 5;
    packets[3].timeUs = 0;
    packets[4].timeUs = -1;
    packets[5].timeUs = 1;
    const auto r = metered(packets);
    QCOMPARE(r.size(), 4u);
    QCOMPARE(r[3].packets, 3u);
    // All flows live on when nothing times out.
    const auto all = recordsOf(meterShards(
        packets, {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()}, 1, 64));
    QCOMPARE(all.size(), 3u);
}

void TstFlowMeter::againstTheReference_data() {
    QTest::addColumn<int>("clock");
    QTest::addColumn<unsigned>("hosts");
    QTest::addColumn<quint64>("seed");
    quint64 seed = 1;
    for (const int clock : {0, 1, 2})
        for (const unsigned hosts : {2u, 6u, 40u, 3000u})
            for (int i = 0; i < 3; ++i, ++seed)
                QTest::addRow("clock %d, hosts %u, seed %llu", clock, hosts, seed) << clock << hosts << seed;
}

void TstFlowMeter::againstTheReference() {
    QFETCH(int, clock);
    QFETCH(unsigned, hosts);
    QFETCH(quint64, seed);
    std::mt19937_64 random(seed);
    const auto packets = randomPackets(random, 10'000, static_cast<Clock>(clock), hosts);
    const MeterSettings settings{static_cast<std::int64_t>(1 + random() % 300) * 1'000'000,
                                 static_cast<std::int64_t>(random() % 120) * 1'000'000};
    const std::vector<Record> expected = referenceMeter(packets, settings);
    for (unsigned shards = 1; shards <= 3; ++shards)
        for (const std::size_t batch : {std::size_t{1}, std::size_t{64}, std::size_t{1000}})
            QVERIFY2(recordsOf(meterShards(packets, settings, shards, batch)) == expected,
                     qPrintable(QStringLiteral("%1 shards, batches of %2").arg(shards).arg(batch)));
}

/// Far more flows than the smallest table holds, most of them silent for long, and late packets that go on with them.
void TstFlowMeter::tableGrowthChangesNothing() {
    const quint64 seed = 99;
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    std::vector<PacketRecord> packets;
    for (int i = 0; i < 120'000; ++i) {
        PacketRecord p = packet(0);
        p.src = IpAddr::v4(static_cast<std::uint32_t>(i / 2));
        p.timeUs = std::int64_t{i} * 20'000;
        if (random() % 50 == 0 && i > 1000) {  // an old flow's packet comes late
            const auto old = static_cast<int>(random() % static_cast<unsigned>(i));
            p.src = IpAddr::v4(static_cast<std::uint32_t>(old / 2));
            p.timeUs = std::int64_t{old} * 20'000 + static_cast<std::int64_t>(random() % 80) * 1'000'000;
        }
        packets.push_back(p);
    }
    const std::vector<Record> expected = referenceMeter(packets, {});
    QVERIFY(expected.size() > 60'000);
    for (unsigned shards = 1; shards <= 3; ++shards)
        QVERIFY(recordsOf(meterShards(packets, {}, shards, 64)) == expected);
}

void TstFlowMeter::emptyInput() {
    QCOMPARE(meterShards({}, {}, 2, 64).records.size(), 0u);
    meter::FlowMeter meter({});
    QCOMPARE(meter.recordCount(), 0u);
}

void TstFlowMeter::threadsAgreeOnATrace() {
    const std::vector<std::byte> bytes = testing::traceBytes({.packets = 60'000, .ipv6PerMille = 100});
    QVERIFY(bytes.size() > (3u << 20));  // enough for several threads
    const capture::ReaderDef* reader = capture::bestReader(bytes);
    const std::vector<Record> expected = referenceMeter(testing::readTrace(bytes).packets, {});
    for (const unsigned threads : {1u, 2u, 4u}) {
        JobContext job({}, {}, threads);
        const auto found = session::meterCapture(bytes, *reader, {}, {}, job);
        QVERIFY(bool(found));
        QCOMPARE(found->packetsSeen, 60'000u);
        QCOMPARE(found->packetsMetered, 60'000u);
        QVERIFY(recordsOf(found->flows) == expected);
    }
}

void TstFlowMeter::cancelling() {
    const std::vector<std::byte> bytes = testing::traceBytes({.packets = 200'000});
    std::stop_source stop;
    int steps = 0;
    JobContext job(
        stop.get_token(),
        [&](const Progress& p) {
            ++steps;
            if (p.done > p.total / 4) stop.request_stop();
        },
        1);
    const auto found = session::meterCapture(bytes, *capture::bestReader(bytes), {}, {}, job);
    QVERIFY(!found);
    QCOMPARE(found.error().code, Errc::cancelled);
    QVERIFY(steps > 0);
}

QTEST_APPLESS_MAIN(TstFlowMeter)
#include "tst_flow_meter.moc"
