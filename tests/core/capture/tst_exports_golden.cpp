// Vendor exports against the records that Elastic's decoder made of them: every field that Weir carries is equal.
#include "tests/support/export_reading.h"
#include "tests/support/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace weir;
using flow::Col;

class TstExportsGolden : public QObject {
    Q_OBJECT
private slots:
    void golden_data();
    void golden();
};

namespace {

const QString kData = test::sharedData();

QByteArray contentOf(const QString& path) {
    QFile f(path);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}

/// The first of `names` that the record has.
QJsonValue first(const QJsonObject& record, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const auto v = record.value(QLatin1String(name)); !v.isUndefined()) return v;
    return QJsonValue(QJsonValue::Undefined);
}
quint64 number(const QJsonValue& v) {
    return v.isArray() ? quint64(v.toArray().at(0).toDouble()) : quint64(v.toDouble());
}
qint64 timeUs(const QJsonValue& v) {
    return QDateTime::fromString(v.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch() * 1000;
}

struct NumberRule {
    Col col;
    std::initializer_list<const char*> names;
};
const NumberRule kNumbers[] = {
    {Col::protocol, {"protocol_identifier"}},
    {Col::packets, {"packet_delta_count", "packet_total_count", "initiator_packets", "post_packet_delta_count"}},
    {Col::bytes, {"octet_delta_count", "octet_total_count", "initiator_octets", "post_octet_delta_count"}},
    {Col::reversePackets, {"reverse_packet_total_count", "responder_packets"}},
    {Col::reverseBytes, {"reverse_octet_total_count", "responder_octets"}},
    {Col::inIf, {"ingress_interface"}},
    {Col::outIf, {"egress_interface"}},
    {Col::tos, {"ip_class_of_service"}},
    {Col::srcAs, {"bgp_source_as_number"}},
    {Col::dstAs, {"bgp_destination_as_number"}},
    {Col::srcMask, {"source_ipv4_prefix_length"}},
    {Col::dstMask, {"destination_ipv4_prefix_length"}},
    {Col::samplingInterval, {"sampling_interval"}},
};

// Differences, with their reasons. Uptimes in IPFIX are not compared, only durations: its header has no uptime, and the
// golden then takes it as 0.

/// The records' uptimes are a week ahead of the header's: the golden has flows in the future, Weir takes it for a
/// wrapped counter.
const QByteArrayList kUptimesDoNotFit = {"Netflow-9-Fortigate-FortiOS-5.2.1.golden.json"};
/// Records before their template, which Elastic's decoder drops and Weir decodes when it comes. They stand first.
const QHash<QByteArray, std::size_t> kHeldRecords = {{"netflow9_e10s_4_7byte_pad.pcap.golden.json", 2}};
/// Datagrams that Elastic's decoder refuses as a whole, with the sound records in them (tshark shows the same).
const QHash<QByteArray, std::size_t> kRefusedThere = {{"Netflow-9-invalid-01.golden.json", 2}};

/// What differs in one record, empty = nothing.
QString differences(const QJsonObject& golden, const testing::WholeFlows& flows, std::size_t row) {
    QString out;
    const auto differs = [&](const char* what, const QString& ours, const QString& theirs) {
        if (ours != theirs) out += QStringLiteral(" %1 %2, golden %3;").arg(QLatin1String(what), ours, theirs);
    };
    const auto same = [&](const char* what, quint64 ours, quint64 theirs) {
        differs(what, QString::number(ours), QString::number(theirs));
    };

    // Some templates have room for both families: the IPv4 addresses of an IPv6 record are 0.
    const auto address = [&](const char* v4, const char* v6) {
        const auto narrow = golden.value(QLatin1String(v4)), wide = golden.value(QLatin1String(v6));
        return narrow.isUndefined() || (narrow.toString() == u"0.0.0.0" && !wide.isUndefined()) ? wide : narrow;
    };
    if (const auto v = address("source_ipv4_address", "source_ipv6_address"); !v.isUndefined())
        differs("source", QString::fromStdString(flow::toText(flows.src[row])), v.toString());
    if (const auto v = address("destination_ipv4_address", "destination_ipv6_address"); !v.isUndefined())
        differs("destination", QString::fromStdString(flow::toText(flows.dst[row])), v.toString());
    for (const NumberRule& rule : kNumbers)
        if (const auto v = first(golden, rule.names); !v.isUndefined())
            same(*rule.names.begin(), flows.at(rule.col, row), number(v));
    if (const auto v = first(golden, {"vlan_id", "dot1q_vlan_id"}); !v.isUndefined()) {
        // A record that has both: the first that is not 0.
        const auto other = golden.value(QLatin1String("dot1q_vlan_id"));
        same("vlan", flows.at(Col::srcVlan, row), number(v) == 0 && !other.isUndefined() ? number(other) : number(v));
    }
    if (const auto v = golden.value(QLatin1String("tcp_control_bits")); !v.isUndefined())
        same("flags", flows.at(Col::tcpFlags, row), number(v) & 0xff);

    const quint64 protocol = number(golden.value(QLatin1String("protocol_identifier")));
    const auto dstPort = first(golden, {"destination_transport_port", "udp_destination_port"});
    if (protocol == 1 || protocol == 58) {
        quint64 code = number(golden.value(QLatin1String("icmp_type_code_ipv4")));
        if (code == 0)
            code = number(golden.value(QLatin1String("icmp_type_ipv4"))) << 8 |
                   number(golden.value(QLatin1String("icmp_code_ipv4")));
        if (code == 0 && !golden.contains(QLatin1String("icmp_type_ipv4"))) code = number(dstPort);
        same("ICMP", flows.at(Col::icmpTypeCode, row), code);
        same("source port", flows.at(Col::srcPort, row), 0);
        same("destination port", flows.at(Col::dstPort, row), 0);
    } else {
        if (const auto v = first(golden, {"source_transport_port", "tcp_source_port"}); !v.isUndefined())
            same("source port", flows.at(Col::srcPort, row), number(v));
        if (!dstPort.isUndefined()) same("destination port", flows.at(Col::dstPort, row), number(dstPort));
    }

    const QJsonObject exporter = golden.value(QLatin1String("exporter")).toObject();
    const auto uptime = [&](const char* name) {
        const auto age = qint64(exporter.value(QLatin1String("uptime_millis")).toDouble()) -
                         qint64(golden.value(QLatin1String(name)).toDouble());
        return timeUs(exporter.value(QLatin1String("timestamp"))) - age * 1000;
    };
    const auto start =
        first(golden, {"flow_start_milliseconds", "flow_start_seconds", "observation_time_milliseconds"});
    const auto end = first(golden, {"flow_end_milliseconds", "flow_end_seconds"});
    const bool bootKnown =
        number(exporter.value(QLatin1String("version"))) == 9 && !kUptimesDoNotFit.contains(QTest::currentDataTag());
    if (!start.isUndefined())
        same("start", quint64(flows.rows.start[row]), quint64(timeUs(start)));
    else if (bootKnown && golden.contains(QLatin1String("flow_start_sys_up_time")))
        same("start", quint64(flows.rows.start[row]), quint64(uptime("flow_start_sys_up_time")));
    if (!end.isUndefined())
        same("end", quint64(flows.rows.end[row]), quint64(timeUs(end)));
    else if (bootKnown && golden.contains(QLatin1String("flow_end_sys_up_time")))
        same("end", quint64(flows.rows.end[row]), quint64(uptime("flow_end_sys_up_time")));
    if (golden.contains(QLatin1String("flow_start_sys_up_time"))) {
        const auto lasts = qint64(golden.value(QLatin1String("flow_end_sys_up_time")).toDouble()) -
                           qint64(golden.value(QLatin1String("flow_start_sys_up_time")).toDouble());
        same("duration", quint64(flows.rows.end[row] - flows.rows.start[row]), quint64(lasts * 1000));
    }
    const auto& sender = flows.exporters.at(flows.at(Col::exporter, row) - 1);
    same("version", sender.version, number(exporter.value(QLatin1String("version"))));
    same("domain", sender.domain, number(exporter.value(QLatin1String("source_id"))));
    return out;
}

}  // namespace

