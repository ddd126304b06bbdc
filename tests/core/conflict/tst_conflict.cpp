// The conflict report: pairs, combinations, what can meet but was never seen, and that its cells add up to all flows.
#include "core/conflict/conflict.h"
#include "tests/core/rules/shipped.h"

#include <QTest>

#include <random>

using namespace weir;
using namespace weir::conflict;
using test::kSigns;
using test::wordOf;

namespace {

struct Judged {
    rules::RuleSet set;
    tally::Tally tally;
    classify::Classification classes;
    Report report;
};
Judged judged(const std::string& text, tally::Tally tally) {
    Judged j;
    j.set = rules::parseRules(text, kSigns).set;
    j.tally = std::move(tally);
    j.classes = classify::classifyWords(j.set, j.tally);
    j.report = buildReport(j.set, j.tally, j.classes, rules::analyse(j.set, rules::admissibleWords(j.set, 18), 262144));
    return j;
}
std::string pairName(const Judged& j, const ClassPair& p) {
    return j.set.classes[p.a].name + " - " + j.set.classes[p.b].name;
}

}  // namespace

class TstConflict : public QObject {
    Q_OBJECT
private slots:
    void brokenDeclarations();
    void biglerPairs();
    void neverSeen();
    void threeClasses();
    void covering99();
    void addsUp();
};

void TstConflict::biglerPairs() {
    const Judged j = judged(test::shippedRules("bigler-2011"), {{wordOf("TRWnom Backsc TCP"), 50, 100, 5000},
                                                                {wordOf("Onepkt TCP"), 40, 40, 1600},
                                                                {wordOf("Backsc PotOk UDP"), 30, 60, 600},
                                                                {wordOf("Backsc PotOk TCP"), 20, 40, 400},
                                                                {wordOf("TCP"), 10, 20, 800}});
    QCOMPARE_EQ(j.report.conflictingFlows, 100u);
    QCOMPARE_EQ(j.report.unclassifiedFlows, 10u);
    QCOMPARE_EQ(j.report.oneWayFlows, 150u);
    QCOMPARE_EQ(j.report.observed, 5u);
    QCOMPARE_EQ(j.report.admissible, 5976u);
    QCOMPARE_EQ(j.report.pairs.size(), 1u);
    const ClassPair& pair = j.report.pairs[0];
    QCOMPARE_EQ(pairName(j, pair), "Backscatter - Suspected Benign");
    QCOMPARE_EQ(pair.flows, 100u);
    QCOMPARE_EQ(pair.packets, 200u);
    QCOMPARE_EQ(pair.bytes, 6000u);
    QCOMPARE_EQ(pair.possibleWords, 84u);
    QCOMPARE_EQ(pair.combinations.size(), 3u);
    QCOMPARE_EQ(pair.combinations[0], 0u);
    QCOMPARE_EQ(j.set.rules[rules::matchingRules(j.set, j.tally[pair.combinations[0]].word)[1]].name, "Benign3");
    QCOMPARE_EQ(j.report.rulePairs.size(), 2u);
    QCOMPARE_EQ(j.report.rulePairs[0].flows, 50u);
    QCOMPARE_EQ(j.report.unclassified.size(), 1u);
    QCOMPARE_EQ(j.report.unclassified[0], 4u);
    QCOMPARE_EQ(j.report.onlyClass[1], 40u);  // Other Malicious
}

void TstConflict::neverSeen() {
    const Judged j = judged(test::shippedRules("bigler-2011"), {{wordOf("Onepkt TCP"), 40, 40, 1600}});
    QCOMPARE_EQ(j.report.pairs.size(), 1u);
    QCOMPARE_EQ(j.report.pairs[0].flows, 0u);
    QCOMPARE_EQ(j.report.pairs[0].possibleWords, 84u);
    QVERIFY(judged(test::shippedRules("glatz-2012"), {}).report.pairs.empty());
}

