// Buffer, ByteCursor, MappedFile and the ranges of a file: growth, bounds, empty and shrinking files.
#include "core/base/buffer.h"
#include "core/base/byte_cursor.h"
#include "core/base/mapped_file.h"
#include "core/base/sha256.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace weir;

class TstMemory : public QObject {
    Q_OBJECT
private slots:
    void bufferGrows();
    void bufferMoves();
    void cursorStops();
    void cursorOrders();
    void mappedFiles();
    void fileRanges();
    void fileWindow();
    void zeros();
    void sha256();
};

/// Across the border where memory comes straight from the system.
void TstMemory::bufferGrows() {
    Buffer<std::uint32_t> b;
    for (std::uint32_t i = 0; i < 3'000'000; ++i) b.push_back(i * 7);
    for (std::uint32_t i = 0; i < b.size(); i += 997) QCOMPARE(b[i], i * 7);
    b.append(b.clone());
    QCOMPARE(b.size(), std::size_t(6'000'000));
    QCOMPARE(b[3'000'001], 7u);
    b.clear();
    QVERIFY(b.empty());
    b.assign(10, 3);
    QCOMPARE(b.back(), 3u);
    b.release();
    QCOMPARE(b.size(), std::size_t(0));
}

void TstMemory::bufferMoves() {
    Buffer<int> a{1, 2, 3};
    Buffer<int> b(std::move(a));
    QCOMPARE(b.size(), std::size_t(3));
    Buffer<int> c;
    c = std::move(b);
    QCOMPARE(c[2], 3);
    QCOMPARE(std::span<const int>(c).size(), std::size_t(3));
}

void TstMemory::cursorStops() {
    const std::byte bytes[5] = {};
    ByteCursor c(bytes);
    (void)c.be<std::uint32_t>();
    QVERIFY(c.ok());
    QCOMPARE(c.left(), std::size_t(1));
    QCOMPARE(c.be<std::uint16_t>(), std::uint16_t(0));
    QVERIFY(!c.ok());
    QCOMPARE(c.left(), std::size_t(0));
    QCOMPARE(c.le<std::uint8_t>(), std::uint8_t(0));
    ByteCursor far(bytes);
    far.skip(~std::size_t{0});
    QVERIFY(!far.ok());
}

void TstMemory::cursorOrders() {
    const std::byte bytes[8] = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4},
                                std::byte{5}, std::byte{6}, std::byte{7}, std::byte{8}};
    QCOMPARE(ByteCursor(bytes).be<std::uint16_t>(), std::uint16_t(0x0102));
    QCOMPARE(ByteCursor(bytes).le<std::uint32_t>(), 0x04030201u);
    QCOMPARE(ByteCursor(bytes).be<std::uint64_t>(), std::uint64_t(0x0102030405060708));
    ByteCursor c(bytes);
    QCOMPARE(c.take(3).size(), std::size_t(3));
    QCOMPARE(c.offset(), std::size_t(3));
}

void TstMemory::mappedFiles() {
    QTemporaryDir dir;
    const auto write = [&](const QString& name, const QByteArray& content) {
        QFile f(dir.filePath(name));
        return f.open(QIODevice::WriteOnly) && f.write(content) == content.size();
    };
    QVERIFY(write("empty", {}));
    QVERIFY(write("full", "hello"));
    auto empty = MappedFile::open(dir.filePath("empty").toStdString());
    QVERIFY(empty && empty->bytes().empty());
    auto full = MappedFile::open(dir.filePath("full").toStdString());
    QVERIFY(full);
    MappedFile moved(std::move(*full));
    QCOMPARE(moved.bytes().size(), std::size_t(5));
    const auto missing = MappedFile::open(dir.filePath("missing").toStdString());
    QVERIFY(!missing && missing.error().code == Errc::io);
    QVERIFY(!MappedFile::open(dir.path().toStdString()));
}

