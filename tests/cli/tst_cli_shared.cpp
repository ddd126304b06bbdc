// Several programs on one project at once: what said 0 is there. WEIR_ROUNDS: more rounds.
#include "tests/cli/cli_run.h"

#include "core/store/project_lock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

namespace {

const QString kSample = QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng");

int rounds(int few) {
    const int asked = qEnvironmentVariableIntValue("WEIR_ROUNDS");
    return asked > 0 ? asked : few;
}

/// Starts all of them before it waits for any.
std::vector<CliRun> runAll(const QList<QStringList>& commands) {
    std::vector<std::unique_ptr<QProcess>> all;
    for (const QStringList& arguments : commands) {
        all.push_back(std::make_unique<QProcess>());
        all.back()->start(cliPath(), arguments);
    }
    std::vector<CliRun> out;
    for (const auto& p : all) {
        p->waitForFinished(300'000);
        CliRun& r = out.emplace_back();
        r.code = p->exitStatus() == QProcess::NormalExit ? p->exitCode() : -2;
        r.out = p->readAllStandardOutput();
        r.err = p->readAllStandardError();
    }
    return out;
}

}  // namespace

class TstCliShared : public QObject {
    Q_OBJECT
private slots:
    /// Two imports into a project that does not exist: both are in it.
    void importsIntoANewProject() {
        for (int round = 0; round < rounds(4); ++round) {
            const QTemporaryDir dir;
            const QString p = dir.filePath(QStringLiteral("p.weir"));
            const QStringList import{QStringLiteral("import"), QStringLiteral("-p"), p, kSample,
                                     QStringLiteral("--again")};
            const auto runs = runAll({import, import});
            for (const CliRun& r : runs) QVERIFY2(r.code == 0, r.err.constData());
            const auto sources = runCli({QStringLiteral("info"), QStringLiteral("-p"), p, QStringLiteral("--json")})
                                     .json()
                                     .value(QStringLiteral("sources"))
                                     .toArray();
            QCOMPARE(sources.size(), 2);
            QCOMPARE(runCli({QStringLiteral("doctor"), QStringLiteral("-p"), p}).code, 0);
            QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{QStringLiteral("p.weir")});
        }
    }

    void fourAtOnce() {
        const QTemporaryDir dir;
        const QString p = dir.filePath(QStringLiteral("p.weir")), list = dir.filePath(QStringLiteral("l.txt"));
        QFile file(list);
        QVERIFY(file.open(QFile::WriteOnly) && file.write("192.0.2.9\n") > 0);
        file.close();
        QCOMPARE(runCli({QStringLiteral("import"), QStringLiteral("-p"), p, kSample}).code, 0);
        int sources = 1;
        for (int round = 0; round < rounds(3); ++round) {
            const QString n = QString::number(round);
            const auto on = [&](const char* verb) {
                return QStringList{QString::fromLatin1(verb), QStringLiteral("-p"), p};
            };
            QList<QStringList> commands;
            for (const char* suffix : {"a", "b"})
                commands << on("tags") + QStringList{QStringLiteral("add"),
                                                     QStringLiteral("t") + n + QString::fromLatin1(suffix),
                                                     QStringLiteral("proto tcp")};
            commands << on("silence") + QStringList{QStringLiteral("add"), QStringLiteral("src port ") + n};
            commands << on("lists") + QStringList{QStringLiteral("add"), QStringLiteral("l") + n, list};
            if (round % 8 == 0) commands << on("import") + QStringList{kSample, QStringLiteral("--again")};
            const auto runs = runAll(commands);
            for (const CliRun& r : runs) QVERIFY2(r.code == 0, r.err.constData());
            sources += round % 8 == 0;
        }
        const auto json = [&](const char* verb) {
            return runCli({QString::fromLatin1(verb), QStringLiteral("-p"), p, QStringLiteral("--json")}).out;
        };
        const QByteArray tags = json("tags"), silences = json("silence"), lists = json("lists");
        for (int round = 0; round < rounds(3); ++round) {
            const QByteArray n = QByteArray::number(round);
            QVERIFY2(tags.contains("\"t" + n + "a\"") && tags.contains("\"t" + n + "b\""), n.constData());
            QVERIFY2(silences.contains("\"src port " + n + "\""), n.constData());
            QVERIFY2(lists.contains("\"l" + n + "\""), n.constData());
        }
        QCOMPARE(runCli({QStringLiteral("info"), QStringLiteral("-p"), p, QStringLiteral("--json")})
                     .json()
                     .value(QStringLiteral("sources"))
                     .toArray()
                     .size(),
                 sources);
        QCOMPARE(runCli({QStringLiteral("doctor"), QStringLiteral("-p"), p}).code, 0);
    }

    void anImportOfNothingLeavesNoFile() {
        const QTemporaryDir dir;
        const QString p = dir.filePath(QStringLiteral("p.weir"));
        QCOMPARE(runCli({QStringLiteral("import"), QStringLiteral("-p"), p, QStringLiteral("--local"),
                         QStringLiteral("10.0.0.0/8"), dir.filePath(QStringLiteral("missing.pcap"))})
                     .code,
                 2);
        QVERIFY(QDir(dir.path()).entryList(QDir::Files).isEmpty());
    }

    /// Who waits too long is told who writes.
    void waitingHasAnEnd() {
        const QTemporaryDir dir;
        const QString p = dir.filePath(QStringLiteral("p.weir"));
        QCOMPARE(runCli({QStringLiteral("import"), QStringLiteral("-p"), p, kSample}).code, 0);
        const auto lock = weir::store::ProjectLock::open(p.toStdString());
        QVERIFY(bool(lock));
        const auto turn = weir::store::ProjectLock::takeTurn(*lock, std::chrono::milliseconds(0));
        QVERIFY(bool(turn));
        const CliRun late =
            runCli({QStringLiteral("tags"), QStringLiteral("-p"), p, QStringLiteral("--wait"), QStringLiteral("0.1"),
                    QStringLiteral("add"), QStringLiteral("t"), QStringLiteral("any")});
        QCOMPARE(late.code, 2);
        QVERIFY2(late.err.contains("process " + QByteArray::number(QCoreApplication::applicationPid())) &&
                     late.err.contains("since 20"),
                 late.err.constData());
        QCOMPARE(late.errLines(), 1);
        QCOMPARE(runCli({QStringLiteral("tags"), QStringLiteral("-p"), p}).code, 0);  // reading waits for nobody
    }
};

QTEST_GUILESS_MAIN(TstCliShared)
#include "tst_cli_shared.moc"
