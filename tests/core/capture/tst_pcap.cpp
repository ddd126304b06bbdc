// The pcap reader: flavours, damage, resynchronising, truncation at every byte.
#include "core/base/mapped_file.h"
#include "core/capture/pcap_reader.h"
#include "tests/support/packet_bytes.h"
#include "tests/support/packet_generator.h"
#include "tests/support/packet_reading.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <random>

using namespace weir;
using testing::PacketBytes;
using testing::readTrace;
using testing::TraceBytes;
using testing::WholeTrace;

namespace {

constexpr std::uint32_t kSecond = 1'700'000'000;

std::vector<std::byte> frame(std::uint16_t port) {
    return PacketBytes().ethernet(0x0800).ipv4(17, 8, 0x0a000001, 0x0a000002).udp(port, 53).take();
}

/// `n` records of 42-byte frames, a second apart, with ports 1, 2, …
TraceBytes trace(unsigned n, bool big = false, bool nano = false) {
    TraceBytes out(big);
    out.pcapHeader(nano, 1);
    for (unsigned i = 0; i < n; ++i)
        out.record(kSecond + i, nano ? 123456789 : 123456, frame(static_cast<std::uint16_t>(i + 1)), 42);
    return out;
}
constexpr std::size_t kHeader = 24, kRecord = 16 + 42;

void put32(std::vector<std::byte>& bytes, std::size_t at, std::uint32_t v) {
    for (unsigned i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(v >> (8 * i) & 255u);
}

}  // namespace

class TstPcap : public QObject {
    Q_OBJECT
private slots:
    void flavours_data();
    void flavours();
    void generatedTracesAgree();
    void headerErrors();
    void oldVersionsSwapTheLengths();
    void corruptLengthResynchronises();
    void corruptLengthWithoutSoundRecordsEndsTheFile();
    void lengthThatPointsIntoTheMiddle();
    void truncatedAtEveryByte();
    void bitFlipsNeverInventMuch();
    void nonIpIsNoDamage();
    void batchSizeDoesNotMatter();
    void fileReadsLikeMemory();
};

void TstPcap::flavours_data() {
    QTest::addColumn<bool>("big");
    QTest::addColumn<bool>("nano");
    QTest::newRow("little, us") << false << false;
    QTest::newRow("little, ns") << false << true;
    QTest::newRow("big, us") << true << false;
    QTest::newRow("big, ns") << true << true;
}

void TstPcap::flavours() {
    QFETCH(bool, big);
    QFETCH(bool, nano);
    const WholeTrace t = readTrace(trace(3, big, nano).bytes());
    QCOMPARE(t.error, std::string());
    QCOMPARE(t.seen, 3u);
    QCOMPARE(t.packets.size(), 3u);
    QCOMPARE(t.packets[2].timeUs, (std::int64_t{kSecond} + 2) * 1'000'000 + 123456);
    QCOMPARE(t.packets[2].srcPort, 3);
    QCOMPARE(t.times.first, std::int64_t{kSecond} * 1'000'000 + 123456);
    QCOMPARE(t.times.last, t.packets[2].timeUs);
    QVERIFY(t.drops.list().empty());
}

void TstPcap::generatedTracesAgree() {
    const testing::TraceSpec spec{.packets = 3000, .ipv6PerMille = 200, .payload = 40};
    const WholeTrace plain = readTrace(testing::traceBytes(spec));
    QCOMPARE(plain.packets.size(), 3000u);
    for (const auto container : {testing::Container::pcapNano, testing::Container::pcapMicroBig,
                                 testing::Container::pcapng, testing::Container::pcapngBig})
        QVERIFY(testing::samePackets(plain.packets, readTrace(testing::traceBytes(spec, container)).packets));
}

void TstPcap::headerErrors() {
    const std::vector<std::byte> whole = trace(1).bytes();
    for (std::size_t n = 4; n < kHeader; ++n) {
        const auto file = capture::openPcap(std::span(whole).first(n));
        QVERIFY(!file);
        QCOMPARE(file.error().code, Errc::truncated);
        QCOMPARE(file.error().offset, n);
    }
    QCOMPARE(capture::openPcap(std::span(whole).first(3)).error().code, Errc::badMagic);
    std::vector<std::byte> other = whole;
    other[4] = std::byte{3};
    QCOMPARE(capture::openPcap(other).error().code, Errc::unsupported);
    const auto empty = capture::openPcap(std::span(whole).first(kHeader));
    QVERIFY(bool(empty));
    capture::Frame frame;
    QCOMPARE((*empty)->next({&frame, 1}), 0u);
    QVERIFY((*empty)->drops().list().empty());
}

void TstPcap::oldVersionsSwapTheLengths() {
    TraceBytes out(false);
    out.u32(0xa1b2c3d4).u16(2).u16(2).u32(0).u32(0).u32(68).u32(1);
    out.u32(kSecond).u32(0).u32(1500).u32(42).raw(frame(7));
    const WholeTrace t = readTrace(out.bytes());
    QCOMPARE(t.packets.size(), 1u);
    QCOMPARE(t.packets[0].srcPort, 7);
}

void TstPcap::corruptLengthResynchronises() {
    std::vector<std::byte> bytes = trace(10).bytes();
    const std::size_t third = kHeader + 2 * kRecord;
    put32(bytes, third + 8, 0xdeadbeef);
    const WholeTrace t = readTrace(bytes);
    QCOMPARE(t.packets.size(), 9u);  // all but the third
    QCOMPARE(t.packets[2].srcPort, 4);
    QCOMPARE(t.drops.list().size(), 1u);
    QCOMPARE(t.drops.list()[0].reason, std::string_view("corrupt record length"));
    QCOMPARE(t.drops.list()[0].firstOffset, third);
    QCOMPARE(t.drops.damaged(), 1u);
}

void TstPcap::corruptLengthWithoutSoundRecordsEndsTheFile() {
    std::vector<std::byte> bytes = trace(5).bytes();
    const std::size_t third = kHeader + 2 * kRecord;
    put32(bytes, third + 8, 0xdeadbeef);  // only two records follow: too few to be sure
    const WholeTrace t = readTrace(bytes);
    QCOMPARE(t.packets.size(), 2u);
    QCOMPARE(t.dropped("corrupt record length"), 1u);
    QCOMPARE(t.drops.list()[0].firstOffset, third);
}

void TstPcap::lengthThatPointsIntoTheMiddle() {
    std::vector<std::byte> bytes = trace(20).bytes();
    put32(bytes, kHeader + 2 * kRecord + 8, 100);  // the third record would swallow the fourth and a part of the fifth
    const WholeTrace t = readTrace(bytes);
    QCOMPARE(t.packets.size(), 19u);
    QCOMPARE(t.packets[2].srcPort, 4);
    QCOMPARE(t.dropped("corrupt record length"), 1u);
}

void TstPcap::truncatedAtEveryByte() {
    const std::vector<std::byte> whole = trace(6).bytes();
    const WholeTrace all = readTrace(whole);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const std::vector<std::byte> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n));
        const WholeTrace t = readTrace(cut);
        if (n < kHeader) {
            QVERIFY(!t.error.empty());
            continue;
        }
        const std::size_t complete = (n - kHeader) / kRecord;
        QCOMPARE(t.packets.size(), complete);
        QCOMPARE(t.dropped("truncated record"), std::uint64_t{(n - kHeader) % kRecord != 0});
        QVERIFY(testing::samePackets(
            t.packets, {all.packets.begin(), all.packets.begin() + static_cast<std::ptrdiff_t>(complete)}));
    }
}

