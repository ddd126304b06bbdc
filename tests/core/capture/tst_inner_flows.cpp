// Tunnels, wireless frames and fragments: what is inside, against goldens of other programs and by hand.
#include "core/base/mapped_file.h"
#include "core/capture/fragments.h"
#include "core/capture/packet_file.h"
#include "core/capture/tunnel.h"
#include "tests/support/packet_reading.h"
#include "tests/support/shared_data.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <map>

using namespace weir;
using testing::readTrace;
using testing::WholeTrace;

namespace {

const QString kData = test::sharedData();

WholeTrace traceOf(const QString& relative, bool inner) {
    capture::ReadOptions options;
    options.innerFlows = inner;
    const auto file = MappedFile::open((kData + u'/' + relative).toStdString());
    return file ? readTrace(file->bytes(), 64, options) : WholeTrace{};
}

/// "protocol endpoint endpoint" in a fixed order, an endpoint being "address port"; ICMP has port 0.
QString sessionKey(int protocol, const QString& a, int aPort, const QString& b, int bPort) {
    QStringList ends{a + u' ' + QString::number(aPort), b + u' ' + QString::number(bPort)};
    ends.sort();
    return QString::number(protocol) + u' ' + ends.join(u' ');
}

/// Packets by session; the packets of tunnels that hold no IP (ARP) are left out: Arkime gives those no ports.
std::map<QString, qulonglong> sessionsOf(const WholeTrace& trace) {
    constexpr std::uint16_t kVxlan = 4789;
    std::map<QString, qulonglong> out;
    for (const flow::PacketRecord& p : trace.packets)
        if (p.srcPort != kVxlan && p.dstPort != kVxlan)
            ++out[sessionKey(p.protocol, QString::fromStdString(flow::toText(p.src)), p.srcPort,
                             QString::fromStdString(flow::toText(p.dst)), p.dstPort)];
    return out;
}

std::map<QString, qulonglong> goldenSessions(const QString& path) {
    QFile file(path);
    std::map<QString, qulonglong> out;
    if (!file.open(QIODevice::ReadOnly)) return out;
    const QJsonArray sessions = QJsonDocument::fromJson(file.readAll()).object()[u"sessions3"].toArray();
    for (const QJsonValue& session : sessions) {
        const QJsonObject body = session.toObject()[u"body"].toObject();
        const auto end = [&](const char* name) { return body[QLatin1String(name)].toObject(); };
        const auto address = [&](const char* name) -> QString {
            const auto a = flow::parseAddress(end(name)[u"ip"].toString().toStdString());
            return a ? QString::fromStdString(flow::toText(*a)) : QString();
        };
        if (address("source").isEmpty() || body[u"protocol"].toArray().contains(QStringLiteral("arp")))
            continue;  // not IP
        out[sessionKey(body[u"ipProtocol"].toInt(), address("source"), end("source")[u"port"].toInt(),
                       address("destination"), end("destination")[u"port"].toInt())] +=
            qulonglong(end("source")[u"packets"].toInt() + end("destination")[u"packets"].toInt());
    }
    return out;
}

QString textOf(const std::map<QString, qulonglong>& sessions) {
    QStringList out;
    for (const auto& [key, packets] : sessions) out << key + QStringLiteral(": ") + QString::number(packets);
    return out.join(u'\n');
}

}  // namespace

class TstInnerFlows : public QObject {
    Q_OBJECT
private slots:
    void sessionsAreThoseOfArkime_data();
    void sessionsAreThoseOfArkime();
    void addressesAreThoseOfTshark_data();
    void addressesAreThoseOfTshark();
    void fragmentsFollowTheirFirst();
    void fragmentsAreForgotten();
    void realFragments_data();
    void realFragments();
};

void TstInnerFlows::sessionsAreThoseOfArkime_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"6-4-gre-ppp-udp-4-dns", "80211http", "gre-erspan", "gre-sample", "gtp-iphone",
                             "ipv6-gtp6", "mpls-basic", "vxlan"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TstInnerFlows::sessionsAreThoseOfArkime() {
    QFETCH(QString, name);
    const QString path = QStringLiteral("sessions-arkime/") + name;
    NEEDS_SHARED_DATA(path + QStringLiteral(".pcap"));
    QCOMPARE(textOf(sessionsOf(traceOf(path + QStringLiteral(".pcap"), true))),
             textOf(goldenSessions(kData + u'/' + path + QStringLiteral(".test"))));
}

