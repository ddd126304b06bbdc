// Frames of every link type, IP headers sound and broken, down to ports, lengths and flags.
#include "core/capture/link_layer.h"
#include "tests/support/packet_bytes.h"

#include <QTest>

#include <random>

using namespace weir;
using capture::Decoded;
using testing::PacketBytes;

namespace {

constexpr std::uint32_t kA = 0x0a000001, kB = 0xc0000202;

PacketBytes tcpSyn() { return PacketBytes().ipv4(6, 20, kA, kB).tcp(1234, 80, flow::kSyn); }
PacketBytes udp6() { return PacketBytes().ipv6(17, 8, 1, 2).udp(53, 5353); }

Decoded decode(std::uint32_t link, const PacketBytes& frame, flow::PacketRecord& out, std::size_t cut = 0) {
    const std::size_t captured = frame.size() - cut;
    // A copy of just the captured bytes, so that a sanitizer sees every step beyond them.
    const std::vector<std::byte> exact(frame.bytes().begin(),
                                       frame.bytes().begin() + static_cast<std::ptrdiff_t>(captured));
    out = {};
    return capture::decodeFrame(capture::linkDecoder(link), {exact.data(), exact.size(), frame.size()}, out);
}

}  // namespace

Q_DECLARE_METATYPE(weir::testing::PacketBytes)
Q_DECLARE_METATYPE(weir::capture::Decoded)

class TstPacketDecode : public QObject {
    Q_OBJECT
private slots:
    void links_data();
    void links();
    void headers_data();
    void headers();
    void lengths_data();
    void lengths();
    void tcpFields();
    void icmpFields();
    void fragments();
    void snapLengthCuts();
    void extensionHeaders_data();
    void extensionHeaders();
    void endlessTagsAndHeaders();
    void anyBytesAtAnyLength();
};

void TstPacketDecode::links_data() {
    QTest::addColumn<int>("link");
    QTest::addColumn<PacketBytes>("header");
    QTest::addColumn<bool>("v6");
    const auto row = [](const char* name, int link, const PacketBytes& header, bool v6 = false) {
        QTest::newRow(name) << link << header << v6;
    };
    row("Ethernet", 1, PacketBytes().ethernet(0x0800));
    row("Ethernet, IPv6", 1, PacketBytes().ethernet(0x86dd), true);
    row("VLAN", 1, PacketBytes().ethernet(0x8100).be16(5).be16(0x0800));
    row("QinQ", 1, PacketBytes().ethernet(0x88a8).be16(7).be16(0x8100).be16(5).be16(0x86dd), true);
    row("three tags", 1, PacketBytes().ethernet(0x9100).be16(7).be16(0x8100).be16(5).be16(0x8100).be16(5).be16(0x0800));
    row("MPLS", 1, PacketBytes().ethernet(0x8847).be32(0x00064040).be32(0x00065140));
    row("MPLS, IPv6", 1, PacketBytes().ethernet(0x8847).be32(0x00065140), true);
    row("PPPoE", 1, PacketBytes().ethernet(0x8864).hex("11 00 00 01 00 2a 00 21"));
    row("PPPoE, IPv6", 1, PacketBytes().ethernet(0x8864).hex("11 00 00 01 00 32 00 57"), true);
    row("VLAN, PPPoE", 1, PacketBytes().ethernet(0x8100).be16(5).be16(0x8864).hex("11 00 00 01 00 2a 00 21"));
    row("LLC and SNAP", 1, PacketBytes().ethernet(0x0030).hex("aa aa 03 00 00 00 08 00"));
    row("Linux cooked", 113, PacketBytes().be16(0).be16(1).be16(6).zeros(8).be16(0x0800));
    row("Linux cooked, VLAN", 113, PacketBytes().be16(0).be16(1).be16(6).zeros(8).be16(0x8100).be16(1).be16(0x86dd),
        true);
    row("Linux cooked 2", 276, PacketBytes().be16(0x0800).zeros(18));
    row("Linux cooked 2, IPv6", 276, PacketBytes().be16(0x86dd).zeros(18), true);
    row("raw", 101, {});
    row("raw, IPv6", 101, {}, true);
    row("raw as 12", 12, {});
    row("raw as 14", 14, {}, true);
    row("raw IPv4", 228, {});
    row("raw IPv6", 229, {}, true);
    row("null, little", 0, PacketBytes().hex("02 00 00 00"));
    row("null, big", 0, PacketBytes().hex("00 00 00 02"));
    row("null, IPv6 of macOS", 0, PacketBytes().hex("1e 00 00 00"), true);
    row("null, IPv6 of FreeBSD", 0, PacketBytes().hex("00 00 00 1c"), true);
    row("null, EtherType", 0, PacketBytes().hex("0f 00 08 00"));
    row("loop", 108, PacketBytes().hex("00 00 00 18"), true);
    row("PPP", 9, PacketBytes().hex("ff 03 00 21"));
    row("PPP without framing", 9, PacketBytes().hex("00 57"), true);
    row("PPP, compressed", 9, PacketBytes().hex("21"));
    row("PPP in HDLC", 50, PacketBytes().hex("ff 03 00 21"));
    row("Cisco HDLC", 104, PacketBytes().hex("0f 00 08 00"));
    row("Cisco HDLC as PPP", 50, PacketBytes().hex("0f 00 86 dd"), true);
    row("PPPoE bare", 51, PacketBytes().hex("11 00 00 01 00 2a 00 21"));
    row("LLC on ATM", 100, PacketBytes().hex("aa aa 03 00 00 00 08 00"));
}

