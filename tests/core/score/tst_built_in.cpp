// Built-in tests against plain re-tellings of what they promise, record by record; their edges; and profiles that name
// them wrongly.
#include "core/flow/host_bits.h"
#include "core/flow/memory_source.h"
#include "core/score/built_in.h"
#include "core/score/score.h"
#include "tests/support/bare_terms.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <tuple>

using namespace weir;
using flow::Col;

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::size_t kHosts = 200;  ///< 1.0.0.0 on

struct Record {
    std::int64_t start = 0;
    std::uint32_t src = 0, dst = 0;
    std::uint16_t dstPort = 443;
    std::uint8_t protocol = 6;
    std::uint64_t packets = 1, bytes = 100, reversePackets = 0, reverseBytes = 0;
};
/// One direction, as it was sent.
struct Sent {
    std::int64_t start;
    std::uint32_t src, dst;
    std::uint16_t dstPort;
    std::uint8_t protocol;
    std::uint64_t packets, bytes;
};
constexpr std::uint16_t kSourcePort = 50000;

std::vector<Sent> sentOf(const std::vector<Record>& records) {
    std::vector<Sent> out;
    for (const Record& r : records) {
        out.push_back({r.start, r.src, r.dst, r.dstPort, r.protocol, r.packets, r.bytes});
        if (r.reversePackets)
            out.push_back({r.start, r.dst, r.src, kSourcePort, r.protocol, r.reversePackets, r.reverseBytes});
    }
    return out;
}

flow::MemorySource sourceOf(const std::vector<Record>& records) {
    flow::RecordColumns c;
    c.resize(records.size(), flow::ColSet::metered());
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        c.start[i] = c.end[i] = r.start;
        c.src[i] = r.src;
        c.dst[i] = r.dst;
        c.srcPort[i] = kSourcePort;
        c.dstPort[i] = r.dstPort;
        c.icmpTypeCode[i] = 0;
        c.protocol[i] = r.protocol;
        c.tcpFlags[i] = c.reverseTcpFlags[i] = 0;
        c.packets[i] = r.packets;
        c.bytes[i] = r.bytes;
        c.reversePackets[i] = r.reversePackets;
        c.reverseBytes[i] = r.reverseBytes;
    }
    Buffer<std::uint32_t> v4;
    for (std::uint32_t h = 0; h < kHosts; ++h) v4.push_back(0x01000000 + h);
    return {std::move(c), flow::AddressTable(std::move(v4), {})};
}

struct Outcome {
    std::vector<bool> marked;  ///< by direction, in the order of sentOf()
    std::string evidence;      ///< of the first that is marked
};
/// All directions take part.
Outcome judged(const std::vector<Record>& records, const std::string& test, unsigned threads = 2) {
    const flow::MemorySource source = sourceOf(records);
    support::BareTerms terms;
    terms.bits.assign(kHosts, 0);
    const auto parsed =
        score::parseProfile("weir-score 1\napply to transit\nbad 1 \"X\" when test " + test + "\n", terms);
    if (!parsed.good()) qFatal("%s", parsed.diagnostics.front().message.c_str());
    JobContext job({}, {}, threads);
    const auto scores = score::scoreRecords(source, parsed.profile, terms, job);
    if (!scores) qFatal("%s", scores.error().detail.c_str());
    Outcome out;
    std::uint64_t marked = 0;
    for (std::size_t i = 0; i < records.size(); ++i)
        for (const auto side : {flow::Side::forward, flow::Side::reverse}) {
            if (side == flow::Side::reverse && records[i].reversePackets == 0) continue;
            const bool holds =
                scores->words[(side == flow::Side::forward ? scores->forward : scores->reverse)[i]].word == 1;
            out.marked.push_back(holds);
            marked += holds;
            if (holds && out.evidence.empty())
                out.evidence = scores->findings.at(0).found->evidence(source.records(), side, i, source.addresses());
        }
    std::uint64_t counted = 0;
    for (const auto& w : scores->words) counted += w.word == 1 ? w.flows : 0;
    if (counted != marked || scores->scored != out.marked.size()) qFatal("the tally differs from the records");
    return out;
}

