// Lists of prefixes and ports: reading, most specific entry, members by id range; the shipped bogon list against lists
// nobody here wrote.
#include "core/lists/list.h"
#include "tests/support/shared_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <random>
#include <set>

using namespace weir;
using namespace weir::lists;

namespace {

std::string bogonText() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/resources/lists/bogons.txt"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().toStdString();
}
List bogons() { return parseList("bogons", bogonText()); }

flow::Prefix prefix(const std::string& text) { return flow::parsePrefix(text).value(); }
bool isV4(const flow::Prefix& p) { return p.length >= 96 && p.base.isV4(); }

flow::IpAddr next(flow::IpAddr a) {
    for (std::size_t i = 16; i-- > 0;)
        if (++a.b[i] != 0) break;
    return a;
}

/// The first address of `wanted` that no entry holds; none = all of it is covered.
std::optional<flow::IpAddr> firstGap(const List& list, const flow::Prefix& wanted) {
    flow::IpAddr at = wanted.base;
    while (true) {
        flow::IpAddr reach{};
        bool held = false;
        for (const PrefixEntry& e : list.entries) {
            if (isV4(e.prefix) != isV4(wanted) || !e.prefix.contains(at)) continue;
            held = true;
            reach = std::max(reach, e.prefix.last());
        }
        if (!held) return at;
        if (reach >= wanted.last()) return {};
        at = next(reach);
    }
}

struct Case {
    std::string file, prefix;
};
std::vector<Case> publishedSpecialPrefixes() {
    std::vector<Case> cases;
    QFile plain(test::sharedData(QStringLiteral("lists-ddoslists/blacklist_bogon.txt")));
    if (plain.open(QIODevice::ReadOnly))
        for (const PrefixEntry& e : parseList("b", plain.readAll().toStdString()).entries)
            cases.push_back({"blacklist_bogon", toText(e.prefix)});
    for (const char* name : {"rfc1918", "rfc3849", "rfc5735", "rfc6598", "multicast"}) {
        QFile json(test::sharedData(QStringLiteral("lists-misp/%1/list.json").arg(QLatin1String(name))));
        if (!json.open(QIODevice::ReadOnly)) continue;
        for (const auto& v : QJsonDocument::fromJson(json.readAll()).object()[QStringLiteral("list")].toArray())
            cases.push_back({name, v.toString().toStdString()});
    }
    return cases;
}

}  // namespace

class TstList : public QObject {
    Q_OBJECT
private slots:
    void reads();
    void problems_data();
    void problems();
    void mostSpecific();
    void spacesAreApart();
    void membersAgreeWithFindEntry();
    void realDirtyLists();
    void bogonHead();
    void ports();
    void servicesAreTheRegistered();
    void bogonsCoverPublishedLists();
    void bogonsSpareReachableSpace_data();
    void bogonsSpareReachableSpace();
    void bogonsSplitGlobalUnicast();
};

void TstList::reads() {
    const std::string text =
        "\xef\xbb\xbf# source: here\r\n# date: 2026-11-22\r\n\r\n  10.0.0.0/8 # private\r\n192.0.2.1\r\n"
        "2001:db8::/32 ; SBL1\n198.51.100.7\t5\n; note\n10.1.2.3/16";
    const auto list = parseList("mine", text);
    QCOMPARE_EQ(list.source, "here");
    QCOMPARE_EQ(list.date, "2026-11-22");
    QVERIFY(list.problems.empty());
    QStringList got;
    for (const PrefixEntry& e : list.entries)
        got << QString::fromStdString(toText(e.prefix) + " " + std::to_string(e.line) + " " + commentAt(text, e.line));
    QCOMPARE_EQ(got, (QStringList{QStringLiteral("10.0.0.0/8 4 private"), QStringLiteral("192.0.2.1/32 5 "),
                                  QStringLiteral("2001:db8::/32 6 SBL1"), QStringLiteral("198.51.100.7/32 7 5"),
                                  QStringLiteral("10.1.0.0/16 9 ")}));
}