void TstPacketDecode::links() {
    QFETCH(int, link);
    QFETCH(PacketBytes, header);
    QFETCH(bool, v6);
    PacketBytes frame = header;
    frame.append(v6 ? udp6() : tcpSyn());
    flow::PacketRecord p;
    QCOMPARE(decode(static_cast<std::uint32_t>(link), frame, p), Decoded::ip);
    QCOMPARE(p.v6, v6);
    QCOMPARE(p.ipBytes, v6 ? 48u : 40u);
    QCOMPARE(p.srcPort, v6 ? 53 : 1234);
    QCOMPARE(p.dstPort, v6 ? 5353 : 80);
    QCOMPARE(flow::toText(p.src), std::string(v6 ? "2001:db8:20::1" : "10.0.0.1"));
    QCOMPARE(flow::toText(p.dst), std::string(v6 ? "2001:db8:20::2" : "192.0.2.2"));
    // Cut inside the link header: a drop that counts as damage, never a packet.
    for (std::size_t kept = 0; kept < header.size(); ++kept) {
        const Decoded d = decode(static_cast<std::uint32_t>(link), frame, p, frame.size() - kept);
        QVERIFY2(d != Decoded::ip, qPrintable(QString::number(kept)));
    }
}

void TstPacketDecode::headers_data() {
    QTest::addColumn<PacketBytes>("frame");
    QTest::addColumn<Decoded>("expected");
    const auto eth = [](std::uint16_t type) { return PacketBytes().ethernet(type); };
    QTest::newRow("ARP") << eth(0x0806).zeros(28) << Decoded::arp;
    QTest::newRow("spanning tree") << eth(0x0026).hex("42 42 03 00 00 00") << Decoded::notIp;
    QTest::newRow("LLDP") << eth(0x88cc).zeros(40) << Decoded::notIp;
    QTest::newRow("PPPoE session, not IP") << eth(0x8864).hex("11 00 00 01 00 0a c0 21 01 01 00 04") << Decoded::notIp;
    QTest::newRow("MPLS pseudowire") << eth(0x8847).be32(0x00065140).be32(0).zeros(60) << Decoded::notIp;
    QTest::newRow("too short for Ethernet") << PacketBytes().zeros(13) << Decoded::cutLink;
    QTest::newRow("half a tag") << eth(0x8100).be16(1) << Decoded::cutLink;
    QTest::newRow("half an IPv4 header") << eth(0x0800).hex("45 00 00 28") << Decoded::cutIp;
    QTest::newRow("half an IPv6 header") << eth(0x86dd).hex("60 00 00 00") << Decoded::cutIp;
    QTest::newRow("IPv4 header of 16 bytes") << eth(0x0800).hex("44 00 00 28").zeros(36) << Decoded::badIp;
    QTest::newRow("IPv4 total below the header") << eth(0x0800).hex("45 00 00 13").zeros(36) << Decoded::badIp;
    QTest::newRow("IPv6 behind the IPv4 type") << eth(0x0800).append(udp6()) << Decoded::badIp;
    QTest::newRow("IPv4 behind the IPv6 type") << eth(0x86dd).append(tcpSyn()) << Decoded::badIp;
}

void TstPacketDecode::headers() {
    QFETCH(PacketBytes, frame);
    QFETCH(Decoded, expected);
    flow::PacketRecord p;
    QCOMPARE(decode(1, frame, p), expected);
    QCOMPARE(capture::dropReason(expected).damage,
             expected == Decoded::cutLink || expected == Decoded::cutIp || expected == Decoded::badIp);
}

