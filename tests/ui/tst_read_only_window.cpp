// A project that is open elsewhere or cannot be written, and one that was never saved: nothing typed is lost, and the
// window says what is so.
#include "tests/support/window_driver.h"

#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/recovery.h"
#include "core/session/project/resources.h"
#include "core/session/rows/marks.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/dialogs/recovery_dialog.h"
#include "ui/shell/read_only_bar.h"
#include "ui/text/format.h"

#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <QTreeWidget>

using namespace weir;

class TstReadOnlyWindow : public QObject {
    Q_OBJECT
public:
    explicit TstReadOnlyWindow(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void aSecondWindowFollowsTheFirst();
    void whatIsTypedGoesIntoTheCopy();
    void leavingAsks();
    void openACopy();
    void unsavedProjectsAreOffered();

private:
    QString sampleAt(const QString& name);
    bool opened(ui::MainWindow& window, const QString& path);
    test::UiSandbox& sandbox_;
};

QString TstReadOnlyWindow::sampleAt(const QString& name) {
    const QString path = sandbox_.path(name);
    JobContext job({}, {}, 2);
    auto project = session::createProject(path.toStdString());
    session::ImportRequest request;
    request.paths = {session::samplePath()};
    if (!project || !session::importFiles(**project, request, job) ||
        !session::ensureLocal(**project, session::sampleLocal(), job))
        qFatal("the sample capture cannot be read");
    return path;
}

bool TstReadOnlyWindow::opened(ui::MainWindow& window, const QString& path) {
    window.resize(1280, 800);
    window.show();
    window.openFiles({path});
    return QTest::qWaitFor([&] { return window.workbench().project() != nullptr; }, 30'000) && test::waitIdle(window);
}

void TstReadOnlyWindow::aSecondWindowFollowsTheFirst() {
    const QString path = sampleAt(QStringLiteral("two.weir"));
    const auto bar = [](ui::MainWindow& w) { return w.findChild<ui::ReadOnlyBar*>()->text(); };
    auto windows = std::pair(std::make_unique<ui::MainWindow>(), std::make_unique<ui::MainWindow>());
    ui::MainWindow &first = *windows.first, &second = *windows.second;
    QVERIFY(opened(first, path));
    QVERIFY(opened(second, path));
    QCOMPARE(bar(first), QString());
    QVERIFY2(bar(second).contains(QStringLiteral("open in another window")) &&
                 bar(second).contains(QStringLiteral("process")),
             qPrintable(bar(second)));
    test::shot(second, QStringLiteral("read-only"));
    QVERIFY(bool(session::addMark(*first.workbench().project(), {"first", "any", "", ""})));
    QTRY_COMPARE_WITH_TIMEOUT(second.workbench().snapshot()->marks->size(), 1u, 20'000);
    QVERIFY(second.close());  // nothing was changed in it: nothing is asked
    QVERIFY(first.close());
    windows.first.reset();
    windows.second.reset();
    ui::MainWindow third;
    QVERIFY(opened(third, path));
    QCOMPARE(bar(third), QString());
    QVERIFY(third.close());
}

void TstReadOnlyWindow::whatIsTypedGoesIntoTheCopy() {
    const QString path = sampleAt(QStringLiteral("kept.weir")), copy = sandbox_.path(QStringLiteral("copy.weir"));
    ui::MainWindow first, second;
    QVERIFY(opened(first, path));
    QVERIFY(opened(second, path));
    ui::Workbench& bench = second.workbench();
    const QString rules = bench.rules().text() + QStringLiteral("\n# mine\n");
    bench.rules().edit(rules, QStringLiteral("typing"));
    QVERIFY(bool(session::addMark(*bench.project(), {"mine", "any", "", ""})));
    QTest::qWait(700);  // the place would be stored by now
    QVERIFY(session::currentRules(*first.workbench().project()) != ui::toUtf8(rules));
    const auto saved = [&] {
        for (const auto& label : second.findChildren<QLabel*>(QStringLiteral("savedState"))) return label->text();
        return QString();
    };
    QCOMPARE(saved(), QStringLiteral("read-only"));
    second.findChild<ui::PlaceKeeper*>()->store();
    second.control().saveAs(copy);
    QVERIFY(test::waitIdle(second));
    QVERIFY(second.findChild<ui::ReadOnlyBar*>()->isHidden());
    QVERIFY(second.close());
    QVERIFY(first.close());
    const auto again = session::openProject(copy.toStdString());
    QVERIFY(bool(again));
    QCOMPARE(session::currentRules(**again), ui::toUtf8(rules));
    QCOMPARE((*again)->snapshot()->marks->size(), 1u);
    QVERIFY((*session::openProject(path.toStdString()))->snapshot()->marks->empty());
}

void TstReadOnlyWindow::leavingAsks() {
    const QString path = sampleAt(QStringLiteral("asks.weir"));
    ui::MainWindow first, second;
    QVERIFY(opened(first, path));
    QVERIFY(opened(second, path));
    second.workbench().rules().edit(second.workbench().rules().text() + QStringLiteral("\n# mine\n"),
                                    QStringLiteral("typing"));
    QString asked;
    QTimer::singleShot(0, &second, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box) return;
        asked = box->text() + box->informativeText();
        box->button(QMessageBox::Cancel)->click();
    });
    QVERIFY2(!second.close(), "the person chose to stay");
    QVERIFY2(asked.contains(QStringLiteral("read-only")), qPrintable(asked));
    QVERIFY(first.close());
}

void TstReadOnlyWindow::openACopy() {
    const QString path = sampleAt(QStringLiteral("other.weir"));
    ui::MainWindow first, second;
    QVERIFY(opened(first, path));
    QVERIFY(opened(second, path));
    test::trigger(second, "file.openCopy");
    QVERIFY(test::waitIdle(second));
    const auto& snapshot = second.workbench().snapshot();
    QVERIFY(snapshot->untitled && snapshot->readOnlyReason.empty());
    QVERIFY(ui::fromUtf8(snapshot->path) != path && QFile::exists(path));
    QCOMPARE(snapshot->sources.size(), 1u);
    const QString copy = ui::fromUtf8(snapshot->path);
    second.control().close(true);
    QTRY_VERIFY2(!QFile::exists(copy), "a discarded project is gone from the disk");
    QVERIFY(first.close());
}

void TstReadOnlyWindow::unsavedProjectsAreOffered() {
    QVERIFY(session::findLeftovers().empty());
    QString path;
    {
        ui::MainWindow window;
        window.resize(1280, 800);
        window.show();
        test::trigger(window, "file.openSample");
        QVERIFY(test::waitIdle(window));
        path = ui::fromUtf8(window.workbench().snapshot()->path);
        QVERIFY2(session::findLeftovers().empty(), "a window has it open");
        window.control().close(false);  // as a crash leaves it
    }
    QVERIFY(QFile::exists(path));
    ui::MainWindow window;
    window.resize(1280, 800);
    window.show();
    window.offerLeftovers();
    auto* dialog = window.findChild<ui::RecoveryDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    const auto* item = dialog->findChild<QTreeWidget*>()->topLevelItem(0);
    QCOMPARE(item->text(0), QStringLiteral("lab.pcapng"));
    QVERIFY2(item->text(1).endsWith(QStringLiteral("UTC")) && item->text(2).contains(QStringLiteral("B")),
             qPrintable(item->text(2)));
    test::shot(*dialog, QStringLiteral("recovery"));
    for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Open")) button->click();
    QTRY_VERIFY(window.workbench().project() != nullptr);
    QVERIFY(test::waitIdle(window));
    QVERIFY(window.workbench().snapshot()->untitled);
    QCOMPARE(window.workbench().snapshot()->sources.size(), 1u);
    window.control().close(true);
    QTRY_VERIFY(!QFile::exists(path));
    QVERIFY(session::findLeftovers().empty());
}

WEIR_UI_TEST_MAIN(TstReadOnlyWindow)
#include "tst_read_only_window.moc"
