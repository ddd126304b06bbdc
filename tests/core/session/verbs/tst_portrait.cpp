// Portraits of hosts, ports and combinations of codes against plain counting over the rows that exports show, with one
// and two threads.
#include "core/score/ranking.h"
#include "core/session/evidence/judge.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/project/geo.h"
#include "core/session/project/geo_files.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/verbs/portrait.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace weir;
using namespace weir::session;

namespace {

using Sums = std::array<std::uint64_t, 3>;

/// A direction of a record, as it was sent.
struct Sent {
    flow::IpAddr src, dst;
    std::uint16_t dstPort = 0, icmp = 0;
    std::uint8_t protocol = 0;
    std::uint64_t packets = 0, bytes = 0, codes = 0;
    std::int64_t start = 0;
    std::string className;
    bool scored = false;
};

}  // namespace

class TstPortrait : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void hosts_data();
    void hosts();
    void ports_data();
    void ports();
    void combinations();
    void servicePorts();
    void answersInOneDirection();
    void subjects();
    void nothingThere();
    void geography();
    void geoFilesComeAndGo();

private:
    static Sums of(const PortraitSums& s) { return {s.flows, s.packets, s.bytes}; }
    Portrait portrait(const PortraitSubject& subject, unsigned threads) const;
    static void compareTargets(const Portrait& p, const std::map<flow::IpAddr, std::uint64_t>& flows);
    void compareFound(const Portrait& p, const std::vector<Sent>& sent) const;

    QTemporaryDir dir_;
    ProjectPtr project_;
    JudgementPtr judgement_;
    std::vector<Sent> sent_;
};

void TstPortrait::initTestCase() {
    JobContext job;
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(importFiles(*project_, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*project_, sampleLocal(), job));
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QVERIFY(prepare(*project_, flow::Direction::in, job));
    const SnapshotPtr snapshot = project_->snapshot();
    Judge judge;
    judgement_ = judge.judge(resourceText("rules", "glatz-2012"), *snapshot->tally(), snapshot);
    Query query;
    query.rows = Rows::records;
    const auto all = selectRows(snapshot, judgement_, query, job);
    QVERIFY(all);
    const auto rows = RowReader(*all).read(0, std::size_t((*all)->count));
    QVERIFY(rows);
    for (const RowData& r : *rows) {
        const std::string name = r.classified ? judgement_->className(r.classIndex) : std::string();
        sent_.push_back({r.src, r.dst, r.dstPort, r.icmpTypeCode, r.protocol, r.packets, r.bytes, r.sides[0].codes,
                         r.first, name, r.sides[0].scored});
        if (r.reversePackets)
            sent_.push_back({r.dst, r.src, r.srcPort, r.icmpTypeCode, r.protocol, r.reversePackets, r.reverseBytes,
                             r.sides[1].codes, r.first, name, r.sides[1].scored});
    }
}

Portrait TstPortrait::portrait(const PortraitSubject& subject, unsigned threads) const {
    JobContext job({}, {}, threads);
    auto p = portraitOf(project_->snapshot(), judgement_, subject, job);
    if (!p) qFatal("%s", p.error().detail.c_str());
    return std::move(*p);
}

void TstPortrait::compareTargets(const Portrait& p, const std::map<flow::IpAddr, std::uint64_t>& flows) {
    QCOMPARE(p.targets.hosts, flows.size());
    std::uint64_t least = ~0ull, most = 0, sum = 0;
    for (const auto& [address, n] : flows) {
        least = std::min(least, n);
        most = std::max(most, n);
        sum += n;
    }
    if (flows.empty()) return;
    QCOMPARE(p.targets.least, least);
    QCOMPARE(p.targets.most, most);
    QCOMPARE(p.targets.mean, double(sum) / double(flows.size()));
}

