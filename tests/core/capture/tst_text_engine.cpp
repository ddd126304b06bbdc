// The engine below the text formats: splitting, quotes, values, cuts into parts, damage, mappings.
#include "core/base/text.h"
#include "core/capture/csv_mapping.h"
#include "core/capture/text_formats.h"
#include "tests/support/flow_reading.h"

#include <QTest>

#include <limits>
#include <random>

using namespace weir;
using namespace weir::capture;
using flow::Col;
using test::readFlowText;

namespace {

const std::string kHead =
    "flowStartMilliseconds,flowEndMilliseconds,sourceIPv4Address,destinationIPv4Address,sourceTransportPort,"
    "destinationTransportPort,protocolIdentifier,packetDeltaCount,octetDeltaCount\n";

std::string rowText(std::size_t i) {
    const auto n = std::to_string(i);
    return std::to_string(1700000000000 + i) + "," + std::to_string(1700000000000 + i + 7) + ",10.0." +
           std::to_string(i / 250 % 250) + "." + std::to_string(i % 250) + ",192.0.2." + std::to_string(i % 200) + "," +
           std::to_string(i % 65536) + ",80,6," + n + "," + std::to_string(i * 40) + "\n";
}
std::string rowsText(std::size_t rows) {
    std::string out = kHead;
    for (std::size_t i = 0; i < rows; ++i) out += rowText(i);
    return out;
}
std::vector<std::vector<std::string>> split(std::string_view t, const text::Layout& layout, std::size_t fields) {
    std::vector<std::vector<std::string>> out;
    text::LineReader reader(t, layout, fields);
    text::Line line;
    while (reader.next(line)) {
        out.emplace_back(line.fields.begin(), line.fields.end());
        if (line.damaged) out.back().push_back("damaged");
    }
    return out;
}
using Table = std::vector<std::vector<std::string>>;

}  // namespace

class TstTextEngine : public QObject {
    Q_OBJECT
private slots:
    void splits();
    void splitsAsAByteByByteReader();
    void numbers();
    void addresses();
    void times();
    void flags();
    void fileOrderOverParts();
    void quotedLineEndsAtCuts();
    void delimitersAndLineEnds();
    void damagedRowsInTheMiddle();
    void repeatedHeads();
    void truncatedAnywhere_data();
    void truncatedAnywhere();
    void mappingTexts();
    void mappingErrors_data();
    void mappingErrors();
    void mappedText();
    void unknownTextIsRefusedWithAWayOn();
    void proposals();
    void proposalsByValues();
    void previews();
};

void TstTextEngine::splits() {
    text::Layout csv;
    QVERIFY(split("a,b,c\r\nd,,f\n\n,,\nx", csv, 3) == (Table{{"a", "b", "c"}, {"d", "", "f"}, {"", "", ""}, {"x"}}));
    QVERIFY(split("a,\"b,1\",c\n\"q\"\"q\",\"two\nlines\",z\n", csv, 3) ==
            (Table{{"a", "b,1", "c"}, {"q\"q", "two\nlines", "z"}}));
    QVERIFY(split("in\"side,b\n\"x\"rest,b\n", csv, 2) == (Table{{"in\"side", "b"}, {"x", "b"}}));
    QVERIFY(split("\"never,ends\nb,c\n", csv, 2) == (Table{{"", "damaged"}, {"b", "c"}}));
    text::Layout pipe;
    pipe.delimiter = '|';
    pipe.padded = true;
    QVERIFY(split("  a | b|c  |\n", pipe, 4) == (Table{{"a", "b", "c", ""}}));
    QVERIFY(split("a,b,c,d\n", csv, 2) == (Table{{"a", "b"}}));
    text::Layout json;
    json.delimiter = '\0';
    json.keys = {"a", "b.c"};
    QVERIFY(split("{\"a\": 1, \"b\": {\"c\": \"x\\/y\", \"d\": [1, {\"a\": 3}]}}\n{\"b.c\":\"q\"}\n{\"a\":1\n{}\n[1]\n",
                  json, 2) == (Table{{"1", "x/y"}, {"", "q"}, {"1", "", "damaged"}, {"", ""}, {"", "", "damaged"}}));
}

