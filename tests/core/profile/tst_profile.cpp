// TRW, HC, services, P2P, pairs and retries in windows; the Inspector's view of them; threads and large hosts.
#include "core/meter/derive.h"
#include "core/profile/profile.h"
#include "tests/support/hand_flows.h"
#include "tests/support/synthetic_flows.h"

#include <QTest>
#include <algorithm>
#include <atomic>
#include <random>

using namespace weir;
using profile::Verdict;
using support::HandFlows;

Q_DECLARE_METATYPE(HandFlows)
Q_DECLARE_METATYPE(Verdict)

namespace {

const std::string kOut = "8.8.8.8";

std::string local(int n) { return "198.18.4." + std::to_string(n); }
std::string remote(int n) { return "9.9." + std::to_string(n) + ".1"; }

/// One packet from `src` to each of count local hosts from `first` on, a second apart.
HandFlows probes(double start, const std::string& src, int first, int count) {
    HandFlows out;
    for (int i = 0; i < count; ++i) out.push_back({start + i, 0, src, 40000, local(first + i), 23});
    return out;
}
/// Answered calls from one remote host to count local hosts.
HandFlows calls(double start, const std::string& src, int first, int count) {
    HandFlows out;
    for (int i = 0; i < count; ++i)
        out = std::move(out) + support::twoWay(start + i, src, std::uint16_t(41000 + i), local(first + i), 80);
    return out;
}
/// Answered calls from count remote hosts to one local socket.
HandFlows visitors(double start, int count, const std::string& host, std::uint16_t port, std::uint16_t theirPort,
                   std::uint8_t protocol = 6, int first = 0) {
    HandFlows out;
    for (int i = 0; i < count; ++i)
        out = std::move(out) + support::twoWay(start + i, remote(first + i), theirPort, host, port, protocol);
    return out;
}

QString namesOf(std::uint8_t evidence) {
    static const char* const kNames[] = {"scan", "nom", "hc", "potok", "inout", "service", "p2p", "retry"};
    QStringList names;
    for (unsigned b = 0; b < 8; ++b)
        if (evidence >> b & 1) names << QString::fromLatin1(kNames[b]);
    return names.join(u' ');
}

profile::Profiles build(const flow::DerivedFlows& flows, const std::vector<std::uint8_t>& bits,
                        const profile::ProfileSettings& s, unsigned threads) {
    JobContext job({}, {}, threads);
    auto p = profile::buildProfiles(flows, bits, s, job);
    if (!p) qFatal("%s", p.error().detail.c_str());
    return std::move(*p);
}

/// Evidence of the last record's flow.
QString lastEvidence(const HandFlows& records, const profile::ProfileSettings& settings) {
    const auto source = support::handSource(records);
    const auto result = support::judge(source, support::handPairing(), settings, {}, 2);
    return namesOf(result.profiles.evidence[result.flows.flowOfRecord[records.size() - 1]]);
}

}  // namespace

class TestProfile : public QObject {
    Q_OBJECT
private slots:
    void trwBounds() {
        const profile::TrwModel model{profile::ProfileSettings()};
        QCOMPARE(QString::number(model.failure, 'f', 4), QStringLiteral("1.3863"));
        QCOMPARE(QString::number(model.success, 'f', 4), QStringLiteral("-1.3863"));
        QCOMPARE(QString::number(model.upper, 'f', 4), QStringLiteral("5.2883"));
        QCOMPARE(QString::number(model.lower, 'f', 4), QStringLiteral("-4.6002"));
        profile::ProfileSettings loose;
        loose.trwAlpha = 0.01;
        QCOMPARE(QString::number(profile::TrwModel(loose).upper, 'f', 4), QStringLiteral("4.5951"));
        QCOMPARE(QString::number(profile::TrwModel(loose).lower, 'f', 4), QStringLiteral("-4.5951"));
    }
    void trwWalk_data() {
        QTest::addColumn<QString>("contacts");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("FFF") << "FFF" << Verdict::none;
        QTest::newRow("FFFF") << "FFFF" << Verdict::scanner;
        QTest::newRow("SSS") << "SSS" << Verdict::none;
        QTest::newRow("SSSS") << "SSSS" << Verdict::nominal;
        QTest::newRow("three apart") << "FSFFFSS" << Verdict::none;
        QTest::newRow("four apart") << "FSFFFF" << Verdict::scanner;
        QTest::newRow("the first bound decides") << "SSSSFFFFFFFFFF" << Verdict::nominal;
        QTest::newRow("nobody") << "" << Verdict::none;
    }
    void trwWalk() {
        QFETCH(QString, contacts);
        QFETCH(Verdict, verdict);
        std::vector<std::uint8_t> failures;
        for (const QChar c : contacts) failures.push_back(c == u'F');
        QCOMPARE(profile::TrwModel(profile::ProfileSettings()).walk(failures), verdict);
    }

