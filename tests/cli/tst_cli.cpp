// The real weir-cli on the sample: exit codes, JSON keys, outputs, damaged input, Ctrl-C, generated files.
#include "tests/cli/cli_run.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <map>

namespace {

const QString kSample = QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng");

QByteArray contentOf(const QString& path) {
    QFile f(path);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}
void put(const QString& path, const QByteArray& bytes) {
    QFile f(path);
    if (!f.open(QIODevice::WriteOnly) || f.write(bytes) != bytes.size()) qFatal("cannot write %s", qPrintable(path));
}
QJsonObject firstOf(const QJsonValue& array) { return array.toArray().first().toObject(); }

}  // namespace

class TstCli : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void usage_data();
    void usage();
    void check_data();
    void check();
    void checkText();
    void jsonKeys_data();
    void jsonKeys();
    void importKeys();
    void outputs();
    void directionsCountTwice();
    void derivedRows();
    void score();
    void lists();
    void settings();
    void ruleIterations();
    void failOn();
    void badFilter();
    void unusable_data();
    void unusable();
    void damaged();
    void sameFileTwice();
    void doubleCounts();
    void packedFolder();
    void interrupt();
    void scoresInListsAndProfiles();
    void generatedFiles();

private:
    QString path(const char* name) const { return dir_.filePath(QString::fromLatin1(name)); }
    QTemporaryDir dir_;
    QString project_;
};

void TstCli::initTestCase() {
    QVERIFY2(QFile::exists(cliPath()), "weir-cli is not built");
    QVERIFY(QFile::exists(kSample));
    project_ = path("sample.weir");
    const CliRun r = runCli({"import", "-p", project_, kSample});
    QVERIFY2(r.code == 0, r.err.constData());
    QCOMPARE(r.errLines(), 0);
}

void TstCli::usage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addRow("nothing") << QStringList{} << 2;
    QTest::addRow("help") << QStringList{"--help"} << 0;
    QTest::addRow("version") << QStringList{"--version"} << 0;
    QTest::addRow("unknown verb") << QStringList{"clasify"} << 2;
    QTest::addRow("unknown option") << QStringList{"info", "-p", "x.weir", "--colour"} << 2;
    QTest::addRow("no project") << QStringList{"info"} << 2;
    QTest::addRow("missing project") << QStringList{"info", "-p", "/nowhere/x.weir"} << 2;
    QTest::addRow("no project file") << QStringList{"info", "-p", kSample} << 2;
    QTest::addRow("missing rules") << QStringList{"check", "/nowhere/x.rules"} << 2;
    for (const char* verb : {"import", "info", "flows", "classify", "signs", "conflicts", "check", "rules", "explain"})
        QTest::addRow("%s --help", verb) << QStringList{QString::fromLatin1(verb), "--help"} << 0;
}

void TstCli::usage() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const CliRun r = runCli(arguments);
    QCOMPARE(r.code, code);
    if (code == 2 && !arguments.isEmpty())
        QVERIFY2(r.errLines() == 1 && r.err.startsWith("weir-cli: "), r.err.constData());
    if (code == 0) QVERIFY(!r.out.isEmpty() && r.err.isEmpty());
}

