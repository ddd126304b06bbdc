// S5: Compare glatz-2012 with bigler-2011: the migration matrix sums to the one-way flows, a cell's flow list has the
// cell's count; texts, bars, statement, promotion.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/delegates/number_delegate.h"
#include "ui/models/class_change_model.h"
#include "ui/models/compare_text_model.h"
#include "ui/models/moved_model.h"
#include "ui/state/comparison.h"
#include "ui/text/format.h"
#include "ui/views/migration_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QTableView>
#include <QUndoStack>

using namespace weir;

class TstScenarioS5 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS5(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { window_.reset(); }
    void matrixSumsAndCells();
    void sources();
    void textsAreAligned();
    void whatMoves();
    void followsTheDraft();
    void filterFollowsTheComparison();
    void promotion();
    void filesAndErrors();
    void staysWithTheProject();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    ui::Comparison& comparison() { return bench().comparison(); }
    ui::MigrationView& migration() { return *window_->findChild<ui::MigrationView*>(); }
    template <class Model>
    Model& model(const char* table) {
        return *qobject_cast<Model*>(window_->findChild<QTableView*>(QString::fromLatin1(table))->model());
    }
    std::uint64_t countOf(const QString& filter);

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

void TstScenarioS5::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("compare"));
    QVERIFY(window_);
    for (QAbstractItemModel* m : std::initializer_list<QAbstractItemModel*>{
             &migration().matrix(), &model<ui::CompareTextModel>("compareTexts"),
             &model<ui::ClassChangeModel>("classChange"), &model<ui::MovedModel>("moved")})
        new QAbstractItemModelTester(m, QAbstractItemModelTester::FailureReportingMode::QtTest, this);
}

void TstScenarioS5::cleanup() {
    if (!window_ || !bench().project()) return;
    while (bench().undo().canUndo()) bench().undo().undo();
    bench().filter().set({});
    comparison().setChampion(QStringLiteral("shipped:glatz-2012"));
    comparison().setChallenger(QStringLiteral("shipped:bigler-2011"));
    comparison().setCell({});
    QVERIFY(test::waitIdle(*window_));
}

std::uint64_t TstScenarioS5::countOf(const QString& filter) {
    JobContext job;
    session::Query query;
    query.filter = ui::toUtf8(filter);
    query.questions = bench().questions();
    const auto rows = session::selectRows(bench().snapshot(), bench().rules().judgement(), query, job);
    return rows ? (*rows)->count : ~0ull;
}

void TstScenarioS5::matrixSumsAndCells() {
    comparison().setChallenger(QStringLiteral("shipped:bigler-2011"));
    auto& matrix = migration().matrix();
    QTRY_COMPARE(matrix.columnCount(), 9);  // seven classes, Other, all
    QCOMPARE(matrix.rowCount(), 8);
    const auto& oneWay = bench().rules().judgement()->classes.oneWay;
    QCOMPARE(matrix.index(7, 8).data(ui::kRawRole).toULongLong(), oneWay.flows);
    std::uint64_t all = 0;
    for (int row = 0; row < 7; ++row)
        for (int column = 0; column < 8; ++column) all += matrix.index(row, column).data(ui::kRawRole).toULongLong();
    QCOMPARE(all, oneWay.flows);
    test::shot(*window_, QStringLiteral("s5-compare"));
    // Every cell, by Enter: the flow list has its count, by both names.
    int cells = 0;
    for (int row = 0; row < 7; ++row)
        for (int column = 0; column < 8; ++column) {
            const QModelIndex at = matrix.index(row, column);
            const auto pair = matrix.pairAt(at);
            QCOMPARE(pair.has_value(), at.data(ui::kRawRole).toULongLong() != 0);
            if (!pair) continue;
            ++cells;
            const auto count = at.data(ui::kRawRole).toULongLong();
            emit migration().table().activated(at);
            QCOMPARE(bench().filter().text(),
                     QStringLiteral("champion \"%1\" and challenger \"%2\"").arg(pair->first, pair->second));
            QTRY_VERIFY(bench().selection() &&
                        bench().selection()->query.filter == ui::toUtf8(bench().filter().text()));
            QCOMPARE(bench().selection()->count, count);
            QCOMPARE(bench().selection()->query.rows, session::Rows::derived);
            QTRY_COMPARE(matrix.index(7, 8).data(ui::kRawRole).toULongLong(),
                         count);  // the matrix follows: the cell alone
            bench().filter().back();
            QTRY_COMPARE(matrix.index(7, 8).data(ui::kRawRole).toULongLong(), oneWay.flows);
        }
    QVERIFY(cells > 8);
    QVERIFY(migration().statement().startsWith(QStringLiteral("Possible but not observed: ")));
    // Bars: sums of rows and columns.
    auto& classes = model<ui::ClassChangeModel>("classChange");
    QCOMPARE(classes.index(0, ui::ClassChangeModel::kBefore).data(ui::kRawRole).toULongLong(),
             matrix.index(0, 8).data(ui::kRawRole).toULongLong());
    QCOMPARE(classes.rowCount(), 9);  // six classes of both, one of the challenger alone, Other, in conflict
    QCOMPARE(classes.index(8, ui::ClassChangeModel::kAfter).data(ui::kRawRole).toULongLong(), 200u);
}

