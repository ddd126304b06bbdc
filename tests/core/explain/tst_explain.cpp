// Why a flow is what it is: evidence in words on a small scene, rules missed by one sign, and repairs that keep their
// promise.
#include "core/classify/classify.h"
#include "core/explain/explain.h"
#include "core/flow/memory_source.h"
#include "core/meter/derive.h"
#include "core/rules/analysis.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/shipped_lists.h"
#include "core/session/rows/row_reader.h"
#include "core/session/verbs/inspect.h"
#include "tests/core/rules/shipped.h"

#include <QTest>

#include <bit>

#include <algorithm>
#include <random>

using namespace weir;
using namespace weir::explain;
using test::kSigns;
using test::wordOf;

namespace {

constexpr std::int64_t kBin = 1'700'000'400'000'000;  // a multiple of 10 minutes: 2023-11-14T22:20:00Z

struct Packet {
    const char *src, *dst;
    std::uint16_t srcPort, dstPort;
    std::uint8_t protocol;
    std::uint64_t packets = 1, bytes = 60;
    std::int64_t atSeconds = 0;
};

/// A snapshot over records in memory, with everything derived. Local network: 10.20.0.0/16.
std::shared_ptr<session::Snapshot> snapshotOf(const std::vector<Packet>& packets) {
    std::vector<std::uint32_t> hosts;
    for (const Packet& p : packets)
        for (const char* text : {p.src, p.dst}) hosts.push_back(flow::parseAddress(text)->v4Value());
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    Buffer<std::uint32_t> v4;
    v4.append(hosts);
    flow::AddressTable addresses(std::move(v4), {});
    flow::RecordColumns r;
    for (const Packet& p : packets) {
        r.start.push_back(kBin + p.atSeconds * 1'000'000);
        r.end.push_back(kBin + p.atSeconds * 1'000'000);
        r.src.push_back(*addresses.find(*flow::parseAddress(p.src)));
        r.dst.push_back(*addresses.find(*flow::parseAddress(p.dst)));
        r.srcPort.push_back(p.srcPort);
        r.dstPort.push_back(p.dstPort);
        r.icmpTypeCode.push_back(0);
        r.protocol.push_back(p.protocol);
        r.tcpFlags.push_back(0);
        r.packets.push_back(p.packets);
        r.bytes.push_back(p.bytes);
    }
    auto s = std::make_shared<session::Snapshot>();
    JobContext job;
    s->settings.pairing.local = {*flow::parsePrefix("10.20.0.0/16")};
    s->records = std::make_shared<flow::MemorySource>(std::move(r), std::move(addresses));
    s->hostBits = std::make_shared<const std::vector<std::uint8_t>>(
        meter::markHosts(s->records->addresses(), s->settings.pairing.local));
    s->flows =
        std::make_shared<flow::DerivedFlows>(std::move(*meter::deriveFlows(*s->records, s->settings.pairing, job)));
    auto profiles = profile::buildProfiles(*s->flows, *s->hostBits, s->settings.profile, job);
    const auto bogons = lists::markMembers(s->records->addresses(), session::bogonList());
    auto data = std::make_shared<session::SignData>();
    data->words = std::move(*signs::oneWay().assign(
        {*s->flows, *profiles, *s->hostBits, bogons, s->settings.profile, s->settings.signs}, job));
    data->tally = tally::tallyWords(data->words, *s->flows, flow::Direction::in, 1);
    s->setSigns(std::move(data));
    return s;
}

/// 10.20.14.8 talks to 192.0.9.77 and gets a stray packet of it; 192.0.9.5 asks a silent address; a bogon knocks.
const std::vector<Packet>& scene() {
    static const std::vector<Packet> kScene = {
        {"10.20.14.8", "192.0.9.77", 50000, 443, 6, 1203, 99999, 12},
        {"192.0.9.77", "10.20.14.8", 443, 50000, 6, 900, 999999, 12},
        {"192.0.9.77", "10.20.14.8", 443, 51844, 6, 3, 156, 151},
        {"192.0.9.5", "10.20.99.1", 40000, 23, 6, 1, 40, 200},
        {"192.0.9.5", "10.20.99.2", 40001, 23, 6, 1, 40, 201},
        {"203.0.113.9", "10.20.14.8", 0, 0, 1, 1, 84, 300},
        {"10.20.14.8", "192.0.9.200", 50001, 53, 17, 1, 70, 310},
    };
    return kScene;
}

std::string evidence(const std::vector<SignLine>& lines, std::string_view sign) {
    for (const SignLine& l : lines)
        if (l.name == sign) return l.evidence;
    return "missing";
}

session::FlowExplanation inspect(const session::SnapshotPtr& s, std::string_view id, const std::string& rules) {
    session::Judge judge;
    JobContext job;
    const auto judgement = judge.judge(rules, s->signs()->tally, s);
    const auto row = session::derivedRowOf(*s, id);
    auto result = session::inspectFlow(s, judgement, *row, job);
    if (!result) qFatal("%s", result.error().detail.c_str());
    return std::move(*result);
}

}  // namespace