void TstCli::check_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QList<int>>("numbers");  // rules possible admissible conflicting unclassified pairs
    QTest::addRow("glatz") << QStringList{"glatz-2012"} << QList<int>{17, 262'144, 5'976, 0, 1'457, 0};
    QTest::addRow("glatz, every word") << QStringList{"glatz-2012.rules", "--no-exclusions"}
                                       << QList<int>{17, 262'144, 262'144, 7'520, 75'680, -1};
    QTest::addRow("bigler") << QStringList{"bigler-2011"} << QList<int>{16, 262'144, 5'976, 84, 1'295, 2};
    QTest::addRow("a file") << QStringList{QStringLiteral(WEIR_SOURCE_DIR "/resources/rules/bigler-2011.rules")}
                            << QList<int>{16, 262'144, 5'976, 84, 1'295, 2};
}

void TstCli::check() {
    QFETCH(QStringList, arguments);
    QFETCH(QList<int>, numbers);
    const CliRun r = runCli(QStringList{"check", "--json"} + arguments);
    QCOMPARE(r.code, 0);
    const QJsonObject j = r.json();
    QCOMPARE(keysMissing(
                 j, "rules possible admissible conflicting_words unclassified_words conflicts dead subsumed asserts"),
             QByteArray());
    QCOMPARE(keysMissing(j["asserts"].toObject(), "passed failed"), QByteArray());
    const char* const keys[] = {"rules", "possible", "admissible", "conflicting_words", "unclassified_words"};
    for (int i = 0; i < 5; ++i) QCOMPARE(j[QLatin1String(keys[i])].toInt(), numbers[i]);
    if (numbers[5] >= 0) QCOMPARE(j["conflicts"].toArray().size(), numbers[5]);
    if (numbers[5] != 2) return;
    QSet<QString> pairs;
    for (const auto& p : j["conflicts"].toArray()) {
        QCOMPARE(keysMissing(p.toObject(), "a b words witness"), QByteArray());
        pairs << of(p, "a").toString() + u' ' + of(p, "b").toString() + u' ' + QString::number(of(p, "words").toInt());
    }
    QCOMPARE(pairs, (QSet<QString>{"Backscatter1 Benign3 48", "Backscatter1 Benign1 36"}));
}

void TstCli::checkText() {
    put(path("bad.rules"), "weir-rules 1\none-of TCP UDP ICMP OTHER\nclass A\n  1: TRWScan\n  2: Bogus\n");
    CliRun r = runCli({"check", path("bad.rules")});
    QCOMPARE(r.code, 2);
    QVERIFY2(
        r.err.contains("bad.rules:4:6: error") && r.err.contains("TRWscan") && r.err.contains("bad.rules:5:6: error"),
        r.err.constData());
    put(path("assert.rules"),
        "weir-rules 1\none-of TCP UDP ICMP OTHER\nclass A\n  1: TCP\nassert TCP is A\nassert UDP is A\n");
    r = runCli({"check", "--json", path("assert.rules")});
    QCOMPARE(r.code, 1);
    QCOMPARE(r.json()["asserts"].toObject()["passed"].toInt(), 1);
    QCOMPARE(r.json()["asserts"].toObject()["failed"].toInt(), 1);
    QCOMPARE(runCli({"check", "--fail-on", "unclassified", "glatz-2012"}).code, 1);
    QCOMPARE(runCli({"check", "--fail-on", "conflicts", "glatz-2012"}).code, 0);
    QCOMPARE(runCli({"check", "--fail-on", "conflicts", "bigler-2011"}).code, 1);
}

void TstCli::jsonKeys_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("rowsIn");
    QTest::addColumn<QByteArray>("rowKeys");
    const auto row = [](const char* verb, QStringList more, const char* keys, const char* rowsIn = "",
                        const char* rowKeys = "") {
        QTest::addRow("%s", verb) << QStringList{QString::fromLatin1(verb)} + more << QByteArray(keys)
                                  << QByteArray(rowsIn) << QByteArray(rowKeys);
    };
    row("info", {}, "schema sources flows biflows one_way hosts local first last bytes_on_disk bytes_per_flow",
        "sources", "path kind sha256 flows packets bytes first last read dropped seconds");
    row("classify", {}, "rule_set one_way conflicting unclassified classes rules", "classes",
        "class flows packets bytes share");
    row("signs", {}, "observed combinations", "combinations", "signs flows packets bytes class rules");
    row("conflicts", {"--rules", "bigler-2011"},
        "possible admissible observed conflicting_flows unclassified_flows pairs unclassified", "pairs",
        "a b flows packets bytes combinations");
    row("explain", {"1:0"}, "signs codes rules");
    row("rules", {}, "iterations");
}

void TstCli::jsonKeys() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, keys);
    QFETCH(QByteArray, rowsIn);
    QFETCH(QByteArray, rowKeys);
    const CliRun r = runCli(arguments + QStringList{"-p", project_, "--json"});
    QVERIFY2(r.code == 0, r.err.constData());
    QCOMPARE(keysMissing(r.json(), keys), QByteArray());
    if (!rowsIn.isEmpty()) QCOMPARE(keysMissing(firstOf(r.json()[QString::fromUtf8(rowsIn)]), rowKeys), QByteArray());
    const CliRun table = runCli(arguments + QStringList{"-p", project_});
    QCOMPARE(table.code, 0);
    QVERIFY(!table.out.isEmpty() && !table.out.startsWith('{'));
    QCOMPARE(table.errLines(), 0);
}

void TstCli::importKeys() {
    const CliRun r = runCli({"import", "-p", path("keys.weir"), "--json", "--local", "10.0.0.0/8", kSample});
    QCOMPARE(r.code, 0);
    const QJsonObject source = firstOf(r.json()["sources"]);
    QCOMPARE(keysMissing(source, "path kind sha256 flows packets bytes first last read dropped seconds"), QByteArray());
    QCOMPARE(source["sha256"].toString().size(), 64);
    QVERIFY(source["first"].toString().endsWith(u'Z'));
    QCOMPARE(
        firstOf(
            runCli({"import", "-p", path("nohash.weir"), "--json", "--no-hash", kSample}).json()["sources"])["sha256"]
            .isNull(),
        true);
}

