// Double counts and exclusions against a slow comparison of every pair, and what pairing makes of what is left.
#include "core/flow/memory_source.h"
#include "core/meter/cleaning.h"
#include "core/meter/derive.h"

#include <QtTest>

#include <random>

using namespace weir;
using namespace weir::meter;

namespace {

constexpr std::int64_t kIntervalUs = 600'000'000;

flow::AddressTable someHosts() {
    Buffer<std::uint32_t> v4;
    for (std::uint32_t i = 0; i < 6; ++i) v4.push_back(0x0a000000u + i);
    for (std::uint32_t i = 0; i < 6; ++i) v4.push_back(0xc6336400u + i);
    Buffer<flow::IpAddr> v6;
    for (std::uint8_t i = 0; i < 3; ++i) {
        flow::IpAddr a;
        a.b[0] = 0x20;
        a.b[15] = i;
        v6.push_back(a);
    }
    return flow::AddressTable(std::move(v4), std::move(v6));
}

/// Few values, so that copies are many.
flow::RecordColumns randomRecords(std::mt19937_64& rng, std::size_t n) {
    const auto upTo = [&](std::uint64_t k) { return rng() % k; };
    flow::RecordColumns r;
    r.resize(n, flow::ColSet::metered().with(flow::Col::exporter));
    for (std::size_t i = 0; i < n; ++i) {
        r.start[i] = std::int64_t(upTo(5)) * 300'000'000 + std::int64_t(upTo(4)) * 700'000;
        r.end[i] = r.start[i] + 1000;
        const bool wide = upTo(4) == 0;
        r.src[i] = flow::HostId(wide ? 12 + upTo(3) : upTo(12));
        r.dst[i] = flow::HostId(wide ? 12 + upTo(3) : upTo(12));
        r.protocol[i] = upTo(2) ? 17 : 1;
        r.srcPort[i] = r.protocol[i] == 17 ? std::uint16_t(1000 + upTo(2)) : std::uint16_t(0);
        r.dstPort[i] = r.protocol[i] == 17 ? std::uint16_t(53) : std::uint16_t(0);
        r.icmpTypeCode[i] = r.protocol[i] == 1 ? std::uint16_t(upTo(2) << 8) : std::uint16_t(0);
        r.tcpFlags[i] = r.reverseTcpFlags[i] = 0;
        r.packets[i] = 1 + upTo(2);
        r.bytes[i] = 60;
        r.reversePackets[i] = upTo(2);
        r.reverseBytes[i] = r.reversePackets[i] * 40;
        r.exporter[i] = std::uint16_t(upTo(4));
    }
    return r;
}

bool isCopy(const flow::RecordColumns& r, std::size_t a, std::size_t b, std::int64_t gap) {
    return r.src[a] == r.src[b] && r.dst[a] == r.dst[b] && r.srcPort[a] == r.srcPort[b] &&
           r.dstPort[a] == r.dstPort[b] && r.protocol[a] == r.protocol[b] && r.icmpTypeCode[a] == r.icmpTypeCode[b] &&
           r.packets[a] == r.packets[b] && r.bytes[a] == r.bytes[b] && r.reversePackets[a] == r.reversePackets[b] &&
           r.reverseBytes[a] == r.reverseBytes[b] && std::abs(r.start[a] - r.start[b]) <= gap &&
           r.start[a] / kIntervalUs == r.start[b] / kIntervalUs;
}

/// The definition, pair by pair; `device` by exporter.
std::vector<bool> slowly(const flow::RecordColumns& r, const std::vector<std::uint32_t>& device, std::int64_t gap,
                         const std::vector<bool>& excluded) {
    std::vector<bool> gone = excluded;
    for (std::size_t i = 0; i < r.size(); ++i)
        for (std::size_t k = 0; k < i && !gone[i]; ++k)
            if (!gone[k] && device[r.exporter[k]] != device[r.exporter[i]] && isCopy(r, k, i, gap)) gone[i] = true;
    return gone;
}

}  // namespace