void TstPacketDecode::lengths_data() {
    QTest::addColumn<PacketBytes>("datagram");
    QTest::addColumn<uint>("wire");
    QTest::addColumn<uint>("expected");
    QTest::newRow("Ethernet padding does not count")
        << PacketBytes().ipv4(17, 9, kA, kB).udp(1, 2, 1).zeros(17) << 46u << 29u;
    QTest::newRow("IPv4 without length: as on the wire")
        << PacketBytes().hex("45 00 00 00 00 00 00 00 40 06 00 00 0a 00 00 01 0a 00 00 02").tcp(1, 2, 16) << 64'240u
        << 64'240u;
    QTest::newRow("longer than the frame: the header counts")
        << PacketBytes().ipv4(6, 1460, kA, kB).tcp(1, 2, 16) << 40u << 1480u;
    QTest::newRow("IPv6 without length: as on the wire")
        << PacketBytes().ipv6(6, 0, 1, 2).tcp(1, 2, 16) << 70'000u << 70'000u;
    QTest::newRow("IPv6 without payload") << PacketBytes().ipv6(59, 0, 1, 2).zeros(6) << 46u << 40u;
}

void TstPacketDecode::lengths() {
    QFETCH(PacketBytes, datagram);
    QFETCH(uint, wire);
    QFETCH(uint, expected);
    flow::PacketRecord p;
    QCOMPARE(capture::decodeFrame(capture::linkDecoder(101), {datagram.bytes().data(), datagram.size(), wire}, p),
             Decoded::ip);
    QCOMPARE(p.ipBytes, expected);
}

void TstPacketDecode::tcpFields() {
    flow::PacketRecord p;
    QCOMPARE(decode(101,
                    PacketBytes()
                        .hex("46 00 00 2c 00 00 00 00 40 06 00 00 0a 00 00 01 0a 00 00 02 01 01 01 00")
                        .tcp(40000, 443, 0x12),
                    p),
             Decoded::ip);
    QCOMPARE(p.srcPort, 40000);  // behind 4 bytes of options
    QCOMPARE(p.dstPort, 443);
    QCOMPARE(p.tcpFlags, 0x12);
    QCOMPARE(p.protocol, 6);
    QCOMPARE(p.icmpTypeCode, 0);
    // Ports and flags of a datagram that says it has no room for them are padding, not ports.
    QCOMPARE(decode(101, PacketBytes().ipv4(6, 2, kA, kB).tcp(40000, 443, 0x12), p), Decoded::ip);
    QCOMPARE(p.srcPort, 0);
    QCOMPARE(p.tcpFlags, 0);
    QCOMPARE(decode(101, PacketBytes().ipv4(132, 12, kA, kB).be16(5).be16(6).zeros(8), p), Decoded::ip);
    QCOMPARE(p.srcPort, 0);  // only TCP and UDP have ports here
}

void TstPacketDecode::icmpFields() {
    flow::PacketRecord p;
    QCOMPARE(decode(101, PacketBytes().ipv4(1, 8, kA, kB).hex("03 0a 00 00 00 00 00 00"), p), Decoded::ip);
    QCOMPARE(p.icmpTypeCode, 3 * 256 + 10);
    QCOMPARE(p.srcPort, 0);
    QCOMPARE(p.dstPort, 0);
    QCOMPARE(decode(101, PacketBytes().ipv6(58, 8, 1, 2).hex("80 00 00 00 00 00 00 00"), p), Decoded::ip);
    QCOMPARE(p.icmpTypeCode, 128 * 256);
    QCOMPARE(p.protocol, 58);
}

void TstPacketDecode::fragments() {
    flow::PacketRecord p;
    QCOMPARE(decode(101, PacketBytes().ipv4(17, 1480, kA, kB, 0x2000).udp(53, 999), p), Decoded::ip);
    QCOMPARE(p.srcPort, 53);
    QVERIFY(!p.laterFragment);
    QCOMPARE(decode(101, PacketBytes().ipv4(17, 500, kA, kB, 185).udp(53, 999), p), Decoded::ip);
    QCOMPARE(p.srcPort, 0);
    QVERIFY(p.laterFragment);
    QCOMPARE(p.ipBytes, 520u);
    QCOMPARE(decode(101, PacketBytes().ipv6(44, 16, 1, 2).hex("11 00 00 01 00 00 00 07").udp(53, 999), p), Decoded::ip);
    QCOMPARE(p.protocol, 17);
    QCOMPARE(p.srcPort, 53);
    QVERIFY(!p.laterFragment);
    QCOMPARE(decode(101, PacketBytes().ipv6(44, 16, 1, 2).hex("11 00 05 a8 00 00 00 07").udp(53, 999), p), Decoded::ip);
    QCOMPARE(p.protocol, 17);
    QCOMPARE(p.srcPort, 0);
    QVERIFY(p.laterFragment);
}

