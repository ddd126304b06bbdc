// The product against the oracle of tests/support/reference: flow by flow, on random tables and on real captures, with
// 1, 2 and 3 threads.
#define QT_USE_QSTRINGBUILDER

#include "core/base/text.h"
#include "core/classify/classify.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/memory_source.h"
#include "core/lists/list.h"
#include "core/meter/derive.h"
#include "core/session/evidence/judge.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/project/shipped_lists.h"
#include "core/tally/tally.h"
#include "tests/support/own_captures.h"
#include "tests/support/reference.h"
#include "tests/support/shared_data.h"

#include <QTemporaryDir>
#include <QTest>
#include <random>

using namespace weir;

namespace {

support::RefSettings plainSettings(std::vector<flow::Prefix> local) {
    support::RefSettings s;
    s.pairing.local = std::move(local);
    for (const auto& e : session::bogonList().entries) s.bogons.push_back(e.prefix);
    return s;
}

/// Product: derived flows and words of a source.
struct Product {
    flow::DerivedFlows flows;
    Buffer<signs::SignWord> words;
    tally::Tally tally;
};
Product runProduct(const flow::ChunkSource& source, const support::RefSettings& s, unsigned threads) {
    JobContext job({}, {}, threads);
    auto flows = meter::deriveFlows(source, s.pairing, job);
    if (!flows) qFatal("%s", flows.error().detail.c_str());
    const auto hosts = meter::markHosts(source.addresses(), s.pairing.local);
    auto profiles = profile::buildProfiles(*flows, hosts, s.profile, job);
    if (!profiles) qFatal("%s", profiles.error().detail.c_str());
    lists::List bogons;
    for (const auto& p : s.bogons) bogons.entries.push_back({p, 0});
    const auto bogonHosts = lists::markMembers(source.addresses(), bogons);
    auto words = signs::oneWay().assign({*flows, *profiles, hosts, bogonHosts, s.profile, s.signs}, job);
    if (!words) qFatal("%s", words.error().detail.c_str());
    Product p{std::move(*flows), std::move(*words), {}};
    p.tally = tally::tallyWords(p.words, p.flows, flow::Direction::in, threads);
    return p;
}

QString describe(const support::RefFlow& f) {
    return QStringLiteral("bin %1 %2:%3 <-> %4:%5 proto %6 kind %7 first record %8 packets out %9 in %10 signs %11")
        .arg(f.bin)
        .arg(QString::fromStdString(flow::toText(f.local)))
        .arg(f.localPort)
        .arg(QString::fromStdString(flow::toText(f.remote)))
        .arg(f.remotePort)
        .arg(f.protocol)
        .arg(f.kind)
        .arg(f.firstRecord)
        .arg(f.packetsOut)
        .arg(f.packetsIn)
        .arg(QString::fromStdString(rules::signNamesOf(f.word, session::signNames())));
}

support::RefFlow productRow(const Product& p, const flow::AddressTable& addresses, std::size_t i) {
    const auto& d = p.flows;
    support::RefFlow f;
    for (const auto& b : d.bins)
        if (i >= b.begin && i < b.end) f.bin = b.bin;
    f.start = d.start[i];
    f.end = d.end[i];
    f.local = addresses[d.local[i]];
    f.remote = addresses[d.remote[i]];
    f.localPort = d.localPort[i];
    f.remotePort = d.remotePort[i];
    f.icmpTypeCode = d.icmpTypeCode[i];
    f.protocol = d.protocol[i];
    f.kind = d.kind[i];
    f.flagsOut = d.flagsOut[i];
    f.flagsIn = d.flagsIn[i];
    f.packetsOut = d.packetsOut[i];
    f.packetsIn = d.packetsIn[i];
    f.bytesOut = d.bytesOut[i];
    f.bytesIn = d.bytesIn[i];
    f.firstRecord = d.firstRecord[i];
    f.word = p.words[i];
    return f;
}

bool equal(const support::RefFlow& a, const support::RefFlow& b) {
    return a.bin == b.bin && a.start == b.start && a.end == b.end && a.local == b.local && a.remote == b.remote &&
           a.localPort == b.localPort && a.remotePort == b.remotePort && a.icmpTypeCode == b.icmpTypeCode &&
           a.protocol == b.protocol && a.kind == b.kind && a.flagsOut == b.flagsOut && a.flagsIn == b.flagsIn &&
           a.packetsOut == b.packetsOut && a.packetsIn == b.packetsIn && a.bytesOut == b.bytesOut &&
           a.bytesIn == b.bytesIn && a.firstRecord == b.firstRecord && a.word == b.word;
}

/// Empty when all agrees, else the first difference.
QString difference(const flow::ChunkSource& source, const support::RefSettings& s) {
    const auto expected = support::referenceFlows(support::rowsOf(source), s);
    std::uint64_t oneWay = 0;
    for (const auto& f : expected) oneWay += flow::isOneWay(f.kind, flow::Direction::in);
    for (const unsigned threads : {1u, 2u, 3u}) {
        const Product p = runProduct(source, s, threads);
        const QString with = QStringLiteral(" with %1 threads").arg(threads);
        if (p.flows.size() != expected.size())
            return QStringLiteral("%1 flows, expected %2").arg(p.flows.size()).arg(expected.size()) + with;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto got = productRow(p, source.addresses(), i);
            if (!equal(got, expected[i]))
                return u"row " + QString::number(i) + u"\n  got      " + describe(got) + u"\n  expected " +
                       describe(expected[i]) + with;
            if (got.word && !signs::oneWay().obeysExclusions(got.word)) return u"exclusion broken: " + describe(got);
        }
        const auto set = rules::parseRules(session::resourceText("rules", "glatz-2012"), session::signNames());
        const auto classes = classify::classifyWords(set.set, p.tally);
        std::uint64_t sum = 0;
        for (const auto& c : classes.classes) sum += c.flows;
        if (sum != oneWay || classes.oneWay.flows != oneWay)
            return QStringLiteral("classes + Other = %1, one-way flows = %2").arg(sum).arg(oneWay) + with;
    }
    return {};
}