void TstList::problems_data() {
    QTest::addColumn<int>("column");
    QTest::newRow("ntp.example.org") << 1;
    QTest::newRow("  192.0.2.0/33") << 3;
    QTest::newRow("1.2.3") << 1;
    QTest::newRow("2001:db8::/129") << 1;
    QTest::newRow("::ffff:0:0/96") << 1;
    QTest::newRow("10.0.0.0/8,10.0.0.1") << 1;
}
void TstList::problems() {
    const auto list = parseList("p", std::string("10.0.0.1\n") + QTest::currentDataTag() + "\n10.0.0.2\n");
    QCOMPARE_EQ(list.entries.size(), 2u);
    QCOMPARE_EQ(list.problems.size(), 1u);
    QCOMPARE_EQ(list.problems[0].line, 2u);
    QTEST(int(list.problems[0].column), "column");
}

void TstList::mostSpecific() {
    const std::string text = "10.0.0.0/8 # a\n10.1.0.0/16 # b\n10.1.2.3 # c\n2001:db8::/32 # d\n";
    const auto list = parseList("l", text);
    const auto comment = [&](const char* address) {
        const auto* e = findEntry(list, flow::parseAddress(address).value());
        return e ? commentAt(text, e->line) : std::string("none");
    };
    QCOMPARE_EQ(comment("10.9.9.9"), "a");
    QCOMPARE_EQ(comment("10.1.9.9"), "b");
    QCOMPARE_EQ(comment("10.1.2.3"), "c");
    QCOMPARE_EQ(comment("2001:db8::1"), "d");
    QCOMPARE_EQ(comment("11.0.0.0"), "none");
}

void TstList::spacesAreApart() {
    const auto list = parseList("l", "::/0\n");
    QVERIFY(!findEntry(list, flow::parseAddress("192.0.2.1").value()));
    QVERIFY(findEntry(list, flow::parseAddress("2001:db8::1").value()));
    Buffer<std::uint32_t> v4{0xc0000201u};
    Buffer<flow::IpAddr> v6;
    v6.push_back(flow::parseAddress("2001:db8::1").value());
    const flow::AddressTable table(std::move(v4), std::move(v6));
    QCOMPARE_EQ(markMembers(table, list), (std::vector<std::uint8_t>{0, 1}));
}

void TstList::membersAgreeWithFindEntry() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    const List list = bogons();
    std::vector<std::uint32_t> v4(2000);
    for (auto& a : v4) a = std::uint32_t(random());
    std::vector<flow::IpAddr> v6(2000);
    for (auto& a : v6) {
        for (auto& b : a.b) b = std::uint8_t(random());
        if (random() % 2) a.b[0] = std::uint8_t(0x20 + random() % 16);
    }
    std::sort(v4.begin(), v4.end());
    std::sort(v6.begin(), v6.end());
    Buffer<std::uint32_t> b4;
    Buffer<flow::IpAddr> b6;
    b4.append(v4);
    b6.append(v6);
    const flow::AddressTable table(std::move(b4), std::move(b6));
    const auto members = markMembers(table, list);
    for (flow::HostId id = 0; id < table.size(); ++id)
        QCOMPARE_EQ(members[id] != 0, findEntry(list, table[id]) != nullptr);
}