/// The 64-byte steps against the plain rule, over random texts of few letters.
void TstTextEngine::splitsAsAByteByByteReader() {
    const std::uint64_t seed = std::random_device{}();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    std::mt19937_64 rng(seed);
    text::Layout layout;
    layout.quotes = false;
    for (int round = 0; round < 3000; ++round) {
        std::string t(rng() % 300, ' ');
        for (char& c : t) c = "ab,,\n1"[rng() % 6];
        Table expected;
        std::string line;
        for (std::size_t i = 0; i <= t.size(); ++i) {
            if (i < t.size() && t[i] != '\n') {
                line += t[i];
                continue;
            }
            if (!line.empty()) {
                expected.emplace_back(1);
                for (const char c : line) {
                    if (c == ',')
                        expected.back().emplace_back();
                    else
                        expected.back().back() += c;
                }
            }
            line.clear();
        }
        QVERIFY(split(t, layout, 1000) == expected);
        QCOMPARE(text::countLines(t),
                 std::size_t(std::count(t.begin(), t.end(), '\n')) + (!t.empty() && t.back() != '\n'));
    }
}

void TstTextEngine::numbers() {
    std::uint64_t v = 0;
    const auto is = [&](std::string_view t, std::uint64_t expected) { return text::numberOf(t, v) && v == expected; };
    QVERIFY(is("0", 0) && is("007", 7) && is("18446744073709551615", std::numeric_limits<std::uint64_t>::max()) &&
            is("0x1F", 31) && is("12.0", 12) && is("1.5e3", 1500));
    for (const char* bad :
         {"", "-1", "+1", "1x", " 1", "0x", "18446744073709551616", "1e99", "nan", "inf", "1,000", "."})
        QVERIFY2(!text::numberOf(bad, v), bad);
}

void TstTextEngine::addresses() {
    flow::IpAddr a;
    for (const char* good : {"0.0.0.0", "255.255.255.255", "10.0.0.1", "::", "2001:db8::1", "fe80::1%eth0",
                             "[2001:db8::1]", "::ffff:10.0.0.1"})
        QVERIFY2(text::addressOf(good, a), good);
    for (const char* bad : {"", "10.0.0", "10.0.0.256", "10.0.0.1.2", "10.0.0.01", "1.2.3.4 ", "10..0.1", "1.2.3.4:80",
                            "a.b.c.d", "00:15:17:2c:e5:2d", "g::1", "1.2.3.1234"})
        QVERIFY2(!text::addressOf(bad, a), bad);
    std::mt19937_64 rng(7);
    for (int i = 0; i < 2000; ++i) {
        const auto v = std::uint32_t(rng());
        std::uint32_t back = 0;
        QVERIFY(text::v4Of(flow::toText(flow::IpAddr::v4(v)), back) && back == v);
    }
}

