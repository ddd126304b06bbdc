// weir-cli on damaged projects and with too little of everything: one clear line, the exit code, and what can still be
// read.
#include "tests/cli/cli_run.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

bool runSql(const QString& path, const QByteArray& sql) {
    sqlite3* db = nullptr;
    const bool good = sqlite3_open(path.toUtf8().constData(), &db) == SQLITE_OK &&
                      sqlite3_exec(db, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(db);
    return good;
}

QString corpus(const char* name) {
    return QStringLiteral(WEIR_SOURCE_DIR "/tests/fuzz/corpus/") + QString::fromLatin1(name);
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

/// With a limit set in the process that becomes weir-cli.
CliRun runLimited(const QString& program, const QStringList& arguments, std::function<void()> limit) {
    QProcess p;
    p.setChildProcessModifier(std::move(limit));
    p.start(program, arguments);
    p.waitForFinished(300'000);
    return {p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -2, p.readAllStandardOutput(),
            p.readAllStandardError()};
}

}  // namespace

class TstCliDamage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void aDamagedSourceIsLeftOut_data();
    void aDamagedSourceIsLeftOut();
    void resultsAreComputedAgain();
    void nothingOfTheFileRuns();
    void whatCannotBeOpened_data();
    void whatCannotBeOpened();
    void doctorReadsOldVersions();
    void doctorOfAReadOnlyFolder();
    void littleMemory();
    void noThreads();

private:
    QString path(const char* name) const { return dir_.filePath(QString::fromLatin1(name)); }
    QString damaged(const QByteArray& sql) const {
        const QString copy = path("damaged.weir");
        for (const char* end : {"", "-wal", "-shm"}) QFile::remove(copy + QString::fromLatin1(end));
        return QFile::copy(path("good.weir"), copy) && runSql(copy, sql) ? copy : QString();
    }
    QTemporaryDir dir_;
    QString program_;  ///< a copy that any user may run, wherever the build lies
};

void TstCliDamage::initTestCase() {
    QVERIFY(QFile::setPermissions(dir_.path(), QFile::Permissions(0x7777)));
    program_ = path("weir-cli");
    QVERIFY(QFile::copy(cliPath(), program_) && QFile::setPermissions(program_, QFile::Permissions(0x7755)));
    const CliRun import = runCli({"import", "-p", path("good.weir"), "--no-hash", "--local", "10.0.0.0/8",
                                  corpus("netflow/v5"), corpus("pcap/mixed-us.pcap")});
    QVERIFY2(import.code == 0, import.err.constData());
    QCOMPARE(runCli({"classify", "-p", path("good.weir")}).code, 0);
    const CliRun sound = runCli({"doctor", "--json", "-p", path("good.weir")});
    QCOMPARE(sound.code, 0);
    QCOMPARE(sound.json()["integrity"].toString(), QStringLiteral("ok"));
    QCOMPARE(keysMissing(sound.json(), "integrity version damaged stale"), QByteArray());
    QVERIFY(sound.json()["damaged"].toArray().isEmpty() && sound.json()["stale"].toArray().isEmpty());
}

void TstCliDamage::aDamagedSourceIsLeftOut_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("says");
    const char* const first = " AND (id >> 32) & 0xffffff = 1";
    QTest::newRow("count") << QByteArray("UPDATE chunk SET n = n + 1 WHERE id >> 56 = 0") + first
                           << QByteArray("source 1: ");
    QTest::newRow("count and flows") << QByteArray("UPDATE chunk SET n = 60000 WHERE id >> 56 = 0") + first +
                                            "; UPDATE source SET flows = 60000 WHERE number = 1"
                                     << QByteArray("source 1");
    QTest::newRow("negative count") << QByteArray("UPDATE source SET flows = -1 WHERE number = 1")
                                    << QByteArray("source 1: ");
    QTest::newRow("type of a count") << QByteArray("UPDATE source SET packets = x'00' WHERE number = 1")
                                     << QByteArray("source 1: ");
    QTest::newRow("state") << QByteArray("UPDATE source SET state = 'x' WHERE number = 1") << QByteArray("source 1: ");
    QTest::newRow("addresses") << QByteArray("UPDATE host SET n = 65536 WHERE id >> 32 = 1")
                               << QByteArray("source 1, address list: ");
    QTest::newRow("order of addresses") << QByteArray(
                                               "UPDATE host SET data = (SELECT data FROM host WHERE id >> 32 = 2 ORDER "
                                               "BY id LIMIT 1) WHERE id >> 32 = 1")
                                        << QByteArray("source 1, address list: ");
    QTest::newRow("column of every verb")
        << QByteArray("UPDATE chunk SET data = substr(data, 1, 20) WHERE id >> 56 = 4") + first
        << QByteArray("source 1, column sourceTransportPort, chunk 0: ");
    QTest::newRow("column of a listing") << QByteArray("UPDATE chunk SET data = x'00' WHERE id >> 56 = 10") + first
                                         << QByteArray("source 1, column octetDeltaCount, chunk 0: ");
}
void TstCliDamage::aDamagedSourceIsLeftOut() {
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, says);
    const QString file = damaged(sql);
    QVERIFY(!file.isEmpty());
    const QByteArray before = bytesOf(file);
    const CliRun doctor = runCli({"doctor", "--json", "-p", file});
    QCOMPARE(doctor.code, 1);
    QVERIFY2(doctor.json()["damaged"].toArray().at(0).toString().toUtf8().startsWith(says), doctor.out.constData());
    QVERIFY2(bytesOf(file) == before, "doctor wrote into the file");
    QVERIFY2(!QFile::exists(file + QStringLiteral("-wal")) && !QFile::exists(file + QStringLiteral("-shm")),
             "doctor left files behind");
    const CliRun info = runCli({"info", "--json", "-p", file});
    QVERIFY2(info.code == 3, info.err.constData());
    QCOMPARE(info.json()["sources"].toArray().size(), 1);
    QCOMPARE(of(info.json()["sources"].toArray().at(0), "number").toInt(), 2);
    QVERIFY2(info.err.contains(file.toUtf8() + ": damaged: " + says), info.err.constData());
    QCOMPARE(info.errLines(), qsizetype(1));
    for (const QStringList& verb : {QStringList{"classify"}, {"flows", "-o", "ndjson"}}) {
        const CliRun r = runCli(verb + QStringList{"-p", file});
        QVERIFY2(r.code == 3, (verb.join(u' ').toUtf8() + ": " + r.err).constData());
        QVERIFY(r.err.contains(": damaged: " + says) && !r.out.isEmpty());
    }
    if (says.contains("column")) return;  // shows only when it is read
    const CliRun tag = runCli({"tags", "add", "x", "proto tcp", "-p", file});
    QCOMPARE(tag.code, 2);
    QVERIFY2(tag.err.contains("read-only"), tag.err.constData());
    QVERIFY2(runCli({"import", "-p", file, corpus("netflow/v9")}).code == 2 && bytesOf(file) == before,
             "a damaged project was written to");
}

