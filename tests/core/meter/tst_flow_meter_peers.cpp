// The meter against nfpcapd and nfdump, tshark and argus on the same captures: real ones where they are at hand, the
// sample and generated ones.
#include "core/base/mapped_file.h"
#include "core/session/project/meter_capture.h"
#include "tests/support/own_captures.h"
#include "tests/support/packet_generator.h"
#include "tests/support/shared_data.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <tuple>

using namespace weir;

namespace {

struct Sum {
    std::uint64_t packets = 0, bytes = 0;
    friend bool operator==(const Sum&, const Sum&) = default;
};
using Direction = std::tuple<std::string, std::string, int, int, int>;  ///< source, destination, ports, protocol
using Sums = std::map<Direction, Sum>;

session::MeteredCapture meterFile(const QString& path) {
    const auto file = MappedFile::open(path.toStdString());
    if (!file) qFatal("%s", file.error().detail.c_str());
    JobContext job;
    auto out = session::meterCapture(file->bytes(), *capture::bestReader(file->bytes()), {}, {}, job);
    if (!out) qFatal("%s", out.error().detail.c_str());
    return std::move(*out);
}

Sum totalOf(const session::MeteredCapture& m) {
    const flow::RecordColumns& r = m.flows.records;
    Sum sum;
    for (std::size_t i = 0; i < r.size(); ++i) {
        sum.packets += r.packets[i] + r.reversePackets[i];
        sum.bytes += r.bytes[i] + r.reverseBytes[i];
    }
    return sum;
}

/// TCP and UDP, summed over records; directions without packets are left out.
Sums directionsOf(const session::MeteredCapture& m) {
    const flow::RecordColumns& r = m.flows.records;
    Sums sums;
    const auto add = [&](const Direction& d, std::uint64_t packets, std::uint64_t bytes) {
        if (packets == 0) return;
        sums[d].packets += packets;
        sums[d].bytes += bytes;
    };
    for (std::size_t i = 0; i < r.size(); ++i) {
        if (r.protocol[i] != flow::kTcp && r.protocol[i] != flow::kUdp) continue;
        const std::string src = flow::toText(m.flows.addresses[r.src[i]]),
                          dst = flow::toText(m.flows.addresses[r.dst[i]]);
        add({src, dst, r.srcPort[i], r.dstPort[i], r.protocol[i]}, r.packets[i], r.bytes[i]);
        add({dst, src, r.dstPort[i], r.srcPort[i], r.protocol[i]}, r.reversePackets[i], r.reverseBytes[i]);
    }
    return sums;
}

QByteArray run(const QString& program, const QStringList& arguments) {
    QProcess p;
    p.setStandardErrorFile(QProcess::nullDevice());
    p.start(program, arguments);
    if (!p.waitForFinished(120'000)) qFatal("%s does not end", qPrintable(program));
    return p.readAllStandardOutput();
}

/// What nfpcapd makes of a capture, summed by nfdump over directed 5-tuples.
Sums nfdumpDirections(const QString& folder) {
    Sums sums;
    const QByteArray csv = run(QStringLiteral("nfdump"),
                               {QStringLiteral("-q"), QStringLiteral("-N"), QStringLiteral("-6"), QStringLiteral("-R"),
                                folder, QStringLiteral("-A"), QStringLiteral("proto,srcip,srcport,dstip,dstport"),
                                QStringLiteral("-o"), QStringLiteral("csv"), QStringLiteral("proto tcp or proto udp")});
    for (const QByteArray& line : csv.split('\n')) {
        const QList<QByteArray> f = line.split(',');
        if (f.size() < 20) continue;
        const int protocol = f[7].trimmed() == "TCP" ? 6 : 17;
        Sum& sum =
            sums[{f[3].trimmed().toStdString(), f[4].trimmed().toStdString(), f[5].toInt(), f[6].toInt(), protocol}];
        sum.packets += f[11].toULongLong();
        sum.bytes += f[12].toULongLong();
    }
    return sums;
}

void captureRows() {
    QTest::addColumn<QString>("path");
    for (const char* path :
         {"slips/test7-malicious.pcap", "slips/test12-icmp-portscan.pcap",
          "mixed-mercury/unit_tests/pcaps/capture2.pcap", "ndpi/pcap/synscan.pcap",
          "mixed-pcapplusplus/Pcap++Test/PcapExamples/example2.pcap", "bruteforce-joy/kali-password-attack_hydra.pcap",
          "the sample", "generated, IPv4", "generated, IPv4 and IPv6"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

}  // namespace

class TstFlowMeterPeers : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(folder_.isValid()); }
    void nfdump_data() { captureRows(); }
    void nfdump();
    void tshark_data() { captureRows(); }
    void tshark();
    void argus();

private:
    /// Null when it cannot be made.
    QString pathOf(const QString& name) const;
    QTemporaryDir folder_;
};

QString TstFlowMeterPeers::pathOf(const QString& name) const {
    if (name == QLatin1String("the sample")) return test::sampleCapture();
    if (!name.startsWith(QStringLiteral("generated"))) return test::sharedData(name);
    const bool v6 = name.contains(QStringLiteral("IPv6"));
    const QString path = folder_.filePath(v6 ? QStringLiteral("generated6.pcap") : QStringLiteral("generated4.pcap"));
    const testing::TraceSpec spec{.packets = 30'000, .ipv6PerMille = v6 ? 300u : 0u, .payload = 200};
    return testing::writeTrace(path.toStdString(), spec) ? path : QString();
}

/// nfpcapd counts IP bytes from the header as we do, so totals and every directed 5-tuple must agree. (Captures with
/// fragments are left out: nfpcapd reassembles, and loses the datagrams that stay incomplete.)
void TstFlowMeterPeers::nfdump() {
    QFETCH(QString, path);
    const QString file = pathOf(path);
    NEEDS_SHARED_DATA(file);
    const QTemporaryDir out;
    run(QStringLiteral("nfpcapd"), {QStringLiteral("-r"), file, QStringLiteral("-w"), out.path()});
    const session::MeteredCapture ours = meterFile(file);

    Sum theirs;
    for (const QByteArray& line :
         run(QStringLiteral("nfdump"), {QStringLiteral("-q"), QStringLiteral("-R"), out.path(), QStringLiteral("-I")})
             .split('\n')) {
        if (line.startsWith("Packets:")) theirs.packets = line.mid(8).trimmed().toULongLong();
        if (line.startsWith("Bytes:")) theirs.bytes = line.mid(6).trimmed().toULongLong();
    }
    QCOMPARE(totalOf(ours).packets, theirs.packets);
    QCOMPARE(totalOf(ours).bytes, theirs.bytes);
    const Sums expected = nfdumpDirections(out.path()), found = directionsOf(ours);
    QCOMPARE(found.size(), expected.size());
    for (const auto& [direction, sum] : expected) {
        const auto at = found.find(direction);
        const QString name = QString::fromStdString(std::get<0>(direction) + " > " + std::get<1>(direction)) +
                             QStringLiteral(" ports %1 %2").arg(std::get<2>(direction)).arg(std::get<3>(direction));
        QVERIFY2(at != found.end() && at->second == sum, qPrintable(name));
    }
}

/// The lengths in the IP headers, as tshark dissects them.
void TstFlowMeterPeers::tshark() {
    QFETCH(QString, path);
    const QString file = pathOf(path);
    NEEDS_SHARED_DATA(file);
    Sum theirs;
    const QByteArray lines =
        run(QStringLiteral("tshark"),
            {QStringLiteral("-r"), file, QStringLiteral("-Y"), QStringLiteral("ip or ipv6"), QStringLiteral("-T"),
             QStringLiteral("fields"), QStringLiteral("-E"), QStringLiteral("occurrence=f"), QStringLiteral("-E"),
             QStringLiteral("separator=,"), QStringLiteral("-e"), QStringLiteral("ip.len"), QStringLiteral("-e"),
             QStringLiteral("ipv6.plen")});
    for (const QByteArray& line : lines.split('\n')) {
        if (line.isEmpty()) continue;
        const QList<QByteArray> f = line.split(',');
        ++theirs.packets;
        theirs.bytes += f[0].isEmpty() ? f[1].toULongLong() + 40 : f[0].toULongLong();
    }
    const Sum ours = totalOf(meterFile(file));
    QCOMPARE(ours.packets, theirs.packets);
    QCOMPARE(ours.bytes, theirs.bytes);
}

/// argus counts whole frames, and non-IP ones too: on a trace of nothing but IP in Ethernet its bytes are ours plus 14
/// a packet.
void TstFlowMeterPeers::argus() {
    QString program = QStandardPaths::findExecutable(QStringLiteral("argus"));
    if (program.isEmpty())
        program = QStandardPaths::findExecutable(QStringLiteral("argus"), {QStringLiteral("/usr/sbin")});
    const QString counter = QStandardPaths::findExecutable(QStringLiteral("racount"));
    QVERIFY2(!program.isEmpty() && !counter.isEmpty(), "argus and its clients are not installed");
    const QString file = pathOf(QStringLiteral("generated, IPv4 and IPv6")),
                  records = folder_.filePath(QStringLiteral("trace.argus"));
    run(program, {QStringLiteral("-X"), QStringLiteral("-r"), file, QStringLiteral("-w"), records});
    const QList<QByteArray> f =
        run(counter, {QStringLiteral("-r"), records}).split('\n').value(1).simplified().split(' ');
    QVERIFY(f.size() > 6 && f[0] == "sum");
    const Sum ours = totalOf(meterFile(file));
    QCOMPARE(ours.packets, 30'000u);
    QCOMPARE(f[2].toULongLong(), qulonglong(ours.packets));
    QCOMPARE(f[5].toULongLong(), qulonglong(ours.bytes + 14 * ours.packets));
}

QTEST_APPLESS_MAIN(TstFlowMeterPeers)
#include "tst_flow_meter_peers.moc"
