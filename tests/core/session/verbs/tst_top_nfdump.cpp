// The same statistics and aggregations of the same file by nfdump and by Weir: equal rows and equal order.
#include "core/base/job.h"
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "core/session/verbs/top.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace weir;

namespace {

/// Every element and order of 1.7.1 for fields that we carry.
const char* const kElements[] = {"srcip",   "dstip",   "ip",    "srcport", "dstport", "port", "proto", "tos",
                                 "srctos",  "dsttos",  "srcas", "dstas",   "as",      "inif", "outif", "if",
                                 "srcmask", "dstmask", "mask",  "srcvlan", "dstvlan", "vlan"};
const char* const kOrders[] = {"flows", "packets", "bytes", "pps", "bps", "bpp"};
const char* const kFilters[] = {
    "any",  "proto tcp and not port 80",      "proto udp or proto icmp or proto icmp6", "packets > 2",
    "ipv6", "dst port < 1024 and bytes > 100"};

/// Keys of nfdump and the format codes under which it prints them. nfdump cuts the last 32 bits of IPv6 addresses by
/// srcip4/N too, and takes
/// :: and 0.0.0.0 for one: such keys are compared on one family. It loses type and code when it prints ICMP by port and
/// protocol.
struct Aggregation {
    const char* keys;
    const char* format;
    const char* family = "any";
};
constexpr Aggregation kAggregations[] = {
    {"proto", "%pr"},
    {"srcip", "%sa"},
    {"dstip", "%da"},
    {"srcip,dstip", "%sa;%da"},
    {"srcport", "%sp"},
    {"dstport,proto", "%dp;%pr", "not (proto icmp or proto icmp6)"},
    {"srcip,dstport", "%sa;%dp"},
    {"srcip,dstip,srcport,dstport,proto", "%sa;%da;%sp;%dp;%pr", "not (proto icmp or proto icmp6)"},
    {"srcip4/24", "%sa", "ipv4"},
    {"srcip4/16,dstip4/12", "%sa;%da", "ipv4"},
    {"dstip4/8,proto", "%da;%pr", "ipv4"},
    {"srcip6/64", "%sa", "ipv6"},
    {"dstip6/32,dstport", "%da;%dp", "ipv6"},
    {"srcas,dstas", "%sas;%das"},
    {"inif,outif", "%in;%out"},
    {"srctos", "%stos"},
    {"dsttos,proto", "%dtos;%pr"},
    {"srcmask,dstmask", "%smk;%dmk"},
    {"srcvlan,dstvlan", "%svln;%dvln"},
    {"srcnet", "%sa", "ipv4"},
    {"dstnet", "%da", "ipv4"},
    {"srcip,inif,srctos", "%sa;%in;%stos"},
};

struct Opened {
    session::ProjectPtr project;
    QString file;
    std::uint64_t records = 0;
};
QByteArray nfdump(const QStringList& arguments) {
    QProcess p;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    p.setProcessEnvironment(environment);
    p.start(QStringLiteral("nfdump"), arguments);
    p.waitForFinished(300'000);
    if (p.exitCode() != 0) qWarning("nfdump: %s", p.readAllStandardError().constData());
    return p.readAllStandardOutput();
}

QString seconds(std::int64_t us) { return QString::number(us >= 0 ? us / 1'000'000 : -1); }
QString secondsOf(const QString& text) {
    return QString::number(
        QDateTime::fromString(text + QStringLiteral("Z"), QStringLiteral("yyyy-MM-dd HH:mm:ssZ")).toSecsSinceEpoch());
}
QString numbers(const tally::Sums& s) { return QStringLiteral("%1 %2 %3").arg(s.flows).arg(s.packets).arg(s.bytes); }

session::GroupList ours(const Opened& o, session::TopRequest request, const char* filter) {
    request.query.rows = session::Rows::records;
    request.query.filter = filter;
    request.most = 0;
    JobContext job;
    auto list = session::topGroups(o.project->snapshot(), nullptr, request, job);
    if (!list) qFatal("%s", list.error().detail.c_str());
    return std::move(*list);
}

/// nfdump prints networks with their length, ICMP ports as TYPE.CODE, and takes 0.0.0.0 and :: for one address.
QString plainValue(const QString& printed) {
    const QString value = printed.section(u'/', 0, 0);
    if (value == QLatin1String("0.0.0.0")) return QStringLiteral("::");
    const QStringList parts = value.split(u'.');
    return parts.size() == 2 ? QString::number(parts[0].toInt() * 256 + parts[1].toInt()) : value;
}

QString keyText(const session::GroupList& list, std::size_t group) {
    QStringList parts;
    for (std::size_t k = 0; k < list.keyCount(); ++k) parts << plainValue(QString::fromStdString(list.text(group, k)));
    return parts.join(u';');
}

}  // namespace

class TstTopNfdump : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void statistics_data();
    void statistics();
    void aggregations_data();
    void aggregations();

private:
    void compareStatistic(const Opened& o, const QStringList& lines, const char* element, const char* order,
                          const char* filter);
    QTemporaryDir dir_;
    std::vector<Opened> opened_;
};

