// Projects that cannot be written: as another user, and on a read-only mount. Every reading verb works; what would
// change them says so.
#include "tests/cli/cli_run.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

namespace {

const QString kSample = QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng");

CliRun runIt(const QString& program, const QStringList& arguments) {
    QProcess p;
    p.start(program, arguments);
    p.waitForFinished(120'000);
    return {p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -2, p.readAllStandardOutput(),
            p.readAllStandardError()};
}

struct Verb {
    const char* name;
    QStringList arguments;
};
const Verb kReading[] = {{"info", {}},
                         {"classify", {}},
                         {"signs", {}},
                         {"conflicts", {}},
                         {"score", {}},
                         {"flows", {QStringLiteral("-n"), QStringLiteral("3")}},
                         {"top", {QStringLiteral("-s"), QStringLiteral("srcip")}},
                         {"aggregate", {QStringLiteral("-A"), QStringLiteral("proto")}},
                         {"explain", {QStringLiteral("1:0")}},
                         {"tags", {}},
                         {"silence", {}},
                         {"lists", {}},
                         {"rules", {}},
                         {"profiles", {}},
                         {"suggest", {}},
                         {"doctor", {}}};

}  // namespace

class TstCliReadOnly : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyReadingVerb_data();
    void everyReadingVerb();
    void settingsHoldForThisCall();
    void changesAreRefused();
    void readOnlyMount();

private:
    /// As somebody who may read the project but not write it.
    CliRun asReader(const QStringList& arguments) const;
    QStringList on(const char* verb, const QStringList& more = {}) const {
        return QStringList{QString::fromLatin1(verb), QStringLiteral("-p"), project_} + more;
    }

    QTemporaryDir dir_;
    QString program_, project_;
};

void TstCliReadOnly::initTestCase() {
    // Beside the project, where another user may read it too.
    QVERIFY(QFile::setPermissions(dir_.path(), QFile::Permissions(0x7755)));
    program_ = dir_.filePath(QStringLiteral("weir-cli"));
    QVERIFY(QFile::copy(cliPath(), program_));
    const QString folder = dir_.filePath(QStringLiteral("evidence"));
    QVERIFY(QDir().mkdir(folder));
    project_ = folder + QStringLiteral("/p.weir");
    QCOMPARE(runCli(on("import", {kSample})).code, 0);
    QCOMPARE(runCli(on("tags", {QStringLiteral("add"), QStringLiteral("kept"), QStringLiteral("any")})).code, 0);
    QVERIFY(QFile::setPermissions(project_, QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup |
                                              QFile::ReadOther | QFile::ExeOther));
}

CliRun TstCliReadOnly::asReader(const QStringList& arguments) const {
    if (::geteuid() != 0) return runIt(program_, arguments);
    return runIt(QStringLiteral("setpriv"),
                 QStringList{QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"),
                             QStringLiteral("--clear-groups"), QStringLiteral("env"),
                             QStringLiteral("HOME=/nonexistent"), QStringLiteral("XDG_CACHE_HOME=/tmp"), program_} +
                     arguments);
}

void TstCliReadOnly::everyReadingVerb_data() {
    QTest::addColumn<int>("verb");
    for (int v = 0; v < int(std::size(kReading)); ++v) QTest::newRow(kReading[v].name) << v;
}

void TstCliReadOnly::everyReadingVerb() {
    QFETCH(int, verb);
    const Verb& v = kReading[verb];
    const CliRun mine =
        runCli(QStringList{QString::fromLatin1(v.name), QStringLiteral("-p"), project_, QStringLiteral("--json")} +
               v.arguments);
    const CliRun theirs = asReader(on(v.name, QStringList{QStringLiteral("--json")} + v.arguments));
    QVERIFY2(theirs.code == 0, theirs.err.constData());
    if (qstrcmp(v.name, "info") != 0)
        QCOMPARE(theirs.out, mine.out);  // info says how large the file is, which the first call changes
    QCOMPARE(QDir(QFileInfo(project_).path()).entryList(QDir::Files), QStringList{QStringLiteral("p.weir")});
}

