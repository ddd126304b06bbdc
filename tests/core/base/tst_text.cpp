// Times, digits, edit distance.
#include "core/base/printable.h"
#include "core/base/text.h"

#include <QDateTime>
#include <QTest>

#include <array>
#include <random>

using namespace weir;

class TstText : public QObject {
    Q_OBJECT
private slots:
    void timesAsQt();
    void times_data();
    void times();
    void refusedTimes_data();
    void refusedTimes();
    void digits();
    void nearest();
    void printableTexts_data();
    void printableTexts();
};

void TstText::printableTexts_data() {
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* name, const QByteArray& given, const QByteArray& shown) {
        QTest::newRow(name) << given << shown;
    };
    row("plain", "flows of \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80.pcap",
        "flows of \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80.pcap");
    row("escape sequence", "a\x1b[31mb\x1b]0;title\x07", "a\\u{1b}[31mb\\u{1b}]0;title\\u{7}");
    row("line ends", "a\nb\r\tc\x7f", "a\\nb\\u{d}\\tc\\u{7f}");
    row("zero", QByteArray("a\0b", 3), "a\\u{0}b");
    row("C1 as UTF-8",
        "a\xc2\x9b"
        "31m",
        "a\\u{9b}31m");
    row("C1 as a byte",
        "a\x9b"
        "31m",
        "a\\x9b31m");
    row("direction", "pcap.\xe2\x80\xaegpj.exe\xe2\x81\xa6", "pcap.\\u{202e}gpj.exe\\u{2066}");
    row("invisible",
        "a\xe2\x80\x8b"
        "b\xef\xbb\xbf"
        "c\xe2\x80\xa8"
        "d\xf3\xa0\x81\x81",
        "a\\u{200b}b\\u{feff}c\\u{2028}d\\u{e0041}");
    row("no UTF-8", "\xc3(\xff\xe2\x82", "\\xc3(\\xff\\xe2\\x82");
    row("overlong", "\xc0\x9b\xed\xa0\x80", "\\xc0\\x9b\\xed\\xa0\\x80");
}

void TstText::printableTexts() {
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(printable(given.toStdString())), shown);
    QCOMPARE(printable(shown.toStdString()), shown.toStdString());
}

/// Printing and reading against Qt's calendar, from year 1 to 9999.
void TstText::timesAsQt() {
    const auto seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937_64 r(seed);
    std::uniform_int_distribution<std::int64_t> ms(-62'000'000'000'000, 250'000'000'000'000);
    for (int i = 0; i < 2000; ++i) {
        const std::int64_t t = ms(r);
        const QString text = QString::fromStdString(utcText(t * 1000));
        QCOMPARE(text,
                 QDateTime::fromMSecsSinceEpoch(t, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddThh:mm:ss.zzz")) + u'Z');
        QCOMPARE(*parseUtc(text.toStdString()), t * 1000);
        QCOMPARE(*parseUtc(utcText(t * 1000 + 7)), t * 1000 + 7);
    }
}

void TstText::times_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("us");
    QTest::addRow("day") << QByteArray("1970-01-02") << qint64(86'400'000'000);
    QTest::addRow("no zone") << QByteArray("1970-01-01T00:00:01") << qint64(1'000'000);
    QTest::addRow("blank") << QByteArray("1970-01-01 00:01") << qint64(60'000'000);
    QTest::addRow("zone") << QByteArray("1970-01-01T02:00:00+02:00") << qint64(0);
    QTest::addRow("west") << QByteArray("1969-12-31T22:30:00.5-01:30") << qint64(500'000);
    QTest::addRow("nanoseconds are cut") << QByteArray("1970-01-01T00:00:00.123456789Z") << qint64(123'456);
    QTest::addRow("leap day") << QByteArray("2024-02-29") << qint64(1'709'164'800'000'000);
}
void TstText::times() {
    QFETCH(QByteArray, text);
    const auto us = parseUtc(text.toStdString());
    QVERIFY(us);
    QTEST(qint64(*us), "us");
}

void TstText::refusedTimes_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "yesterday", "2026", "2026-13-01", "2026-02-30", "2023-02-29", "2026-01-01T25:00",
                             "2026-01-01T10", "2026-01-01T10:00:00+2", "2026-01-01Tx", "2026-01-01T10:00:00 Z"})
        QTest::addRow("%s", text) << QByteArray(text);
}
void TstText::refusedTimes() {
    QFETCH(QByteArray, text);
    QVERIFY(!parseUtc(text.toStdString()));
}

void TstText::digits() {
    QCOMPARE(grouped(0), std::string("0"));
    QCOMPARE(grouped(999), std::string("999"));
    QCOMPARE(grouped(1000), std::string("1,000"));
    QCOMPARE(grouped(~std::uint64_t{0}), std::string("18,446,744,073,709,551,615"));
}

void TstText::nearest() {
    QCOMPARE(editDistance("", "abc"), std::size_t(3));
    QCOMPARE(editDistance("kitten", "sitting"), std::size_t(3));
    constexpr std::array<std::string_view, 3> names = {"TRWscan", "TRWnom", "HCscan"};
    QCOMPARE(std::string(nearestName("TRWScan", names)), std::string("TRWscan"));
    QVERIFY(nearestName("completely different", names).empty());
}

QTEST_APPLESS_MAIN(TstText)
#include "tst_text.moc"