class TestCleaning : public QObject {
    Q_OBJECT
private slots:
    void exclusionTexts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("back");
        QTest::newRow("network") << "192.0.2.0/24"
                                 << "192.0.2.0/24";
        QTest::newRow("host and port") << "192.0.2.7  UDP/123"
                                       << "192.0.2.7/32 udp/123";
        QTest::newRow("port") << " 161 "
                              << "161";
        QTest::newRow("port of a protocol") << "tcp/8080"
                                            << "tcp/8080";
        QTest::newRow("IPv6") << "2001:db8::/32 443"
                              << "2001:db8::/32 443";
        QTest::newRow("no protocol") << "nope/1"
                                     << "";
        QTest::newRow("port too high") << "70000"
                                       << "";
        QTest::newRow("two prefixes") << "192.0.2.1 192.0.2.2"
                                      << "";
        QTest::newRow("nothing") << " "
                                 << "";
    }
    void exclusionTexts() {
        QFETCH(QString, text);
        QFETCH(QString, back);
        const auto e = parseExclusion(text.toStdString());
        QCOMPARE(e.has_value(), !back.isEmpty());
        if (!e) return;
        const QString shown = QString::fromStdString(toText(*e));
        QVERIFY2(shown == back || shown == QString(back).remove(QStringLiteral("/32")), qPrintable(shown));
        QVERIFY(parseExclusion(toText(*e)) == e);
    }

    void copiesGoAsTheDefinitionSays() {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 rng(seed);
        for (int round = 0; round < 20; ++round) {
            const flow::MemorySource source(randomRecords(rng, 3000), someHosts());
            const flow::RecordColumns& r = source.records();
            const std::vector<std::uint32_t> device = {7, 7, 8, 9};  // records of no exporter are the first one's
            CleaningSettings settings;
            if (round % 2) settings.exclude = {*parseExclusion("10.0.0.0/30 udp/53"), *parseExclusion("2000::/16")};
            std::vector<bool> excluded(r.size(), false);
            std::uint64_t excludedCount = 0;
            for (std::size_t i = 0; i < r.size() && round % 2; ++i) {
                const bool dns = r.protocol[i] == 17 && r.dst[i] < 4;
                excluded[i] = dns || r.src[i] >= 12;
                excludedCount += excluded[i];
            }
            const auto want = slowly(r, device, settings.duplicateGapUs, excluded);
            for (const unsigned threads : {1u, 2u}) {
                JobContext job({}, {}, threads);
                const auto got = cleanRecords(source, settings, {{1, device}}, kIntervalUs, job);
                QVERIFY(bool(got));
                std::uint64_t gone = 0;
                for (std::size_t i = 0; i < r.size(); ++i) {
                    QCOMPARE(got->isRemoved(i), bool(want[i]));
                    gone += want[i];
                }
                QVERIFY(gone > excludedCount);
                QCOMPARE(got->excluded.records, excludedCount);
                QCOMPARE(got->duplicates.records + got->excluded.records, gone);
                std::uint64_t sum = 0;
                for (const auto& [pair, count] : got->byDevices) {
                    QVERIFY(pair.first != pair.second && pair.first >= 7 && pair.second <= 9);
                    sum += count.records;
                }
                QCOMPARE(sum, got->duplicates.records);
            }
        }
    }

    void oneDeviceHasNoCopies() {
        std::mt19937_64 rng(1);
        const flow::MemorySource source(randomRecords(rng, 500), someHosts());
        JobContext job;
        const auto got = cleanRecords(source, {}, {{1, {3, 3, 3, 3}}}, kIntervalUs, job);
        QVERIFY(got && got->removed.empty());
        CleaningSettings off;
        off.removeDuplicates = false;
        const auto none = cleanRecords(source, off, {{1, {1, 2, 3, 4}}}, kIntervalUs, job);
        QVERIFY(none && none->removed.empty());
    }

    void whatIsGoneMakesNoFlows() {
        std::mt19937_64 rng(2);
        const flow::MemorySource source(randomRecords(rng, 2000), someHosts());
        PairingSettings pairing;
        pairing.local = {*flow::parsePrefix("10.0.0.0/8")};
        JobContext job;
        const auto cleaning = cleanRecords(source, {}, {{1, {1, 2, 3, 4}}}, pairing.intervalUs, job);
        QVERIFY(cleaning && cleaning->duplicates.records > 0);
        const auto flows = deriveFlows(source, pairing, job, cleaning->removed.span());
        QVERIFY(bool(flows));
        std::uint64_t packets = 0, kept = 0, derived = 0;
        for (std::size_t i = 0; i < source.rows(); ++i) {
            QCOMPARE(flows->flowOfRecord[i] == flow::kNoFlow, cleaning->isRemoved(i));
            packets += source.records().packets[i] + source.records().reversePackets[i];
        }
        for (std::size_t i = 0; i < flows->size(); ++i) derived += flows->packetsOut[i] + flows->packetsIn[i];
        kept = packets - cleaning->duplicates.packets;
        QCOMPARE(derived, kept);
        for (const std::uint32_t first : flows->firstRecord) QVERIFY(!cleaning->isRemoved(first));
    }

    void cancelled() {
        std::mt19937_64 rng(3);
        const flow::MemorySource source(randomRecords(rng, 500), someHosts());
        std::stop_source stop;
        stop.request_stop();
        JobContext job(stop.get_token(), {});
        const auto got = cleanRecords(source, {}, {{1, {1, 2, 3, 4}}}, kIntervalUs, job);
        QVERIFY(!got && got.error().code == Errc::cancelled);
    }
};

QTEST_APPLESS_MAIN(TestCleaning)
#include "tst_cleaning.moc"
