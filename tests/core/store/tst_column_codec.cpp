// Column blobs: round trips of every type and shape, and damage that must be an error.
#include "core/store/code_packing.h"
#include "core/store/column_codec.h"

#include <QtTest>

#include <cstring>
#include <limits>
#include <random>
#include <set>

using namespace weir;
using namespace weir::store;

namespace {

template <class T>
std::vector<T> shaped(const std::string& shape, std::size_t n, std::mt19937_64& rng) {
    std::vector<T> v(n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t r = rng();
        if (shape == "constant")
            v[i] = T(77);
        else if (shape == "zero")
            v[i] = 0;
        else if (shape == "extremes")
            v[i] = r & 1 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::min();
        else if (shape == "rising")
            v[i] = T(i);
        else if (shape == "milliseconds")
            v[i] = static_cast<T>(1600000000000000ull + (r % 4000000) * 1000);
        else if (shape == "seconds")
            v[i] = static_cast<T>(1600000000000000ull + (r % 4000) * 1000000);
        else if (shape == "outliers")
            v[i] = r % 200 == 0 ? static_cast<T>(rng()) : T(r >> 20 & 7);
        else if (shape == "mostly zero")
            v[i] = i == 0 || i + 1 == n || r % 40 == 0 ? static_cast<T>(rng() | 1) : T(0);
        else if (shape == "two")
            v[i] = r & 1 ? T(6) : T(17);
        else if (shape == "four")
            v[i] = T(r % 4 * 60 + 3);
        else if (shape == "eight")
            v[i] = T(r % 7 * 31);
        else if (shape == "sixteen")
            v[i] = T(r % 16 * 15);
        else if (shape == "few")
            v[i] = static_cast<T>((r % 60) * 0x123456789abcdull);
        else
            v[i] = static_cast<T>(r >> (rng() % 64));
    }
    return v;
}

constexpr const char* kShapes[] = {"constant",    "zero", "extremes", "rising", "milliseconds", "seconds", "outliers",
                                   "mostly zero", "two",  "four",     "eight",  "sixteen",      "few",     "random"};
constexpr std::size_t kSizes[] = {0, 1, 2, 63, 64, 65, 127, 128, 129, 1000, 65535, 65536};
constexpr Packing kPackings[] = {Packing::offsets, Packing::entropy, Packing::dictionary};

template <class T>
Bytes blobOf(const std::vector<T>& v, Packing packing) {
    Bytes b;
    encodeColumn(std::span<const T>(v), packing, b);
    return b;
}

template <class T>
void roundTrips(std::mt19937_64& rng) {
    for (const char* shape : kShapes)
        for (const std::size_t n : kSizes)
            for (const Packing packing : kPackings) {
                const auto v = shaped<T>(shape, n, rng);
                const Bytes blob = blobOf(v, packing);
                std::vector<T> back(n);
                const Status s = decodeColumn(blob.span(), std::span<T>(back));
                QVERIFY2(bool(s), s ? "" : s.error().detail.c_str());
                QVERIFY2(back == v, shape);
                QCOMPARE(columnRows(blob.span()), n);
                QVERIFY(blob.size() <= n * sizeof(T) + 64);
            }
}

}  // namespace

class TestColumnCodec : public QObject {
    Q_OBJECT
    std::uint64_t seed_ = 0;
    std::mt19937_64 rng_;
private slots:
    void initTestCase() {
        seed_ = std::random_device{}();
        rng_.seed(seed_);
        qInfo("seed %llu", static_cast<unsigned long long>(seed_));
    }
    void roundTripsInt64() { roundTrips<std::int64_t>(rng_); }
    void roundTripsUint64() { roundTrips<std::uint64_t>(rng_); }
    void roundTripsUint32() { roundTrips<std::uint32_t>(rng_); }
    void roundTripsUint16() { roundTrips<std::uint16_t>(rng_); }
    void roundTripsUint8() { roundTrips<std::uint8_t>(rng_); }

    void everyWidth() {
        for (unsigned width = 0; width <= 64; ++width) {
            std::vector<std::uint64_t> v(300);
            for (auto& x : v) x = width == 0 ? 5 : rng_() >> (64 - width);
            std::vector<std::uint64_t> back(v.size());
            QVERIFY(bool(decodeColumn(blobOf(v, Packing::offsets).span(), std::span(back))));
            QVERIFY(back == v);
        }
    }

    void wholeMillisecondsCostNoMoreThanMilliseconds() {
        std::vector<std::int64_t> us, ms;
        for (int i = 0; i < 65536; ++i) {
            ms.push_back(1600000000000 + std::int64_t(rng_() % 300000));
            us.push_back(ms.back() * 1000);
        }
        QCOMPARE(blobOf(us, Packing::offsets).size(), blobOf(ms, Packing::offsets).size());
    }

    void constantColumnsAreTiny() {
        QVERIFY(blobOf(std::vector<std::uint64_t>(65536, 9), Packing::offsets).size() < 600);
        QVERIFY(blobOf(std::vector<std::uint64_t>(65536, 9), Packing::dictionary).size() < 600);
    }

