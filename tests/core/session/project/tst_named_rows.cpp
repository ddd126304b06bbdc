// Names in filters: captures by file, number and folder, shipped lists, Community IDs; on records and on derived flows.
#include "core/base/job.h"
#include "core/flow/community_id.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/rows/select.h"
#include "tests/support/nfcapd_writer.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace weir;
using namespace weir::session;

class TstNamedRows : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void counts_data();
    void counts();
    void problems();

private:
    static void write(const QString& path, unsigned rows, const char* network);
    QTemporaryDir dir_;
    ProjectPtr project_;
};

/// `rows` requests to port 53 of one host of the network, each from its own port.
void TstNamedRows::write(const QString& path, unsigned rows, const char* network) {
    std::ofstream out(path.toStdString(), std::ios::binary);
    test::NfcapdWriter writer(out, {});
    for (unsigned i = 0; i < rows; ++i) {
        test::NfcapdRow row;
        row.firstMs = row.lastMs = 1'700'000'000'000 + i;
        row.packets = 1;
        row.bytes = 60;
        row.src = *flow::parseAddress("100.64.0.1");
        row.dst = *flow::parseAddress(network);
        row.srcPort = std::uint16_t(2000 + i);
        row.dstPort = 53;
        row.protocol = 17;
        writer.add(row);
    }
    writer.finish();
}

void TstNamedRows::initTestCase() {
    QVERIFY(QDir(dir_.path()).mkpath(QStringLiteral("day one")));
    write(dir_.filePath(QStringLiteral("day one/a.nfcapd")), 3, "9.9.9.9");
    write(dir_.filePath(QStringLiteral("day one/b.nfcapd")), 5, "192.0.2.77");
    write(dir_.filePath(QStringLiteral("c.nfcapd")), 7, "8.8.4.4");
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    ImportRequest request;
    request.paths = {dir_.filePath(QStringLiteral("day one")).toStdString(),
                     dir_.filePath(QStringLiteral("c.nfcapd")).toStdString()};
    JobContext job;
    const auto report = importFiles(*project_, request, job);
    QVERIFY(report && report->anyUsable());
    QVERIFY(prepareFlows(*project_, job));
    QCOMPARE(project_->snapshot()->records->rows(), std::uint64_t(15));
}

void TstNamedRows::counts_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("count");
    const auto row = [](const char* filter, int count) {
        QTest::addRow("%s", filter) << QString::fromLatin1(filter) << count;
    };
    row("source a.nfcapd", 3);
    row("source \"b.nfcapd\"", 5);
    row("source 3", 7);
    row("source \"day one\"", 8);
    row("not source \"day one\" or source a.nfcapd", 10);
    row("source \"%1/c.nfcapd\"", 7);
    row("source \"%1/day one\" and port 2000", 2);
    row("source a.nfcapd and source c.nfcapd", 0);
    row("ip in @bogons", 15);
    row("dst ip in @bogons", 5);
    row("not dst ip in @BOGONS", 10);
    row("dst port in @services", 15);
    row("port in @insecure-ports", 0);
    row("community-id \"%2\"", 1);
    row("source a.nfcapd and not community-id \"%2\"", 2);
    row("vlan 7 or tos > 3", 0);
}

void TstNamedRows::counts() {
    QFETCH(QString, filter);
    QFETCH(int, count);
    const flow::FlowTuple tuple{*flow::parseAddress("9.9.9.9"), *flow::parseAddress("100.64.0.1"), 53, 2001, 0, 17};
    filter.replace(QStringLiteral("%1"), dir_.path())
        .replace(QStringLiteral("%2"), QString::fromStdString(flow::communityId(tuple, 0)));
    for (const Rows rows : {Rows::records, Rows::derived}) {
        Query query;
        query.rows = rows;
        query.filter = filter.toStdString();
        JobContext job;
        const auto selection = selectRows(project_->snapshot(), nullptr, query, job);
        QVERIFY2(selection, selection ? "" : selection.error().detail.c_str());
        QCOMPARE(int((*selection)->count), count);
    }
}

void TstNamedRows::problems() {
    const auto first = [&](const char* filter) { return checkFilter(project_->snapshot(), nullptr, filter).front(); };
    QCOMPARE(first("source d.nfcapd").fix, std::string("\"a.nfcapd\""));
    QVERIFY(first("ip in @bogon").message.find("did you mean `@bogons`?") != std::string::npos);
    QCOMPARE(first("ip in @bogon").fix, std::string("@bogons"));
    QVERIFY(first("port in @bogons").message.find("expected `ip in @bogons`") != std::string::npos);
    QVERIFY(first("ip in @services").message.find("expected `port in @services`") != std::string::npos);
    QVERIFY(first("exporter x").message.find("is not the number or address") != std::string::npos);
    const auto offered = completeFilter(project_->snapshot(), nullptr, "source ", 7);
    QVERIFY(std::any_of(offered.begin(), offered.end(), [](const Completion& c) { return c.text == "\"day one\""; }));
}

QTEST_GUILESS_MAIN(TstNamedRows)
#include "tst_named_rows.moc"