void TstCli::outputs() {
    const QStringList base{"flows", "-p", project_, "proto tcp and port 22", "-n", "5"};
    const QByteArrayList csv = runCli(base).out.trimmed().split('\n');
    QCOMPARE(csv.size(), 6);
    QVERIFY(csv[0].startsWith("id,flowStartMilliseconds,flowEndMilliseconds,"));
    for (const char* name : {"sourceIPv4Address", "destinationTransportPort", "octetDeltaCount", "packetDeltaCount",
                             "protocolIdentifier", "class", "rule", "signs"})
        QVERIFY2(csv[0].split(',').contains(name), name);
    const QJsonArray json = QJsonDocument::fromJson(runCli(base + QStringList{"-o", "json"}).out).array();
    QCOMPARE(json.size(), 5);
    QCOMPARE(keysMissing(json[0].toObject(),
                         "id sourceIPv4Address destinationTransportPort octetDeltaCount class rule signs"),
             QByteArray());
    const QByteArrayList ndjson = runCli(base + QStringList{"-o", "ndjson"}).out.trimmed().split('\n');
    QCOMPARE(ndjson.size(), 5);
    for (const QByteArray& line : ndjson) QVERIFY(QJsonDocument::fromJson(line).isObject());
    const QByteArray text = runCli(base + QStringList{"-o", "fmt:%id|%sap>%dap|%pkt"}).out;
    QVERIFY2(text.startsWith("1:") && text.split('\n')[0].count('|') == 2, text.constData());
    QCOMPARE(runCli(base + QStringList{"--columns", "id,octetDeltaCount"}).out.split('\n')[0],
             QByteArray("id,octetDeltaCount"));
    CliRun r = runCli(base + QStringList{"--columns", "octetDeltaCont"});
    QVERIFY(r.code == 2 && r.errLines() == 1 && r.err.contains("octetDeltaCount"));
    r = runCli(base + QStringList{"-o", "xml"});
    QVERIFY(r.code == 2 && r.errLines() == 1);
}

/// A bidirectional record of the trace is two lines, one a direction; packets over all lines are those of the capture.
void TstCli::directionsCountTwice() {
    const QJsonArray lines = QJsonDocument::fromJson(runCli({"flows", "-p", project_, "-o", "json"}).out).array();
    const QJsonObject info = runCli({"info", "-p", project_, "--json"}).json();
    QVERIFY(lines.size() > info["flows"].toInt());
    qint64 packets = 0, bytes = 0;
    QSet<QString> ids;
    for (const auto& l : lines) {
        packets += of(l, "packetDeltaCount").toInteger();
        bytes += of(l, "octetDeltaCount").toInteger();
        ids << of(l, "id").toString();
    }
    QCOMPARE(ids.size(), info["flows"].toInt());
    QCOMPARE(packets, firstOf(info["sources"])["packets"].toInteger());
    QCOMPARE(bytes, firstOf(info["sources"])["bytes"].toInteger());
    QCOMPARE(runCli({"flows", "-p", project_, "--count"}).out.trimmed().toInt(), lines.size());
    int all = 0;
    for (const char* part : {"proto tcp", "proto udp", "not proto tcp and not proto udp"})
        all += runCli({"flows", "-p", project_, "--count", QString::fromLatin1(part)}).out.trimmed().toInt();
    QCOMPARE(all, lines.size());
}

void TstCli::derivedRows() {
    const auto count = [&](const QString& filter) {
        return runCli({"flows", "-p", project_, "--rows", "derived", "--count", filter}).out.trimmed().toInt();
    };
    const QJsonObject info = runCli({"info", "-p", project_, "--json"}).json();
    QCOMPARE(count("biflow"), info["biflows"].toInt());
    QCOMPARE(count("oneway and inbound"), info["one_way"].toObject()["in"].toInt());
    QCOMPARE(count("oneway and outbound"), info["one_way"].toObject()["out"].toInt());
    QCOMPARE(count("internal"), info["internal"].toInt());
    const QJsonObject classes = runCli({"classify", "-p", project_, "--json"}).json();
    for (const auto& c : classes["classes"].toArray())
        QCOMPARE(count("class \"" + of(c, "class").toString() + "\""), of(c, "flows").toInt());
    for (const auto& c : classes["rules"].toArray())
        QCOMPARE(count("rule " + of(c, "rule").toString()), of(c, "flows").toInt());
    QCOMPARE(count("unclassified"), classes["unclassified"].toInt());
    QCOMPARE(count("class Other"), classes["unclassified"].toInt());
    QCOMPARE(count("conflicting"), classes["conflicting"].toInt());
    const QJsonArray combinations = runCli({"signs", "-p", project_, "--json"}).json()["combinations"].toArray();
    int grey = 0;
    for (const auto& c : combinations)
        if (of(c, "signs").toArray().contains("GreyIP")) grey += of(c, "flows").toInt();
    QVERIFY(grey > 0);
    QCOMPARE(count("sign GreyIP"), grey);
}

