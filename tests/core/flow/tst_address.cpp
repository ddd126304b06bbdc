// Addresses, prefixes and the ordered table.
#include "core/flow/address_table.h"
#include "core/flow/protocols.h"

#include <QTest>

#include <random>

using namespace weir;
using namespace weir::flow;

class TstAddress : public QObject {
    Q_OBJECT
private slots:
    void text_data();
    void text();
    void refused_data();
    void refused();
    void prefixesBitByBit();
    void tableRanges();
    void protocols();
};

void TstAddress::text_data() {
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("shown");
    for (const auto& [given, shown] : {std::pair{"0.0.0.0", "0.0.0.0"},
                                       {"255.255.255.255", "255.255.255.255"},
                                       {"::", "::"},
                                       {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
                                       {"2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"},
                                       {"fe80::", "fe80::"},
                                       {"::ffff:10.0.0.1", "10.0.0.1"}})
        QTest::addRow("%s", given) << QByteArray(given) << QByteArray(shown);
}
void TstAddress::text() {
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, shown);
    const auto a = parseAddress(given.toStdString());
    QVERIFY(a);
    QCOMPARE(QByteArray::fromStdString(toText(*a)), shown);
    QVERIFY(parseAddress(shown.toStdString()) == a);
}

void TstAddress::refused_data() {
    QTest::addColumn<QByteArray>("given");
    for (const char* given : {"", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "1.2.3.4/", "1.2.3.4/33",
                              "1.2.3.4/-1", "1.2.3.4/8x", "::1/129", ":::", "12345::", "a.b.c.d"})
        QTest::addRow("%s", given) << QByteArray(given);
}
void TstAddress::refused() {
    QFETCH(QByteArray, given);
    QVERIFY(!parsePrefix(given.toStdString()));
}

/// Membership against a comparison bit by bit, for random addresses and lengths.
void TstAddress::prefixesBitByBit() {
    const auto seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 r(seed);
    for (int i = 0; i < 3000; ++i) {
        const bool v6 = r() % 2;
        IpAddr a, b;
        if (v6) {
            for (auto& byte : a.b) byte = std::uint8_t(r());
            b = a;
            b.b[r() % 16] ^= std::uint8_t(1u << r() % 8);
        } else {
            a = IpAddr::v4(std::uint32_t(r()));
            b = IpAddr::v4(a.v4Value() ^ 1u << r() % 32);
        }
        const int length = int(r() % (v6 ? 129 : 33));
        const auto prefix = parsePrefix(toText(a) + "/" + std::to_string(length));
        QVERIFY(prefix && prefix->contains(a));
        const int bits = v6 ? length : 96 + length;
        bool same = true;
        for (int bit = 0; bit < bits; ++bit)
            same = same && ((a.b[std::size_t(bit / 8)] ^ b.b[std::size_t(bit / 8)]) >> (7 - bit % 8) & 1) == 0;
        QCOMPARE(prefix->contains(b), same);
        QVERIFY(prefix->contains(prefix->last()) && prefix->contains(prefix->base));
        QCOMPARE(toText(*parsePrefix(toText(*prefix))), toText(*prefix));
    }
}

void TstAddress::tableRanges() {
    const AddressTable t({0x0a000001, 0x0a000002, 0x0a0000ff, 0x0a000100, 0xffffffff},
                         {*parseAddress("fe80::1"), *parseAddress("fe80::2"), *parseAddress("ff02::1")});
    using Ids = std::pair<HostId, HostId>;
    const auto range = [&](const char* text) { return t.range(*parsePrefix(text)); };
    QCOMPARE(range("10.0.0.0/24"), (Ids{0, 3}));
    QCOMPARE(range("10.0.0.2/32"), (Ids{1, 2}));
    QCOMPARE(range("0.0.0.0/0"), (Ids{0, 5}));
    QCOMPARE(range("255.255.255.255/32"), (Ids{4, 5}));
    QCOMPARE(range("::/0"), (Ids{5, 8}));
    QCOMPARE(range("fe80::/10"), (Ids{5, 7}));
    QCOMPARE(range("ff02::1/128"), (Ids{7, 8}));
    const Ids none = range("11.0.0.0/8");
    QCOMPARE(none.first, none.second);
    for (HostId id = 0; id < t.size(); ++id) QVERIFY(t.find(t[id]) == id);
    QVERIFY(!t.find(*parseAddress("10.0.0.3")) && !t.find(*parseAddress("::")));
    QVERIFY(t.isV4(4) && !t.isV4(5));
}

void TstAddress::protocols() {
    QCOMPARE(*protocolNumber("tcp"), std::uint8_t(6));
    QCOMPARE(*protocolNumber("58"), std::uint8_t(58));
    QVERIFY(!protocolNumber("256") && !protocolNumber("") && !protocolNumber("6 "));
    for (const ProtocolName& p : protocolNames()) QCOMPARE(*protocolNumber(p.name), p.number);
    QCOMPARE(protocolText(17), std::string("UDP"));
    QCOMPARE(protocolText(254), std::string("254"));
}

QTEST_APPLESS_MAIN(TstAddress)
#include "tst_address.moc"
