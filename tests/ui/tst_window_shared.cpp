// A window and other programs on one project: both write, each sees what the other wrote. WEIR_ROUNDS: more rounds.
#include "tests/cli/cli_run.h"
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "ui/jobs/mark_control.h"
#include "ui/text/format.h"

#include <QFile>
#include <QUndoStack>

using namespace weir;

class TstWindowShared : public QObject {
    Q_OBJECT
public:
    explicit TstWindowShared(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void bothWrite();

private:
    test::UiSandbox& sandbox_;
};

void TstWindowShared::bothWrite() {
    const QString path = sandbox_.path(QStringLiteral("shared.weir")), list = sandbox_.path(QStringLiteral("l.txt")),
                  sample = ui::fromUtf8(session::samplePath());
    QVERIFY2(!sample.isEmpty(), "the sample capture is missing");
    QFile file(list);
    QVERIFY(file.open(QFile::WriteOnly) && file.write("192.0.2.9\n") > 0);
    file.close();
    QCOMPARE(runCli({QStringLiteral("import"), QStringLiteral("-p"), path, sample}).code, 0);
    ui::MainWindow window;
    window.show();
    window.openFiles({path});
    QTRY_VERIFY(window.workbench().project() != nullptr);
    QVERIFY(test::waitIdle(window));
    auto* marks = window.findChild<ui::MarkControl*>();
    QVERIFY(marks);
    const int asked = qEnvironmentVariableIntValue("WEIR_ROUNDS"), rounds = asked > 0 ? asked : 2;
    std::size_t sources = 1;
    for (int round = 0; round < rounds; ++round) {
        const QString n = QString::number(round);
        const auto on = [&](const char* verb) {
            return QStringList{QString::fromLatin1(verb), QStringLiteral("-p"), path};
        };
        QList<QStringList> calls{
            on("tags") + QStringList{QStringLiteral("add"), QStringLiteral("cli") + n, QStringLiteral("any")},
            on("silence") + QStringList{QStringLiteral("add"), QStringLiteral("src port ") + n},
            on("lists") + QStringList{QStringLiteral("add"), QStringLiteral("l") + n, list}};
        if (round % 10 == 0) calls << on("import") + QStringList{sample, QStringLiteral("--again")};
        std::vector<std::unique_ptr<QProcess>> programs;
        for (const QStringList& call : calls) {
            programs.push_back(std::make_unique<QProcess>());
            programs.back()->start(cliPath(), call);
        }
        marks->putMark({"window" + std::to_string(round), "proto tcp", "", ""}, {});
        for (const auto& p : programs) {
            QTRY_VERIFY_WITH_TIMEOUT(p->state() == QProcess::NotRunning, 60'000);
            QVERIFY2(p->exitCode() == 0, p->readAllStandardError().constData());
        }
        sources += round % 10 == 0;
        // The window shows what they wrote, without being asked.
        const auto shows = [&](const std::string& tag) {
            return std::ranges::any_of(*window.workbench().snapshot()->marks,
                                       [&](const session::Mark& m) { return m.tag == tag; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(shows("cli" + std::to_string(round)) && shows("window" + std::to_string(round)),
                                 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(window.workbench().snapshot()->sources.size() == sources, 30'000);
    }
    QVERIFY(test::waitIdle(window));
    QCOMPARE(window.notices().text(), QString());
    QVERIFY(window.close());
    const QByteArray tags = runCli({QStringLiteral("tags"), QStringLiteral("-p"), path, QStringLiteral("--json")}).out;
    const QByteArray silences =
        runCli({QStringLiteral("silence"), QStringLiteral("-p"), path, QStringLiteral("--json")}).out;
    for (int round = 0; round < rounds; ++round) {
        const QByteArray n = QByteArray::number(round);
        const auto has = [&](const QByteArray& in, const char* what) {
            return in.contains(QByteArray('"' + QByteArray(what) + n + '"'));
        };
        QVERIFY2(has(tags, "cli") && has(tags, "window") && has(silences, "src port "), n.constData());
    }
    QCOMPARE(runCli({QStringLiteral("doctor"), QStringLiteral("-p"), path}).code, 0);
}

WEIR_UI_TEST_MAIN(TstWindowShared)
#include "tst_window_shared.moc"