/// The codes of the shipped profile that a filter can say count what the filter counts; sums agree in all three tables.
void TstCli::score() {
    const QJsonObject scores = runCli({"score", "-p", project_, "--json"}).json();
    QCOMPARE(keysMissing(scores, "profile scored codes combinations badness"), QByteArray());
    const auto count = [&](const QString& filter) {
        return runCli({"flows", "-p", project_, "--count", "inbound and (" + filter + ")"}).out.trimmed().toInt();
    };
    QCOMPARE(scores["scored"].toInt(), count("any"));
    const std::map<QString, QString> filters{
        {"SYN ONLY", "proto tcp and flags = S"},
        {"SSH BRUTE FORCE", "proto tcp and dst port 22 and packets >= 11 and packets <= 51"},
        {"INSECURE TCP PORTS",
         "(proto tcp and dst port in [20 21 23 110 143 512 513 514 1433 3306 3389 5800 5900]) or (proto udp and dst "
         "port in [69 137 138 161])"},
        {"UNKNOWN PORTS CONVERSATION", "(proto tcp or proto udp) and not port in @services"},
        {"ALIENVAULT", "not any"}};
    int seen = 0;
    for (const auto& c : scores["codes"].toArray()) {
        QCOMPARE(keysMissing(c.toObject(), "code kind points flows"), QByteArray());
        int withCode = 0;
        for (const auto& row : scores["combinations"].toArray())
            if (of(row, "codes").toArray().contains(of(c, "code"))) withCode += of(row, "flows").toInt();
        QCOMPARE(withCode, of(c, "flows").toInt());
        const auto filter = filters.find(of(c, "code").toString());
        if (filter == filters.end()) continue;
        ++seen;
        QCOMPARE(of(c, "flows").toInt(), count(filter->second));
    }
    QCOMPARE(seen, int(filters.size()));
    int flows = 0, last = 1 << 20;
    for (const auto& row : scores["badness"].toArray()) flows += of(row, "flows").toInt();
    QCOMPARE(flows, scores["scored"].toInt());
    for (const auto& row : scores["combinations"].toArray()) {
        QVERIFY(of(row, "badness").toInt() <= last);
        last = of(row, "badness").toInt();
    }
    QVERIFY(firstOf(scores["combinations"])["badness"].toInt() >= 50);

    // Filters on codes and points count what the tables count.
    const auto all = [&](const QString& filter) {
        return runCli({"flows", "-p", project_, "--count", filter}).out.trimmed().toInt();
    };
    int worst = 0;
    for (const auto& row : scores["badness"].toArray())
        if (of(row, "score").toInt() >= 50) worst += of(row, "flows").toInt();
    QCOMPARE(all("badness >= 50"), worst);
    QCOMPARE(all("badness >= 0"), scores["scored"].toInt());
    QCOMPARE(all("badness < 0 or goodness > 1000"), 0);
    for (const auto& c : scores["codes"].toArray())
        QCOMPARE(all("code \"" + of(c, "code").toString() + "\""), of(c, "flows").toInt());
    const QJsonObject top = firstOf(scores["combinations"]);
    QString exact = "inbound";
    for (const auto& c : scores["codes"].toArray())
        exact +=
            QString(of(top, "codes").toArray().contains(of(c, "code")) ? " and code \"%1\"" : " and not code \"%1\"")
                .arg(of(c, "code").toString());
    QCOMPARE(all(exact), top["flows"].toInt());
    QVERIFY(runCli({"top", "-p", project_, "-s", "dstport", "code \"POSSIBLE TCP SCAN\""}).code == 0);
    const CliRun unknown = runCli({"flows", "-p", project_, "code \"SYN ONLI\""});
    QVERIFY(unknown.code == 2 && unknown.err.contains("did you mean `SYN ONLY`?"));

    QFile profile(path("own.score"));
    QVERIFY(profile.open(QIODevice::WriteOnly));
    profile.write(
        "weir-score 1\nname \"Own\"\nbad 7 \"ODD\" when proto tcp and ip in @nowhere\nbad 3 \"ANY\" when any\n");
    profile.close();
    CliRun r = runCli({"score", "-p", project_, "--profile", profile.fileName(), "--json"});
    QVERIFY(r.code == 0 && r.err.contains("@nowhere"));
    QCOMPARE(of(r.json()["codes"].toArray()[0], "flows").toInt(), 0);
    QCOMPARE(of(r.json()["codes"].toArray()[1], "flows").toInt(), scores["scored"].toInt());
    QVERIFY(profile.open(QIODevice::WriteOnly));
    profile.write("weir-score 1\nbad 7 \"ODD\" when proto tcpp\n");
    profile.close();
    r = runCli({"score", "-p", project_, "--profile", profile.fileName()});
    QVERIFY(r.code == 2 && r.errLines() == 1 && r.err.contains("own.score:2:24: error"));
    r = runCli({"score", "-p", project_, "--profile", "nothing"});
    QVERIFY(r.code == 2 && r.errLines() == 1 && r.err.contains("sweeney-2017"));
}

