// The window as a whole: welcome, keys, palette, perspectives, drop, filter row, status, help.
#include "tests/support/packet_generator.h"
#include "tests/support/window_driver.h"

#include "ui/editors/filter_edit.h"
#include "ui/row_view.h"

#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QTextBrowser>
#include <QToolButton>

using namespace weir;

class TstMainWindow : public QObject {
    Q_OBJECT
public:
    explicit TstMainWindow(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void welcomeFirst();
    void droppedFilesAreRead();
    void paletteFindsActions();
    void filterRow();
    void arrangementIsKeptAndRestored();
    void fixedDocksKeepTheirSize();
    void everyWidgetCanBeNamed();
    void helpWindows();

private:
    QString trace_;
    test::UiSandbox& sandbox_;
};

void TstMainWindow::initTestCase() {
    trace_ = sandbox_.path(QStringLiteral("small.pcap"));
    weir::testing::TraceSpec spec;
    spec.packets = 30'000;
    QVERIFY(weir::testing::writeTrace(trace_.toStdString(), spec));
}

void TstMainWindow::welcomeFirst() {
    ui::MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(window.centralWidget()->isVisible());
    QCOMPARE(window.windowTitle(), QStringLiteral("Weir"));
    QVERIFY(!window.workbench().actions().get("file.saveAs")->isEnabled());
    for (const QSize size : {QSize(1280, 800), QSize(1440, 900), QSize(2560, 1440)}) {
        window.resize(size);
        QTest::qWait(80);
        test::shot(window, QStringLiteral("welcome-light-%1").arg(size.width()));
    }
    window.resize(1440, 900);
    ui::setScheme(ui::Scheme::dark);
    QTest::qWait(100);
    test::shot(window, QStringLiteral("welcome-dark-1440"));
    ui::setScheme(ui::Scheme::light);
}

void TstMainWindow::droppedFilesAreRead() {
    ui::MainWindow window;
    window.show();
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(trace_)});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    auto* dialog = window.findChild<ui::LocalNetworksDialog*>();
    QVERIFY(
        QTest::qWaitFor([&] { return (dialog = window.findChild<ui::LocalNetworksDialog*>()) != nullptr; }, 60'000));
    test::shot(*dialog, QStringLiteral("local-networks"));
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    QCOMPARE(window.workbench().snapshot()->sources.size(), std::size_t(1));
    QVERIFY(!window.workbench().snapshot()->settings.pairing.local.empty());
    QVERIFY(!window.centralWidget()->isVisible());
    window.docks().raise(QStringLiteral("flows"));
    QTest::qWait(200);
    test::shot(window, QStringLiteral("flows-light-1440"));
    test::trigger(window, "edit.settings");
    auto* settings = window.findChild<QDialog*>(QStringLiteral("settings"));
    QVERIFY(settings != nullptr);
    QTest::qWait(50);
    test::shot(*settings, QStringLiteral("settings"));
    settings->reject();
    window.docks().raise(QStringLiteral("jobs"));
    QTest::qWait(100);
    test::shot(window, QStringLiteral("jobs-light-1440"));
    window.control().close(true);
}

void TstMainWindow::paletteFindsActions() {
    ui::MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    test::trigger(window, "go.palette");
    auto* palette = window.findChild<QDialog*>(QStringLiteral("commandPalette"));
    QVERIFY(palette != nullptr);
    auto* list = palette->findChild<QListWidget*>();
    const int all = list->count();
    QVERIFY(all > 8);
    test::shot(*palette, QStringLiteral("palette"));
    QTest::keyClicks(palette->findChild<QLineEdit*>(), QStringLiteral("time zone"));
    QVERIFY(list->count() >= 1 && list->count() < all);
    QCOMPARE(list->item(0)->text(), QStringLiteral("Times in local zone"));
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Return);
    QTRY_COMPARE(window.workbench().zone(), ui::Zone::local);
}

