// Reports: hostile names in every format, HTML that parses and loads nothing, CSV and JSON with the same numbers,
// sections by choice.
#include "core/report/formats.h"
#include "core/report/registry.h"
#include "core/report/svg_chart.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

#include <random>

using namespace weir;
using namespace weir::report;

namespace {

const std::string kHostile = "<script>alert('x')</script> & \"q\" | `c` \\ #1 \x01\xff\xc3 \xed\xa0\x80 =1+1";

Document sampleOf(const std::string& name) {
    Document d;
    d.title = name;
    d.subtitle = name;
    d.made = "2026-01-02T03:04:05.000Z";
    d.program = "Weir";
    Table t{"t",
            name,
            {{"name", name, Kind::name},
             {"text", "Text"},
             {"flows", "Flows", Kind::count},
             {"share", "Share", Kind::share}},
            {},
            name};
    t.rows.push_back({name, "plain", cell(1234567), share(1, 3)});
    t.rows.push_back({"=cmd", "a,b\n\"c\"", Cell(std::int64_t(-5)), Cell()});
    Chart bars{Chart::Form::bars, name, name, {name, "b"}, {{name, {3, 0}}}, true};
    Chart lines{
        Chart::Form::lines, name, "flows", {"1", "2", "3"}, {{name, {0, 5, 2}}, {"other", {1, 1, 1e12}}}, false};
    d.sections.push_back(
        {"one",
         name,
         {Paragraph{name}, std::move(t), std::move(bars), std::move(lines), Listing{name, name + "\n```\n````\n"}}});
    return d;
}

/// Text of all elements; fails when the page is not well-formed.
QString parsed(const std::string& html, QStringList* names = nullptr) {
    QXmlStreamReader xml(QByteArray::fromStdString(html));
    QString text;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isCharacters()) text += xml.text();
        if (xml.isStartElement() && names) *names << xml.name().toString();
    }
    if (xml.hasError()) qWarning("line %lld: %s", xml.lineNumber(), qPrintable(xml.errorString()));
    return xml.hasError() ? QString() : text;
}

/// RFC 4180.
QList<QStringList> csvRows(const QByteArray& bytes) {
    QList<QStringList> rows{{QString()}};
    bool quoted = false;
    const QString text = QString::fromUtf8(bytes);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == u'"' && i + 1 < text.size() && text[i + 1] == u'"')
            rows.back().back() += text[++i];
        else if (c == u'"')
            quoted = !quoted;
        else if (!quoted && c == u',')
            rows.back() << QString();
        else if (!quoted && c == u'\r')
            continue;
        else if (!quoted && c == u'\n')
            rows << QStringList{QString()};
        else
            rows.back().back() += c;
    }
    return rows;
}

}  // namespace

class TstReport : public QObject {
    Q_OBJECT
private slots:
    void htmlTakesAnyName();
    void htmlLoadsNothing();
    void markdownKeepsItsTables();
    void csvAndJsonSayTheSame();
    void svgTakesAnyNumbers();
    void textsAsHtml();
    void formatsByName();
    void cellsForPeople();
    void sectionsByChoice();
    void withoutMaterial();
};

void TstReport::htmlTakesAnyName() {
    const std::string html = toHtml(sampleOf(kHostile));
    QStringList names;
    const QString text = parsed(html, &names);
    QVERIFY(!text.isEmpty());
    QVERIFY(!names.contains(QStringLiteral("script")));
    QVERIFY(text.contains(QStringLiteral("<script>alert('x')</script> & \"q\"")));  // as text
    QVERIFY(text.contains(QStringLiteral("1,234,567")) && text.contains(QStringLiteral("33.3\u202f%")));
    QCOMPARE(names.count(QStringLiteral("svg")), 2);
    QCOMPARE(names.count(QStringLiteral("tr")), 3);
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::string noise;
        for (int i = 0; i < 40; ++i) noise += char(random() % 256);
        QVERIFY(!parsed(toHtml(sampleOf(noise))).isEmpty());
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(toJson(sampleOf(noise)))).isNull());
    }
}

void TstReport::htmlLoadsNothing() {
    const QByteArray html = QByteArray::fromStdString(toHtml(sampleOf("name")));
    for (const char* what : {"<script", "http:", "https:", "//", "src=", "url(", "@import", "<link", "<iframe"})
        QVERIFY2(!html.contains(what), what);
    QVERIFY(html.contains("prefers-color-scheme:dark") && html.contains("@media print"));
}

void TstReport::markdownKeepsItsTables() {
    const QString text = QString::fromStdString(toMarkdown(sampleOf(kHostile)));
    int rows = 0;
    for (const QString& line : text.split(u'\n')) {
        if (!line.startsWith(u'|')) continue;
        ++rows;
        int pipes = 0;
        for (qsizetype i = 0; i < line.size(); ++i) {
            if (line[i] == u'\\')
                ++i;
            else
                pipes += line[i] == u'|';
        }
        QCOMPARE(pipes, 5);
    }
    QCOMPARE(rows, 4);
    QVERIFY(!text.contains(QStringLiteral("<script>alert('x')</script> & \"q\" | `c`")) ||
            text.contains(QStringLiteral("`````")));
    QVERIFY(text.contains(QStringLiteral("\n`````\n")));  // a fence that the text does not have
}