void TstCli::lists() {
    const QString p = path("lists.weir"), list = path("l.txt");
    QVERIFY(QFile::copy(project_, p));
    put(list, "# source: https://feed.example/\n# date: 2026-11-01\n44.128.16.0/20\n192.0.2.1\n");
    CliRun r = runCli({"lists", "-p", p, "add", "mine", list, "--json"});
    QVERIFY2(r.code == 0, r.err);
    QCOMPARE(keysMissing(firstOf(r.json()["lists"]), "name entries date source sha256"), QByteArray());
    QCOMPARE(firstOf(r.json()["lists"])["entries"].toInt(), 2);
    const auto count = [&](const QString& filter) {
        return runCli({"flows", "-p", p, "--count", filter}).out.trimmed().toInt();
    };
    QVERIFY(count("ip in @mine") > 0);
    QCOMPARE(count("ip in @mine"), count("net 44.128.16.0/20 or host 192.0.2.1"));
    const QJsonObject overlap = runCli({"lists", "-p", p, "overlap", "--json"}).json();
    QCOMPARE(keysMissing(overlap, "hosts lists overlap"), QByteArray());
    QCOMPARE(keysMissing(firstOf(overlap["overlap"]), "a b both only_a only_b"), QByteArray());
    put(list, "192.0.2.1\nan.example\n");
    r = runCli({"lists", "-p", p, "add", "part", list, "--date", "2026-11-02"});
    QVERIFY(r.code == 3 && r.errLines() == 1 && r.err.contains("l.txt:2:1: warning"));
    QVERIFY(runCli({"lists", "-p", p}).out.contains("@mine"));
    QCOMPARE(runCli({"lists", "-p", p, "remove", "MINE"}).code, 0);
    QVERIFY(!runCli({"lists", "-p", p}).out.contains("@mine"));
    r = runCli({"lists", "-p", p, "remove", "mine"});
    QVERIFY(r.code == 2 && r.errLines() == 1 && r.err.contains("no list `@mine`"));
    r = runCli({"lists", "-p", p, "add", "mine"});
    QVERIFY(r.code == 2 && r.errLines() == 1 && r.err.contains("lists add NAME FILE"));
}

void TstCli::settings() {
    const QString p = path("settings.weir");
    QCOMPARE(runCli({"import", "-p", p, "--local", "10.0.0.0/8", "--local", "192.0.2.0/24", "--active", "120", "--idle",
                     "30", "--set", "hc.ratio=3", kSample})
                 .code,
             0);
    const QJsonObject info = runCli({"info", "-p", p, "--json"}).json();
    QCOMPARE(info["local"].toArray(), (QJsonArray{"10.0.0.0/8", "192.0.2.0/24"}));
    QVERIFY(info["flows"].toInt() >= runCli({"info", "-p", project_, "--json"}).json()["flows"].toInt());
    CliRun r = runCli({"info", "-p", p, "--set", "hc.rato=3"});
    QVERIFY(r.code == 2 && r.errLines() == 1 && r.err.contains("hc.ratio"));
    r = runCli({"info", "-p", p, "--set", "hc.ratio=many"});
    QVERIFY(r.code == 2 && r.errLines() == 1);
    r = runCli({"info", "-p", p, "--local", "10.0.0.0/99"});
    QVERIFY(r.code == 2 && r.errLines() == 1);
}

void TstCli::ruleIterations() {
    const QString p = path("rules.weir");
    QCOMPARE(runCli({"import", "-p", p, kSample}).code, 0);
    QCOMPARE(runCli({"rules", "-p", p, "save", "bigler-2011", "--tag", "alpha"}).code, 0);
    QCOMPARE(runCli({"rules", "-p", p, "save", "glatz-2012", "--tag", "final"}).code, 0);
    const QJsonArray saved = runCli({"rules", "-p", p, "--json"}).json()["iterations"].toArray();
    QCOMPARE(saved.size(), 2);
    QCOMPARE(keysMissing(saved[0].toObject(), "id name tag time conflicting_flows unclassified_flows"), QByteArray());
    QCOMPARE(of(saved[0], "tag").toString(), QStringLiteral("alpha"));
    QCOMPARE(of(saved[0], "conflicting_flows").toInt(),
             runCli({"conflicts", "-p", p, "--rules", "alpha", "--json"}).json()["conflicting_flows"].toInt());
    QCOMPARE(runCli({"rules", "-p", p, "show", "1"}).out,
             contentOf(QStringLiteral(WEIR_SOURCE_DIR "/resources/rules/bigler-2011.rules")));
    QCOMPARE(runCli({"rules", "-p", p, "show"}).out,
             contentOf(QStringLiteral(WEIR_SOURCE_DIR "/resources/rules/glatz-2012.rules")));
    QVERIFY(runCli({"rules", "-p", p, "diff", "1", "2"}).out.contains("\n+ "));
    QCOMPARE(runCli({"rules", "-p", p, "show", "7"}).code, 2);
}

void TstCli::failOn() {
    const CliRun r =
        runCli({"conflicts", "-p", project_, "--rules", "bigler-2011", "--fail-on", "conflicts", "--json"});
    QVERIFY(r.json()["conflicting_flows"].toInt() > 0);
    QCOMPARE(r.code, 1);
    QCOMPARE(runCli({"conflicts", "-p", project_, "--fail-on", "conflicts"}).code, 0);
}

void TstCli::badFilter() {
    const CliRun r = runCli({"flows", "-p", project_, "prot tcp and flags s"});
    QCOMPARE(r.code, 2);
    QCOMPARE(r.errLines(), 2);
    QVERIFY2(r.err.contains("filter:1:1: error: unknown term `prot`; did you mean `proto`?") &&
                 r.err.contains("filter:1:20: error"),
             r.err.constData());
    QVERIFY(r.out.isEmpty());
}

