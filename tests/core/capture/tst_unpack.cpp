// Unpacking piece by piece: whole, in several members, nested, cut, limited, stopped; and that bombs end.
#include "core/capture/unpack.h"
#include "tests/support/packing.h"

#include <QtTest>

#include <chrono>
#include <random>
#include <thread>

using namespace weir;
using namespace weir::capture;
using testing::packed;

namespace {

using Bytes = std::vector<std::byte>;

/// Half noise, half repeats: several blocks of every format.
Bytes content(std::size_t size = 1'500'000) {
    Bytes out;
    std::mt19937_64 rng(7);
    while (out.size() < size) {
        const std::uint64_t words[2] = {rng(), 0x3837363534333231u};
        const auto bytes = std::as_bytes(std::span(words));
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    return out;
}

struct All {
    Bytes bytes;
    UnpackEnd end = UnpackEnd::running;
};
All unpackAll(const FileBytes& file, std::uint64_t max = 1u << 30, std::size_t piece = 100'000,
              std::stop_token stop = {}) {
    All out;
    Unpacker u(file, max, std::move(stop));
    Bytes space(piece);
    while (u.end() == UnpackEnd::running) {
        const std::size_t n = u.read(space);
        out.bytes.insert(out.bytes.end(), space.begin(), space.begin() + std::ptrdiff_t(n));
    }
    out.end = u.end();
    return out;
}
/// CRC-32 as in .xz headers.
std::uint32_t crc32(std::span<const std::byte> bytes) {
    std::uint32_t crc = ~0u;
    for (const std::byte b : bytes) {
        crc ^= std::uint32_t(b);
        for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
    }
    return ~crc;
}
/// The first block of a .xz file says it needs a dictionary of 1.5 GiB.
Bytes withHugeDictionary(Bytes file) {
    const std::size_t begin = 12, size = (std::size_t(file[begin]) + 1) * 4;
    for (std::size_t i = begin + 2; i + 2 < begin + size; ++i)
        if (file[i] == std::byte{0x21} && file[i + 1] == std::byte{1}) {  // LZMA2, one byte of properties
            file[i + 2] = std::byte{37};
            break;
        }
    const std::uint32_t crc = crc32(std::span(file).subspan(begin, size - 4));
    for (std::size_t i = 0; i < 4; ++i) file[begin + size - 4 + i] = std::byte(crc >> 8 * i);
    return file;
}
Bytes joined(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

class TestUnpack : public QObject {
    Q_OBJECT
private slots:
    void everyPacker_data() {
        QTest::addColumn<QString>("name");
        for (const std::string_view name : testing::kPackings)
            QTest::newRow(std::string(name).c_str()) << QString::fromLatin1(name.data(), qsizetype(name.size()));
    }
    void everyPacker() {
        QFETCH(QString, name);
        const std::string packing = name.toStdString();
        const Bytes plain = content(), file = packed(plain, packing);
        QCOMPARE(std::string(packingOf(file)), packing);
        for (const std::size_t piece : {std::size_t(4096), plain.size() * 2}) {
            const All whole = unpackAll(file, 1u << 30, piece);
            QVERIFY(whole.end == UnpackEnd::whole);
            QVERIFY(whole.bytes == plain);
        }
        const auto head = unpackedHead(file, 4096);
        QVERIFY(std::equal(head.begin(), head.end(), plain.begin(), plain.begin() + 4096));

        const All cut = unpackAll(std::span(file).first(file.size() * 2 / 3));
        QVERIFY(cut.end == UnpackEnd::damaged);
        QVERIFY(cut.bytes.size() < plain.size() && std::equal(cut.bytes.begin(), cut.bytes.end(), plain.begin()));

        const All limited = unpackAll(file, 1'000'000);
        QVERIFY(limited.end == UnpackEnd::limit);
        QVERIFY(limited.bytes.size() == 1'000'000 &&
                std::equal(limited.bytes.begin(), limited.bytes.end(), plain.begin()));
        QVERIFY(unpackAll(file, plain.size()).end == UnpackEnd::whole);

        std::stop_source stop;
        stop.request_stop();
        QVERIFY(unpackAll(file, 1u << 30, 4096, stop.get_token()).end == UnpackEnd::stopped);
    }

    void members_data() { everyPacker_data(); }
    void members() {
        QFETCH(QString, name);
        const std::string packing = name.toStdString();
        const Bytes a = content(400'000), b = content(200'016), file = joined(packed(a, packing), packed(b, packing));
        const All both = unpackAll(file);
        QVERIFY(both.end == UnpackEnd::whole);
        QVERIFY(both.bytes == joined(a, b));
    }

    void packedTwice() {
        const Bytes plain = content(300'000);
        const All all = unpackAll(packed(packed(plain, "zstd"), "gzip"));
        QVERIFY(all.end == UnpackEnd::whole);
        QVERIFY(all.bytes == plain);
        Bytes deep = content(1000);
        for (int i = 0; i < 40; ++i) deep = packed(deep, "gzip");
        QVERIFY(unpackAll(deep).end == UnpackEnd::damaged);
    }

    /// Refused before the memory is taken; the streams before it are given.
    void hugeDictionary() {
        const Bytes plain = content(200'000), small = packed(plain, "xz"), huge = withHugeDictionary(small);
        QVERIFY(huge != small);
        const All refused = unpackAll(huge);
        QVERIFY(refused.end == UnpackEnd::memory && refused.bytes.empty());
        const All second = unpackAll(joined(small, huge));
        QVERIFY(second.end == UnpackEnd::memory);
        QVERIFY(second.bytes == plain);
    }

    void xzAroundGzip() {
        const Bytes plain = content(300'000);
        const All all = unpackAll(packed(packed(plain, "gzip"), "xz"));
        QVERIFY(all.end == UnpackEnd::whole);
        QVERIFY(all.bytes == plain);
    }

    void emptyMembersEnd() {
        const Bytes nothing = packed({}, "gzip");
        QVERIFY(unpackAll(nothing).bytes.empty());
        Bytes many;
        for (int i = 0; i < 50'000; ++i) many.insert(many.end(), nothing.begin(), nothing.end());
        std::stop_source stop;
        std::chrono::steady_clock::time_point asked;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            asked = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        const All all = unpackAll(many, 1u << 30, 4096, stop.get_token());
        const auto ended = std::chrono::steady_clock::now();
        QVERIFY(all.bytes.empty() && (all.end == UnpackEnd::whole || all.end == UnpackEnd::stopped));
        stopper.join();
        QVERIFY(ended - asked < std::chrono::milliseconds(500));
    }

    void noiseIsNotPacked() {
        QVERIFY(packingOf(std::as_bytes(std::span("plain"))).empty());
        QVERIFY(packingOf({}).empty());
        Bytes junk{std::byte{0x1f}, std::byte{0x8b}, std::byte{8}};
        junk.resize(203, std::byte{'x'});
        const All all = unpackAll(junk);
        QVERIFY(all.end == UnpackEnd::damaged && all.bytes.empty());
        QVERIFY(unpackedHead(junk, 100).empty());
    }

    void anyBytesEnd() {
        std::mt19937 rng(11);
        for (const std::string_view packing : testing::kPackings) {
            const Bytes file = packed(content(50'000), packing);
            for (int i = 0; i < 60; ++i) {
                Bytes mutant = file;
                for (int k = 0; k < 3; ++k) mutant[rng() % mutant.size()] = std::byte(rng());
                const All all = unpackAll(mutant, 200'000);
                QVERIFY(all.end != UnpackEnd::running && all.bytes.size() <= 200'000);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestUnpack)
#include "tst_unpack.moc"