class TstExplain : public QObject {
    Q_OBJECT
private slots:
    void nearestClass();
    void nearestAgainstTryingAll();
    void signsInWords();
    void otherEvidence_data();
    void otherEvidence();
    void notClassified_data();
    void notClassified();
    void holdsAgreesWithTheWord();
    void rulesMissedByOne();
    void repairsOfBigler();
    void repairsKeepTheirPromise();
};

void TstExplain::signsInWords() {
    const auto s = snapshotOf(scene());
    const auto e = inspect(s, "1:2", test::shippedRules("bigler-2011"));
    const auto& lines = e.why.signs;
    QCOMPARE_EQ(e.notClassifiedBecause, "");
    QCOMPARE_EQ(rules::signNamesOf(e.why.word, kSigns), "Backsc PotOk TCP");
    QCOMPARE_EQ(lines.size(), 18u);
    QVERIFY(lines[0].holds && lines[1].holds && lines[2].holds && !lines[3].holds);
    QCOMPARE_EQ(evidence(lines, "Backsc"), "443 is a service port; 51844 \u2265 1024 and is not a local service");
    QCOMPARE_EQ(evidence(lines, "PotOk"), "pair has biflow 1:0 at 22:20:12, same interval");
    QCOMPARE_EQ(evidence(lines, "TCP"), "protocol 6");
    QCOMPARE_EQ(evidence(lines, "TRWscan"),
                "no verdict: 0 failures, 1 success, sum \u22121.39 (bounds \u22124.60, 5.29)");
    QCOMPARE_EQ(evidence(lines, "GreyIP"), "10.20.14.8 sent 1,204 packets");
    QCOMPARE_EQ(evidence(lines, "Large"), "3 packets, 156 bytes (needs 10 packets or 10,240 bytes)");
    QCOMPARE_EQ(evidence(lines, "InOut"), "pair has 1 one-way flow this way and 0 the other way in the window");
    QCOMPARE_EQ(evidence(lines, "Retry"), "no flow with the same ports ended in the 240 seconds before");
    QCOMPARE_EQ(evidence(lines, "Unreach"), "10.20.14.8 port 51844: two-way flows with 0 remote hosts (needs 2)");
    QVERIFY(evidence(lines, "bogon").starts_with("192.0.9.77 is not in the bogon list of 2026-11"));
    QCOMPARE_EQ(e.records, std::vector<std::string>{"1:2"});
    QCOMPARE_EQ(e.why.sameWordFlows, 1u);
    QVERIFY(e.sameWordSources == 1 && e.sameWordDestinations == 1 && e.sameWordSourcePorts == 1);
    QVERIFY(!e.why.repairs.empty());
}

