// weir-cli report: the numbers of the other verbs, whole files, clear refusals. User signs through the command line.
#include "tests/cli/cli_run.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

class TstCliReport : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void sameNumbersAsTheVerbs();
    void everyFormat();
    void inputsAndHashes();
    void damageIsSaid();
    void refused();
    void userSigns();
    void check64Signs();
    void proofsAndEvasion();

private:
    QJsonObject report(const QStringList& more) {
        const QString path = dir_.filePath(QStringLiteral("r.json"));
        const CliRun run = runCli(QStringList{"report", "-p", project_, "-o", path} + more);
        if (run.code != 0) qWarning("%s", run.err.constData());
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) return {};
        return QJsonDocument::fromJson(file.readAll()).object();
    }
    static QJsonArray table(const QJsonObject& report, const QString& section, const QString& id) {
        for (const QJsonValue& s : report["sections"].toArray())
            if (s["id"].toString() == section) return s["tables"][id].toArray();
        return {};
    }
    QString write(const char* name, const QByteArray& text) {
        const QString path = dir_.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("write");
        return path;
    }

    QTemporaryDir dir_;
    QString project_;
};

void TstCliReport::initTestCase() {
    project_ = dir_.filePath(QStringLiteral("p.weir"));
    QCOMPARE(runCli({"import", "-p", project_, "--local", "44.128.16.0/20", "--local", "2630::/16",
                     QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng")})
                 .code,
             0);
    QCOMPARE(runCli({"rules", "-p", project_, "save", "bigler-2011", "--tag", "alpha"}).code, 0);
    QCOMPARE(runCli({"rules", "-p", project_, "save", "glatz-2012", "--tag", "final"}).code, 0);
}

void TstCliReport::sameNumbersAsTheVerbs() {
    const QJsonObject r = report({"--rules", "bigler-2011", "--champion", "glatz-2012"});
    const QJsonObject classes = runCli({"classify", "-p", project_, "--rules", "bigler-2011", "--json"}).json();
    const QJsonArray rows = table(r, "classes", "classes");
    qint64 flows = 0;
    for (const QJsonValue& row : rows) {
        flows += row["flows"].toInteger();
        for (const QJsonValue& c : classes["classes"].toArray()) {
            if (c["class"] != row["class"]) continue;
            for (const char* key : {"flows", "packets", "bytes"})
                QCOMPARE(row[QLatin1String(key)].toInteger(), c[QLatin1String(key)].toInteger());
            QVERIFY(qAbs(row["share"].toDouble() - c["share"].toDouble()) < 1e-12);
        }
    }
    QCOMPARE(flows, classes["one_way"].toInteger());
    for (const QJsonValue& rule : classes["rules"].toArray())
        for (const QJsonValue& row : table(r, "classes", "rules"))
            if (row["rule"] == rule["rule"]) QCOMPARE(row["flows"].toInteger(), rule["flows"].toInteger());

    const QJsonObject conflicts = runCli({"conflicts", "-p", project_, "--rules", "bigler-2011", "--json"}).json();
    const QJsonArray pairs = table(r, "conflicts", "pairs");
    QVERIFY(!pairs.isEmpty());
    QCOMPARE(pairs.size(), conflicts["pairs"].toArray().size());
    for (qsizetype i = 0; i < pairs.size(); ++i)
        QCOMPARE(pairs[i]["flows"].toInteger(), conflicts["pairs"][i]["flows"].toInteger());
    const QJsonArray numbers = table(r, "conflicts", "numbers");
    QCOMPARE(numbers[4]["value"].toInteger(), conflicts["conflicting_flows"].toInteger());
    QCOMPARE(numbers[5]["value"].toInteger(), conflicts["unclassified_flows"].toInteger());
    qint64 inPair = 0;
    for (const QJsonValue& row : table(r, "conflicts", "pair_1")) inPair += row["flows"].toInteger();
    QCOMPARE(inPair, pairs[0]["flows"].toInteger());

    const QJsonArray seen =
        runCli({"signs", "-p", project_, "--rules", "bigler-2011", "--json"}).json()["combinations"].toArray();
    const QJsonArray combinations = table(r, "combinations", "combinations");
    QCOMPARE(combinations.size(), seen.size());
    for (qsizetype i = 0; i < seen.size(); ++i) {
        QCOMPARE(combinations[i]["flows"].toInteger(), seen[i]["flows"].toInteger());
        QCOMPARE(combinations[i]["class"].toString(), seen[i]["class"].toString());
    }
    const QJsonArray migration =
        runCli({"compare", "-p", project_, "--champion", "glatz-2012", "--challenger", "bigler-2011", "--json"})
            .json()["migration"]
            .toArray();
    const QJsonArray moved = table(r, "comparison", "migration");
    QCOMPARE(moved.size(), migration.size());
    for (qsizetype i = 0; i < moved.size(); ++i)
        for (const char* key : {"from", "to", "flows", "packets", "bytes"})
            QCOMPARE(moved[i][QLatin1String(key)], migration[i][QLatin1String(key)]);

    const QJsonObject scores = runCli({"score", "-p", project_, "--json"}).json();
    const QJsonArray codes = table(r, "scores", "codes"), ranked = table(r, "scores", "combinations"),
                     badness = table(r, "scores", "badness");
    for (qsizetype i = 0; i < codes.size(); ++i) QCOMPARE(codes[i]["flows"], scores["codes"][i]["flows"]);
    QCOMPARE(ranked.size(), scores["combinations"].toArray().size());
    for (qsizetype i = 0; i < ranked.size(); ++i)
        for (const char* key : {"badness", "goodness", "flows"})
            QCOMPARE(ranked[i][QLatin1String(key)], scores["combinations"][i][QLatin1String(key)]);
    for (qsizetype i = 0; i < badness.size(); ++i) QCOMPARE(badness[i]["flows"], scores["badness"][i]["flows"]);
    // Figure 2: sources of the bad code that most flows have.
    QString code;
    qint64 most = 0;
    for (const QJsonValue& c : scores["codes"].toArray())
        if (c["kind"].toString() == u"bad" && c["flows"].toInteger() > most) {
            most = c["flows"].toInteger();
            code = c["code"].toString();
        }
    const QJsonArray sources =
        runCli({"top", "-p", project_, "-s", "srcip/flows", "code \"" + code + "\"", "--rows", "records", "--json"})
            .json()["rows"]
            .toArray();
    const QJsonArray top = table(r, "scores", "top_1");
    QVERIFY(!top.isEmpty());
    for (qsizetype i = 0; i < top.size(); ++i) QCOMPARE(top[i]["flows"].toInteger(), sources[i]["flows"].toInteger());

    QCOMPARE(table(r, "iterations", "iterations").size(), 2);
}

void TstCliReport::everyFormat() {
    for (const char* name : {"r.html", "r.md", "r.csv"}) {
        const QString path = dir_.filePath(QString::fromLatin1(name));
        QCOMPARE(runCli({"report", "-p", project_, "-o", path, "--only", "classes"}).code, 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains("Malicious Scanning") && !text.contains("Sign combinations"), name);
        QVERIFY(!QFile::exists(path + QStringLiteral(".part")));
    }
}

void TstCliReport::inputsAndHashes() {
    const QJsonObject r = report({"--only", "iterations"});
    const QJsonArray captures = table(r, "inputs", "captures");
    QCOMPARE(captures.size(), 1);
    QFile sample(QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    QCOMPARE(captures[0]["sha256"].toString(),
             QString::fromLatin1(QCryptographicHash::hash(sample.readAll(), QCryptographicHash::Sha256).toHex()));
    QVERIFY(table(r, "inputs", "settings").size() > 20);
    QVERIFY(!table(r, "inputs", "lists").isEmpty());
    QVERIFY(r["program"].toString().startsWith(QStringLiteral("Weir ")));
    QCOMPARE(r["sections"].toArray().size(), 2);
}

void TstCliReport::damageIsSaid() {
    QFile sample(QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    const QString cut = write("cut.pcapng", sample.readAll().left(100'003)),
                  project = dir_.filePath(QStringLiteral("cut.weir"));
    QCOMPARE(runCli({"import", "-p", project, "--no-hash", "--local", "44.128.16.0/20", cut}).code, 3);
    const QString path = dir_.filePath(QStringLiteral("cut.json"));
    QCOMPARE(runCli({"report", "-p", project, "-o", path, "--only", "classes"}).code, 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray drops = table(QJsonDocument::fromJson(file.readAll()).object(), "inputs", "drops");
    QVERIFY(!drops.isEmpty());
    QVERIFY(drops[0]["records"].toInteger() > 0);
}

void TstCliReport::refused() {
    QCOMPARE(runCli({"report", "-p", project_, "-o", dir_.filePath(QStringLiteral("r.pdf"))}).code, 2);
    const CliRun section =
        runCli({"report", "-p", project_, "-o", dir_.filePath(QStringLiteral("x.md")), "--only", "clases"});
    QCOMPARE(section.code, 2);
    QVERIFY(section.err.contains("unknown section `clases`; available: classes"));
    const CliRun rules = runCli({"report", "-p", project_, "-o", dir_.filePath(QStringLiteral("x.md")), "--rules",
                                 write("bad.rules", "weir-rules 1\nclass A\n1: Nothing\n")});
    QCOMPARE(rules.code, 2);
    QVERIFY2(rules.err.contains("line 3"), rules.err.constData());
    const CliRun place = runCli({"report", "-p", project_, "-o", QStringLiteral("/nonexistent/x.md")});
    QVERIFY(place.code != 0);
    QVERIFY(place.err.contains("/nonexistent/x.md"));
    QVERIFY(!QFile::exists(dir_.filePath(QStringLiteral("x.md"))));
}

void TstCliReport::userSigns() {
    const QString rules = write("user.rules",
                                "weir-rules 1\nname Mine\nsign Web = dst port in [80 443]   # web\nclass A\n  1: Web "
                                "TCP\nclass B\n  2: UDP !Web\n");
    const QJsonObject classes = runCli({"classify", "-p", project_, "--rules", rules, "--json"}).json();
    const qint64 web = runCli({"flows", "-p", project_, "--rows", "derived",
                               "inbound and oneway and proto tcp and dst port in [80 443]", "-o", "ndjson"})
                           .out.count('\n');
    QCOMPARE(classes["rules"][0]["flows"].toInteger(), web);
    const QJsonArray seen =
        runCli({"signs", "-p", project_, "--rules", rules, "--json"}).json()["combinations"].toArray();
    qint64 flows = 0;
    for (const QJsonValue& c : seen)
        if (c["signs"].toArray().contains(QStringLiteral("Web")) &&
            c["signs"].toArray().contains(QStringLiteral("TCP")))
            flows += c["flows"].toInteger();
    QCOMPARE(flows, web);
    const CliRun bad =
        runCli({"check", write("bad2.rules", "weir-rules 1\nsign Web = dst prot 80\nclass A\n1: Web\n")});
    QCOMPARE(bad.code, 2);
    QVERIFY2(bad.err.contains(":2:16: error"), bad.err.constData());
    // With another set on the same project: each has its own signs.
    const QJsonObject moved =
        runCli({"compare", "-p", project_, "--champion", rules, "--challenger", "glatz-2012", "--json"}).json();
    qint64 sum = 0;
    for (const QJsonValue& c : moved["migration"].toArray()) sum += c["flows"].toInteger();
    QCOMPARE(sum, classes["one_way"].toInteger());
}

/// Every two rules of different classes are in conflict or kept apart, with a sign or with lines; and each way out of a
/// rule says who takes the flow then.
void TstCliReport::proofsAndEvasion() {
    const CliRun run = runCli({"check", "glatz-2012", "--json", "--proofs", "--evasion"});
    QCOMPARE(run.code, 0);
    const QJsonArray apart = run.json()["apart"].toArray(), ways = run.json()["evasion"].toArray();
    QCOMPARE(apart.size(), 17 * 16 / 2 - 9 * 8 / 2 - 4 * 3 / 2);  // 9 rules of one class, 4 of another
    for (const QJsonValue& p : apart) QVERIFY(p["sign"].isString() != !p["lines"].toArray().isEmpty());
    QVERIFY(ways.size() > 17);
    for (const QJsonValue& w : ways)
        QVERIFY(w["cost"].toInt() >= 1 && w["cost"].toInt() <= 3 && !w["how"].toString().isEmpty() &&
                !w["then"].toString().isEmpty());
    QVERIFY(!runCli({"check", "glatz-2012", "--json"}).json().contains("apart"));
    const CliRun text = runCli({"check", "glatz-2012", "--proofs", "--evasion"});
    QVERIFY(text.out.contains("rules 10 and 11: ruled out by line 17 (never Unreach with Backsc)") &&
            text.out.contains("send from a high port"));
    // Without exclusions only signs keep rules apart.
    for (const QJsonValue& p :
         runCli({"check", "glatz-2012", "--json", "--proofs", "--no-exclusions"}).json()["apart"].toArray())
        QVERIFY(p["sign"].isString());
}

void TstCliReport::check64Signs() {
    QByteArray text("weir-rules 1\n");
    for (int i = 18; i < 64; ++i) text += "sign U" + QByteArray::number(i) + " = port " + QByteArray::number(i) + "\n";
    text +=
        "never U20 with U21\nnever U22 with !U20\nclass A\n1: U22 U63\nclass B\n2: U21 U19\n3: U30\nclass C\n4: U30 "
        "U31\norder A B C\n";
    const QString rules = write("many.rules", text);
    const QJsonObject check = runCli({"check", rules, "--json"}).json();
    QCOMPARE(check["counted"].toBool(), false);
    QVERIFY(check["admissible"].isNull());
    QJsonArray pairs;
    for (const QJsonValue& c : check["conflicts"].toArray()) pairs << c["a"].toString() + c["b"].toString();
    QCOMPARE(pairs, (QJsonArray{"13", "14", "24", "34"}));  // 1 and 2 never: U22 wants U20, which U21 forbids
    QCOMPARE(check["conflicts"][0]["witness"].toArray(), (QJsonArray{"U20", "U22", "U30", "U63"}));
    QCOMPARE(check["never_win"].toArray(), (QJsonArray{"C"}));
    QCOMPARE(check["not_decided"].toInt(), 0);
    QCOMPARE(runCli({"check", rules, "--fail-on", "conflicts"}).code, 1);
}

QTEST_GUILESS_MAIN(TstCliReport)
#include "tst_cli_report.moc"
