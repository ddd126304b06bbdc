// weir-cli top and aggregate on the sample: keys, sums that agree with each other, outputs, wrong words.
#include "tests/cli/cli_run.h"

#include "core/tally/elements.h"

#include <QTemporaryDir>
#include <QTest>

using namespace weir;

class TstCliTop : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void topKeys();
    void everyElement_data();
    void everyElement();
    void aggregate();
    void outputs();
    void wrongWords_data();
    void wrongWords();

private:
    QJsonObject top(const QStringList& more) {
        return runCli(QStringList{QStringLiteral("top"), QStringLiteral("-p"), project_, QStringLiteral("--json")} +
                      more)
            .json();
    }
    QTemporaryDir dir_;
    QString project_;
};

void TstCliTop::initTestCase() {
    project_ = dir_.filePath(QStringLiteral("sample.weir"));
    QCOMPARE(runCli({QStringLiteral("import"), QStringLiteral("-p"), project_,
                     QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng")})
                 .code,
             0);
}

void TstCliTop::topKeys() {
    const QJsonObject j = top({QStringLiteral("-s"), QStringLiteral("dstport/bytes"), QStringLiteral("proto tcp")});
    const QJsonArray rows = j[QLatin1String("rows")].toArray();
    QCOMPARE(rows.size(), 10);
    double before = 1e300;
    for (const QJsonValue& row : rows) {
        for (const char* key : {"value", "flows", "packets", "bytes", "share", "first", "last"})
            QVERIFY2(!of(row, key).isUndefined(), key);
        QVERIFY(of(row, "bytes").toDouble() <= before);
        before = of(row, "bytes").toDouble();
    }
    const QByteArray counted = runCli({QStringLiteral("flows"), QStringLiteral("-p"), project_,
                                       QStringLiteral("--count"), QStringLiteral("proto tcp")})
                                   .out.trimmed();
    QCOMPARE(of(j[QLatin1String("total")], "flows").toInt(), counted.toInt());
    const QByteArray busiest =
        runCli({QStringLiteral("flows"), QStringLiteral("-p"), project_, QStringLiteral("--count"),
                QStringLiteral("proto tcp and dst port %1").arg(of(rows.first(), "value").toInt())})
            .out.trimmed();
    QCOMPARE(of(rows.first(), "flows").toInt(), busiest.toInt());
}

void TstCliTop::everyElement_data() {
    QTest::addColumn<QString>("element");
    for (const tally::Element& e : tally::elements())
        QTest::addRow("%s", std::string(e.id).c_str()) << QString::fromStdString(std::string(e.id));
}

void TstCliTop::everyElement() {
    QFETCH(QString, element);
    for (const char* rows : {"records", "derived"}) {
        const CliRun r = runCli({QStringLiteral("top"), QStringLiteral("-p"), project_, QStringLiteral("--json"),
                                 QStringLiteral("-s"), element, QStringLiteral("--rows"), QLatin1String(rows)});
        QCOMPARE(r.code, 0);
        QVERIFY(!r.json()[QLatin1String("rows")].toArray().isEmpty());
    }
}

void TstCliTop::aggregate() {
    const CliRun r = runCli({QStringLiteral("aggregate"), QStringLiteral("-p"), project_, QStringLiteral("--json"),
                             QStringLiteral("-A"), QStringLiteral("proto,dstip4/24"), QStringLiteral("-s"),
                             QStringLiteral("bytes")});
    QCOMPARE(r.code, 0);
    qint64 flows = 0;
    for (const QJsonValue& row : r.json()[QLatin1String("rows")].toArray()) {
        for (const char* key : {"proto", "dstip", "flows", "packets", "bytes", "first", "last"})
            QVERIFY2(!of(row, key).isUndefined(), key);
        flows += of(row, "flows").toInteger();
    }
    QCOMPARE(flows, of(r.json()[QLatin1String("total")], "flows").toInteger());
    QCOMPARE(runCli({QStringLiteral("flows"), QStringLiteral("-p"), project_, QStringLiteral("--count")})
                 .out.trimmed()
                 .toLongLong(),
             flows);
}

void TstCliTop::outputs() {
    const CliRun table = runCli({QStringLiteral("top"), QStringLiteral("-p"), project_, QStringLiteral("-s"),
                                 QStringLiteral("class"), QStringLiteral("-n"), QStringLiteral("2")});
    QCOMPARE(table.code, 0);
    QVERIFY(table.out.startsWith("class"));
    const CliRun csv = runCli({QStringLiteral("top"), QStringLiteral("-p"), project_, QStringLiteral("-s"),
                               QStringLiteral("srcip:p/pps"), QStringLiteral("-n"), QStringLiteral("3"),
                               QStringLiteral("-o"), QStringLiteral("csv")});
    QVERIFY(csv.out.startsWith("value,flows,packets,bytes,pps,share,first,last\n"));
    QCOMPARE(csv.out.count('\n'), 4);
    const CliRun none = runCli({QStringLiteral("top"), QStringLiteral("-p"), project_, QStringLiteral("-s"),
                                QStringLiteral("proto"), QStringLiteral("--json"), QStringLiteral("not any")});
    QCOMPARE(none.code, 0);
    QVERIFY(none.json()[QLatin1String("rows")].toArray().isEmpty());
}

void TstCliTop::wrongWords_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("element") << QStringList{"top", "-s", "dstprt"};
    QTest::addRow("order") << QStringList{"top", "-s", "dstport/bite"};
    QTest::addRow("none") << QStringList{"top"};
    QTest::addRow("key") << QStringList{"aggregate", "-A", "srcip,port"};
    QTest::addRow("length") << QStringList{"aggregate", "-A", "srcip4/40"};
    QTest::addRow("filter") << QStringList{"aggregate", "-A", "proto", "prot tcp"};
}

void TstCliTop::wrongWords() {
    QFETCH(QStringList, arguments);
    const CliRun r = runCli(arguments + QStringList{QStringLiteral("-p"), project_});
    QCOMPARE(r.code, 2);
    QCOMPARE(r.errLines(), 1);
}

QTEST_GUILESS_MAIN(TstCliTop)
#include "tst_cli_top.moc"
