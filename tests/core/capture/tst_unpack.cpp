// Packed files against the programs that make them: whole, cut, too large, cancelled.
#include "core/capture/unpack.h"

#include <QtTest>

#include <random>

using namespace weir;
using namespace weir::capture;

namespace {

QByteArray packedBy(const QString& program, const QByteArray& bytes) {
    QProcess p;
    p.start(program, {QStringLiteral("-c")});
    if (!p.waitForStarted()) return {};
    p.write(bytes);
    p.closeWriteChannel();
    p.waitForFinished();
    return p.readAllStandardOutput();
}

std::span<const std::byte> spanOf(const QByteArray& b) { return std::as_bytes(std::span(b.constData(), std::size_t(b.size()))); }
QByteArray bytesOf(const Buffer<std::byte>& b) { return QByteArray(reinterpret_cast<const char*>(b.data()), qsizetype(b.size())); }

/// Half noise, half repeats: several blocks of every format.
QByteArray content() {
    QByteArray out;
    std::mt19937_64 rng(7);
    while (out.size() < 3'000'000) {
        const quint64 v = rng();
        out.append(reinterpret_cast<const char*>(&v), sizeof v).append("12345678");
    }
    return out;
}

}  // namespace

class TestUnpack : public QObject {
    Q_OBJECT
private slots:
    void everyPacker_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"gzip", "bzip2", "xz", "zstd", "lz4"}) QTest::newRow(name) << QString::fromLatin1(name);
    }
    void everyPacker() {
        QFETCH(QString, name);
        const QByteArray plain = content(), packed = packedBy(name, plain);
        if (packed.isEmpty()) QSKIP("the packer is not installed");
        QCOMPARE(QString::fromStdString(std::string(packingOf(spanOf(packed)))), name);
        JobContext job;
        const auto whole = unpack(spanOf(packed), 1u << 30, job);
        QVERIFY(bool(whole));
        QVERIFY(whole->damage.empty());
        QCOMPARE(bytesOf(whole->bytes), plain);
        QCOMPARE(bytesOf(unpackedHead(spanOf(packed), 4096)), plain.first(4096));

        const auto cut = unpack(spanOf(packed).first(std::size_t(packed.size()) * 2 / 3), 1u << 30, job);
        QVERIFY(bool(cut));
        QVERIFY(!cut->damage.empty());
        QVERIFY(plain.startsWith(bytesOf(cut->bytes)));

        const auto large = unpack(spanOf(packed), 1'000'000, job);
        QVERIFY(!large && large.error().code == Errc::unsupported);

        std::stop_source stop;
        stop.request_stop();
        JobContext stopped(stop.get_token(), {});
        const auto cancelled = unpack(spanOf(packed), 1u << 30, stopped);
        QVERIFY(!cancelled && cancelled.error().code == Errc::cancelled);
    }

    void noiseIsNotPacked() {
        QVERIFY(packingOf(spanOf(QByteArray("plain"))).empty());
        QVERIFY(packingOf({}).empty());
        JobContext job;
        const QByteArray junk = QByteArray::fromHex("1f8b08") + QByteArray(200, 'x');
        const auto out = unpack(spanOf(junk), 1000, job);
        QVERIFY(out && !out->damage.empty() && out->bytes.empty());
        QVERIFY(unpackedHead(spanOf(junk), 100).empty());
    }
};

QTEST_APPLESS_MAIN(TestUnpack)
#include "tst_unpack.moc"
