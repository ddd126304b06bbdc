// The perspective Triage on the sample: combinations, points in place, chart, sources and ports follow filter, time
// range and profile; all of it is undoable and stays.
#include "tests/support/window_driver.h"

#include "core/score/ranking.h"
#include "core/session/project/resources.h"
#include "core/session/rows/code_tally.h"
#include "core/session/verbs/top.h"
#include "ui/charts/code_bars.h"
#include "ui/charts/timeline_chart.h"
#include "ui/delegates/number_delegate.h"
#include "ui/models/code_overlap_model.h"
#include "ui/models/code_pair_model.h"
#include "ui/models/code_top_model.h"
#include "ui/models/weight_model.h"
#include "ui/text/format.h"
#include "ui/views/code_choice.h"
#include "ui/views/code_combination_view.h"
#include "ui/views/weight_view.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>
#include <QUndoStack>

#include <bit>
#include <set>

using namespace weir;

class TstTriage : public QObject {
    Q_OBJECT
public:
    explicit TstTriage(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { window_.reset(); }
    void combinationsAreThoseOfTheVerb();
    void focusSelectsNothing();
    void presetsAndLimits();
    void tablesFollowTheFilter();
    void pointsRankAtOnce();
    void pointsReachTheFilter();
    void revert();
    void timeRangeScoresAnew();
    void chart();
    void overlapAndHistogram();
    void sources();
    void ports();
    void timelineColours();
    void profiles();
    void choicesFollowTheProfile();
    void modelsKeepTheContract();
    void listsComeAndGo();
    void staysWithTheProject();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    ui::ScoreBoard& board() { return bench().scores(); }
    ui::CodeCombinationView& codes() { return *window_->findChild<ui::CodeCombinationView*>(); }
    ui::WeightView& weights() { return *window_->findChild<ui::WeightView*>(); }
    QSpinBox& pointsOf(int test) {
        return *qobject_cast<QSpinBox*>(
            weights().table().indexWidget(weights().weights().index(test, ui::WeightModel::kPoints)));
    }
    int testOf(const char* code) const;
    std::uint64_t countOf(const QString& filter);
    bool settled();

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

void TstTriage::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("triage"));
    QVERIFY(window_);
}

void TstTriage::init() { QVERIFY(settled()); }

void TstTriage::cleanup() {
    if (!window_ || !bench().project()) return;
    while (bench().undo().canUndo()) bench().undo().undo();
    bench().filter().set({});
    bench().filter().setTimeRange({});
    bench().filter().setRows(session::Rows::records);
    bench().filter().setCodes({});
    QTest::mouseClick(&codes().presetAll(), Qt::LeftButton);
}

/// Nothing runs, and the scores are those of the board's text and the filter's time range.
bool TstTriage::settled() {
    QTest::qWait(200);  // longer than edits take to settle
    const bool there = QTest::qWaitFor([&] {
        return board().result() && !board().stale() && bench().snapshot()->scores &&
               bench().snapshot()->scores->text == ui::toUtf8(board().text());
    });
    return test::waitIdle(*window_) && there && board().tally().scored > 0;
}

int TstTriage::testOf(const char* code) const {
    const auto& tests = window_->workbench().scores().profile().tests;
    return int(std::find_if(tests.begin(), tests.end(), [&](const score::Test& t) { return t.code == code; }) -
               tests.begin());
}

std::uint64_t TstTriage::countOf(const QString& filter) {
    session::Query query;
    query.rows = session::Rows::records;
    query.filter = ui::toUtf8(filter);
    JobContext job;
    const auto rows = session::selectRows(bench().snapshot(), bench().rules().judgement(), query, job);
    return rows ? (*rows)->count : ~std::uint64_t{0};
}