void TstExplain::otherEvidence_data() {
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("sign");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* id, const char* sign, const char* text) {
        QTest::newRow(text) << QByteArray(id) << QByteArray(sign) << QByteArray(text);
    };
    row("1:3", "GreyIP", "10.20.99.1 sent no packet");
    row("1:3", "TRWnom", "no verdict: 2 failures, 0 successes, sum 2.77 (bounds \u22124.60, 5.29)");
    row("1:3", "HCscan", "2 local hosts never answered, 0 did (needs 4, and 2 times as many as did)");
    row("1:3", "Backsc", "40000 is not a service port");
    row("1:3", "Onepkt", "1 packet");
    row("1:3", "Artef", "ports 40000 and 23");
    row("1:3", "PotOk", "pair has no two-way flow in the interval");
    row("1:5", "Backsc", "protocol 1 has no ports");
    row("1:5", "Retry", "protocol 1 is not TCP");
    row("1:5", "bogon",
        "203.0.113.9 is in 203.0.113.0/24 (documentation (TEST-NET-3), RFC 5737) of the bogon list of 2026-11-22");
}
void TstExplain::otherEvidence() {
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, sign);
    const auto e = inspect(snapshotOf(scene()), id.toStdString(), test::shippedRules("glatz-2012"));
    QTEST(QByteArray::fromStdString(evidence(e.why.signs, sign.toStdString())), "expected");
}

void TstExplain::notClassified_data() {
    QTest::addColumn<QByteArray>("because");
    QTest::newRow("1:0") << QByteArray("two-way flow");
    QTest::newRow("1:1") << QByteArray("two-way flow");
    QTest::newRow("1:6") << QByteArray("outbound (rules are applied to inbound flows)");
}
void TstExplain::notClassified() {
    const auto e = inspect(snapshotOf(scene()), QTest::currentDataTag(), test::shippedRules("glatz-2012"));
    QTEST(QByteArray::fromStdString(e.notClassifiedBecause), "because");
    QVERIFY(e.why.signs.empty() && e.why.rules.empty());
}

void TstExplain::holdsAgreesWithTheWord() {
    const auto s = snapshotOf(scene());
    for (std::uint32_t row = 0; row < s->flows->size(); ++row) {
        if (s->signs()->words[row] == 0) continue;
        const signs::SignContext nothing;
        const auto lines = explainSigns(signs::oneWay(),
                                        signs::Finding(*s->flows, s->records->addresses(), row, s->signs()->words[row],
                                                       s->settings.profile, s->settings.signs, nothing));
        for (const SignLine& l : lines) {
            QCOMPARE_EQ(l.holds, (s->signs()->words[row] & (signs::SignWord{1} << l.bit)) != 0);
            QVERIFY(!l.evidence.empty());
        }
    }
}

void TstExplain::rulesMissedByOne() {
    const auto set = rules::parseRules(test::shippedRules("glatz-2012"), kSigns).set;
    const auto lines = explainRules(set, wordOf("Backsc PotOk TCP"));
    QCOMPARE_EQ(lines.size(), 17u);
    QCOMPARE_EQ(set.rules[lines[0].rule].name, "13");
    QVERIFY(lines[0].matches && lines[0].missedBy.empty());
    QStringList byOne;
    for (const RuleLine& l : lines) {
        QCOMPARE_EQ(l.matches, l.missedBy.empty());
        if (l.missedBy.size() == 1) byOne << QString::fromStdString(set.rules[l.rule].name + " " + l.missedBy[0]);
    }
    QCOMPARE_EQ(byOne, (QStringList{QStringLiteral("10 forbids PotOk"), QStringLiteral("11 needs Unreach"),
                                    QStringLiteral("12 needs P2P")}));
}

void TstExplain::repairsOfBigler() {
    const auto set = rules::parseRules(test::shippedRules("bigler-2011"), kSigns).set;
    const tally::Tally tally{
        {wordOf("Backsc PotOk TCP"), 100, 1, 1}, {wordOf("Backsc TCP"), 50, 1, 1}, {wordOf("PotOk TCP"), 20, 1, 1}};
    const auto repairs = proposeRepairs(set, wordOf("Backsc PotOk TCP"), tally);
    QVERIFY(repairs.size() >= 2);
    const auto text = [&](const Repair& r) { return set.rules[r.rule].name + " " + r.edit; };
    QCOMPARE_EQ(text(repairs[0]), "Backscatter1 !PotOk");  // what the authors did in rule 10
    QCOMPARE_EQ(repairs[0].conflictingDelta, -100);
    QCOMPARE_EQ(repairs[0].unclassifiedDelta, 0);
    QVERIFY(std::any_of(repairs.begin(), repairs.end(), [&](const Repair& r) { return text(r) == "Benign1 !Backsc"; }));
    QVERIFY(proposeRepairs(set, wordOf("PotOk TCP"), tally).empty());
    QVERIFY(proposeRepairs(set, wordOf("TCP"), tally).empty());
}

