// The text formats of flow tools: real files against what the tools or the binary files of the same name say, and
// samples by their documentation.
#include "core/base/text.h"
#include "core/capture/unpack.h"
#include "core/flow/packet_record.h"
#include "tests/support/flow_reading.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace weir;
using flow::Col;
using test::FlowRow;
using test::readFlowText;
using test::WholeFlowFile;

namespace {

const QString kData = test::sharedData();

QByteArray contents(const QString& path) {
    QFile f(path);
    if (!f.open(QIODevice::ReadOnly)) return {};
    const QByteArray bytes = f.readAll();
    const auto span = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
    if (capture::packingOf(span).empty()) return bytes;
    const auto out = capture::unpackedHead(span, 1u << 28);
    return QByteArray(reinterpret_cast<const char*>(out.data()), qsizetype(out.size()));
}
WholeFlowFile readAll(const QString& path) {
    const QByteArray bytes = contents(path);
    return test::readFlowFile(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))));
}
std::int64_t utc(const char* text) { return parseUtc(text).value(); }

}  // namespace

class TstTextFormats : public QObject {
    Q_OBJECT
private slots:
    void nfdumpCsvEqualsItsNfcapd_data();
    void nfdumpCsvEqualsItsNfcapd();
    void nfdumpHeads();
    void zeekDay();
    void zeekTextEqualsJson();
    void zeekTruncated();
    void zeekFields();
    void zeekWithoutPath();
    void ctu13();
    void argusFields();
    void slips();
    void cicFlowMeter();
    void cicFlowMeterOfPython();
    void rwcut();
    void ipfixNames();

private:
    QTemporaryDir folder_;
};

void TstTextFormats::nfdumpCsvEqualsItsNfcapd_data() {
    QTest::addColumn<QString>("binaryFile");
    QTest::addColumn<QString>("textFile");
    const QDir dir(kData + QStringLiteral("/derived/nfcapd"));
    for (const QString& file : dir.entryList({QStringLiteral("*.nfcapd")}))
        if (const QString text = file.chopped(7) + QStringLiteral(".csv"); dir.exists(text))
            QTest::newRow(qPrintable(file)) << dir.filePath(file) << dir.filePath(text);
    for (const QString& own : test::ownNfcapd(folder_.path())) {
        const QString text = own + QStringLiteral(".csv");
        QProcess nfdump;
        nfdump.setStandardOutputFile(text);
        nfdump.start(QStringLiteral("nfdump"),
                     {QStringLiteral("-q"), QStringLiteral("-r"), own, QStringLiteral("-o"), QStringLiteral("csv")});
        QVERIFY(nfdump.waitForFinished() && nfdump.exitCode() == 0);
        QTest::addRow("own %s", qPrintable(QFileInfo(own).fileName())) << own << text;
    }
}