void TstTriage::combinationsAreThoseOfTheVerb() {
    const auto& scores = *bench().snapshot()->scores;
    const auto ranking = score::ranked(scores.parsed.profile, scores.scores->words);
    const auto& model = codes().combinations();
    QCOMPARE(model.rowCount(), int(ranking.size()));
    std::uint64_t sum = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const score::Ranked& r = ranking[std::size_t(row)];
        sum += r.count.flows;
        QCOMPARE(model.wordAt(row), r.count.word);
        QCOMPARE(model.index(row, ui::CodeCombinationModel::kBadness).data().toInt(), r.points.badness);
        QCOMPARE(model.index(row, ui::CodeCombinationModel::kRecords).data(ui::kRawRole).toULongLong(), r.count.flows);
        QCOMPARE(model.index(row, ui::CodeCombinationModel::kCodes)
                     .data(ui::kRawRole)
                     .toString()
                     .split(QStringLiteral(", "))
                     .size(),
                 qsizetype(std::popcount(r.count.word)));
    }
    QCOMPARE(model.listedRecords(), sum);
    QCOMPARE(model.index(model.rowCount() - 1, ui::CodeCombinationModel::kCumulative).data().toString(),
             QStringLiteral("100.0"));
    QVERIFY2(codes().scope().contains(ui::count(sum) + QStringLiteral(" records = 100 %")),
             qPrintable(codes().scope()));
}

/// Tab into a table, or a window that becomes active, is no choice of a row.
void TstTriage::focusSelectsNothing() {
    int tables = 0;
    for (QTableView* table : window_->findChildren<QTableView*>()) {
        if (!table->isVisible() || table->model()->rowCount() == 0 || table->currentIndex().isValid()) continue;
        table->setFocus(Qt::TabFocusReason);
        QVERIFY2(!table->currentIndex().isValid(), qPrintable(table->objectName()));
        QVERIFY(!bench().filter().narrowing().codes.size());
        ++tables;
    }
    QVERIFY(tables >= 3);
    codes().table().setFocus(Qt::TabFocusReason);
    QTest::keyClick(&codes().table(), Qt::Key_Down);  // a key is
    QCOMPARE(codes().table().currentIndex().row(), 0);
    codes().table().clearSelection();
    codes().table().setCurrentIndex({});
}

void TstTriage::presetsAndLimits() {
    auto& view = codes();
    const int all = view.combinations().rowCount();
    QVERIFY(view.presetAll().isChecked() && !view.presetWorst().isChecked());
    QTest::mouseClick(&view.presetWorst(), Qt::LeftButton);
    QVERIFY(view.presetWorst().isChecked() && !view.presetAll().isChecked());
    QCOMPARE(view.leastBadness().value(), 50);
    int worst = 0;
    for (const score::Ranked& r : board().ranking()) worst += r.points.badness >= 50;
    QCOMPARE(view.combinations().rowCount(), worst);
    view.leastBadness().setValue(40);
    QVERIFY(!view.presetWorst().isChecked() && !view.presetAll().isChecked());
    view.leastBadness().setValue(999);
    QCOMPARE(view.combinations().rowCount(), 0);
    QVERIFY(!view.table().isVisible());  // says how many are hidden
    QTest::mouseClick(&view.presetAll(), Qt::LeftButton);
    QVERIFY(view.presetAll().isChecked() && view.table().isVisible());
    QCOMPARE(view.combinations().rowCount(), all);
    view.mostGoodness().setValue(0);
    QCOMPARE(view.combinations().rowCount(), all);  // no record of the sample has a good code
    QVERIFY(!view.presetAll().isChecked());
}

void TstTriage::tablesFollowTheFilter() {
    const std::uint64_t before = board().tally().scored;
    bench().filter().set(QStringLiteral("dst port 22"));
    QTRY_VERIFY(board().tally().scored != before);
    QVERIFY(settled());
    std::uint64_t sum = 0;
    for (const score::Ranked& r : board().ranking()) sum += r.count.flows;
    QCOMPARE(sum, countOf(QStringLiteral("dst port 22 and badness >= 1")));
    bench().filter().set(QStringLiteral("outbound"));
    QTRY_COMPARE(board().tally().scored, std::uint64_t(0));
    QTRY_VERIFY(!codes().table().isVisible());
}