void TstExportsGolden::golden_data() {
    QTest::addColumn<QStringList>("inputs");
    NEEDS_SHARED_DATA(QStringLiteral("netflow-beats/MAP.tsv"));
    const QByteArray map = contentOf(kData + QStringLiteral("/netflow-beats/MAP.tsv"));
    QVERIFY(!map.isEmpty());
    for (const QByteArray& line : map.split('\n').mid(1)) {
        const auto cells = line.split('\t');
        if (cells.size() == 2)
            QTest::newRow(cells[0].constData()) << QString::fromUtf8(cells[1]).split(u' ', Qt::SkipEmptyParts);
    }
}

void TstExportsGolden::golden() {
    QFETCH(QStringList, inputs);
    QByteArray bytes;
    for (const QString& input : inputs)
        bytes += contentOf(
            kData +
            (input.endsWith(u".pcap") ? QStringLiteral("/netflow-beats/") : QStringLiteral("/netflow-logstash/")) +
            input);
    const auto events = QJsonDocument::fromJson(contentOf(kData + QStringLiteral("/netflow-beats/golden/") +
                                                          QLatin1String(QTest::currentDataTag())))
                            .object()
                            .value(QLatin1String("events"))
                            .toArray();
    const auto flows = testing::readFlows(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))));
    if (events.isEmpty() && flows.size() == 0) return;
    QVERIFY2(flows.error.empty(), flows.error.c_str());
    if (kRefusedThere.contains(QTest::currentDataTag())) {
        QCOMPARE(flows.size(), kRefusedThere.value(QTest::currentDataTag()));
        return;
    }
    std::size_t row = kHeldRecords.value(QTest::currentDataTag()), without = 0;
    QString wrong;
    for (const QJsonValue& event : events) {
        const QJsonObject record =
            event.toObject().value(QLatin1String("Fields")).toObject().value(QLatin1String("netflow")).toObject();
        if (record.value(QLatin1String("type")).toString() != u"netflow_flow") continue;
        if (first(record, {"source_ipv4_address", "source_ipv6_address", "destination_ipv4_address",
                           "destination_ipv6_address"})
                .isUndefined()) {
            ++without;
            continue;
        }
        QVERIFY2(row < flows.size(), qPrintable(QStringLiteral("only %1 records").arg(flows.size())));
        const QString differ = differences(record, flows, row);
        if (!differ.isEmpty()) wrong += QStringLiteral("record %1:%2\n").arg(row).arg(differ);
        ++row;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(QLatin1Char('\n') + wrong.left(2000)));
    QCOMPARE(flows.size(), row);
    QCOMPARE(flows.dropped("record without addresses"), without);
}

QTEST_APPLESS_MAIN(TstExportsGolden)
#include "tst_exports_golden.moc"
