// Community IDs against the specification's vectors.
#include "core/flow/address_table.h"
#include "core/flow/community_id.h"
#include "core/flow/packet_record.h"
#include "tests/support/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace weir;

class TstCommunityId : public QObject {
    Q_OBJECT
private slots:
    void vectors_data();
    void vectors();
    void publishedExample();
    void equalEnds();
    void parsing();
};

void TstCommunityId::vectors_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("seed");
    QTest::addColumn<bool>("hex");
    QTest::newRow("seed 0") << QStringLiteral("baseline_deflt.json") << 0 << false;
    QTest::newRow("seed 1") << QStringLiteral("baseline_seed1.json") << 1 << false;
    QTest::newRow("not in base64") << QStringLiteral("baseline_nob64.json") << 0 << true;
}

void TstCommunityId::vectors() {
    QFETCH(QString, file);
    QFETCH(int, seed);
    QFETCH(bool, hex);
    file.prepend(QStringLiteral("communityid/baseline/"));
    NEEDS_SHARED_DATA(file);
    QFile f(test::sharedData(file));
    QVERIFY(f.open(QIODevice::ReadOnly));
    const QJsonArray all = QJsonDocument::fromJson(f.readAll()).array();
    QVERIFY(all.size() >= 20);
    for (const auto& value : all) {
        const QJsonObject v = value.toObject();
        flow::FlowTuple t;
        t.src = *flow::parseAddress(v["saddr"].toString().toStdString());
        t.dst = *flow::parseAddress(v["daddr"].toString().toStdString());
        t.protocol = std::uint8_t(v["proto"].toInt());
        // The vectors write ICMP type and code (or the answer's type) as ports; without a code, any gives the id of a
        // type that has an answer.
        if (t.protocol == flow::kIcmp || t.protocol == flow::kIcmp6)
            t.icmpTypeCode = std::uint16_t(v["sport"].toInt() << 8 | v["dport"].toInt());
        else
            t.srcPort = std::uint16_t(v["sport"].toInt()), t.dstPort = std::uint16_t(v["dport"].toInt());
        QString id = QString::fromStdString(flow::communityId(t, std::uint16_t(seed)));
        if (hex) {
            const auto hash = flow::communityHash(t, std::uint16_t(seed));
            id = "1:" + QString::fromLatin1(
                            QByteArray(reinterpret_cast<const char*>(hash.data()), qsizetype(hash.size())).toHex());
        }
        QCOMPARE(id, v["communityid"].toString());
    }
}

/// The first flow of the specification's baseline, either way round.
void TstCommunityId::publishedExample() {
    flow::FlowTuple t;
    t.src = *flow::parseAddress("128.232.110.120");
    t.dst = *flow::parseAddress("66.35.250.204");
    t.protocol = flow::kTcp;
    t.srcPort = 34855;
    t.dstPort = 80;
    QCOMPARE(flow::communityId(t, 0), std::string("1:LQU9qZlK+B5F3KDmev6m5PMibrg="));
    QCOMPARE(flow::communityId(t, 1), std::string("1:3V71V58M3Ksw/yuFALMcW0LAHvc="));
    std::swap(t.src, t.dst);
    std::swap(t.srcPort, t.dstPort);
    QCOMPARE(flow::communityId(t, 0), std::string("1:LQU9qZlK+B5F3KDmev6m5PMibrg="));
}

/// Equal addresses are ordered by port, equal ends do not care.
void TstCommunityId::equalEnds() {
    flow::FlowTuple a;
    a.src = a.dst = *flow::parseAddress("192.0.2.1");
    a.protocol = flow::kUdp;
    a.srcPort = 9;
    a.dstPort = 8;
    flow::FlowTuple b = a;
    std::swap(b.srcPort, b.dstPort);
    QCOMPARE(flow::communityId(a, 0), flow::communityId(b, 0));
    // printf '\0\0\300\0\2\1\300\0\2\1\21\0\0\10\0\11' | openssl sha1 -binary | base64
    QCOMPARE(flow::communityId(a, 0), std::string("1:ZRJheT0vk3glVgkDCEbnnz6y9SQ="));
    b.srcPort = b.dstPort;
    QVERIFY(flow::communityId(a, 0) != flow::communityId(b, 0));
}

void TstCommunityId::parsing() {
    const auto hash = flow::parseCommunityId("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
    QVERIFY(hash);
    QCOMPARE(unsigned((*hash)[0]), 0x2du);
    for (const char* bad :
         {"", "1:", "2:LQU9qZlK+B5F3KDmev6m5PMibrg=", "1:LQU9qZlK+B5F3KDmev6m5PMibrg",
          "1:LQU9qZlK+B5F3KDmev6m5PMibr==", "1:LQU9qZlK B5F3KDmev6m5PMibrg=", "LQU9qZlK+B5F3KDmev6m5PMibrg="})
        QVERIFY2(!flow::parseCommunityId(bad), bad);
}

QTEST_APPLESS_MAIN(TstCommunityId)
#include "tst_community_id.moc"
