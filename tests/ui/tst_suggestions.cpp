// The dock Suggestions: the loop from bigler-2011 to zero conflicts at the keyboard, each edit an undo step; it follows
// the draft and says when there is nothing to do.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "ui/delegates/number_delegate.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/models/suggestion_model.h"
#include "ui/text/format.h"
#include "ui/views/inspector_view.h"
#include "ui/views/metric_strip.h"
#include "ui/views/metric_strip_item.h"

#include <QAbstractItemModelTester>
#include <QTableView>
#include <QUndoStack>

using namespace weir;

class TstSuggestions : public QObject {
    Q_OBJECT
public:
    explicit TstSuggestions(test::UiSandbox&) {}
private slots:
    void initTestCase();
    void cleanupTestCase() { window_.reset(); }
    void loopAtTheKeyboard();
    void followsTheDraft();
    void olderOnesAreNotApplied();
    void nothingToDo();
    void assertedClasses();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    QTableView& table() { return *window_->findChild<QTableView*>(QStringLiteral("suggestions")); }
    ui::SuggestionModel& model() { return *qobject_cast<ui::SuggestionModel*>(table().model()); }
    std::unique_ptr<ui::MainWindow> window_;
};

void TstSuggestions::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("refine"));
    QVERIFY(window_);
    window_->docks().raise(QStringLiteral("suggestions"));
    new QAbstractItemModelTester(&model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
}

void TstSuggestions::loopAtTheKeyboard() {
    test::trigger(*window_, "rules.loadBigler");
    QCOMPARE(bench().rules().judgement()->classes.conflicting, 200u);
    QTRY_COMPARE(model().index(0, ui::SuggestionModel::kEdit).data().toString(), QStringLiteral("Benign3: +!Backsc"));
    QVERIFY(test::waitIdle(*window_));
    test::shot(*window_, QStringLiteral("suggestions"));
    const int before = bench().undo().index();
    std::uint64_t last = 200;
    for (int step = 0; step < 8 && bench().rules().judgement()->classes.conflicting > 0; ++step) {
        const std::int64_t promised =
            model().index(0, ui::SuggestionModel::kConflicting).data(ui::kRawRole).toLongLong();
        table().setCurrentIndex(model().index(0, 0));
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(std::int64_t(bench().rules().judgement()->classes.conflicting), std::int64_t(last) + promised);
        last = bench().rules().judgement()->classes.conflicting;
        QTest::qWait(400);  // longer than edits take to settle
        QVERIFY(test::waitIdle(*window_));
    }
    QCOMPARE(last, 0u);
    QCOMPARE(bench().undo().index(), before + 2);
    bench().undo().undo();
    QCOMPARE(bench().rules().judgement()->classes.conflicting, 80u);
    bench().undo().undo();
    QCOMPARE(bench().rules().judgement()->classes.conflicting, 200u);
    QTRY_COMPARE(model().index(0, ui::SuggestionModel::kEdit).data().toString(), QStringLiteral("Benign3: +!Backsc"));
}

/// What was typed since the list was made stays, even when Enter comes before the new list.
void TstSuggestions::olderOnesAreNotApplied() {
    test::trigger(*window_, "rules.loadBigler");
    QTRY_COMPARE(model().index(0, ui::SuggestionModel::kEdit).data().toString(), QStringLiteral("Benign3: +!Backsc"));
    QVERIFY(test::waitIdle(*window_));
    const QString typed = bench().rules().text() + QStringLiteral("\n# typed since\n");
    bench().rules().edit(typed, QStringLiteral("test"));
    table().setCurrentIndex(model().index(0, 0));
    QTest::keyClick(&table(), Qt::Key_Return);
    QCOMPARE(bench().rules().text(), typed);
    QTest::qWait(400);
    QVERIFY(test::waitIdle(*window_));
    table().setCurrentIndex(model().index(0, 0));
    QTest::keyClick(&table(), Qt::Key_Return);  // the new one
    QVERIFY(bench().rules().text() != typed && bench().rules().text().endsWith(QStringLiteral("# typed since\n")));
    while (bench().undo().canUndo()) bench().undo().undo();
}

void TstSuggestions::followsTheDraft() {
    test::trigger(*window_, "rules.loadGlatz");
    QTRY_VERIFY(model().rowCount() > 0 &&
                model().index(0, ui::SuggestionModel::kConflicting).data(ui::kRawRole).toLongLong() == 0);
    const QString text = bench().rules().text();
    bench().rules().edit(text + QStringLiteral("\n  99: NoSuchSign\n"), QStringLiteral("broken"));
    table().setCurrentIndex(model().index(0, 0));
    QTest::keyClick(&table(), Qt::Key_Return);  // no edit of a text that is half typed
    QVERIFY(bench().rules().text().endsWith(QStringLiteral("NoSuchSign\n")));
    bench().undo().undo();
    QCOMPARE(bench().rules().text(), text);
}

void TstSuggestions::nothingToDo() {
    bench().rules().edit(QStringLiteral("weir-rules 1\nclass All\n1: TCP\n2: !TCP\n"), QStringLiteral("all"));
    QTRY_COMPARE(model().rowCount(), 0);
    bench().undo().undo();
    QTRY_VERIFY(model().rowCount() > 0);
}

/// From the Inspector into the text; the strip counts, the editor underlines what fails, undo takes it back.
void TstSuggestions::assertedClasses() {
    test::trigger(*window_, "rules.loadGlatz");
    auto& inspector = *window_->findChild<ui::InspectorView*>();
    auto& strip = *window_->findChild<ui::MetricStripView*>();
    QVERIFY(!strip.asserts().isVisible());
    const auto& judgement = bench().rules().judgement();
    const std::uint64_t word = judgement->tally[0].word;
    const QString name = ui::fromUtf8(judgement->className(judgement->classes.verdicts[0].classIndex));
    bench().pick().setCombination(word);
    QTRY_COMPARE(inspector.subject().word, word);
    const QString before = bench().rules().text();
    inspector.assertClass(name);
    QVERIFY(bench().rules().text().startsWith(before) && bench().rules().text().contains(QStringLiteral("assert ")));
    QVERIFY(strip.asserts().isVisible());
    QCOMPARE(strip.asserts().shown().figure, QStringLiteral("0 / 1"));
    QTRY_COMPARE(inspector.subject().judgement, bench().rules().judgement());
    inspector.assertClass(QStringLiteral("Bogon"));  // the same combination: the other way
    QCOMPARE(strip.asserts().shown().figure, QStringLiteral("1 / 1"));
    QVERIFY(window_->findChild<ui::RuleTextEdit*>() != nullptr);
    test::shot(*window_, QStringLiteral("asserts"));
    bench().undo().undo();
    QCOMPARE(strip.asserts().shown().figure, QStringLiteral("0 / 1"));
    bench().undo().undo();
    QCOMPARE(bench().rules().text(), before);
    QVERIFY(!strip.asserts().isVisible());
}

WEIR_UI_TEST_MAIN(TstSuggestions)
#include "tst_suggestions.moc"
