// Scores: the engine against one that asks each record directly, the published tables, edges of every test, and
// profiles with mistakes.
#include "core/flow/host_bits.h"
#include "core/flow/memory_source.h"
#include "core/score/dark_hosts.h"
#include "core/score/overlap.h"
#include "core/score/ranking.h"
#include "tests/support/bare_terms.h"
#include "tests/support/score_reference.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace weir;
using flow::Col;
using namespace weir::test;

namespace {

std::string shipped() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/resources/scores/sweeney-2017.score"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

const std::set<std::pair<int, int>> kServices{{6, 22}, {6, 23}, {6, 80}, {6, 443}, {17, 53}, {17, 161}};
const std::set<std::pair<int, int>> kInsecurePorts{{6, 23}, {6, 3389}, {17, 161}};

class Terms final : public support::BareTerms {
public:
    Terms() {
        for (const auto& [protocol, port] : kServices)
            lists["services"].ports.push_back({std::uint8_t(protocol), std::uint16_t(port)});
        for (const auto& [protocol, port] : kInsecurePorts)
            lists["insecure-ports"].ports.push_back({std::uint8_t(protocol), std::uint16_t(port)});
        for (const char* name : {"ndpi", "alienvault", "emerging-threats", "dark"}) lists[name];
    }
    void host(const char* list, const flow::IpAddr& a) { lists[list].prefixes.push_back({a, 128}); }
    /// Local = 10.0.0.0/8 and fd00::/8; @dark as the records say.
    void look(const flow::ChunkSource& records) {
        bits.clear();
        for (flow::HostId h = 0; h < records.addresses().size(); ++h) {
            const flow::IpAddr a = records.addresses()[h];
            const bool local =
                flow::parsePrefix("10.0.0.0/8")->contains(a) || flow::parsePrefix("fd00::/8")->contains(a);
            bits.push_back(std::uint8_t(local ? flow::kLocalHost : 0));
        }
        JobContext job({}, {}, 2);
        const auto dark = score::darkHosts(records, bits, job);
        for (flow::HostId h = 0; h < bits.size(); ++h)
            if ((*dark)[h]) host("dark", records.addresses()[h]);
    }
};

struct Record {
    std::uint32_t src = 0, dst = 0;
    std::uint16_t srcPort = 40000, dstPort = 0;
    std::uint8_t protocol = 6, flags = 2;
    std::uint64_t packets = 1, bytes = 40;
    std::uint8_t reverseFlags = 0;
    std::uint64_t reversePackets = 0;
};

flow::AddressTable table(std::vector<std::string> texts) {
    std::vector<flow::IpAddr> v4, v6;
    for (const auto& t : texts) (flow::parseAddress(t)->isV4() ? v4 : v6).push_back(*flow::parseAddress(t));
    std::sort(v4.begin(), v4.end());
    std::sort(v6.begin(), v6.end());
    Buffer<std::uint32_t> four;
    Buffer<flow::IpAddr> six;
    for (const auto& a : v4) four.push_back(a.v4Value());
    for (const auto& a : v6) six.push_back(a);
    return {std::move(four), std::move(six)};
}

/// Outside 1.0.0.1 to 1.0.0.4, inside 10.0.0.1 (active by a record of its own) and 10.0.0.2, then one of each in IPv6.
const std::vector<std::string> kHosts{"1.0.0.1",  "1.0.0.2",  "1.0.0.3",     "1.0.0.4",
                                      "10.0.0.1", "10.0.0.2", "2001:db8::1", "fd00::2"};
constexpr std::uint32_t kActive = 4, kUnused = 5;

flow::RecordColumns columnsOf(const std::vector<Record>& records) {
    flow::RecordColumns c;
    c.resize(records.size(), flow::ColSet::metered());
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        c.start[i] = c.end[i] = std::int64_t(i) * 1000;
        c.src[i] = r.src;
        c.dst[i] = r.dst;
        c.srcPort[i] = r.srcPort;
        c.dstPort[i] = r.dstPort;
        c.icmpTypeCode[i] = 0;
        c.protocol[i] = r.protocol;
        c.tcpFlags[i] = r.flags;
        c.packets[i] = r.packets;
        c.bytes[i] = r.bytes;
        c.reverseTcpFlags[i] = r.reverseFlags;
        c.reversePackets[i] = r.reversePackets;
        c.reverseBytes[i] = r.reversePackets * 40;
    }
    return c;
}

