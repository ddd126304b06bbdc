// Packet readers against capinfos: the sample, every capture of the shared data, and the same packets in different
// containers.
#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "tests/support/own_captures.h"
#include "tests/support/packet_reading.h"
#include "tests/support/shared_data.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace weir;
using testing::readTrace;
using testing::WholeTrace;

namespace {

MappedFile mapped(const QString& relative) {
    auto file = MappedFile::open(test::sharedData(relative).toStdString());
    if (!file) qFatal("%s", file.error().detail.c_str());
    return std::move(*file);
}
WholeTrace traceOf(const QString& relative) { return readTrace(mapped(relative).bytes()); }

/// Captures whose times make no sense, so that the tools cannot agree: seconds beyond 2^31, or fractions of a second
/// above a second, which capinfos keeps (and wraps at 32 bits of ns) and we carry over; a pcapng with ticks near 2^64,
/// which we cut at our limit.
const QSet<QString> kSenselessTimes = {
    QStringLiteral("malformed-tcpdump/atm-oam-loopback-print-overrun.pcap"),
    QStringLiteral("malformed-tcpdump/bgp_vpn_rt-oobr.pcap"),
    QStringLiteral("malformed-tcpdump/olsr-oobr-2.pcap"),
    QStringLiteral("malformed-tcpdump/rx_serviceid_oobr.pcap"),
    QStringLiteral("malformed-tcpdump/timestamp_invalid_micro.pcap"),
    QStringLiteral("ndpi/pcap/fuzz-2021-10-13.pcap"),
    QStringLiteral("mixed-pcapplusplus/Pcap++Test/PcapExamples/pcapng-example.pcapng"),
};

/// `printed` is "2004-09-16 00:00:01.000721[000]", with as many digits as the interface's resolution has.
bool agrees(std::int64_t us, const QString& printed) {
    const qsizetype digits = std::min<qsizetype>(6, printed.size() - 1 - printed.indexOf(u'.'));
    std::int64_t unit = 1;
    for (qsizetype d = digits; d < 6; ++d) unit *= 10;
    return parseUtc(printed.left(26).toStdString()) == us / unit * unit;
}

}  // namespace

class TstPcapCaptures : public QObject {
    Q_OBJECT
private slots:
    void theSampleAgreesWithCapinfos();
    void theSampleInOtherContainers_data();
    void theSampleInOtherContainers();
    void everyCaptureAgreesWithCapinfos();
    void capturesThatCapinfosRefuses_data();
    void capturesThatCapinfosRefuses();
    void samePacketsInEveryContainer_data();
    void samePacketsInEveryContainer();
    void pcapngByteOrdersAgree();
    void linkTypes_data();
    void linkTypes();
    void foreignFormatsAreNamed_data();
    void foreignFormatsAreNamed();
};

void TstPcapCaptures::theSampleAgreesWithCapinfos() {
    QProcess capinfos;
    capinfos.start(QStringLiteral("capinfos"), QStringLiteral("-T -r -M -c -a -e -S").split(u' ')
                                                   << test::sampleCapture());
    QVERIFY(capinfos.waitForFinished() && capinfos.exitCode() == 0);
    const QStringList column = QString::fromUtf8(capinfos.readAllStandardOutput()).trimmed().split(u'\t');
    QCOMPARE(column.size(), 4);
    const WholeTrace trace = traceOf(test::sampleCapture());
    QCOMPARE(qulonglong(trace.seen), column[1].toULongLong());
    QCOMPARE(QString::number(double(trace.times.first) / 1e6, 'f', 6), column[2]);
    QCOMPARE(QString::number(double(trace.times.last) / 1e6, 'f', 6), column[3]);
}

void TstPcapCaptures::theSampleInOtherContainers_data() {
    QTest::addColumn<QString>("format");
    for (const char* format : {"pcap", "nsecpcap", "pcapng"}) QTest::newRow(format) << QString::fromLatin1(format);
}