/// Both are what nfdump knows of the same flows; the text has times to the second and the duration to the millisecond.
void TstTextFormats::nfdumpCsvEqualsItsNfcapd() {
    QFETCH(QString, binaryFile);
    QFETCH(QString, textFile);
    const WholeFlowFile binary = readAll(binaryFile);
    QVERIFY2(binary.error.empty(), binary.error.c_str());
    const WholeFlowFile text = readAll(textFile);
    QVERIFY(!text.rows.empty());
    QCOMPARE(text.reader, std::string_view("nfdump-csv"));
    QCOMPARE(text.drops.damaged(), std::uint64_t(0));
    const std::uint64_t withoutAddresses =
        binary.dropped("record without addresses or counters");  // nfdump prints them as 0.0.0.0
    QCOMPARE(text.rows.size(), binary.rows.size() + withoutAddresses);
    if (withoutAddresses > 0) return;
    // Columns beyond the counters are compared where the binary reader carries them.
    const auto isRich = [](const FlowRow& r) {
        return std::any_of(r.value.begin() + std::ptrdiff_t(Col::srcAs), r.value.end(),
                           [](std::int64_t v) { return v != 0; });
    };
    const bool rich = std::any_of(binary.rows.begin(), binary.rows.end(), isRich);
    constexpr std::int64_t kSecond = 1000000;
    for (std::size_t i = 0; i < text.rows.size(); ++i) {
        FlowRow t = text.rows[i], b = binary.rows[i];
        QCOMPARE(t[Col::start], b[Col::start] / kSecond * kSecond);
        if (b[Col::end] >= b[Col::start])
            QCOMPARE(t[Col::end] - t[Col::start], b[Col::end] - b[Col::start]);
        else
            QCOMPARE(t[Col::end], b[Col::end] / kSecond * kSecond);
        // The text has no flags of the other direction and no exporter number.
        for (const Col c : {Col::start, Col::end, Col::reverseTcpFlags, Col::exporter, Col::samplingInterval})
            t.value[std::size_t(c)] = b.value[std::size_t(c)] = 0;
        if (!rich) std::fill(t.value.begin() + std::ptrdiff_t(Col::srcAs), t.value.end(), 0);
        if (t != b)
            QFAIL(
                ("row " + std::to_string(i) + "\n text   " + test::toText(t) + "\n binary " + test::toText(b)).c_str());
    }
}

void TstTextFormats::nfdumpHeads() {
    const auto old = readFlowText(
        "ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt,opkt,obyt,sas,das,in,out,svln\n"
        "2015-05-02 18:38:04,2015-05-02 "
        "18:38:07,2.578,10.0.2.2,2001:db8::1,54435,22,TCP,...A..S.,5,230,4,200,64500,64501,7,8,30\n"
        "2015-05-02 18:38:04,2015-05-02 18:38:04,0.000,10.0.2.2,10.0.2.3,0,2048,ICMP,........,1,84,0,0,0,0,0,0,0\n"
        "Summary\nflows,bytes,packets,avg_bps,avg_pps,avg_bpp\n2,314,6,0,0,52\n");
    QCOMPARE(old.reader, std::string_view("nfdump-csv"));
    QVERIFY(old.drops.list().empty());
    QCOMPARE(old.rows.size(), std::size_t(2));
    const FlowRow& a = old.rows[0];
    QCOMPARE(a[Col::start], utc("2015-05-02T18:38:04Z"));
    QCOMPARE(a[Col::end] - a[Col::start], std::int64_t(2578000));
    QVERIFY(a.src == "10.0.2.2" && a.dst == "2001:db8::1");
    QVERIFY(a[Col::srcPort] == 54435 && a[Col::dstPort] == 22 && a[Col::protocol] == 6 && a[Col::tcpFlags] == 0x12);
    QVERIFY(a[Col::packets] == 5 && a[Col::bytes] == 230 && a[Col::reversePackets] == 4 && a[Col::reverseBytes] == 200);
    QVERIFY(a[Col::srcAs] == 64500 && a[Col::dstAs] == 64501 && a[Col::inIf] == 7 && a[Col::outIf] == 8 &&
            a[Col::srcVlan] == 30);
    QVERIFY(old.rows[1][Col::icmpTypeCode] == 2048 && old.rows[1][Col::dstPort] == 0);

    const auto recent = readFlowText(
        "firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n"
        "2024-05-02 18:38:04.250,0.012,UDP,10.0.2.2,53211,10.0.2.3,53,1,70,1\n");
    QCOMPARE(recent.rows.size(), std::size_t(1));
    QCOMPARE(recent.reader, std::string_view("nfdump-csv"));
    QCOMPARE(recent.rows[0][Col::start], utc("2024-05-02T18:38:04.250Z"));
    QCOMPARE(recent.rows[0][Col::end], utc("2024-05-02T18:38:04.262Z"));
    QVERIFY(recent.rows[0][Col::dstPort] == 53 && recent.rows[0][Col::bytes] == 70);
}