void TstPcap::bitFlipsNeverInventMuch() {
    const quint32 seed = 4711;
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const std::vector<std::byte> whole = trace(40).bytes();
    for (int round = 0; round < 3000; ++round) {
        std::vector<std::byte> bytes = whole;
        const std::size_t at = kHeader + random() % (bytes.size() - kHeader);
        bytes[at] ^= static_cast<std::byte>(1u << random() % 8);
        const WholeTrace t = readTrace(bytes);
        QVERIFY2(t.packets.size() <= 40 && t.packets.size() >= 35,
                 qPrintable(QStringLiteral("byte %1: %2 packets").arg(at).arg(t.packets.size())));
    }
}

void TstPcap::nonIpIsNoDamage() {
    TraceBytes out(false);
    out.pcapHeader(false, 1);
    out.record(kSecond, 0, PacketBytes().ethernet(0x0806).zeros(28).take(), 42).record(kSecond, 1, frame(1), 42);
    out.record(kSecond, 2, PacketBytes().ethernet(0x88cc).zeros(28).take(), 42);
    const WholeTrace t = readTrace(out.bytes());
    QCOMPARE(t.seen, 3u);
    QCOMPARE(t.packets.size(), 1u);
    QCOMPARE(t.dropped("ARP"), 1u);
    QCOMPARE(t.dropped("not IP"), 1u);
    QCOMPARE(t.drops.damaged(), 0u);
}

void TstPcap::batchSizeDoesNotMatter() {
    const std::vector<std::byte> bytes = testing::traceBytes({.packets = 500});
    const WholeTrace t = readTrace(bytes);
    for (const std::size_t batch : {1u, 7u, 1000u})
        QVERIFY(testing::samePackets(t.packets, readTrace(bytes, batch).packets));
}

/// A file is read through a window: packets, drops and places are those of the same bytes in memory, damaged or not,
/// wherever the window ends.
void TstPcap::fileReadsLikeMemory() {
    QTemporaryDir dir;
    const std::string path = dir.filePath("trace.pcap").toStdString();
    std::vector<std::byte> bytes = testing::traceBytes({.packets = 40'000, .payload = 300});
    QVERIFY(bytes.size() > 3 * FileWindow::kUsualBytes);
    std::mt19937_64 rng(7);
    for (int round = 0; round < 3; ++round) {
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
        const auto mapped = MappedFile::open(path);
        QVERIFY(bool(mapped));
        const WholeTrace expected = readTrace(bytes);
        for (const std::size_t batch : {1u, 63u, 5000u}) {
            const WholeTrace found = readTrace(mapped->file(), batch);
            QVERIFY(testing::samePackets(expected.packets, found.packets));
            QCOMPARE(found.seen, expected.seen);
            QCOMPARE(found.drops.list().size(), expected.drops.list().size());
            for (std::size_t i = 0; i < expected.drops.list().size(); ++i) {
                QCOMPARE(found.drops.list()[i].count, expected.drops.list()[i].count);
                QCOMPARE(found.drops.list()[i].firstOffset, expected.drops.list()[i].firstOffset);
            }
        }
        for (int flips = 0; flips < 300; ++flips)
            bytes[kHeader + rng() % (bytes.size() - kHeader)] ^= std::byte(1u << rng() % 8);
    }
    QVERIFY(readTrace(bytes).drops.damaged() > 0);
}

QTEST_APPLESS_MAIN(TstPcap)
#include "tst_pcap.moc"
