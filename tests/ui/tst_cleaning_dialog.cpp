// Double counts and exclusions in the real window: preview, a line that cannot be read, apply, undo; folders in
// Sources.
#include "tests/support/window_driver.h"
#include "ui/dialogs/cleaning_dialog.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QUndoStack>

using namespace weir;
using namespace weir::ui;

class TstCleaningDialog : public QObject {
    Q_OBJECT
public:
    explicit TstCleaningDialog(const test::UiSandbox& sandbox) : sandbox_(sandbox) {}

private:
    const test::UiSandbox& sandbox_;
private slots:
    void copiesOfTwoTaps() {
        // Two taps saw the same packets: the same trace, one byte longer so that it is not refused as the same file.
        const QString folder = sandbox_.path(QStringLiteral("taps"));
        QVERIFY(QDir().mkpath(folder));
        const QString trace = QStringLiteral(WEIR_SOURCE_DIR "/tests/fuzz/corpus/pcap/mixed-us.pcap");
        QVERIFY(QFile::copy(trace, folder + QStringLiteral("/one.pcap")));
        QVERIFY(QFile::copy(trace, folder + QStringLiteral("/two.pcap")));
        QFile second(folder + QStringLiteral("/two.pcap"));
        QVERIFY(second.open(QFile::Append) && second.write("x") == 1);
        second.close();

        MainWindow window;
        window.resize(1280, 800);
        window.show();
        window.openFiles({folder});
        QVERIFY(test::acceptLocal(window));
        QVERIFY(test::waitIdle(window));
        const auto snapshot = window.workbench().snapshot();
        QCOMPARE(snapshot->sources.size(), std::size_t(2));
        QVERIFY(snapshot->cleaning && snapshot->flows);
        const std::uint64_t copies = snapshot->cleaning->duplicates.records;
        QCOMPARE(copies, snapshot->sources[1].flows);
        const std::size_t flows = snapshot->flows->size();

        auto* tree = window.findChild<QTreeWidget*>(QStringLiteral("sourceTree"));
        const auto groups = tree->findItems(QStringLiteral("taps/"), Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(groups.size(), 1);
        QCOMPARE(groups[0]->childCount(), 2);
        QCOMPARE(groups[0]->text(1), QString::number(2 * copies));

        test::trigger(window, "edit.cleaning");
        auto* dialog = window.findChild<CleaningDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        auto* table = dialog->findChild<QTreeWidget*>();
        QVERIFY(QTest::qWaitFor([&] { return table->topLevelItemCount() == 1; }));
        QVERIFY(table->topLevelItem(0)->text(0).contains(u"two.pcap"));
        test::shot(*dialog, QStringLiteral("cleaning"));
        auto* text = dialog->findChild<QPlainTextEdit*>();
        auto* apply = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        text->setPlainText(QStringLiteral("tcp/99999"));
        QVERIFY(!apply->isEnabled());
        text->setPlainText(QStringLiteral("0.0.0.0/0\n::/0"));
        QVERIFY(apply->isEnabled());
        QVERIFY(QTest::qWaitFor([&] { return table->topLevelItemCount() == 2; }));
        test::shot(*dialog, QStringLiteral("cleaning-all"));
        dialog->accept();
        QVERIFY(test::waitIdle(window));
        QCOMPARE(window.workbench().snapshot()->flows->size(), std::size_t(0));
        test::shot(window, QStringLiteral("all-excluded"));
        window.workbench().undo().undo();
        QVERIFY(test::waitIdle(window));
        QCOMPARE(window.workbench().snapshot()->flows->size(), flows);
        test::shot(window, QStringLiteral("folder"));
    }
};

WEIR_UI_TEST_MAIN(TstCleaningDialog)
#include "tst_cleaning_dialog.moc"