void TstTextFormats::zeekDay() {
    NEEDS_SHARED_DATA(QStringLiteral("zeek-rita/missing_host/2024-04-20"));
    const QDir dir(kData + QStringLiteral("/zeek-rita/missing_host/2024-04-20"));
    std::size_t rows = 0;
    for (const QString& name : dir.entryList({QStringLiteral("*.gz")})) {
        const QByteArray text = contents(dir.filePath(name));
        const WholeFlowFile f = readFlowText({text.constData(), std::size_t(text.size())});
        QCOMPARE(f.reader, std::string_view("zeek"));
        QVERIFY(f.drops.list().empty());
        // Sums by a second, plain reading of the same lines.
        std::int64_t theirs = 0, ours = 0;
        for (const QByteArray& line : text.split('\n')) {
            if (line.isEmpty() || line.startsWith('#')) continue;
            const auto fields = line.split('\t');
            theirs += fields[17].toLongLong() + fields[18].toLongLong() * 3 + fields[19].toLongLong() * 5 +
                      fields[20].toLongLong() * 7 + fields[4].toLongLong();
        }
        for (const FlowRow& r : f.rows) {
            ours += r[Col::packets] + r[Col::bytes] * 3 + r[Col::reversePackets] * 5 + r[Col::reverseBytes] * 7;
            ours += r[Col::protocol] == flow::kIcmp || r[Col::protocol] == flow::kIcmp6 ? r[Col::icmpTypeCode] / 256
                                                                                        : r[Col::srcPort];
        }
        QCOMPARE(ours, theirs);
        rows += f.rows.size();
    }
    QCOMPARE(rows, std::size_t(39073));
}

void TstTextFormats::zeekTextEqualsJson() {
    NEEDS_SHARED_DATA(QStringLiteral("zeek-rita"));
    const auto text = readAll(kData + QStringLiteral("/zeek-rita/open_conns/closed/conn.log"));
    const auto json = readAll(kData + QStringLiteral("/zeek-rita/json_with_all_fields/open_conn.log"));
    QCOMPARE(json.reader, std::string_view("zeek-json"));
    QCOMPARE(text.rows.size(), std::size_t(59));
    QVERIFY(text.rows == json.rows);
}

void TstTextFormats::zeekTruncated() {
    NEEDS_SHARED_DATA(QStringLiteral("zeek-rita"));
    const auto text = readAll(kData + QStringLiteral("/zeek-rita/truncated/conn.log"));
    QCOMPARE(text.rows.size(), std::size_t(58));
    QCOMPARE(text.dropped("row with too few fields"), std::uint64_t(1));
    const auto bare = readAll(kData + QStringLiteral("/zeek-rita/truncated/conn_top.log"));
    QCOMPARE(bare.reader, std::string_view("zeek"));
    QVERIFY(bare.rows == text.rows);
    const auto json = readAll(kData + QStringLiteral("/zeek-rita/truncated/conn_json.log"));
    QCOMPARE(json.rows.size(), std::size_t(2));
    QCOMPARE(json.dropped("unreadable number"), std::uint64_t(1));  // port 93145
    QCOMPARE(json.dropped("damaged JSON"), std::uint64_t(1));
}