void TstPortrait::compareFound(const Portrait& p, const std::vector<Sent>& sent) const {
    std::map<std::string, std::uint64_t> codes, classes;
    for (const Sent& s : sent) {
        if (s.scored)
            for (const std::string& code : score::codesOf(project_->snapshot()->scores->parsed.profile, s.codes))
                ++codes[code];
        if (!s.className.empty()) ++classes[s.className];
    }
    QCOMPARE(p.codes.size(), codes.size());
    QCOMPARE(p.classes.size(), classes.size());
    for (const auto& f : p.codes) QCOMPARE(f.flows, codes[f.name]);
    for (const auto& f : p.classes) QCOMPARE(f.flows, classes[f.name]);
    for (std::size_t i = 1; i < p.codes.size(); ++i) QVERIFY(p.codes[i - 1].flows >= p.codes[i].flows);
}

void TstPortrait::hosts_data() {
    QTest::addColumn<QString>("address");
    for (const char* a : {"44.128.90.31", "44.128.20.21", "44.128.17.22", "44.128.17.53"}) QTest::newRow(a) << a;
    // And whoever else there is, v6 too.
    std::size_t n = 0;
    for (const Sent& s : sent_)
        if (n++ % 4001 == 0 || (!s.src.isV4() && n % 301 == 0))
            QTest::addRow("%zu", n) << QString::fromStdString(toText(s.src));
}

void TstPortrait::hosts() {
    QFETCH(QString, address);
    const auto host = *flow::parseAddress(address.toStdString());
    std::map<flow::IpAddr, std::pair<Sums, Sums>> peers;
    std::map<flow::IpAddr, std::uint64_t> targets;
    Sums to{}, from{};
    std::vector<Sent> own;
    std::int64_t first = INT64_MAX, last = INT64_MIN;
    for (const Sent& s : sent_) {
        if (s.src != host && s.dst != host) continue;
        own.push_back(s);
        first = std::min(first, s.start);
        last = std::max(last, s.start);
        const bool out = s.src == host;
        if (out) ++targets[s.dst];
        auto& peer = peers[out ? s.dst : s.src];
        for (Sums* sums : {out ? &from : &to, out ? &peer.second : &peer.first}) {
            (*sums)[0] += 1;
            (*sums)[1] += s.packets;
            (*sums)[2] += s.bytes;
        }
    }
    for (const unsigned threads : {1u, 2u}) {
        const Portrait p = portrait(HostSubject{host}, threads);
        QCOMPARE(of(p.toNear), to);
        QCOMPARE(of(p.toFar), from);
        QCOMPARE(p.first, first);
        QCOMPARE(p.last, last);
        QCOMPARE(p.farHosts.count, peers.size());
        QCOMPARE(p.nearHosts.count, 1u);
        QCOMPARE(p.farHosts.lines.size(), std::min<std::size_t>(peers.size(), Portrait::kMost));
        std::uint64_t before = ~0ull;
        for (const auto& line : p.farHosts.lines) {
            const auto& peer = peers.at(*flow::parseAddress(line.value));
            QCOMPARE(of(line.toNear), peer.first);
            QCOMPARE(of(line.toFar), peer.second);
            QVERIFY(line.toNear.flows + line.toFar.flows <= before);
            before = line.toNear.flows + line.toFar.flows;
        }
        std::uint64_t inBins = 0;
        for (std::size_t b = 0; b < Portrait::kBins; ++b) inBins += p.toNearAt[b] + p.toFarAt[b];
        QCOMPARE(inBins, to[0] + from[0]);
        compareTargets(p, targets);
        compareFound(p, own);
    }
}

void TstPortrait::ports_data() {
    QTest::addColumn<int>("port");
    for (const int port : {22, 53, 80, 443, 6969, 51413, 771, 2048, 123}) QTest::addRow("%d", port) << port;
}

