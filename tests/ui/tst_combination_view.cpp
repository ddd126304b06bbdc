// The sign-combination table: filter by headers, cut-off, what 100 % is, order, linked choice.
#include <QAbstractItemModelTester>
#include <QSpinBox>
#include <QTableView>

#include "core/session/project/resources.h"
#include "tests/ui/synthetic_bench.h"

#include "ui/delegates/number_delegate.h"
#include "ui/delegates/rotated_header.h"
#include "ui/models/combination_model.h"
#include "ui/text/format.h"
#include "ui/views/combination_view.h"

using namespace weir;
using test::wordOf;

class TstCombinationView : public QObject {
    Q_OBJECT
public:
    explicit TstCombinationView(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void init();
    void modelKeepsTheContract();
    void headerClicksRequireForbidAndLift();
    void scopeSaysTheBase();
    void orderAndCumulativeShare();
    void conflictShowsBothClasses();
    void choiceIsLinked();
    void stateComesBack();
    void emptyStateSaysWhatToDo();

private:
    QString scope() { return view_->scope(); }
    int column(const char* sign) {
        const auto names = session::signNames();
        return ui::CombinationModel::kFirstSign + int(std::find(names.begin(), names.end(), sign) - names.begin());
    }
    void clickHeader(int section) {
        auto& h = view_->header();
        QTest::mouseClick(h.viewport(), Qt::LeftButton, {},
                          QPoint(h.sectionViewportPosition(section) + 9, h.height() / 2));
    }
    ui::CombinationModel& model() { return view_->combinations(); }
    test::UiSandbox& sandbox_;
    std::unique_ptr<test::SyntheticBench> synthetic_;
    std::unique_ptr<ui::CombinationView> view_;
    int n_ = 0;
};

void TstCombinationView::init() {
    view_.reset();
    synthetic_ = std::make_unique<test::SyntheticBench>(sandbox_.path(QStringLiteral("k%1.weir").arg(++n_)));
    synthetic_->bench.rules().load(ui::fromUtf8(session::resourceText("rules", "bigler-2011")));
    view_ = std::make_unique<ui::CombinationView>(synthetic_->bench, nullptr);
    view_->resize(760, 280);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
}

void TstCombinationView::modelKeepsTheContract() {
    ui::CombinationModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJudgement(synthetic_->bench.rules().judgement());
    model.setQuery({wordOf({"Backsc"}), 0, 0});
    model.sort(ui::CombinationModel::kClass, Qt::AscendingOrder);
    model.sort(model.rulesColumn(), Qt::DescendingOrder);
    model.setQuery({wordOf({"Backsc"}), wordOf({"TCP"}), 1000});
    QCOMPARE(model.rowCount(), 0);
    model.setJudgement(nullptr);
}

void TstCombinationView::headerClicksRequireForbidAndLift() {
    QCOMPARE(model().rowCount(), 7);
    clickHeader(column("Backsc"));
    QCOMPARE(int(view_->header().wish(column("Backsc"))), int(ui::SignWish::require));
    QCOMPARE(model().rowCount(), 4);
    clickHeader(column("Backsc"));
    QCOMPARE(int(view_->header().wish(column("Backsc"))), int(ui::SignWish::forbid));
    QCOMPARE(model().rowCount(), 3);
    clickHeader(column("Backsc"));
    QCOMPARE(model().rowCount(), 7);
    clickHeader(column("Backsc"));
    clickHeader(column("PotOk"));
    QCOMPARE(model().rowCount(), 2);
    view_->header().clearWishes();
    QCOMPARE(model().rowCount(), 7);
}

void TstCombinationView::scopeSaysTheBase() {
    QCOMPARE(scope(), QStringLiteral("7 of 7 · 644 flows = 100 %"));
    clickHeader(column("Backsc"));
    QCOMPARE(scope(), QStringLiteral("4 of 7 · 130 flows = 100 %"));
    view_->cutOff().setValue(15);
    QCOMPARE(scope(), QStringLiteral("3 of 7 · 130 flows = 100 % · 1 rarer hidden: 10 flows"));
}

void TstCombinationView::orderAndCumulativeShare() {
    const int flows = model().flowsColumn(), cumulative = model().cumulativeColumn();
    QCOMPARE(model().index(0, flows).data().toString(), QStringLiteral("500"));
    QCOMPARE(model().index(6, cumulative).data().toString(), QStringLiteral("100.0"));
    double before = 0;
    for (int row = 0; row < model().rowCount(); ++row) {
        const double now = model().index(row, cumulative).data(ui::kRawRole).toDouble();
        QVERIFY(now > before);
        before = now;
    }
    model().sort(flows, Qt::AscendingOrder);
    QCOMPARE(model().index(0, flows).data().toString(), QStringLiteral("5"));
    model().sort(ui::CombinationModel::kClass, Qt::AscendingOrder);
    QCOMPARE(model().index(0, 0).data().toString(), QStringLiteral("Malicious Scanning"));
    QCOMPARE(model().index(6, 0).data().toString(), QStringLiteral("Other"));
}

void TstCombinationView::conflictShowsBothClasses() {
    const int row = model().rowOf(wordOf({"Backsc", "PotOk", "TCP"}));
    QCOMPARE(model().index(row, 0).data(ui::kClassesRole).toStringList(),
             (QStringList{QStringLiteral("Backscatter"), QStringLiteral("Suspected Benign")}));
    QCOMPARE(model().index(row, model().rulesColumn()).data().toString(), QStringLiteral("Backscatter1 ∧ Benign1"));
    const int scan = model().rowOf(wordOf({"TRWscan", "HCscan", "GreyIP", "Onepkt", "TCP"}));
    QCOMPARE(model().index(scan, model().rulesColumn()).data().toString(), QStringLiteral("Scan3"));
    QCOMPARE(model().index(scan, column("GreyIP")).data(ui::kRawRole).toInt(), 1);
    QCOMPARE(model().index(scan, column("PotOk")).data(ui::kRawRole).toInt(), 0);
}

void TstCombinationView::choiceIsLinked() {
    view_->table().selectRow(2);
    QCOMPARE(*synthetic_->bench.pick().combination(), model().wordAt(2));
    synthetic_->bench.pick().setCombination(model().wordAt(4));
    QCOMPARE(view_->table().currentIndex().row(), 4);
    synthetic_->bench.rules().edit(synthetic_->bench.rules().text() + QStringLiteral("# x\n"),
                                   QStringLiteral("Typing"));
    QCOMPARE(view_->table().currentIndex().row(), 4);
    view_->table().setFocus();
    QTest::keyClick(&view_->table(), Qt::Key_Return);
    QVERIFY(!synthetic_->bench.filter().text().isEmpty());
}

void TstCombinationView::stateComesBack() {
    clickHeader(column("Backsc"));
    clickHeader(column("TCP"));
    clickHeader(column("TCP"));
    view_->cutOff().setValue(3);
    const auto state = view_->state();
    ui::CombinationView other(synthetic_->bench, nullptr);
    other.restore(state);
    QCOMPARE(other.combinations().query(), model().query());
    QCOMPARE(other.combinations().query().forbid, wordOf({"TCP"}));
    other.restore({});
    QCOMPARE(other.combinations().query(), ui::CombinationQuery{});
}

void TstCombinationView::emptyStateSaysWhatToDo() {
    ui::Workbench none;
    ui::CombinationView view(none, nullptr);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(!view.table().isVisible());
}

WEIR_UI_TEST_MAIN(TstCombinationView)
#include "tst_combination_view.moc"
