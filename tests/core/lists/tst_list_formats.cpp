// Published list formats: heads, scored lists, CSV, hosts files, ranges; every list of the shared data; what an entry
// costs.
#include "core/lists/line_format.h"
#include "core/lists/list_head.h"
#include "tests/support/shared_data.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <random>

using namespace weir;
using namespace weir::lists;

namespace {

QStringList entriesOf(const std::string& text) {
    QStringList out;
    const List list = parseList("l", text);
    for (const PrefixEntry& e : list.entries)
        out << QString::fromStdString(toText(e.prefix) + " " + commentAt(text, e.line)).trimmed();
    for (const Diagnostic& d : list.problems)
        out << QStringLiteral("%1:%2 %3")
                   .arg(d.line)
                   .arg(d.column)
                   .arg(QString::fromStdString(d.message).section(QLatin1Char(' '), 0, 2));
    return out;
}

flow::IpAddr next(flow::IpAddr a) {
    for (std::size_t i = 16; i-- > 0;)
        if (++a.b[i] != 0) break;
    return a;
}

}  // namespace

class TstListFormats : public QObject {
    Q_OBJECT
private slots:
    void days_data();
    void days();
    void heads();
    void alienVault();
    void mispCsv();
    void badActors();
    void hostsFile();
    void ranges();
    void rangesCoverExactly();
    void problemsAreBounded();
    void everySharedList();
    void anEntryCosts24Bytes() { QCOMPARE_EQ(sizeof(PrefixEntry), 24u); }
};

void TstListFormats::days_data() {
    QTest::addColumn<QString>("day");
    QTest::newRow("2026-11-22") << "2026-11-22";
    QTest::newRow("made 2026-11-22T03:00:00Z") << "2026-11-22";
    QTest::newRow("Sat, 22 Aug 2026 03:00:29 +0200") << "2026-08-22";
    QTest::newRow("Sat Mar 21 05:48:13 UTC 2020") << "2020-03-21";
    QTest::newRow("1647435002 (Wed Mar 16 12:50:02 2022 GMT)") << "2022-03-16";
    QTest::newRow("3 September 2019") << "2019-09-03";
    QTest::newRow("2026-13-01") << "";
    QTest::newRow("12:30:45") << "";
    QTest::newRow("3/16/2022") << "";
    QTest::newRow("soon") << "";
}
void TstListFormats::days() {
    QFETCH(QString, day);
    QCOMPARE(QString::fromStdString(findDay(QTest::currentDataTag())), day);
}

void TstListFormats::heads() {
    const List firehol = parseList(
        "l",
        "#\n# alienvault_reputation\n# Maintainer URL  : https://m.example/\n# List source URL : https://l.example/x\n"
        "# Source File Date: Sat Mar 21 05:48:13 UTC 2020\n# This File Date  : Sun Mar 22 05:48:39 UTC 2020\n# License "
        ": CC0\n192.0.2.1\n");
    QCOMPARE_EQ(firehol.source, "https://l.example/x");
    QCOMPARE_EQ(firehol.date, "2020-03-21");
    QCOMPARE_EQ(firehol.licence, "CC0");
    const List prose =
        parseList("l", "# Sources:\n# datedness is no date\n# see the file 'LICENSE' for more\n192.0.2.1\n");
    QVERIFY(prose.source.empty() && prose.date.empty() && prose.licence.empty());
}

void TstListFormats::alienVault() {
    const std::string text =
        "# head\n192.0.2.1#4#2#Scanning "
        "Host#CN#Beijing#39.9,116.3#11\n2001:db8::1#1#3#Spamming###0,0#4\nnonsense#1#2#x\n";
    QCOMPARE(parseList("l", text).format, std::string_view("alienvault"));
    QCOMPARE(entriesOf(text),
             (QStringList{QStringLiteral("192.0.2.1/32 reliability 4, risk 2, Scanning Host, CN, Beijing"),
                          QStringLiteral("2001:db8::1/128 reliability 1, risk 3, Spamming"),
                          QStringLiteral("4:1 expected an address,")}));
}

void TstListFormats::mispCsv() {
    const std::string text =
        "uuid,event_id,category,type,value,comment,to_ids,date\n"
        "\"a\",1,\"Network activity\",\"ip-dst\",\"192.0.2.7\",\"C2, \"\"live\"\"\",1,1700000000\n"
        "b,1,Network activity,ip-src|port,2001:db8::7|443,,1,1700000000\r\n"
        "c,1,Network activity,domain|ip,evil.example|198.51.100.9,,1,\n"
        "d,1,Network activity,domain,evil.example,,1,\n"
        "e,1,Network activity,ip-dst\n";
    QCOMPARE(parseList("l", text).format, std::string_view("misp-csv"));
    const QStringList got = entriesOf(text);
    QCOMPARE(got.size(), 5);
    QCOMPARE(got[0], QStringLiteral("192.0.2.7/32 ip-dst, Network activity, C2, \"live\", 1700000000"));
    QVERIFY(got[1].startsWith(QStringLiteral("2001:db8::7/128 ")) &&
            got[2].startsWith(QStringLiteral("198.51.100.9/32 ")));
    QCOMPARE(got[3], QStringLiteral("5:1 MISP attributes of"));
    QVERIFY(got[4].startsWith(QStringLiteral("6:")));
}