void TstTextFormats::zeekFields() {
    const auto f = readFlowText(
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
        "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\tconn_"
        "state\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"
        "1700000000.5\tC1\t10.0.0.1\t1234\t10.0.0.2\t80\ttcp\t1.25\t100\t200\tSF\tShADadfF\t5\t360\t4\t400\n"
        "1700000001\tC2\t10.0.0.1\t1235\t10.0.0.2\t81\ttcp\t-\t-\t-\tREJ\t-\t1\t60\t1\t40\n"
        "1700000002\tC3\t10.0.0.1\t8\t10.0.0.2\t0\ticmp\t0.1\t56\t56\tOTH\t-\t1\t84\t1\t84\n"
        "1700000003\tC4\tfe80::1\t135\tfe80::2\t136\ticmp\t-\t-\t-\tOTH\t-\t1\t72\t0\t0\n"
        "1700000004\tC5\t10.0.0.9\t3\t10.0.0.2\t10\ticmp\t-\t-\t-\tOTH\t-\t1\t56\t0\t0\n"
        "1700000005\tC6\t10.0.0.9\t53\t10.0.0.2\t53\tudp\t-\t30\t-\tS0\tD\t1\t-\t0\t-\n"
        "#close\t2023-11-14-22-13-25\n");
    QCOMPARE(f.rows.size(), std::size_t(6));
    QVERIFY(f.drops.list().empty());
    const auto& r = f.rows;
    QCOMPARE(r[0][Col::start], std::int64_t(1700000000500000));
    QCOMPARE(r[0][Col::end], std::int64_t(1700000001750000));
    QCOMPARE(r[0][Col::tcpFlags], std::int64_t(flow::kSyn | flow::kAck | flow::kFin));
    QCOMPARE(r[0][Col::reverseTcpFlags], std::int64_t(flow::kSyn | flow::kAck | flow::kFin));
    QVERIFY(r[0][Col::bytes] == 360 && r[0][Col::reverseBytes] == 400 && r[0][Col::packets] == 5 &&
            r[0][Col::reversePackets] == 4);
    QVERIFY(r[1][Col::tcpFlags] == flow::kSyn && r[1][Col::reverseTcpFlags] == flow::kRst);
    QVERIFY(r[2][Col::icmpTypeCode] == 8 * 256 && r[2][Col::srcPort] == 0 && r[2][Col::dstPort] == 0 &&
            r[2][Col::protocol] == flow::kIcmp);
    QVERIFY(r[3][Col::icmpTypeCode] == 135 * 256 && r[3][Col::protocol] == flow::kIcmp6);
    QVERIFY(r[4][Col::icmpTypeCode] == 3 * 256 + 10);
    QVERIFY(r[5][Col::bytes] == 30 && r[5][Col::tcpFlags] == 0);  // payload stands in for a missing datagram length
}

void TstTextFormats::zeekWithoutPath() {
    const auto dns = readFlowText(
        "#separator "
        "\\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\n1700000000.5\tC1\t10."
        "0.0.1\t1234\t10.0.0.2\t53\tudp\n");
    QVERIFY(!dns.error.empty());
}

void TstTextFormats::ctu13() {
    const QString path = kData + QStringLiteral("/ctu13/capture20110818-2.binetflow");
    NEEDS_SHARED_DATA(path);
    const WholeFlowFile f = readAll(path);
    QCOMPARE(f.reader, std::string_view("argus"));
    QCOMPARE(f.drops.damaged(), std::uint64_t(0));
    QCOMPARE(f.dropped("not IP"), std::uint64_t(57));  // 54 arp, 2 rarp, 1 ipx/spx
    QCOMPARE(f.rows.size(), std::size_t(107251 - 57));
    std::map<std::int64_t, std::size_t> byProtocol;
    std::int64_t packets = 0, bytes = 0, sourceBytes = 0, plainPackets = 0, plainBytes = 0, plainSource = 0, flood = 0;
    for (const FlowRow& r : f.rows) {
        ++byProtocol[r[Col::protocol]];
        packets += r[Col::packets] + r[Col::reversePackets];
        bytes += r[Col::bytes] + r[Col::reverseBytes];
        sourceBytes += r[Col::bytes];
        QVERIFY(r[Col::bytes] == 0 || r[Col::packets] > 0);
        flood += (r.src == "147.32.84.191" || r.src == "147.32.84.165") && r[Col::protocol] == flow::kIcmp &&
                 r[Col::icmpTypeCode] == 8 * 256;
    }
    QCOMPARE(byProtocol[flow::kTcp], std::size_t(19307));
    QCOMPARE(byProtocol[flow::kUdp],
             std::size_t(74884 + 76 + 21 + 5));  // with rtcp, rtp and udt, which Argus names apart
    QCOMPARE(byProtocol[flow::kIcmp], std::size_t(12805));
    for (const QByteArray& line : contents(path).split('\n')) {
        const auto field = line.split(',');
        if (field.size() < 15 || field[2] == "arp" || field[2] == "rarp" || field[2] == "ipx/spx" ||
            field[0] == "StartTime")
            continue;
        plainPackets += field[11].toLongLong();
        plainBytes += field[12].toLongLong();
        plainSource += field[13].toLongLong();
    }
    QCOMPARE(packets, plainPackets);
    QCOMPARE(bytes, plainBytes);
    QCOMPARE(sourceBytes, plainSource);
    QVERIFY(flood > 100);
}