    /// A column of ICMP types is nearly all zeros, and costs what its other values cost; one value more than allowed,
    /// and it is packed by entropy.
    void placesAndValues() {
        std::vector<std::uint16_t> v(65536, 0);
        for (std::size_t i = 0; i < v.size(); i += 64) v[i] = std::uint16_t(rng_() | 1);
        QCOMPARE(blobOf(v, Packing::entropy).size(), std::size_t(16 + 1024 * 4));
        std::vector<std::uint16_t> back(v.size());
        std::vector<std::uint16_t> dense(65536, 0);
        for (std::size_t i = 0; i < dense.size(); i += 16) dense[i] = 0x0808;
        QCOMPARE(blobOf(dense, Packing::entropy)[0], std::byte{4});
        dense[1] = 0x0303;
        QCOMPARE(blobOf(dense, Packing::entropy)[0], std::byte{2});
        QVERIFY(bool(decodeColumn(blobOf(dense, Packing::entropy).span(), std::span(back))));
        QVERIFY(back == dense);
    }

    /// Protocols and flags take 1 to 4 bits a value; what is nearly always the same, or of more kinds, goes another
    /// way.
    void codesOfFewBits() {
        for (const auto& [shape, bits] : {std::pair{"two", 1u}, {"four", 2u}, {"eight", 3u}, {"sixteen", 4u}}) {
            for (const std::size_t n : {std::size_t{700}, std::size_t{65536}}) {
                const auto v = shaped<std::uint8_t>(shape, n, rng_);
                const std::size_t distinct = std::set<std::uint8_t>(v.begin(), v.end()).size();
                const Bytes blob = blobOf(v, Packing::entropy);
                QCOMPARE(blob[0], std::byte{5});
                QCOMPARE(blob.size(), 16 + 1 + distinct + (n * bits + 7) / 8);
                // A payload a byte longer or shorter is not taken.
                std::vector<std::uint8_t> back(n);
                const auto payload = blob.span().subspan(16);
                QVERIFY(readCodes(payload, back) && back == v);
                QVERIFY(!readCodes(payload.first(payload.size() - 1), back));
                QVERIFY(!readCodes(payload.first(1), back) && !readCodes({}, back));
            }
        }
        std::vector<std::uint8_t> uneven(65536, 6);
        for (std::size_t i = 0; i < uneven.size(); i += 100) uneven[i] = 17;
        QCOMPARE(blobOf(uneven, Packing::entropy)[0], std::byte{2});
        auto many = shaped<std::uint8_t>("sixteen", 65536, rng_);
        many[777] = 1;
        QCOMPARE(blobOf(many, Packing::entropy)[0], std::byte{2});
    }

    void damageIsAnError_data() {
        QTest::addColumn<int>("packing");
        QTest::addColumn<std::string>("shape");
        for (const char* shape : {"few", "mostly zero"})
            for (const Packing p : kPackings)
                QTest::addRow("packing %d, %s", int(p), shape) << int(p) << std::string(shape);
    }
    void damageIsAnError() {
        QFETCH(int, packing);
        QFETCH(std::string, shape);
        const auto v = shaped<std::uint64_t>(shape, 700, rng_);
        const Bytes good = blobOf(v, Packing(packing));
        std::vector<std::uint64_t> back(v.size());
        for (std::size_t cut = 0; cut < good.size(); ++cut)
            QVERIFY(!decodeColumn(good.span().first(cut), std::span(back)));
        for (std::size_t at = 0; at < good.size(); ++at)
            for (unsigned bit = 0; bit < 8; ++bit) {
                Bytes bad = good.clone();
                bad[at] ^= std::byte(1u << bit);
                if (decodeColumn(bad.span(), std::span(back)))
                    QVERIFY2(at == 2 || at == 3, "only unused bytes may change unseen");
            }
        std::vector<std::uint64_t> fewer(v.size() - 1);
        QVERIFY(!decodeColumn(good.span(), std::span(fewer)));
        std::vector<std::uint32_t> narrower(v.size());
        QVERIFY(!decodeColumn(good.span(), std::span(narrower)));
    }

    /// With a checksum that fits, as only a forger writes it: a place beyond the column is an error, and nothing is
    /// written there.
    void forgedPlaces() {
        std::vector<std::uint16_t> v(100, 0);
        v[99] = 7;
        const Bytes good = blobOf(v, Packing::entropy);
        QCOMPARE(good[0], std::byte{4});
        std::vector<std::uint16_t> longer(200, 0);
        longer[199] = 7;
        Bytes forged = blobOf(longer, Packing::entropy);
        std::memcpy(forged.data() + 4, good.data() + 4, 4);  // as many values as the short column has
        std::vector<std::uint16_t> back(100);
        const Status s = decodeColumn(forged.span(), std::span(back));
        QVERIFY(!s);
        QVERIFY(s.error().detail.find("cannot be decoded") != std::string::npos);
    }

    void packedBytesAreNeverOverread() {
        // Past the checksum: random bytes straight into the decoder.
        for (int round = 0; round < 20000; ++round) {
            Bytes junk(rng_() % 200);
            for (auto& b : junk) b = std::byte(rng_() % 3 ? 0 : rng_());
            std::vector<std::uint64_t> out(rng_() % 300);
            (void)decodeFor(junk.span(), std::span(out));
            std::vector<std::uint8_t> small(rng_() % 300);
            (void)decodeFor(junk.span(), std::span(small));
            if (!junk.empty()) junk[0] = std::byte(rng_() % 20);
            (void)readCodes(junk.span(), small);
        }
    }
};

QTEST_APPLESS_MAIN(TestColumnCodec)
#include "tst_column_codec.moc"