void TstScenarioS5::sources() {
    auto* box = migration().findChild<QComboBox*>();
    if (box == nullptr)  // its dock's title has taken it
        for (auto* b : window_->findChildren<QComboBox*>())
            if (b->accessibleName() == QStringLiteral("Quantity to count")) box = b;
    QVERIFY(box);
    box->setCurrentIndex(3);
    auto& matrix = migration().matrix();
    const auto expected = session::sourcesOfCells(*bench().snapshot(), *comparison().result());
    QVERIFY(expected);
    const auto& m = comparison().result()->migration;
    for (std::size_t i = 0; i < m.cells.size(); ++i)
        QTRY_COMPARE(matrix.index(m.cells[i].from, m.cells[i].to).data().toString(), ui::count((*expected)[i]));
    QCOMPARE(matrix.index(7, 8).data().toString(), QString());  // one host may be in several cells
    box->setCurrentIndex(0);
}

void TstScenarioS5::textsAreAligned() {
    auto& texts = model<ui::CompareTextModel>("compareTexts");
    QVERIFY(texts.changes() > 5);
    QString before, after;
    for (int row = 0; row < texts.rowCount(); ++row) {
        const auto kind = refine::AlignKind(texts.index(row, 0).data(ui::CompareTextModel::kAlignRole).toInt());
        const QString left = texts.index(row, ui::CompareTextModel::kBefore).data().toString(),
                      right = texts.index(row, ui::CompareTextModel::kAfter).data().toString();
        if (kind != refine::AlignKind::added) before += left + u'\n';
        if (kind != refine::AlignKind::removed) after += right + u'\n';
        if (kind == refine::AlignKind::changed)
            QCOMPARE(refine::ruleNameOf(ui::toUtf8(left)), refine::ruleNameOf(ui::toUtf8(right)));
        if (kind == refine::AlignKind::same) QCOMPARE(left, right);
    }
    QCOMPARE(before.trimmed(), comparison().champion().text.trimmed());
    QCOMPARE(after.trimmed(), comparison().challenger().text.trimmed());
}

void TstScenarioS5::whatMoves() {
    auto& moved = model<ui::MovedModel>("moved");
    QCOMPARE(moved.flows(), comparison().result()->migration.changed.flows);
    comparison().setCell(std::pair(QStringLiteral("Suspected Benign"), QStringLiteral("Backscatter")));
    QCOMPARE(moved.flows(), 85u);
    std::uint64_t sum = 0;
    for (int row = 0; row < moved.rowCount(); ++row)
        sum += moved.index(row, ui::MovedModel::kFlows).data(ui::kRawRole).toULongLong();
    QCOMPARE(sum, 85u);
    comparison().filterCell(QStringLiteral("Suspected Benign"), QStringLiteral("Backscatter"));
    QCOMPARE(countOf(QStringLiteral("champion \"Suspected Benign\" and challenger Backscatter")), 85u);
    QCOMPARE(countOf(QStringLiteral("champion Nobody")), ~0ull);
}