void TstList::realDirtyLists() {
    const QString name = QStringLiteral("lists-ddoslists/whitelist_dns_servers.txt");
    NEEDS_SHARED_DATA(name);
    QFile file(test::sharedData(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    qsizetype prefixes = 0, others = 0;
    static const QRegularExpression kPrefix(
        QStringLiteral("^[0-9.]+(/[0-9]+)?$|^[0-9a-fA-F:]+:[0-9a-fA-F:.]*(/[0-9]+)?$"));
    for (const QByteArray& line : text.split('\n')) {
        const QString body = QString::fromUtf8(line)
                                 .section(QRegularExpression(QStringLiteral("[#;]")), 0, 0)
                                 .trimmed()
                                 .section(QRegularExpression(QStringLiteral("\\s")), 0, 0);
        if (!body.isEmpty()) ++(kPrefix.match(body).hasMatch() ? prefixes : others);
    }
    const auto list = parseList("dns", text.toStdString());
    QCOMPARE_EQ(qsizetype(list.entries.size()), prefixes);
    QCOMPARE_EQ(qsizetype(list.problems.size()), others);
    QVERIFY(prefixes > 0);
}

void TstList::bogonHead() {
    const List list = bogons();
    QVERIFY(list.problems.empty());
    QVERIFY(list.entries.size() > 100);
    QVERIFY(list.date.starts_with("2026-11"));
    QVERIFY(list.source.find("IANA") != std::string::npos);
    const std::string text = bogonText();
    for (const PrefixEntry& e : list.entries) QVERIFY2(!commentAt(text, e.line).empty(), toText(e.prefix).c_str());
    std::vector<flow::Prefix> prefixes;
    for (const PrefixEntry& e : list.entries) prefixes.push_back(e.prefix);
    std::sort(prefixes.begin(), prefixes.end());
    QVERIFY(std::adjacent_find(prefixes.begin(), prefixes.end()) == prefixes.end());
}

void TstList::ports() {
    const std::string text = "23\ntcp/22 # ssh\nUDP/161\n10.0.0.1\n10/8\ntcp/65536\ntcp/\n0/0\nsctp/2905 signalling\n";
    const List list = parseList("p", text);
    QCOMPARE(list.ports.size(), 4u);
    const auto is = [&](std::size_t i, int protocol, int port, unsigned line, const char* comment) {
        const PortEntry& e = list.ports[i];
        return e.protocol == protocol && e.port == port && e.line == line && commentAt(text, e.line) == comment;
    };
    QVERIFY(is(0, 0, 23, 1, ""));
    QVERIFY(is(1, 6, 22, 2, "ssh"));
    QVERIFY(is(2, 17, 161, 3, ""));
    QVERIFY(is(3, 132, 2905, 9, "signalling"));
    QCOMPARE(list.entries.size(), 1u);
    QCOMPARE(list.problems.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(list.problems[i].line, 5 + i);
    QVERIFY(list.problems[0].message.find("tcp/23") != std::string::npos);
}

/// The shipped list against the system's own copy of the registry: nothing that is registered there is missing, and
/// nothing is made up.
void TstList::servicesAreTheRegistered() {
    QFile shipped(QStringLiteral(WEIR_SOURCE_DIR "/resources/lists/services.txt")),
        system(QStringLiteral("/etc/services"));
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    const List list = parseList("services", shipped.readAll().toStdString());
    QVERIFY(list.problems.empty() && list.entries.empty() && !list.source.empty() && list.date == "2022-10-18");
    if (!system.open(QIODevice::ReadOnly)) QSKIP("no /etc/services here");
    const QString text = QString::fromUtf8(system.readAll());
    const QRegularExpression entry(QStringLiteral("^\\S+\\s+(\\d+)/(tcp|udp|sctp)\\b"),
                                   QRegularExpression::MultilineOption);
    std::set<std::pair<int, int>> theirs, ours;
    for (auto it = entry.globalMatch(text); it.hasNext();) {
        const auto m = it.next();
        theirs.emplace(m.captured(2) == QLatin1String("tcp")   ? 6
                       : m.captured(2) == QLatin1String("udp") ? 17
                                                               : 132,
                       m.captured(1).toInt());
    }
    for (const PortEntry& e : list.ports) ours.emplace(e.protocol, e.port);
    QCOMPARE(ours.size(), list.ports.size());
    // Debian 12's copy is the list's source; elsewhere most of it must agree.
    std::vector<std::pair<int, int>> common;
    std::set_intersection(ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(common));
    qInfo("%zu ports here, %zu in /etc/services, %zu in both", ours.size(), theirs.size(), common.size());
    QVERIFY(common.size() * 100 >= std::min(ours.size(), theirs.size()) * 95);
}

void TstList::bogonsCoverPublishedLists() {
    NEEDS_SHARED_DATA(QStringLiteral("lists-misp"));
    const auto cases = publishedSpecialPrefixes();
    const List list = bogons();
    QStringList differences;
    for (const Case& c : cases)
        if (const auto gap = firstGap(list, prefix(c.prefix)))
            differences << QString::fromStdString(c.file + " " + c.prefix + " at " + toText(*gap));
    // The PCP and TURN anycast addresses inside of 192.0.0.0/24 are globally reachable (RFC 7723, RFC 8155).
    QCOMPARE_EQ(differences, QStringList{QStringLiteral("rfc5735 192.0.0.0/24 at 192.0.0.9")});
    QVERIFY(cases.size() > 40);
}

void TstList::bogonsSpareReachableSpace_data() {
    QTest::addColumn<bool>("bogon");
    for (const char* reachable :
         {"8.8.8.8",         "1.1.1.1",           "192.0.0.9",        "192.0.0.10",           "192.31.196.1",
          "192.52.193.1",    "192.175.48.1",      "100.128.0.1",      "172.32.0.1",           "198.20.0.1",
          "223.255.255.255", "2001:1::1",         "2001:3::1",        "2001:4:112::1",        "2001:20::1",
          "2001:30::1",      "2620:4f:8000::1",   "64:ff9b::808:808", "2001:4860:4860::8888", "2606:4700::1111",
          "2002:808:808::1", "2001:0:808:808::1", "2a00::1",          "2a1f:ffff::1",         "2410::1",
          "2630::1"})
        QTest::newRow(reachable) << false;
    for (const char* special : {"0.1.2.3",
                                "100.64.0.1",
                                "192.0.0.8",
                                "192.0.0.11",
                                "192.0.0.170",
                                "198.19.255.255",
                                "239.1.1.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::7f00:1",
                                "64:ff9b:1::1",
                                "100::1",
                                "200::1",
                                "1fff::1",
                                "2001:2::1",
                                "2001:10::1",
                                "2001:db8::1",
                                "2002:c0a8:101::1",
                                "2001:0:a01:203::1",
                                "3fff::1",
                                "2d00::1",
                                "3000::1",
                                "5f00::1",
                                "fd00::1",
                                "fe80::1",
                                "fec0::1",
                                "ff02::1"})
        QTest::newRow(special) << true;
}
void TstList::bogonsSpareReachableSpace() {
    static const List kList = bogons();
    QTEST(findEntry(kList, flow::parseAddress(QTest::currentDataTag()).value()) != nullptr, "bogon");
}

/// Every /23 of 2000::/3 is either inside of an allocation or wholly a bogon. The allocations are IANA's table as of
/// 2024-11.
void TstList::bogonsSplitGlobalUnicast() {
    std::vector<flow::Prefix> allocated;
    for (const char* p :
         {"2001:200::/23",  "2001:400::/23",  "2001:600::/23",  "2001:800::/22",  "2001:c00::/23",  "2001:e00::/23",
          "2001:1200::/23", "2001:1400::/22", "2001:1800::/23", "2001:1a00::/23", "2001:1c00::/22", "2001:2000::/19",
          "2001:4000::/23", "2001:4200::/23", "2001:4400::/23", "2001:4600::/23", "2001:4800::/23", "2001:4a00::/23",
          "2001:4c00::/23", "2001:5000::/20", "2001:8000::/19", "2001:a000::/20", "2001:b000::/20", "2003::/18",
          "2400::/12",      "2410::/12",      "2600::/12",      "2610::/23",      "2620::/23",      "2630::/12",
          "2800::/12",      "2a00::/12",      "2a10::/12",      "2c00::/12"})
        allocated.push_back(prefix(p));
    const List list = bogons();
    for (std::uint32_t high = 0x2000'0000u; high < 0x4000'0000u; high += 0x0200u) {
        flow::IpAddr a;
        for (unsigned i = 0; i < 4; ++i) a.b[i] = std::uint8_t(high >> (24 - 8 * i));
        a.b[15] = 1;
        if (high >> 16 == 0x2002 || high == 0x2001'0000u)
            continue;  // 6to4 and the IETF's own block are listed in parts
        const bool free =
            std::none_of(allocated.begin(), allocated.end(), [&](const flow::Prefix& p) { return p.contains(a); });
        if ((findEntry(list, a) != nullptr) != free) QFAIL(toText(a).c_str());
    }
}

QTEST_APPLESS_MAIN(TstList)
#include "tst_list.moc"