void TstPacketDecode::snapLengthCuts() {
    const PacketBytes frame = PacketBytes().ethernet(0x0800).append(tcpSyn());
    flow::PacketRecord p;
    for (std::size_t captured = 14 + 20; captured <= frame.size(); ++captured) {
        QCOMPARE(decode(1, frame, p, frame.size() - captured), Decoded::ip);
        QCOMPARE(p.ipBytes, 40u);
        QCOMPARE(p.srcPort, captured >= 14 + 20 + 4 ? 1234 : 0);
        QCOMPARE(p.tcpFlags, captured >= 14 + 20 + 14 ? flow::kSyn : 0);
    }
}

void TstPacketDecode::extensionHeaders_data() {
    QTest::addColumn<int>("first");
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("hop by hop") << 0 << QByteArray("11 00 05 02 00 00 01 00");
    QTest::newRow("routing, 24 bytes")
        << 43 << QByteArray("11 02 00 00 00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00");
    QTest::newRow("destination options") << 60 << QByteArray("11 00 01 04 00 00 00 00");
    QTest::newRow("authentication, 24 bytes")
        << 51 << QByteArray("11 04 00 00 00 00 00 01  00 00 00 01 00 00 00 00  00 00 00 00 00 00 00 00");
    QTest::newRow("hop by hop, destination, fragment")
        << 0 << QByteArray("3c 00 01 04 00 00 00 00  2c 00 01 04 00 00 00 00  11 00 00 01 00 00 00 01");
}

void TstPacketDecode::extensionHeaders() {
    QFETCH(int, first);
    QFETCH(QByteArray, headers);
    const PacketBytes extension = PacketBytes().hex(headers.toStdString());
    const PacketBytes datagram = PacketBytes()
                                     .ipv6(static_cast<std::uint8_t>(first), extension.size() + 8, 1, 2)
                                     .append(extension)
                                     .append(PacketBytes().udp(53, 5353));
    flow::PacketRecord p;
    QCOMPARE(decode(101, datagram, p), Decoded::ip);
    QCOMPARE(p.protocol, 17);
    QCOMPARE(p.srcPort, 53);
    QCOMPARE(p.ipBytes, static_cast<unsigned>(datagram.size()));
    for (std::size_t cut = 1; cut <= 8 + extension.size(); ++cut) {
        QCOMPARE(decode(101, datagram, p, cut), Decoded::ip);
        QCOMPARE(p.ipBytes, static_cast<unsigned>(datagram.size()));
        QCOMPARE(p.srcPort, cut <= 4 ? 53 : 0);
    }
}

void TstPacketDecode::endlessTagsAndHeaders() {
    PacketBytes tags = PacketBytes().ethernet(0x8100);
    for (int i = 0; i < 1000; ++i) tags.be16(1).be16(0x8100);
    PacketBytes labels = PacketBytes().ethernet(0x8847);
    for (int i = 0; i < 1000; ++i) labels.be32(0x00064040);
    PacketBytes chain = PacketBytes().ipv6(60, 8000, 1, 2);
    for (int i = 0; i < 1000; ++i) chain.hex("3c 00 01 04 00 00 00 00");
    flow::PacketRecord p;
    QCOMPARE(decode(1, tags, p), Decoded::notIp);
    QCOMPARE(decode(1, labels, p), Decoded::notIp);
    QCOMPARE(decode(101, chain, p), Decoded::ip);
    QCOMPARE(p.protocol, 60);
}

void TstPacketDecode::anyBytesAtAnyLength() {
    const quint32 seed = 20240607;
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const std::vector<PacketBytes> starts = {PacketBytes().ethernet(0x0800).append(tcpSyn()),
                                             PacketBytes().ethernet(0x86dd).append(udp6()),
                                             PacketBytes().ethernet(0x8847).be32(0x00065140).append(tcpSyn())};
    flow::PacketRecord p;
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::byte> bytes = starts[random() % starts.size()].bytes();
        for (auto flips = random() % 6; flips > 0; --flips)
            bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        bytes.resize(random() % (bytes.size() + 1));
        bytes.shrink_to_fit();
        for (const std::uint32_t link : {0u, 1u, 9u, 50u, 51u, 100u, 101u, 104u, 113u, 228u, 229u, 276u, 999u})
            (void)capture::decodeFrame(capture::linkDecoder(link),
                                       {bytes.data(), bytes.size(), bytes.size() + random() % 2 * 1000}, p);
    }
}

QTEST_APPLESS_MAIN(TstPacketDecode)
#include "tst_packet_decode.moc"