void TstTextFormats::argusFields() {
    const auto f = readFlowText(
        "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,SrcPkts,Label\n"
        "2018/12/18 14:00:00.075359,0.5,tcp,216.73.23.146,52691,   ->,147.32.81.57,445,S_RA,0,184,3,210,140,2,\n"
        "2018/12/18 14:00:01.000000,0.0,icmp,10.0.0.1,0x0303,   ->,10.0.0.2,0x4fa8,URP,0,,1,173,173,1,\n"
        "2018/12/18 14:00:02.000000,0.0,icmp,10.0.0.1,0x0105,   ->,10.0.0.2,0x4fa8,RED,0,,1,173,173,1,\n"
        "2018/12/18 14:00:03.000000,0.0,icmp,10.0.0.1,,  <-,10.0.0.2,0x0002,ECR,,0,2,148,0,0,\n"
        "2018/12/18 14:00:04.000000,0.0,ipv6-icmp,fe80::1,135,   ->,ff02::1,0,NNS,0,,1,78,78,1,\n"
        "2018/12/18 14:00:05.000000,0.0,arp,10.0.0.1,,  who,10.0.0.2,,CON,,,2,120,60,1,\n"
        "2018/12/18 14:00:06.000000,0.0,esp,10.0.0.1,,   ->,10.0.0.2,0x1f2e3d4c,INT,0,,1,178,178,1,\n");
    QCOMPARE(f.dropped("not IP"), std::uint64_t(1));
    QCOMPARE(f.rows.size(), std::size_t(6));
    QCOMPARE(f.drops.damaged(), std::uint64_t(0));
    const auto& r = f.rows;
    QVERIFY(r[0][Col::tcpFlags] == flow::kSyn && r[0][Col::reverseTcpFlags] == (flow::kRst | flow::kAck));
    QVERIFY(r[0][Col::packets] == 2 && r[0][Col::reversePackets] == 1 && r[0][Col::bytes] == 140 &&
            r[0][Col::reverseBytes] == 70 && r[0][Col::dstTos] == 184);
    QCOMPARE(r[1][Col::icmpTypeCode], std::int64_t(3 * 256 + 3));
    QCOMPARE(r[2][Col::icmpTypeCode], std::int64_t(5 * 256 + 1));
    QVERIFY(r[3][Col::icmpTypeCode] == 0 && r[3][Col::reversePackets] == 2 && r[3][Col::packets] == 0);
    QCOMPARE(r[4][Col::icmpTypeCode], std::int64_t(135 * 256));
    QVERIFY(r[5][Col::protocol] == 50 && r[5][Col::dstPort] == 0);
}

void TstTextFormats::slips() {
    NEEDS_SHARED_DATA(QStringLiteral("slips"));
    const auto rows = [](const char* name) {
        return readAll(kData + QStringLiteral("/slips/") + QString::fromLatin1(name));
    };
    QCOMPARE(rows("test2-malicious.binetflow").rows.size(), std::size_t(6751));
    QCOMPARE(rows("test3-mixed.binetflow").rows.size(), std::size_t(89));
    QCOMPARE(rows("test11-portscan.binetflow").rows.size(), std::size_t(66));
    const auto tabs = rows("test5-mixed.binetflow");  // tab-separated, 299 rows of which some are not IP
    QCOMPARE(tabs.rows.size() + tabs.dropped("not IP"), std::size_t(300));
    QCOMPARE(rows("test9-mixed-zeek-dir/conn.log").rows.size(), std::size_t(576));
    QCOMPARE(rows("test14-malicious-zeek-dir/conn.log").rows.size(), std::size_t(5));
    QCOMPARE(rows("test10-mixed-zeek-dir/conn.log").rows.size(), std::size_t(141));
    QCOMPARE(rows("port-scans/vertical/conn.log").rows.size(), std::size_t(50));
    QCOMPARE(rows("test18-malicious-ctu-sme-11-win/zeek-labeled/conn.log.labeled").rows.size(), std::size_t(766));
}