    void evidence_data() {
        QTest::addColumn<HandFlows>("records");
        QTest::addColumn<QString>("last");
        const auto row = [](const char* name, const HandFlows& records, const char* last) {
            QTest::newRow(name) << records << last;
        };
        // TRW and HC
        row("three contacts", probes(0, kOut, 1, 3), "");
        row("four contacts", probes(0, kOut, 1, 4), "scan hc");
        row("the same host four times",
            HandFlows{{0, 0, kOut, 1, local(1), 1},
                      {1, 0, kOut, 2, local(1), 1},
                      {2, 0, kOut, 3, local(1), 1},
                      {3, 0, kOut, 4, local(1), 1}},
            "");
        row("the verdict holds for flows before it",
            HandFlows{{9, 0, kOut, 1, local(9), 1}} + probes(20, kOut, 1, 4) + HandFlows{{1, 0, kOut, 1, local(20), 1}},
            "scan hc");
        row("nominal", calls(0, kOut, 1, 4) + probes(10, kOut, 50, 1), "nom");
        row("nominal first, many failures later", calls(0, kOut, 1, 4) + probes(10, kOut, 50, 8), "nom hc");
        row("first contact fails, a later biflow does not undo it",
            probes(0, kOut, 1, 3) + calls(50, kOut, 1, 3) + probes(90, kOut, 9, 1), "scan");
        row("HC without TRW", probes(0, kOut, 1, 1) + calls(10, kOut, 20, 2) + probes(20, kOut, 30, 3), "hc");
        row("outside the window", probes(0, kOut, 1, 3) + probes(1801, kOut, 9, 1), "");
        row("at the window's old end", probes(599, kOut, 1, 1) + probes(1, kOut, 2, 2) + probes(1799, kOut, 9, 1),
            "scan hc");
        row("a contact leaves the window, its repetition counts anew",
            probes(0, kOut, 1, 4) + probes(1210, kOut, 1, 2) + probes(1900, kOut, 9, 1), "");
        row("outflows are no contacts",
            HandFlows{{0, 0, local(1), 1, kOut, 1}, {0, 0, local(2), 1, kOut, 1}, {0, 0, local(3), 1, kOut, 1}} +
                probes(5, kOut, 9, 1),
            "");
        row("internal flows get nothing",
            HandFlows{{0, 0, local(9), 1, local(1), 1},
                      {1, 0, local(9), 1, local(2), 1},
                      {2, 0, local(9), 1, local(3), 1},
                      {3, 0, local(9), 1, local(4), 1}},
            "");
        row("a biflow across intervals is a success",
            calls(0, kOut, 1, 3) + HandFlows{{590, 20, kOut, 7, local(4), 7}, {601, 0, local(4), 7, kOut, 7}} +
                probes(610, kOut, 50, 1),
            "nom");
        // PotOk, InOut
        row("PotOk", calls(0, kOut, 1, 1) + HandFlows{{5, 0, kOut, 1, local(1), 1}}, "potok");
        row("PotOk ends with the interval", calls(0, kOut, 1, 1) + HandFlows{{605, 0, kOut, 1, local(1), 1}}, "");
        row("InOut", HandFlows{{0, 0, local(1), 1, kOut, 2}, {1, 0, kOut, 3, local(1), 4}}, "inout");
        row("InOut over the window, later direction first",
            HandFlows{{1799, 0, local(1), 1, kOut, 2}, {1200, 0, kOut, 3, local(1), 4}}, "inout");
        row("InOut outside the window", HandFlows{{599, 0, local(1), 1, kOut, 2}, {1800, 0, kOut, 3, local(1), 4}}, "");
        row("InOut of another pair", HandFlows{{0, 0, local(2), 1, kOut, 2}, {1, 0, kOut, 3, local(1), 4}}, "");
        // services
        row("service", visitors(0, 2, local(1), 80, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 80}}, "service");
        row("one visitor makes no service",
            visitors(0, 1, local(1), 80, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 80}}, "");
        row("another port", visitors(0, 2, local(1), 80, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 81}}, "");
        row("another protocol", visitors(0, 2, local(1), 80, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 80, 17}}, "");
        row("both ends on one low port",
            visitors(0, 3, local(1), 123, 123, 17) + HandFlows{{9, 0, kOut, 1, local(1), 123, 17}}, "");
        row("remote ports differ",
            visitors(0, 1, local(1), 123, 123, 17) + visitors(3, 1, local(1), 123, 53, 17, 5) +
                HandFlows{{9, 0, kOut, 1, local(1), 123, 17}},
            "service");
        row("visitors in two intervals",
            visitors(0, 1, local(1), 80, 5000) + visitors(700, 1, local(1), 80, 5000, 6, 5) +
                HandFlows{{1300, 0, kOut, 1, local(1), 80}},
            "service");
        row("kept for W after its last biflow",
            visitors(0, 2, local(1), 80, 5000) + HandFlows{{1799, 0, kOut, 1, local(1), 80}}, "service");
        row("forgotten after W", visitors(0, 2, local(1), 80, 5000) + HandFlows{{1800, 0, kOut, 1, local(1), 80}}, "");
        row("known from biflows later in the interval",
            HandFlows{{0, 0, kOut, 1, local(2), 2}} + visitors(9, 2, local(1), 80, 5000) +
                HandFlows{{1, 0, kOut, 1, local(1), 80}},
            "service");
        row("not from the next interval",
            visitors(601, 2, local(1), 80, 5000) + HandFlows{{1, 0, kOut, 1, local(1), 80}}, "");
        // P2P
        row("P2P", visitors(0, 4, local(1), 6881, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 6881}}, "p2p");
        row("P2P on the port whatever the protocol",
            visitors(0, 4, local(1), 6881, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 6881, 17}}, "p2p");
        row("three peers are a service",
            visitors(0, 3, local(1), 6881, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 6881}}, "service");
        row("four flows of three peers",
            visitors(0, 3, local(1), 6881, 5000) + visitors(5, 1, local(1), 6881, 5001) +
                HandFlows{{9, 0, kOut, 1, local(1), 6881}},
            "service");
        row("low ports are no P2P", visitors(0, 4, local(1), 80, 5000) + HandFlows{{9, 0, kOut, 1, local(1), 80}},
            "service");
        HandFlows dual;
        for (int i = 0; i < 4; ++i)
            dual = std::move(dual) + support::twoWay(i, remote(i), 5000, local(1), 80) +
                   support::twoWay(i, remote(i), 5000, local(1), 99, 17);
        row("low port, but the pairs use TCP and UDP", dual + HandFlows{{9, 0, kOut, 1, local(1), 80}}, "p2p");
        HandFlows far;
        for (int i = 0; i < 4; ++i)
            far = std::move(far) + support::twoWay(i, remote(i), 5000, local(1), 99, 17) +
                  support::twoWay(700 + i, remote(i), 5000, local(1), 80);
        row("TCP and UDP in one window", far + HandFlows{{1300, 0, kOut, 1, local(1), 80}}, "p2p");
        row("UDP has left the window", far + HandFlows{{1900, 0, kOut, 1, local(1), 80}}, "service");
        // Retry
        row("retry", HandFlows{{500, 50, kOut, 1, local(1), 1}, {700, 0, kOut, 1, local(1), 1}}, "retry");
        row("gap at its end", HandFlows{{500, 50, kOut, 1, local(1), 1}, {790, 0, kOut, 1, local(1), 1}}, "retry");
        row("gap too long", HandFlows{{500, 50, kOut, 1, local(1), 1}, {790.000001, 0, kOut, 1, local(1), 1}}, "");
        row("a continuation is no retry", HandFlows{{500, 150, kOut, 1, local(1), 1}, {700, 0, kOut, 1, local(1), 1}},
            "");
        row("UDP has no retries", HandFlows{{500, 50, kOut, 1, local(1), 1, 17}, {700, 0, kOut, 1, local(1), 1, 17}},
            "");
        row("another port", HandFlows{{500, 50, kOut, 1, local(1), 1}, {700, 0, kOut, 2, local(1), 1}}, "");
        row("after a biflow of the tuple",
            support::twoWay(500, kOut, 1, local(1), 1) + HandFlows{{700, 0, kOut, 1, local(1), 1}}, "retry");
    }
    void evidence() {
        QFETCH(HandFlows, records);
        QFETCH(QString, last);
        QCOMPARE(lastEvidence(records, {}), last);
    }

    void settings() {
        profile::ProfileSettings s;
        s.windowBins = 1;
        QCOMPARE(lastEvidence(probes(0, kOut, 1, 3) + probes(601, kOut, 9, 1), s), QString());
        s.windowBins = 100;
        QCOMPARE(lastEvidence(probes(0, kOut, 1, 3) + probes(30'001, kOut, 9, 1), s), QStringLiteral("scan hc"));
        s = {};
        s.potOkOverWindow = true;
        QCOMPARE(lastEvidence(calls(0, kOut, 1, 1) + HandFlows{{1205, 0, kOut, 1, local(1), 1}}, s),
                 QStringLiteral("potok"));
        QCOMPARE(lastEvidence(calls(0, kOut, 1, 1) + HandFlows{{1805, 0, kOut, 1, local(1), 1}}, s), QString());
        s = {};
        HandFlows victim;
        for (int i = 1; i <= 5; ++i) victim.push_back({double(i), 0, kOut, 80, local(i), 40000, 6, 1, 60, 18});
        QCOMPARE(lastEvidence(victim, s), QStringLiteral("scan hc"));
        s.trwSkipTcpReplies = true;
        QCOMPARE(lastEvidence(victim, s), QStringLiteral("hc"));
        s = {};
        s.direction = flow::Direction::out;
        HandFlows outward;
        for (int i = 0; i < 4; ++i) outward.push_back({double(i), 0, local(1), 40000, remote(i), 23});
        QCOMPARE(lastEvidence(outward, s), QStringLiteral("scan hc"));
        QCOMPARE(lastEvidence(probes(0, kOut, 1, 4), s), QString());
    }

    void whoSent() {
        const auto source =
            support::handSource(support::twoWay(0, kOut, 1, local(1), 1) +
                                HandFlows{{9, 0, kOut, 1, local(2), 1}, {9, 0, local(3), 1, local(4), 1}});
        const auto r = support::judge(source, support::handPairing(), {}, {}, 2);
        const auto sent = [&](const std::string& a) {
            return int(r.profiles.sentPacket[*source.addresses().find(*flow::parseAddress(a))]);
        };
        QCOMPARE(sent(kOut), 1);
        QCOMPARE(sent(local(1)), 1);
        QCOMPARE(sent(local(2)), 0);
        QCOMPARE(sent(local(3)), 1);
        QCOMPARE(sent(local(4)), 0);
    }

    void threadsDoNotMatter() {
        support::SyntheticSettings s;
        s.rows = 300'000;
        s.remoteHosts = 20'000;
        s.ipv6Share = 0.1;
        const auto input = support::makeSyntheticFlows(s);
        meter::PairingSettings pairing;
        pairing.local = input.local;
        for (const auto direction : {flow::Direction::in, flow::Direction::out}) {
            profile::ProfileSettings settings;
            settings.direction = direction;
            const auto one = support::judge(input.source, pairing, settings, {}, 1);
            std::uint8_t seen = 0;
            for (const std::uint8_t e : one.profiles.evidence) seen = std::uint8_t(seen | e);
            if (direction == flow::Direction::in) QCOMPARE(int(seen), 0xff);
            for (const unsigned threads : {2u, 3u}) {
                const auto more = support::judge(input.source, pairing, settings, {}, threads);
                QVERIFY(std::equal(one.profiles.evidence.begin(), one.profiles.evidence.end(),
                                   more.profiles.evidence.begin(), more.profiles.evidence.end()));
                QCOMPARE(more.profiles.sentPacket, one.profiles.sentPacket);
                QVERIFY(std::equal(one.words.begin(), one.words.end(), more.words.begin(), more.words.end()));
            }
        }
    }

    /// The Inspector's plain scan against the fast pass, on every judged row of a small busy world.
    void explanationsAgree() {
        const unsigned seed = 20120926;
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const auto pick = [&](unsigned n) { return unsigned(random() % n); };
        for (int world = 0; world < 8; ++world) {
            HandFlows records;
            constexpr std::uint16_t kPorts[] = {53, 80, 123, 6881, 40000};
            for (int i = 0; i < 600; ++i) {
                std::string a = remote(int(pick(7))), b = local(1 + int(pick(6)));
                std::uint16_t pa = kPorts[pick(5)], pb = kPorts[pick(5)];
                const std::uint8_t protocol = pick(2) ? 6 : 17;
                const double at = pick(5400) + pick(1000) * 0.001;
                if (pick(4) == 0) {
                    records = std::move(records) + support::twoWay(at, a, pa, b, pb, protocol);
                    continue;
                }
                if (pick(5) == 0) {
                    std::swap(a, b);
                    std::swap(pa, pb);
                }
                records.push_back(
                    {at, double(pick(120)), a, pa, b, pb, protocol, 1 + pick(12), 60, std::uint8_t(pick(64))});
            }
            profile::ProfileSettings s;
            s.windowBins = 1 + world % 4;
            s.potOkOverWindow = world % 2;
            s.trwSkipTcpReplies = world >= 4;
            const auto source = support::handSource(records);
            const auto r = support::judge(source, support::handPairing(), s, {}, 2);
            for (std::uint32_t row = 0; row < r.flows.size(); ++row) {
                if (!flow::isOneWay(r.flows.kind[row], flow::Direction::in)) continue;
                const auto e = profile::explainHosts(r.flows, row, s);
                const bool hc = e.bad >= s.hcMinBad && e.bad >= s.hcRatio * e.good;
                const int bits = (e.verdict == Verdict::scanner   ? profile::kTrwScan
                                  : e.verdict == Verdict::nominal ? profile::kTrwNom
                                                                  : 0) |
                                 (hc ? profile::kHcScan : 0) | (e.pairBiflow >= 0 ? profile::kPotOk : 0) |
                                 (e.pairIn && e.pairOut ? profile::kInOut : 0) | (e.service ? profile::kToService : 0) |
                                 (e.p2p ? profile::kToP2p : 0) | (e.retryOf >= 0 ? profile::kRetry : 0);
                QCOMPARE(namesOf(std::uint8_t(bits)), namesOf(r.profiles.evidence[row]));
            }
        }
    }

    /// One remote host with all flows, and one local socket with all of them. A step that is quadratic in them runs
    /// into the time limit of the test; how fast it is says bench_rows.
    void heavyHosts() {
        HandFlows records;
        for (int i = 0; i < 60'000; ++i)
            records.push_back({i * 0.05, 0, kOut, std::uint16_t(1024 + i % 60'000), local(1 + i % 250),
                               std::uint16_t(i % 7 ? 23 : 80)});
        for (int i = 0; i < 60'000; ++i) {
            const std::string visitor =
                "11." + std::to_string(i >> 16) + "." + std::to_string(i >> 8 & 255) + "." + std::to_string(i & 255);
            records.push_back({i * 0.05, 0, visitor, 5000, local(1), 80, 6, 1, 60, 2, i % 3 ? 1u : 0u});
        }
        const auto source = support::handSource(records);
        for (const int bins : {3, 1000}) {
            profile::ProfileSettings s;
            s.windowBins = bins;
            const auto r = support::judge(source, support::handPairing(), s, {}, 2);
            QVERIFY(r.profiles.evidence[r.flows.flowOfRecord[0]] & profile::kTrwScan);
            // Every flow of the heavy host is a first contact or known, none is lost on the way.
            std::size_t scanned = 0;
            for (std::size_t flow = 0; flow < r.flows.size(); ++flow)
                scanned += (r.profiles.evidence[flow] & profile::kTrwScan) != 0;
            QVERIFY2(scanned >= 60'000, qPrintable(QString::number(scanned)));
        }
    }

    void cancel() {
        support::SyntheticSettings settings;
        settings.rows = 300'000;
        settings.remoteHosts = 20'000;
        const auto input = support::makeSyntheticFlows(settings);
        meter::PairingSettings pairing;
        pairing.local = input.local;
        JobContext whole;
        const auto flows = meter::deriveFlows(input.source, pairing, whole);
        const auto bits = meter::markHosts(input.source.addresses(), input.local);
        for (int after = 0; after < 8; ++after) {
            std::stop_source stop;
            std::atomic<int> reports{0};
            JobContext job(
                stop.get_token(),
                [&](const Progress&) {
                    if (++reports > after) stop.request_stop();
                },
                2);
            const auto profiles = profile::buildProfiles(*flows, bits, {}, job);
            QVERIFY(!profiles);
            QCOMPARE(profiles.error().code, Errc::cancelled);
        }
        QVERIFY(build(*flows, bits, {}, 2).evidence.size() == flows->size());
    }
};

QTEST_APPLESS_MAIN(TestProfile)
#include "tst_profile.moc"