/// A small world with everything that signs look at: few hosts and ports, times near bin edges, repeated tuples.
flow::MemorySource randomSource(std::uint32_t seed, std::vector<flow::Prefix>& local) {
    std::mt19937 random(seed);
    const auto pick = [&](std::uint32_t n) { return std::uint32_t(random() % n); };
    local = {*flow::parsePrefix("198.18.4.0/24"), *flow::parsePrefix("2001:db8:77::/64")};
    std::vector<flow::IpAddr> inside, outside;
    for (int i = 0; i < 6; ++i) inside.push_back(*flow::parseAddress("198.18.4." + std::to_string(10 + i)));
    inside.push_back(*flow::parseAddress("198.18.4.255"));
    for (int i = 0; i < 3; ++i) inside.push_back(*flow::parseAddress("2001:db8:77::" + std::to_string(i + 1)));
    for (int i = 0; i < 5; ++i) outside.push_back(*flow::parseAddress("8.8." + std::to_string(i) + ".4"));
    outside.push_back(*flow::parseAddress("10.1.1.1"));
    outside.push_back(*flow::parseAddress("224.0.0.251"));
    outside.push_back(*flow::parseAddress("2a00:1450::5"));
    outside.push_back(*flow::parseAddress("ff02::1"));
    static constexpr std::uint16_t kPorts[] = {0, 22, 53, 80, 1023, 1024, 3306, 40000, 40001, 50000, 6881};
    static constexpr std::uint8_t kProtocols[] = {6, 6, 6, 17, 17, 1, 58, 47};
    const std::size_t n = 20 + pick(600);
    const std::int64_t base = 1'600'000'200'000'000;
    const std::int64_t interval = 600'000'000;
    flow::AddressDictionary dictionary;
    flow::RecordColumns r;
    r.resize(n, flow::ColSet::metered());
    const bool sorted = pick(2), withReverse = pick(2);
    std::vector<std::int64_t> starts(n);
    for (auto& t : starts)
        t = base + std::int64_t(pick(6)) * interval / 2 + std::int64_t(pick(4)) * 100'000'000 + pick(3);
    if (sorted) std::sort(starts.begin(), starts.end());
    for (std::size_t i = 0; i < n; ++i) {
        const bool alien = pick(12) == 0;
        flow::IpAddr a =
            alien ? outside[pick(std::uint32_t(outside.size()))] : inside[pick(std::uint32_t(inside.size()))];
        flow::IpAddr b =
            pick(14) == 0 ? inside[pick(std::uint32_t(inside.size()))] : outside[pick(std::uint32_t(outside.size()))];
        while (a.isV4() != b.isV4())
            b = pick(2) ? outside[pick(std::uint32_t(outside.size()))] : inside[pick(std::uint32_t(inside.size()))];
        if (pick(5) < 3) std::swap(a, b);
        r.start[i] = starts[i];
        const std::uint32_t shape = pick(10);
        r.end[i] = starts[i] + (shape == 0   ? interval
                                : shape == 1 ? -5
                                : shape == 2 ? 2 * interval + 7
                                             : std::int64_t(pick(200'000'000)));
        r.src[i] = dictionary.id(a);
        r.dst[i] = dictionary.id(b);
        r.protocol[i] = kProtocols[pick(8)];
        const bool ports = r.protocol[i] == 6 || r.protocol[i] == 17;
        r.srcPort[i] = ports ? kPorts[pick(11)] : std::uint16_t(0);
        r.dstPort[i] = ports ? kPorts[pick(11)] : std::uint16_t(0);
        r.icmpTypeCode[i] = r.protocol[i] == 1 || r.protocol[i] == 58 ? std::uint16_t(pick(12) << 8) : std::uint16_t(0);
        r.tcpFlags[i] = r.protocol[i] == 6 ? std::uint8_t(pick(64)) : std::uint8_t(0);
        r.packets[i] = pick(3) ? 1 : 1 + pick(12);
        r.bytes[i] = r.packets[i] * (40 + pick(1400)) + (pick(20) == 0 ? 20000 : 0);
        const bool reverse = withReverse && pick(3) == 0;
        r.reversePackets[i] = reverse ? 1 + pick(4) : 0;
        r.reverseBytes[i] = reverse ? r.reversePackets[i] * 60 : 0;
        r.reverseTcpFlags[i] = reverse && r.protocol[i] == 6 ? std::uint8_t(18) : std::uint8_t(0);
    }
    auto merged = flow::mergeAddresses({&dictionary, 1}, 1);
    for (std::size_t i = 0; i < n; ++i) {
        r.src[i] = merged.remaps[0](r.src[i]);
        r.dst[i] = merged.remaps[0](r.dst[i]);
    }
    return flow::MemorySource(std::move(r), std::move(merged.table));
}

}  // namespace

