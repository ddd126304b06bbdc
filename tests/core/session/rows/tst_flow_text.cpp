// Format strings give nfdump's values for the fields that routers send; JSON leaves out what was not sent; scaled
// counts.
#include "core/base/job.h"
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "core/session/rows/flow_text.h"
#include "core/session/rows/row_reader.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"

#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace weir;
using namespace weir::session;

class TstFlowText : public QObject {
    Q_OBJECT
private slots:
    void formatsAsNfdump_data();
    void formatsAsNfdump();
    void sampled();
    void unknown();

private:
    QTemporaryDir dir_;
};

void TstFlowText::formatsAsNfdump_data() {
    QTest::addColumn<QString>("file");
    for (const char* name : {"v9-cisco-asr9k", "v9-h3c", "ipfix-mikrotik"})
        QTest::newRow(name) << test::sharedData(QStringLiteral("derived/nfcapd/%1.nfcapd").arg(QLatin1String(name)));
    for (const QString& own : test::ownNfcapd(dir_.path()))
        QTest::addRow("own %s", qPrintable(QFileInfo(own).fileName())) << own;
}

void TstFlowText::formatsAsNfdump() {
    QFETCH(QString, file);
    NEEDS_SHARED_DATA(file);
    constexpr const char* kFormat = "%sa,%da,%pkt,%byt,%sas,%das,%in,%out,%tos,%stos,%dtos,%svln,%dvln,%smk,%dmk,%ra";
    QProcess p;
    p.start(QStringLiteral("nfdump"),
            {QStringLiteral("-r"), file, QStringLiteral("-q"), QStringLiteral("-6"), QStringLiteral("-N"),
             QStringLiteral("-o"), QStringLiteral("fmt:") + QLatin1String(kFormat)});
    QVERIFY(p.waitForFinished());
    QStringList theirs;
    for (const QByteArray& line : p.readAllStandardOutput().split('\n'))
        if (!line.trimmed().isEmpty()) theirs << QString::fromLatin1(line).remove(u' ');
    theirs.replaceInStrings(QRegularExpression(QStringLiteral(",0\\.0\\.0\\.0$")),
                            QStringLiteral(","));  // no exporter: an address there, nothing here

    QTemporaryDir dir;
    const auto project = *createProject(dir.filePath(QStringLiteral("p.weir")).toStdString());
    ImportRequest request;
    request.paths = {file.toStdString()};
    JobContext job;
    QVERIFY(importFiles(*project, request, job));
    Query query;
    query.rows = Rows::records;
    const auto selection = selectRows(project->snapshot(), nullptr, query, job);
    QVERIFY(selection);
    const auto format = FlowFormat::parse(kFormat);
    QVERIFY(format);
    QStringList ours;
    RowReader reader(*selection);
    const auto rows = reader.read(0, std::size_t((*selection)->count));
    for (const RowData& row : *rows) ours << QString::fromStdString(format->line({&row, false, false, nullptr, 0}));
    QVERIFY(!theirs.isEmpty());
    QCOMPARE(ours, theirs);
}

void TstFlowText::sampled() {
    RowData row;
    row.packets = 3;
    row.bytes = 200;
    row.samplingInterval = 1000;
    row.protocol = 6;
    row.src = row.dst = flow::IpAddr::v4(1);
    const FlowLine line{&row, false, false, nullptr, 0};
    QCOMPARE(
        csvLine(*parseFlowColumns("packetDeltaCount,samplingInterval,scaledPacketCount,scaledOctetCount", false), line),
        std::string("3,1000,3000,200000"));
    const auto json = jsonLine(*parseFlowColumns("", true), line);
    QVERIFY(json.contains("communityId") && json.contains("samplingInterval") && !json.contains("vlanId") &&
            !json.contains("exporterIPv4Address"));
    QVERIFY(csvHead(*parseFlowColumns("", false)).find("communityId") == std::string::npos);
    QCOMPARE(csvHead(*parseFlowColumns("communityId", false)), std::string("communityId"));
}

void TstFlowText::unknown() {
    const auto bad = parseFlowColumns("vlanID", false);
    QVERIFY(!bad && bad.error().detail.find("vlanId") != std::string::npos);
    QVERIFY(!FlowFormat::parse("%sas %nosuch"));
}

QTEST_GUILESS_MAIN(TstFlowText)
#include "tst_flow_text.moc"
