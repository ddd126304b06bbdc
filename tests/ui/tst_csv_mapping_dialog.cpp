// A text that no known tool writes, opened in the real window: one dialog, proposals, preview, rejected rows, import;
// and remembered.
#include "tests/support/window_driver.h"
#include "ui/dialogs/csv_mapping_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>

using namespace weir;
using namespace weir::ui;

namespace {

QString write(const QString& path, const QByteArray& text) {
    QFile f(path);
    if (!f.open(QFile::WriteOnly)) qFatal("cannot write");
    f.write(text);
    return path;
}

QByteArray oddText(int rows, int shift) {
    QByteArray t = "when;client_ip;server;server port;transport;amount;remark\n";
    for (int i = 0; i < rows; ++i)
        t += QByteArray::number(1700000000 + i + shift) + ".5;192.0.2." + QByteArray::number(i % 200 + 1) +
             ";198.51.100.7;443;tcp;" + QByteArray::number(i * 100) + ";x\n";
    return t + "1700000000;192.0.2.999;198.51.100.7;443;tcp;1;x\n";
}

QComboBox* combo(QDialog& dialog, int row, int column) {
    return qobject_cast<QComboBox*>(
        dialog.findChild<QTableWidget*>(QStringLiteral("mappingColumns"))->cellWidget(row, column));
}
void choose(QComboBox* box, const QString& text) {
    box->setCurrentIndex(box->findText(text));
    emit box->activated(box->currentIndex());
}

}  // namespace

class TstCsvMappingDialog : public QObject {
    Q_OBJECT
private slots:
    /// Names and values from the file are shown, not obeyed.
    void namesWithControlCharacters() {
        CsvMappingDialog dialog(QStringLiteral("x"),
                                "when\x7f,fr\xe2\x80\xaeom,\xc2\x9bto\n1700000000,10.0.0.1,b\x1b[0m\n", nullptr);
        auto* columns = dialog.findChild<QTableWidget*>(QStringLiteral("mappingColumns"));
        QCOMPARE(columns->horizontalHeaderItem(0)->text(), QStringLiteral("when\\u{7f}"));
        QCOMPARE(columns->horizontalHeaderItem(1)->text(), QStringLiteral("fr\\u{202e}om"));
        QCOMPARE(columns->horizontalHeaderItem(2)->text(), QStringLiteral("\\u{9b}to"));
        QCOMPARE(columns->item(2, 2)->text(), QStringLiteral("b\\u{1b}[0m"));
    }

    void openedMappedAndRemembered() {
        test::UiSandbox sandbox;
        const QString one = write(sandbox.path(QStringLiteral("one.txt")), oddText(40, 0));
        const QString two = write(sandbox.path(QStringLiteral("two.txt")), oddText(30, 1000));
        const QString three = write(sandbox.path(QStringLiteral("three.txt")), oddText(20, 2000));
        MainWindow window;
        window.resize(1280, 800);
        window.show();
        window.openFiles({one, two});
        QCOMPARE(window.findChildren<CsvMappingDialog*>().size(), 1);  // one question for both
        auto* dialog = window.findChild<CsvMappingDialog*>();
        QVERIFY(QTest::qWaitFor([&] { return dialog->isVisible(); }));
        auto* import = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QCOMPARE(combo(*dialog, 0, 1)->currentText(), QStringLiteral("Source address"));       // client_ip, by its name
        QCOMPARE(combo(*dialog, 0, 2)->currentText(), QStringLiteral("Destination address"));  // by its values
        QCOMPARE(combo(*dialog, 0, 3)->currentText(), QStringLiteral("Destination port"));
        QCOMPARE(combo(*dialog, 0, 0)->currentText(), QStringLiteral("Start"));
        QVERIFY(combo(*dialog, 1, 0)->currentText().contains(u"seconds"));
        QVERIFY(!combo(*dialog, 1, 1));
        QVERIFY(import->isEnabled());
        auto* records = dialog->findChild<QTableWidget*>(QStringLiteral("mappedRecords"));
        auto* rejected = dialog->findChild<QTableWidget*>(QStringLiteral("rejectedRows"));
        QCOMPARE(records->rowCount(), 40);
        QCOMPARE(records->item(0, 4)->text(), QStringLiteral("192.0.2.1"));
        QCOMPARE(records->item(3, 10)->text(), QStringLiteral("0"));  // bytes have no column yet
        QCOMPARE(rejected->rowCount(), 1);
        QCOMPARE(rejected->item(0, 0)->text(), QStringLiteral("42"));
        QCOMPARE(rejected->item(0, 1)->text(), QStringLiteral("unreadable address"));
        QCOMPARE(rejected->item(0, 2)->text(), QStringLiteral("192.0.2.999"));
        choose(combo(*dialog, 0, 5), QStringLiteral("Bytes"));
        QCOMPARE(records->item(3, 10)->text(), QStringLiteral("300"));
        test::shot(*dialog, QStringLiteral("csv-mapping"));

        // A wrong unit leaves nothing to read: said, and no import.
        choose(combo(*dialog, 1, 0),
               combo(*dialog, 1, 0)->itemText(combo(*dialog, 1, 0)->findText(QStringLiteral("day/month/year h:m:s"))));
        QVERIFY(!import->isEnabled());
        QCOMPARE(records->rowCount(), 0);
        QCOMPARE(rejected->rowCount(), 41);
        choose(combo(*dialog, 0, 0), QStringLiteral("—"));
        QVERIFY(!import->isEnabled());  // no time at all
        choose(combo(*dialog, 0, 0), QStringLiteral("Start"));
        QVERIFY(import->isEnabled());
        import->click();
        QVERIFY(test::acceptLocal(window));
        QVERIFY(test::waitIdle(window));
        const auto snapshot = window.workbench().snapshot();
        QCOMPARE(snapshot->sources.size(), std::size_t(2));
        QCOMPARE(snapshot->sources[0].flows, std::uint64_t(40));
        QCOMPARE(snapshot->sources[1].flows, std::uint64_t(30));
        QVERIFY(snapshot->sources[0].bytes > 0);

        window.openFiles({three});  // same columns: no question any more
        QVERIFY(test::waitIdle(window));
        QCOMPARE(window.workbench().snapshot()->sources.size(), std::size_t(3));
    }

    void keyboard() {
        CsvMappingDialog dialog(QStringLiteral("x.csv"), oddText(5, 0).toStdString(), nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QSet<QWidget*> reached;
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &dialog, Qt::Key_Tab);
            reached.insert(QApplication::focusWidget());
        }
        for (int c = 0; c < 7; ++c) QVERIFY2(reached.contains(combo(dialog, 0, c)), qPrintable(QString::number(c)));
        QVERIFY(reached.contains(combo(dialog, 1, 0)));
        QVERIFY(reached.contains(dialog.findChild<QComboBox*>(QStringLiteral("delimiter"))));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void otherDelimiter() {
        CsvMappingDialog dialog(QStringLiteral("x.csv"), "a|b;c\n1|2;3\n4|5;6\n", nullptr);
        auto* delimiter = dialog.findChild<QComboBox*>(QStringLiteral("delimiter"));
        auto* table = dialog.findChild<QTableWidget*>(QStringLiteral("mappingColumns"));
        for (const int i : {2, 3}) {
            delimiter->setCurrentIndex(i);
            emit delimiter->activated(i);
            QCOMPARE(table->columnCount(), 2);
        }
        QCOMPARE(table->item(2, 0)->text(), QStringLiteral("1|2"));
        QVERIFY(!dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
    }
};

QTEST_MAIN(TstCsvMappingDialog)
#include "tst_csv_mapping_dialog.moc"