namespace {

std::vector<std::byte> countedBytes(std::size_t n) {
    std::vector<std::byte> v(n);
    for (std::size_t i = 0; i < n; ++i) v[i] = std::byte(i * 131 >> 3);
    return v;
}

bool writeBytes(const QString& path, std::span<const std::byte> bytes) {
    QFile f(path);
    return f.open(QIODevice::WriteOnly) &&
           f.write(reinterpret_cast<const char*>(bytes.data()), qint64(bytes.size())) == qint64(bytes.size());
}

bool same(std::span<const std::byte> a, std::span<const std::byte> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace

void TstMemory::fileRanges() {
    QTemporaryDir dir;
    const auto content = countedBytes(100'000);
    const QString path = dir.filePath("ranges");
    QVERIFY(writeBytes(path, content));
    const auto mapped = MappedFile::open(path.toStdString());
    QVERIFY(bool(mapped));
    Buffer<std::byte> space;
    for (const FileBytes& file : {mapped->file(), FileBytes(content)}) {
        QCOMPARE(file.size(), content.size());
        QVERIFY(same(file.head(), content));
        for (const auto& [offset, size] :
             {std::pair<std::size_t, std::size_t>{0, 0}, {0, 1}, {4095, 4098}, {99'999, 1}, {100'000, 0}, {0, 100'000}})
            QVERIFY(same(file.read(offset, size, space), std::span(content).subspan(offset, size)));
    }
    const FileBytes memory(content);
    QVERIFY(memory.isMemory() && !mapped->file().isMemory());
    QCOMPARE(memory.read(5, 5, space).data(), content.data() + 5);  // in place
    // Somebody cuts the file while it is open: what is gone reads as zeros, and nothing crashes.
    QVERIFY(QFile::resize(path, 50'000));
    const auto cut = mapped->file().read(49'990, 20, space);
    QVERIFY(same(cut.first(10), std::span(content).subspan(49'990, 10)));
    QVERIFY(std::all_of(cut.begin() + 10, cut.end(), [](std::byte b) { return b == std::byte{0}; }));
}

void TstMemory::fileWindow() {
    QTemporaryDir dir;
    const auto content = countedBytes(10'000);
    QVERIFY(writeBytes(dir.filePath("window"), content));
    const auto mapped = MappedFile::open(dir.filePath("window").toStdString());
    QVERIFY(bool(mapped));
    FileWindow window(mapped->file(), 256);
    QVERIFY(!window.holds(0, 1));
    for (std::size_t at = 0; at < content.size(); at += 97) {
        const std::size_t size = std::min<std::size_t>(at % 400, content.size() - at);
        if (!window.holds(at, size)) window.moveTo(at, size);
        QVERIFY(window.holds(at, size));
        QVERIFY(same({window.at(at), size}, std::span(content).subspan(at, size)));
    }
    window.moveTo(9'900, 1'000);  // no more than there is
    QVERIFY(window.holds(9'900, 100) && !window.holds(9'900, 101) && !window.holds(9'899, 1) &&
            !window.holds(~std::size_t{0}, 1));
    FileWindow whole{FileBytes(content), 256};
    QVERIFY(whole.holds(0, content.size()));
    whole.moveTo(5'000, 1);
    QCOMPARE(whole.at(0), content.data());
}

/// Zeroed arrays on both sides of the border where memory comes straight from the system.
void TstMemory::zeros() {
    for (const std::size_t n : {std::size_t{1}, std::size_t{1000}, std::size_t{700'000}}) {
        {
            Buffer<std::uint32_t> used;
            used.assign(n, 0xffffffffu);
        }
        const auto b = Buffer<std::uint32_t>::zeros(n);
        QCOMPARE(b.size(), n);
        QVERIFY(std::all_of(b.begin(), b.end(), [](std::uint32_t v) { return v == 0; }));
    }
}

void TstMemory::sha256() {
    QByteArray content(3'000'000, 'x');
    for (qsizetype i = 0; i < content.size(); i += 13) content[i] = char(i);
    QTemporaryDir dir;
    QFile f(dir.filePath("f"));
    QVERIFY(f.open(QIODevice::WriteOnly) && f.write(content) == content.size());
    f.close();
    const QByteArray expected = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
    QCOMPARE(QByteArray::fromStdString(sha256Hex({content.constData(), std::size_t(content.size())})), expected);
    JobContext job;
    const auto sum = sha256File(f.fileName().toStdString(), job);
    QVERIFY(sum);
    QCOMPARE(QByteArray::fromStdString(*sum), expected);
    std::stop_source stop;
    stop.request_stop();
    JobContext stopped(stop.get_token(), {});
    QVERIFY(!sha256File(f.fileName().toStdString(), stopped));
}

QTEST_APPLESS_MAIN(TstMemory)
#include "tst_memory.moc"
