// The conflict report: heat map, combinations by popularity, rule pairs, unclassified ones, what is copied, where
// clicks lead.
#include "tests/ui/synthetic_bench.h"

#include "core/session/project/resources.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/models/combination_filter.h"
#include "ui/models/conflict_list_model.h"
#include "ui/models/conflict_matrix_model.h"
#include "ui/models/conflict_rule_pair_model.h"
#include "ui/state/iteration_history.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/views/conflict_heat_map.h"
#include "ui/views/conflict_list.h"
#include "ui/views/conflict_pair_title.h"
#include "ui/views/conflict_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>

using namespace weir;
using test::wordOf;

class TstConflictView : public QObject {
    Q_OBJECT
public:
    explicit TstConflictView(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void init();
    void cleanup() { synthetic_.reset(); }
    void modelsKeepTheContract();
    void mapSaysSeenAndStatic();
    void cellsAndUnclassifiedAreAllFlows();
    void listByPopularity();
    void cutOffHidesButKeepsTheBase();
    void arrowKeysMoveThePair();
    void activationFilters();
    void copies();
    void noConflictsIsSaid();
    void pickFollows();

private:
    ui::Workbench& bench() { return synthetic_->bench; }
    const ui::ConflictMatrixModel& matrix() { return view_->heatMap().matrix(); }
    QModelIndex cell(const QString& a, const QString& b);
    test::UiSandbox& sandbox_;
    std::unique_ptr<test::SyntheticBench> synthetic_;
    std::unique_ptr<ui::ConflictView> view_;
    int n_ = 0;
};

void TstConflictView::init() {
    view_.reset();
    synthetic_ = std::make_unique<test::SyntheticBench>(sandbox_.path(QStringLiteral("c%1.weir").arg(++n_)));
    bench().rules().load(ui::fromUtf8(session::resourceText("rules", "bigler-2011")));
    view_ = std::make_unique<ui::ConflictView>(bench(), nullptr);
    view_->resize(430, 340);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
}

QModelIndex TstConflictView::cell(const QString& a, const QString& b) {
    int row = -1, column = -1;
    for (int i = 0; i < matrix().rowCount(); ++i) {
        const auto name = matrix().headerData(i, Qt::Vertical, Qt::ToolTipRole).toString();
        if (name == a) row = i;
        if (name == b) column = i;
    }
    return matrix().index(row, column);
}

const QString kBack = QStringLiteral("Backscatter"), kBenign = QStringLiteral("Suspected Benign"),
              kBogon = QStringLiteral("Bogon");

void TstConflictView::modelsKeepTheContract() {
    ui::ConflictMatrixModel matrixModel;
    ui::ConflictListModel list;
    ui::ConflictRulePairModel pairs;
    QAbstractItemModelTester a(&matrixModel, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester b(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester c(&pairs, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const auto& text : {ui::fromUtf8(session::resourceText("rules", "glatz-2012")), bench().rules().text()}) {
        bench().rules().edit(text, QStringLiteral("x"));
        const auto j = bench().rules().judgement();
        matrixModel.setJudgement(j);
        matrixModel.setJudgement(j);  // the same shape: data changes only
        pairs.setJudgement(j);
        list.set(j, &j->conflicts.unclassified);
        list.setCutOff(100);
        list.setCutOff(0);
    }
    list.set(nullptr, nullptr);
    matrixModel.setJudgement(nullptr);
    pairs.setJudgement(nullptr);
}

void TstConflictView::mapSaysSeenAndStatic() {
    const auto seen = cell(kBack, kBenign), verdict = cell(kBenign, kBack);
    QCOMPARE(seen.data().toString(), QStringLiteral("90"));
    QCOMPARE(verdict.data().toString(), QStringLiteral("84"));
    QCOMPARE(verdict.data(ui::kToneRole).toInt(), int(ui::Tone::error));
    QCOMPARE(cell(kBogon, kBack).data().toString(), QStringLiteral("never"));
    QCOMPARE(cell(kBogon, kBack).data(ui::kToneRole).toInt(), int(ui::Tone::good));
    QCOMPARE(cell(kBack, kBogon).data().toString(), QStringLiteral("0"));
    QCOMPARE(cell(kBack, kBack).data().toString(), QStringLiteral("40"));
    QVERIFY(seen.data(ui::kHeatRole).toDouble() == 90 && !verdict.data(ui::kHeatRole).isValid());
}

void TstConflictView::cellsAndUnclassifiedAreAllFlows() {
    qulonglong sum = bench().rules().judgement()->classes.unclassified, all = 0;
    for (int r = 0; r < matrix().rowCount(); ++r)
        for (int c = r; c < matrix().columnCount(); ++c) sum += matrix().index(r, c).data(ui::kRawRole).toULongLong();
    for (const auto& w : test::sampleTally()) all += w.flows;
    QCOMPARE(sum, all);
}

void TstConflictView::listByPopularity() {
    const auto& list = view_->pairList().combinations();  // the pair with most flows is chosen at first
    QCOMPARE(list.rowCount(), 3);
    QCOMPARE(list.index(0, ui::ConflictListModel::kSigns).data().toString(), QStringLiteral("Backsc PotOk TCP"));
    QCOMPARE(list.index(0, ui::ConflictListModel::kCumulative).data().toString(), QStringLiteral("66.7"));
    QCOMPARE(list.index(2, ui::ConflictListModel::kCumulative).data().toString(), QStringLiteral("100.0"));
    QCOMPARE(list.index(1, ui::ConflictListModel::kRules).data().toString(), QStringLiteral("Backscatter1 ∧ Benign3"));
    QVERIFY(view_->pairList().title().counts().startsWith(QStringLiteral("90 flows = 100 %")));
    QCOMPARE(view_->unclassifiedList().combinations().rowCount(), 1);
    QCOMPARE(view_->rulePairs().rowCount(), 2);
    QCOMPARE(view_->rulePairs().index(0, ui::ConflictRulePairModel::kRules).data().toString(),
             QStringLiteral("Backscatter1 ∧ Benign1"));
}

void TstConflictView::cutOffHidesButKeepsTheBase() {
    view_->findChild<QSpinBox*>()->setValue(20);
    const auto& list = view_->pairList().combinations();
    QCOMPARE(list.rowCount(), 2);
    QCOMPARE(list.hidden(), std::size_t(1));
    QCOMPARE(list.baseFlows(), std::uint64_t(90));
}

void TstConflictView::arrowKeysMoveThePair() {
    auto& map = view_->heatMap();
    map.setFocus();
    map.setCurrentIndex(cell(kBack, kBenign));
    QTest::keyClick(&map, Qt::Key_Left);
    QCOMPARE(map.currentIndex().column(), cell(kBack, kBenign).column() - 1);
    QVERIFY(view_->pairList().emptyText().contains(QStringLiteral("never conflict")));
    QTest::keyClick(&map, Qt::Key_Right);
    QCOMPARE(view_->pairList().combinations().rowCount(), 3);
    const auto& j = *bench().rules().judgement();
    QCOMPARE(ui::fromUtf8(j.className(std::uint16_t(bench().pick().classA()))), kBack);
    QCOMPARE(ui::fromUtf8(j.className(std::uint16_t(bench().pick().classB()))), kBenign);
}

void TstConflictView::activationFilters() {
    auto& map = view_->heatMap();
    map.setFocus();
    map.setCurrentIndex(cell(kBack, kBenign));
    QTest::keyClick(&map, Qt::Key_Return);
    const QString pair = bench().filter().text();
    QVERIFY2(pair.contains(QStringLiteral("sign Backsc")) && pair.contains(QStringLiteral("sign PotOk")),
             qPrintable(pair));
    QVERIFY(session::checkFilter(bench().snapshot(), bench().rules().judgement(), pair.toStdString()).empty());

    auto& table = view_->pairList().table();
    table.setFocus();
    table.selectRow(0);
    QTest::keyClick(&table, Qt::Key_Return);
    QVERIFY(bench().filter().text().startsWith(u'(' + pair +
                                               QStringLiteral(") and ")));  // what the list counts is narrowed already
    bench().filter().set({});
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(bench().filter().text(),
             ui::filterOfWord(wordOf({"Backsc", "PotOk", "TCP"}), bench().rules().judgement()->parsed.set));
    QVERIFY(!bench().filter().text().contains(QStringLiteral("not sign UDP")));  // TCP excludes it anyway
    QVERIFY(bench().filter().text().contains(QStringLiteral("not sign TRWscan")));
}

void TstConflictView::copies() {
    const QString csv = ui::tableText(view_->pairList().combinations(), {0}, ui::CopyForm::csv);
    QCOMPARE(csv, QStringLiteral("Sign combination,Flows,Share,Cum. %,Rules\nBacksc PotOk "
                                 "TCP,60,0.666667,0.666667,Backscatter1 ∧ Benign1\n"));
}

void TstConflictView::noConflictsIsSaid() {
    view_->restore({});
    bench().rules().edit(ui::fromUtf8(session::resourceText("rules", "glatz-2012")), QStringLiteral("Load"));
    view_->restore({});
    QVERIFY2(view_->pairList().emptyText().startsWith(QStringLiteral("No conflicts in 644 one-way flows.")),
             qPrintable(view_->pairList().emptyText()));
    QVERIFY(view_->pairList().emptyText().contains(QStringLiteral("5,976")));
}

void TstConflictView::pickFollows() {
    QSignalSpy picked(&bench().pick(), &ui::Pick::combinationPicked);
    view_->pairList().table().selectRow(1);
    QCOMPARE(picked.count(), 1);
    QCOMPARE(*bench().pick().combination(), wordOf({"TRWnom", "Backsc", "TCP"}));
    bench().pick().setCombination(wordOf({"Backsc", "PotOk", "TCP"}));
    QCOMPARE(view_->pairList().table().currentIndex().row(), 0);
    // A keystroke keeps the choice.
    bench().rules().edit(bench().rules().text() + QStringLiteral("# x\n"), QStringLiteral("Typing"));
    QCOMPARE(view_->pairList().table().currentIndex().row(), 0);
}

WEIR_UI_TEST_MAIN(TstConflictView)
#include "tst_conflict_view.moc"
