// Export report…: the dialog, the file off the GUI thread, the numbers on the screen, the error that helps; colours of
// classes are those of the windows.
#include "tests/support/window_driver.h"

#include "core/report/palette.h"
#include "core/session/project/resources.h"
#include "ui/dialogs/report_actions.h"
#include "ui/dialogs/report_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace weir;

class TstReportWindow : public QObject {
    Q_OBJECT
public:
    explicit TstReportWindow(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void cleanupTestCase() { window_.reset(); }
    void nothingToReportOn();
    void dialogRemembers();
    void numbersOfTheScreen();
    void cannotBeWritten();
    void colours();

private:
    ui::ReportActions& actions() { return *window_->findChild<ui::ReportActions*>(QStringLiteral("reportActions")); }
    bool write(const QString& path, const QStringList& sections, const QString& champion = {}) {
        QSignalSpy written(&actions(), &ui::ReportActions::written), failed(&actions(), &ui::ReportActions::failed);
        actions().write(path, sections, champion);
        return QTest::qWaitFor([&] { return written.size() + failed.size() > 0; }, 60'000) && !written.isEmpty();
    }
    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

void TstReportWindow::initTestCase() { QVERIFY2(!session::samplePath().empty(), "the sample capture is missing"); }

void TstReportWindow::nothingToReportOn() {
    window_ = std::make_unique<ui::MainWindow>();
    window_->show();
    test::trigger(*window_, "file.report");
    QVERIFY(!window_->findChild<ui::ReportDialog*>());
    QVERIFY(window_->findChild<ui::NoticeBar*>()->text().contains(QStringLiteral("nothing to report")));
    window_ = test::openSample(QStringLiteral("refine"));
    QVERIFY(window_);
    QVERIFY(test::waitIdle(*window_));
}

void TstReportWindow::dialogRemembers() {
    test::trigger(*window_, "file.report");
    auto* dialog = window_->findChild<ui::ReportDialog*>();
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    test::shot(*dialog, QStringLiteral("report-dialog"));
    QCOMPARE(dialog->sections().size(), 8);
    QVERIFY(!dialog->findChild<QCheckBox*>(QStringLiteral("inputs"))->isEnabled());
    auto* champion = dialog->findChild<QComboBox*>();
    champion->setCurrentIndex(0);
    QVERIFY(!dialog->findChild<QCheckBox*>(QStringLiteral("comparison"))->isEnabled());
    QVERIFY(dialog->champion().isEmpty());
    dialog->findChild<QCheckBox*>(QStringLiteral("scores"))->setChecked(false);
    QSettings().setValue(QStringLiteral("report/leftOut"),
                         QStringList{QStringLiteral("scores")});  // what accept() keeps; it would ask for a file
    dialog->reject();
    QTRY_VERIFY(!window_->findChild<ui::ReportDialog*>());
    const ui::ReportDialog again({}, {}, nullptr);
    QVERIFY(!again.sections().contains(QStringLiteral("scores")));
}

void TstReportWindow::numbersOfTheScreen() {
    test::trigger(*window_, "rules.loadBigler");
    QVERIFY(test::waitIdle(*window_));
    const QString path = sandbox_.path(QStringLiteral("r.json"));
    test::StallWatch stall;
    QVERIFY(write(path, {}, QStringLiteral("shipped:glatz-2012")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
    const auto& judgement = *window_->workbench().rules().judgement();
    qint64 flows = 0;
    for (const QJsonValue& s : report[QStringLiteral("sections")].toArray()) {
        if (s[QStringLiteral("id")].toString() == u"classes")
            for (const QJsonValue& row : s[QStringLiteral("tables")][QStringLiteral("classes")].toArray()) {
                flows += row[QStringLiteral("flows")].toInteger();
                for (std::size_t c = 0; c < judgement.parsed.set.classes.size(); ++c)
                    if (QString::fromStdString(judgement.parsed.set.classes[c].name) ==
                        row[QStringLiteral("class")].toString())
                        QCOMPARE(std::uint64_t(row[QStringLiteral("flows")].toInteger()),
                                 judgement.classes.classes[c].flows);
            }
        if (s[QStringLiteral("id")].toString() == u"conflicts")
            QCOMPARE(
                std::uint64_t(
                    s[QStringLiteral("tables")][QStringLiteral("numbers")][4][QStringLiteral("value")].toInteger()),
                judgement.classes.conflicting);
        if (s[QStringLiteral("id")].toString() == u"scores") {
            const auto scores = window_->workbench().scores().result();
            QVERIFY(scores);
            QVERIFY(s[QStringLiteral("paragraphs")][0].toString().contains(
                QString::fromStdString(scores->parsed.profile.name)));
        }
    }
    QCOMPARE(std::uint64_t(flows), judgement.classes.oneWay.flows);
    QCOMPARE(report[QStringLiteral("sections")].toArray().size(), 7);  // no iteration was saved
    QVERIFY(window_->findChild<ui::NoticeBar*>()->text().contains(QStringLiteral("r.json was written")));
    QVERIFY(write(sandbox_.path(QStringLiteral("plain")), {QStringLiteral("classes")}));  // without an end: HTML
    QVERIFY(QFile::exists(sandbox_.path(QStringLiteral("plain.html"))));
}

void TstReportWindow::cannotBeWritten() {
    window_->findChild<ui::NoticeBar*>()->dismiss();
    QVERIFY(!write(QStringLiteral("/nonexistent/r.html"), {}));
    QVERIFY(window_->findChild<ui::NoticeBar*>()->text().contains(QStringLiteral("The report was not written")));
}

void TstReportWindow::colours() {
    for (const char* name : {"Malicious Scanning", "Backscatter", "Service Unreachable", "Benign P2P",
                             "Suspected Benign", "Bogon", "Other"})
        QCOMPARE(ui::Theme::classColor(QString::fromLatin1(name)).rgb() & 0xffffff, report::classColor(name));
}

WEIR_UI_TEST_MAIN(TstReportWindow)
#include "tst_report_window.moc"
