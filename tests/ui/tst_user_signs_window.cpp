// User signs at the keyboard: a new sign in the rules is worked out while the last result stays, gets a column, a
// filter, a line in the Inspector; undo takes it back.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"

#include "ui/editors/rule_text_edit.h"
#include "ui/models/combination_model.h"
#include "ui/state/comparison.h"
#include "ui/state/pick.h"
#include "ui/state/user_sign_job.h"
#include "ui/text/format.h"

#include <QTableView>
#include <QUndoStack>

using namespace weir;

class TstUserSignsWindow : public QObject {
    Q_OBJECT
public:
    explicit TstUserSignsWindow(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void cleanupTestCase() { window_.reset(); }
    void typed();
    void changedFilter();
    void comparedWithAnother();
    void badFilterIsUnderlined();
    void takenBack();
    void comesBackWithTheProject();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    ui::CombinationModel& model() { return *window_->findChild<ui::CombinationModel*>(); }
    /// A line of its own in front of the first class.
    void edit(const QString& line, const QString& rule) {
        QString text = bench().rules().text();
        text.insert(text.indexOf(QStringLiteral("class ")), line + u'\n');
        text.append(QStringLiteral("\nclass Mine\n  m: ") + rule + u'\n');
        bench().rules().edit(text, QStringLiteral("user sign"));
    }
    bool settled() {
        return QTest::qWaitFor([this] { return !bench().rules().stale() && !bench().userSignJob().busy(); }, 20'000) &&
               test::waitIdle(*window_);
    }
    std::uint64_t flowsOf(const QString& filter) {
        bench().filter().set(filter);
        if (!test::waitIdle(*window_)) return 0;
        return bench().selection()->count;
    }

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

void TstUserSignsWindow::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("refine"));
    QVERIFY(window_);
    QVERIFY(test::waitIdle(*window_));
}

void TstUserSignsWindow::typed() {
    const auto before = bench().rules().judgement();
    QCOMPARE(model().signCount(), 18);
    edit(QStringLiteral("sign Web = dst port in [80 443]"), QStringLiteral("Web Backsc"));
    QVERIFY(bench().rules().latest()->parsed.good());
    QVERIFY(bench().rules().stale());  // the last result stays while the bits are worked out
    QCOMPARE(bench().rules().judgement(), before);
    QVERIFY(settled());
    QCOMPARE(bench().rules().judgement()->classes.oneWay.flows, before->classes.oneWay.flows);
    QCOMPARE(model().signCount(), 19);
    QCOMPARE(model().headerData(model().flowsColumn() - 1, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Web"));
    QVERIFY(model()
                .headerData(model().flowsColumn() - 1, Qt::Horizontal, Qt::ToolTipRole)
                .toString()
                .startsWith(QStringLiteral("dst port in [80 443]")));
    std::uint64_t withSign = 0;
    for (int row = 0; row < model().rowCount(); ++row)
        if (model().index(row, model().flowsColumn() - 1).data().toString() == QStringLiteral("●"))
            withSign += model().index(row, model().flowsColumn()).data().toString().remove(u',').toULongLong();
    QVERIFY(withSign > 0);
    QCOMPARE(flowsOf(QStringLiteral("sign Web")), withSign);
    QCOMPARE(flowsOf(QStringLiteral("inbound and oneway and dst port in [80 443]")), withSign);
    bench().filter().set({});
    bench().pick().setCombination(model().wordAt(0));
    QVERIFY(test::waitIdle(*window_));
    test::shot(*window_, QStringLiteral("user-signs"));
}

void TstUserSignsWindow::changedFilter() {
    QString text = bench().rules().text();
    text.replace(QStringLiteral("[80 443]"), QStringLiteral("[22 23]"));
    bench().rules().edit(text, QStringLiteral("other ports"));
    QVERIFY(bench().rules().stale());
    QVERIFY(settled());
    const auto& data = *bench().snapshot()->signs();
    QCOMPARE(data.userSigns.size(), 1u);  // the old one is dropped
    QCOMPARE(data.userSigns[0].filter, "dst port in [22 23]");
    QCOMPARE(flowsOf(QStringLiteral("sign Web")),
             flowsOf(QStringLiteral("inbound and oneway and dst port in [22 23]")));
    bench().undo().undo();
    QVERIFY(settled());
    QCOMPARE(bench().snapshot()->signs()->userSigns.at(0).filter, "dst port in [80 443]");
    bench().filter().set({});  // what is compared next is what the filter leaves
    QVERIFY(test::waitIdle(*window_));
}

/// The other set knows no user sign: flows and classes add up all the same.
void TstUserSignsWindow::comparedWithAnother() {
    auto& comparison = bench().comparison();
    comparison.setChampion(QStringLiteral("shipped:bigler-2011"));
    comparison.setChallenger(QStringLiteral("draft"));
    const auto result = comparison.result();
    QVERIFY(result && result->good());
    QVERIFY(result->challenger->missing.empty());
    std::uint64_t flows = 0;
    for (const auto& cell : result->migration.cells) flows += cell.sums.flows;
    QCOMPARE(flows, bench().rules().judgement()->classes.oneWay.flows);
    QCOMPARE(result->proof.words, 5'976u * 2);
    QVERIFY(settled());
    QCOMPARE(bench().snapshot()->signs()->userSigns.size(), 1u);
}

void TstUserSignsWindow::badFilterIsUnderlined() {
    QString text = bench().rules().text();
    text.replace(QStringLiteral("dst port in"), QStringLiteral("dst prot in"));
    bench().rules().edit(text, QStringLiteral("bad filter"));
    const auto& found = bench().rules().latest()->parsed.diagnostics;
    const auto at =
        std::find_if(found.begin(), found.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    QVERIFY(at != found.end());
    QCOMPARE(at->column, 16u);
    QVERIFY(bench().rules().stale());
    bench().undo().undo();
    QVERIFY(!bench().rules().stale());
}

void TstUserSignsWindow::takenBack() {
    bench().undo().undo();
    QVERIFY(settled());
    QCOMPARE(model().signCount(), 18);
    QVERIFY(bench().snapshot()->signs()->userSigns.empty());
    bench().undo().redo();
    QVERIFY(settled());
    QCOMPARE(model().signCount(), 19);
}

void TstUserSignsWindow::comesBackWithTheProject() {
    const QString path = sandbox_.path(QStringLiteral("user.weir"));
    const auto flows = bench().rules().judgement()->classes.ruleMatches.back();
    window_->control().saveAs(path);
    QVERIFY(test::waitIdle(*window_));
    QVERIFY(window_->close());
    window_ = std::make_unique<ui::MainWindow>();
    window_->show();
    window_->openFiles({path});
    QVERIFY(test::waitIdle(*window_));
    window_->docks().show(QStringLiteral("refine"));
    QVERIFY(test::waitIdle(*window_));
    QVERIFY(settled());
    QCOMPARE(bench().rules().judgement()->classes.ruleMatches.back(), flows);
    QCOMPARE(model().signCount(), 19);
}

WEIR_UI_TEST_MAIN(TstUserSignsWindow)
#include "tst_user_signs_window.moc"
