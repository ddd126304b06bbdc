// Export datagrams against what nfdump and pmacct made of the same files.
#include "core/flow/protocols.h"
#include "tests/support/export_reading.h"
#include "tests/support/shared_data.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTest>

using namespace weir;
using flow::Col;

class TstExportsPeers : public QObject {
    Q_OBJECT
private slots:
    void nfdump_data();
    void nfdump();
    void pmacct_data();
    void pmacct();
};

namespace {

QByteArray contentOf(const QString& path) {
    QFile f(test::sharedData(path));
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}
testing::WholeFlows readAll(const QByteArray& bytes) {
    return testing::readFlows(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))));
}

QByteArray flagsText(std::uint64_t flags) {
    static constexpr char kNames[] = "CEUAPRSF";
    QByteArray out(8, '.');
    for (int i = 0; i < 8; ++i)
        if (flags >> (7 - i) & 1) out[i] = kNames[i];
    return out;
}

enum Skip : unsigned { kTimes = 1, kEnd = 2, kIcmp6 = 4 };

/// The line that nfdump's CSV has for a record, as far as both have it; fields in `skip` are left empty.
QByteArray ours(const testing::WholeFlows& f, std::size_t r, unsigned skip) {
    const auto n = [&](Col c) { return QByteArray::number(qulonglong(f.at(c, r))); };
    const auto seconds = [](std::int64_t us) {
        return QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC)
            .toString(QStringLiteral("yyyy-MM-dd hh:mm:ss"))
            .toUtf8();
    };
    const auto protocol = f.at(Col::protocol, r);
    const bool icmp = protocol == 1 || protocol == 58;
    QByteArrayList cells;
    cells << (skip & kTimes ? QByteArray() : seconds(f.rows.start[r]))
          << (skip & (kTimes | kEnd) ? QByteArray() : seconds(f.rows.end[r]));
    cells << QByteArray::fromStdString(flow::toText(f.src[r])) << QByteArray::fromStdString(flow::toText(f.dst[r]));
    cells << n(Col::srcPort)
          << (protocol == 58 && skip & kIcmp6 ? QByteArray("0")
              : icmp                          ? n(Col::icmpTypeCode)
                                              : n(Col::dstPort))
          << QByteArray::number(qulonglong(protocol)) << flagsText(f.at(Col::tcpFlags, r));
    cells << n(Col::tos) << n(Col::packets) << n(Col::bytes) << n(Col::inIf) << n(Col::outIf) << n(Col::srcAs)
          << n(Col::dstAs);
    cells << n(Col::srcMask) << n(Col::dstMask) << n(Col::dstTos) << n(Col::srcVlan) << n(Col::dstVlan);
    return cells.join(' ');
}
QByteArray theirs(const QByteArrayList& c, unsigned skip) {
    const auto address = [](const QByteArray& a) {
        return QByteArray::fromStdString(
            flow::toText(*flow::parseAddress(std::string_view(a.constData(), std::size_t(a.size())))));
    };
    const auto protocol = [](QByteArray name) {
        name = name.trimmed();
        if (name == "ICMP6") name = "ipv6-icmp";
        const auto number = flow::protocolNumber(name.toLower().toStdString());
        return number ? QByteArray::number(int(*number)) : name;
    };
    QByteArrayList cells;
    cells << (skip & kTimes ? QByteArray() : c[0]) << (skip & (kTimes | kEnd) ? QByteArray() : c[1]) << address(c[3])
          << address(c[4]) << c[5] << c[6] << protocol(c[7]) << c[8];
    cells << c[10] << c[11] << c[12] << c[15] << c[16] << c[17] << c[18] << c[19] << c[20] << c[21] << c[25] << c[26];
    return cells.join(' ');
}

}  // namespace

void TstExportsPeers::nfdump_data() {
    NEEDS_SHARED_DATA(QStringLiteral("derived/nfcapd"));
    QTest::addColumn<QStringList>("inputs");
    QTest::addColumn<unsigned>("skip");
    const auto row = [](const char* name, QStringList inputs, unsigned skip = 0) {
        QTest::newRow(name) << std::move(inputs) << skip;
    };
    const auto logstash = [](const char* names) {
        QStringList out;
        for (const QString& n : QString::fromLatin1(names).split(u' '))
            out << QStringLiteral("netflow-logstash/") + n + QStringLiteral(".dat");
        return out;
    };
    row("v5-mixed", logstash("netflow5 netflow5_test_microtik"));
    // nfdump leaves out type and code of ICMPv6 here.
    row("v9-softflowd", logstash("netflow9_test_softflowd_tpl_data"), kIcmp6);
    row("v9-cisco-asr9k", logstash("netflow9_test_cisco_asr9k_tpl260 netflow9_test_cisco_asr9k_data260"));
    // NSEL events have one time, which nfdump keeps as start only.
    row("v9-cisco-asa", logstash("netflow9_test_cisco_asa_1_tpl netflow9_test_cisco_asa_1_data"), kEnd);
    row("v9-h3c", logstash("netflow9_test_h3c_tpl3281 netflow9_test_h3c_data3281"));
    // nfdump takes 1970 where a template has no times (macaddr) or uptimes without a boot time (mikrotik); Weir takes
    // the time of export.
    row("v9-macaddr", logstash("netflow9_test_macaddr_tpl netflow9_test_macaddr_data"), kTimes);
    row("ipfix-mikrotik", logstash("ipfix_test_mikrotik_tpl ipfix_test_mikrotik_data258 ipfix_test_mikrotik_data259"),
        kTimes);
    row("ipfix-openbsd", logstash("ipfix_test_openbsd_pflow_tpl ipfix_test_openbsd_pflow_data"));
    row("ipfix-ipfixcol2-example", {QStringLiteral("netflow-ipfixcol2/example_flows.ipfix")});
}

