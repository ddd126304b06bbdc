// weir-cli compare: keys, sums, drill-down and exit codes, for rule sets and for score profiles.
#include "tests/cli/cli_run.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TstCliCompare : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void ruleSets();
    void profiles();
    void timeRanges();
    void twoProjects();
    void exitCodes();
    void suggestionsAndBlame();
    void sweeps();

private:
    CliRun compare(const QString& a, const QString& b, const QStringList& more = {}) const {
        return runCli(QStringList{"compare", "-p", project_, "--champion", a, "--challenger", b} + more);
    }

    QTemporaryDir dir_;
    QString project_;
};

void TstCliCompare::initTestCase() {
    project_ = dir_.filePath(QStringLiteral("p.weir"));
    QCOMPARE(runCli({"import", "-p", project_, "--no-hash", "--local", "44.128.16.0/20", "--local", "2630::/16",
                     QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng")})
                 .code,
             0);
}

void TstCliCompare::ruleSets() {
    const QJsonObject rules = compare("glatz-2012", "bigler-2011", {"--json"}).json();
    QCOMPARE(keysMissing(rules, "champion challenger migration changed_flows unchanged_flows proof before after"),
             QByteArray());
    qint64 flows = 0, moved = 0;
    QHash<QString, qint64> rows;
    for (const QJsonValue& v : rules["migration"].toArray()) {
        const QJsonObject cell = v.toObject();
        QCOMPARE(keysMissing(cell, "from to flows packets bytes sources"), QByteArray());
        flows += cell["flows"].toInteger();
        rows[cell["from"].toString()] += cell["flows"].toInteger();
        if (cell["from"] == cell["to"]) continue;
        moved += cell["flows"].toInteger();
        qint64 sum = 0;
        for (const QJsonValue& c : cell["combinations"].toArray()) sum += c.toObject()["flows"].toInteger();
        QCOMPARE(sum, cell["flows"].toInteger());
    }
    QCOMPARE(moved, rules["changed_flows"].toInteger());
    const QJsonObject classes = runCli({"classify", "-p", project_, "--json"}).json();
    QCOMPARE(flows, classes["one_way"].toInteger());
    for (const QJsonValue& v : classes["classes"].toArray())
        if (v.toObject()["class"].toString() != u"Other")
            QCOMPARE(rows[v.toObject()["class"].toString()], v.toObject()["flows"].toInteger());
    QVERIFY(compare("glatz-2012", "bigler-2011").out.contains("possible but not observed"));
    QVERIFY(compare("glatz-2012", "current")
                .out.contains("nothing can change: proven over all 5,976 admissible combinations"));
    // Saved iterations by id and tag.
    QCOMPARE(runCli({"rules", "-p", project_, "save", "bigler-2011", "--tag", "alpha"}).code, 0);
    QCOMPARE(compare("1", "alpha", {"--json"}).json()["changed_flows"].toInt(), 0);
    QCOMPARE(compare("glatz-2012", "alpha", {"--json"}).json()["changed_flows"].toInt(),
             rules["changed_flows"].toInt());
    QVERIFY(compare("glatz-2012", "bigler-2011", {"--direction", "out", "--json"}).json()["unchanged_flows"].toInt() >
            0);
}

void TstCliCompare::profiles() {
    const QJsonObject scores = compare("sweeney-2017", "extended", {"--json"}).json();
    QCOMPARE(keysMissing(scores, "champion challenger migration changed_flows unchanged_flows"), QByteArray());
    const QJsonObject was = runCli({"score", "-p", project_, "--profile", "sweeney-2017", "--json"}).json();
    QHash<int, qint64> byBadness;
    for (const QJsonValue& v : scores["migration"].toArray())
        byBadness[v.toObject()["from"].toInt()] += v.toObject()["flows"].toInteger();
    for (const QJsonValue& v : was["badness"].toArray())
        QCOMPARE(byBadness[v.toObject()["score"].toInt()], v.toObject()["flows"].toInteger());
    QVERIFY(compare("sweeney-2017", "extended").out.contains("records change their badness"));
    // Records that one of them does not score at all.
    QVERIFY(compare("sweeney-2017", "outbound").out.contains("not scored"));
}

/// The sample runs from 04:17 to 04:45.
void TstCliCompare::timeRanges() {
    const auto at = [&](const QStringList& more) { return runCli(QStringList{"compare", "-p", project_} + more); };
    const QJsonObject late = at({"--range", "2026-11-22T04:35:00Z/", "--json"}).json();
    QCOMPARE(keysMissing(late, "rules baseline now classes combinations"), QByteArray());
    QCOMPARE(keysMissing(late["now"].toObject(), "hours one_way conflicting_flows unclassified_flows"), QByteArray());
    QCOMPARE(late["baseline"].toObject()["one_way"].toInteger() + late["now"].toObject()["one_way"].toInteger(), 9563);
    const double scale = late["now"].toObject()["hours"].toDouble() / late["baseline"].toObject()["hours"].toDouble();
    for (const QJsonValue& v : late["classes"].toArray()) {
        const QJsonObject row = v.toObject();
        QCOMPARE(keysMissing(row, "class baseline now expected_flows"), QByteArray());
        QCOMPARE(row["expected_flows"].toDouble(), double(row["baseline"].toObject()["flows"].toInteger()) * scale);
        const QByteArray filter =
            "class \"" + row["class"].toString().toUtf8() + "\" and first seen >= 2026-11-22T04:35:00Z";
        QCOMPARE(row["now"].toObject()["flows"].toInteger(),
                 runCli({"flows", "-p", project_, "--rows", "derived", "--count", QString::fromUtf8(filter)})
                     .out.trimmed()
                     .toLongLong());
    }
    qint64 sum = 0;
    for (const QJsonValue& v : late["combinations"].toArray())
        sum += v.toObject()["now"].toObject()["flows"].toInteger();
    QCOMPARE(sum, late["now"].toObject()["one_way"].toInteger());
    // The same two sides, said from the other end.
    const QJsonObject early = at({"--baseline", "/2026-11-22T04:35:00Z", "--json"}).json();
    QCOMPARE(early["classes"], late["classes"]);
    const CliRun text = at({"--range", "2026-11-22T04:35:00Z/"});
    QVERIFY(text.code == 0 && text.out.contains("largest difference from the expected number first"));

    const CliRun never = at({"--range", "2001-01-01/2002-01-01"});
    QVERIFY2(never.code != 0 && never.errLines() == 1 && never.err.contains("no flow starts in"),
             never.err.constData());
    for (const QStringList& wrong : {QStringList{"--range", "soon"},
                                     {"--range", "2026-11-22T04:35:00Z/", "--champion", "glatz-2012"},
                                     {"--champion", "glatz-2012"},
                                     {},
                                     {"--range", "/", "--rules", "sweeney-2017"},
                                     {"--range", "/2026-11-22T04:35:00Z", "--fail-on-change"}}) {
        const CliRun run = at(wrong);
        QVERIFY2(run.code == 2 && run.errLines() == 1, run.err.constData());
    }
}

void TstCliCompare::twoProjects() {
    const QString copy = dir_.filePath(QStringLiteral("copy.weir"));
    QVERIFY(QFile::copy(project_, copy));
    const QJsonObject same =
        runCli({"compare", "-p", project_, "--baseline-project", copy, "--rules", "bigler-2011", "--json"}).json();
    QVERIFY(same["rules"].toString().startsWith(u"Bigler 2011"));
    for (const QJsonValue& v : same["combinations"].toArray()) QCOMPARE(v.toObject()["baseline"], v.toObject()["now"]);
    QCOMPARE(same["now"].toObject()["one_way"].toInt(), 9563);
    // The copy under another setting: said, and counted as it is there.
    const CliRun other =
        runCli({"compare", "-p", copy, "--set", "hc.min-bad=200", "--baseline-project", project_, "--json"});
    QVERIFY2(other.err.contains("the projects differ in the setting hc.min-bad"), other.err.constData());
    const CliRun gone =
        runCli({"compare", "-p", project_, "--baseline-project", dir_.filePath(QStringLiteral("none.weir"))});
    QVERIFY2(gone.code != 0 && gone.errLines() == 1, gone.err.constData());
}

void TstCliCompare::exitCodes() {
    QCOMPARE(compare("glatz-2012", "bigler-2011", {"--fail-on-change"}).code, 1);
    QCOMPARE(compare("glatz-2012", "glatz-2012", {"--fail-on-change"}).code, 0);
    QCOMPARE(compare("sweeney-2017", "extended", {"--fail-on-change"}).code, 1);
    for (const auto& [a, b] :
         {std::pair{"glatz-2012", "sweeney-2017"}, {"nothing", "glatz-2012"}, {"glatz-2012", "nothing"}}) {
        const CliRun wrong = compare(QString::fromLatin1(a), QString::fromLatin1(b));
        QVERIFY2(wrong.code == 2 && wrong.errLines() == 1, wrong.err.constData());
    }
    QFile broken(dir_.filePath(QStringLiteral("broken.rules")));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("weir-rules 1\nclass A\n1: NoSign\n") > 0);
    broken.close();
    const CliRun wrong = compare("glatz-2012", broken.fileName());
    QVERIFY(wrong.code == 2 && wrong.err.contains("broken.rules:3:"));
}

/// The loop on the command line: suggestions, saved iterations, who moved a combination, when to stop.
void TstCliCompare::suggestionsAndBlame() {
    const QString copy = dir_.filePath(QStringLiteral("loop.weir"));
    QVERIFY(QFile::copy(project_, copy));
    QFile draft(dir_.filePath(QStringLiteral("draft.rules")));
    QCOMPARE(runCli({"rules", "-p", copy, "save", "bigler-2011"}).code, 0);
    for (int step = 0; step < 2; ++step) {
        const QJsonObject found = runCli({"suggest", "-p", copy, "--json"}).json();
        const QJsonArray candidates = found["candidates"].toArray();
        QVERIFY(!candidates.isEmpty());
        QCOMPARE(keysMissing(
                     candidates[0].toObject(),
                     "rule class gains_flows creates_conflicts witness kind edit conflicting_delta unclassified_delta"),
                 QByteArray());
        const CliRun text = runCli({"suggest", "-p", copy, "--print", "1"});
        QVERIFY(text.out.startsWith("weir-rules 1"));
        QVERIFY(draft.open(QIODevice::WriteOnly) && draft.write(text.out) == text.out.size());
        draft.close();
        QCOMPARE(runCli({"rules", "-p", copy, "save", draft.fileName()}).code, 0);
        QCOMPARE(runCli({"classify", "-p", copy, "--json"}).json()["conflicting"].toInt(), step == 0 ? 80 : 0);
    }
    QVERIFY(runCli({"suggest", "-p", copy}).out.contains("0 flows in conflict"));
    const QJsonObject stop = runCli({"rules", "-p", copy, "list", "--json"}).json()["stop"].toObject();
    QVERIFY(stop["reached"].toBool());
    QVERIFY(runCli({"rules", "-p", copy}).out.contains("time to stop: 0 flows in conflict"));
    const QJsonArray changes =
        runCli({"rules", "-p", copy, "blame", "TRWnom Backsc TCP", "--json"}).json()["changes"].toArray();
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes[1].toObject()["iteration"].toInt(), 3);  // two copies of the predecessor stand before it
    QVERIFY(changes[1].toObject()["was_conflict"].toBool() && !changes[1].toObject()["is_conflict"].toBool());
    QCOMPARE(changes[1].toObject()["edit"].toString(), QStringLiteral("Benign3: +!Backsc"));
    for (const QStringList& wrong : {QStringList{"blame"}, {"blame", "TRWScan"}}) {
        const CliRun r = runCli(QStringList{"rules", "-p", copy} + wrong);
        QVERIFY2(r.code == 2 && r.errLines() == 1, r.err.constData());
    }
    QCOMPARE(runCli({"suggest", "-p", copy, "--print", "99"}).code, 2);
}