/// With every key in the spin box; undo takes the whole number back.
void TstTriage::pointsRankAtOnce() {
    const QString text = board().text();
    const int syn = testOf("SYN ONLY");
    const int before = board().ranking().front().points.badness;
    QSpinBox& box = pointsOf(syn);
    QCOMPARE(box.value(), 10);
    box.setFocus();
    box.selectAll();
    QTest::keyClicks(&box, QStringLiteral("60"));
    QCOMPARE(board().profile().tests[std::size_t(syn)].points, 60);
    QCOMPARE(codes().combinations().index(0, ui::CodeCombinationModel::kBadness).data().toInt(), before + 50);
    QVERIFY2(board().text().contains(QStringLiteral("bad  60 \"SYN ONLY\"")), qPrintable(board().text()));
    QVERIFY(std::is_sorted(board().ranking().begin(), board().ranking().end(),
                           [](const auto& a, const auto& b) { return a.points.badness > b.points.badness; }));
    QVERIFY(board().rankedInMs() < 50);  // a hang guard; the figure is a benchmark's
    QVERIFY(weights().revert().isEnabled());
    QCOMPARE(bench().undo().count(), 1);
    bench().undo().undo();
    QCOMPARE(board().text(), text);
    QCOMPARE(pointsOf(syn).value(), 10);
    QCOMPARE(codes().combinations().index(0, ui::CodeCombinationModel::kBadness).data().toInt(), before);
}

void TstTriage::pointsReachTheFilter() {
    const auto words = bench().snapshot()->scores->scores;
    const int dark = testOf("DARK IP");
    pointsOf(dark).setValue(777);
    QVERIFY(settled());
    QVERIFY(bench().snapshot()->scores->scores == words);  // no record was looked at
    QCOMPARE(countOf(QStringLiteral("badness >= 777")), board().perCode()[std::size_t(dark)]);
    bench().filter().set(QStringLiteral("badness >= 777"));
    QTRY_COMPARE(bench().selection()->count, board().perCode()[std::size_t(dark)]);
}

void TstTriage::revert() {
    const QString shipped = ui::fromUtf8(session::resourceText("score", session::kDefaultProfile));
    QCOMPARE(board().base(), shipped);
    QVERIFY(!weights().revert().isEnabled());
    pointsOf(1).setValue(3);
    pointsOf(2).setValue(4);
    QVERIFY(weights().revert().isEnabled());
    QVERIFY(weights().scope().contains(QStringLiteral("edited")));
    QTest::mouseClick(&weights().revert(), Qt::LeftButton);
    QCOMPARE(board().text(), shipped);
    bench().undo().undo();
    QCOMPARE(board().profile().tests[2].points, 4);
}

void TstTriage::timeRangeScoresAnew() {
    const auto whole = bench().snapshot()->scores;
    const std::int64_t first = bench().snapshot()->sources.front().first;
    bench().filter().setTimeRange(std::pair(first, first + 240'000'000));
    QTRY_VERIFY(bench().snapshot()->scores && bench().snapshot()->scores->range.to == first + 240'000'000);
    QVERIFY(settled());
    JobContext job;
    const auto expected =
        session::scoreRecords(bench().snapshot(), ui::toUtf8(board().text()), job, {first, first + 240'000'000});
    QVERIFY(expected && expected->scores->scored < whole->scores->scored);
    QTRY_COMPARE(board().tally().scored, expected->scores->scored);
    bench().filter().setTimeRange({});
    QTRY_VERIFY(bench().snapshot()->scores->range.all());
    QTRY_COMPARE(board().tally().scored, whole->scores->scored);
}

void TstTriage::chart() {
    auto* bars = window_->findChild<ui::CodeBars*>(QStringLiteral("codeBars"));
    QCOMPARE(bars->bars().size(), board().profile().tests.size());
    QVERIFY(std::is_sorted(bars->bars().begin(), bars->bars().end(),
                           [](const auto& a, const auto& b) { return a.records > b.records; }));
    for (const auto& bar : bars->bars())
        QCOMPARE(bar.records, countOf(QStringLiteral("code \"%1\"").arg(bar.name)) == 0
                                  ? 0
                                  : board().perCode()[std::size_t(bar.test)]);
    QTest::mouseClick(bars->viewport(), Qt::LeftButton, {}, QPoint(40, 15));
    QCOMPARE(bench().pick().code(), bars->bars().front().test);
    bars->setFocus();
    QTest::keyClick(bars, Qt::Key_Down);
    QCOMPARE(bench().pick().code(), bars->bars()[1].test);
    QCOMPARE(weights().table().currentIndex().row(), bars->bars()[1].test);
    QTest::keyClick(bars, Qt::Key_Return);
    QCOMPARE(bench().filter().text(), QStringLiteral("code \"%1\"").arg(bars->bars()[1].name));
}