void TstExportsPeers::nfdump() {
    QFETCH(QStringList, inputs);
    QFETCH(unsigned, skip);
    QByteArray bytes;
    for (const QString& input : inputs) bytes += contentOf(input);
    const auto flows = readAll(bytes);
    QVERIFY2(flows.error.empty(), flows.error.c_str());
    QByteArrayList found, expected;
    for (std::size_t r = 0; r < flows.size(); ++r) found << ours(flows, r, skip);
    for (const QByteArray& line :
         contentOf(QStringLiteral("derived/nfcapd/") + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".csv"))
             .split('\n'))
        if (const auto cells = line.split(','); cells.size() > 40) expected << theirs(cells, skip);
    QCOMPARE(found.size(), expected.size());
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    for (qsizetype i = 0; i < found.size(); ++i) QCOMPARE(found[i], expected[i]);
}

void TstExportsPeers::pmacct_data() {
    NEEDS_SHARED_DATA(QStringLiteral("netflow-pmacct"));
    QTest::addColumn<int>("captures");
    QTest::newRow("100-IPFIXv10-CISCO") << 1;
    QTest::newRow("101-NFv9-CISCO-cust_primitives") << 1;
    QTest::newRow("102-NFv9-CISCO-f2rd-pretag-sampling-reload") << 1;
    QTest::newRow("104-IPFIXv10-IPv6-CISCO-sampling_option") << 1;
    QTest::newRow("110-IPFIXv10-NFv9-multiple-sources") << 3;
    QTest::newRow("111-IPFIXv10-NFv9-IPv6-IPv4-mix_sources") << 2;
}

/// pmacct adds up records with equal keys; where it was told to, it multiplies by the sampling interval.
void TstExportsPeers::pmacct() {
    QFETCH(int, captures);
    const QString folder = QStringLiteral("netflow-pmacct/") + QLatin1String(QTest::currentDataTag()) + u'/';
    using Totals = QMap<QByteArray, QPair<quint64, quint64>>;
    Totals plain, scaled, expected;
    for (int c = 0; c < captures; ++c) {
        const auto flows = readAll(contentOf(folder + QStringLiteral("traffic-0%1.pcap").arg(c)));
        QVERIFY2(flows.error.empty(), flows.error.c_str());
        for (std::size_t r = 0; r < flows.size(); ++r) {
            const QByteArray key =
                QByteArray::fromStdString(flow::toText(flows.src[r]) + " " + flow::toText(flows.dst[r])) + ' ' +
                QByteArray::number(flows.rows.srcPort[r]) + ' ' + QByteArray::number(flows.rows.dstPort[r]) + ' ' +
                QByteArray::number(qulonglong(flows.at(Col::inIf, r))) + ' ' +
                QByteArray::number(qulonglong(flows.at(Col::tos, r)));
            const auto sampling = std::max<quint64>(flows.at(Col::samplingInterval, r), 1);
            plain[key].first += flows.rows.packets[r];
            plain[key].second += flows.rows.bytes[r];
            scaled[key].first += flows.rows.packets[r] * sampling;
            scaled[key].second += flows.rows.bytes[r] * sampling;
        }
    }
    for (const QByteArray& line : contentOf(folder + QStringLiteral("output-flow-00.json")).split('\n')) {
        const QJsonObject o = QJsonDocument::fromJson(line).object();
        if (o.isEmpty()) continue;
        const auto n = [&](const char* name) {
            return QByteArray::number(qulonglong(o.value(QLatin1String(name)).toDouble()));
        };
        const bool icmp = o.value(QLatin1String("ip_proto")).toString().contains(QLatin1String("icmp"));
        auto& sum = expected[o.value(QLatin1String("ip_src")).toString().toUtf8() + ' ' +
                             o.value(QLatin1String("ip_dst")).toString().toUtf8() + ' ' +
                             (icmp ? QByteArray("0") : n("port_src")) + ' ' + (icmp ? QByteArray("0") : n("port_dst")) +
                             ' ' + n("iface_in") + ' ' + n("tos")];
        sum.first += n("packets").toULongLong();
        sum.second += n("bytes").toULongLong();
    }
    QVERIFY(!expected.isEmpty());
    const Totals& found = plain == expected ? plain : scaled;
    for (auto it = expected.begin(); it != expected.end(); ++it)
        QVERIFY2(found.value(it.key()) == it.value(),
                 qPrintable(QString::fromUtf8(it.key()) + QStringLiteral(": %1 packets, %2 bytes, pmacct %3, %4")
                                                              .arg(found.value(it.key()).first)
                                                              .arg(found.value(it.key()).second)
                                                              .arg(it.value().first)
                                                              .arg(it.value().second)));
    QCOMPARE(found.size(), expected.size());
}

QTEST_APPLESS_MAIN(TstExportsPeers)
#include "tst_exports_peers.moc"