void TstTextFormats::cicFlowMeter() {
    const auto f = readFlowText(
        "Flow ID, Source IP, Source Port, Destination IP, Destination Port, Protocol, Timestamp, Flow Duration, Total "
        "Fwd Packets, Total Backward Packets,"
        "Total Length of Fwd Packets, Total Length of Bwd Packets,FIN Flag Count, SYN Flag Count, ACK Flag Count, "
        "Label\n"
        "192.168.10.5-104.16.207.165-54865-443-6,104.16.207.165,443,192.168.10.5,54865,6,7/7/2017 "
        "3:30,3,2,0,12,0,0,1,1,BENIGN\n"
        "x,10.0.0.1,1,10.0.0.2,2,6,31/07/2017 03:30:05 PM,1000000,2,1,12.0,40,1,1,1,BENIGN\n"
        "x,10.0.0.1,1,10.0.0.2,2,17,31/13/2017 03:30:05 PM,1,2,1,12,40,0,0,0,BENIGN\n");
    QCOMPARE(f.reader, std::string_view("cicflowmeter"));
    QCOMPARE(f.rows.size(), std::size_t(2));
    QCOMPARE(f.dropped("unreadable time"), std::uint64_t(1));
    QCOMPARE(f.rows[0][Col::start], utc("2017-07-07T03:30:00Z"));
    QCOMPARE(f.rows[0][Col::end] - f.rows[0][Col::start], std::int64_t(3));
    QCOMPARE(f.rows[0][Col::tcpFlags], std::int64_t(flow::kSyn | flow::kAck));
    QCOMPARE(f.rows[1][Col::start], utc("2017-07-31T15:30:05Z"));
    QVERIFY(f.rows[1][Col::tcpFlags] == 0 &&
            f.rows[1][Col::reverseTcpFlags] == 0);  // counted over both directions: nobody knows whose
    QVERIFY(f.rows[1][Col::bytes] == 12 && f.rows[1][Col::reverseBytes] == 40 && f.rows[1][Col::reversePackets] == 1);
}

void TstTextFormats::cicFlowMeterOfPython() {
    const auto f = readFlowText(
        "src_ip,dst_ip,src_port,dst_port,protocol,timestamp,flow_duration,tot_fwd_pkts,tot_bwd_pkts,totlen_fwd_pkts,"
        "totlen_bwd_pkts\n"
        "10.0.0.1,10.0.0.2,1000,53,17,2024-01-02 03:04:05,1.5,1,1,70,120\n");
    QCOMPARE(f.reader, std::string_view("cicflowmeter"));
    QCOMPARE(f.rows.size(), std::size_t(1));
    QCOMPARE(f.rows[0][Col::end], utc("2024-01-02T03:04:06.500Z"));
}

