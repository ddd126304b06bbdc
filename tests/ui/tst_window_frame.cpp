// The window's size is the user's: perspectives, projects and starts leave it alone. Real keys, a real window manager.
#include "tests/support/real_frame.h"

#include <QScreen>
#include <QStatusBar>

using namespace weir;

/// One window from the first start to the last, as the tests come.
class TstWindowFrame : public QObject {
    Q_OBJECT
public:
    explicit TstWindowFrame(test::UiSandbox&) {}
private slots:
    void firstStartFitsTheScreen();
    void perspectivesKeepTheFrame_data();
    void perspectivesKeepTheFrame();
    void nextStartHasTheSameFrame_data();
    void nextStartHasTheSameFrame();
    void cleanupTestCase() { window_->control().close(true); }

private:
    std::unique_ptr<ui::MainWindow> window_;
};

namespace {

/// Every ordered pair of perspectives, as one walk that begins with the first: 0 1 0 2 0, 1 2 1, …
std::vector<std::size_t> allPairs(std::size_t n) {
    std::vector<std::size_t> walk{0};
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b) walk.insert(walk.end(), {b, a});
        if (a + 1 < n) walk.push_back(a + 1);
    }
    return walk;
}

bool onFreeArea(const QRect& rect) { return QGuiApplication::primaryScreen()->availableGeometry().contains(rect); }

bool setMaximized(const QWidget& window, bool wanted) {
    return test::frameOf(window).maximized == wanted || test::toggleMaximized(window);
}

}  // namespace

void TstWindowFrame::firstStartFitsTheScreen() {
    window_ = std::make_unique<ui::MainWindow>();
    QVERIFY(test::showActive(*window_));
    const test::Frame welcome = test::settledFrame(*window_);
    window_->openSample();
    QVERIFY(test::waitIdle(*window_));
    QVERIFY2(onFreeArea(welcome.outer), test::printable(welcome));
    QCOMPARE(test::printable(test::settledFrame(*window_)), test::printable(welcome));
    const QWidget* status = window_->statusBar();
    QVERIFY(status->isVisible());
    QVERIFY(onFreeArea(QRect(status->mapToGlobal(QPoint()), status->size())));
}

void TstWindowFrame::perspectivesKeepTheFrame_data() {
    QTest::addColumn<bool>("maximized");
    QTest::newRow("normal") << false;
    QTest::newRow("maximized") << true;
}

void TstWindowFrame::perspectivesKeepTheFrame() {
    QFETCH(bool, maximized);
    QVERIFY(window_->workbench().project());
    QVERIFY(setMaximized(*window_, maximized));
    const test::Frame frame = test::settledFrame(*window_);
    QCOMPARE(frame.maximized, maximized);
    const auto& perspectives = window_->docks().perspectives();
    for (const std::size_t i : allPairs(perspectives.size())) {
        QVERIFY(test::press(perspectives[i].key.toLower().toLatin1().constData()));
        QCOMPARE(window_->docks().current(), perspectives[i].id);
        QTest::qWait(40);  // docks come to their sizes by steps
        const test::Frame now = test::frameOf(*window_);
        QVERIFY2(now == frame, QByteArray(perspectives[i].id.toUtf8() + ": " + test::printable(now) + " instead of " +
                                          test::printable(frame)));
    }
    QCOMPARE(test::printable(test::settledFrame(*window_)), test::printable(frame));
}

void TstWindowFrame::nextStartHasTheSameFrame_data() { perspectivesKeepTheFrame_data(); }

/// The user drags a corner, switches perspectives, maximizes or not, and leaves.
void TstWindowFrame::nextStartHasTheSameFrame() {
    QFETCH(bool, maximized);
    if (!window_->workbench().project()) window_->openSample();
    QVERIFY(test::waitIdle(*window_));
    QVERIFY(setMaximized(*window_, false));
    window_->resize(1'150, 690);
    const QRect before = test::settledFrame(*window_).outer;
    QVERIFY(test::drag(before.bottomRight(), before.bottomRight() - QPoint(80, 60)));
    const test::Frame normal = test::settledFrame(*window_);
    QCOMPARE(normal.outer.size(), before.size() - QSize(80, 60));
    QVERIFY(setMaximized(*window_, maximized));
    const test::Frame left = test::settledFrame(*window_);
    for (const char* key : {"ctrl+1", "ctrl+2", "ctrl+1"}) QVERIFY(test::press(key));
    test::settledFrame(*window_);
    window_->control().close(true);
    window_->close();
    window_ = std::make_unique<ui::MainWindow>();
    QVERIFY(test::showActive(*window_));
    QCOMPARE(test::printable(test::settledFrame(*window_)), test::printable(left));
    QVERIFY(setMaximized(*window_, false));
    QCOMPARE(test::printable(test::settledFrame(*window_)), test::printable(normal));
}

WEIR_REAL_WINDOW_TEST_MAIN(TstWindowFrame)
#include "tst_window_frame.moc"
