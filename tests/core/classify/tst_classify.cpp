// Classes of a tally: always sum to all flows, agree word by word with the rules' masks, and follow the order.
#include "core/classify/classify.h"
#include "core/rules/analysis.h"
#include "tests/core/rules/shipped.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <random>
#include <set>

using namespace weir;
using namespace weir::classify;
using test::kSigns;
using test::wordOf;

namespace {

rules::RuleSet parsed(const std::string& text) {
    rules::Parsed p = rules::parseRules(text, kSigns);
    if (!p.good()) qFatal("%s", p.diagnostics.front().message.c_str());
    return std::move(p.set);
}

tally::Tally randomTally(std::mt19937_64& random, std::size_t words) {
    tally::Tally tally;
    for (std::size_t i = 0; i < words; ++i) {
        const std::uint64_t flows = 1 + random() % 1000;
        tally.push_back({random() & 0x3ffff, flows, flows + random() % 1000, random() % 100000});
    }
    return tally;
}

}  // namespace

class TstClassify : public QObject {
    Q_OBJECT
private slots:
    void oneWord_data();
    void oneWord();
    void classesAndOtherAreAll_data();
    void classesAndOtherAreAll();
    void emptyTallyAndEmptySet();
    void conflictCountsOnceByOrder();
    void rowsAreFound();
};

void TstClassify::oneWord_data() {
    QTest::addColumn<int>("rule");
    QTest::newRow("TRWscan TCP") << 1;
    QTest::newRow("HCscan TCP") << 2;
    QTest::newRow("TRWscan HCscan UDP") << 3;
    QTest::newRow("TRWnom HCscan TCP") << 4;
    QTest::newRow("GreyIP Onepkt TCP") << 5;
    QTest::newRow("GreyIP Large UDP") << 6;
    QTest::newRow("Onepkt TCP") << 7;
    QTest::newRow("GreyIP Onepkt UDP") << 8;
    QTest::newRow("GreyIP Onepkt OTHER") << 5;  // rule 8 matches too: the first of the class takes it
    QTest::newRow("ICMP") << 9;
    QTest::newRow("Backsc TCP") << 10;
    QTest::newRow("Unreach TCP") << 11;
    QTest::newRow("P2P UDP") << 12;
    QTest::newRow("PotOk TCP") << 13;
    QTest::newRow("Large TCP") << 14;
    QTest::newRow("TRWnom TCP") << 15;
    QTest::newRow("ICMP InOut") << 16;
    QTest::newRow("bogon TCP") << 17;
    QTest::newRow("TCP") << 0;
}
void TstClassify::oneWord() {
    static const rules::RuleSet kSet = parsed(test::shippedRules("glatz-2012"));
    const tally::Tally tally{{wordOf(QTest::currentDataTag()), 40, 80, 4000}};
    const Classification c = classifyWords(kSet, tally);
    const int rule = c.verdicts[0].rule == kOther ? 0 : std::stoi(kSet.rules[c.verdicts[0].rule].name);
    QTEST(rule, "rule");
    QCOMPARE_EQ(c.unclassified, rule == 0 ? 40u : 0u);
    QCOMPARE_EQ(c.oneWay.bytes, 4000u);
    if (rule != 0) QCOMPARE_EQ(c.ruleFlows[c.verdicts[0].rule], 40u);
}