/// Applies each proposed edit and compares with a full recount.
void TstExplain::repairsKeepTheirPromise() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    const auto set = rules::parseRules(
                         "weir-rules 1\nclass A\n1: TCP !bogon\n2: GreyIP\nclass B\n3: Onepkt\nclass C\n4: Large "
                         "!UDP\n5: Onepkt Retry\n",
                         kSigns)
                         .set;
    int proposed = 0;
    for (int round = 0; round < 50; ++round) {
        tally::Tally tally;
        for (int i = 0; i < 100; ++i) tally.push_back({random() & 0x3ffff, 1 + random() % 100, 1, 1});
        const auto before = classify::classifyWords(set, tally);
        for (const Repair& r : proposeRepairs(set, tally[0].word, tally)) {
            rules::RuleSet changed = set;
            const bool forbid = r.edit[0] == '!';
            (forbid ? changed.rules[r.rule].mustNot : changed.rules[r.rule].must) |=
                wordOf(r.edit.substr(forbid ? 1 : 0));
            const auto after = classify::classifyWords(changed, tally);
            QCOMPARE_EQ(std::int64_t(after.conflicting) - std::int64_t(before.conflicting), r.conflictingDelta);
            QCOMPARE_EQ(std::int64_t(after.unclassified) - std::int64_t(before.unclassified), r.unclassifiedDelta);
            QVERIFY(before.verdicts[0].classesClaiming > 1 && after.verdicts[0].classesClaiming == 1);
            ++proposed;
        }
    }
    QVERIFY(proposed > 20);
}

void TstExplain::nearestClass() {
    const auto set = rules::parseRules(test::shippedRules("glatz-2012"), kSigns).set;
    const auto words = rules::WordSpace::of(set, 18).words;
    const auto near = nearestClasses(set, wordOf("Backsc TCP"), words);
    QCOMPARE_EQ(near.size(), 6u);  // five other classes, and Other
    QCOMPARE_EQ(near[0].signs(), 1u);
    const auto other = std::find_if(near.begin(), near.end(), [](const Nearest& n) { return n.className == "Other"; });
    QVERIFY(other != near.end());
    QCOMPARE_EQ(changeText(*other), "\u2212Backsc");
    for (const Nearest& n : near) QCOMPARE_EQ(std::size_t(std::popcount(n.word ^ wordOf("Backsc TCP"))), n.signs());
    QVERIFY(std::is_sorted(near.begin(), near.end(),
                           [](const Nearest& a, const Nearest& b) { return a.signs() < b.signs(); }));
}

/// No combination of fewer changes has the class.
void TstExplain::nearestAgainstTryingAll() {
    const auto set = rules::parseRules(test::shippedRules("bigler-2011"), kSigns).set;
    const auto words = rules::WordSpace::of(set, 18).words;
    std::mt19937 random(5);
    for (int round = 0; round < 30; ++round) {
        const rules::Word word = words[random() % words.size()];
        const auto nameOf = [&](rules::Word w) {
            const int r = rules::ruleOf(set, w);
            return r < 0 ? std::string("Other") : set.classes[set.rules[std::size_t(r)].classIndex].name;
        };
        for (const Nearest& n : nearestClasses(set, word, words)) {
            QCOMPARE_EQ(nameOf(n.word), n.className);
            QVERIFY(n.className != nameOf(word));
            for (const rules::Word w : words)
                if (std::size_t(std::popcount(w ^ word)) < n.signs()) QVERIFY(nameOf(w) != n.className);
        }
    }
}

QTEST_APPLESS_MAIN(TstExplain)
#include "tst_explain.moc"