/// One direction of a record.
struct Sent {
    std::uint32_t src, dst;
    std::uint16_t srcPort, dstPort;
    std::uint8_t protocol, flags;
    std::uint64_t packets;
};
std::vector<Sent> directionsOf(const Record& r) {
    std::vector<Sent> out{{r.src, r.dst, r.srcPort, r.dstPort, r.protocol, r.flags, r.packets}};
    if (r.reversePackets)
        out.push_back({r.dst, r.src, r.dstPort, r.srcPort, r.protocol, r.reverseFlags, r.reversePackets});
    return out;
}

using Counted = std::map<std::uint64_t, std::uint64_t>;  ///< flows by word

/// `words`: of the inbound directions, in the order of directionsOf().
Counted reference(const std::vector<Record>& records, const flow::AddressTable& addresses, const Terms& terms,
                  std::vector<std::uint64_t>& words) {
    std::vector<SentRecord> sent;
    for (const Record& r : records)
        for (const Sent& s : directionsOf(r))
            sent.push_back({addresses[s.src], addresses[s.dst], s.srcPort, s.dstPort, s.protocol, s.flags, s.packets});
    ScoreWorld world;
    world.local = [](const flow::IpAddr& a) {
        return flow::parsePrefix("10.0.0.0/8")->contains(a) || flow::parsePrefix("fd00::/8")->contains(a);
    };
    world.group = [](const flow::IpAddr&) { return false; };
    world.listed = [&](std::string_view name, const flow::IpAddr& a) {
        const auto& list = terms.lists.find(name)->second.prefixes;
        return std::any_of(list.begin(), list.end(), [&](const flow::Prefix& p) { return p.contains(a); });
    };
    world.portListed = [](std::string_view name, std::uint8_t protocol, std::uint16_t port) {
        return (name == "services" ? kServices : kInsecurePorts).contains({protocol, port});
    };
    Counted out;
    for (const auto& word : sweeneyWords(sent, world)) {
        if (!word) continue;
        ++out[*word];
        words.push_back(*word);
    }
    return out;
}

Counted counted(const score::Scores& scores) {
    Counted out;
    for (const auto& c : scores.words)
        if (c.flows) out[c.word] += c.flows;
    return out;
}

/// Of the directions that were scored, record by record.
std::vector<std::uint64_t> wordsOf(const score::Scores& scores) {
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < scores.forward.size(); ++i)
        for (const auto* rows : {&scores.forward, &scores.reverse})
            if (!rows->empty() && (*rows)[i] != score::Scores::kNotScored) out.push_back(scores.words[(*rows)[i]].word);
    return out;
}

score::Scores scored(const flow::ChunkSource& source, const Terms& terms, unsigned threads,
                     const std::string& text = shipped()) {
    const auto parsed = score::parseProfile(text, terms);
    if (!parsed.good()) qFatal("%s", parsed.diagnostics.front().message.c_str());
    JobContext job({}, {}, threads);
    auto out = score::scoreRecords(source, parsed.profile, terms, job);
    if (!out) qFatal("%s", out.error().detail.c_str());
    return std::move(*out);
}

/// The one word of records that all bear the same codes; the first one, which makes 10.0.0.1 active, is not inbound.
std::uint64_t wordOf(std::vector<Record> records, const Terms& given = {}) {
    records.insert(records.begin(), {kActive, 0, 50000, 50000});
    const flow::MemorySource source(columnsOf(records), table(kHosts));
    Terms terms = given;
    terms.look(source);
    const auto scores = scored(source, terms, 1);
    const Counted words = counted(scores);
    return words.size() == 1 ? words.begin()->first : ~std::uint64_t{0};
}

/// Rows of one kind: made when they are read.
struct Kind {
    Record record;
    std::uint64_t flows;
};
class Repeated final : public flow::ChunkSource {
public:
    Repeated(std::vector<Kind> kinds, flow::AddressTable addresses)
        : kinds_(std::move(kinds)), addresses_(std::move(addresses)) {
        for (std::size_t k = 0; k < kinds_.size(); ++k)
            for (std::uint64_t at = 0; at < kinds_[k].flows; at += flow::kChunkRows) {
                const auto n = std::uint32_t(std::min<std::uint64_t>(flow::kChunkRows, kinds_[k].flows - at));
                chunks_.push_back({1, rows_, n, 0, 0});
                kindOf_.push_back(k);
                rows_ += n;
            }
    }
    std::span<const flow::ChunkInfo> chunks() const override { return chunks_; }
    std::uint64_t rows() const override { return rows_; }
    const flow::AddressTable& addresses() const override { return addresses_; }
    Status read(std::size_t chunk, flow::ColSet wanted, flow::RecordColumns& out) const override {
        const flow::RecordColumns all =
            columnsOf(std::vector<Record>(chunks_[chunk].rows, kinds_[kindOf_[chunk]].record));
        out.clear();
        flow::forEachColumn(all, out, [&](Col col, const auto& from, auto& to) {
            if (wanted.has(col)) to.append(from.span());
        });
        return ok();
    }
    bool zone(std::size_t, Col, std::int64_t&, std::int64_t&) const override { return false; }

private:
    std::vector<Kind> kinds_;
    flow::AddressTable addresses_;
    std::vector<flow::ChunkInfo> chunks_;
    std::vector<std::size_t> kindOf_;
    std::uint64_t rows_ = 0;
};

}  // namespace