void TstPortrait::ports() {
    QFETCH(int, port);
    // The near end of a record is the one with the port: its destination when both have it.
    JobContext job;
    Query query;
    query.rows = Rows::records;
    query.filter = "port " + std::to_string(port);
    const auto rows = selectRows(project_->snapshot(), judgement_, query, job);
    QVERIFY(rows);
    QVERIFY((*rows)->count > 0);
    std::map<flow::IpAddr, std::pair<Sums, Sums>> servers;
    std::map<flow::IpAddr, std::uint64_t> targets;
    Sums to{}, from{};
    const auto found = RowReader(*rows).read(0, std::size_t((*rows)->count));
    for (const RowData& r : *found) {
        const bool icmp = r.protocol == 1 || r.protocol == 58;
        const bool atDestination = (icmp ? r.icmpTypeCode : r.dstPort) == port;
        const auto add = [&](bool toward, std::uint64_t packets, std::uint64_t bytes) {
            auto& server = servers[atDestination ? r.dst : r.src];
            if (toward) ++targets[atDestination ? r.dst : r.src];
            for (Sums* sums : {toward ? &to : &from, toward ? &server.first : &server.second}) {
                (*sums)[0] += 1;
                (*sums)[1] += packets;
                (*sums)[2] += bytes;
            }
        };
        add(atDestination, r.packets, r.bytes);
        if (r.reversePackets) add(!atDestination, r.reversePackets, r.reverseBytes);
    }
    for (const unsigned threads : {1u, 2u}) {
        const Portrait p = portrait(PortSubject{std::uint16_t(port)}, threads);
        QCOMPARE(of(p.toNear), to);
        QCOMPARE(of(p.toFar), from);
        QCOMPARE(p.nearHosts.count, servers.size());
        for (const auto& line : p.nearHosts.lines) {
            QCOMPARE(of(line.toNear), servers.at(*flow::parseAddress(line.value)).first);
            QCOMPARE(of(line.toFar), servers.at(*flow::parseAddress(line.value)).second);
        }
        for (const auto& line : p.nearPorts.lines)
            QVERIFY(line.value.starts_with(std::to_string(port) + "/") || line.value.find("icmp") != std::string::npos);
        QCOMPARE(p.farPorts.count, 0u);
        compareTargets(p, targets);
    }
}

/// Exactly the directions that bear the codes.
void TstPortrait::combinations() {
    const auto& scores = *project_->snapshot()->scores;
    int compared = 0;
    for (const score::CodeCount& c : scores.scores->words) {
        if (c.word == 0 || c.flows == 0) continue;
        ++compared;
        std::map<flow::IpAddr, std::uint64_t> targets, sources;
        std::vector<Sent> own;
        for (const Sent& s : sent_)
            if (s.scored && s.codes == c.word) {
                ++targets[s.dst];
                ++sources[s.src];
                own.push_back(s);
            }
        const Portrait p = portrait(CodesSubject{c.word}, 2);
        QCOMPARE(p.toNear.flows, c.flows);
        QCOMPARE(p.toFar.flows, 0u);
        QCOMPARE(p.nearHosts.count, targets.size());
        QCOMPARE(p.farHosts.count, sources.size());
        compareTargets(p, targets);
        compareFound(p, own);
    }
    QVERIFY(compared >= 5);
}

/// By the program that made the traffic: an SSH server has port 22, a client asks for it.
void TstPortrait::servicePorts() {
    const Portrait server = portrait(HostSubject{*flow::parseAddress("44.128.17.22")}, 2);
    QCOMPARE(server.nearPorts.lines.at(0).value, std::string("22/tcp"));
    const Portrait scanner = portrait(HostSubject{*flow::parseAddress("44.128.92.33")}, 2);
    QCOMPARE(scanner.nearPorts.count, 0u);
    QVERIFY(std::any_of(scanner.farPorts.lines.begin(), scanner.farPorts.lines.end(),
                        [](const auto& l) { return l.value == "22/tcp"; }));
    QVERIFY(scanner.targets.hosts > 500);
}