void TstTextEngine::times() {
    text::Clock clock;
    std::int64_t us = 0;
    using text::Form;
    const auto is = [&](std::string_view t, Form form, std::string_view expected) {
        return clock.timeOf(t, form, us) && us == parseUtc(expected);
    };
    QVERIFY(is("2015-05-02 18:38:04", Form::automatic, "2015-05-02T18:38:04Z"));
    QVERIFY(is("2015-05-02T18:38:04.123456789Z", Form::milliseconds, "2015-05-02T18:38:04.123456Z"));
    QVERIFY(is("2015/05/02 18:38:04.5", Form::automatic, "2015-05-02T18:38:04.5Z"));
    QVERIFY(is("2015-05-02T18:38:04+02:00", Form::automatic, "2015-05-02T16:38:04Z"));
    QVERIFY(is("2015-05-02T18:38:04-0130", Form::automatic, "2015-05-02T20:08:04Z"));
    QVERIFY(is("2015-05-02 18:38", Form::automatic, "2015-05-02T18:38:00Z"));
    QVERIFY(is("2016-02-29", Form::automatic, "2016-02-29T00:00:00Z"));
    QVERIFY(is("1430591884", Form::automatic, "2015-05-02T18:38:04Z"));
    QVERIFY(is("1430591884.25", Form::seconds, "2015-05-02T18:38:04.25Z"));
    QVERIFY(is("1430591884250", Form::milliseconds, "2015-05-02T18:38:04.25Z"));
    QVERIFY(is("1430591884250001", Form::microseconds, "2015-05-02T18:38:04.250001Z"));
    QVERIFY(is("1430591884250001999", Form::nanoseconds, "2015-05-02T18:38:04.250001Z"));
    QVERIFY(is("1.430591884e9", Form::seconds, "2015-05-02T18:38:04Z"));
    QVERIFY(is("31/12/2017 03:30:00 PM", Form::dayFirst, "2017-12-31T15:30:00Z"));
    QVERIFY(is("1/2/2017 12:05 AM", Form::dayFirst, "2017-02-01T00:05:00Z"));
    QVERIFY(is("1/2/2017 3:30", Form::monthFirst, "2017-01-02T03:30:00Z"));
    for (const char* bad : {"", "yesterday", "2015-13-02 18:38:04", "2015-02-30", "2015-05-02 24:00:00",
                            "2015-05-02 18:38:04 CET", "2015-05-02x18:38", "99999999999999999999", "1e300"})
        QVERIFY2(!clock.timeOf(bad, Form::automatic, us), bad);
    for (const char* bad : {"32/01/2017 1:00", "1/13/2017 1:00", "1/1/2017 25:00", "1/1/2017 13:00 PM", "1/1"})
        QVERIFY2(!clock.timeOf(bad, Form::dayFirst, us), bad);
    QVERIFY(!text::Clock().timeOf(std::string_view("\0\0\0\0\0\0\0\0\0\0", 10), Form::automatic, us));
    QVERIFY(text::durationOf("1.5", Form::automatic, us) && us == 1500000);
    QVERIFY(text::durationOf("-1", Form::microseconds, us) && us == -1);
    QVERIFY(text::durationOf("01:02:03.5", Form::automatic, us) && us == 3723500000);
    QVERIFY(!text::durationOf("18446744073709540.000", Form::automatic, us) &&
            !text::durationOf("x", Form::seconds, us));
}

void TstTextEngine::flags() {
    std::uint8_t f = 0;
    const auto is = [&](std::string_view t, unsigned expected) { return text::flagsOf(t, f) && f == expected; };
    QVERIFY(is("...AP.SF", 0x1b) && is("........", 0) && is(".E.A..S.", 0x52) && is("C.......", 0x80) && is("27", 27) &&
            is("0x1b", 27) && is(" FS PA  ", 0x1b) && is("SYN|ACK", 0x12) && is("-", 0));
    QVERIFY(!text::flagsOf("xyz", f) && !text::flagsOf("99999999", f));
}

void TstTextEngine::fileOrderOverParts() {
    constexpr std::size_t kRows = 200000;
    const std::string all = rowsText(kRows);
    const auto f = readFlowText(all);
    QCOMPARE(f.reader, std::string_view("ipfix-text"));
    QVERIFY(f.parts >= 3 && f.parts <= 5);
    QCOMPARE(f.rows.size(), kRows);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < kRows; ++i)
        wrong += f.rows[i][Col::packets] != std::int64_t(i) ||
                 f.rows[i][Col::start] != std::int64_t(1700000000000 + i) * 1000;
    QCOMPARE(wrong, std::size_t(0));
    const auto file = text::openAs<text::planIpfix>(std::as_bytes(std::span(all.data(), all.size())), {});
    std::uint64_t bytes = 0;
    for (std::size_t p = 0; (*file)->has(p); ++p) {
        bytes += (*file)->partBytes(p);
        QVERIFY((*file)->partRows(p) <= 65536);
    }
    QCOMPARE(bytes, std::uint64_t(all.size() - kHead.size()));
}