void TstScenarioS5::followsTheDraft() {
    comparison().setChallenger(QStringLiteral("draft"));
    QTRY_COMPARE(comparison().result()->migration.changed.flows, 0u);
    QTRY_COMPARE(migration().statement(),
                 QStringLiteral("Nothing can change: proven over all 5,976 admissible combinations of signs."));
    QString text = bench().rules().text();
    text.replace(QStringLiteral("10: Backsc !TRWscan !HCscan !P2P !InOut !PotOk"),
                 QStringLiteral("10: Backsc !TRWscan !HCscan !P2P !InOut"));
    bench().rules().edit(text, QStringLiteral("test"));
    QVERIFY(comparison().result()->challenger->parsed.set.text == ui::toUtf8(text));
    QVERIFY(!comparison().result()->proof.moves.empty());
    bench().rules().edit(text + QStringLiteral("\n  99: NoSuchSign\n"), QStringLiteral("broken"));
    QVERIFY(comparison().stale());
    QVERIFY(comparison().result()->good());  // the last good text
    bench().undo().undo();
    bench().undo().undo();
    QCOMPARE(comparison().result()->migration.changed.flows, 0u);
}

void TstScenarioS5::filterFollowsTheComparison() {
    comparison().filterCell(QStringLiteral("Suspected Benign"), QStringLiteral("Backscatter"));
    QTRY_VERIFY(bench().selection() && bench().selection()->count == 85);
    comparison().swap();
    QTRY_COMPARE(bench().selection()->count,
                 0u);  // the same names the other way round: nobody goes from Suspected Benign to Backscatter
    bench().filter().set(QStringLiteral("champion Backscatter and challenger \"Suspected Benign\""));
    QTRY_COMPARE(bench().selection()->count, 85u);
    comparison().swap();
    QTRY_COMPARE(bench().selection()->count, 0u);
}

void TstScenarioS5::promotion() {
    const QString before = bench().rules().text();
    comparison().promote();
    QCOMPARE(bench().rules().text(), ui::fromUtf8(session::resourceText("rules", "bigler-2011")));
    QCOMPARE(comparison().champion().id, QStringLiteral("shipped:bigler-2011"));
    QCOMPARE(comparison().challenger().id, QStringLiteral("draft"));
    QCOMPARE(comparison().result()->migration.changed.flows, 0u);
    bench().undo().undo();
    QCOMPARE(bench().rules().text(), before);
}

void TstScenarioS5::filesAndErrors() {
    const auto put = [&](const char* name, const char* text) {
        QFile f(sandbox_.path(QString::fromLatin1(name)));
        if (!f.open(QIODevice::WriteOnly)) qFatal("cannot write");
        f.write(text);
        return f.fileName();
    };
    const QString good = comparison().addFile(put("own.rules", "weir-rules 1\nname \"Own\"\nclass All\n1: TCP\n"));
    comparison().setChallenger(good);
    QCOMPARE(comparison().result()->challenger->parsed.set.name, std::string("Own"));
    QCOMPARE(comparison().addFile(put("bad.rules", "weir-rules 1\nclass A\n1: NoSign\n")), QString());
    QCOMPARE(comparison().addFile(sandbox_.path(QStringLiteral("missing.rules"))), QString());
    QVERIFY(window_->notices().isVisible());
}

void TstScenarioS5::staysWithTheProject() {
    const QString path = sandbox_.path(QStringLiteral("kept.weir"));
    window_->control().saveAs(path);
    QVERIFY(test::waitIdle(*window_));
    comparison().setChampion(QStringLiteral("shipped:bigler-2011"));
    comparison().setChallenger(QStringLiteral("shipped:glatz-2012"));
    window_->keeper().store();
    window_->control().close(false);
    window_->openFiles({path});
    QVERIFY(test::waitIdle(*window_));
    window_->docks().show(QStringLiteral("compare"));
    QTRY_COMPARE(comparison().champion().id, QStringLiteral("shipped:bigler-2011"));
    QCOMPARE(comparison().challenger().id, QStringLiteral("shipped:glatz-2012"));
    QTRY_VERIFY(comparison().result() && comparison().result()->migration.changed.flows > 0);
}

WEIR_UI_TEST_MAIN(TstScenarioS5)
#include "tst_scenario_s5.moc"
