// Rule table, Outages, Sensitivity and the proofs of Conflicts in the real window: they say what the core says, and
// edit what the editor shows.
#include "tests/support/window_driver.h"

#include "core/session/evidence/sign_basis.h"
#include "core/session/project/resources.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/inspect.h"
#include "core/session/verbs/outages.h"
#include "core/session/verbs/sweep.h"
#include "ui/charts/walk_chart.h"
#include "ui/editors/find_bar.h"
#include "ui/editors/rule_folds.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/models/flow_columns.h"
#include "ui/models/flow_rows.h"
#include "ui/models/outage_model.h"
#include "ui/models/rule_table_model.h"
#include "ui/models/sweep_model.h"
#include "ui/rule_jumps.h"
#include "ui/state/unstable_flows.h"
#include "ui/text/format.h"
#include "ui/views/conflict_list.h"
#include "ui/views/conflict_view.h"
#include "ui/views/rule_editor_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>
#include <QUndoStack>

#include <set>

using namespace weir;

class TstRefineDocks : public QObject {
    Q_OBJECT
public:
    explicit TstRefineDocks(test::UiSandbox&) {}
private slots:
    void initTestCase();
    void cellsEditTheText();
    void whatWouldBeAnErrorIsNotDone();
    void rulesAreCopiedAndRemoved();
    void goToRule();
    void proofsAreShown();
    void outagesAreThoseOfTheCore();
    void sweepMarksWhatFlips();
    void conflictsLeadToRules();
    void walkIsDrawn();
    void editorTools();
    void cleanupTestCase() { window_.reset(); }

private:
    ui::Workbench& bench() { return window_->workbench(); }
    template <class Model>
    Model& modelOf(const char* table) {
        auto* view = window_->findChild<QTableView*>(QString::fromLatin1(table));
        if (!view) qFatal("no table %s", table);
        return *static_cast<Model*>(view->model());
    }
    void raise(const char* view) {
        window_->docks().raise(QString::fromLatin1(view));
        QVERIFY(test::waitIdle(*window_));
    }
    void shot(const char* name) { test::shot(*window_, QString::fromLatin1(name)); }

    std::unique_ptr<ui::MainWindow> window_;
};

void TstRefineDocks::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("refine"));
    QVERIFY(window_);
}

void TstRefineDocks::cellsEditTheText() {
    raise("ruleTable");
    auto& model = modelOf<ui::RuleTableModel>("ruleTable");
    auto* table = window_->findChild<QTableView*>(QStringLiteral("ruleTable"));
    QCOMPARE(model.rowCount(), 17);
    shot("rule-table");
    const auto& set = bench().rules().judgement()->parsed.set;
    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = ui::RuleTableModel::kFirstSign; column < model.flowsColumn(); ++column) {
            const rules::Word bit = rules::Word{1} << (column - ui::RuleTableModel::kFirstSign);
            const int expected = set.rules[std::size_t(row)].must & bit      ? 1
                                 : set.rules[std::size_t(row)].mustNot & bit ? -1
                                                                             : 0;
            QCOMPARE(int(model.termAt(row, column)), expected);
        }
    // Any → present → absent → any: the text is what it was, byte for byte, and in between only one line differs.
    const QString before = bench().rules().text();
    const int large = ui::RuleTableModel::kFirstSign + 11;
    QCOMPARE(model.termAt(4, large), ui::SignTerm::any);
    const QPoint at = table->visualRect(model.index(4, large)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(model.termAt(4, large), ui::SignTerm::present);
    QCOMPARE(window_->findChild<ui::RuleTextEdit*>()->toPlainText(), bench().rules().text());
    const QStringList was = before.split(u'\n'), is = bench().rules().text().split(u'\n');
    QCOMPARE(is.size(), was.size());
    int differing = 0;
    for (qsizetype i = 0; i < is.size(); ++i) differing += is[i] != was[i];
    QCOMPARE(differing, 1);
    QCOMPARE(table->currentIndex(), model.index(4, large));  // keys go on where the click was
    QCOMPARE(bench().pick().rule(), 4);
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(model.termAt(4, large), ui::SignTerm::absent);
    QCOMPARE(table->currentIndex(), model.index(4, large));
    QVERIFY(bench().rules().text().contains(u"!Large"));
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(bench().rules().text(), before);
    QTest::keyClick(table, Qt::Key_Minus);
    QCOMPARE(model.termAt(4, large), ui::SignTerm::absent);
    bench().undo().undo();
    while (bench().rules().text() != before && bench().undo().canUndo()) bench().undo().undo();
    QCOMPARE(bench().rules().text(), before);
    QCOMPARE(model.termAt(4, large), ui::SignTerm::any);
    // The cheapest way out of a rule stands beside it.
    const auto ways = explain::evasionsOf(bench().rules().judgement()->parsed.set, 4);
    QVERIFY(!ways.empty() &&
            model.index(4, model.evasionColumn()).data().toString().endsWith(ui::fromUtf8(ways[0].how)));
}

