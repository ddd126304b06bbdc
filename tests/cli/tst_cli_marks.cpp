// The real weir-cli on the sample: tags, silences, portraits of hosts and ports, country databases.
#include "tests/cli/cli_run.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TstCliMarks : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void tags();
    void silence();
    void inspectAndGeo();

private:
    QString path(const char* name) const { return dir_.filePath(QString::fromLatin1(name)); }
    QTemporaryDir dir_;
    QString project_;
};

void TstCliMarks::initTestCase() {
    project_ = path("sample.weir");
    const CliRun r =
        runCli({"import", "-p", project_, QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng")});
    QVERIFY2(r.code == 0, r.err.constData());
}

void TstCliMarks::inspectAndGeo() {
    const QString copy = path("inspect.weir");
    QVERIFY(QFile::copy(project_, copy));
    const QJsonObject port = runCli({"inspect", "-p", copy, "22", "--json"}).json();
    QCOMPARE(
        keysMissing(port,
                    "filter first last to from peers hosts protocols targets codes classes timeline countries systems"),
        QByteArray());
    QCOMPARE(port["to"].toObject()["flows"].toInt() + port["from"].toObject()["flows"].toInt(),
             runCli({"flows", "-p", copy, "--count", "port 22"}).out.trimmed().toInt());
    const QJsonObject host = runCli({"inspect", "-p", copy, "44.128.92.33", "--json"}).json();
    QCOMPARE(
        keysMissing(host,
                    "filter first last to from peers own_ports peer_ports lists about targets codes classes timeline"),
        QByteArray());
    QCOMPARE(host["from"].toObject()["flows"].toInt(),
             runCli({"flows", "-p", copy, "--count", "src ip 44.128.92.33"}).out.trimmed().toInt());
    QVERIFY(runCli({"inspect", "-p", copy, "44.128.92.33"}).out.contains("POSSIBLE TCP SCAN"));
    for (const QStringList& wrong : {QStringList{"nobody"}, {"192.0.2.199"}, {"99999"}}) {
        const CliRun r = runCli(QStringList{"inspect", "-p", copy} + wrong);
        QVERIFY2(r.code == 2 && r.errLines() == 1, r.err.constData());
    }
    const QString file = QStringLiteral(WEIR_SOURCE_DIR "/tests/support/geo/country.mmdb");
    QCOMPARE(runCli({"geo", "-p", copy, "add", file}).code, 0);
    QCOMPARE(runCli({"geo", "-p", copy, "--json"}).json()["databases"].toArray().at(0).toObject()["type"].toString(),
             QStringLiteral("GeoLite2-Country"));
    QCOMPARE(runCli({"inspect", "-p", copy, "44.128.92.33", "--json"}).json()["about"].toString(),
             QStringLiteral("FR"));
    QCOMPARE(runCli({"geo", "-p", copy, "add", project_}).code, 2);
    QCOMPARE(runCli({"geo", "-p", copy, "remove", "country.mmdb"}).code, 0);
    QCOMPARE(runCli({"geo", "-p", copy, "remove", "country.mmdb"}).code, 2);
}

void TstCliMarks::silence() {
    const QString copy = path("silence.weir");
    QVERIFY(QFile::copy(project_, copy));
    const auto run = [&](const QStringList& more) { return runCli(QStringList{"silence", "-p", copy} + more); };
    const auto flowsOf = [&](const char* code) {
        for (const QJsonValue& v : runCli({"score", "-p", copy, "--json"}).json()["codes"].toArray())
            if (v.toObject()["code"].toString() == QLatin1String(code)) return v.toObject()["flows"].toInt();
        return -1;
    };
    QCOMPARE(run({"--json"}).json()["silences"].toArray().size(), 0);
    const int all = flowsOf("SYN ONLY"),
              those =
                  runCli({"flows", "-p", copy, "--count", "code \"SYN ONLY\" and dst port 22"}).out.trimmed().toInt();
    QVERIFY(those > 0 && all > those);
    QCOMPARE(
        run({"add", "dst port 22", "--code", "SYN ONLY", "--note", "our own monitor", "--until", "2099-01-31"}).code,
        0);
    QCOMPARE(run({"add", "dst port 23", "--code", "SYN ONLY", "--until", "2001-01-31"}).code, 0);
    QCOMPARE(flowsOf("SYN ONLY"), all - those);
    const QJsonArray silences = run({"--json"}).json()["silences"].toArray();
    QCOMPARE(silences.size(), 2);
    QCOMPARE(keysMissing(silences[0].toObject(), "code filter note until time in_force records"), QByteArray());
    QCOMPARE(silences[0].toObject()["records"].toInt(), those);
    QVERIFY(silences[0].toObject()["in_force"].toBool() && !silences[1].toObject()["in_force"].toBool() &&
            silences[1].toObject()["records"].isNull());
    QVERIFY(run({}).out.contains("our own monitor"));
    QVERIFY(runCli({"score", "-p", copy}).err.contains("known good: `dst port 22` suppresses SYN ONLY in "));
    const CliRun unknown = run({"add", "dst port 24", "--code", "NO SUCH"});
    QVERIFY(unknown.code == 0 && unknown.err.contains("has no code NO SUCH"));
    QCOMPARE(run({"remove", "dst port 22"}).code, 2);  // that one is for a code
    QCOMPARE(run({"remove", "dst port 22", "--code", "syn only"}).code, 0);
    QCOMPARE(flowsOf("SYN ONLY"), all);
    for (const QStringList& wrong :
         {QStringList{"add"}, {"remove"}, {"add", "prt 80"}, {"add", "any", "--until", "soon"}}) {
        const CliRun r = run(wrong);
        QVERIFY2(r.code == 2 && r.errLines() == 1, r.err.constData());
    }
}

void TstCliMarks::tags() {
    const QString copy = path("tags.weir");
    QVERIFY(QFile::copy(project_, copy));
    const auto tagged = [&](const QStringList& more) { return runCli(QStringList{"tags", "-p", copy} + more); };
    QCOMPARE(tagged({"--json"}).json()["tags"].toArray().size(), 0);
    QCOMPARE(tagged({"add", "evidence", "flow 1:596", "--note", "scan of the printers"}).code, 0);
    QCOMPARE(tagged({"add", "Evidence", "code \"SSH BRUTE FORCE\""}).code, 0);
    QCOMPARE(tagged({"add", "echo", "class Backscatter"}).code, 0);
    const QJsonArray all = tagged({"--json"}).json()["tags"].toArray();
    QCOMPARE(all.size(), 3);
    QCOMPARE(keysMissing(all[0].toObject(), "tag filter note time records"), QByteArray());
    QCOMPARE(all[0].toObject()["records"].toInt(), 1);
    QVERIFY(all[1].toObject()["records"].toInt() > 50 && all[2].toObject()["records"].toInt() > 50);
    QCOMPARE(tagged({"list", "ECHO", "--json"}).json()["tags"].toArray().size(), 1);
    // What the marks ask for is worked out, whatever the filter itself says.
    for (const auto& [tag, filter] :
         {std::pair{"evidence", "flow 1:596 or code \"SSH BRUTE FORCE\""}, std::pair{"echo", "class Backscatter"}}) {
        const QByteArray expected = runCli({"flows", "-p", copy, "--count", filter}).out;
        QVERIFY(expected.trimmed().toInt() > 50);
        QCOMPARE(runCli({"flows", "-p", copy, "--count", QStringLiteral("tag %1").arg(QString::fromLatin1(tag))}).out,
                 expected);
        QCOMPARE(runCli({"top", "-p", copy, "srcip/flows", QStringLiteral("tag %1").arg(QString::fromLatin1(tag))}).out,
                 runCli({"top", "-p", copy, "srcip/flows", filter}).out);
    }
    QVERIFY(tagged({}).out.contains("scan of the printers"));
    // Tags and notes in exports.
    const QJsonArray lines =
        QJsonDocument::fromJson(
            runCli({"flows", "-p", copy, "-o", "json", "flow 1:596 or class Backscatter", "-n", "20"}).out)
            .array();
    QCOMPARE(lines.size(), 20);
    for (const QJsonValue& line : lines) {
        const QJsonArray tags = line.toObject()["tags"].toArray();
        QCOMPARE(tags.contains(QStringLiteral("evidence")),
                 line.toObject()["id"].toString() == u"1:596" ||
                     line.toObject()["codes"].toArray().contains(QStringLiteral("SSH BRUTE FORCE")));
        QCOMPARE(tags.contains(QStringLiteral("echo")), line.toObject()["class"].toString() == u"Backscatter");
    }
    QCOMPARE(runCli({"flows", "-p", copy, "--columns", "id,tags,notes", "flow 1:596"}).out,
             QByteArray("id,tags,notes\n1:596,evidence,scan of the printers\n"));
    QCOMPARE(runCli({"flows", "-p", copy, "-o", "fmt:%id %tag", "flow 1:596"}).out, QByteArray("1:596 evidence\n"));
    QCOMPARE(tagged({"remove", "evidence", "flow 1:596"}).code, 0);
    QCOMPARE(tagged({"remove", "evidence", "flow 1:596"}).code, 2);
    QCOMPARE(tagged({"remove", "evidence"}).code, 0);
    QCOMPARE(tagged({"--json"}).json()["tags"].toArray().size(), 1);
    for (const QStringList& wrong :
         {QStringList{"add", "two words", "any"}, {"add", "x", "prt 80"}, {"add", "x"}, {"remove"}, {"add"}}) {
        const CliRun r = tagged(wrong);
        QVERIFY2(r.code == 2 && r.errLines() == 1, r.err.constData());
    }
}

QTEST_GUILESS_MAIN(TstCliMarks)
#include "tst_cli_marks.moc"
