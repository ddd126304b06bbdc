// S2: the refinement loop on the sample: two edits end the two conflicting rule pairs of bigler-2011; two iterations;
// undo brings them back.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/editors/rule_tokens.h"
#include "ui/models/conflict_matrix_model.h"
#include "ui/models/conflict_rule_pair_model.h"
#include "ui/models/iteration_model.h"
#include "ui/state/iteration_history.h"
#include "ui/views/conflict_heat_map.h"
#include "ui/views/conflict_list.h"
#include "ui/views/conflict_view.h"
#include "ui/views/iterations_view.h"
#include "ui/views/metric_strip.h"
#include "ui/views/metric_strip_item.h"
#include "ui/views/rule_editor_view.h"

#include <QTextBlock>

using namespace weir;

class TstScenarioS2 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS2(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void refinementLoop();

private:
    test::UiSandbox& sandbox_;
};

namespace {

/// The rule pairs that the report lists, "Backscatter1 ∧ Benign3", with the flows seen.
QMap<QString, qulonglong> rulePairs(const ui::ConflictView& view) {
    QMap<QString, qulonglong> out;
    const auto& model = view.rulePairs();
    for (int row = 0; row < model.rowCount(); ++row)
        out.insert(model.index(row, ui::ConflictRulePairModel::kRules).data().toString(), model.flowsAt(row));
    return out;
}

/// Text of the heat-map cell: flows above the diagonal, verdict below it.
QPair<QString, QString> cell(const ui::ConflictView& view, const QString& a, const QString& b) {
    const auto& matrix = view.heatMap().matrix();
    int row = -1, column = -1;
    for (int i = 0; i < matrix.rowCount(); ++i) {
        const QString name = matrix.headerData(i, Qt::Vertical, Qt::ToolTipRole).toString();
        if (name == a) row = i;
        if (name == b) column = i;
    }
    if (row > column) std::swap(row, column);
    return {matrix.index(row, column).data().toString(), matrix.index(column, row).data().toString()};
}

/// Types at the end of the rule's line, key by key.
void typeIntoRule(ui::RuleTextEdit& editor, const QString& rule, const QString& keys) {
    for (auto block = editor.document()->begin(); block.isValid(); block = block.next()) {
        if (ui::ruleNameOfLine(block.text()) != rule) continue;
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::EndOfBlock);
        editor.setTextCursor(cursor);
        editor.setFocus();
        QTest::keyClicks(&editor, keys);
        return;
    }
    QFAIL(qPrintable(QStringLiteral("no rule ") + rule));
}

}  // namespace

void TstScenarioS2::refinementLoop() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    ui::MainWindow window;
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    test::trigger(window, "file.openSample");
    QVERIFY(test::waitIdle(window));
    ui::Workbench& bench = window.workbench();
    QTRY_VERIFY(bench.snapshot() && bench.snapshot()->tally());

    auto* rules = window.findChild<ui::RuleEditorView*>();
    auto* conflicts = window.findChild<ui::ConflictView*>();
    auto* strip = window.findChild<ui::MetricStripView*>();
    auto* iterations = window.findChild<ui::IterationsView*>();
    QVERIFY(rules && conflicts && strip && iterations);
    auto& editor = rules->editor();
    auto& history = bench.iterations();

    test::trigger(window, "rules.loadBigler");
    const QString back = QStringLiteral("Backscatter"), benign = QStringLiteral("Suspected Benign");
    const QString pair3 = QStringLiteral("Backscatter1 ∧ Benign3"), pair1 = QStringLiteral("Backscatter1 ∧ Benign1");
    QCOMPARE(editor.toPlainText(), bench.rules().text());
    auto pairs = rulePairs(*conflicts);
    QCOMPARE(pairs.keys(), (QStringList{pair1, pair3}));
    QVERIFY2(pairs[pair1] > 0 && pairs[pair3] > 0, "both conflicting pairs occur in the sample");
    const auto met = bench.rules().judgement()->classes.conflicting;
    QVERIFY(met > 0);
    QCOMPARE(cell(*conflicts, back, benign).second, QStringLiteral("84"));
    QCOMPARE(strip->conflicting().shown().delta, QStringLiteral("±0"));  // the loaded set is the base
    conflicts->heatMap().choose(-1, -1);
    test::shot(window, QStringLiteral("s2-loaded-1440"));

    typeIntoRule(editor, QStringLiteral("Benign3"), QStringLiteral(" !Backsc"));
    QVERIFY(!bench.rules().stale());
    QCOMPARE(rulePairs(*conflicts).keys(), QStringList{pair1});
    QCOMPARE(cell(*conflicts, back, benign).second, QStringLiteral("36"));
    QVERIFY(bench.rules().judgement()->classes.conflicting < met);
    QVERIFY(strip->conflicting().shown().delta.startsWith(QStringLiteral("▼ −")));
    test::trigger(window, "rules.saveIteration");
    QTRY_COMPARE(history.all().size(), std::size_t(1));
    QCOMPARE(strip->conflicting().shown().delta, QStringLiteral("±0"));  // the base is now the iteration

    typeIntoRule(editor, QStringLiteral("Backscatter1"), QStringLiteral(" !PotOk"));
    QVERIFY(rulePairs(*conflicts).isEmpty());
    QCOMPARE(cell(*conflicts, back, benign), qMakePair(QStringLiteral("0"), QStringLiteral("never")));
    QCOMPARE(bench.rules().judgement()->classes.conflicting, std::uint64_t(0));
    QCOMPARE(bench.rules().judgement()->check.conflictingWords, std::uint64_t(0));
    test::trigger(window, "rules.saveIteration");
    QTRY_COMPARE(history.all().size(), std::size_t(2));
    QCOMPARE(history.all()[1].parent, history.all()[0].id);
    QCOMPARE(history.all()[1].conflicting, std::uint64_t(0));
    QVERIFY(history.all()[0].conflicting > 0);
    QCOMPARE(iterations->iterations().rowCount(), 3);
    test::shot(window, QStringLiteral("s2-saved-1440"));

    const auto inFile = [&bench] { return session::iterations(*bench.project()); };
    QCOMPARE(inFile()->size(), std::size_t(2));

    // Undo, step by step: second save, second edit, first save, first edit.
    test::trigger(window, "edit.undo");
    QTRY_COMPARE(history.all().size(), std::size_t(1));
    test::trigger(window, "edit.undo");
    QCOMPARE(rulePairs(*conflicts).keys(), QStringList{pair1});
    QVERIFY(!editor.toPlainText().contains(QStringLiteral("!P2P !PotOk")));
    test::trigger(window, "edit.undo");
    QTRY_COMPARE(history.all().size(), std::size_t(0));
    editor.setFocus();
    QTest::keyClick(&editor, Qt::Key_Z, Qt::ControlModifier);  // the editor's own key does the same
    QCOMPARE(rulePairs(*conflicts).keys(), (QStringList{pair1, pair3}));
    QCOMPARE(bench.rules().judgement()->classes.conflicting, met);
    QTRY_COMPARE(inFile()->size(), std::size_t(0));

    // And redo brings all of it again, the file included.
    for (int i = 0; i < 4; ++i) test::trigger(window, "edit.redo");
    QVERIFY(rulePairs(*conflicts).isEmpty());
    QTRY_COMPARE(inFile()->size(), std::size_t(2));
    for (const QSize size : {QSize(1280, 800), QSize(2560, 1440)}) {
        window.resize(size);
        QTest::qWait(150);
        test::shot(window, QStringLiteral("s2-end-%1").arg(size.width()));
    }
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstScenarioS2)
#include "tst_scenario_s2.moc"