void TstInnerFlows::addressesAreThoseOfTshark_data() {
    QTest::addColumn<QString>("path");
    for (const char* name : {"4in6", "6in4", "6in6-tunnel-change", "6in6in6", "geneve-many-options",
                             "geneve-tagged-udp-packet", "gre-erspan3-dot1q", "gre-over-udp-4754", "gre-pptp",
                             "gre-sample", "vxlan-triple-v2", "teredo_bubble_with_payload"})
        QTest::newRow(name) << QStringLiteral("zeek/tunnels/%1.pcap").arg(QLatin1String(name));
}

/// tshark lists the addresses of all layers: ours must be the last ones, and others than the first where there are
/// more. ICMP errors hold the head of another datagram, which counts as a layer there.
void TstInnerFlows::addressesAreThoseOfTshark() {
    QFETCH(QString, path);
    NEEDS_SHARED_DATA(path);
    QProcess tshark;
    tshark.start(QStringLiteral("tshark"),
                 QStringLiteral("-n -T fields -e ip.src -e ip.dst -e ipv6.src -e ipv6.dst -r").split(u' ')
                     << kData + u'/' + path);
    QVERIFY(tshark.waitForFinished(60000) && tshark.exitCode() == 0);
    const WholeTrace outer = traceOf(path, false), trace = traceOf(path, true);
    QCOMPARE(outer.packets.size(), trace.packets.size());
    std::size_t i = 0, inside = 0;
    for (const QString& line : QString::fromUtf8(tshark.readAllStandardOutput()).split(u'\n')) {
        const QStringList c = line.split(u'\t');
        if (c.size() != 4 || (c[0].isEmpty() && c[2].isEmpty())) continue;
        QVERIFY(i < trace.packets.size());
        const flow::PacketRecord &p = trace.packets[i], &whole = outer.packets[i];
        ++i;
        const auto last = [](const QString& list) {
            const auto a = flow::parseAddress(list.section(u',', -1).toStdString());
            return a ? QString::fromStdString(flow::toText(*a)) : QString();
        };
        const QString ours = QString::fromStdString(flow::toText(p.src) + " " + flow::toText(p.dst));
        const QString v4 = last(c[0]) + u' ' + last(c[1]), v6 = last(c[2]) + u' ' + last(c[3]);
        const auto layers = (c[0] + u',' + c[2]).split(u',', Qt::SkipEmptyParts).size();
        if (p.protocol == flow::kIcmp && p.icmpTypeCode >> 8 != 0 && p.icmpTypeCode >> 8 != 8) continue;
        QVERIFY2(ours == v4 || ours == v6, qPrintable(QStringLiteral("%1: %2, tshark: %3").arg(i).arg(ours, line)));
        QCOMPARE(p.src != whole.src || p.dst != whole.dst, layers > 1);
        inside += layers > 1;
    }
    QCOMPARE(i, trace.packets.size());
    QVERIFY(inside > 0);
}

namespace {

/// An IPv4 UDP fragment: `offset` in units of 8 bytes.
std::vector<std::byte> fragment(std::uint8_t host, std::uint16_t id, unsigned offset, bool more) {
    std::vector<std::byte> b(28);
    b[0] = std::byte{0x45};
    b[3] = std::byte{28};
    b[4] = std::byte(id >> 8);
    b[5] = std::byte(id & 255);
    b[6] = std::byte((more ? 0x20 : 0) | offset >> 8);
    b[7] = std::byte(offset & 255);
    b[9] = std::byte{17};
    b[12] = b[16] = std::byte{10};
    b[15] = std::byte(host);
    b[20] = b[22] = std::byte{1};  // ports, where it is the first
    b[21] = std::byte(id & 255);
    return b;
}

/// Sends a fragment through `table`.
flow::PacketRecord through(capture::FragmentTable& table, const std::vector<std::byte>& datagram, std::int64_t timeUs,
                           bool* known = nullptr) {
    flow::PacketRecord p;
    const capture::PacketView view(datagram.data(), datagram.size(), datagram.size());
    if (capture::decodeIp(view, p) != capture::Decoded::ip) return p;
    p.timeUs = timeUs;
    const bool found = table.attribute(view, p);
    if (known) *known = found;
    return p;
}

}  // namespace