void TstCli::unusable_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("text") << QByteArray("hello, this is no capture\n");
    QTest::addRow("half a magic") << QByteArray("\xd4\xc3");
    QTest::addRow("gzip") << QByteArray("\x1f\x8b\x08\0\0\0\0\0", 8);
    QTest::addRow("zeros") << QByteArray(4096, '\0');
}

void TstCli::unusable() {
    QFETCH(QByteArray, content);
    put(path("unusable.bin"), content);
    const CliRun r = runCli({"import", "-p", path("unusable.weir"), path("unusable.bin")});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.errLines() == 1 && r.err.contains("unusable.bin"), r.err.constData());
    QVERIFY(r.out.isEmpty());
    QVERIFY2(!QFile::exists(path("unusable.weir")), "an import without any input leaves no project");
}

void TstCli::damaged() {
    const QByteArray sample = contentOf(kSample);
    put(path("truncated.pcapng"), sample.left(sample.size() / 2 + 3));
    CliRun r = runCli({"import", "-p", path("truncated.weir"), "--json", path("truncated.pcapng")});
    QCOMPARE(r.code, 3);
    QVERIFY2(r.errLines() == 1 && r.err.contains("truncated.pcapng"), r.err.constData());
    QVERIFY(firstOf(r.json()["sources"])["flows"].toInt() > 0);
    QVERIFY(!firstOf(r.json()["sources"])["dropped"].toObject().isEmpty());
    // One good and one unusable file: the good one is read, the other counts as damage.
    put(path("junk.bin"), "junk");
    r = runCli({"import", "-p", path("mixed.weir"), kSample, path("junk.bin")});
    QCOMPARE(r.code, 3);
    QVERIFY2(r.errLines() == 1 && r.err.contains("junk.bin"), r.err.constData());
    for (int flip = 0; flip < 12; ++flip) {
        QByteArray bytes = sample.left(200'000);
        const qsizetype at = 28 + flip * 16'001;
        bytes[at] = char(bytes[at] ^ (1 << flip % 8));
        put(path("flipped.pcapng"), bytes);
        QFile::remove(path("flipped.weir"));
        r = runCli({"import", "-p", path("flipped.weir"), path("flipped.pcapng")});
        QVERIFY2(r.code == 0 || r.code == 2 || r.code == 3, r.err.constData());
        QVERIFY2(r.errLines() == (r.code == 0 ? 0 : 1), r.err.constData());
    }
}

void TstCli::sameFileTwice() {
    const QString p = path("twice.weir");
    QCOMPARE(runCli({"import", "-p", p, kSample}).code, 0);
    const CliRun r = runCli({"import", "-p", p, kSample});
    QCOMPARE(r.code, 0);
    QVERIFY2(r.errLines() == 1 && r.err.contains("already"), r.err.constData());
    QCOMPARE(runCli({"import", "-p", p, "--again", kSample}).code, 0);
    QCOMPARE(runCli({"info", "-p", p, "--json"}).json()["sources"].toArray().size(), 2);
}

/// Ctrl-C in the middle of many files: 130, and the project holds complete captures only.
void TstCli::doubleCounts() {
    // The same packets from two devices: every record of the second file is a copy.
    const QString twice = path("copies.weir");
    QCOMPARE(runCli({"import", "-p", twice, "--no-hash", kSample}).code, 0);
    QCOMPARE(runCli({"import", "-p", twice, "--no-hash", "--again", kSample}).code, 0);
    const CliRun once = runCli({"info", "-p", project_, "--json"});
    const CliRun both = runCli({"info", "-p", twice, "--json"});
    QCOMPARE(of(both.json(), "flows").toInt(), 2 * of(once.json(), "flows").toInt());
    for (const char* key : {"biflows", "one_way", "internal", "transit"})
        QCOMPARE(of(both.json(), key), of(once.json(), key));
    QCOMPARE(of(of(both.json(), "left_out"), "duplicates"), of(once.json(), "flows"));
    QCOMPARE(runCli({"classify", "-p", twice, "--json"}).out, runCli({"classify", "-p", project_, "--json"}).out);

    const CliRun preview = runCli({"clean", "-p", twice, "--json", "--exclude", "udp/53", "--exclude", "44.128.17.10"});
    QCOMPARE(preview.code, 0);
    const QJsonArray exclusions = of(preview.json(), "by_exclusion").toArray();
    QCOMPARE(exclusions.size(), 2);
    QCOMPARE(of(exclusions[0], "exclusion").toString(), QStringLiteral("udp/53"));
    const auto counted = [&](const QString& filter) {
        return of(runCli({"flows", "-p", twice, "--count", "--json", filter}).json(), "rows");
    };
    QCOMPARE(of(exclusions[0], "records"), counted(QStringLiteral("proto udp and port 53")));
    QCOMPARE(of(exclusions[1], "records"), counted(QStringLiteral("ip 44.128.17.10 and not (proto udp and port 53)")));
    QVERIFY(of(exclusions[0], "records").toInt() > 0 && of(exclusions[1], "records").toInt() > 0);
    const QJsonObject pair = firstOf(of(preview.json(), "by_exporter"));
    QVERIFY2(keysMissing(pair, "kept dropped records packets bytes sample").isEmpty(), preview.out.constData());
    QVERIFY(of(pair, "sample").toString().startsWith(u"2:"));
    const CliRun unchanged = runCli({"info", "-p", twice, "--json"});  // a preview changes nothing
    for (const char* key : {"sources", "flows", "biflows", "one_way", "left_out", "local"})
        QCOMPARE(of(unchanged.json(), key), of(both.json(), key));
    QCOMPARE(runCli({"clean", "-p", twice, "--exclude", "udp/53", "--apply"}).code, 0);
    const CliRun after = runCli({"info", "-p", twice, "--json"});
    QCOMPARE(of(of(after.json(), "left_out"), "excluded"), of(exclusions[0], "records"));
    QCOMPARE(runCli({"flows", "-p", twice, "--count", "--rows", "derived", "proto udp and port 53"}).out.trimmed(),
             QByteArray("0"));
    QCOMPARE(runCli({"clean", "-p", twice, "--clear", "--keep-duplicates", "--apply"}).code, 0);
    const CliRun all = runCli({"info", "-p", twice, "--json"});
    QCOMPARE(of(of(all.json(), "left_out"), "duplicates").toInt(), 0);
    const CliRun wrong = runCli({"clean", "-p", twice, "--exclude", "nonsense"});
    QCOMPARE(wrong.code, 2);
    QCOMPARE(wrong.errLines(), 1);
}

void TstCli::packedFolder() {
    const QString folder = path("captures");
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/deep")));
    QProcess gzip;
    gzip.setStandardOutputFile(folder + QStringLiteral("/deep/a.gz"));
    gzip.start(QStringLiteral("gzip"), {"-c", kSample});
    QVERIFY(gzip.waitForFinished(60'000) && gzip.exitCode() == 0);
    const QByteArray packed = contentOf(folder + QStringLiteral("/deep/a.gz"));
    put(folder + QStringLiteral("/b.gz"), packed.first(packed.size() / 2));
    const CliRun r = runCli({"import", "-p", path("folder.weir"), "--json", folder});
    QCOMPARE(r.code, 3);
    const QJsonArray sources = of(r.json(), "sources").toArray();
    QCOMPARE(sources.size(), 2);
    const QJsonValue cut = sources[0], whole = sources[1];
    QVERIFY(of(cut, "path").toString().endsWith(u"/b.gz"));
    QVERIFY(of(of(cut, "dropped"), "damaged archive").toInt() == 1);
    QVERIFY(of(cut, "flows").toInt() > 0 && of(cut, "flows").toInt() < of(whole, "flows").toInt());
    const QJsonObject plain = firstOf(of(runCli({"info", "-p", project_, "--json"}).json(), "sources"));
    for (const char* key : {"kind", "flows", "packets", "bytes", "first", "last", "read"})
        QCOMPARE(of(whole, key), of(plain, key));
    for (const auto& source : sources) QCOMPARE(of(source, "folder").toString(), folder);
    QCOMPARE(of(plain, "folder"), QJsonValue(QJsonValue::Null));
}

void TstCli::interrupt() {
    QDir(dir_.path()).mkdir(QStringLiteral("many"));
    for (int i = 0; i < 400; ++i)
        QVERIFY(QFile::link(kSample, path("many/") + QString::number(i) + QStringLiteral(".pcapng")));
    QProcess p;
    p.start(cliPath(), {"import", "-p", path("many.weir"), "--again", path("many")});
    QVERIFY(p.waitForStarted());
    QElapsedTimer waited;
    waited.start();
    while (!QFile::exists(path("many.weir")) && waited.elapsed() < 60'000) QTest::qWait(5);
    QTest::qWait(200);
    ::kill(pid_t(p.processId()), SIGINT);
    QVERIFY(p.waitForFinished(120'000));
    QCOMPARE(p.exitStatus(), QProcess::NormalExit);
    QCOMPARE(p.exitCode(), 130);
    QCOMPARE(p.readAllStandardError(), QByteArray("weir-cli: cancelled\n"));
    const CliRun r = runCli({"info", "-p", path("many.weir"), "--json"});
    QVERIFY2(r.code == 0, r.err.constData());
    const int flows = runCli({"info", "-p", project_, "--json"}).json()["flows"].toInt();
    const QJsonArray sources = r.json()["sources"].toArray();
    QVERIFY(sources.size() < 400);
    for (const auto& s : sources) QCOMPARE(of(s, "flows").toInt(), flows);
}

/// Codes and points in lists, explained, and under profiles of the project's own.
void TstCli::scoresInListsAndProfiles() {
    const QByteArray worst =
        runCli({"flows", "-p", project_, "-o", "ndjson", "-n", "20", "code \"POSSIBLE TCP SCAN\" and badness >= 40"})
            .out;
    QJsonObject first;
    for (const QByteArray& line : worst.trimmed().split('\n')) {
        const QJsonObject flow = QJsonDocument::fromJson(line).object();
        QVERIFY2(flow["codes"].toArray().contains(QStringLiteral("POSSIBLE TCP SCAN")) &&
                     flow["badness"].toInt() >= 40 && flow["goodness"].toInt() == 0,
                 line.constData());
        if (first.isEmpty()) first = flow;
    }
    const QByteArray csv = runCli({"flows", "-p", project_, "--columns", "codes,badness,goodness", "-n", "1",
                                   "code \"POSSIBLE TCP SCAN\""})
                               .out;
    QVERIFY2(csv.contains("\"") && csv.contains("POSSIBLE TCP SCAN") && csv.startsWith("codes,badness,goodness\n"),
             csv.constData());
    QVERIFY(
        !runCli({"flows", "-p", project_, "-n", "1"}).out.contains("badness"));  // the CSV of scripts stays as it was
    QCOMPARE(runCli({"flows", "-p", project_, "-o", "fmt:[%cod|%bad]", "-n", "1", "outbound and not badness >= 0"}).out,
             QByteArray("[|]\n"));
    const int tcpOut = runCli({"flows", "-p", project_, "--count", "outbound"}).out.toInt();
    QVERIFY(tcpOut > 0);

    const QJsonObject why = runCli({"explain", "-p", project_, "--json", first["id"].toString()}).json();
    QCOMPARE(keysMissing(why, "id signs codes rules badness goodness not_scored_because contacted_by"), QByteArray());
    QCOMPARE(why["badness"].toInt(), first["badness"].toInt());
    QStringList given, listed;
    for (const auto& c : why["codes"].toArray()) {
        QCOMPARE(keysMissing(c.toObject(), "code kind points holds evidence"), QByteArray());
        QVERIFY(!of(c, "evidence").toString().isEmpty());
        if (of(c, "holds").toBool()) given << of(c, "code").toString();
    }
    for (const auto& code : first["codes"].toArray()) listed << code.toString();
    QCOMPARE(given, listed);
    QVERIFY(runCli({"explain", "-p", project_, first["id"].toString()}).out.contains("flows > 1,000"));

    const QString copy = path("profiles.weir");
    QVERIFY(QFile::copy(project_, copy));
    QFile own(path("own.score"));
    QVERIFY(own.open(QIODevice::WriteOnly) &&
            own.write("weir-score 1\nname \"Own\"\nbad 7 \"TO SSH\" when dst port 22\n") > 0);
    own.close();
    const QJsonObject saved =
        runCli({"profiles", "-p", copy, "save", own.fileName(), "--tag", "alpha", "--json"}).json();
    QCOMPARE(keysMissing(firstOf(saved["iterations"]), "id name tag time scored"), QByteArray());
    QCOMPARE(firstOf(saved["iterations"])["name"].toString(), QStringLiteral("Own"));
    QCOMPARE(runCli({"score", "-p", copy, "--json"}).json()["profile"].toString(),
             QStringLiteral("Own"));  // in force now
    QCOMPARE(runCli({"score", "-p", copy, "--profile", "sweeney-2017", "--json"}).json()["profile"].toString(),
             QStringLiteral("Sweeney and Irwin 2017"));
    QCOMPARE(runCli({"flows", "-p", copy, "--count", "code \"TO SSH\" and badness 7"}).out,
             runCli({"flows", "-p", copy, "--count", "inbound and dst port 22"}).out);
    QVERIFY(runCli({"profiles", "-p", copy, "save", "sweeney-2017"}).code == 0);
    QCOMPARE(runCli({"profiles", "-p", copy, "--json"}).json()["iterations"].toArray().size(), 2);
    QCOMPARE(runCli({"profiles", "-p", copy, "show", "alpha"}).out, contentOf(own.fileName()));
    QVERIFY(
        runCli({"profiles", "-p", copy, "diff", "alpha", "2"}).out.contains("- bad 7 \"TO SSH\" when dst port 22\n"));
    QVERIFY(own.open(QIODevice::WriteOnly) && own.write("weir-score 1\nbad 7 \"A\" when dst prot 22\n") > 0);
    own.close();
    const CliRun wrong = runCli({"profiles", "-p", copy, "save", own.fileName()});
    QVERIFY2(wrong.code == 2 && wrong.err.contains("own.score:2:"), wrong.err.constData());
    QVERIFY(runCli({"profiles", "-p", copy, "show", "nothing"}).code == 2);
}

void TstCli::generatedFiles() {
    const QString root = QStringLiteral(WEIR_SOURCE_DIR "/installer/");
    QVERIFY2(runCli({"help-man"}).out == contentOf(root + "man/weir-cli.1"),
             "run: weir-cli help-man > installer/man/weir-cli.1");
    QVERIFY2(runCli({"completions"}).out == contentOf(root + "completions/weir-cli.bash"),
             "run: weir-cli completions > installer/completions/weir-cli.bash");
}

QTEST_GUILESS_MAIN(TstCli)
#include "tst_cli.moc"