void TstMainWindow::filterRow() {
    ui::MainWindow window;
    window.show();
    window.openFiles({trace_});
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    ui::Workbench& bench = window.workbench();
    auto* edit = window.findChild<ui::FilterEdit*>();
    edit->setFocus();
    edit->setPlainText(QStringLiteral("proto tcp"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(bench.filter().text(), QStringLiteral("proto tcp"));
    QTRY_VERIFY(bench.selection()->count < bench.selection()->total);
    const std::uint64_t tcp = bench.selection()->count;
    edit->setPlainText(QStringLiteral("proto nonsense"));
    QVERIFY(!edit->good());
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(bench.filter().text(), QStringLiteral("proto tcp"));
    test::shot(window, QStringLiteral("filter-error"));
    test::trigger(window, "go.back");
    QCOMPARE(bench.filter().text(), QString());
    QTRY_COMPARE(bench.selection()->count, bench.selection()->total);
    test::trigger(window, "go.forward");
    QTRY_COMPARE(bench.selection()->count, tcp);
    test::trigger(window, "view.records");
    QTRY_COMPARE(bench.selection()->query.rows, session::Rows::records);
    QVERIFY(bench.selection()->total >= bench.snapshot()->flows->size());
    const auto range =
        std::pair(bench.snapshot()->sources.front().first, bench.snapshot()->sources.front().first + 60'000'000);
    bench.filter().setTimeRange(range);
    auto* chip = window.findChild<QWidget*>(QStringLiteral("timeChip"));
    QVERIFY(chip->isVisible());
    QTest::mouseClick(chip->findChild<QToolButton*>(), Qt::LeftButton);
    QVERIFY(!bench.filter().timeRange().has_value());
    QVERIFY(window.findChild<QLabel*>(QStringLiteral("rowCounts"))->text().contains(QStringLiteral("records")));
    window.control().close(true);
}

void TstMainWindow::arrangementIsKeptAndRestored() {
    const auto visible = [](ui::MainWindow& w, const char* id) {
        return w.docks().dock(QString::fromLatin1(id))->isVisible();
    };
    {
        ui::MainWindow window;
        window.show();
        window.control().create();
        QTRY_COMPARE(window.docks().current(), QStringLiteral("refine"));
        QVERIFY(visible(window, "sources"));
        window.docks().dock(QStringLiteral("sources"))->hide();
        window.control().close(true);  // leaves the perspective, which keeps it
    }
    ui::MainWindow window;
    window.show();
    window.control().create();
    QTRY_COMPARE(window.docks().current(), QStringLiteral("refine"));
    QVERIFY(!visible(window, "sources"));
    test::trigger(window, "view.restore");
    QVERIFY(visible(window, "sources"));
    window.control().close(true);
}

void TstMainWindow::fixedDocksKeepTheirSize() {
    ui::MainWindow window;
    window.show();
    window.control().create();
    QTRY_COMPARE(window.docks().current(), QStringLiteral("refine"));
    test::trigger(window, "view.restore");
    const auto size = [&](const char* id) { return window.docks().dock(QString::fromLatin1(id))->size(); };
    for (const QSize whole : {QSize(1280, 800), QSize(2560, 1440), QSize(1440, 900)}) {
        window.resize(whole);
        QTRY_COMPARE(size("sources").width(), 190);
        QTRY_COMPARE(size("inspector").width(), 288);
        QTRY_COMPARE(size("timeline").height(), 110);
        QTRY_VERIFY(std::abs(size("rules").width() * 43 - size("conflicts").width() * 52) < 52 * 8);  // 520 : 430
        QCOMPARE(window.size(), whole);
    }
    window.control().close(true);
}

void TstMainWindow::everyWidgetCanBeNamed() {
    ui::MainWindow window;
    window.show();
    QStringList nameless;
    for (const QWidget* w : window.findChildren<QWidget*>()) {
        if (w->focusPolicy() == Qt::NoFocus || !w->isVisible() || w->focusProxy() != nullptr) continue;
        const auto* button = qobject_cast<const QAbstractButton*>(w);
        const bool named = !w->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
        if (!named && w->inherits("QAbstractScrollArea"))
            nameless << QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName();
        if (!named && button != nullptr) nameless << QStringLiteral("button ") + w->objectName() + u' ' + w->toolTip();
    }
    nameless.removeIf([](const QString& n) { return n.startsWith(QStringLiteral("weir::ui::Welcome")); });
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

void TstMainWindow::helpWindows() {
    ui::MainWindow window;
    window.show();
    test::trigger(window, "help.manual");
    auto* manual = window.findChild<QDialog*>(QStringLiteral("manual"));
    QVERIFY(manual != nullptr);
    QVERIFY(manual->findChild<QTextBrowser*>()->document()->characterCount() > 200);
    test::shot(*manual, QStringLiteral("manual"));
    test::trigger(window, "help.keys");
    auto* keys = window.findChild<QDialog*>(QStringLiteral("keys"));
    QVERIFY(keys != nullptr);
    test::shot(*keys, QStringLiteral("keys"));
    test::trigger(window, "help.about");
    auto* about = window.findChild<QDialog*>(QStringLiteral("about"));
    QVERIFY(about != nullptr);
    QVERIFY(about->findChild<QLabel*>()->text().contains(QStringLiteral("SQLite")));
    test::shot(*about, QStringLiteral("about"));
}

WEIR_UI_TEST_MAIN(TstMainWindow)
#include "tst_main_window.moc"