void TstCliCompare::sweeps() {
    const QJsonObject sweep =
        runCli({"sweep", "-p", project_, "--rules", "glatz-2012", "--vary", "hc.min-bad=2,4", "--json"}).json();
    QCOMPARE(keysMissing(sweep, "setting runs unstable_flows flows"), QByteArray());
    const QJsonArray runs = sweep["runs"].toArray();
    QCOMPARE(runs.size(), 2);
    QCOMPARE(keysMissing(runs[0].toObject(), "value flips present moves conflicting unclassified one_way"),
             QByteArray());
    QVERIFY(runs[0].toObject()["flips"].toInt() > 0 && !runs[0].toObject()["present"].toBool());
    QVERIFY(runs[1].toObject()["flips"].toInt() == 0 && runs[1].toObject()["present"].toBool());
    const QString flow = sweep["flows"].toArray().at(0).toObject()["id"].toString();
    QCOMPARE(runCli({"explain", "-p", project_, flow}).code, 0);
    QVERIFY(runCli({"sweep", "-p", project_, "--vary", "hc.min-bad=2,4"}).out.contains("* current value"));
    for (const char* wrong : {"hc.min-bad", "hc.min=3", "hc.min-bad=few", "meter.idle=5", "hc.min-bad="}) {
        const CliRun r = runCli({"sweep", "-p", project_, "--vary", QString::fromLatin1(wrong)});
        QVERIFY2(r.code == 2 && r.errLines() == 1, r.err.constData());
    }
}

QTEST_APPLESS_MAIN(TstCliCompare)
#include "tst_cli_compare.moc"