void TstTextFormats::rwcut() {
    const auto f = readFlowText(
        "            sIP|            dIP|sPort|dPort|pro|   packets|     bytes|   flags|                  sTime| "
        "duration|                  eTime|sen|\n"
        "   10.4.41.195|   192.168.1.24|12345|   80|  6|        10|      1024| FS PA  |2009/02/12T00:00:00.123|    "
        "1.500|2009/02/12T00:00:01.623| S0|\n"
        "   10.4.41.195|   192.168.1.24|    0| 2048|  1|         1|        84|        |2009/02/12T00:00:02.000|    "
        "0.000|2009/02/12T00:00:02.000| S0|\n");
    QCOMPARE(f.reader, std::string_view("rwcut"));
    QCOMPARE(f.rows.size(), std::size_t(2));
    QVERIFY(f.rows[0].src == "10.4.41.195" && f.rows[0].dst == "192.168.1.24");
    QCOMPARE(f.rows[0][Col::start], utc("2009-02-12T00:00:00.123Z"));
    QCOMPARE(f.rows[0][Col::end], utc("2009-02-12T00:00:01.623Z"));
    QCOMPARE(f.rows[0][Col::tcpFlags], std::int64_t(flow::kFin | flow::kSyn | flow::kPsh | flow::kAck));
    QVERIFY(f.rows[0][Col::packets] == 10 && f.rows[0][Col::bytes] == 1024);
    QCOMPARE(f.rows[1][Col::icmpTypeCode], std::int64_t(2048));
}

void TstTextFormats::ipfixNames() {
    const auto f = readFlowText(
        "id,flowStartMilliseconds,flowEndMilliseconds,flowDurationMilliseconds,protocolIdentifier,sourceIPv4Address,"
        "sourceIPv6Address,sourceTransportPort,"
        "destinationIPv4Address,destinationIPv6Address,destinationTransportPort,tcpControlBits,packetDeltaCount,"
        "octetDeltaCount,class\n"
        "1:0,2024-01-02T03:04:05.000250Z,2024-01-02T03:04:06.000Z,999.75,6,10.0.0.1,,1000,10.0.0.2,,80,18,3,180,"
        "\"Malicious, scanning\"\n"
        "1:1,1704164645000,1704164646000,1000,58,,2001:db8::1,0,,2001:db8::2,32768,0,1,72,\n");
    QCOMPARE(f.reader, std::string_view("ipfix-text"));
    QCOMPARE(f.rows.size(), std::size_t(2));
    QCOMPARE(f.rows[0][Col::start], utc("2024-01-02T03:04:05.000250Z"));
    QVERIFY(f.rows[0].src == "10.0.0.1" && f.rows[0][Col::tcpFlags] == 18);
    QCOMPARE(f.rows[1][Col::start], utc("2024-01-02T03:04:05Z"));
    QVERIFY(f.rows[1].dst == "2001:db8::2" && f.rows[1][Col::icmpTypeCode] == 32768);
    const auto json = readFlowText(
        "[\n  "
        "{\"id\":\"1:0\",\"flowStartMilliseconds\":\"2024-01-02T03:04:05.000250Z\",\"flowEndMilliseconds\":\"2024-01-"
        "02T03:04:06.000Z\",\"protocolIdentifier\":6,"
        "\"sourceIPv4Address\":\"10.0.0.1\",\"sourceTransportPort\":1000,\"destinationIPv4Address\":\"10.0.0.2\","
        "\"destinationTransportPort\":80,\"tcpControlBits\":18,"
        "\"packetDeltaCount\":3,\"octetDeltaCount\":180,\"signs\":[\"a\",\"b]\"]},\n"
        "  "
        "{\"flowStartMilliseconds\":1704164645000,\"flowEndMilliseconds\":1704164646000,\"protocolIdentifier\":58,"
        "\"sourceIPv6Address\":\"2001:db8::1\",\"sourceTransportPort\":0,"
        "\"destinationIPv6Address\":\"2001:db8::2\",\"destinationTransportPort\":32768,\"tcpControlBits\":0,"
        "\"packetDeltaCount\":1,\"octetDeltaCount\":72}\n]\n");
    QCOMPARE(json.reader, std::string_view("ipfix-text"));
    QVERIFY(json.drops.list().empty());
    QCOMPARE(json.rows.size(), f.rows.size());
    for (std::size_t i = 0; i < f.rows.size(); ++i)
        QCOMPARE(QString::fromStdString(test::toText(json.rows[i])), QString::fromStdString(test::toText(f.rows[i])));
}

QTEST_APPLESS_MAIN(TstTextFormats)
#include "tst_text_formats.moc"