void TstTriage::overlapAndHistogram() {
    auto* dock = window_->findChild<QTableView*>(QStringLiteral("codeOverlap"));
    const auto* model = qobject_cast<ui::CodeOverlapModel*>(dock->model());
    QVERIFY(model->rowCount() >= 6 &&
            model->rowCount() < int(board().profile().tests.size()));  // codes that nobody bears are left out
    const auto code = [&](int section) {
        return QStringLiteral("code \"%1\"")
            .arg(ui::fromUtf8(board().profile().tests[std::size_t(model->testAt(section))].code));
    };
    for (int a = 0; a < model->rowCount(); ++a)
        for (int b = a; b < model->rowCount(); ++b) {
            const std::uint64_t both = countOf(code(a) + QStringLiteral(" and ") + code(b)),
                                either = countOf(code(a) + QStringLiteral(" or ") + code(b));
            QCOMPARE(model->index(a, b).data(ui::kRawRole).toULongLong(), both);
            if (a != b) QCOMPARE(model->index(b, a).data(ui::kRawRole).toDouble(), double(both) / double(either));
        }
    emit dock->activated(model->index(0, 1));
    QCOMPARE(bench().filter().text(), code(0) + QStringLiteral(" and ") + code(1));
    bench().filter().set({});
    QVERIFY(settled());
    auto* bars = window_->findChild<ui::CodeBars*>(QStringLiteral("badnessBars"));
    std::uint64_t sum = 0;
    for (const auto& bar : bars->bars()) {
        QCOMPARE(bar.records, countOf(QStringLiteral("badness = %1").arg(bar.test)));
        sum += bar.records;
    }
    QCOMPARE(sum, board().tally().scored);
    const auto& combos = codes().combinations();
    for (int row = 0; row < combos.rowCount(); ++row) {
        const double discounted =
            combos.index(row, ui::CodeCombinationModel::kDiscounted).data(ui::kRawRole).toDouble();
        QCOMPARE(discounted, score::discountedBadness(board().profile(), board().overlap(), combos.wordAt(row)));
        QVERIFY(discounted > 0 && discounted <= combos.index(row, ui::CodeCombinationModel::kBadness).data().toInt());
    }
}

void TstTriage::sources() {
    auto* table = window_->findChild<QTableView*>(QStringLiteral("codeSources"));
    const auto* model = qobject_cast<ui::CodeTopModel*>(table->model());
    bench().pick().setCode(testOf("SYN ONLY"));
    QTRY_COMPARE(model->top().total, board().perCode()[std::size_t(testOf("SYN ONLY"))]);
    std::uint64_t sum = model->top().otherRecords;
    for (const auto& row : model->top().rows) sum += row.records;
    QCOMPARE(sum, model->top().total);
    const QString source = model->valueAt(0);
    QCOMPARE(model->top().rows.front().records, countOf(QStringLiteral("src ip %1 and code \"SYN ONLY\"").arg(source)));
    emit table->activated(model->index(0, 0));
    QTRY_COMPARE(bench().selection()->count, model->top().total);
    QCOMPARE(bench().selection()->count, countOf(QStringLiteral("src ip %1 and code \"SYN ONLY\"").arg(source)));
}

