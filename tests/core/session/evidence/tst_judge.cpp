// One text on one tally: the figures of the shipped sets, the cache of admissible words, and errors that leave only the
// diagnostics.
#include "core/session/evidence/judge.h"
#include "core/session/project/resources.h"
#include "tests/core/rules/shipped.h"

#include <QTest>

using namespace weir;
using namespace weir::session;
using test::wordOf;

namespace {

tally::Tally smallTally() {
    return {{wordOf("Backsc PotOk TCP"), 9, 9, 9}, {wordOf("Onepkt TCP"), 5, 5, 5}, {wordOf("TCP"), 2, 20, 200}};
}

}  // namespace

class TstJudge : public QObject {
    Q_OBJECT
private slots:
    void signNamesAreThePapers();
    void shippedTextsAreTheFiles();
    void biglerThenGlatz();
    void exclusionsAreCachedByMeaning();
    void errors();
    void verdictOf();
    void keepsTheTally();
};

void TstJudge::signNamesAreThePapers() {
    QVERIFY(std::equal(signNames().begin(), signNames().end(), test::kSigns.begin(), test::kSigns.end()));
}

void TstJudge::shippedTextsAreTheFiles() {
    for (const char* name : {"glatz-2012", "bigler-2011"})
        QVERIFY(resourceText("rules", name) == test::shippedRules(name));
}

void TstJudge::biglerThenGlatz() {
    Judge judge;
    const auto tally = smallTally();
    const auto bigler = judge.judge(resourceText("rules", "bigler-2011"), tally, nullptr);
    QCOMPARE_EQ(bigler->check.conflictingWords, 84u);
    QCOMPARE_EQ(bigler->conflicts.conflictingFlows, 9u);
    const auto glatz = judge.judge(resourceText("rules", "glatz-2012"), tally, nullptr);
    QCOMPARE_EQ(glatz->check.possible, 262144u);
    QCOMPARE_EQ(glatz->check.admissible, 5976u);
    QCOMPARE_EQ(glatz->check.conflictingWords, 0u);
    QCOMPARE_EQ(glatz->check.unclassifiedWords, 1457u);
    QCOMPARE_EQ(glatz->conflicts.conflictingFlows, 0u);
    QCOMPARE_EQ(glatz->conflicts.unclassifiedFlows, 2u);
    QCOMPARE_EQ(glatz->conflicts.oneWayFlows, 16u);
    QVERIFY(glatz->seconds > 0);
}

void TstJudge::exclusionsAreCachedByMeaning() {
    Judge judge;
    const std::string text = test::shippedRules("glatz-2012");
    (void)judge.judge(text, {}, nullptr);
    const auto* before = judge.admissible().words.data();
    (void)judge.judge("weir-rules 1\n\n" + text.substr(text.find("name")) + "\n# a comment\n", {}, nullptr);
    QVERIFY(judge.admissible().words.data() == before);  // the exclusions moved to other lines, but are the same
    (void)judge.judge("weir-rules 1\nclass A\n1: Nosuch\n", {}, nullptr);
    QVERIFY(judge.admissible().words.data() == before);  // a text with errors changes nothing
    const auto other = judge.judge(test::withoutExclusion(text, "E6"), {}, nullptr);
    QCOMPARE_EQ(other->check.conflictingWords, 36u);
    QCOMPARE_EQ(judge.judge(text, {}, nullptr)->check.admissible, 5976u);
    QCOMPARE_EQ(judge.judge("weir-rules 1\n", {}, nullptr)->check.admissible, 262144u);
}

void TstJudge::errors() {
    const auto tally = smallTally();
    const auto judged = Judge().judge("weir-rules 1\nclass A\n1: TRWScan\n", tally, nullptr);
    QVERIFY(!judged->parsed.good());
    QCOMPARE_EQ(judged->parsed.diagnostics[0].fix, "TRWscan");
    QVERIFY(judged->classes.verdicts.empty() && judged->conflicts.pairs.empty());
    QCOMPARE_EQ(judged->check.admissible, 0u);
}

void TstJudge::verdictOf() {
    const auto tally = smallTally();
    const auto judged = Judge().judge(resourceText("rules", "glatz-2012"), tally, nullptr);
    QCOMPARE_EQ(judged->className(judged->verdictOf(tally[1].word).classIndex), "Malicious Scanning");
    QCOMPARE_EQ(judged->className(judged->verdictOf(wordOf("P2P UDP")).classIndex), "Benign P2P");  // not in the tally
    QCOMPARE_EQ(judged->className(judged->verdictOf(wordOf("UDP")).classIndex), "Other");
}

void TstJudge::keepsTheTally() {
    auto tally = std::make_shared<const tally::Tally>(smallTally());
    const std::weak_ptr<const tally::Tally> watch = tally;
    auto judged = Judge().judge(resourceText("rules", "glatz-2012"), *tally, tally);
    tally.reset();
    QVERIFY(!watch.expired());
    QCOMPARE_EQ(judged->tally.size(), 3u);
    judged.reset();
    QVERIFY(watch.expired());
}

QTEST_APPLESS_MAIN(TstJudge)
#include "tst_judge.moc"