class TstScore : public QObject {
    Q_OBJECT
private slots:
    void randomRecords();
    void publishedTables();
    void workedExample();
    void discounts();
    void ranking();
    void packetsOnPort22();
    void scanThresholds_data();
    void scanThresholds();
    void otherEdges();
    void groupKeys();
    void distinctValues();
    void directions();
    void profiles_data();
    void profiles();
    void cancel();
};

void TstScore::randomRecords() {
    const std::uint32_t seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 rng(seed);
    const auto upTo = [&](std::uint32_t n) { return std::uint32_t(rng() % n); };
    for (int round = 0; round < 6; ++round) {
        std::vector<std::string> hosts;
        for (int i = 1; i <= 40; ++i) hosts.push_back("1.0.0." + std::to_string(i));
        for (int i = 1; i <= 40; ++i) hosts.push_back("10.0.0." + std::to_string(i));
        for (int i = 1; i <= 9; ++i) hosts.push_back("2001:db8::" + std::to_string(i));
        for (int i = 1; i <= 9; ++i) hosts.push_back("fd00::" + std::to_string(i));
        constexpr std::uint16_t kPorts[] = {22, 23, 53, 80, 161, 443, 0, 3389, 2323, 40000};
        const bool few = round % 2;  // scans need many flows of one port
        std::vector<Record> records(few ? 9'000 : 150'000);
        for (Record& r : records) {
            const bool six = upTo(6) == 0, out = upTo(8) == 0;
            const std::uint32_t outside = six ? 80 + upTo(9) : upTo(40), inside = six ? 89 + upTo(9) : 40 + upTo(40);
            r.src = out ? inside : outside;
            r.dst = out ? outside : inside;
            if (out) r.src = six ? 89 + upTo(2) : 40 + upTo(9);  // most of the inside never sends by itself
            if (upTo(50) == 0) r.dst = r.src;
            r.srcPort = upTo(3) ? std::uint16_t(40000 + upTo(9)) : kPorts[upTo(10)];
            r.dstPort = kPorts[few ? upTo(4) : upTo(10)];
            r.protocol = std::uint8_t(upTo(4) ? 6 : upTo(3) ? 17 : 47);
            r.flags = r.protocol == 6 ? std::uint8_t(upTo(2) ? 2 : upTo(256)) : std::uint8_t{0};
            r.packets = upTo(2) ? 1 : 1 + upTo(60) / (1 + r.dstPort % 4);
            r.reversePackets = upTo(5) || (!out && inside % 3) ? 0 : 1 + upTo(20);  // some of it answers
            r.reverseFlags = std::uint8_t(r.protocol == 6 ? upTo(64) : 0);
        }
        const flow::MemorySource source(columnsOf(records), table(hosts));
        Terms terms;
        for (const char* list : {"ndpi", "alienvault", "emerging-threats"})
            for (flow::HostId h = 0; h < source.addresses().size(); ++h)
                if (upTo(7) == 0) terms.host(list, source.addresses()[h]);
        terms.look(source);
        std::vector<std::uint64_t> words;
        const Counted expected = reference(records, source.addresses(), terms, words);
        QVERIFY(expected.size() > 20);
        const auto dark =
            std::count_if(expected.begin(), expected.end(), [](const auto& e) { return (e.first & kDark) != 0; });
        QVERIFY(dark > 5 && std::size_t(dark) + 5 < expected.size());
        for (const unsigned threads : {1u, 2u}) {
            const auto found = scored(source, terms, threads);
            QVERIFY(counted(found) == expected);
            QVERIFY(wordsOf(found) == words);
            std::uint64_t sum = 0;
            for (const auto& [word, n] : expected) sum += n;
            QCOMPARE(found.scored, sum);
        }
    }
}