void TstTextEngine::quotedLineEndsAtCuts() {
    std::string all = kHead.substr(0, kHead.size() - 1) + ",label\n";
    constexpr std::size_t kRows = 150000;
    for (std::size_t i = 0; i < kRows; ++i) {
        all += rowText(i);
        all.back() = ',';
        all += "\"a\nb,\nc \"\"" + std::to_string(i) + "\"\"\"\n";
    }
    const auto f = readFlowText(all);
    QVERIFY(f.parts > 2);
    QVERIFY(f.drops.list().empty());
    QCOMPARE(f.rows.size(), kRows);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < kRows; ++i) wrong += f.rows[i][Col::packets] != std::int64_t(i);
    QCOMPARE(wrong, std::size_t(0));
}

void TstTextEngine::delimitersAndLineEnds() {
    const auto plain = readFlowText(rowsText(50));
    QCOMPARE(plain.rows.size(), std::size_t(50));
    for (const char delimiter : {'\t', '|', ';'}) {
        std::string t = rowsText(50);
        std::replace(t.begin(), t.end(), ',', delimiter);
        QVERIFY(readFlowText(t).rows == plain.rows);
    }
    std::string crlf = "\xef\xbb\xbf";
    for (const char c : rowsText(50)) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto f = readFlowText(crlf);
    QVERIFY(f.drops.list().empty());
    QVERIFY(f.rows == plain.rows);
    std::string open = rowsText(50);
    open.pop_back();
    QVERIFY(readFlowText(open).rows == plain.rows);
}

void TstTextEngine::damagedRowsInTheMiddle() {
    std::string t = kHead;
    std::vector<std::uint64_t> places;
    const auto bad = [&](const char* row) {
        places.push_back(t.size());
        t.append(row).append("\n");
    };
    t += rowText(1);
    bad("1700000000000,1700000000000,10.0.0.300,192.0.2.1,1,80,6,1,40");
    t += rowText(2);
    bad("yesterday,1700000000000,10.0.0.3,192.0.2.1,1,80,6,1,40");
    bad("1700000000000,1700000000000,10.0.0.3,192.0.2.1,1,80,6,one,40");
    bad("1700000000000,1700000000000,10.0.0.3,192.0.2.1,99999,80,6,1,40");
    bad("1700000000000,1700000000000,10.0.0.3");
    bad("1700000000000,1700000000000,,192.0.2.1,1,80,6,1,40");
    bad(",,10.0.0.3,192.0.2.1,1,80,6,1,40");
    bad("1700000000000,1700000000000,10.0.0.3,192.0.2.1,1,80,tpc,1,40");
    bad("\"1700000000000,1700000000000,10.0.0.3,192.0.2.1,1,80,6,1,40");
    t += rowText(3);
    const auto f = readFlowText(t);
    QCOMPARE(f.rows.size(), std::size_t(3));
    QVERIFY(f.rows[0][Col::packets] == 1 && f.rows[1][Col::packets] == 2 && f.rows[2][Col::packets] == 3);
    QCOMPARE(f.drops.damaged(), std::uint64_t(places.size()));
    const auto offset = [&](std::string_view reason) {
        for (const Drop& d : f.drops.list())
            if (d.reason == reason) return d.firstOffset;
        return std::uint64_t(0);
    };
    QCOMPARE(offset("unreadable address"), places[0]);
    QCOMPARE(offset("unreadable time"), places[1]);
    QCOMPARE(offset("unreadable number"), places[2]);
    QCOMPARE(f.dropped("unreadable number"), std::uint64_t(2));
    QCOMPARE(offset("row with too few fields"), places[4]);
    QCOMPARE(offset("row without addresses"), places[5]);
    QCOMPARE(offset("row without time"), places[6]);
    QCOMPARE(offset("unreadable protocol"), places[7]);
    QCOMPARE(offset("quote without end"), places[8]);
}