void TstInnerFlows::fragmentsFollowTheirFirst() {
    capture::FragmentTable table;
    bool known = true;
    QCOMPARE(through(table, fragment(1, 7, 100, true), 0, &known).srcPort, std::uint16_t(0));  // before the first
    QVERIFY(!known);
    QCOMPARE(through(table, fragment(1, 7, 0, true), 1).srcPort, std::uint16_t(256 + 7));
    (void)through(table, fragment(2, 7, 0, true), 1);
    (void)through(table, fragment(1, 8, 0, true), 1);
    const flow::PacketRecord later = through(table, fragment(1, 7, 100, true), 2, &known);
    QVERIFY(known && later.laterFragment && !later.firstFragment);
    QCOMPARE(later.srcPort, std::uint16_t(256 + 7));
    QCOMPARE(later.dstPort, std::uint16_t(256));
    QCOMPARE(through(table, fragment(1, 8, 50, false), 3).srcPort, std::uint16_t(256 + 8));
    (void)through(table, fragment(3, 7, 50, false), 3, &known);
    QVERIFY(!known);
}

void TstInnerFlows::fragmentsAreForgotten() {
    capture::FragmentTable table;
    bool known = false;
    (void)through(table, fragment(1, 7, 0, true), 0);
    (void)through(table, fragment(1, 7, 9, true), capture::FragmentTable::kKeepUs, &known);
    QVERIFY(known);
    (void)through(table, fragment(1, 7, 9, true), capture::FragmentTable::kKeepUs + 1, &known);
    QVERIFY(!known);
    constexpr int kFlood = int(capture::FragmentTable::kSets * capture::FragmentTable::kWays) * 8;
    for (int i = 0; i < kFlood; ++i)
        (void)through(table, fragment(std::uint8_t(2 + i % 250), std::uint16_t(i), 0, true), i);
    (void)through(table, fragment(1, 7, 9, true), 1, &known);
    QVERIFY(!known);
    (void)through(table, fragment(std::uint8_t(2 + (kFlood - 1) % 250), std::uint16_t(kFlood - 1), 9, true), kFlood,
                  &known);
    QVERIFY(known);
}

void TstInnerFlows::realFragments_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("given");  ///< later fragments whose first came before, as tshark lists them
    QTest::addColumn<int>("lost");   ///< the others
    const auto row = [](const char* path, int given, int lost) {
        QTest::newRow(path) << QString::fromLatin1(path) << given << lost;
    };
    row("mixed-pcapplusplus/Pcap++Test/PcapExamples/ip4_fragments.pcap", 41, 0);
    row("zeek/ipv6-fragmented-dns.pcap", 2, 1);
    row("zeek/ipv4/fragmented-1.pcap", 1, 0);
    row("attack-markofu/PracticalPacketAnalysis/ppa-capture-files/ipfragments.pcap", 16, 0);
    row("ddos-stopddos/amp.dns.RRSIG.fragmented.pcap", 509, 217);
}

void TstInnerFlows::realFragments() {
    QFETCH(QString, path);
    QFETCH(int, given);
    QFETCH(int, lost);
    NEEDS_SHARED_DATA(path);
    const WholeTrace trace = traceOf(path, false);
    int later = 0;
    for (const flow::PacketRecord& p : trace.packets) later += p.laterFragment;
    const int withoutFirst = int(trace.dropped("later fragment without its first"));
    QCOMPARE(withoutFirst, lost);
    QCOMPARE(later - withoutFirst, given);
    QCOMPARE(trace.drops.damaged(), 0u);
}

QTEST_APPLESS_MAIN(TstInnerFlows)
#include "tst_inner_flows.moc"