/// Records of one direction each: what comes from a well-known port to a high one is an answer, and the port is the
/// sender's.
void TstPortrait::answersInOneDirection() {
    QFile file(dir_.filePath(QStringLiteral("uniflow.csv")));
    QVERIFY(
        file.open(QIODevice::WriteOnly) &&
        file.write("flowStartMilliseconds,flowEndMilliseconds,protocolIdentifier,sourceIPv4Address,sourceTransportPort,"
                   "destinationIPv4Address,destinationTransportPort,packetDeltaCount,octetDeltaCount\n"
                   "1700000000000,1700000001000,6,192.0.2.5,50000,198.51.100.1,443,3,300\n"
                   "1700000000010,1700000001000,6,198.51.100.1,443,192.0.2.5,50000,4,4000\n"
                   "1700000000020,1700000001000,6,198.51.100.1,50001,192.0.2.5,8080,1,40\n") > 0);
    file.close();
    JobContext job;
    const auto project = *createProject(dir_.filePath(QStringLiteral("uniflow.weir")).toStdString());
    QVERIFY(importFiles(*project, {{file.fileName().toStdString()}, {}, false, false}, job));
    const auto server = portraitOf(project->snapshot(), nullptr, HostSubject{*flow::parseAddress("198.51.100.1")}, job);
    QVERIFY(server);
    QCOMPARE(server->nearPorts.count, 1u);
    QCOMPARE(server->nearPorts.lines[0].value, std::string("443/tcp"));
    QVERIFY(of(server->nearPorts.lines[0].toNear) == (Sums{1, 3, 300}) &&
            of(server->nearPorts.lines[0].toFar) == (Sums{1, 4, 4000}));
    QCOMPARE(server->farPorts.count, 1u);
    QCOMPARE(server->farPorts.lines[0].value, std::string("8080/tcp"));
}

void TstPortrait::subjects() {
    QCOMPARE(std::get<PortSubject>(*parseSubject("22")).port, 22);
    QCOMPARE(toText(std::get<HostSubject>(*parseSubject("2001:db8::1")).address), std::string("2001:db8::1"));
    QCOMPARE(parseSubject("70000").error().detail, std::string("`70000` is neither an address nor a port"));
    QVERIFY(!parseSubject("") && !parseSubject("-1") && !parseSubject("22 ") && !parseSubject("host"));
}

void TstPortrait::nothingThere() {
    JobContext job;
    const auto problem = [&](const PortraitSubject& s) {
        return portraitOf(project_->snapshot(), judgement_, s, job).error().detail;
    };
    QCOMPARE(problem(HostSubject{*flow::parseAddress("192.0.2.77")}),
             std::string("no record has the address 192.0.2.77"));
    std::set<int> used;
    for (const Sent& s : sent_) used.insert({s.dstPort | s.icmp, s.dstPort});
    int unused = 65535;
    while (used.contains(unused)) --unused;
    QCOMPARE(QString::fromStdString(problem(PortSubject{std::uint16_t(unused)})),
             QStringLiteral("no record matches `port %1`").arg(unused));
    std::stop_source stop;
    stop.request_stop();
    JobContext stopped(stop.get_token(), {});
    QVERIFY(portraitOf(project_->snapshot(), judgement_, PortSubject{22}, stopped).error().code == Errc::cancelled);
}

namespace {
std::string geoFile(const char* name) {
    return QStringLiteral(WEIR_SOURCE_DIR "/tests/support/geo/%1").arg(QLatin1String(name)).toStdString();
}
}  // namespace