void TstTextEngine::repeatedHeads() {
    const auto f = readFlowText(rowsText(3) + rowsText(2));  // two exports one behind the other
    QCOMPARE(f.rows.size(), std::size_t(5));
    QVERIFY(f.drops.list().empty());
}

void TstTextEngine::truncatedAnywhere_data() {
    QTest::addColumn<QByteArray>("whole");
    const auto row = [](const char* name, const std::string& t) {
        QTest::newRow(name) << QByteArray::fromStdString(t);
    };
    row("csv", rowsText(5));
    row("quotes",
        "flowStartSeconds,sourceIPv4Address,destinationIPv4Address,label\n\"1700000000\",\"10.0.0.1\",10.0.0.2,\"a,"
        "\n\"\"b\"\n1700000001,10.0.0.1,10.0.0.2,x\n");
    row("nfdump",
        "ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt\n2015-05-02 18:38:04,2015-05-02 "
        "18:38:07,2.578,10.0.2.2,10.0.2.3,54435,22,TCP,...A..S.,5,230\nSummary\nflows,bytes\n1,230\n");
    row("zeek",
        "#separator "
        "\\x09\n#unset_field\t-\n#path\tconn\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_"
        "p\tproto\thistory\n1700000000.5\t10.0.0.1\t1\t10.0.0.2\t2\ttcp\tShA\n");
    row("zeek json",
        "{\"ts\":1700000000.5,\"id.orig_h\":\"10.0.0.1\",\"id.resp_h\":\"10.0.0.2\",\"proto\":\"tcp\",\"history\":"
        "\"\\u0053h\"}\n{\"ts\":1700000001.5,\"id.orig_h\":\"10.0.0.1\",\"id.resp_h\":\"10.0.0.2\"}\n");
    row("argus",
        "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,TotPkts,TotBytes,SrcBytes\n2018/12/18 "
        "14:00:00.075359,0.5,tcp,216.73.23.146,52691,->,147.32.81.57,445,S_RA,3,210,140\n");
    row("rwcut", "sIP|dIP|sTime|\n 10.0.0.1| 10.0.0.2|2009/02/12T00:00:00.123|\n");
}

void TstTextEngine::truncatedAnywhere() {
    QFETCH(QByteArray, whole);
    const auto all = readFlowText({whole.constData(), std::size_t(whole.size())});
    QVERIFY(!all.rows.empty());
    for (qsizetype n = 0; n < whole.size(); ++n) {
        const std::string cut(whole.constData(),
                              std::size_t(n));  // its own allocation, so that an over-read is seen by the sanitizer
        for (const ReaderDef& r : readers()) {
            if (!r.openFlows) continue;
            const auto part = readFlowText(cut, r.id);
            if (r.id == all.reader) QVERIFY(part.rows.size() <= all.rows.size());
        }
    }
}

void TstTextEngine::mappingTexts() {
    const auto m = parseMapping(
        "sourceIPv4Address=3, destinationIPv4Address=\"dst, "
        "\"\"b\"\"\",flowStartMilliseconds=1:s,flowDurationMilliseconds=dur,delimiter=pipe,head=yes");
    QVERIFY(m);
    QCOMPARE(m->columns.size(), std::size_t(4));
    QCOMPARE(m->columns[0].number, std::size_t(3));
    QCOMPARE(m->columns[1].name, std::string("dst, \"b\""));
    QVERIFY(m->columns[2].form == text::Form::seconds && m->columns[3].form == text::Form::milliseconds);
    QVERIFY(m->delimiter == '|' && m->head == true);
    const std::string back = toText(*m);
    QCOMPARE(QString::fromStdString(toText(*parseMapping(back))), QString::fromStdString(back));
    QCOMPARE(
        QString::fromStdString(back),
        QStringLiteral("sourceIPv4Address=3,destinationIPv4Address=\"dst, "
                       "\"\"b\"\"\",flowStartMilliseconds=1:s,flowDurationMilliseconds=dur,delimiter=pipe,head=yes"));
}