void TstCliReadOnly::settingsHoldForThisCall() {
    const QStringList settings{QStringLiteral("--local"), QStringLiteral("198.51.100.0/24"), QStringLiteral("--json")};
    const CliRun given = asReader(on("classify", settings));
    QVERIFY2(given.code == 0, given.err.constData());
    QVERIFY2(given.err.contains("read-only") && given.err.contains("for this call only"), given.err.constData());
    QCOMPARE(of(given.json(), "one_way").toInt(), 0);
    const CliRun after = asReader(on("classify", {QStringLiteral("--json")}));
    QVERIFY(of(after.json(), "one_way").toInt() > 0);
    QVERIFY(!after.err.contains("for this call only"));
}

void TstCliReadOnly::changesAreRefused() {
    const QStringList add{QStringLiteral("add"), QStringLiteral("t"), QStringLiteral("any")};
    for (const QStringList& call :
         {on("tags", add), on("silence", {QStringLiteral("add"), QStringLiteral("any")}),
          on("import", {kSample, QStringLiteral("--again")}), on("clean", {QStringLiteral("--apply")})}) {
        const CliRun refused = asReader(call);
        QVERIFY2(refused.code == 2, call.join(u' ').toUtf8().constData());
        QVERIFY2(refused.err.contains("is read-only: ") && refused.err.contains("protected"), refused.err.constData());
    }
    QVERIFY(asReader(on("tags", {QStringLiteral("--json")})).out.contains("kept"));
}

/// Root may write anything but a medium that cannot be written. A log beside the file counts too.
void TstCliReadOnly::readOnlyMount() {
    if (::geteuid() != 0) QSKIP("mounting needs root");
    const QString folder = dir_.filePath(QStringLiteral("medium"));
    QVERIFY(QDir().mkdir(folder));
    const QString script = QString::fromLatin1(R"script(set -e
mount -t tmpfs -o size=64m none "$1"
trap 'umount "$1"' EXIT
cp "$2" "$1/p.weir"; chmod 644 "$1/p.weir"
"$3" tags -p "$1/p.weir" add first any
# A log that nobody closed: its writer is killed before it could.
sqlite3 "$1/p.weir" ".dbconfig no_ckpt_on_close on" "INSERT INTO mark VALUES('inlog','any','','')" >/dev/null
test -s "$1/p.weir-wal"
mount -o remount,ro "$1"
"$3" tags -p "$1/p.weir" --json
"$3" classify -p "$1/p.weir" --json
"$3" doctor -p "$1/p.weir"
! "$3" tags -p "$1/p.weir" add no any
)script");
    const QStringList call{
        QStringLiteral("bash"), QStringLiteral("-c"), script, QStringLiteral("medium"), folder, project_, program_};
    CliRun run = runIt(QStringLiteral("unshare"), QStringList{QStringLiteral("-m")} + call);
    // In a chroot the root is no mount point that could be made private; the script unmounts what it mounted.
    if (run.err.contains("cannot change root filesystem propagation"))
        run = runIt(
            QStringLiteral("unshare"),
            QStringList{QStringLiteral("-m"), QStringLiteral("--propagation"), QStringLiteral("unchanged")} + call);
    if (run.err.contains("unshare failed")) QSKIP("a mount of its own needs root with the right to mount");
    QVERIFY2(run.code == 0, run.err.constData());
    QVERIFY2(run.out.contains("\"first\"") && run.out.contains("\"inlog\"") && run.out.contains("\"one_way\""),
             run.out.constData());
    QVERIFY2(run.err.contains("read-only medium"), run.err.constData());
}

QTEST_GUILESS_MAIN(TstCliReadOnly)
#include "tst_cli_read_only.moc"
