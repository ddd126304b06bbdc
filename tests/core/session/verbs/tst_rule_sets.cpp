// The rule text in force and the saved iterations of a project, also after it was closed and opened again.
#include <QTemporaryDir>
#include <QTest>

#include "core/session/evidence/open_project.h"
#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "tests/core/rules/shipped.h"

using namespace weir;
using namespace weir::session;

namespace {

/// Gives the project an inbound tally without any capture.
void publishTally(Project& project) {
    auto tally = std::make_shared<tally::Tally>();
    tally->push_back({test::wordOf("Backsc PotOk TCP"), 9, 9, 9});
    tally->push_back({test::wordOf("TCP"), 2, 20, 200});
    project.publish([&](Snapshot& s) { s.storedTally = tally; });
}

}  // namespace

class TstRuleSets : public QObject {
    Q_OBJECT
private slots:
    void init();
    void firstIsGlatz();
    void draftThenIterationThenShipped();
    void saveCountsAndDescribes();
    void branches();
    void undoAndRedo();
    void refusals();

private:
    std::unique_ptr<QTemporaryDir> dir_;
    std::string path_;
    ProjectPtr project_;
    const std::string glatz_ = test::shippedRules("glatz-2012"), bigler_ = test::shippedRules("bigler-2011");
};

void TstRuleSets::init() {
    dir_ = std::make_unique<QTemporaryDir>();
    path_ = dir_->filePath(QStringLiteral("p.weir")).toStdString();
    auto made = createProject(path_);
    QVERIFY(bool(made));
    project_ = *made;
    publishTally(*project_);
}

void TstRuleSets::firstIsGlatz() {
    QVERIFY(currentRules(*project_) == glatz_);
    QVERIFY(iterations(*project_)->empty());
}

void TstRuleSets::draftThenIterationThenShipped() {
    QVERIFY(bool(saveIteration(*project_, bigler_, "", 0)));
    QVERIFY(currentRules(*project_) == bigler_);
    const std::string draft = "weir-rules 1\r\n# half a r\xc3\xbcle\r\nclass";
    QVERIFY(bool(setCurrentRules(*project_, draft)));
    QVERIFY(currentRules(*project_) == draft);
}

void TstRuleSets::saveCountsAndDescribes() {
    const auto first = saveIteration(*project_, bigler_, "", 0);
    QVERIFY(bool(first));
    QCOMPARE_EQ(first->id, 1);
    QCOMPARE_EQ(first->conflicting, 9u);
    QCOMPARE_EQ(first->unclassified, 2u);
    QCOMPARE_EQ(first->oneWay, 11u);
    QCOMPARE_EQ(first->observed, 2u);
    QCOMPARE_EQ(first->edit, "");
    QVERIFY(first->time.ends_with("Z"));
    std::string edited = bigler_;
    edited.replace(edited.find("Backsc !TRWscan !HCscan !P2P"), 28, "Backsc !TRWscan !HCscan !P2P !PotOk");
    const auto second = saveIteration(*project_, edited, "alpha", first->id);
    QCOMPARE_EQ(second->id, 2);
    QCOMPARE_EQ(second->conflicting, 0u);
    QCOMPARE_EQ(second->edit, "Backscatter1: +!PotOk");
    QCOMPARE_EQ(second->tag, "alpha");
    QCOMPARE_EQ(second->name, "Bigler 2011 (predecessor)");
    const auto all = iterations(*project_);
    QCOMPARE_EQ(all->size(), 2u);
    QVERIFY((*all)[1].text == edited && (*all)[1].parent == 1);
}

void TstRuleSets::branches() {
    QVERIFY(bool(saveIteration(*project_, bigler_, "", 0)));
    QVERIFY(bool(saveIteration(*project_, glatz_, "", 1)));
    const auto third = saveIteration(*project_, bigler_ + "\n", "", 1);
    QCOMPARE_EQ(third->id, 3);
    QCOMPARE_EQ(third->parent, 1);
    QCOMPARE_EQ(third->edit, "");  // but for a blank line the same
}

void TstRuleSets::undoAndRedo() {
    QVERIFY(bool(saveIteration(*project_, bigler_, "", 0)));
    const auto second = saveIteration(*project_, glatz_, "final", 1);
    QVERIFY(bool(saveIteration(*project_, glatz_ + "#\n", "", 2)));
    QVERIFY(bool(removeIteration(*project_, 2)));
    QCOMPARE_EQ(iterations(*project_)->size(), 2u);
    QVERIFY(bool(restoreIteration(*project_, *second)));
    const auto all = iterations(*project_);
    QCOMPARE_EQ(all->size(), 3u);
    QCOMPARE_EQ((*all)[1].id, 2);
    QCOMPARE_EQ((*all)[1].tag, "final");
    QVERIFY(!restoreIteration(*project_, *second));
    QCOMPARE_EQ(removeIteration(*project_, 7).error().code, Errc::notFound);
}

void TstRuleSets::refusals() {
    const auto bad = saveIteration(*project_, "weir-rules 1\nclass A\n1: TRWScan\n", "", 0);
    QCOMPARE_EQ(bad.error().code, Errc::badRule);
    QVERIFY(bad.error().detail.starts_with("line 3, column 4: unknown sign `TRWScan`"));
    QCOMPARE_EQ(saveIteration(*project_, glatz_, "", 5).error().code, Errc::notFound);
    QVERIFY(iterations(*project_)->empty());
}

QTEST_GUILESS_MAIN(TstRuleSets)
#include "tst_rule_sets.moc"