void TstPcapCaptures::theSampleInOtherContainers() {
    QFETCH(QString, format);
    const QTemporaryDir folder;
    const QString file = folder.filePath(format);
    QCOMPARE(QProcess::execute(QStringLiteral("editcap"), {QStringLiteral("-F"), format, test::sampleCapture(), file}),
             0);
    const WholeTrace plain = traceOf(test::sampleCapture()), other = traceOf(file);
    QVERIFY(plain.packets.size() > 50'000);
    QVERIFY(testing::samePackets(plain.packets, other.packets));
}

void TstPcapCaptures::everyCaptureAgreesWithCapinfos() {
    NEEDS_SHARED_DATA(QStringLiteral("derived/CAPINFOS.tsv"));
    QFile list(test::sharedData(QStringLiteral("derived/CAPINFOS.tsv")));
    QVERIFY(list.open(QIODevice::ReadOnly));
    QStringList wrong;
    int compared = 0, timed = 0, archives = 0;
    const QStringList lines = QString::fromUtf8(list.readAll()).split(u'\n', Qt::SkipEmptyParts).mid(1);
    for (const QString& line : lines) {
        const QStringList column = line.split(u'\t');
        if (column[1].startsWith(QStringLiteral("unreadable"))) continue;
        const MappedFile file = mapped(column[0]);
        if (!capture::bestReader(file.bytes())) {
            archives += QByteArray::fromStdString(capture::describeUnknown(file.bytes())).contains("gzip");
            continue;
        }
        const WholeTrace trace = readTrace(file.bytes());
        ++compared;
        if (trace.seen != column[3].toULongLong())
            wrong << QStringLiteral("%1: %2 packets, capinfos says %3").arg(column[0]).arg(trace.seen).arg(column[3]);
        if (column[5].isEmpty() || column[5] == QStringLiteral("n/a") || kSenselessTimes.contains(column[0])) continue;
        if (!agrees(trace.times.first, column[5]) || !agrees(trace.times.last, column[6]))
            wrong << QStringLiteral("%1: times %2 to %3, capinfos says %4 to %5")
                         .arg(column[0])
                         .arg(trace.times.first)
                         .arg(trace.times.last)
                         .arg(column[5], column[6]);
        ++timed;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    QCOMPARE(archives, 4);
    QVERIFY(compared > 900 && timed > 850);
}

void TstPcapCaptures::capturesThatCapinfosRefuses_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");
    QTest::newRow("juniper 1") << QStringLiteral("malformed-tcpdump/hoobr_juniper3.pcap")
                               << QStringLiteral("unknown link type");
    QTest::newRow("juniper 2") << QStringLiteral("malformed-tcpdump/juniper_es_oobr.pcap")
                               << QStringLiteral("unknown link type");
    QTest::newRow("link type 182") << QStringLiteral("malformed-tcpdump/kday6.pcap")
                                   << QStringLiteral("unknown link type");
    QTest::newRow("version 2 section, be")
        << QStringLiteral("pcapng-gopacket/be/test901.pcapng") << QStringLiteral("section of an unsupported version");
    QTest::newRow("version 2 section, le")
        << QStringLiteral("pcapng-gopacket/le/test901.pcapng") << QStringLiteral("section of an unsupported version");
}

void TstPcapCaptures::capturesThatCapinfosRefuses() {
    QFETCH(QString, path);
    NEEDS_SHARED_DATA(path);
    QFETCH(QString, reason);
    const WholeTrace trace = traceOf(path);
    QCOMPARE(trace.error, std::string());
    QCOMPARE(trace.dropped(reason.toStdString()), 1u);
}

void TstPcapCaptures::samePacketsInEveryContainer_data() {
    QTest::addColumn<QString>("path");
    for (const char* name : {"100_packets.pcapng", "100_packetsns.pcap"})
        QTest::newRow(name) << QStringLiteral("formats-libtrace/") + QString::fromLatin1(name);
}

void TstPcapCaptures::samePacketsInEveryContainer() {
    QFETCH(QString, path);
    NEEDS_SHARED_DATA(path);
    const WholeTrace plain = traceOf(QStringLiteral("formats-libtrace/100_packets.pcap"));
    const WholeTrace other = traceOf(path);
    QCOMPARE(plain.seen, 100u);
    QVERIFY(!plain.packets.empty());
    QVERIFY(testing::samePackets(plain.packets, other.packets));
}

void TstPcapCaptures::pcapngByteOrdersAgree() {
    NEEDS_SHARED_DATA(QStringLiteral("pcapng-gopacket"));
    const QDir little(test::sharedData(QStringLiteral("pcapng-gopacket/le")));
    int compared = 0;
    for (const QString& name : little.entryList({QStringLiteral("*.pcapng")}, QDir::Files)) {
        const WholeTrace le = traceOf(QStringLiteral("pcapng-gopacket/le/") + name),
                         be = traceOf(QStringLiteral("pcapng-gopacket/be/") + name);
        QVERIFY2(le.error == be.error && le.seen == be.seen && testing::samePackets(le.packets, be.packets),
                 qPrintable(name));
        compared += le.seen > 0;
    }
    QVERIFY(compared > 10);
}

void TstPcapCaptures::linkTypes_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<qulonglong>("ipPackets");  // tshark -Y "ip || ipv6"
    const auto row = [](const char* path, qulonglong n) { QTest::newRow(path) << QString::fromLatin1(path) << n; };
    const char* const pp = "mixed-pcapplusplus/Pcap++Test/PcapExamples/";
    const auto example = [&](const char* name, qulonglong n) {
        row(qPrintable(QString::fromLatin1(pp) + QString::fromLatin1(name)), n);
    };
    example("linktype_ipv4.pcap", 2);
    example("linktype_ipv6.pcap", 1);
    example("raw_ip.pcap", 100);
    example("null_loopback.pcap", 3);
    example("sll.pcap", 511);
    example("sll2.pcap", 3);
    example("VlanPackets.pcap", 20);
    example("many_interfaces-1.pcapng", 64);
    example("example2.pcap", 4699);
    row("formats-libtrace/qinq.pcap", 0);     // ARP behind two tags
    row("formats-libtrace/100_sll.pcap", 0);  // its protocol field does not say IP
    row("formats-libtrace/vlan.pcap", 230);
    row("formats-libtrace/mpls.pcap", 10);
    row("formats-libtrace/10_packets_radiotap.pcap", 0);  // management frames
    row("sessions-arkime/80211http.pcap", 26);
    row("zeek/wlanmon.pcap", 3);
}