/// The last sign of a rule cannot be taken away: the text would have an error that the table cannot mend.
void TstRefineDocks::whatWouldBeAnErrorIsNotDone() {
    raise("ruleTable");
    const QString before = bench().rules().text();
    bench().rules().edit(QStringLiteral("weir-rules 1\nclass A\n1: TCP\n"), QStringLiteral("one rule"));
    auto& model = modelOf<ui::RuleTableModel>("ruleTable");
    QCOMPARE(model.rowCount(), 1);
    auto* table = window_->findChild<QTableView*>(QStringLiteral("ruleTable"));
    table->setCurrentIndex(model.index(0, ui::RuleTableModel::kFirstSign + 14));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(!bench().rules().stale());
    // With an error in the text the cells are those of the last good one, and stay as they are.
    const QString wrong = QStringLiteral("weir-rules 1\nclass A\n1: TCPP\n");
    bench().rules().edit(wrong, QStringLiteral("wrong"));
    QVERIFY(bench().rules().stale());
    table->setCurrentIndex(model.index(0, ui::RuleTableModel::kFirstSign + 3));
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(bench().rules().text(), wrong);
    bench().rules().edit(before, QStringLiteral("back"));
}

void TstRefineDocks::rulesAreCopiedAndRemoved() {
    raise("ruleTable");
    auto& model = modelOf<ui::RuleTableModel>("ruleTable");
    const std::string before = bench().rules().text().toStdString();
    const rules::Rule rule = bench().rules().judgement()->parsed.set.rules[12];
    const rules::RuleSet copied = rules::parseRules(model.textWithCopy(12), session::signNames()).set;
    QCOMPARE(copied.rules.size(), std::size_t(18));
    QCOMPARE(copied.rules[13].name, std::string("18"));
    QVERIFY(copied.rules[13].must == rule.must && copied.rules[13].mustNot == rule.mustNot &&
            copied.rules[13].classIndex == rule.classIndex);
    bench().rules().edit(ui::fromUtf8(model.textWithCopy(12)), QStringLiteral("copy"));
    QCOMPARE(model.rowCount(), 18);
    QCOMPARE(model.textWithoutRule(13), before);
    bench().undo().undo();
    QCOMPARE(bench().rules().text().toStdString(), before);
}

void TstRefineDocks::goToRule() {
    auto* editor = window_->findChild<ui::RuleTextEdit*>();
    for (const int rule : {16, 0, 9}) {
        ui::goToRule(bench(), rule);
        QCOMPARE(editor->currentRule(),
                 ui::fromUtf8(bench().rules().judgement()->parsed.set.rules[std::size_t(rule)].name));
        QTRY_VERIFY(editor->hasFocus());
    }
    // From a rule's line in the Inspector.
    bench().pick().setCombination(bench().rules().judgement()->tally[0].word);
    QVERIFY(test::waitIdle(*window_));
    auto* lines = window_->findChild<QTableView*>(QStringLiteral("inspectorRules"));
    QVERIFY(lines && lines->model()->rowCount() > 0);
    const QString name = lines->model()->index(0, 0).data().toString();
    emit lines->activated(lines->model()->index(0, 0));
    QCOMPARE(editor->currentRule(), name);
}

void TstRefineDocks::proofsAreShown() {
    raise("conflicts");
    auto* view = window_->findChild<ui::ConflictView*>();
    QVERIFY(view);
    const auto& set = bench().rules().judgement()->parsed.set;
    bench().pick().setClassPair(int(set.rules[9].classIndex),
                                int(set.rules[10].classIndex));  // Backscatter and Service Unreachable
    const QString text = view->pairList().emptyText();
    QVERIFY2(text.contains(QStringLiteral("never")) && text.contains(QStringLiteral("ruled out by line")),
             qPrintable(text));
    shot("proof");
}

