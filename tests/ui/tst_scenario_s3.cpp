// S3: an unknown sign is underlined, explained with a suggestion and a key; the last good result stays and says that it
// is stale.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/models/combination_model.h"
#include "ui/models/conflict_matrix_model.h"
#include "ui/views/combination_view.h"
#include "ui/views/conflict_heat_map.h"
#include "ui/views/conflict_view.h"
#include "ui/views/metric_strip.h"
#include "ui/views/metric_strip_item.h"
#include "ui/views/rule_editor_view.h"

#include <QTextBlock>

using namespace weir;

class TstScenarioS3 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS3(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void unknownSign();

private:
    test::UiSandbox& sandbox_;
};

namespace {

QStringList underlined(const QPlainTextEdit& editor) {
    QStringList words;
    for (const auto& s : editor.extraSelections())
        if (s.format.underlineStyle() == QTextCharFormat::WaveUnderline) words << s.cursor.selectedText();
    return words;
}

}  // namespace

void TstScenarioS3::unknownSign() {
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
    auto* combinations = window.findChild<ui::CombinationView*>();
    auto* strip = window.findChild<ui::MetricStripView*>();
    test::trigger(window, "rules.loadBigler");
    auto& editor = rules->editor();
    const auto good = bench.rules().judgement();
    const QString figure = strip->conflicting().shown().figure;
    const QString text = editor.toPlainText();
    QVERIFY(!strip->stale().isVisible());

    const int line = int(text.left(text.indexOf(QStringLiteral("\n\n# Who gets"))).count(u'\n')) + 1;
    editor.goToLine(line);
    auto cursor = editor.textCursor();
    cursor.movePosition(QTextCursor::EndOfBlock);
    editor.setTextCursor(cursor);
    editor.setFocus();
    QTest::keyClick(&editor, Qt::Key_Return);
    QTest::keyClicks(&editor, QStringLiteral("  Odd: TRWScan bogon"));
    const auto lastGood = bench.rules().judgement();  // of the last text on the way that had no error
    QVERIFY(lastGood->parsed.good() && lastGood != bench.rules().latest());
    QTest::keyClicks(&editor, QStringLiteral(" PotOk"));

    QVERIFY(bench.rules().stale());
    QCOMPARE(underlined(editor), QStringList{QStringLiteral("TRWScan")});
    const QString hint = editor.hintText();
    QVERIFY2(hint.contains(QStringLiteral("TRWScan")) && hint.contains(QStringLiteral("TRWscan")), qPrintable(hint));
    QVERIFY2(hint.contains(QStringLiteral("%1:8").arg(line + 1)), qPrintable(hint));
    QVERIFY2(hint.contains(QStringLiteral("Ctrl+.")), qPrintable(hint));
    QCOMPARE(editor.marks()[std::size_t(line)].mark, ui::RuleMark::error);

    // The last good result stays, marked stale.
    QCOMPARE(bench.rules().judgement(), lastGood);
    QCOMPARE(conflicts->heatMap().matrix().judgement(), lastGood);
    QCOMPARE(combinations->combinations().judgement(), lastGood);
    QCOMPARE(strip->conflicting().shown().figure, figure);
    QVERIFY(strip->stale().isVisible());
    QVERIFY2(strip->stale().why().contains(QString::number(line + 1)), qPrintable(strip->stale().why()));
    for (const auto scheme : {ui::Scheme::light, ui::Scheme::dark}) {
        ui::setScheme(scheme);
        QTest::qWait(100);
        test::shot(window,
                   scheme == ui::Scheme::light ? QStringLiteral("s3-light-1440") : QStringLiteral("s3-dark-1440"));
    }
    ui::setScheme(ui::Scheme::light);

    QTest::keyClick(&editor, Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(editor.toPlainText().contains(QStringLiteral("Odd: TRWscan bogon PotOk")));
    QVERIFY(!bench.rules().stale());
    QVERIFY(underlined(editor).isEmpty());
    QVERIFY(!strip->stale().isVisible());
    QCOMPARE(bench.rules().judgement()->parsed.set.rules.size(), good->parsed.set.rules.size() + 1);
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstScenarioS3)
#include "tst_scenario_s3.moc"
