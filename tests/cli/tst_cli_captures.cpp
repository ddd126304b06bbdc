// weir-cli over the sample, flow files made of it and the shared captures: counts that others made, and classes that
// add up.
#include "tests/cli/cli_run.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

using namespace weir::test;

class TstCliCaptures : public QObject {
    Q_OBJECT
private slots:
    void packetsAsCapinfos();
    void listingAsNfdump_data();
    void listingAsNfdump();
    void classesAddUp_data();
    void classesAddUp();

private:
    QTemporaryDir dir_;
};

/// Packets of every trace in three folders, imported at once.
void TstCliCaptures::packetsAsCapinfos() {
    NEEDS_SHARED_DATA(QStringLiteral("derived/CAPINFOS.tsv"));
    const CliRun r = runCli({"import", "--json", "--no-hash", "-p", dir_.filePath("all.weir"), sharedData("ndpi/pcap"),
                             sharedData("mixed-mercury"), sharedData("attack-markofu/nmap")});
    QVERIFY2(r.code == 0 || r.code == 3, r.err.constData());
    QHash<QString, qint64> packets;
    QFile table(sharedData("derived/CAPINFOS.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    while (!table.atEnd()) {
        const QList<QByteArray> row = table.readLine().split('\t');
        packets.insert(QString::fromUtf8(row[0]), row[3].toLongLong());
    }
    int compared = 0;
    for (const auto& s : r.json()["sources"].toArray()) {
        const QString file = QDir(sharedData()).relativeFilePath(of(s, "path").toString());
        if (!packets.contains(file) || (of(s, "kind") != "pcap" && of(s, "kind") != "pcapng")) continue;
        QVERIFY2(of(s, "read").toInteger() == packets[file], qPrintable(file));
        ++compared;
    }
    QVERIFY2(compared > 130, qPrintable(QString::number(compared)));
}

void TstCliCaptures::listingAsNfdump_data() {
    QTest::addColumn<QString>("file");
    for (const char* name : {"v5-mixed", "v9-cisco-asr9k", "ipfix-mikrotik", "ipfix-openbsd", "pcap-synack-reflection",
                             "pcap-ndpi-synscan", "pcap-slips-test7", "pcap-icmp-scan"})
        QTest::addRow("%s", name) << QStringLiteral("derived/nfcapd/%1.nfcapd").arg(QLatin1String(name));
    for (const QString& own : ownNfcapd(dir_.path()))
        QTest::addRow("own %s", qPrintable(QFileInfo(own).fileName())) << own;
}

/// Every record's ends, protocol and counters, as nfdump prints them.
void TstCliCaptures::listingAsNfdump() {
    QFETCH(QString, file);
    NEEDS_SHARED_DATA(file);
    const QString project = dir_.filePath(QFileInfo(file).fileName() + ".weir");
    QCOMPARE(runCli({"import", "-p", project, sharedData(file)}).code, 0);
    QByteArrayList ours =
        runCli({"flows", "-p", project, "-o", "fmt:%prn,%sa,%sp,%da,%dp,%pkt,%byt"}).out.trimmed().split('\n');
    QProcess p;
    p.start(QStringLiteral("nfdump"), {"-r", sharedData(file), "-q", "-o", "csv"});
    QVERIFY(p.waitForFinished());
    QByteArrayList theirs;
    const QHash<QByteArray, QByteArray> numbers = {{"TCP", "6"},  {"UDP", "17"}, {"ICMP", "1"}, {"ICMP6", "58"},
                                                   {"IGMP", "2"}, {"GRE", "47"}, {"ESP", "50"}};
    for (const QByteArray& line : p.readAllStandardOutput().trimmed().split('\n')) {
        const QByteArrayList c = line.split(',');
        if (c.size() < 13) continue;
        theirs << numbers.value(c[7].trimmed(), c[7].trimmed()) + ',' + c[3].trimmed() + ',' + c[5].trimmed() + ',' +
                      c[4].trimmed() + ',' + c[6].trimmed() + ',' + c[11].trimmed() + ',' + c[12].trimmed();
    }
    QVERIFY(theirs.size() > 10);
    std::sort(ours.begin(), ours.end());
    std::sort(theirs.begin(), theirs.end());
    QCOMPARE(ours.size(), theirs.size());
    for (qsizetype i = 0; i < ours.size(); ++i) QCOMPARE(ours[i], theirs[i]);
}

void TstCliCaptures::classesAddUp_data() {
    QTest::addColumn<QString>("file");
    for (const char* file : {"ddos-stopddos", "scan-esnet", "scan-pcaphunt", "attack-markofu/nmap", "slips",
                             "mixed-mercury", "bruteforce-joy", "sessions-arkime", "zeek", "suricata-verify",
                             "derived/nfcapd/pcap-synack-reflection.nfcapd", "derived/nfcapd/v5-mixed.nfcapd",
                             "derived/nfcapd/pcap-slips-test7.nfcapd", "nfcapd-gonfdump/devtestdata/nfcapd.sample"})
        QTest::addRow("%s", file) << QString::fromLatin1(file);
    QTest::addRow("the sample") << sampleCapture();
    QTest::addRow("own flow file") << ownNfcapd(dir_.path()).value(0);
}

/// Classes and Other are all one-way flows of the direction, for both rule sets and directions; signs say the same.
void TstCliCaptures::classesAddUp() {
    QFETCH(QString, file);
    NEEDS_SHARED_DATA(file);
    const QString project =
        dir_.filePath(QStringLiteral("classes-") + QString(file).replace(u'/', u'-') + QStringLiteral(".weir"));
    const int code = runCli({"import", "--no-hash", "-p", project, sharedData(file)}).code;
    QVERIFY(code == 0 || code == 3);
    const QJsonObject info = runCli({"info", "-p", project, "--json"}).json();
    for (const QString& direction : {QStringLiteral("in"), QStringLiteral("out")}) {
        const qint64 oneWay = info["one_way"].toObject()[direction].toInteger();
        for (const QString& rules : {QStringLiteral("glatz-2012"), QStringLiteral("bigler-2011")}) {
            const CliRun r = runCli({"classify", "-p", project, "--json", "--rules", rules, "--direction", direction});
            QVERIFY2(r.code == 0, r.err.constData());
            qint64 sum = r.json()["unclassified"].toInteger(), byRule = sum;
            for (const auto& c : r.json()["classes"].toArray()) sum += of(c, "flows").toInteger();
            for (const auto& c : r.json()["rules"].toArray()) byRule += of(c, "flows").toInteger();
            QCOMPARE(r.json()["one_way"].toInteger(), oneWay);
            QCOMPARE(sum, oneWay);
            QCOMPARE(byRule, oneWay);
        }
        qint64 signs = 0;
        for (const auto& c :
             runCli({"signs", "-p", project, "--json", "--direction", direction}).json()["combinations"].toArray())
            signs += of(c, "flows").toInteger();
        QCOMPARE(signs, oneWay);
    }
}

QTEST_GUILESS_MAIN(TstCliCaptures)
#include "tst_cli_captures.moc"