void TstRefineDocks::outagesAreThoseOfTheCore() {
    raise("outages");
    auto& model = modelOf<ui::OutageModel>("outages");
    QTRY_VERIFY(model.rowCount() > 0);
    JobContext job;
    const auto expected = session::outagesOf(bench().snapshot(), bench().rules().judgement(), job);
    QVERIFY(expected);
    QCOMPARE(model.rowCount(), int(expected->size()));
    for (int row = 0; row < model.rowCount(); ++row) {
        QCOMPARE(model.at(row)->service(), (*expected)[std::size_t(row)].service());
        QCOMPARE(model.at(row)->flows, (*expected)[std::size_t(row)].flows);
    }
    shot("outages");
    auto* table = window_->findChild<QTableView*>(QStringLiteral("outages"));
    table->setCurrentIndex(model.index(0, 0));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(test::waitIdle(*window_));
    QCOMPARE(bench().selection()->count, model.at(0)->flows);
    bench().filter().set({});
    QVERIFY(test::waitIdle(*window_));
    // Without the class there is nothing to tell, and it is said.
    const QString before = bench().rules().text();
    QString other = before;
    other.replace(QStringLiteral("Service Unreachable"), QStringLiteral("Gone"));
    bench().rules().edit(other, QStringLiteral("rename"));
    QVERIFY(test::waitIdle(*window_));
    QTRY_VERIFY(model.rowCount() == 0);
    bench().rules().edit(before, QStringLiteral("back"));
    QVERIFY(test::waitIdle(*window_));
}

void TstRefineDocks::sweepMarksWhatFlips() {
    raise("sensitivity");
    auto& model = modelOf<ui::SweepModel>("sweep");
    auto* dock = window_->docks().dock(QStringLiteral("sensitivity"));
    auto* setting = dock->findChild<QComboBox*>();
    QLineEdit* values = nullptr;
    for (auto* edit : dock->findChildren<QLineEdit*>())
        if (edit->accessibleName() == u"Values to try") values = edit;
    QVERIFY(setting && values);
    setting->setCurrentIndex(setting->findData(QStringLiteral("large.packets")));
    QVERIFY(values->text().contains(u"10"));  // the value in force is among those proposed
    values->setText(QStringLiteral("2, 10, 1000"));
    QTest::keyClick(values, Qt::Key_Return);
    QVERIFY(test::waitIdle(*window_));
    JobContext job;
    const auto expected = session::sweepSetting(bench().snapshot(), *bench().rules().judgement(), "large.packets",
                                                {"2", "10", "1000"}, flow::Direction::in, job);
    QVERIFY(expected);
    QCOMPARE(model.rowCount(), 3);
    std::uint64_t most = 0;
    int row = 0;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(model.at(i)->flips, expected->runs[std::size_t(i)].flips);
        if (model.at(i)->flips > most) {
            most = model.at(i)->flips;
            row = i;
        }
    }
    QVERIFY(bench().unstable() && bench().unstable()->values.size() == expected->unstable->size());
    QVERIFY(most > 0);
    auto* table = window_->findChild<QTableView*>(QStringLiteral("sweep"));
    table->setCurrentIndex(model.index(row, 0));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(test::waitIdle(*window_));
    QCOMPARE(bench().selection()->count, most);  // exactly those that flip
    QCOMPARE(bench().filter().text(), QStringLiteral("flips \"%1\"").arg(ui::fromUtf8(model.at(row)->value)));
    const QString flips = bench().filter().text();
    bench().filter().set(QStringLiteral("unstable"));
    QVERIFY(test::waitIdle(*window_));
    QCOMPARE(bench().selection()->count, std::uint64_t(expected->unstable->size()));
    bench().filter().set(flips);
    QVERIFY(test::waitIdle(*window_));
    shot("sensitivity");
    raise("flows");
    shot("unstable-flows");
    // Hatched are those that flip, and no others.
    auto* rows = window_->findChild<ui::FlowRows*>();
    const auto column =
        std::size_t(std::ranges::find_if(ui::flowColumns(),
                                         [](const ui::FlowColumn& c) { return std::string_view(c.id) == "class"; }) -
                    ui::flowColumns().begin());
    const auto hatched = [&](const QString& filter) {
        bench().filter().set(filter);
        int n = test::waitIdle(*window_) ? 0 : -1;
        rows->want(0, 50);
        (void)test::waitIdle(*window_);
        for (std::uint64_t at = 0; at < std::min<std::uint64_t>(50, rows->rows()); ++at) {
            const ui::RowCell* cell = rows->cell(at, column);
            n += cell && cell->tone == ui::Tone::warning;
        }
        return n;
    };
    QCOMPARE(hatched(bench().filter().text()), int(std::min<std::uint64_t>(50, most)));
    QCOMPARE(hatched(QStringLiteral("sign TRWscan and sign GreyIP and sign Onepkt")), 0);
    values->setText(QStringLiteral("many"));
    QTest::keyClick(values, Qt::Key_Return);
    QVERIFY(test::waitIdle(*window_));
    const auto labels = dock->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel* l) { return l->text().contains(u"`many` is not a valid value for large.packets"); }));
}