void TstTriage::ports() {
    auto* table = window_->findChild<QTableView*>(QStringLiteral("codePorts"));
    const auto* model = qobject_cast<ui::CodePairModel*>(table->model());
    QTRY_VERIFY(model->listed() > 3);
    std::array<std::set<QString>, 2> shown;
    for (int side = 0; side < 2; ++side) {
        const char* code = side == 0 ? "POSSIBLE TCP SCAN" : "SYN ONLY";
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex at = model->index(row, side * ui::CodePairModel::kPerCode);
            const QString port = model->valueAt(at);
            if (port.isEmpty()) continue;
            shown[std::size_t(side)].insert(port);
            QCOMPARE(at.siblingAtColumn(at.column() + ui::CodePairModel::kRecords).data(ui::kRawRole).toULongLong(),
                     countOf(QStringLiteral("dst port %1 and code \"%2\"").arg(port, QString::fromLatin1(code))));
        }
    }
    std::vector<QString> both;
    std::set_intersection(shown[0].begin(), shown[0].end(), shown[1].begin(), shown[1].end(), std::back_inserter(both));
    QCOMPARE(model->common(), int(both.size()));
    QCOMPARE(model->listed(), int(shown[0].size() + shown[1].size() - both.size()));
    int marks = 0;
    for (int row = 0; row < model->rowCount(); ++row)
        for (int side = 0; side < 2; ++side)
            marks +=
                model->index(row, side * ui::CodePairModel::kPerCode + ui::CodePairModel::kMark).data().toString() ==
                QStringLiteral("◆");
    QCOMPARE(marks, 2 * int(both.size()));
}

void TstTriage::timelineColours() {
    auto* chart = window_->findChild<ui::TimelineChart*>(QStringLiteral("timelineChart"));
    QTRY_VERIFY(chart->timeline().by == session::TimelineBy::badness);
    const auto& t = chart->timeline();
    QCOMPARE(t.totals[3], countOf(QStringLiteral("badness >= 50")));
    QCOMPARE(t.totals[4], bench().selection()->total - countOf(QStringLiteral("badness >= 0")));
    bench().filter().setRows(session::Rows::derived);
    QTRY_VERIFY(chart->timeline().by == session::TimelineBy::classes);
}

void TstTriage::profiles() {
    const QString before = board().text();
    QVERIFY(!weights().loadProfile(QStringLiteral("weir-score 1\nbad 1 \"A\" when dst prot 80\n"),
                                   QStringLiteral("broken")));
    QVERIFY2(window_->notices().text().contains(QStringLiteral("line 2")), qPrintable(window_->notices().text()));
    QCOMPARE(board().text(), before);
    QVERIFY(weights().loadProfile(QStringLiteral("weir-score 1\nname \"Own\"\nbad 3 \"TO SSH\" when dst port 22\ngood "
                                                 "2 \"TO SSH, LARGE\" when dst port 22 and packets > 5\n"),
                                  QStringLiteral("own")));
    QVERIFY(settled());
    QCOMPARE(weights().weights().rowCount(), 2);
    QCOMPARE(weights().scope(), QStringLiteral("Own"));
    QCOMPARE(board().perCode()[0], countOf(QStringLiteral("inbound and dst port 22")));
    QVERIFY(pointsOf(1).text().startsWith(u'+'));
    const auto choices = window_->findChildren<ui::CodeChoice*>();
    QCOMPARE(choices.size(), 3);
    for (const auto* choice : choices) QCOMPARE(choice->code(), QStringLiteral("TO SSH"));
    pointsOf(0).setValue(9);
    QVERIFY(weights().revert().isEnabled());  // its own points are where it goes back to
    bench().undo().undo();
    QVERIFY(!weights().revert().isEnabled());
    bench().undo().undo();
    QVERIFY(settled());
    QCOMPARE(board().text(), before);
    QCOMPARE(weights().weights().rowCount(), 9);
}

/// Codes that a new profile has not are replaced by those that most records bear, and come back with the old one.
void TstTriage::choicesFollowTheProfile() {
    const QString before = board().text();
    const auto codesOf = [this] {
        QStringList out;
        for (const char* view : {"codeSources", "codePorts"}) {
            QObject* at = window_->findChild<QTableView*>(QLatin1String(view));
            while (!qobject_cast<ui::View*>(at)) at = at->parent();
            for (QWidget* control : qobject_cast<ui::View*>(at)->titleControls()) {
                if (auto* one = qobject_cast<ui::CodeChoice*>(control)) out << one->code();
                for (const auto* choice : control->findChildren<ui::CodeChoice*>()) out << choice->code();
            }
        }
        return out;
    };
    const QStringList chosen = codesOf();
    QCOMPARE(chosen.size(), 3);
    QVERIFY(weights().loadProfile(
        QStringLiteral("weir-score 1\nname \"Own\"\ngood 1 \"ALL\" when any\nbad 3 \"NONE\" when dst port 1 and dst "
                       "port 2\nbad 3 \"SOME\" when flags = S\nbad 1 \"MOST\" when proto tcp\n"),
        QStringLiteral("own")));
    QVERIFY(settled());
    QCOMPARE(codesOf(), (QStringList{QStringLiteral("MOST"), QStringLiteral("MOST"), QStringLiteral("SOME")}));
    bench().undo().undo();
    QVERIFY(settled());
    QCOMPARE(board().text(), before);
    QCOMPARE(codesOf(), chosen);
}