/// By files that MaxMind's own writer made (tests/support/geo/make.pl).
void TstPortrait::geography() {
    for (const char* name : {"asn.mmdb", "country.mmdb", "lite.mmdb"}) QVERIFY(addGeo(*project_, geoFile(name)));
    const auto inside = [](const flow::IpAddr& a, const char* prefix) {
        return flow::parsePrefix(prefix)->contains(a);
    };
    std::map<std::string, std::uint64_t> countries, systems;
    for (const Sent& s : sent_) {
        if (s.dstPort != 22 && !(s.protocol == 6 && s.dstPort == 22)) continue;
        if (inside(s.src, "44.128.90.0/24")) ++countries["DE"];
        if (inside(s.src, "44.128.92.0/24")) ++countries["FR"];  // registered there
        if (inside(s.src, "44.128.94.0/24")) ++countries["CH"];
        if (inside(s.src, "44.128.90.0/23")) ++systems["AS64496 Example Scanning"];
        if (inside(s.src, "44.128.92.0/24")) ++systems["AS64497 Example Hosting"];
        if (inside(s.src, "44.128.94.0/24")) ++systems["AS64499 Example Lite"];
    }
    QVERIFY(countries.size() == 3 && systems.size() == 3);
    const Portrait p = portrait(PortSubject{22}, 2);
    QCOMPARE(p.countries.count, countries.size());
    QCOMPARE(p.systems.count, systems.size());
    for (const auto& line : p.countries.lines) QCOMPARE(line.toNear.flows, countries.at(line.value));
    for (const auto& line : p.systems.lines) QCOMPARE(line.toNear.flows, systems.at(line.value));
    QCOMPARE(portrait(HostSubject{*flow::parseAddress("44.128.90.31")}, 2).about,
             std::string("DE, AS64496 Example Scanning"));
    // IPv6, and an address that no file knows.
    const auto& geo = *project_->snapshot()->geo;
    QCOMPARE(geo.find(*flow::parseAddress("2620::5")).country, std::string("SE"));
    QCOMPARE(geo.find(*flow::parseAddress("2620::5")).as, 64498u);
    QVERIFY(geo.find(*flow::parseAddress("192.0.2.1")).empty());
    QVERIFY(geo.find(*flow::parseAddress("2001:db8::1")).empty());
}

void TstPortrait::geoFilesComeAndGo() {
    QCOMPARE(project_->snapshot()->geo->databases.size(), 3u);
    QVERIFY(addGeo(*project_, geoFile("asn.mmdb")));  // once is enough
    QCOMPARE(project_->snapshot()->geo->databases.size(), 3u);
    const Status other = addGeo(*project_, geoFile("other.mmdb"));
    QVERIFY(!other && other.error().detail.find("database type `Anonymous`") != std::string::npos);
    const Status none = addGeo(*project_, geoFile("make.pl"));
    QVERIFY(!none && none.error().code == Errc::badMagic);
    QVERIFY(!addGeo(*project_, geoFile("missing.mmdb")));
    // Cut short at any place: refused, or what it says is not what it said; never a crash.
    QFile whole(QString::fromStdString(geoFile("asn.mmdb")));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    for (qsizetype size = 0; size < bytes.size(); size += 13) {
        QFile cut(dir_.filePath(QStringLiteral("cut.mmdb")));
        QVERIFY(cut.open(QIODevice::WriteOnly) && cut.write(bytes.left(size)) == size);
        cut.close();
        if (const auto database = lists::GeoDatabase::open(cut.fileName().toStdString()))
            (void)(*database)->find(*flow::parseAddress("44.128.90.31"));
    }
    // A file that is gone is said, the others stay.
    const QString copy = dir_.filePath(QStringLiteral("gone.mmdb"));
    QVERIFY(whole.copy(copy) && addGeo(*project_, copy.toStdString()) && QFile::remove(copy));
    const auto again = openProject(project_->snapshot()->path);
    QVERIFY(again);
    QCOMPARE((*again)->snapshot()->geo->databases.size(), 3u);
    QCOMPARE((*again)->snapshot()->geo->problems.size(), 1u);
    QVERIFY((*again)->snapshot()->geo->problems[0].find("gone.mmdb: cannot be read") != std::string::npos);
    QVERIFY(*removeGeo(*project_, "gone.mmdb") && !*removeGeo(*project_, "gone.mmdb"));
    for (const char* name : {"asn.mmdb", "country.mmdb", "lite.mmdb"}) QVERIFY(*removeGeo(*project_, geoFile(name)));
    QVERIFY(project_->snapshot()->geo->empty());
    QCOMPARE(portrait(PortSubject{22}, 1).countries.count, 0u);
}

QTEST_GUILESS_MAIN(TstPortrait)
#include "tst_portrait.moc"