void TstCliDamage::resultsAreComputedAgain() {
    const QByteArray good = runCli({"classify", "--json", "-p", path("good.weir")}).out;
    for (const char* sql :
         {"UPDATE words SET n = 1 << 40", "UPDATE words_chunk SET data = x'0102'",
          "UPDATE t_tally_in SET flows = 'many'", "UPDATE value SET value = x'00' WHERE key LIKE 'run.key%'"}) {
        const QString file = damaged(sql);
        QVERIFY2(!file.isEmpty(), sql);
        const CliRun doctor = runCli({"doctor", "-p", file});
        QVERIFY2(doctor.code == 1 && doctor.out.contains("damaged: "), doctor.out.constData());
        const CliRun r = runCli({"classify", "--json", "-p", file});
        QVERIFY2(r.code == 0 && r.out == good, (sql + r.err).constData());
        QVERIFY2(r.err.contains("computed again"), r.err.constData());
        // What was computed again has taken the place of what was damaged.
        QVERIFY2(runCli({"classify", "--json", "-p", file}).err.isEmpty(), sql);
    }
}

/// Triggers, views and the like of a foreign file.
void TstCliDamage::nothingOfTheFileRuns() {
    QString file = damaged(
        "CREATE TRIGGER trap AFTER INSERT ON value BEGIN DELETE FROM source; END; CREATE TRIGGER trap2 AFTER UPDATE ON "
        "value "
        "BEGIN DELETE FROM source; END;"
        "CREATE TRIGGER trap3 AFTER DELETE ON value BEGIN DELETE FROM source; END");
    QCOMPARE(runCli({"classify", "-p", file, "--set", "window.bins=2"}).code, 0);
    QCOMPARE(runCli({"info", "--json", "-p", file}).json()["sources"].toArray().size(), 2);
    file = damaged(
        "ALTER TABLE list RENAME TO old; CREATE VIEW list AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 "
        "FROM c) SELECT n AS "
        "name FROM c");
    const CliRun info = runCli({"info", "-p", file});
    QCOMPARE(info.code, 3);
    QVERIFY2(info.err.contains("table list: its type is view, not table"), info.err.constData());
}