void TstTriage::modelsKeepTheContract() {
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    for (QAbstractItemModel* model : {static_cast<QAbstractItemModel*>(&codes().combinations()),
                                      static_cast<QAbstractItemModel*>(&weights().weights()),
                                      window_->findChild<QTableView*>(QStringLiteral("codeSources"))->model(),
                                      window_->findChild<QTableView*>(QStringLiteral("codePorts"))->model()})
        testers.push_back(
            std::make_unique<QAbstractItemModelTester>(model, QAbstractItemModelTester::FailureReportingMode::QtTest));
    pointsOf(testOf("DARK IP")).setValue(40);
    bench().filter().set(QStringLiteral("proto tcp"));
    QVERIFY(settled());
    codes().table().sortByColumn(ui::CodeCombinationModel::kRecords, Qt::AscendingOrder);
    std::uint64_t last = 0;
    for (int row = 0; row < codes().combinations().rowCount(); ++row) {
        const auto n =
            codes().combinations().index(row, ui::CodeCombinationModel::kRecords).data(ui::kRawRole).toULongLong();
        QVERIFY(n >= last);
        last = n;
    }
    codes().table().sortByColumn(ui::CodeCombinationModel::kBadness, Qt::DescendingOrder);
}

void TstTriage::listsComeAndGo() {
    QFile list(sandbox_.path(QStringLiteral("threats.txt")));
    QVERIFY(list.open(QIODevice::WriteOnly) && list.write("44.128.0.0/9\nnonsense\n") > 0);
    list.close();
    const int threats = testOf("EMERGING THREATS");
    const auto records = [&](int test) {
        return weights().weights().index(test, ui::WeightModel::kRecords).data().toString();
    };
    QCOMPARE(records(threats), QStringLiteral("no list"));
    window_->control().addList(QStringLiteral("emerging-threats"), list.fileName(), {"2026-01-01", {}, {}});
    QTRY_VERIFY(board().result() && board().perCode()[std::size_t(threats)] > 0);
    QCOMPARE(records(threats), ui::count(board().perCode()[std::size_t(threats)]));
    QVERIFY2(window_->notices().text().contains(QStringLiteral("line 2")), qPrintable(window_->notices().text()));
    emit bench().listRemovalAsked(QStringLiteral("emerging-threats"));
    QTRY_COMPARE(records(threats), QStringLiteral("no list"));
}

void TstTriage::staysWithTheProject() {
    const QString path = sandbox_.path(QStringLiteral("kept.weir"));
    pointsOf(testOf("SYN ONLY")).setValue(11);
    codes().leastBadness().setValue(20);
    QVERIFY(settled());
    window_->control().saveAs(path);
    QVERIFY(test::waitIdle(*window_));
    const std::uint64_t word = codes().combinations().wordAt(1);
    bench().filter().setCodes(ui::codesOfWord(board().profile(), word));
    const QString text = board().text();
    window_->close();
    window_ = std::make_unique<ui::MainWindow>();
    window_->show();
    window_->openFiles({path});
    QTRY_VERIFY(bench().project() != nullptr);
    QVERIFY(settled());
    QCOMPARE(window_->docks().current(), QStringLiteral("triage"));
    QCOMPARE(int(bench().filter().rows()), int(session::Rows::records));
    QCOMPARE(board().text(), text);
    QCOMPARE(codes().leastBadness().value(), 20);
    QCOMPARE(ui::wordOfCodes(board().profile(), bench().filter().narrowing().codes), std::optional(word));
    QVERIFY(weights().revert().isEnabled());  // the shipped points are still known
}

WEIR_UI_TEST_MAIN(TstTriage)
#include "tst_triage.moc"
