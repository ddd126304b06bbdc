// The Inspector: combination and rule subjects on a given tally, repairs applied as edits, texts for a ticket.
#include "tests/ui/synthetic_bench.h"

#include "core/session/project/resources.h"
#include "core/session/rows/row_reader.h"
#include "ui/delegates/number_delegate.h"
#include "ui/models/inspector_meeting_model.h"
#include "ui/models/inspector_repair_model.h"
#include "ui/models/inspector_rule_model.h"
#include "ui/models/inspector_sign_model.h"
#include "ui/text/format.h"
#include "ui/views/inspector_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QToolButton>

#include <bit>

using namespace weir;
using test::wordOf;

class TstInspectorView : public QObject {
    Q_OBJECT
public:
    explicit TstInspectorView(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void init();
    void modelsKeepTheContract();
    void emptyStateSaysWhatToDo();
    void combinationIsExplained();
    void repairIsAnUndoableEdit();
    void ruleIsExplained();
    void copyIsReadable();
    void flowOfTheSample();

private:
    ui::Workbench& bench() { return synthetic_->bench; }
    bool pickWord(rules::Word word) {
        bench().pick().setCombination(word);
        return QTest::qWaitFor([&] { return view_->subject().word == word; }, 5000);
    }
    test::UiSandbox& sandbox_;
    std::unique_ptr<test::SyntheticBench> synthetic_;
    std::unique_ptr<ui::InspectorView> view_;
    int n_ = 0;
};

void TstInspectorView::init() {
    view_.reset();
    synthetic_ = std::make_unique<test::SyntheticBench>(sandbox_.path(QStringLiteral("i%1.weir").arg(++n_)));
    bench().rules().load(ui::fromUtf8(session::resourceText("rules", "bigler-2011")));
    view_ = std::make_unique<ui::InspectorView>(bench(), nullptr);
    view_->resize(288, 700);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
}

void TstInspectorView::modelsKeepTheContract() {
    using Mode = QAbstractItemModelTester::FailureReportingMode;
    QAbstractItemModelTester a(&view_->signModel(), Mode::QtTest), b(&view_->ruleModel(), Mode::QtTest),
        c(&view_->repairModel(), Mode::QtTest);
    ui::InspectorMeetingModel meetings;
    QAbstractItemModelTester d(&meetings, Mode::QtTest);
    meetings.setMeetings({{QStringLiteral("1"), QStringLiteral("Bogon"), 3, 4}});
    QVERIFY(pickWord(wordOf({"Backsc", "PotOk", "TCP"})));
    view_->signModel().setAll(true);
    QCOMPARE(view_->signModel().rowCount(), 18);
    view_->ruleModel().setAll(true);
    QCOMPARE(view_->ruleModel().rowCount(), 16);
    QVERIFY(pickWord(wordOf({"UDP"})));
}

void TstInspectorView::emptyStateSaysWhatToDo() {
    QCOMPARE(int(view_->subject().kind), int(ui::InspectorSubject::none));
    QVERIFY(view_->scope().isEmpty());
}

void TstInspectorView::combinationIsExplained() {
    QVERIFY(pickWord(wordOf({"Backsc", "PotOk", "TCP"})));
    const auto& s = view_->subject();
    QCOMPARE(s.title, QStringLiteral("Backsc PotOk TCP"));
    QCOMPARE(s.claims.size(), std::size_t(2));
    QCOMPARE(s.claims[0].className, QStringLiteral("Backscatter"));
    QVERIFY(!s.claims[0].conflict && s.claims[1].conflict);
    QCOMPARE(view_->signModel().holding(), 3);
    QCOMPARE(view_->signModel().rowCount(), 3);
    QCOMPARE(view_->ruleModel().matching(), 2);
    QCOMPARE(view_->ruleModel().index(0, ui::InspectorRuleModel::kVerdict).data().toString(),
             QStringLiteral("matches"));
    QCOMPARE(s.sameFlows, std::uint64_t(60));
    QVERIFY(view_->repairModel().rowCount() > 0);

    // With no conflict there is nothing to repair.
    QVERIFY(pickWord(wordOf({"Backsc", "TCP"})));
    QCOMPARE(view_->repairModel().rowCount(), 0);
    QVERIFY(pickWord(wordOf({"UDP"})));
    QCOMPARE(view_->subject().claims.front().className, QStringLiteral("Other"));
}

void TstInspectorView::repairIsAnUndoableEdit() {
    QVERIFY(pickWord(wordOf({"Backsc", "PotOk", "TCP"})));
    auto& repairs = view_->repairModel();
    int row = -1;
    for (int i = 0; i < repairs.rowCount(); ++i)
        if (repairs.ruleAt(i) == QStringLiteral("Backscatter1") && repairs.signAt(i) == QStringLiteral("!PotOk"))
            row = i;
    QVERIFY(row >= 0);
    const auto promised = repairs.index(row, ui::InspectorRepairModel::kConflicting).data(ui::kRawRole).toLongLong();
    const auto before = std::int64_t(bench().rules().judgement()->classes.conflicting);
    const QString text = bench().rules().text();
    view_->applyRepair(row);
    QVERIFY(bench().rules().text().contains(QStringLiteral("Backscatter1: Backsc !TRWscan !HCscan !P2P !PotOk")));
    QCOMPARE(std::int64_t(bench().rules().judgement()->classes.conflicting), before + promised);
    QTRY_COMPARE(view_->subject().claims.size(), std::size_t(1));  // the Inspector follows the edit
    bench().undo().undo();
    QCOMPARE(bench().rules().text(), text);
}

void TstInspectorView::ruleIsExplained() {
    const auto& rules = bench().rules().judgement()->parsed.set.rules;
    const auto at = std::ranges::find(rules, "Backscatter1", &rules::Rule::name);
    bench().pick().setRule(int(at - rules.begin()));
    const auto& s = view_->subject();
    QCOMPARE(s.title, QStringLiteral("Rule Backscatter1"));
    QCOMPARE(s.meetings.size(), std::size_t(2));
    QCOMPARE(s.meetings[0].rule, QStringLiteral("Benign1"));
    QCOMPARE(s.meetings[0].flows, std::uint64_t(70));
    QCOMPARE(s.meetings[1].words, std::uint64_t(48));
    QCOMPARE(s.sameFlows, std::uint64_t(130));
}

void TstInspectorView::copyIsReadable() {
    QVERIFY(pickWord(wordOf({"Backsc", "PotOk", "TCP"})));
    for (auto* button : view_->findChildren<QToolButton*>())
        if (button->text() == QStringLiteral("Copy")) button->click();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith(QStringLiteral("Backsc PotOk TCP\n")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("Suspected Benign: also matches: conflict")));
    QVERIFY(text.contains(QStringLiteral("Backscatter1: matches")));
    QVERIFY(text.contains(QStringLiteral("Same combination: 60 flows")));
}

