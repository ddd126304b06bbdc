// The pcapng reader: sections, interfaces, clocks, all packet blocks, damage.
#include "core/capture/pcapng_reader.h"
#include "tests/support/packet_bytes.h"
#include "tests/support/packet_reading.h"

#include <QTest>

#include <random>

using namespace weir;
using testing::PacketBytes;
using testing::readTrace;
using testing::TraceBytes;
using testing::WholeTrace;

namespace {

constexpr std::uint64_t kTime = 1'700'000'000'123'456;

std::vector<std::byte> frame(std::uint16_t port) {
    return PacketBytes().ethernet(0x0800).ipv4(17, 8, 0x0a000001, 0x0a000002).udp(port, 53).take();
}
std::vector<std::byte> bare(std::uint16_t port) {
    return PacketBytes().ipv4(17, 8, 0x0a000001, 0x0a000002).udp(port, 53).take();
}

TraceBytes trace(unsigned n, bool big = false) {
    TraceBytes out(big);
    out.section().interface(1);
    for (unsigned i = 0; i < n; ++i) out.enhancedPacket(0, kTime + i, frame(static_cast<std::uint16_t>(i + 1)), 42);
    return out;
}
constexpr std::size_t kStart = 28 + 20, kBlock = 32 + 44;

void put32(std::vector<std::byte>& bytes, std::size_t at, std::uint32_t v) {
    for (unsigned i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(v >> (8 * i) & 255u);
}

}  // namespace

class TstPcapng : public QObject {
    Q_OBJECT
private slots:
    void packetBlocks();
    void clocks_data();
    void clocks();
    void sectionsAndInterfaces();
    void snapLengthOfSimplePackets();
    void blocksThatAreNoPackets();
    void openErrors();
    void laterSectionOfAnotherVersion();
    void damageInsideABlock();
    void corruptLengthResynchronises_data();
    void corruptLengthResynchronises();
    void truncatedAtEveryByte();
    void bitFlipsNeverInventMuch();
};

void TstPcapng::packetBlocks() {
    for (const bool big : {false, true}) {
        TraceBytes out(big);
        out.section().interface(1).interface(101);
        out.enhancedPacket(0, kTime, frame(1), 42).oldPacket(1, kTime + 5, bare(2), 28).simplePacket(frame(3), 42);
        const WholeTrace t = readTrace(out.bytes());
        QCOMPARE(t.seen, 3u);
        QCOMPARE(t.packets.size(), 3u);
        QCOMPARE(t.packets[0].timeUs, std::int64_t{kTime});
        QCOMPARE(t.packets[1].timeUs, std::int64_t{kTime} + 5);
        QCOMPARE(t.packets[1].srcPort, 2);
        QCOMPARE(t.packets[2].srcPort, 3);
        QCOMPARE(t.packets[2].timeUs, std::int64_t{kTime} + 5);  // no time of its own
        QCOMPARE(t.times.last, std::int64_t{kTime} + 5);
    }
}

void TstPcapng::clocks_data() {
    QTest::addColumn<int>("resolution");
    QTest::addColumn<qlonglong>("offset");
    QTest::addColumn<qulonglong>("ticks");
    QTest::addColumn<qlonglong>("us");
    QTest::newRow("microseconds") << 6 << 0LL << 1'700'000'000'123'456ull << 1'700'000'000'123'456LL;
    QTest::newRow("seconds") << 0 << 0LL << 1'700'000'000ull << 1'700'000'000'000'000LL;
    QTest::newRow("milliseconds") << 3 << 0LL << 1'700'000'000'123ull << 1'700'000'000'123'000LL;
    QTest::newRow("nanoseconds are cut") << 9 << 0LL << 1'700'000'000'123'456'999ull << 1'700'000'000'123'456LL;
    QTest::newRow("finer than any clock") << 127 << 0LL << ~0ull << 0LL;
    QTest::newRow("10^-19 s") << 19 << 0LL << 12'345'678'901'234'567'890ull << 1'234'567LL;
    QTest::newRow("2^-10 s") << 0x8a << 0LL << (1'700'000'000ull << 10 | 512) << 1'700'000'000'500'000LL;
    QTest::newRow("2^-32 s") << 0xa0 << 0LL << (1'700'000'000ull << 32 | 1ull << 30) << 1'700'000'000'250'000LL;
    QTest::newRow("2^-127 s") << 0xff << 0LL << ~0ull << 0LL;
    QTest::newRow("offset") << 6 << 1'700'000'000LL << 123'456ull << 1'700'000'000'123'456LL;
    QTest::newRow("before 1970") << 6 << -10LL << 1'000'000ull << -9'000'000LL;
    QTest::newRow("cut at the limit") << 6 << 0LL << ~0ull << qlonglong(capture::kTimeLimitUs);
    QTest::newRow("offset without sense") << 0 << std::numeric_limits<qlonglong>::min() << 0ull
                                          << qlonglong(-capture::kTimeLimitUs / 1'000'000 * 1'000'000);
    QTest::newRow("both without sense") << 0 << std::numeric_limits<qlonglong>::max() << ~0ull
                                        << qlonglong(capture::kTimeLimitUs);
}

void TstPcapng::clocks() {
    QFETCH(int, resolution);
    QFETCH(qlonglong, offset);
    QFETCH(qulonglong, ticks);
    QFETCH(qlonglong, us);
    for (const bool big : {false, true}) {
        TraceBytes out(big);
        out.section().interface(1, 0, static_cast<unsigned>(resolution), offset).enhancedPacket(0, ticks, frame(1), 42);
        const WholeTrace t = readTrace(out.bytes());
        QCOMPARE(t.packets.size(), 1u);
        QCOMPARE(qlonglong(t.packets[0].timeUs), us);
    }
}

void TstPcapng::sectionsAndInterfaces() {
    TraceBytes out(false);
    out.section().interface(101).enhancedPacket(0, kTime, bare(1), 28);
    TraceBytes second(true);
    second.section(1, 2)
        .interface(1, 0, 9)
        .enhancedPacket(0, kTime * 1000, frame(2), 42)
        .enhancedPacket(1, kTime, frame(3), 42);
    out.raw(second.bytes());
    const WholeTrace t = readTrace(out.bytes());
    QCOMPARE(t.packets.size(), 2u);
    QCOMPARE(t.packets[1].srcPort, 2);
    QCOMPARE(t.packets[1].timeUs, std::int64_t{kTime});
    QCOMPARE(t.dropped("packet of an undeclared interface"), 1u);  // interfaces of the first section are gone
    QCOMPARE(t.drops.damaged(), 1u);
}

void TstPcapng::snapLengthOfSimplePackets() {
    TraceBytes out(false);
    std::vector<std::byte> cut = frame(9);
    cut.resize(38);
    out.section().interface(1, 38).simplePacket(cut, 1000);
    const WholeTrace t = readTrace(out.bytes());
    QCOMPARE(t.packets.size(), 1u);
    QCOMPARE(t.packets[0].srcPort, 9);
}

void TstPcapng::blocksThatAreNoPackets() {
    TraceBytes out(false);
    out.section().interface(1).block(4, TraceBytes(false).u32(0)).block(5, TraceBytes(false).u32(0).u32(0).u32(0));
    out.block(0x0bad, TraceBytes(false).u32(1))
        .block(10, TraceBytes(false).u32(1).u32(0))
        .block(0x12345678, TraceBytes(false).u32(1));
    out.enhancedPacket(0, kTime, frame(1), 42);
    const WholeTrace t = readTrace(out.bytes());
    QCOMPARE(t.packets.size(), 1u);
    QCOMPARE(t.drops.list().size(), 1u);
    QCOMPARE(t.dropped("unknown block type"), 1u);
    QCOMPARE(t.drops.damaged(), 0u);
}

void TstPcapng::openErrors() {
    const auto codeOf = [](std::span<const std::byte> bytes) {
        const auto file = capture::openPcapng(bytes);
        return file ? Errc::usage : file.error().code;
    };
    QCOMPARE(codeOf(TraceBytes(false).section(2, 0).bytes()), Errc::unsupported);
    QCOMPARE(codeOf(TraceBytes(true).section(1, 1).bytes()), Errc::unsupported);
    const std::vector<std::byte> section = TraceBytes(true).section().bytes();
    QCOMPARE(codeOf(section), Errc::usage);  // nothing but a section header is a sound file
    for (std::size_t n = 0; n < section.size(); ++n) QCOMPARE(codeOf(std::span(section).first(n)), Errc::truncated);
}

void TstPcapng::laterSectionOfAnotherVersion() {
    TraceBytes out = trace(2);
    out.section(3, 0).interface(1).enhancedPacket(0, kTime, frame(3), 42);
    const WholeTrace t = readTrace(out.bytes());
    QCOMPARE(t.packets.size(), 2u);
    QCOMPARE(t.dropped("section of an unsupported version"), 1u);
    QCOMPARE(t.drops.list()[0].firstOffset, kStart + 2 * kBlock);
}

void TstPcapng::damageInsideABlock() {
    std::vector<std::byte> bytes = trace(5).bytes();
    put32(bytes, kStart + 2 * kBlock + 20, 5000);  // captured length of the third
    const WholeTrace t = readTrace(bytes);
    QCOMPARE(t.packets.size(), 4u);
    QCOMPARE(t.dropped("packet longer than its block"), 1u);
    QCOMPARE(t.drops.list()[0].firstOffset, kStart + 2 * kBlock);
    QCOMPARE(t.packets.back().srcPort, 5);

    TraceBytes badInterface(false);
    badInterface.section().block(1, TraceBytes(false).u16(1)).interface(1).enhancedPacket(1, kTime, frame(1), 42);
    const WholeTrace u = readTrace(badInterface.bytes());
    QCOMPARE(u.dropped("damaged interface block"), 1u);
    QCOMPARE(u.packets.size(), 1u);  // the numbering of interfaces survives
}

void TstPcapng::corruptLengthResynchronises_data() {
    QTest::addColumn<uint>("length");
    QTest::addColumn<int>("place");
    QTest::newRow("huge") << 0xfffffff0u << 4;
    QTest::newRow("beyond the file, no cut packet") << 0x00900000u << 4;
    QTest::newRow("zero") << 0u << 4;
    QTest::newRow("not a multiple of 4") << 77u << 4;
    QTest::newRow("too long by one block") << uint(2 * kBlock + 4) << 4;
    QTest::newRow("tail differs") << 80u << int(kBlock - 4);
}

void TstPcapng::corruptLengthResynchronises() {
    QFETCH(uint, length);
    QFETCH(int, place);
    std::vector<std::byte> bytes = trace(8).bytes();
    const std::size_t third = kStart + 2 * kBlock;
    put32(bytes, third + static_cast<std::size_t>(place), length);
    const WholeTrace t = readTrace(bytes);
    QCOMPARE(t.packets.size(), 7u);
    QCOMPARE(t.packets.back().srcPort, 8);
    QCOMPARE(t.dropped("corrupt block length"), 1u);
    QCOMPARE(t.drops.list()[0].firstOffset, third);
}

void TstPcapng::truncatedAtEveryByte() {
    for (const bool big : {false, true}) {
        const std::vector<std::byte> whole = trace(5, big).bytes();
        for (std::size_t n = 0; n < whole.size(); ++n) {
            const std::vector<std::byte> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n));
            const WholeTrace t = readTrace(cut);
            const std::size_t complete = n < kStart ? 0 : (n - kStart) / kBlock;
            QCOMPARE(t.packets.size(), complete);
            if (n < 28)
                QVERIFY(!t.error.empty());
            else
                QCOMPARE(t.drops.damaged(), std::uint64_t{n != 28 && (n < kStart || (n - kStart) % kBlock != 0)});
        }
    }
}

void TstPcapng::bitFlipsNeverInventMuch() {
    const quint32 seed = 815;
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const std::vector<std::byte> whole = trace(30).bytes();
    for (int round = 0; round < 3000; ++round) {
        std::vector<std::byte> bytes = whole;
        const std::size_t at = kStart + random() % (bytes.size() - kStart);
        bytes[at] ^= static_cast<std::byte>(1u << random() % 8);
        const WholeTrace t = readTrace(bytes);
        // A flip may cost its own packet; in the last two blocks also what follows.
        QVERIFY2(t.packets.size() <= 30 && t.packets.size() >= 27,
                 qPrintable(QStringLiteral("byte %1: %2 packets").arg(at).arg(t.packets.size())));
    }
}

QTEST_APPLESS_MAIN(TstPcapng)
#include "tst_pcapng.moc"
