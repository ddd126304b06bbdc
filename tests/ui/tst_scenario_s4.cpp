// S4: in Triage, with the preset ≥ 50, the top row shows exactly its records, and the Inspector says of each code why:
// test, threshold, list entry.
#include "tests/support/window_driver.h"

#include "core/score/ranking.h"
#include "core/session/project/resources.h"
#include "ui/row_view.h"
#include "ui/text/format.h"
#include "ui/views/code_combination_view.h"
#include "ui/views/inspector_view.h"

#include <QFile>
#include <QTableView>
#include <QToolButton>

using namespace weir;

class TstScenarioS4 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS4(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void worstCombination();

private:
    void shots(ui::MainWindow& window, const QString& name);
    test::UiSandbox& sandbox_;
};

void TstScenarioS4::shots(ui::MainWindow& window, const QString& name) {
    for (const QSize size : {QSize(1280, 800), QSize(1440, 900), QSize(2560, 1440)})
        for (const auto scheme : {ui::Scheme::light, ui::Scheme::dark}) {
            ui::setScheme(scheme);
            window.resize(size);
            QTest::qWait(100);
            test::shot(window,
                       name + (scheme == ui::Scheme::light ? QStringLiteral("-light-%1") : QStringLiteral("-dark-%1"))
                                  .arg(size.width()));
        }
    ui::setScheme(ui::Scheme::light);
    window.resize(1440, 900);
}

void TstScenarioS4::worstCombination() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    ui::MainWindow window;
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    test::trigger(window, "file.openSample");
    QVERIFY(test::waitIdle(window));
    window.docks().show(QStringLiteral("triage"));
    ui::Workbench& bench = window.workbench();
    QTRY_VERIFY(bench.scores().result() && bench.scores().tally().scored > 0);
    QCOMPARE(int(bench.filter().rows()), int(session::Rows::records));

    // A list with the two busiest scanners of the sample.
    QFile list(sandbox_.path(QStringLiteral("reputation.txt")));
    QVERIFY(list.open(QIODevice::WriteOnly) &&
            list.write("44.128.92.33#4#2#Scanning Host#ES##0,0#3\n44.128.90.31#9#3#Scanning Host#FR##0,0#3\n") > 0);
    list.close();
    window.control().addList(QStringLiteral("alienvault"), list.fileName(), {"2026-11-20", {}, {}});
    QTRY_VERIFY(bench.scores().result() && bench.scores().result()->missingLists.size() == 1);
    QVERIFY(test::waitIdle(window));

    auto* view = window.findChild<ui::CodeCombinationView*>();
    const int all = view->combinations().rowCount();
    QTest::mouseClick(&view->presetWorst(), Qt::LeftButton);
    QVERIFY(view->combinations().rowCount() > 0 && view->combinations().rowCount() < all);
    QTRY_VERIFY(view->table().isVisible());
    const QModelIndex top = view->combinations().index(0, ui::CodeCombinationModel::kRecords);
    QTest::mouseClick(view->table().viewport(), Qt::LeftButton, {}, view->table().visualRect(top).center());
    const std::uint64_t word = view->combinations().wordAt(0);
    QCOMPARE(ui::wordOfCodes(bench.scores().profile(), bench.filter().narrowing().codes), std::optional(word));

    // The list shows its records, the filter stays.
    auto* table = window.findChild<ui::RowView*>(QStringLiteral("flowTable"));
    const std::uint64_t records = bench.scores().ranking().front().count.flows;
    QVERIFY(records > 0);
    auto* inspector = window.findChild<ui::InspectorView*>();
    QTRY_COMPARE(inspector->subject().kind, ui::InspectorSubject::codes);
    auto* docked = window.docks().dock(QStringLiteral("flows"))->findChild<ui::View*>(QStringLiteral("flows"));
    QTRY_VERIFY2(docked->scope().startsWith(ui::count(records) + u' '), qPrintable(docked->scope()));
    auto* chip = window.findChild<QWidget*>(QStringLiteral("codesChip"));
    QVERIFY(chip && chip->isVisible());
    QCOMPARE(bench.selection()->count, records);
    QCOMPARE(bench.filter().text(), QString());

    // Of a record: every code of the combination with points and evidence.
    QTRY_VERIFY(table->isVisible());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, QPoint(30, 10));
    QTRY_COMPARE(inspector->subject().kind, ui::InspectorSubject::record);
    const score::Profile& profile = bench.scores().profile();
    std::uint64_t given = 0;
    int sum = 0;
    QString said;
    for (const auto& line : inspector->subject().codeLines) {
        said += line.code + QStringLiteral(": ") + line.evidence + u'\n';
        if (!line.holds) continue;
        const auto test = std::find_if(profile.tests.begin(), profile.tests.end(),
                                       [&](const score::Test& t) { return ui::fromUtf8(t.code) == line.code; });
        QVERIFY(test != profile.tests.end() && !line.evidence.isEmpty());
        given |= std::uint64_t{1} << (test - profile.tests.begin());
        sum += test->points;
        QCOMPARE(line.points, QStringLiteral("+%1").arg(test->points));
        QCOMPARE(line.sum, QString::number(sum));
    }
    QCOMPARE(given, word);
    QCOMPARE(inspector->subject().figures.front().value, QString::number(sum));
    for (const char* part : {"ALIENVAULT: source 44.128.9", "of @alienvault of 2026-11-20 \"reliability ",
                             "flows > 1,000; 1.00 packets a flow < 4", "sent no packet to an external host",
                             "TCP flags ......S. (flags = S)"})
        QVERIFY2(said.contains(QString::fromLatin1(part)), qPrintable(said));
    shots(window, QStringLiteral("s4"));

    // Back to all; Enter makes the combination the filter.
    bench.filter().setCodes({});
    QTRY_VERIFY(!chip->isVisible());
    QTRY_COMPARE(bench.selection()->count, bench.selection()->total);
    view->table().setFocus();
    view->table().setCurrentIndex(view->combinations().index(0, 0));
    QTest::keyClick(&view->table(), Qt::Key_Return);
    QTRY_COMPARE(bench.selection()->count, records);
    QVERIFY(bench.filter().text().startsWith(QStringLiteral("code \"")));
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstScenarioS4)
#include "tst_scenario_s4.moc"