void TstTopNfdump::initTestCase() {
    const std::uint64_t most = qEnvironmentVariableIsSet("WEIR_FULL") ? ~std::uint64_t{0} : 10'000;
    const QDir data(test::sharedData(QStringLiteral("derived/nfcapd")));
    // Two of the files made here are enough: each is asked 300 times.
    const QStringList made = test::ownNfcapd(dir_.path());
    QVERIFY(made.size() == 5);
    QStringList files = {made.first(), made.last()};
    for (const QString& name : data.entryList({QStringLiteral("*.nfcapd")}, QDir::Files, QDir::Name))
        files << data.filePath(name);
    files << test::sharedData(QStringLiteral("nfcapd-gonfdump/devtestdata/nfcapd.sample"));
    for (const QString& file : files) {
        if (!QFile::exists(file)) continue;
        session::ImportRequest request;
        request.paths = {file.toStdString()};
        auto project =
            session::createProject(dir_.filePath(QFileInfo(file).fileName() + QStringLiteral(".weir")).toStdString());
        QVERIFY(project);
        JobContext job;
        const auto report = session::importFiles(**project, request, job);
        QVERIFY(report);
        if (!report->anyUsable()) continue;
        const auto snapshot = (*project)->snapshot();
        // Records without addresses (of one exporter's option data) are no flows here; two-way records are two flows
        // here and one there.
        session::Query query;
        query.rows = session::Rows::records;
        const auto all = session::selectRows(snapshot, nullptr, query, job);
        QVERIFY(all);
        const bool same = snapshot->sources.front().drops.empty() && (*all)->directions == (*all)->count;
        if (same && (*all)->count <= most) opened_.push_back({*project, file, (*all)->count});
    }
    // The real files come on top where they are at hand.
    QVERIFY(opened_.size() >= (data.exists() ? 12u : 2u));
}

void TstTopNfdump::statistics_data() {
    QTest::addColumn<QByteArray>("filter");
    for (const char* filter : kFilters) QTest::addRow("%s", filter) << QByteArray(filter);
}

void TstTopNfdump::statistics() {
    QFETCH(QByteArray, filter);
    for (const Opened& o : opened_) {
        QStringList arguments{QStringLiteral("-q"), QStringLiteral("-r"), o.file,
                              QStringLiteral("-n"), QStringLiteral("0"),  QStringLiteral("-o"),
                              QStringLiteral("csv")};
        for (const char* element : kElements)
            for (const char* order : kOrders) {
                if (filter != kFilters[0] && order != kOrders[0]) continue;  // orders do not depend on filters
                const QString out = QString::fromUtf8(nfdump(
                    arguments + QStringList{QStringLiteral("-s"),
                                            QStringLiteral("%1/%2").arg(QLatin1String(element), QLatin1String(order)),
                                            QString::fromUtf8(filter)}));
                compareStatistic(o, out.split(u'\n', Qt::SkipEmptyParts), element, order, filter.constData());
                if (QTest::currentTestFailed()) return;
            }
    }
}