void TstCliDamage::whatCannotBeOpened_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("no chunks") << QByteArray("DROP TABLE chunk");
    QTest::newRow("a view of chunks") << QByteArray(
        "ALTER TABLE chunk RENAME TO old; CREATE VIEW chunk AS SELECT * FROM old");
    QTest::newRow("other columns") << QByteArray("ALTER TABLE source RENAME COLUMN flows TO streams");
    QTest::newRow("schema") << QByteArray(
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'host'");
}
void TstCliDamage::whatCannotBeOpened() {
    QFETCH(QByteArray, sql);
    const QString file = damaged(sql);
    QVERIFY(!file.isEmpty());
    const CliRun info = runCli({"info", "-p", file});
    QCOMPARE(info.code, 2);
    QVERIFY2(info.errLines() == 1 && info.err.contains(file.toUtf8() + ": damaged: "), info.err.constData());
    QCOMPARE(runCli({"doctor", "-p", file}).code, 1);
}

void TstCliDamage::doctorReadsOldVersions() {
    for (const int version : {1, 2, 3, 4}) {
        const QString file = path("old.weir");
        QFile::remove(file);
        const QByteArray text =
            bytesOf(QStringLiteral(WEIR_SOURCE_DIR "/tests/core/store/project-v%1.sql").arg(version));
        QVERIFY(runSql(
            file, text + "PRAGMA application_id = 1466263922; PRAGMA user_version = " + QByteArray::number(version)));
        const QByteArray before = bytesOf(file);
        const CliRun r = runCli({"doctor", "--json", "-p", file});
        QVERIFY2(r.code == 0, (r.out + r.err).constData());
        QCOMPARE(r.json()["version"].toInt(), version);
        QVERIFY2(bytesOf(file) == before && !QFile::exists(file + QStringLiteral(".v%1").arg(version)),
                 "doctor migrated the file");
        QVERIFY(runSql(file, "UPDATE chunk SET data = x'00' WHERE id >> 56 = 9"));
        QCOMPARE(runCli({"doctor", "-p", file}).code, 1);
    }
}

/// Evidence on a write-protected disk, with no log beside it.
void TstCliDamage::doctorOfAReadOnlyFolder() {
    QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/weir %? #XXXXXX"));
    const QString file = folder.filePath(QStringLiteral("p.weir"));
    QVERIFY(QFile::copy(path("good.weir"), file));
    QVERIFY(QFile::setPermissions(file, QFile::Permissions(0x4444)) &&
            QFile::setPermissions(folder.path(), QFile::Permissions(0x5555)));
    const CliRun r = runLimited(program_, {"doctor", "-p", file}, [] {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(99);
    });
    QVERIFY(QFile::setPermissions(folder.path(), QFile::Permissions(0x7777)));
    QVERIFY2(r.code == 0, (r.out + r.err).constData());
}

/// From just enough to start on: done, or one line and exit code 2; never an abort.
void TstCliDamage::littleMemory() {
    const QByteArray good = runCli({"score", "--json", "-p", path("good.weir")}).out;
    int refused = 0;
    for (rlim_t kib = 56'000; kib < 100'000; kib += 2'000) {
        const CliRun r = runLimited(program_, {"score", "--json", "--threads", "2", "-p", path("good.weir")}, [kib] {
            const rlimit limit{kib * 1024, kib * 1024}, none{0, 0};
            setrlimit(RLIMIT_AS, &limit);
            setrlimit(RLIMIT_CORE, &none);
        });
        if (r.code == 127) continue;  // not enough for the loader
        QVERIFY2(
            r.code == 0 || r.code == 2,
            (QByteArray::number(qulonglong(kib)) + " KiB: " + QByteArray::number(r.code) + ": " + r.err).constData());
        if (r.code == 0)
            QCOMPARE(r.out, good);
        else
            QVERIFY2(r.err.split('\n').size() >= 2, r.err.constData());
        refused += r.code == 2;
    }
    QVERIFY(refused > 0);
}

/// A user whose limit is reached: the main thread does it all.
void TstCliDamage::noThreads() {
    if (geteuid() != 0) QSKIP("needs root, to become a user that has no processes");
    QFile::copy(path("good.weir"), path("threads.weir"));
    QVERIFY(QFile::setPermissions(path("threads.weir"), QFile::Permissions(0x6666)));
    const QByteArray good = runCli({"classify", "--json", "-p", path("good.weir")}).out;
    const CliRun r = runLimited(program_, {"classify", "--json", "--threads", "4", "-p", path("threads.weir")}, [] {
        const rlimit none{0, 0};
        if (setgid(65534) != 0 || setuid(65534) != 0 || setrlimit(RLIMIT_NPROC, &none) != 0) _exit(99);
    });
    QVERIFY2(r.code == 0, r.err.constData());
    QCOMPARE(r.out, good);
}

QTEST_APPLESS_MAIN(TstCliDamage)
#include "tst_cli_damage.moc"