/// The picture of the manual: the older rule set, its conflicts, and the combination that makes most of them.
void TstRefineDocks::conflictsLeadToRules() {
    bench().filter().set({});
    test::trigger(*window_, "rules.loadBigler");
    QVERIFY(test::waitIdle(*window_));
    const auto& judgement = bench().rules().judgement();
    QVERIFY(judgement->conflicts.conflictingFlows > 0);
    raise("combinations");
    const std::uint32_t row = judgement->conflicts.pairs.front().combinations.front();
    bench().pick().setCombination(judgement->tally[row].word);
    bench().pick().setClassPair(judgement->conflicts.pairs.front().a, judgement->conflicts.pairs.front().b);
    const auto rules = rules::matchingRules(judgement->parsed.set, judgement->tally[row].word);
    QVERIFY(rules.size() >= 2);
    ui::goToRule(bench(), rules.back());
    QCOMPARE(window_->findChild<ui::RuleTextEdit*>()->currentRule(),
             ui::fromUtf8(judgement->parsed.set.rules[rules.back()].name));
    bench().pick().setCombination({});
    bench().pick().setCombination(judgement->tally[row].word);
    QVERIFY(test::waitIdle(*window_));
    shot("refine-light");
    bench().undo().undo();
    QVERIFY(test::waitIdle(*window_));
    QCOMPARE(bench().rules().judgement()->conflicts.conflictingFlows, std::uint64_t(0));
}

/// The walk of a scanner ends beyond its bound, and the chart is there for flows that have signs alone.
void TstRefineDocks::walkIsDrawn() {
    bench().filter().set(QStringLiteral("sign TRWscan"));
    QVERIFY(test::waitIdle(*window_));
    const auto rows = session::RowReader(bench().selection()).read(0, 1);
    QVERIFY(rows && !rows->empty());
    auto* chart = window_->findChild<ui::WalkChart*>();
    QVERIFY(chart);
    bench().pick().setFlow(rows->front().derivedRow);
    QVERIFY(test::waitIdle(*window_));
    QTRY_VERIFY(chart->isVisible());
    QVERIFY2(chart->accessibleName().contains(QStringLiteral("result: scanner")), qPrintable(chart->accessibleName()));
    JobContext job;
    const auto why =
        session::inspectFlow(bench().snapshot(), bench().rules().judgement(), rows->front().derivedRow, job);
    QVERIFY(why);
    for (const explain::SignLine& line : why->why.signs) {
        QCOMPARE(line.walk != nullptr, line.name == "TRWscan" || line.name == "TRWnom");
        if (!line.walk) continue;
        QVERIFY(line.walk->sums.back() >= line.walk->upper && line.walk->sums.size() >= 4);
        for (std::size_t i = 0; i + 1 < line.walk->sums.size(); ++i)
            QVERIFY(line.walk->sums[i] < line.walk->upper &&
                    line.walk->sums[i] > line.walk->lower);  // the first bound decides
    }
    shot("walk");
    bench().pick().setSubject(session::HostSubject{rows->front().src});
    QVERIFY(test::waitIdle(*window_));
    QVERIFY(!chart->isVisible());
    bench().filter().set({});
    QVERIFY(test::waitIdle(*window_));
}

void TstRefineDocks::editorTools() {
    auto* view = window_->findChild<ui::RuleEditorView*>();
    view->editor().folds().setAllFolded(true);
    test::trigger(*window_, "rules.find");
    QVERIFY(view->findBar().isVisible());
    QTest::keyClicks(&view->findBar().findField(), QStringLiteral("PotOk"));
    QVERIFY2(view->findBar().scope().contains(u" of "), qPrintable(view->findBar().scope()));  // from the cursor on
    shot("find");
    ui::setScheme(ui::Scheme::dark);
    window_->resize(1280, 800);
    QVERIFY(test::waitIdle(*window_));
    raise("ruleTable");
    shot("dark");
    ui::setScheme(ui::Scheme::light);
    window_->resize(2560, 1440);
    QVERIFY(test::waitIdle(*window_));
    shot("large");
    test::trigger(*window_, "rules.unfold");
    view->findBar().close();
}

WEIR_UI_TEST_MAIN(TstRefineDocks)
#include "tst_refine_docks.moc"