void TstPcapCaptures::linkTypes() {
    QFETCH(QString, path);
    NEEDS_SHARED_DATA(path);
    QFETCH(qulonglong, ipPackets);
    const WholeTrace trace = traceOf(path);
    QCOMPARE(qulonglong(trace.packets.size()), ipPackets);
    QCOMPARE(trace.drops.damaged(), 0u);
}

void TstPcapCaptures::foreignFormatsAreNamed_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("flow-tools, big") << QStringLiteral(
                                            "flowtools-spark/anomaly/ftv5.2016-03-15.compress9.bigend.records1")
                                     << QByteArray("flow-tools");
    QTest::newRow("flow-tools, little") << QStringLiteral("flowtools-spark/correct/ftv5.2016-01-13.compress.9.sample")
                                        << QByteArray("flow-tools");
    QTest::newRow("ERF") << QStringLiteral("formats-libtrace/100_packets.erf") << QByteArray("ERF");
    QTest::newRow("gzip") << QStringLiteral("formats-libtrace/legacyeth.gz") << QByteArray("gzip");
    QTest::newRow("text") << QStringLiteral("README.md") << QByteArray("text");
}

void TstPcapCaptures::foreignFormatsAreNamed() {
    QFETCH(QString, path);
    NEEDS_SHARED_DATA(path);
    QFETCH(QByteArray, name);
    const MappedFile file = mapped(path);
    QCOMPARE(capture::bestReader(file.bytes()), nullptr);
    const auto said = QByteArray::fromStdString(
        capture::describeUnknown(file.bytes().first(std::min<std::size_t>(file.bytes().size(), 4096))));
    QVERIFY2(said.contains(name), said.constData());
}

QTEST_APPLESS_MAIN(TstPcapCaptures)
#include "tst_pcap_captures.moc"