void TstClassify::classesAndOtherAreAll_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("glatz") << QByteArray::fromStdString(test::shippedRules("glatz-2012"));
    QTest::newRow("bigler") << QByteArray::fromStdString(test::shippedRules("bigler-2011"));
    QTest::newRow("overlapping") << QByteArray(
        "weir-rules 1\nclass A\n1: TCP\n2: TCP !UDP\nclass B\n3: Onepkt\nclass C\n4: !bogon\norder C B\n");
    QTest::newRow("no rules") << QByteArray("weir-rules 1\n");
}
void TstClassify::classesAndOtherAreAll() {
    QFETCH(QByteArray, text);
    const rules::RuleSet set = parsed(text.toStdString());
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 50; ++round) {
        const tally::Tally tally = randomTally(random, random() % 300);
        const Classification c = classifyWords(set, tally);
        ClassTotal sum, all;
        for (const ClassTotal& t : c.classes) sum = {sum.flows + t.flows, sum.packets + t.packets, sum.bytes + t.bytes};
        for (const auto& w : tally) all = {all.flows + w.flows, all.packets + w.packets, all.bytes + w.bytes};
        QCOMPARE_EQ(sum.flows, all.flows);
        QCOMPARE_EQ(sum.packets, all.packets);
        QCOMPARE_EQ(sum.bytes, all.bytes);
        QCOMPARE_EQ(c.oneWay.flows, all.flows);
        QCOMPARE_EQ(c.classes.back().flows, c.unclassified);
        std::uint64_t conflicting = 0;
        std::vector<std::uint64_t> matches(set.rules.size());
        for (std::size_t i = 0; i < tally.size(); ++i) {
            const int rule = rules::ruleOf(set, tally[i].word);
            std::uint32_t mask = 0;
            for (std::size_t r = 0; r < set.rules.size(); ++r)
                if (set.rules[r].matches(tally[i].word)) {
                    mask |= 1u << set.rules[r].classIndex;
                    matches[r] += tally[i].flows;
                }
            QCOMPARE_EQ(c.verdicts[i].rule, rule < 0 ? kOther : std::uint16_t(rule));
            QCOMPARE_EQ(c.verdicts[i].classIndex, rule < 0 ? kOther : set.rules[std::size_t(rule)].classIndex);
            QCOMPARE_EQ(c.verdicts[i].classMask, mask);
            QCOMPARE_EQ(int(c.verdicts[i].classesClaiming), std::popcount(mask));
            if (std::popcount(mask) > 1) conflicting += tally[i].flows;
        }
        QCOMPARE_EQ(c.conflicting, conflicting);
        QVERIFY(c.ruleMatches == matches);
    }
}

void TstClassify::emptyTallyAndEmptySet() {
    const Classification c = classifyWords(parsed(test::shippedRules("glatz-2012")), {});
    QCOMPARE_EQ(c.oneWay.flows, 0u);
    QCOMPARE_EQ(c.classes.size(), 7u);
    QVERIFY(c.verdicts.empty());
}

void TstClassify::conflictCountsOnceByOrder() {
    const std::string text = "weir-rules 1\nclass A\n1: TCP\nclass B\n2: Onepkt\n";
    const tally::Tally tally{{wordOf("TCP Onepkt"), 10, 10, 10}, {wordOf("TCP"), 5, 50, 500}};
    const Classification byText = classifyWords(parsed(text), tally),
                         byOrder = classifyWords(parsed(text + "order B\n"), tally);
    QCOMPARE_EQ(byText.classes[0].flows, 15u);
    QCOMPARE_EQ(byOrder.classes[0].flows, 5u);
    QCOMPARE_EQ(byOrder.classes[1].flows, 10u);
    QCOMPARE_EQ(byOrder.conflicting, 10u);
    QCOMPARE_EQ(byOrder.ruleMatches, (std::vector<std::uint64_t>{15, 10}));
    QCOMPARE_EQ(byOrder.ruleFlows, (std::vector<std::uint64_t>{5, 10}));
}

/// Every word of a tally at its row, no other word anywhere; words that differ in their high bits alone too.
void TstClassify::rowsAreFound() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    QVERIFY(!TallyIndex({}).rowOf(0) && !TallyIndex({}).rowOf(5));
    for (const std::size_t words : {1u, 2u, 63u, 64u, 65u, 5976u, 20'000u}) {
        std::set<std::uint64_t> distinct;
        while (distinct.size() < words)
            distinct.insert(random() % 3 == 0 ? (random() % words) << 46 : random() & 0x7fffff);
        tally::Tally tally;
        for (const std::uint64_t w : distinct) tally.push_back({w, 1, 1, 1});
        std::shuffle(tally.begin(), tally.end(), random);
        const TallyIndex index(tally);
        for (std::size_t row = 0; row < tally.size(); ++row)
            QVERIFY(index.rowOf(tally[row].word) == std::uint32_t(row));
        for (int i = 0; i < 10'000; ++i) {
            const std::uint64_t w = random() >> (random() % 64);
            QCOMPARE(index.rowOf(w).has_value(), distinct.contains(w));
        }
        QCOMPARE_EQ(index.planes().words(), words);
    }
}

QTEST_APPLESS_MAIN(TstClassify)
#include "tst_classify.moc"