void TstTextEngine::mappingErrors_data() {
    QTest::addColumn<QByteArray>("mapping");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* mapping, const char* says) {
        QTest::newRow(mapping) << QByteArray(mapping) << QByteArray(says);
    };
    row("sourceIPv4Adress=1", "did you mean `sourceIPv4Address`?");
    row("sourceIPv4Address", "expected ELEMENT=COLUMN");
    row("sourceIPv4Address=", "names no column");
    row("sourceIPv4Address=0", "count from 1");
    row("sourceIPv4Address=1:s", "only times and durations");
    row("flowStartMilliseconds=1:fortnights", "there are s, ms");
    row("flowDurationMilliseconds=1:dmy", "not a valid form of flowDuration");
    row("delimiter=colon", "comma, tab, pipe");
    row("sourceIPv4Address=\"x", "quote without end");
    row("head=yes", "maps no column");
    row("sourceIPv4Address=9,destinationIPv4Address=2,flowStartSeconds=1", "column 9 of a text with 3");
    row("sourceIPv4Address=from,destinationIPv4Address=2,flowStartSeconds=1", "no column `from`");
    row("sourceIPv4Address=2,flowStartSeconds=1", "no column for destination address");
}

void TstTextEngine::mappingErrors() {
    QFETCH(QByteArray, mapping);
    QFETCH(QByteArray, says);
    ReadOptions options;
    options.csvMapping = mapping.toStdString();
    const auto f = readFlowText("when,a,b\n1700000000,10.0.0.1,10.0.0.2\n", "csv", options);
    QVERIFY2(f.error.find(says.toStdString()) != std::string::npos, f.error.c_str());
    QVERIFY(f.error.find('\n') == std::string::npos);
}

void TstTextEngine::mappedText() {
    ReadOptions options;
    options.csvMapping = "sourceIPv4Address=a,destinationIPv4Address=b,flowStartSeconds=when,packetDeltaCount=4";
    const auto named = readFlowText("when,a,b,n\n1700000000.5,10.0.0.1,10.0.0.2,3\n", {}, options);
    QCOMPARE(named.reader, std::string_view("csv"));
    QCOMPARE(named.rows.size(), std::size_t(1));
    QVERIFY(named.rows[0][Col::start] == 1700000000500000 && named.rows[0][Col::end] == 1700000000500000 &&
            named.rows[0][Col::packets] == 3);
    options.csvMapping = "sourceIPv4Address=2,destinationIPv4Address=3,flowStartSeconds=1,packetDeltaCount=4";
    QVERIFY(readFlowText("when,a,b,n\n1700000000.5,10.0.0.1,10.0.0.2,3\n", {}, options).rows == named.rows);
    QVERIFY(readFlowText("1700000000.5,10.0.0.1,10.0.0.2,3\n", {}, options).rows ==
            named.rows);  // no head, and it shows
    options.csvMapping =
        "sourceIPv4Address=source.ip,destinationIPv4Address=destination.ip,flowStartSeconds=t,packetDeltaCount=n";
    QVERIFY(readFlowText(
                "{\"t\":1700000000.5,\"source\":{\"ip\":\"10.0.0.1\"},\"destination\":{\"ip\":\"10.0.0.2\"},\"n\":3}\n",
                "csv", options)
                .rows == named.rows);
}

void TstTextEngine::unknownTextIsRefusedWithAWayOn() {
    const auto f =
        readFlowText("when,src_ip,dst_ip,colour\n1700000000,10.0.0.1,10.0.0.2,red\n1700000000,10.0.0.1,10.0.0.2,red\n");
    QVERIFY(f.rows.empty());
    for (const char* part : {"4 columns", "src_ip = sourceIPv4Address", "not recognised: colour", "--map"})
        QVERIFY2(f.error.find(part) != std::string::npos, f.error.c_str());
}