std::int64_t lowerMedian(std::vector<std::int64_t> v) {
    std::sort(v.begin(), v.end());
    return v[(v.size() - 1) / 2];
}

/// Noise over a day, with a few hosts that call home, one that sends much in one hour, and two crowds.
std::vector<Record> busyDay(std::uint32_t seed) {
    std::mt19937_64 random(seed);
    const auto upTo = [&](std::uint64_t n) { return std::int64_t(random() % n); };
    std::vector<Record> all;
    for (int i = 0; i < 60000; ++i) {
        Record r;
        r.start = upTo(86400) * kSecond + upTo(kSecond);
        r.src = std::uint32_t(upTo(60));
        r.dst = std::uint32_t(100 + upTo(40));
        r.dstPort = std::uint16_t(upTo(8) == 0 ? 53 : 400 + upTo(3));
        r.protocol = r.dstPort == 53 ? 17 : 6;
        r.packets = std::uint64_t(1 + upTo(6));
        r.bytes = std::uint64_t(40 + upTo(4000));
        if (upTo(3) == 0) {
            r.reversePackets = std::uint64_t(1 + upTo(4));
            r.reverseBytes = std::uint64_t(upTo(9000));
        }
        all.push_back(r);
    }
    for (std::uint32_t bot = 0; bot < 12; ++bot) {
        const std::int64_t every = 30 + 40 * std::int64_t(bot), shake = every * kSecond * std::int64_t(bot) / 40;
        for (std::int64_t k = 0; k < 15 + 2 * std::int64_t(bot); ++k)
            all.push_back(
                {(1000 + k * every) * kSecond + upTo(std::uint64_t(shake) + 1), 70 + bot, 150 + bot % 3, 8443});
    }
    for (int k = 0; k < 50; ++k) all.push_back({(3 * 3600 + 10 * k) * kSecond, 7, 120, 443, 6, 10, 400'000});
    for (const std::int64_t at : {20'000, 20'014, 60'000})
        for (std::uint32_t host = 0; host < 18; ++host) {
            all.push_back({(at + upTo(12)) * kSecond, host + std::uint32_t(at % 100), 110, 53, 17, 1, 70});
            all.push_back({(at + 12 + upTo(10)) * kSecond, host + std::uint32_t(at % 100), at == 60'000 ? 190u : 191u,
                           80, 6, 3, 300});
        }
    for (int k = 0; k < 80000; ++k) all.push_back({upTo(86400) * kSecond, 195, 196, 9, 17, 2, 90});  // several chunks
    std::shuffle(all.begin(), all.end(), random);
    return all;
}

std::vector<bool> beacons(const std::vector<Sent>& sent) {
    using Pair = std::tuple<std::uint32_t, std::uint32_t, std::uint16_t, std::uint8_t>;
    const auto pairOf = [](const Sent& s) { return Pair{s.src, s.dst, s.dstPort, s.protocol}; };
    std::map<Pair, std::vector<std::int64_t>> starts;
    for (const Sent& s : sent) starts[pairOf(s)].push_back(s.start);
    std::set<Pair> found;
    for (auto& [pair, all] : starts) {
        std::sort(all.begin(), all.end());
        std::vector<std::int64_t> contacts, intervals, away;
        for (const std::int64_t t : all)
            if (contacts.empty() || t - contacts.back() >= 10 * kSecond) contacts.push_back(t);
        if (contacts.size() < 20) continue;
        for (std::size_t i = 1; i < contacts.size(); ++i) intervals.push_back(contacts[i] - contacts[i - 1]);
        const std::int64_t middle = lowerMedian(intervals);
        for (const std::int64_t i : intervals) away.push_back(std::abs(i - middle));
        if (middle <= 86400 * kSecond && double(lowerMedian(away)) <= 0.1 * double(middle)) found.insert(pair);
    }
    std::vector<bool> out;
    for (const Sent& s : sent) out.push_back(found.contains(pairOf(s)));
    return out;
}

std::vector<bool> exfiltrations(const std::vector<Sent>& sent, std::int64_t bin, std::uint64_t least, double factor,
                                std::size_t history) {
    std::map<std::uint32_t, std::map<std::int64_t, std::uint64_t>> bytes;
    for (const Sent& s : sent) bytes[s.src][s.start / bin] += s.bytes;
    std::vector<bool> out;
    for (const Sent& s : sent) {
        std::vector<std::int64_t> others;
        for (const auto& [at, sum] : bytes[s.src])
            if (at != s.start / bin && sum > 0) others.push_back(std::int64_t(sum));
        const std::uint64_t own = bytes[s.src][s.start / bin];
        out.push_back(own > 0 && others.size() >= history && own >= least &&
                      double(own) >= factor * double(lowerMedian(others)));
    }
    return out;
}

std::vector<bool> talkers(const std::vector<Sent>& sent, std::size_t n,
                          const std::function<std::uint64_t(const Sent&)>& measure) {
    std::map<std::uint32_t, std::uint64_t> sums;
    for (const Sent& s : sent) sums[s.src] += measure(s);
    std::vector<bool> out;
    for (const Sent& s : sent) {
        const auto ahead = [&](const auto& other) {
            return other.second > sums[s.src] || (other.second == sums[s.src] && other.first < s.src);
        };
        out.push_back(sums[s.src] > 0 && std::size_t(std::count_if(sums.begin(), sums.end(), ahead)) < n);
    }
    return out;
}

std::vector<bool> crowds(const std::vector<Sent>& sent, std::size_t hosts, std::int64_t within) {
    std::map<std::uint32_t, std::vector<std::int64_t>> requests;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> first;
    for (const Sent& s : sent) {
        if (s.dstPort == 53 && s.packets <= 3) requests[s.src].push_back(s.start);
        if (s.dstPort == 53) continue;
        const auto [at, added] = first.try_emplace({s.src, s.dst}, s.start);
        if (!added) at->second = std::min(at->second, s.start);
    }
    std::map<std::uint32_t, std::vector<std::int64_t>> contacts;
    for (const auto& [pair, at] : first)
        if (std::any_of(requests[pair.first].begin(), requests[pair.first].end(),
                        [&](std::int64_t r) { return r <= at && at - r <= within; }))
            contacts[pair.second].push_back(at);
    std::vector<bool> out;
    for (const Sent& s : sent) {
        bool in = false;
        std::vector<std::int64_t>& all = contacts[s.dst];
        std::sort(all.begin(), all.end());
        // Every stretch of at most `within` that holds enough of them, from its first contact to its last.
        for (std::size_t i = 0; i < all.size() && s.dstPort != 53; ++i)
            for (std::size_t j = i; j < all.size() && all[j] - all[i] <= within; ++j)
                in |= j - i + 1 >= hosts && all[i] <= s.start && s.start <= all[j];
        out.push_back(in);
    }
    return out;
}

}  // namespace

class TstBuiltIn : public QObject {
    Q_OBJECT
private slots:
    void randomDays_data();
    void randomDays();
    void beaconEdges();
    void exfiltrationEdges();
    void talkersThatAreEqual();
    void crowdEdges();
    void mistakes_data();
    void mistakes();
    void parameters();
    void rangeIsWhatTheyLookAt();
};

void TstBuiltIn::randomDays_data() {
    QTest::addColumn<QString>("test");
    QTest::newRow("beaconing") << "beaconing";
    QTest::newRow("exfiltration") << "exfiltration least=1M factor=4 bin=30m history=8";
    QTest::newRow("top bytes") << "top-talkers n=7";
    QTest::newRow("top packets") << "top-talkers n=3 by=packets";
    QTest::newRow("top flows") << "top-talkers by=flows n=12";
    QTest::newRow("dns") << "dns-then-traffic hosts=15 within=25s";
}

void TstBuiltIn::randomDays() {
    QFETCH(QString, test);
    for (const std::uint32_t seed : {1u, 2u}) {
        const std::vector<Record> records = busyDay(seed);
        const std::vector<Sent> sent = sentOf(records);
        std::vector<bool> expected;
        if (test == "beaconing")
            expected = beacons(sent);
        else if (test.startsWith("exfiltration")) {
            expected = exfiltrations(sent, 1800 * kSecond, 1'000'000, 4, 8);
        } else if (test.startsWith("top")) {
            const bool packets = test.contains("packets"), flows = test.contains("flows");
            expected = talkers(sent,
                               packets ? 3
                               : flows ? 12
                                       : 7,
                               [&](const Sent& s) { return packets ? s.packets
                                                           : flows ? 1
                                                                   : s.bytes; });
        } else
            expected = crowds(sent, 15, 25 * kSecond);
        const auto marked = std::count(expected.begin(), expected.end(), true);
        QVERIFY2(marked > 10 && marked < std::ptrdiff_t(expected.size()), qPrintable(QString::number(marked)));
        for (const unsigned threads : {1u, 2u, 3u}) {
            const Outcome out = judged(records, test.toStdString(), threads);
            QVERIFY(out.marked == expected);
            QVERIFY(!out.evidence.empty());
        }
    }
}

void TstBuiltIn::beaconEdges() {
    const auto every = [](int contacts, std::int64_t seconds) {
        std::vector<Record> r;
        for (int i = 0; i < contacts; ++i) r.push_back({i * seconds * kSecond, 1, 2});
        return r;
    };
    const auto any = [](const Outcome& o) {
        return std::find(o.marked.begin(), o.marked.end(), true) != o.marked.end();
    };
    QVERIFY(any(judged(every(20, 60), "beaconing")));
    QVERIFY(!any(judged(every(19, 60), "beaconing")));
    QVERIFY(any(judged(every(20, 10), "beaconing")));
    QVERIFY(!any(judged(
        every(40, 9), "beaconing jitter=0 shortest=10s contacts=21")));  // every second one is a contact of its own: 20
    QVERIFY(any(judged(every(40, 9), "beaconing contacts=20")));
    QVERIFY(any(judged(every(20, 86400), "beaconing")));
    QVERIFY(!any(judged(every(20, 86401), "beaconing")));
    // Intervals of 60, 66 and 54 s in turn: two of three are a tenth off.
    std::vector<Record> shaken;
    for (int i = 0; i < 22; ++i) shaken.push_back({(i * 60 + (i % 3 == 2 ? 6 : 0)) * kSecond, 1, 2});
    QVERIFY(any(judged(shaken, "beaconing jitter=0.1")));
    QVERIFY(!any(judged(shaken, "beaconing jitter=0.099")));
    QVERIFY(any(judged(every(20, 60), "beaconing jitter=0")));
    QCOMPARE(
        judged(every(20, 60), "beaconing").evidence,
        std::string("1.0.0.1 to 1.0.0.2 port 443: 20 contacts, every 1 min, half of the intervals within 0 s of it"));
}

void TstBuiltIn::exfiltrationEdges() {
    const auto day = [](std::uint64_t last, int before) {
        std::vector<Record> r;
        for (int hour = 0; hour < before; ++hour)
            r.push_back({hour * 3600 * kSecond, 1, 2, 443, 6, 1, 5'000'000 + std::uint64_t(hour)});
        r.push_back({before * 3600 * kSecond, 1, 2, 443, 6, 1, last / 2});
        r.push_back({(before * 3600 + 3599) * kSecond, 1, 3, 443, 6, 1, last - last / 2});
        return r;
    };
    const auto marked = [](const Outcome& o) { return std::count(o.marked.begin(), o.marked.end(), true); };
    QCOMPARE(marked(judged(day(50'000'020, 6), "exfiltration")), 2);  // ten times 5,000,002, the lower median of six
    QCOMPARE(marked(judged(day(50'000'019, 6), "exfiltration")), 0);
    QCOMPARE(marked(judged(day(50'000'020, 5), "exfiltration")), 0);  // no history
    QCOMPARE(marked(judged(day(50'000'020, 5), "exfiltration history=5")), 2);
    QCOMPARE(marked(judged(day(50'000'020, 6), "exfiltration least=50000021")), 0);
    // Of two whiles each is the other's usual amount.
    QVERIFY((judged({{0, 1, 2, 443, 6, 1, 60}, {3600 * kSecond, 1, 2, 443, 6, 1, 70}},
                    "exfiltration history=1 factor=1 least=1")
                 .marked == std::vector<bool>{false, true}));
    QCOMPARE(judged(day(50'000'020, 6), "exfiltration").evidence,
             std::string("1.0.0.1 sent 50,000,020 bytes in the 1 h from 1970-01-01T06:00:00Z; the median of its 6 "
                         "other intervals is 5,000,002"));
}

void TstBuiltIn::talkersThatAreEqual() {
    const std::vector<Record> records{
        {0, 5, 9, 443, 6, 1, 300}, {0, 3, 9, 443, 6, 1, 300}, {0, 4, 9, 443, 6, 1, 400}, {0, 6, 9, 443, 6, 1, 0}};
    QVERIFY((judged(records, "top-talkers n=2").marked == std::vector<bool>{false, true, true, false}));
    QVERIFY((judged(records, "top-talkers n=9").marked ==
             std::vector<bool>{true, true, true, false}));  // who sent nothing is no talker
    QCOMPARE(judged(records, "top-talkers n=1").evidence,
             std::string("1.0.0.4 is sender number 1 by bytes: 400 of 1,000 (40.0 %)"));
}

void TstBuiltIn::crowdEdges() {
    /// Hosts ask at 100 s and go `after` later, one host a second.
    const auto crowd = [](int hosts, std::int64_t after, std::uint64_t packets) {
        std::vector<Record> r;
        for (int h = 0; h < hosts; ++h) {
            r.push_back({(100 + h) * kSecond, std::uint32_t(h), 150, 53, 17, packets, 60});
            r.push_back({(100 + h + after) * kSecond, std::uint32_t(h), 160, 80});
        }
        return r;
    };
    const auto marked = [](const Outcome& o) { return std::count(o.marked.begin(), o.marked.end(), true); };
    QCOMPARE(marked(judged(crowd(20, 30, 3), "dns-then-traffic")), 20);
    QCOMPARE(marked(judged(crowd(19, 30, 3), "dns-then-traffic")), 0);
    QCOMPARE(marked(judged(crowd(20, 31, 3), "dns-then-traffic")), 0);            // the request is too old
    QCOMPARE(marked(judged(crowd(20, 30, 4), "dns-then-traffic")), 0);            // no small request
    QCOMPARE(marked(judged(crowd(31, 30, 3), "dns-then-traffic hosts=31")), 31);  // 30 s from the first to the last
    QCOMPARE(marked(judged(crowd(32, 30, 3), "dns-then-traffic hosts=32")), 0);
    for (const bool begin : {true, false}) {  // of the file: records come in no order
        auto known = crowd(20, 10, 1);
        known.insert(begin ? known.begin() : known.end(), {50 * kSecond, 4, 160, 80});  // was there before
        QCOMPARE(marked(judged(known, "dns-then-traffic")), 0);
    }
    QCOMPARE(judged(crowd(20, 10, 1), "dns-then-traffic").evidence,
             std::string("20 hosts contacted 1.0.0.160 within 30 s, each for the first time and right after a DNS "
                         "query (from 1970-01-01T00:01:50Z)"));
}

void TstBuiltIn::mistakes_data() {
    QTest::addColumn<QByteArray>("test");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("fix");
    const QByteArray names = "beaconing, dns-then-traffic, exfiltration or top-talkers";
    QTest::newRow("no name") << QByteArray("")
                             << "expected the name of a built-in test (" + names + "), found the end of the line" << 21
                             << QByteArray();
    QTest::newRow("unknown") << QByteArray("beacning")
                             << "expected the name of a built-in test (" + names + "), found `beacning`" << 21
                             << QByteArray("beaconing");
    QTest::newRow("parameter") << QByteArray("top-talkers m=3") << QByteArray("expected n or by, found `m`") << 33
                               << QByteArray("n");
    QTest::newRow("twice") << QByteArray("top-talkers n=3 n=4") << QByteArray("n is given twice") << 37 << QByteArray();
    QTest::newRow("no sign") << QByteArray("top-talkers n 3") << QByteArray("expected `=`, found `3`") << 35
                             << QByteArray();
    QTest::newRow("no value") << QByteArray("top-talkers n=")
                              << QByteArray(
                                     "expected a whole number within the limits, such as 10, found the end of the line")
                              << 35 << QByteArray();
    QTest::newRow("out of bounds") << QByteArray("top-talkers n=0")
                                   << QByteArray("expected a whole number within the limits, such as 10, found `0`")
                                   << 35 << QByteArray();
    QTest::newRow("word") << QByteArray("top-talkers by=weight")
                          << QByteArray("expected bytes, packets or flows, found `weight`") << 36 << QByteArray();
    QTest::newRow("time") << QByteArray("beaconing shortest=10")
                          << QByteArray("expected a time within the limits, such as 10s, found `10`") << 40
                          << QByteArray();
    QTest::newRow("amount") << QByteArray("exfiltration least=fM")
                            << QByteArray("expected a whole number within the limits, such as 50M, found `fM`") << 40
                            << QByteArray();
}

void TstBuiltIn::mistakes() {
    QFETCH(QByteArray, test);
    QFETCH(QByteArray, message);
    QFETCH(int, column);
    QFETCH(QByteArray, fix);
    const support::BareTerms terms;
    const auto parsed = score::parseProfile("weir-score 1\nbad 1 \"X\" when test " + test.toStdString() + "\n", terms);
    QCOMPARE(parsed.diagnostics.size(), 1u);
    const Diagnostic& d = parsed.diagnostics[0];
    QCOMPARE(QByteArray::fromStdString(d.message), message);
    QCOMPARE(d.line, 2u);
    QCOMPARE(int(d.column), column);
    QCOMPARE(QByteArray::fromStdString(d.fix), fix);
    QVERIFY(parsed.profile.tests.empty());
}

void TstBuiltIn::parameters() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/resources/manual/scores.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray manual = file.readAll();
    const support::BareTerms terms;
    for (const score::BuiltInDef* def : score::builtIns()) {
        QCOMPARE(score::findBuiltIn(def->name), def);
        QVERIFY(!def->help.empty() && !def->lacks.empty());
        const auto parsed =
            score::parseProfile("weir-score 1\nbad 1 \"X\" when test " + std::string(def->name) + "\n", terms);
        QVERIFY(parsed.good());
        QCOMPARE(parsed.profile.tests.at(0).parameters.size(), def->parameters.size());
        QVERIFY2(manual.contains(QByteArray::fromStdString("`" + std::string(def->name) + "`")), def->name.data());
        for (const score::Parameter& p : def->parameters) {
            QVERIFY2(score::parameterValue(p, p.initial) && !p.help.empty(), p.name.data());
            QVERIFY2(manual.contains(
                         QByteArray::fromStdString("`" + std::string(p.name) + "=" + std::string(p.initial) + "`")),
                     p.name.data());
        }
    }
    const auto parsed = score::parseProfile(
        "weir-score 1\nbad 1 \"X\" when test Exfiltration LEAST = 2G bin=1d factor=2.5 # a comment\n", terms);
    QVERIFY(parsed.good());
    QVERIFY((parsed.profile.tests.at(0).parameters == std::vector<double>{2.5, 86400e6, 2e9, 6}));
    QCOMPARE(parsed.profile.tests.at(0).condition, std::string("test Exfiltration LEAST = 2G bin=1d factor=2.5"));
}

void TstBuiltIn::rangeIsWhatTheyLookAt() {
    std::vector<Record> records;
    for (int i = 0; i < 40; ++i) records.push_back({i * 60 * kSecond, 1, 2});
    const flow::MemorySource source = sourceOf(records);
    support::BareTerms terms;
    terms.bits.assign(kHosts, 0);
    const auto parsed = score::parseProfile("weir-score 1\napply to transit\nbad 1 \"X\" when test beaconing\n", terms);
    for (const auto& [contacts, holds] : {std::pair{20, true}, std::pair{19, false}}) {
        JobContext job({}, {}, 2);
        const auto scores =
            score::scoreRecords(source, parsed.profile, terms, job, {60 * kSecond, (1 + contacts) * 60 * kSecond});
        QCOMPARE(scores->scored, std::uint64_t(contacts));
        QCOMPARE(scores->words[scores->forward[1]].word, holds ? 1u : 0u);
    }
}

QTEST_GUILESS_MAIN(TstBuiltIn)
#include "tst_built_in.moc"