/// Methods.md 9: flags are masks, a reputation of 0xb0 is unknown.
void TstListFormats::badActors() {
    const std::string text =
        "ip,type,reputation,action,source,time,comments\n"
        "192.0.2.1,0x12,-7,5,2,2010-03-01T00:00:00Z,seen "
        "twice\n192.0.2.2,1,0xb0,2,1,,\n192.0.2.3\n192.0.2.4,many,,,,,\n";
    QCOMPARE(parseList("l", text).format, std::string_view("bad-actors"));
    QCOMPARE(entriesOf(text), (QStringList{QStringLiteral("192.0.2.1/32 botnet + router, reputation -7, action drop + "
                                                          "block, source Cisco IBRS, 2010-03-01T00:00:00Z, seen twice"),
                                           QStringLiteral("192.0.2.2/32 action monitor, source private"),
                                           QStringLiteral("192.0.2.3/32"), QStringLiteral("5:1 expected a number")}));
}

/// Names that are sent nowhere are no addresses; an address with its name is one.
void TstListFormats::hostsFile() {
    QCOMPARE(entriesOf("0.0.0.0 ads.example.com\n127.0.0.1\tlocalhost # me\n:: x.example\n192.0.2.5 "
                       "server.example\n0.0.0.0/8\n127.0.0.1 7\n"),
             (QStringList{QStringLiteral("192.0.2.5/32 server.example"), QStringLiteral("0.0.0.0/8"),
                          QStringLiteral("127.0.0.1/32 7"), QStringLiteral("1:9 a hosts file"),
                          QStringLiteral("2:11 a hosts file"), QStringLiteral("3:4 a hosts file")}));
}

void TstListFormats::ranges() {
    QCOMPARE(
        entriesOf("192.0.2.0-192.0.2.255 # one\n192.0.2.1 - "
                  "192.0.2.4\n255.255.255.254-255.255.255.255\n0.0.0.0-255.255.255.255\n192.0.2.9-192.0.2.1\n2001:db8::"
                  "-192.0.2.1\n"),
        (QStringList{QStringLiteral("192.0.2.0/24 one"), QStringLiteral("192.0.2.1/32"), QStringLiteral("192.0.2.2/31"),
                     QStringLiteral("192.0.2.4/32"), QStringLiteral("255.255.255.254/31"), QStringLiteral("0.0.0.0/0"),
                     QStringLiteral("5:1 expected an address,"), QStringLiteral("6:1 expected an address,")}));
}

void TstListFormats::rangesCoverExactly() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 500; ++i) {
        const auto a = std::uint32_t(random()),
                   b = std::uint32_t(random() % 3 ? std::uint32_t(random()) : a + random() % 4096);
        const auto first = flow::IpAddr::v4(std::min(a, b)), last = flow::IpAddr::v4(std::max(a, b));
        const List list = parseList("r", toText(first) + "-" + toText(last) + "\n");
        QVERIFY(!list.entries.empty() && list.entries.size() <= 62);
        flow::IpAddr at = first;
        for (const PrefixEntry& e : list.entries) {
            QVERIFY(e.prefix.base == at);
            at = next(e.prefix.last());
        }
        QVERIFY(list.entries.back().prefix.last() == last);
    }
}

void TstListFormats::problemsAreBounded() {
    std::string text = "192.0.2.1\n";
    for (std::size_t i = 0; i < 3 * kMostProblems; ++i) text += "name" + std::to_string(i) + ".example\n";
    const List list = parseList("l", text);
    QCOMPARE_EQ(list.problems.size(), kMostProblems);
    QCOMPARE_EQ(list.rejected, 3 * kMostProblems);
    QCOMPARE_EQ(list.entries.size(), 1u);
}

/// Every line of every list at hand is an entry, a remark or a problem.
void TstListFormats::everySharedList() {
    NEEDS_SHARED_DATA({});
    int files = 0;
    std::size_t entries = 0;
    for (const QString& folder : QDir(test::sharedData()).entryList({QStringLiteral("lists-*")}, QDir::Dirs))
        for (QDirIterator it(test::sharedData(folder), QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file(it.next());
            if (file.fileName().endsWith(QStringLiteral(".json")) || !file.open(QIODevice::ReadOnly)) continue;
            const std::string text = file.readAll().toStdString();
            std::size_t data = 0;
            for (const QByteArray& line : QByteArray::fromStdString(text).split('\n')) {
                const QByteArray body = line.trimmed();
                data += !body.isEmpty() && body[0] != '#' && body[0] != ';';
            }
            const List list = parseList("l", text);
            QVERIFY2(list.size() + list.rejected == data, qPrintable(file.fileName()));
            entries += list.size();
            ++files;
        }
    qInfo("%d lists, %zu entries", files, entries);
    QVERIFY(files > 30 && entries > 300'000);
}

QTEST_APPLESS_MAIN(TstListFormats)
#include "tst_list_formats.moc"