void TstTextEngine::proposals() {
    const auto p = proposeMapping(
        "@timestamp;source.ip;source.port;destination.ip;destination.port;network.transport;event.duration;source."
        "bytes;destination.bytes;note\n"
        "2024-01-02T03:04:05Z;10.0.0.1;1000;2001:db8::1;53;udp;1500000;70;120;x\n");
    QVERIFY(p && p->head && p->delimiter == ';');
    QVERIFY(p->missing().empty());
    std::string said;
    for (const auto& c : p->columns)
        said.append(c.element ? c.element->name : "-").append(":").append(formName(c.form)).append(" ");
    QCOMPARE(QString::fromStdString(said),
             QStringLiteral("flowStartMilliseconds:ms sourceIPv4Address: sourceTransportPort: destinationIPv4Address: "
                            "destinationTransportPort: protocolIdentifier: "
                            "flowDurationMilliseconds:ns octetDeltaCount: reverseOctetDeltaCount: -: "));
    ReadOptions options;
    options.csvMapping = toText(p->mapping());
    const auto f = readFlowText(
        "@timestamp;source.ip;source.port;destination.ip;destination.port;network.transport;event.duration;source."
        "bytes;destination.bytes;note\n"
        "2024-01-02T03:04:05Z;10.0.0.1;1000;2001:db8::1;53;udp;1500000;70;120;x\n",
        "csv", options);
    QCOMPARE(f.rows.size(), std::size_t(1));
    QCOMPARE(f.rows[0][Col::end] - f.rows[0][Col::start], std::int64_t(1500));
    QCOMPARE(f.rows[0][Col::reverseBytes], std::int64_t(120));
    // A name whose values do not fit is no proposal.
    const auto wrong = proposeMapping("start,src,dst\n1700000000,alice,10.0.0.2\n");
    QVERIFY(wrong && !wrong->columns[1].element);
    QCOMPARE(wrong->missing(), std::string("source address"));
}

void TstTextEngine::proposalsByValues() {
    const auto p =
        proposeMapping("10.0.0.1\t1700000000123\t10.0.0.2\ttcp\t17\n10.0.0.3\t1700000000456\t10.0.0.4\tudp\t18\n");
    QVERIFY(p && !p->head && p->missing().empty());
    QCOMPARE(p->columns[0].element->name, std::string_view("sourceIPv4Address"));
    QCOMPARE(p->columns[1].form, text::Form::milliseconds);
    QCOMPARE(p->columns[2].element->name, std::string_view("destinationIPv4Address"));
    QCOMPARE(p->columns[3].element->name, std::string_view("protocolIdentifier"));
    QVERIFY(!p->columns[4].element && p->columns[0].confidence < 50);
}

void TstTextEngine::previews() {
    const std::string t =
        "when,a,b\n1700000000,10.0.0.1,10.0.0.2\n\n1700000001,10.0.0,10.0.0.2\n1700000002,10.0.0.1,10.0.0.2\nlater,10."
        "0.0.1,10.0.0.2\n";
    const auto mapping = parseMapping("sourceIPv4Address=a,destinationIPv4Address=b,flowStartSeconds=when");
    const auto plan = planOfMapping(t, *mapping);
    QVERIFY(plan);
    const auto p = text::preview(t, *plan, 1, t.size());
    QVERIFY(p.whole);
    QCOMPARE(p.records.size(), std::size_t(1));
    QCOMPARE(p.rowsSeen, std::uint64_t(4));
    QCOMPARE(p.rowsRejected, std::uint64_t(2));
    QCOMPARE(p.lines[0], std::uint64_t(2));
    QCOMPARE(p.rejected[0].line, std::uint64_t(4));
    QCOMPARE(p.rejected[0].reason, std::string("unreadable address"));
    QCOMPARE(p.rejected[0].field, std::string("10.0.0"));
    QCOMPARE(p.rejected[1].line, std::uint64_t(6));
    QCOMPARE(p.rejected[1].field, std::string("later"));
}

QTEST_APPLESS_MAIN(TstTextEngine)
#include "tst_text_engine.moc"
