// Compare in the real window beyond rule sets: score profiles in the same docks, and the dock Deviation with time
// ranges and another project.
#include "tests/support/window_driver.h"

#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/select.h"
#include "ui/delegates/number_delegate.h"
#include "ui/dialogs/period_dialog.h"
#include "ui/flow_side.h"
#include "ui/late_view.h"
#include "ui/models/class_change_model.h"
#include "ui/models/compare_text_model.h"
#include "ui/models/deviation_model.h"
#include "ui/models/moved_model.h"
#include "ui/state/comparison.h"
#include "ui/text/format.h"
#include "ui/views/migration_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QTableView>
#include <QUndoStack>

using namespace weir;

class TstCompareDocks : public QObject {
    Q_OBJECT
public:
    explicit TstCompareDocks(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void profileCellsHoldTheirRecords();
    void profilesSideBySide();
    void kindsGoTogether();
    void profilesFollowTheWeights();
    void profileIsPromoted();
    void profileFilesAndErrors();
    void halvesOfTheData();
    void rangeShownAgainstTheRest();
    void anotherProject();
    void sidesAreKept();
    void periodDialog();
    void cleanupTestCase() { window_.reset(); }

private:
    ui::Workbench& bench() { return window_->workbench(); }
    ui::Comparison& comparison() { return bench().comparison(); }
    template <class Model>
    Model& model(const char* table) {
        auto* view = window_->findChild<QTableView*>(QString::fromLatin1(table));
        if (!view) qFatal("no table %s", table);
        return *static_cast<Model*>(view->model());
    }
    QTableView& table(const char* name) { return *window_->findChild<QTableView*>(QString::fromLatin1(name)); }
    QComboBox& box(const char* accessibleName);
    ui::LateView& deviationView();
    bool waitSettled() {
        return QTest::qWaitFor([&] { return deviationView().settled(); }, 30'000) && test::waitIdle(*window_);
    }
    void setSides(const ui::FlowSide& baseline, const ui::FlowSide& now, int level = 0);
    bool waitSelection(session::Rows rows);
    void shots(const char* name);
    std::uint64_t flowsIn(const session::Period& period, const std::string& filter);

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

QComboBox& TstCompareDocks::box(const char* accessibleName) {
    for (auto* b : window_->findChildren<QComboBox*>())
        if (b->accessibleName() == QLatin1String(accessibleName)) return *b;
    qFatal("no box %s", accessibleName);
}

ui::LateView& TstCompareDocks::deviationView() {
    QWidget* at = &table("deviation");
    while (!qobject_cast<ui::LateView*>(at)) at = at->parentWidget();
    return *qobject_cast<ui::LateView*>(at);
}

void TstCompareDocks::setSides(const ui::FlowSide& baseline, const ui::FlowSide& now, int level) {
    deviationView().restore({{QStringLiteral("baseline"), baseline.state()},
                             {QStringLiteral("now"), now.state()},
                             {QStringLiteral("level"), level}});
    QVERIFY(waitSettled());
}

bool TstCompareDocks::waitSelection(session::Rows rows) {
    return QTest::qWaitFor([&] {
        const auto& s = bench().selection();
        return s && s->query.filter == ui::toUtf8(bench().filter().text()) && s->query.rows == rows &&
               s->query.fromUs == bench().filter().query().fromUs;
    });
}

std::uint64_t TstCompareDocks::flowsIn(const session::Period& period, const std::string& filter) {
    JobContext job;
    session::Query query;
    query.filter = filter + (period.filter().empty() ? "" : " and " + period.filter());
    const auto rows = session::selectRows(bench().snapshot(), bench().rules().judgement(), query, job);
    return rows ? (*rows)->count : ~0ull;
}

/// As it is, on a small screen, and in the dark on a large one.
void TstCompareDocks::shots(const char* name) {
    if (qEnvironmentVariableIsEmpty("WEIR_SHOTS")) return;
    const QString base = QString::fromLatin1(name);
    test::shot(*window_, base);
    window_->resize(1280, 800);
    QTest::qWait(100);
    test::shot(*window_, base + QStringLiteral("-small"));
    ui::setScheme(ui::Scheme::dark);
    window_->resize(2560, 1440);
    QTest::qWait(100);
    test::shot(*window_, base + QStringLiteral("-dark"));
    ui::setScheme(ui::Scheme::light);
    window_->resize(1440, 900);
    QTest::qWait(100);
}

void TstCompareDocks::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("compare"));
    QVERIFY(window_);
    QVERIFY(test::waitIdle(*window_));
    new QAbstractItemModelTester(&model<ui::DeviationModel>("deviation"),
                                 QAbstractItemModelTester::FailureReportingMode::QtTest, this);
}

void TstCompareDocks::profileCellsHoldTheirRecords() {
    comparison().setChampion(QStringLiteral("profile:shipped:sweeney-2017"));
    comparison().setChallenger(QStringLiteral("profile:shipped:extended"));
    QTRY_VERIFY(comparison().scores());
    QVERIFY(!comparison().result());
    JobContext job;
    const auto expected = session::compareProfiles(bench().snapshot(), session::resourceText("score", "sweeney-2017"),
                                                   session::resourceText("score", "extended"), job);
    QVERIFY(expected);
    const auto& m = (*expected)->migration;
    auto& migration = *window_->findChild<ui::MigrationView*>();
    auto& matrix = migration.matrix();
    QTRY_COMPARE(matrix.rowCount(), int(m.from.size()) + 1);
    QCOMPARE(matrix.columnCount(), int(m.to.size()) + 1);
    QVERIFY(m.changed.flows > 0);
    shots("compare-profiles");
    for (const compare::Cell& cell : m.cells) {
        const QModelIndex at = matrix.index(cell.from, cell.to);
        QCOMPARE(at.data(ui::kRawRole).toULongLong(), cell.sums.flows);
        emit migration.table().activated(at);
        QVERIFY(waitSelection(session::Rows::records));
        QCOMPARE(bench().selection()->directions, cell.sums.flows);
        QTRY_VERIFY(matrix.rowCount() == 2 && matrix.index(1, 1).data(ui::kRawRole).toULongLong() ==
                                                  cell.sums.flows);  // the matrix follows: the cell alone
        bench().filter().set({});
        QTRY_COMPARE(matrix.rowCount(), int(m.from.size()) + 1);
    }
    QVERIFY(migration.statement().contains(QStringLiteral("unchanged badness")));
    // Bars and what moves say the same.
    auto& bars = model<ui::ClassChangeModel>("classChange");
    QCOMPARE(bars.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Badness"));
    std::uint64_t before = 0, after = 0;
    for (int row = 0; row < bars.rowCount(); ++row) {
        before += bars.index(row, ui::ClassChangeModel::kBefore).data(ui::kRawRole).toULongLong();
        after += bars.index(row, ui::ClassChangeModel::kAfter).data(ui::kRawRole).toULongLong();
    }
    QCOMPARE(before, m.changed.flows + m.unchanged.flows);
    QCOMPARE(after, before);
    comparison().setCell({});
    QCOMPARE(model<ui::MovedModel>("moved").flows(), m.changed.flows);
    const compare::Cell& one = *std::ranges::find_if(m.cells, [&](const compare::Cell& c) { return m.moved(c); });
    comparison().setCell(std::pair(ui::fromUtf8(m.from[one.from]), ui::fromUtf8(m.to[one.to])));
    QCOMPARE(model<ui::MovedModel>("moved").flows(), one.sums.flows);
    emit table("moved").activated(model<ui::MovedModel>("moved").index(0, ui::MovedModel::kFlows));
    QVERIFY(waitSelection(session::Rows::records));
    QCOMPARE(bench().selection()->directions, one.sums.flows);
    bench().filter().set({});
    QTRY_COMPARE(matrix.rowCount(), int(m.from.size()) + 1);
}

void TstCompareDocks::profilesSideBySide() {
    auto& texts = model<ui::CompareTextModel>("compareTexts");
    QVERIFY(texts.changes() > 0);
    // Beside each test: the records with its code.
    const session::ScoreComparison& c = *comparison().scores();
    const auto& tests = c.champion->parsed.profile.tests;
    for (std::size_t i = 0; i < tests.size(); ++i) {
        std::uint64_t flows = 0;
        for (const auto& word : c.champion->scores->words)
            if (word.word >> i & 1u) flows += word.flows;
        bool found = false;
        for (int row = 0; row < texts.rowCount() && !found; ++row)
            found = texts.index(row, ui::CompareTextModel::kBefore)
                        .data()
                        .toString()
                        .contains(ui::fromUtf8(tests[i].code)) &&
                    texts.index(row, ui::CompareTextModel::kBeforeFlows).data().toString() == ui::count(flows);
        QVERIFY2(found, tests[i].code.c_str());
    }
}

void TstCompareDocks::kindsGoTogether() {
    comparison().setChampion(QStringLiteral("draft"));
    QVERIFY(!comparison().challenger().profile);
    QCOMPARE(comparison().challenger().id, QStringLiteral("shipped:glatz-2012"));
    QVERIFY(comparison().result() && !comparison().scores());
    // Cells of rule sets count flows, whatever the list showed before.
    bench().filter().setRows(session::Rows::records);
    const auto& cell = comparison().result()->migration.cells.front();
    const auto& migration = comparison().result()->migration;
    comparison().filterCell(ui::fromUtf8(migration.from[cell.from]), ui::fromUtf8(migration.to[cell.to]));
    QVERIFY(waitSelection(session::Rows::derived));
    QCOMPARE(bench().selection()->count, cell.sums.flows);
    bench().filter().set({});
    comparison().setChallenger(QStringLiteral("profile:shipped:extended"));
    QCOMPARE(comparison().champion().id, QStringLiteral("profile:draft"));
    QTRY_VERIFY(comparison().scores());
    QVERIFY(!comparison().result());
    comparison().setState({{QStringLiteral("champion"), QStringLiteral("profile:shipped:extended")},
                           {QStringLiteral("challenger"), QStringLiteral("draft")}});
    QVERIFY(comparison().champion().profile && comparison().challenger().profile);
}

void TstCompareDocks::profilesFollowTheWeights() {
    comparison().setChampion(QStringLiteral("profile:shipped:sweeney-2017"));
    comparison().setChallenger(QStringLiteral("profile:draft"));
    QTRY_VERIFY(comparison().scores());
    QCOMPARE(comparison().scores()->migration.changed.flows, std::uint64_t(0));
    QString text = bench().scores().text();
    const auto& tests = comparison().scores()->champion->parsed.profile.tests;
    const auto syn = std::ranges::find(tests, std::string("SYN ONLY"), &score::Test::code);
    QVERIFY(syn != tests.end());
    bench().scores().setPoints(std::size_t(syn - tests.begin()), 77);
    QTRY_VERIFY(comparison().scores() && comparison().scores()->migration.changed.flows > 0);
    bench().undo().undo();
    QTRY_VERIFY(comparison().scores() && comparison().scores()->migration.changed.flows == 0);
}

void TstCompareDocks::profileIsPromoted() {
    const QString before = bench().scores().text();
    comparison().setChallenger(QStringLiteral("profile:shipped:extended"));
    comparison().promote();
    QCOMPARE(bench().scores().text(), ui::fromUtf8(session::resourceText("score", "extended")));
    QCOMPARE(comparison().champion().id, QStringLiteral("profile:shipped:extended"));
    QCOMPARE(comparison().challenger().id, QStringLiteral("profile:draft"));
    bench().undo().undo();
    QCOMPARE(bench().scores().text(), before);
}

void TstCompareDocks::profileFilesAndErrors() {
    const auto put = [&](const char* name, const char* text) {
        QFile f(sandbox_.path(QString::fromLatin1(name)));
        if (!f.open(QIODevice::WriteOnly)) qFatal("cannot write");
        f.write(text);
        return f.fileName();
    };
    const QString own =
        comparison().addFile(put("own.score", "weir-score 1\nname \"Own\"\nbad 5 \"TCP\" when proto tcp\n"));
    QVERIFY(own.startsWith(QStringLiteral("profile:file:")));
    comparison().setChallenger(own);
    QTRY_VERIFY(comparison().scores());
    QCOMPARE(comparison().scores()->challenger->parsed.profile.name, std::string("Own"));
    QCOMPARE(comparison().addFile(put("bad.score", "weir-score 1\nbad 5 \"A\" when prt 5\n")), QString());
    QVERIFY(window_->notices().isVisible());
    comparison().setChampion(QStringLiteral("shipped:glatz-2012"));
    QVERIFY(test::waitIdle(*window_));
}

void TstCompareDocks::halvesOfTheData() {
    window_->docks().raise(QStringLiteral("deviation"));
    setSides({ui::FlowSide::Kind::firstHalf}, {ui::FlowSide::Kind::secondHalf});
    auto& rows = model<ui::DeviationModel>("deviation");
    const session::Period first = session::firstHalf(*bench().snapshot()->flows), second{first.toUs, INT64_MAX, false};
    QTRY_COMPARE(rows.rowCount(), 9);  // seven classes with Other, all, in conflict
    std::uint64_t baseline = 0, now = 0;
    for (int row = 0; row < 9; ++row) {
        const auto item = rows.itemAt(row);
        const std::string filter = item.conflicting         ? "conflicting"
                                   : item.className.empty() ? "inbound and oneway"
                                                            : "class \"" + item.className + "\"";
        QCOMPARE(rows.index(row, ui::DeviationModel::kBaseline).data(ui::kRawRole).toULongLong(),
                 flowsIn(first, filter));
        QCOMPARE(rows.index(row, ui::DeviationModel::kNow).data(ui::kRawRole).toULongLong(), flowsIn(second, filter));
        if (row < 7) {
            baseline += flowsIn(first, filter);
            now += flowsIn(second, filter);
        }
        // Enter shows exactly these.
        emit table("deviation").activated(rows.index(row, 0));
        QVERIFY(waitSelection(session::Rows::derived));
        QCOMPARE(bench().selection()->count, flowsIn(second, filter));
    }
    QCOMPARE(baseline + now, bench().rules().judgement()->classes.oneWay.flows);
    shots("deviation-classes");
    setSides({ui::FlowSide::Kind::firstHalf}, {ui::FlowSide::Kind::secondHalf}, 1);
    std::uint64_t sum = 0;
    for (int row = 0; row < rows.rowCount(); ++row)
        sum += rows.index(row, ui::DeviationModel::kNow).data(ui::kRawRole).toULongLong();
    QCOMPARE(sum, now);
    emit table("deviation").activated(rows.index(0, 0));
    QVERIFY(waitSelection(session::Rows::derived));
    QCOMPARE(bench().selection()->count, rows.index(0, ui::DeviationModel::kNow).data(ui::kRawRole).toULongLong());
    test::shot(*window_, QStringLiteral("deviation-combinations"));
    bench().filter().set({});
}

void TstCompareDocks::rangeShownAgainstTheRest() {
    auto& rows = model<ui::DeviationModel>("deviation");
    bench().filter().setTimeRange({});
    setSides({ui::FlowSide::Kind::notShown}, {ui::FlowSide::Kind::shown});
    QVERIFY(!table("deviation").isVisible());  // no range is shown: the dock says what to do
    const auto [first, last] =
        std::ranges::minmax(std::span(bench().snapshot()->flows->start.data(), bench().snapshot()->flows->size()));
    const std::pair range(first + (last - first) / 4, first + (last - first) / 3);
    bench().filter().setTimeRange(range);
    QVERIFY(waitSettled());
    QVERIFY(table("deviation").isVisible());
    const session::Period inside{range.first, range.second, false}, outside{range.first, range.second, true};
    QCOMPARE(rows.rowCount(), 9);
    QCOMPARE(rows.index(0, ui::DeviationModel::kNow).data(ui::kRawRole).toULongLong(),
             flowsIn(inside, "class \"" + rows.itemAt(0).className + "\""));
    QCOMPARE(rows.index(0, ui::DeviationModel::kBaseline).data(ui::kRawRole).toULongLong(),
             flowsIn(outside, "class \"" + rows.itemAt(0).className + "\""));
    // Looking at the flows takes the range off the filter; the sides stay where they are.
    emit table("deviation").activated(rows.index(0, 0));
    QVERIFY(waitSelection(session::Rows::derived));
    QVERIFY(!bench().filter().timeRange());
    QCOMPARE(bench().selection()->count, flowsIn(inside, "class \"" + rows.itemAt(0).className + "\""));
    QVERIFY(waitSettled());
    QCOMPARE(rows.index(0, ui::DeviationModel::kNow).data(ui::kRawRole).toULongLong(),
             flowsIn(inside, "class \"" + rows.itemAt(0).className + "\""));
    // Where there is nothing at all.
    setSides({ui::FlowSide::Kind::all}, {ui::FlowSide::Kind::range, 0, 1'000'000, {}});
    QVERIFY(!table("deviation").isVisible());
    bench().filter().set({});
}

void TstCompareDocks::anotherProject() {
    const QString path = sandbox_.path(QStringLiteral("last-month.weir"));
    {
        JobContext job;
        const auto other = *session::createProject(ui::toUtf8(path));
        QVERIFY(session::importFiles(*other, {{session::samplePath()}, {}, false, false}, job));
        QVERIFY(session::ensureLocal(*other, session::sampleLocal(), job));
    }
    auto& rows = model<ui::DeviationModel>("deviation");
    setSides({ui::FlowSide::Kind::project, 0, 0, path}, {ui::FlowSide::Kind::all}, 1);
    QVERIFY(rows.rowCount() > 20);
    for (int row = 0; row < rows.rowCount(); ++row) {
        QCOMPARE(rows.index(row, ui::DeviationModel::kBaseline).data(ui::kRawRole).toULongLong(),
                 rows.index(row, ui::DeviationModel::kNow).data(ui::kRawRole).toULongLong());
        QCOMPARE(rows.index(row, ui::DeviationModel::kFactor).data().toString(), QStringLiteral("×1.00"));
    }
    test::shot(*window_, QStringLiteral("deviation-project"));
    // The rules may ask for more: the other project is asked for it too.
    QString text = bench().rules().text();
    text.replace(QStringLiteral("class \"Malicious Scanning\""),
                 QStringLiteral("sign Web = port 80\nclass \"Malicious Scanning\""));
    QVERIFY(text.contains(QStringLiteral("sign Web")));
    bench().rules().edit(text, QStringLiteral("test"));
    const auto asked = [&] {
        bool web = false;
        for (int row = 0; row < rows.rowCount(); ++row)
            web |= rows.index(row, ui::DeviationModel::kSigns).data().toString().contains(QStringLiteral("Web"));
        return web;
    };
    QTRY_VERIFY(asked());
    for (int row = 0; row < rows.rowCount(); ++row)
        QCOMPARE(rows.index(row, ui::DeviationModel::kFactor).data().toString(), QStringLiteral("×1.00"));
    bench().undo().undo();
    for (const QString& wrong : {sandbox_.path(QStringLiteral("none.weir")), ui::fromUtf8(bench().snapshot()->path)}) {
        setSides({ui::FlowSide::Kind::project, 0, 0, wrong}, {ui::FlowSide::Kind::all});
        QVERIFY2(!table("deviation").isVisible(), qPrintable(wrong));
    }
}

void TstCompareDocks::sidesAreKept() {
    using Kind = ui::FlowSide::Kind;
    for (const ui::FlowSide& side : {ui::FlowSide{Kind::all},
                                     {Kind::notShown},
                                     {Kind::range, 1'234'567'890'123'457, 1'234'567'890'123'459, {}},
                                     {Kind::notRange, 5, 9, {}},
                                     {Kind::project, 0, 0, QStringLiteral("/a/b.weir")}})
        QVERIFY(ui::FlowSide::fromState(side.state(), Kind::shown) == side);
    for (const QJsonObject& broken : {QJsonObject(),
                                      {{QStringLiteral("kind"), QStringLiteral("range")}},
                                      {{QStringLiteral("kind"), QStringLiteral("project")}},
                                      {{QStringLiteral("kind"), 7}}})
        QVERIFY(ui::FlowSide::fromState(broken, Kind::secondHalf) == ui::FlowSide{Kind::secondHalf});
    // By the boxes: a range shown is held against the rest.
    setSides({Kind::firstHalf}, {Kind::secondHalf});
    QComboBox& now = box("Compared with the baseline");
    now.setCurrentIndex(now.findText(QStringLiteral("Time range shown")));
    emit now.activated(now.currentIndex());
    QCOMPARE(box("Baseline").currentText(), QStringLiteral("All but the range shown"));
    QCOMPARE(
        deviationView().state().value(QStringLiteral("baseline")).toObject().value(QStringLiteral("kind")).toString(),
        QStringLiteral("not-shown"));
}

void TstCompareDocks::periodDialog() {
    ui::PeriodDialog dialog({1'000'000'000'000'000, 1'000'000'100'500'000}, ui::Zone::utc, window_.get());
    QCOMPARE(dialog.period(), (std::pair<std::int64_t, std::int64_t>(1'000'000'000'000'000, 1'000'000'101'000'000)));
    test::shot(dialog, QStringLiteral("period-dialog"));
}

WEIR_UI_TEST_MAIN(TstCompareDocks)
#include "tst_compare_docks.moc"
