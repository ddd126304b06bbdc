// Readers are chosen by the bytes; foreign formats are named; drops are counted by reason.
#include "core/capture/reader.h"
#include "tests/support/packet_bytes.h"

#include <QSet>
#include <QTest>

using namespace weir;
using testing::PacketBytes;
using testing::TraceBytes;

class TstReaderRegistry : public QObject {
    Q_OBJECT
private slots:
    void everyReaderIsComplete();
    void chosenByTheBytes();
    void unknownFormats_data();
    void unknownFormats();
    void dropsByReason();
};

void TstReaderRegistry::everyReaderIsComplete() {
    QSet<QByteArray> ids;
    for (const capture::ReaderDef& r : capture::readers()) {
        QVERIFY(!r.id.empty() && !r.label.empty() && r.probe);
        QVERIFY((r.openFlows == nullptr) == r.isTrace());
        QCOMPARE(r.probe({}), 0);
        ids.insert(QByteArray(r.id.data(), qsizetype(r.id.size())));
    }
    QVERIFY(ids.contains("pcap") && ids.contains("pcapng") && ids.contains("nfcapd"));
    QCOMPARE(std::size_t(ids.size()), capture::readers().size());
}

void TstReaderRegistry::chosenByTheBytes() {
    const auto idOf = [](const TraceBytes& t) {
        const capture::ReaderDef* r = capture::bestReader(t.bytes());
        return r ? r->id : std::string_view();
    };
    for (const bool big : {false, true}) {
        QCOMPARE(idOf(TraceBytes(big).pcapHeader(false, 1)), std::string_view("pcap"));
        QCOMPARE(idOf(TraceBytes(big).pcapHeader(true, 1)), std::string_view("pcap"));
        QCOMPARE(idOf(TraceBytes(big).section()), std::string_view("pcapng"));
    }
    QCOMPARE(idOf(TraceBytes(false).u32(0x0a0d0d0a)),
             std::string_view("pcapng"));  // damaged, but nothing else begins like this
    QCOMPARE(idOf(TraceBytes(false).u16(0xa50c).u16(2).u32(0).u32(0).u32(0)), std::string_view("nfcapd"));
    QCOMPARE(idOf(TraceBytes(true)
                      .u16(10)
                      .u16(32)
                      .u32(0x5f000000)
                      .u32(1)
                      .u32(1)
                      .u16(2)
                      .u16(16)
                      .u16(256)
                      .u16(1)
                      .u16(8)
                      .u16(4)),
             std::string_view("ipfix"));
    QCOMPARE(idOf(TraceBytes(true).u16(5).u16(1).u32(4096).u32(0x5f000000).u32(0).u32(1).u32(0)),
             std::string_view("netflow"));
    QCOMPARE(idOf(TraceBytes(true).u16(5).u16(1).u32(4096).u32(0x7).u32(0).u32(1).u32(0)),
             std::string_view());  // sent in 1970
    QCOMPARE(idOf(TraceBytes(true).u16(9).u16(2).u32(4096).u32(0x5f000000).u32(0).u32(1).u16(0).u16(12).u32(0).u32(0)),
             std::string_view("netflow"));
    QCOMPARE(idOf(TraceBytes(false).u32(0x12345678)), std::string_view());
    const std::string_view csv = "ts,src,dst,port,bytes\n1,2,3,4,5\n";
    const auto* const text = capture::bestReader(std::as_bytes(std::span(csv)));
    QVERIFY(text && text->id == "csv");  // a mapping reads it
}

void TstReaderRegistry::unknownFormats_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("named");
    const auto row = [](const char* name, const char* hex, const char* named) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << QByteArray(named);
    };
    row("empty", "", "empty");
    row("gzip", "1f8b0800", "gzip -d");
    row("zstd", "28b52ffd04", "zstd -d");
    row("xz", "fd377a585a00", "xz -d");
    row("bzip2", "425a683931", "bzip2 -d");
    row("lz4", "04224d18", "lz4 -d");
    row("zip", "504b0304", "unzip");
    row("7z", "377abcaf271c", "7z x");
    row("flow-tools", "cf100203", "flow-tools");
    row("snoop", "736e6f6f7000000000000002", "snoop");
    row("SiLK", "deadbeef01", "SiLK");
    row("SQLite", "53514c69746520666f726d6174203300", "SQLite");
    row("patched pcap", "34cdb2a102000400", "pcap file of a patched");
    row("random", "01020304aabbccddee", "unknown format (first bytes 01 02 03 04 aa bb cc dd)");
    QTest::newRow("JSON") << QByteArray("{\"flows\": []}") << QByteArray("JSON");
    QTest::newRow("text") << QByteArray("hello, world\n") << QByteArray("text");
    QTest::newRow("tar") << QByteArray(257, 'x') + QByteArray("ustar") << QByteArray("tar -xf");
}

void TstReaderRegistry::unknownFormats() {
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, named);
    const auto bytes = std::as_bytes(std::span(head.constData(), std::size_t(head.size())));
    QCOMPARE(capture::bestReader(bytes), nullptr);
    const auto said = QByteArray::fromStdString(capture::describeUnknown(bytes));
    QVERIFY2(said.contains(named), said.constData());
    QVERIFY(!said.contains('\n'));
}

void TstReaderRegistry::dropsByReason() {
    capture::DropCounts a, b;
    a.add("x", 100);
    a.add("y", 50, false, 3);
    b.add("x", 20, true, 2);
    b.add("z", 7, false);
    a.merge(b);
    QCOMPARE(a.list().size(), 3u);
    QCOMPARE(a.list()[0].count, 3u);
    QCOMPARE(a.list()[0].firstOffset, 20u);
    QCOMPARE(a.damaged(), 3u);
    QVERIFY(!a.list()[1].damage);
}

QTEST_APPLESS_MAIN(TstReaderRegistry)
#include "tst_reader_registry.moc"