void TstConflict::threeClasses() {
    const Judged j =
        judged("weir-rules 1\nclass A\n1: TCP\nclass B\n2: Onepkt\n3: Onepkt TCP\nclass C\n4: bogon\norder C\n",
               {{wordOf("TCP Onepkt bogon"), 7, 7, 7}, {wordOf("TCP Onepkt"), 9, 9, 9}});
    QCOMPARE_EQ(j.report.pairs.size(), 3u);
    QCOMPARE_EQ(pairName(j, j.report.pairs[0]), "A - B");
    QCOMPARE_EQ(j.report.pairs[0].flows, 16u);
    QCOMPARE_EQ(j.report.pairs[0].combinations[0], 1u);  // 9 flows before 7, though the tally is not in order
    QCOMPARE_EQ(pairName(j, j.report.pairs[1]).substr(0, 1), "C");
    QCOMPARE_EQ(j.report.conflictingFlows, 16u);  // each flow once
    QCOMPARE_EQ(j.report.rulePairs[0].flows, 16u);
}

void TstConflict::covering99() {
    tally::Tally tally;
    for (std::uint64_t i = 0; i < 100; ++i) tally.push_back({i | wordOf("TCP"), 10, 10, 10});
    QCOMPARE_EQ(judged("weir-rules 1\n", tally).report.observedCovering99, 99u);
    QCOMPARE_EQ(
        judged("weir-rules 1\n", {{wordOf("TCP"), 99, 0, 0}, {wordOf("UDP"), 1, 0, 0}}).report.observedCovering99, 1u);
    QCOMPARE_EQ(
        judged("weir-rules 1\n", {{wordOf("TCP"), 98, 0, 0}, {wordOf("UDP"), 2, 0, 0}}).report.observedCovering99, 2u);
    QCOMPARE_EQ(judged("weir-rules 1\n", {}).report.observedCovering99, 0u);
}

/// Flows of one class only + conflicting + unclassified = all.
void TstConflict::addsUp() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    for (const char* name : {"glatz-2012", "bigler-2011"}) {
        tally::Tally tally;
        for (int i = 0; i < 2000; ++i) tally.push_back({random() & 0x3ffff, random() % 1000, 1, 1});
        const Judged j = judged(test::shippedRules(name), tally);
        std::uint64_t sum = j.report.conflictingFlows + j.report.unclassifiedFlows, unclassified = 0, inRulePairs = 0,
                      inPairs = 0;
        for (const auto flows : j.report.onlyClass) sum += flows;
        QCOMPARE_EQ(sum, j.report.oneWayFlows);
        for (const std::uint32_t c : j.report.unclassified) unclassified += j.tally[c].flows;
        QCOMPARE_EQ(unclassified, j.report.unclassifiedFlows);
        for (const ClassPair& p : j.report.pairs) {
            std::uint64_t flows = 0;
            for (const std::uint32_t c : p.combinations) flows += j.tally[c].flows;
            QCOMPARE_EQ(flows, p.flows);
            QVERIFY(j.set.rank[p.a] < j.set.rank[p.b]);
            inPairs += flows;
        }
        for (const RulePairFlows& p : j.report.rulePairs) inRulePairs += p.flows;
        QVERIFY(inPairs >= j.report.conflictingFlows);
        QVERIFY(inRulePairs >= inPairs);
    }
}

/// Each line once, with every flow that breaks it, however many exclusions it stands for.
void TstConflict::brokenDeclarations() {
    const Judged j = judged(
        "weir-rules 1\none-of TCP UDP ICMP OTHER\nnever GreyIP with PotOk InOut\nnever Retry with !TCP\nnever TRWscan "
        "with TRWnom\nclass A\n1: TCP\n",
        {{wordOf("TCP GreyIP PotOk InOut"), 7, 0, 0},
         {wordOf("TCP UDP"), 5, 0, 0},
         {wordOf("UDP GreyIP PotOk"), 4, 0, 0},
         {wordOf("UDP GreyIP InOut"), 3, 0, 0},
         {wordOf("ICMP Retry"), 2, 0, 0},
         {wordOf("TCP"), 90, 0, 0}});
    const auto& found = j.report.violations;
    QCOMPARE_EQ(found.size(), 3u);
    QCOMPARE_EQ(found[0].line, 2u);
    QCOMPARE_EQ(found[0].flows, 5u);
    QCOMPARE_EQ(found[1].line, 3u);
    QCOMPARE_EQ(found[1].flows, 14u);  // 7 break both halves of the line and count once
    QCOMPARE_EQ(found[1].combinations.size(), 3u);
    QCOMPARE_EQ(found[1].combinations[0], 0u);
    QCOMPARE_EQ(found[2].line, 4u);
    QCOMPARE_EQ(found[2].flows, 2u);
}

QTEST_APPLESS_MAIN(TstConflict)
#include "tst_conflict.moc"