/// A capture made to Tables IV and V of the paper gives their rows, sums and order.
void TstScore::publishedTables() {
    Terms terms;
    terms.host("alienvault", *flow::parseAddress("1.0.0.2"));
    terms.host("emerging-threats", *flow::parseAddress("1.0.0.3"));
    for (const char* list : {"alienvault", "emerging-threats"}) terms.host(list, *flow::parseAddress("1.0.0.4"));
    constexpr std::uint32_t kPlain = 0, kAvHost = 1, kEtHost = 2, kBoth = 3;
    // Scans by port: 23 is insecure, 22 and 443 are services, 2323 is unknown; four packets a flow on port 40001 are no
    // scan.
    const auto tcp = [](std::uint32_t src, std::uint32_t dst, std::uint16_t port, std::uint64_t packets = 1,
                        std::uint8_t flags = 2) {
        return Record{src, dst, 50000, port, 6, flags, packets, packets * 40, 0, 0};
    };
    const auto udp = [](std::uint32_t src, std::uint16_t port) {
        return Record{src, kActive, 50000, port, 17, 0, 1, 60, 0, 0};
    };
    struct Row {
        std::uint64_t word, flows;
        int badness;
        Record record;
    };
    const std::vector<Row> rows{
        // Table V, in its order
        {kDark | kInsecure | kScan | kSyn, 317'380, 50, tcp(kPlain, kUnused, 23)},
        {kAv | kDark | kInsecure | kScan | kSyn, 41'034, 60, tcp(kAvHost, kUnused, 23)},
        {kAv | kInsecure | kScan | kSyn, 12'914, 50, tcp(kAvHost, kActive, 23)},
        {kAv | kDark | kScan | kUnknown | kSyn, 6'926, 55, tcp(kAvHost, kUnused, 2323)},
        {kAv | kDark | kScan | kSyn, 4'599, 50, tcp(kAvHost, kUnused, 22)},
        {kAv | kScan | kSsh, 2'251, 50, tcp(kAvHost, kActive, 22, 11, 0x1a)},
        {kEt | kDark | kScan | kSyn, 851, 50, tcp(kEtHost, kUnused, 22)},
        {kAv | kEt | kDark | kScan | kUnknown | kSyn, 647, 65, tcp(kBoth, kUnused, 2323)},
        {kAv | kEt | kDark | kInsecure | kScan | kSyn, 496, 70, tcp(kBoth, kUnused, 23)},
        {kAv | kEt | kDark | kScan | kSyn, 381, 60, tcp(kBoth, kUnused, 22)},
        // the other rows of Table IV
        {kUnknown | kSyn, 3'579'403, 15, tcp(kPlain, kActive, 40001, 4)},
        {kUnknown, 1'131'551, 5, udp(kPlain, 40002)},
        {kDark | kUnknown | kSyn, 830'488, 25, tcp(kPlain, kUnused, 40001, 4)},
        {kAv, 784'267, 10, udp(kAvHost, 53)},
        {kAv | kUnknown | kSyn, 770'071, 25, tcp(kAvHost, kActive, 40001, 4)},
        {kInsecure | kScan | kSyn, 98'835, 40, tcp(kPlain, kActive, 23)},
        {kScan | kUnknown | kSyn, 60'206, 35, tcp(kPlain, kActive, 2323)},
        {kDark | kScan | kUnknown | kSyn, 51'958, 45, tcp(kPlain, kUnused, 2323)},
    };
    std::vector<Kind> kinds{{{kActive, 0, 50000, 50000, 17, 0}, 1}};
    std::uint64_t total = 0;
    for (const Row& r : rows) {
        kinds.push_back({r.record, r.flows});
        total += r.flows;
    }
    const Repeated source(std::move(kinds), table(kHosts));
    terms.look(source);
    const auto scores = scored(source, terms, 2);
    QCOMPARE(scores.scored, total);
    const auto parsed = score::parseProfile(shipped(), terms);
    const Counted found = counted(scores);
    QCOMPARE(found.size(), rows.size());
    for (const Row& r : rows) {
        QVERIFY2(found.contains(r.word), std::to_string(r.word).c_str());
        QCOMPARE(found.at(r.word), r.flows);
        QCOMPARE(score::pointsOf(parsed.profile, r.word).badness, r.badness);
        QCOMPARE(score::pointsOf(parsed.profile, r.word).goodness, 0);
    }
    std::vector<std::pair<std::uint64_t, int>> worst;
    for (const auto& [word, n] : found)
        if (const int badness = score::pointsOf(parsed.profile, word).badness; badness >= 50)
            worst.emplace_back(n, badness);
    std::sort(worst.rbegin(), worst.rend());
    std::vector<int> sums;
    std::uint64_t flows = 0;
    for (const auto& [n, badness] : worst) {
        sums.push_back(badness);
        flows += n;
    }
    QCOMPARE(sums, (std::vector{50, 60, 50, 55, 50, 50, 50, 65, 70, 60}));
    QCOMPARE(flows, 387'479u);
}

void TstScore::workedExample() {
    Terms terms;
    terms.host("alienvault", *flow::parseAddress("1.0.0.2"));
    const std::uint64_t word = wordOf({{1, kActive, 50000, 80}}, terms);
    QCOMPARE(word, std::uint64_t(kAv | kSyn));
    QCOMPARE(score::pointsOf(score::parseProfile(shipped(), terms).profile, word).badness, 20);
}

/// Tests that always fire together count once, tests that never do in full; likeness is of either.
void TstScore::discounts() {
    const Terms terms;
    const auto profile = score::parseProfile(
                             "weir-score 1\nbad 10 \"A\" when any\nbad 20 \"B\" when any\ngood 5 \"G\" when any\nbad "
                             "10 \"C\" when any\nbad 8 \"D\" when any\n",
                             terms)
                             .profile;
    // A and B always together; C with them in 10 of 40; D alone; G with D.
    const std::vector<score::CodeCount> words{{0, 100},      {0b00011, 20}, {0b01011, 10},
                                              {0b01000, 10}, {0b10100, 30}, {0b00100, 0}};
    const score::Overlap overlap(5, words);
    QCOMPARE(overlap.flows(), std::uint64_t(170));
    QCOMPARE(overlap.both(0, 0), std::uint64_t(30));
    QCOMPARE(overlap.both(0, 3), std::uint64_t(10));
    QCOMPARE(overlap.likeness(0, 1), 1.0);
    QCOMPARE(overlap.likeness(3, 1), 0.25);
    QCOMPARE(overlap.likeness(0, 4), 0.0);
    QCOMPARE(overlap.lift(0, 1), 30.0 * 170 / (30 * 30));
    QCOMPARE(score::discountedBadness(profile, overlap, 0b00011), 20.0);                // B, and A says the same
    QCOMPARE(score::discountedBadness(profile, overlap, 0b01001), 10.0 + 10.0 * 0.75);  // A before C
    QCOMPARE(score::discountedBadness(profile, overlap, 0b01011), 20.0 + 0.0 + 10.0 * 0.75 * 0.75);
    QCOMPARE(score::discountedBadness(profile, overlap, 0b10100), 8.0);  // goodness is no part of it
    QCOMPARE(score::discountedPoints(profile, overlap, 0b01011), (std::vector<double>{0, 20, 0, 5.625, 0}));
    const score::Overlap nothing(5, {});
    QCOMPARE(nothing.likeness(0, 1), 0.0);
    QCOMPARE(nothing.lift(0, 1), 0.0);
}

void TstScore::ranking() {
    const Terms terms;
    const auto profile =
        score::parseProfile("weir-score 1\ngood 30 \"A\" when any\nbad 10 \"B\" when any\nbad 20 \"C\" when any\n",
                            terms)
            .profile;
    score::Scores scores;
    scores.words = {{0, 0}, {0, 50}, {1, 9}, {2, 8}, {3, 7}, {4, 6}, {5, 5}, {6, 22}};
    std::vector<std::uint64_t> order;
    for (const auto& r : score::ranked(profile, scores.words)) order.push_back(r.count.word);
    QCOMPARE(order, (std::vector<std::uint64_t>{6, 5, 4, 3, 2, 1}));  // badness, then goodness; 0 bears no code
    QCOMPARE(score::flowsPerCode(profile, scores.words), (std::vector<std::uint64_t>{21, 37, 33}));
    QCOMPARE(score::flowsPerBadness(profile, scores.words),
             (std::map<int, std::uint64_t>{{0, 59}, {10, 15}, {20, 11}, {30, 22}}));
    QCOMPARE(score::codesOf(profile, 5), (std::vector<std::string>{"A", "C"}));
    QCOMPARE(score::pointsOf(profile, 5).goodness, 30);
    QCOMPARE(score::pointsOf(profile, 5).badness, 20);
}

void TstScore::packetsOnPort22() {
    for (const auto& [packets, ssh] : {std::pair{10u, false}, {11u, true}, {51u, true}, {52u, false}})
        QCOMPARE(wordOf({{0, kActive, 50000, 22, 6, 0x1b, packets}}), ssh ? std::uint64_t{kSsh} : 0u);
}

void TstScore::scanThresholds_data() {
    QTest::addColumn<int>("flows");
    QTest::addColumn<int>("packets");
    QTest::addColumn<bool>("scan");
    QTest::newRow("1000 flows") << 1000 << 1000 << false;
    QTest::newRow("1001 flows") << 1001 << 1001 << true;
    QTest::newRow("3.999 packets a flow") << 2000 << 7999 << true;
    QTest::newRow("4 packets a flow") << 2000 << 8000 << false;
}

void TstScore::scanThresholds() {
    QFETCH(int, flows);
    QFETCH(int, packets);
    QFETCH(bool, scan);
    std::vector<Record> records(std::size_t(flows), Record{0, kActive, 50000, 80, 6, 0x12, 1});
    records.back().packets += std::uint64_t(packets - flows);
    QCOMPARE(wordOf(records), scan ? std::uint64_t{kScan} : 0u);
}

void TstScore::otherEdges() {
    Terms terms;
    for (const char* host : {"1.0.0.2", "10.0.0.1"}) terms.host("alienvault", *flow::parseAddress(host));
    QCOMPARE(wordOf({{1, kActive, 50000, 80, 6, 0x12}}, terms), std::uint64_t(kAv));       // both ends listed: once
    QCOMPARE(wordOf({{0, kActive, 50000, 161, 17, 0}}), std::uint64_t(kInsecure));         // an insecure UDP port
    QCOMPARE(wordOf({{0, kActive, 50000, 3389, 17, 0}}), std::uint64_t(kUnknown));         // insecure with TCP only
    QCOMPARE(wordOf({{0, kActive, 0, 0, 6, 0x12}}), std::uint64_t(kUnknown));              // port 0
    QCOMPARE(wordOf({{0, kActive, 80, 50000, 6, 0x12}}), std::uint64_t(0));                // one known port is enough
    QCOMPARE(wordOf({{0, kActive, 0, 0, 47, 0}}), std::uint64_t(0));                       // no ports, no conversation
    QCOMPARE(wordOf({{6, 7, 50000, 23, 6, 2}}), std::uint64_t(kDark | kInsecure | kSyn));  // IPv6
    QCOMPARE(wordOf({{0, kActive, 50000, 80, 6, 0x12, 1, 40, 0x12, 1}, {0, kActive, 50000, 80, 6, 0x12}}),
             std::uint64_t(0));  // answers are outbound
}

/// Two keys, a bin of time, and what a test counts.
void TstScore::groupKeys() {
    std::vector<Record> records;
    for (int i = 0; i < 300; ++i)
        records.push_back({std::uint32_t(i % 3), kActive, 50000, std::uint16_t(80 + i % 2), 6, 2, 2, 100});
    const flow::MemorySource source(columnsOf(records), table(kHosts));  // a record a millisecond
    Terms terms;
    terms.look(source);
    const auto flowsOf = [&](const std::string& condition) {
        const auto scores = scored(source, terms, 2, "weir-score 1\nbad 1 \"X\" when " + condition + "\n");
        std::uint64_t n = 0;
        for (const auto& c : scores.words) n += c.word ? c.flows : 0;
        return n;
    };
    QCOMPARE(flowsOf("any group by src ip, dst port having flows = 50"), 300u);
    QCOMPARE(flowsOf("any group by src ip having flows = 100 and bytes/packets = 50"), 300u);
    QCOMPARE(flowsOf("src ip 1.0.0.1 group by src ip, dst ip having packets >= 200"), 100u);
    QCOMPARE(flowsOf("src ip 1.0.0.1 group by src ip, dst ip having packets > 200"), 0u);
    QCOMPARE(flowsOf("any group by proto, bin 1s having flows = 300"), 300u);
    QCOMPARE(flowsOf("dst port 80 group by src port having bytes != 15000"), 0u);
    QCOMPARE(flowsOf("any group by dst port having flows <= 150 and packets < 301"), 300u);
}

/// Against sets, on records of both directions over several chunks, by ports and by other keys.
void TstScore::distinctValues() {
    std::mt19937 rng(11);
    const auto upTo = [&](std::uint32_t n) { return std::uint32_t(rng() % n); };
    std::vector<std::string> hosts;
    for (int i = 1; i <= 200; ++i) hosts.push_back("1.0.0." + std::to_string(i));
    for (int i = 1; i <= 100; ++i) hosts.push_back("10.0.0." + std::to_string(i));
    std::vector<Record> records(150'000);
    for (Record& r : records) {
        const bool out = upTo(10) == 0;
        r.src = out ? 200 + upTo(5) : upTo(200);
        // The higher the source, the fewer hosts and ports it tries.
        r.dst = out ? upTo(200) : 200 + upTo(1 + 99 / (1 + r.src / 3));
        r.srcPort = std::uint16_t(1000 + upTo(3000));
        r.dstPort = std::uint16_t(1 + upTo(1 + 400 / (1 + r.src)));
        r.protocol = std::uint8_t(upTo(3) ? 6 : 17);
        r.reversePackets = upTo(4) ? 0 : 1;
    }
    const flow::MemorySource source(columnsOf(records), table(hosts));
    Terms terms;
    terms.look(source);
    struct Case {
        const char* condition;
        std::function<std::uint64_t(const Sent&)> key, value;
        std::size_t least;
    };
    const auto hash = [](std::uint64_t a, std::uint64_t b) { return a << 32 | b; };
    const std::vector<Case> cases{
        {"proto tcp group by src ip having distinct(dst ip) > 20", [](const Sent& s) { return s.src; },
         [](const Sent& s) { return s.dst; }, 21},
        {"proto tcp group by src ip, dst ip having distinct(dst port) >= 8",
         [&](const Sent& s) { return hash(s.src, s.dst); }, [](const Sent& s) { return s.dstPort; }, 8},
        {"proto tcp group by dst port having distinct(src ip) > 90", [](const Sent& s) { return s.dstPort; },
         [](const Sent& s) { return s.src; }, 91},
        {"proto tcp group by src port having distinct(dst ip) >= 13", [](const Sent& s) { return s.srcPort; },
         [](const Sent& s) { return s.dst; }, 13},
    };
    for (const Case& c : cases) {
        std::map<std::uint64_t, std::set<std::uint64_t>> seen;
        std::vector<Sent> inbound;
        for (const Record& r : records)
            for (const Sent& s : directionsOf(r))
                if (s.src < 200 && s.dst >= 200) inbound.push_back(s);
        for (const Sent& s : inbound)
            if (s.protocol == 6) seen[c.key(s)].insert(c.value(s));
        std::uint64_t expected = 0;
        for (const Sent& s : inbound) expected += s.protocol == 6 && seen[c.key(s)].size() >= c.least;
        QVERIFY2(expected > 100 && expected < inbound.size() * 9 / 10, c.condition);
        for (const unsigned threads : {1u, 2u}) {
            const auto scores =
                scored(source, terms, threads, std::string("weir-score 1\nbad 1 \"X\" when ") + c.condition + "\n");
            QVERIFY2(counted(scores)[1] == expected,
                     (std::string(c.condition) + ": " + std::to_string(counted(scores)[1]) + " of " +
                      std::to_string(expected))
                         .c_str());
        }
    }
    // Two of them in one test, beside a sum; and none of the group.
    const auto both = scored(source, terms, 2,
                             "weir-score 1\nbad 1 \"X\" when proto tcp group by src ip having distinct(dst ip) > 20 "
                             "and distinct(dst port) > 100 and flows > 10\n");
    const auto one = scored(
        source, terms, 2,
        "weir-score 1\nbad 1 \"X\" when proto tcp group by src ip having distinct(dst ip) > 20 and flows > 10\n");
    QVERIFY(counted(both)[1] > 0 && counted(both)[1] < counted(one)[1]);
    QCOMPARE(
        counted(scored(source, terms, 2,
                       "weir-score 1\nbad 1 \"X\" when proto tcp group by src ip having distinct(proto) > 1\n"))[1],
        0u);
}

void TstScore::directions() {
    const flow::MemorySource source(columnsOf({{0, kActive, 50000, 80},
                                               {kActive, 0, 50000, 80, 6, 2, 1, 40, 0x12, 1},
                                               {kUnused, kActive, 50000, 80},
                                               {0, 1, 50000, 80}}),
                                    table(kHosts));
    Terms terms;
    terms.look(source);
    const auto flows = [&](const std::string& apply) {
        return scored(source, terms, 1, "weir-score 1\napply to " + apply + "\nbad 1 \"X\" when any\n").scored;
    };
    QCOMPARE(flows("inbound"), 2u);  // one of them the answer
    QCOMPARE(flows("outbound"), 1u);
    QCOMPARE(flows("internal"), 1u);
    QCOMPARE(flows("inbound, outbound and internal"), 4u);
    QCOMPARE(flows("inbound outbound internal transit"), 5u);
}

void TstScore::profiles_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* text, int line, int column, const char* message) {
        QTest::addRow("%s", text) << QByteArray(text) << line << column << QByteArray(message);
    };
    row("", 1, 1, "expected `weir-score 1`");
    row("weir-rules 1", 1, 1, "expected `weir-score 1` as the first line");
    row("weir-score 2", 1, 12, "version 1");
    row("weir-score 1 x", 1, 14, "the end of the line");
    row("weir-score 1\nname Sweeney", 2, 6, "a name in quotes");
    row("weir-score 1\napply inbound", 2, 7, "`to`");
    row("weir-score 1\napply to", 2, 9, "inbound, outbound");
    row("weir-score 1\napply to sideways", 2, 10, "inbound, outbound");
    row("weir-score 1\nugly 5 \"X\" when any", 2, 1, "good or bad");
    row("weir-score 1\nbad 1 \"X\" when any group by src ip having distinct dst ip > 1", 2, 52, "`(`");
    row("weir-score 1\nbad 1 \"X\" when any group by src ip having distinct(bin) > 1", 2, 52, "src ip, dst ip");
    row("weir-score 1\nbad 1 \"X\" when any group by src ip having distinct(dst ip > 1", 2, 59, "`)`");
    row("weir-score 1\nbad 1 \"X\" when any group by src ip having distinct(dst ip)", 2, 59, "a comparison");
    row("weir-score 1\nbad", 2, 4, "points");
    row("weir-score 1\nbad -1 \"X\" when any", 2, 5, "points");
    row("weir-score 1\nbad 1 X when any", 2, 7, "a code in quotes");
    row("weir-score 1\nbad 1 \"X\"", 2, 10, "`when`");
    row("weir-score 1\nbad 1 \"X\" when", 2, 15, "a filter");
    row("weir-score 1\nbad 1 \"X\" when group by dst port having flows > 1", 2, 16, "a filter");
    row("weir-score 1\nbad 1 \"X\" when proto tcpp", 2, 22, "tcpp");
    row("weir-score 1\nbad 1 \"X\" when any\nbad 1 \"X\" when any", 3, 7, "line 2");
    row("weir-score 1\nbad 1 \"X\" when any group dst port", 2, 26, "`by`");
    row("weir-score 1\nbad 1 \"X\" when any group by colour", 2, 29, "src ip, dst ip");
    row("weir-score 1\nbad 1 \"X\" when any group by bin 5x having flows > 1", 2, 33, "30s, 5m");
    row("weir-score 1\nbad 1 \"X\" when any group by dst port", 2, 37, "`having`");
    row("weir-score 1\nbad 1 \"X\" when any group by dst port having flow > 1", 2, 45, "flows, packets");
    row("weir-score 1\nbad 1 \"X\" when any group by dst port having flows 1", 2, 51, "a comparison");
    row("weir-score 1\nbad 1 \"X\" when any group by dst port having flows > x", 2, 53, "a number");
    row("weir-score 1\nbad 1 \"X\" when any group by dst port having flows > 1 or any", 2, 55, "the end of the line");
    row("weir-score 1\nbad 1 \"X\" when test beacon", 2, 21, "the name of a built-in test");
}

void TstScore::profiles() {
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QByteArray, message);
    const Terms terms;
    const auto parsed = score::parseProfile(text.toStdString(), terms);
    QVERIFY(!parsed.good());
    const Diagnostic& d = parsed.diagnostics.front();
    QVERIFY2(d.message.find(message.toStdString()) != std::string::npos, d.message.c_str());
    QCOMPARE(int(d.line), line);
    QCOMPARE(int(d.column), column);
    // Cut anywhere, a text is at worst one with problems.
    const std::string whole = shipped();
    for (std::size_t n = 0; n < whole.size(); ++n)
        (void)score::parseProfile(std::string_view(whole).substr(0, n), terms);
}

void TstScore::cancel() {
    const flow::MemorySource source(columnsOf({{0, kActive, 50000, 80}}), table(kHosts));
    Terms terms;
    terms.look(source);
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {}, 1);
    const auto got = score::scoreRecords(source, score::parseProfile(shipped(), terms).profile, terms, job);
    QVERIFY(!got && got.error().code == Errc::cancelled);
}

QTEST_APPLESS_MAIN(TstScore)
#include "tst_score.moc"