void TstTopNfdump::compareStatistic(const Opened& o, const QStringList& lines, const char* element, const char* order,
                                    const char* filter) {
    const auto spec = tally::parseTop(std::string(element) + "/" + order);
    QVERIFY(spec);
    const auto list = ours(o, {{}, tally::keysOf(*spec), spec->order, 0, true}, filter);
    const QString where =
        QStringLiteral("%1 -s %2/%3 `%4`: ")
            .arg(QFileInfo(o.file).fileName(), QLatin1String(element), QLatin1String(order), QLatin1String(filter));
    std::map<QString, tally::Sums> groups;
    for (std::size_t g = 0; g < list.size(); ++g) groups[keyText(list, g)].add(list.groups.sums[g]);
    std::vector<std::uint64_t> places;
    bool backwards = false;  // a group that ends before it starts has a huge rate there, and 0 here
    for (const auto& [key, sums] : groups) {
        places.push_back(tally::orderValue(sums, spec->order));
        backwards = backwards || sums.last < sums.first;
    }
    std::sort(places.begin(), places.end(), std::greater<>());
    const bool timed = spec->order == tally::Order::pps || spec->order == tally::Order::bps;
    std::size_t rows = 0;
    for (const QString& line : lines) {
        const QStringList cells = line.split(u',');
        if (cells.size() < 14 || cells[0] == QLatin1String("ts")) continue;
        const auto at = groups.find(plainValue(cells[4]));
        QVERIFY2(at != groups.end(), qPrintable(where + QStringLiteral("missing ") + line));
        const tally::Sums& s = at->second;
        const QString theirs = QStringLiteral("%1 %2 %3").arg(cells[5], cells[7], cells[9]);
        QVERIFY2(numbers(s) == theirs,
                 qPrintable(where + cells[4] + QStringLiteral(": ours %1, nfdump %2").arg(numbers(s), theirs)));
        QVERIFY2(seconds(s.first) == secondsOf(cells[0]) && seconds(s.last) == secondsOf(cells[1]),
                 qPrintable(where + line));
        // Its rows come in its order of equal ones: the numbers at each place are the same as ours.
        QVERIFY(rows < places.size());
        const std::uint64_t here = places[rows], there = tally::orderValue(s, spec->order);
        if (!timed || !backwards)
            QVERIFY2(here == there,
                     qPrintable(where + QStringLiteral("place %1: ours %2, nfdump %3").arg(rows).arg(here).arg(there)));
        ++rows;
    }
    QVERIFY2(rows == groups.size(),
             qPrintable(where + QStringLiteral("ours %1 rows, nfdump %2").arg(groups.size()).arg(rows)));
}

void TstTopNfdump::aggregations_data() {
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("family");
    for (const Aggregation& a : kAggregations)
        QTest::addRow("%s", a.keys) << QByteArray(a.keys) << QByteArray(a.format) << QByteArray(a.family);
}

void TstTopNfdump::aggregations() {
    QFETCH(QByteArray, keys);
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, family);
    const auto parsed = tally::parseKeys(keys.toStdString());
    QVERIFY(parsed);
    for (const Opened& o : opened_)
        for (const char* asked : {kFilters[0], kFilters[1], kFilters[3]}) {
            const std::string both = family.toStdString() + " and (" + asked + ")";
            const char* const filter = both.c_str();
            const QString where =
                QStringLiteral("%1 -A %2 `%3`: ")
                    .arg(QFileInfo(o.file).fileName(), QString::fromUtf8(keys), QLatin1String(filter));
            const auto list = ours(o, {{}, {*parsed}, tally::Order::flows, 0, true}, filter);
            std::vector<std::pair<QString, QString>> mine, theirs;
            std::map<QString, tally::Sums> joined;
            for (std::size_t g = 0; g < list.size(); ++g) joined[keyText(list, g)].add(list.groups.sums[g]);
            for (const auto& [key, sums] : joined) mine.emplace_back(key, numbers(sums));
            const QString out = QString::fromUtf8(
                nfdump({QStringLiteral("-q"), QStringLiteral("-N"), QStringLiteral("-6"), QStringLiteral("-r"), o.file,
                        QStringLiteral("-n"), QStringLiteral("0"), QStringLiteral("-A"), QString::fromUtf8(keys),
                        QStringLiteral("-o"),
                        QStringLiteral("fmt:=") + QString::fromUtf8(format) + QStringLiteral(";%fl;%pkt;%byt"),
                        QString::fromUtf8(filter)}));
            for (const QString& line : out.split(u'\n', Qt::SkipEmptyParts)) {
                if (!line.startsWith(u'=')) continue;
                QStringList cells = line.mid(1).split(u';');
                for (QString& cell : cells) cell = cell.trimmed();
                const QStringList counts = cells.mid(cells.size() - 3);
                QStringList values = cells.mid(0, cells.size() - 3);
                for (QString& v : values) v = plainValue(v);
                theirs.emplace_back(values.join(u';'), counts.join(u' '));
            }
            std::sort(theirs.begin(), theirs.end());
            for (std::size_t i = 0; i < std::min(mine.size(), theirs.size()); ++i)
                QVERIFY2(mine[i] == theirs[i], qPrintable(where + QStringLiteral("ours %1 = %2, nfdump %3 = %4")
                                                                      .arg(mine[i].first, mine[i].second,
                                                                           theirs[i].first, theirs[i].second)));
            QVERIFY2(mine.size() == theirs.size(),
                     qPrintable(where + QStringLiteral("ours %1 rows, nfdump %2").arg(mine.size()).arg(theirs.size())));
        }
}

QTEST_GUILESS_MAIN(TstTopNfdump)
#include "tst_top_nfdump.moc"