class TstReference : public QObject {
    Q_OBJECT
private slots:
    void randomTables();
    void settingsMatter();
    void realCaptures_data();
    void realCaptures();
};

void TstReference::randomTables() {
    const auto first = qEnvironmentVariableIsSet("WEIR_SEED") ? qEnvironmentVariableIntValue("WEIR_SEED")
                                                              : int(std::random_device{}() % 1000000);
    const int tables = qEnvironmentVariableIsSet("WEIR_FULL") ? 2000 : 200;
    qInfo("seeds %d to %d (WEIR_SEED=n repeats from n)", first, first + tables - 1);
    for (int seed = first; seed < first + tables; ++seed) {
        std::vector<flow::Prefix> local;
        const auto source = randomSource(std::uint32_t(seed), local);
        const QString diff = difference(source, plainSettings(local));
        QVERIFY2(diff.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + diff));
    }
}

void TstReference::settingsMatter() {
    const int first = int(std::random_device{}() % 1000000);
    qInfo("seeds from %d", first);
    for (int seed = first; seed < first + 60; ++seed) {
        std::vector<flow::Prefix> local;
        const auto source = randomSource(std::uint32_t(seed), local);
        auto s = plainSettings(local);
        std::mt19937 random{std::uint32_t(seed)};
        s.pairing.acrossIntervals = random() % 2;
        s.pairing.intervalUs = random() % 2 ? 600'000'000 : 137'000'000;
        s.profile.windowBins = 1 + std::int32_t(random() % 5);
        s.profile.hcMinBad = 1 + std::uint32_t(random() % 4);
        s.profile.hcRatio = double(random() % 3);
        s.profile.serviceMinRemotes = 1 + std::uint32_t(random() % 3);
        s.profile.p2pMinFlows = 1 + std::uint32_t(random() % 4);
        s.profile.p2pMinRemotes = 1 + std::uint32_t(random() % 3);
        s.profile.potOkOverWindow = random() % 2;
        s.profile.trwTheta0 = random() % 2 ? 0.8 : 0.95;
        s.profile.retryGapUs = random() % 2 ? 240'000'000 : 0;
        s.signs.largePackets = 2 + random() % 8;
        const QString diff = difference(source, s);
        QVERIFY2(diff.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + diff));
    }
}

void TstReference::realCaptures_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("local");
    QTest::newRow("the sample") << test::sampleCapture() << QString();
    QTest::newRow("scanning") << QStringLiteral("slips/test7-malicious.pcap") << QString();
    QTest::newRow("mixed") << QStringLiteral("mixed-mercury/unit_tests/pcaps/capture2.pcap") << QString();
    QTest::newRow("syn-ack reflection") << QStringLiteral("ddos-stopddos/amp.TCP.reflection.SYNACK.pcap") << QString();
    QTest::newRow("nfcapd") << QStringLiteral("nfcapd-gonfdump/devtestdata/nfcapd.sample") << QString();
    QTest::newRow("ipfix as nfcapd") << QStringLiteral("derived/nfcapd/ipfix-mikrotik.nfcapd") << QString();
}

void TstReference::realCaptures() {
    QFETCH(QString, path);
    QFETCH(QString, local);
    NEEDS_SHARED_DATA(path);
    path = test::sharedData(path);
    QTemporaryDir dir;
    auto project = session::createProject(dir.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(project);
    JobContext job;
    const auto report = session::importFiles(**project, {{path.toStdString()}, {}, false, false}, job);
    QVERIFY2(report, report ? "" : report.error().detail.c_str());
    QVERIFY(report->anyUsable());
    std::vector<flow::Prefix> given;
    if (!local.isEmpty()) given = {*flow::parsePrefix(local.toStdString())};
    const auto prefixes = session::ensureLocal(**project, given, job);
    QVERIFY(prefixes);
    QVERIFY(!prefixes->empty());
    const QString diff = difference(*(*project)->snapshot()->records, plainSettings(*prefixes));
    QVERIFY2(diff.isEmpty(), qPrintable(diff));
}

QTEST_GUILESS_MAIN(TstReference)
#include "tst_reference.moc"