/// On the sample: the picked flow's class, signs and rules agree with the row list; repairs keep their promise.
void TstInspectorView::flowOfTheSample() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    ui::MainWindow window;
    window.resize(1440, 900);
    window.show();
    test::trigger(window, "file.openSample");
    QVERIFY(test::waitIdle(window));
    ui::Workbench& real = window.workbench();
    test::trigger(window, "rules.loadBigler");
    const auto& snapshot = real.snapshot();
    QVERIFY(snapshot->flows && snapshot->signs());
    const auto& judgement = real.rules().judgement();
    const auto& words = snapshot->signs()->words;
    const auto word = judgement->tally[judgement->conflicts.pairs.front().combinations.front()].word;
    const auto row = std::uint32_t(std::find(words.begin(), words.end(), word) - words.begin());
    real.pick().setFlow(row);
    auto* view = window.findChild<ui::InspectorView*>();
    QTRY_COMPARE(view->subject().word, word);
    const auto& s = view->subject();
    QCOMPARE(s.title, QStringLiteral("Flow ") + ui::fromUtf8(session::flowIdOf(*snapshot, row)));
    QCOMPARE(s.claims.size(), std::size_t(2));
    QCOMPARE(view->signModel().holding(), std::popcount(word));
    QVERIFY(s.sameFlows > 0 && s.sameSources > 0 && s.sameSources <= s.sameFlows);
    QCOMPARE(view->signModel().known(), 18);
    for (const auto& line : s.signs) QVERIFY2(!line.evidence.empty(), "every sign has evidence");
    test::shot(window, QStringLiteral("inspector-flow-1440"));
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstInspectorView)
#include "tst_inspector_view.moc"
