// The Iterations dock and its history: save, undo, branch, restore, difference, chart points; what the file holds.
#include "tests/ui/synthetic_bench.h"

#include "core/session/evidence/open_project.h"
#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/delegates/diff_delegate.h"
#include "ui/models/iteration_diff_model.h"
#include "ui/models/iteration_model.h"
#include "ui/state/iteration_history.h"
#include "ui/text/format.h"
#include "ui/views/iterations_chart.h"
#include "ui/views/iterations_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>

using namespace weir;

class TstIterations : public QObject {
    Q_OBJECT
public:
    explicit TstIterations(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void init();
    void modelsKeepTheContract();
    void savingMakesTheBase();
    void nothingIsSavedWhileTheTextHasErrors();
    void restoreKeepsTheBaseBranchMovesIt();
    void undoTakesTheFileAlong();
    void chartHasADraftPoint();
    void differenceOfTwo();
    void reopenedProjectHasThem();

private:
    ui::Workbench& bench() { return synthetic_->bench; }
    ui::IterationHistory& history() { return bench().iterations(); }
    bool save(const QString& tag) {
        const auto n = history().all().size();
        history().save(tag);
        return QTest::qWaitFor([&] { return history().all().size() == n + 1 && !history().saving(); }, 5000);
    }
    void edit(const QString& from, const QString& to) {
        bench().rules().edit(QString(bench().rules().text()).replace(from, to), QStringLiteral("Edit"));
    }
    std::size_t inFile() { return session::iterations(*bench().project())->size(); }
    test::UiSandbox& sandbox_;
    std::unique_ptr<test::SyntheticBench> synthetic_;
    std::unique_ptr<ui::IterationsView> view_;
    QString path_;
    int n_ = 0;
};

void TstIterations::init() {
    view_.reset();
    path_ = sandbox_.path(QStringLiteral("t%1.weir").arg(++n_));
    synthetic_ = std::make_unique<test::SyntheticBench>(path_);
    const QString bigler = ui::fromUtf8(session::resourceText("rules", "bigler-2011"));
    history().load(bigler, QStringLiteral("bigler-2011"), QStringLiteral("Load"));
    bench().undo().clear();
    view_ = std::make_unique<ui::IterationsView>(bench(), nullptr);
    view_->resize(340, 300);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
}

void TstIterations::modelsKeepTheContract() {
    ui::IterationModel model;
    ui::IterationDiffModel diff;
    QAbstractItemModelTester a(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester b(&diff, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDraft(bench().rules().judgement(), QStringLiteral("x"));
    model.setIterations({{}, {}}, 1);
    diff.setTexts(QStringLiteral("a\nb\nc\nd\n"), QStringLiteral("a\nb\nx\nd\n"));
    diff.setTexts({}, {});
}

void TstIterations::savingMakesTheBase() {
    QCOMPARE(history().base().name, QStringLiteral("bigler-2011"));
    edit(QStringLiteral("!Onepkt !bogon"), QStringLiteral("!Onepkt !bogon !Backsc"));
    QVERIFY(save(QStringLiteral("alpha")));
    QCOMPARE(history().base().name, QStringLiteral("#1 alpha"));
    const auto& it = history().all().front();
    QCOMPARE(it.conflicting, bench().rules().judgement()->classes.conflicting);
    QCOMPARE(it.unclassified, bench().rules().judgement()->classes.unclassified);
    QCOMPARE(it.oneWay, std::uint64_t(644));
    QCOMPARE(ui::fromUtf8(it.text), bench().rules().text());
    QCOMPARE(history().baseJudgement()->classes.conflicting, it.conflicting);
    const auto& model = view_->iterations();
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, ui::IterationModel::kTag).data().toString(), QStringLiteral("alpha"));
    QCOMPARE(model.index(1, ui::IterationModel::kConflicting).data().toString(), QStringLiteral("70"));
}

void TstIterations::nothingIsSavedWhileTheTextHasErrors() {
    bench().rules().edit(bench().rules().text() + QStringLiteral("\nnonsense\n"), QStringLiteral("Edit"));
    QVERIFY(bench().rules().stale());
    history().save({});
    QVERIFY(!history().saving());
    QCOMPARE(view_->iterations().index(0, ui::IterationModel::kEdit).data().toString(), QStringLiteral("has an error"));
}

void TstIterations::restoreKeepsTheBaseBranchMovesIt() {
    QVERIFY(save({}));
    edit(QStringLiteral("!Onepkt !bogon"), QStringLiteral("!Onepkt !bogon !Backsc"));
    QVERIFY(save({}));
    const QString first = ui::fromUtf8(history().all()[0].text);
    view_->table().selectRow(2);
    history().restore(1);
    QCOMPARE(bench().rules().text(), first);
    QCOMPARE(history().base().id, std::int64_t(2));
    QVERIFY(save({}));
    QCOMPARE(history().all().back().parent, std::int64_t(2));
    history().branch(1);
    QCOMPARE(history().base().id, std::int64_t(1));
    QVERIFY(save(QStringLiteral("beta")));
    QCOMPARE(history().all().back().parent, std::int64_t(1));
    bench().undo().undo();  // the save
    bench().undo().undo();  // the branch
    QCOMPARE(history().base().id, std::int64_t(3));
}

void TstIterations::undoTakesTheFileAlong() {
    QVERIFY(save({}));
    QCOMPARE(inFile(), std::size_t(1));
    bench().undo().undo();
    QTRY_COMPARE(inFile(), std::size_t(0));
    QCOMPARE(history().base().name, QStringLiteral("bigler-2011"));
    bench().undo().redo();
    QTRY_COMPARE(inFile(), std::size_t(1));
    QCOMPARE(history().all().front().id, std::int64_t(1));
}

void TstIterations::chartHasADraftPoint() {
    QVERIFY(save(QStringLiteral("alpha")));
    edit(QStringLiteral("!Onepkt !bogon"), QStringLiteral("!Onepkt !bogon !Backsc"));
    const auto& points = view_->chart().points();
    QCOMPARE(points.size(), std::size_t(2));
    QTRY_COMPARE(view_->chart().points()[1].conflicting, std::uint64_t(70));  // the chart follows a moment later
    QCOMPARE(points[0].tag, QStringLiteral("alpha"));
    QCOMPARE(points[0].conflicting, std::uint64_t(90));
    QCOMPARE(points[1].id, std::int64_t(0));
    QSignalSpy picked(&view_->chart(), &ui::IterationsChart::picked);
    QVERIFY(!view_->chart().accessibleDescription().isEmpty());
}

void TstIterations::differenceOfTwo() {
    QVERIFY(save({}));
    edit(QStringLiteral("!Onepkt !bogon"), QStringLiteral("!Onepkt !bogon !Backsc"));
    view_->table().selectRow(1);
    view_->showDiff(true);
    QCOMPARE(view_->diff().removed(), std::size_t(1));
    QCOMPARE(view_->diff().added(), std::size_t(1));
    QStringList added;
    for (int row = 0; row < view_->diff().rowCount(); ++row)
        if (view_->diff().index(row).data(ui::kDiffKindRole).toInt() == int(refine::DiffKind::added))
            added << view_->diff().index(row).data().toString();
    QCOMPARE(added.size(), 1);
    QVERIFY(added.front().contains(QStringLiteral("Benign3")));
}

void TstIterations::reopenedProjectHasThem() {
    QVERIFY(save(QStringLiteral("final")));
    view_.reset();
    synthetic_.reset();
    auto again = session::openProject(path_.toStdString());
    QVERIFY(bool(again));
    ui::Workbench other;
    other.setProject(*again);
    const auto& known = other.iterations();
    QCOMPARE(known.all().size(), std::size_t(1));
    QCOMPARE(known.base().name, QStringLiteral("#1 final"));
}

WEIR_UI_TEST_MAIN(TstIterations)
#include "tst_iterations.moc"