void TstReport::csvAndJsonSayTheSame() {
    const Document d = sampleOf("a \"name\", with all");
    const auto rows = csvRows(QByteArray::fromStdString(toCsv(d)));
    QCOMPARE(rows[0], QStringList{QStringLiteral("# one/t")});
    QCOMPARE(rows[1], (QStringList{QStringLiteral("name"), QStringLiteral("text"), QStringLiteral("flows"),
                                   QStringLiteral("share")}));
    const QJsonArray json = QJsonDocument::fromJson(QByteArray::fromStdString(
        toJson(d)))[QStringLiteral("sections")][0][QStringLiteral("tables")][QStringLiteral("t")]
                                .toArray();
    QCOMPARE(json.size(), 2);
    QCOMPARE(rows[2][0], json[0][QStringLiteral("name")].toString());
    QCOMPARE(rows[2][2].toLongLong(), json[0][QStringLiteral("flows")].toInteger());
    QCOMPARE(rows[2][3].toDouble(), json[0][QStringLiteral("share")].toDouble());
    QCOMPARE(json[0][QStringLiteral("share")].toDouble(), 1.0 / 3);
    QCOMPARE(rows[3][0], QStringLiteral("'=cmd"));  // no formula for a spreadsheet
    QCOMPARE(rows[3][1], json[1][QStringLiteral("text")].toString());
    QCOMPARE(rows[3][2], QStringLiteral("-5"));
    QVERIFY(rows[3][3].isEmpty() && json[1][QStringLiteral("share")].isNull());
}

void TstReport::svgTakesAnyNumbers() {
    QVERIFY(toSvg({}).empty());
    for (const auto form : {Chart::Form::bars, Chart::Form::lines})
        for (const std::vector<double>& values :
             {std::vector<double>{0, 0, 0}, {1, 1e18, 2}, {0.001, 0, 0}, {5, 5, 5}}) {
            Chart c{form, "t", "", {"a", "b", "c"}, {{"s", values}, {"u", values}}, false};
            const std::string svg = toSvg(c);
            QVERIFY(!parsed(svg).isEmpty());
            QVERIFY(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
        }
    const Chart one{Chart::Form::lines, "t", "", {"only"}, {{"s", {3}}}, false};
    QVERIFY(!parsed(toSvg(one)).isEmpty());
    // The longest bar ends where the values begin, the others in proportion.
    const Chart bars{Chart::Form::bars, "t", "", {"a", "b"}, {{"s", {200, 50}}}, false};
    QVERIFY(toSvg(bars).find("width=\"420.0\"") != std::string::npos &&
            toSvg(bars).find("width=\"105.0\"") != std::string::npos);
}

void TstReport::textsAsHtml() {
    QCOMPARE(htmlText("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
    QCOMPARE(htmlText("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80"),
             "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
    QCOMPARE(htmlText("\xff"), "\xef\xbf\xbd");
    QCOMPARE(htmlText("\xc3"), "\xef\xbf\xbd");
    QCOMPARE(htmlText(std::string_view("\0", 1)), "\xef\xbf\xbd");
    QCOMPARE(htmlText("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd");
}

void TstReport::formatsByName() {
    QCOMPARE(formatOf("a/b.html")->name, "HTML");
    QCOMPARE(formatOf("B.HTML")->name, "HTML");
    QCOMPARE(formatOf("x.json")->name, "JSON");
    QVERIFY(!formatOf(".html") && !formatOf("html") && !formatOf("x.pdf") && !formatOf(""));
}

void TstReport::cellsForPeople() {
    QCOMPARE(shown(cell(1234567), Kind::count), "1,234,567");
    QCOMPARE(shown(Cell(std::int64_t(-1234)), Kind::count), "\u22121,234");
    QCOMPARE(shown(Cell(INT64_MIN), Kind::count), "\u22129,223,372,036,854,775,808");
    QCOMPARE(shown(Cell(0.1234), Kind::share), "12.3\u202f%");
    QCOMPARE(shown(Cell(0.0001), Kind::share), "0.010\u202f%");
    QCOMPARE(shown(Cell(0.0), Kind::share), "0.0\u202f%");
    QCOMPARE(shown(Cell(), Kind::share), "\u2013");
    QCOMPARE(shown(Cell(), Kind::text), "");
    QCOMPARE(shown(share(1, 0), Kind::share), "\u2013");
}

void TstReport::sectionsByChoice() {
    Material m;
    m.project = "/tmp/x/lab.weir";
    m.iterations.push_back({1, 0, "first", "alpha", "2026-01-01T00:00:00.000Z", "weir-rules 1\n", {}, 100, 5, 7, 9});
    const Document all = makeReport(m, {});
    QCOMPARE(all.title, "Report on lab.weir");
    QCOMPARE(all.sections.size(), 2u);  // the rest has no material
    QCOMPARE(all.sections[0].id, "iterations");
    QCOMPARE(all.sections[1].id, "inputs");
    const std::string_view none[] = {"classes"};
    QCOMPARE(makeReport(m, none).sections.size(), 1u);  // what every report ends with
}

void TstReport::withoutMaterial() {
    const Document d = makeReport({}, {});
    for (const Format& f : formats()) QVERIFY(!f.render(d).empty());
    QVERIFY(!parsed(toHtml(d)).isEmpty());
}

QTEST_APPLESS_MAIN(TstReport)
#include "tst_report.moc"
