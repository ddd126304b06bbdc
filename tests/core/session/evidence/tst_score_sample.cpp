// The shipped profile over the whole sample, against one that asks record by record.
#include "core/label/ndpi_networks.h"
#include "core/score/ranking.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/project/resources.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/inspect_score.h"
#include "tests/support/score_reference.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace weir;
using namespace weir::session;

class TstScoreSample : public QObject {
    Q_OBJECT
private slots:
    void everyRecordOfTheSample_data();
    void everyRecordOfTheSample();
    void extendedOnTheSample();
    void filtersOfBuiltInTests();

private:
    std::string put(const char* name, const std::string& text) const {
        const std::string path = dir_.filePath(QString::fromLatin1(name)).toStdString();
        std::ofstream(path) << text;
        return path;
    }
    static std::vector<RowData> rowsOf(const SelectionPtr& selection) {
        return *RowReader(selection).read(0, std::size_t(selection->count));
    }

    /// The sample, prepared, in a project of its own.
    ProjectPtr sampleProject(JobContext& job) const {
        ProjectPtr project = *createProject(
            dir_.filePath(QStringLiteral("sample-%1.weir").arg(QString::fromLatin1(QTest::currentTestFunction())))
                .toStdString());
        if (!importFiles(*project, {{samplePath()}, {}, false, false}, job) ||
            !ensureLocal(*project, sampleLocal(), job) || !prepare(*project, flow::Direction::in, job) ||
            !prepareScores(*project, currentProfile(*project), job))
            qFatal("cannot prepare the sample");
        return project;
    }

    QTemporaryDir dir_;
};

void TstScoreSample::everyRecordOfTheSample_data() {
    QTest::addColumn<unsigned>("threads");
    QTest::addColumn<bool>("part");
    for (const unsigned threads : {1u, 2u})
        for (const bool part : {false, true})
            QTest::addRow("%u threads, %s", threads, part ? "ten minutes" : "all") << threads << part;
}

/// Of all records, and of those of a time range, whose groups and unused addresses are its own.
void TstScoreSample::everyRecordOfTheSample() {
    QFETCH(unsigned, threads);
    QFETCH(bool, part);
    JobContext job({}, {}, threads);
    const ProjectPtr project =
        *createProject(dir_.filePath(QStringLiteral("p%1%2.weir").arg(threads).arg(part)).toStdString());
    QVERIFY(importFiles(*project, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*project, sampleLocal(), job));
    const std::string alienvault = "44.128.90.0/23\n44.128.17.7\n",
                      threats = "44.128.92.33\n44.128.64.0/19\n2630:99::/32\n";
    QVERIFY(addList(*project, "alienvault", put("av.txt", alienvault), {}, job) &&
            addList(*project, "emerging-threats", put("et.txt", threats), {}, job));
    Query query;
    query.rows = Rows::records;
    QVERIFY(prepareScores(*project, resourceText("score", "sweeney-2017"), job));
    auto selection = selectRows(project->snapshot(), nullptr, query, job);
    QVERIFY(selection);
    std::int64_t first = INT64_MAX;
    for (const RowData& r : rowsOf(*selection)) first = std::min(first, r.first);
    score::TimeRange range;
    if (part) range = {first + 120'000'000, first + 720'000'000};
    QVERIFY(prepareScores(*project, resourceText("score", "sweeney-2017"), job, range));
    selection = selectRows(project->snapshot(), nullptr, query, job);
    QVERIFY(selection);
    const std::vector<RowData> rows = rowsOf(*selection);

    test::ScoreWorld world;
    const auto within = [](const std::vector<flow::Prefix>& prefixes) {
        return [prefixes](const flow::IpAddr& a) {
            return std::any_of(prefixes.begin(), prefixes.end(), [&](const flow::Prefix& p) { return p.contains(a); });
        };
    };
    const auto prefixesOf = [](const std::string& lines) {
        std::vector<flow::Prefix> out;
        for (const QString& line : QString::fromStdString(lines).split(u'\n', Qt::SkipEmptyParts))
            out.push_back(*flow::parsePrefix(line.toStdString()));
        return out;
    };
    world.local = within(sampleLocal());
    const auto multicast = within({*flow::parsePrefix("224.0.0.0/4"), *flow::parsePrefix("ff00::/8"),
                                   *flow::parsePrefix("fe80::/10"), *flow::parsePrefix("255.255.255.255/32")});
    world.group = [multicast](const flow::IpAddr& a) {
        const auto own = sampleLocal();
        return multicast(a) || std::any_of(own.begin(), own.end(), [&](const flow::Prefix& p) {
                   return a.isV4() && p.base.isV4() && a == p.last();
               });
    };
    std::map<std::string, std::vector<flow::Prefix>, std::less<>> addresses{{"alienvault", prefixesOf(alienvault)},
                                                                            {"emerging-threats", prefixesOf(threats)}};
    const auto operators =
        label::ndpiOperators(project->snapshot()->records->addresses(),
                             std::vector<std::uint8_t>(project->snapshot()->records->addresses().size(), 0), job);
    QVERIFY(operators);
    for (std::size_t h = 0; h < operators->size(); ++h)
        if (const flow::IpAddr a = project->snapshot()->records->addresses()[flow::HostId(h)];
            (*operators)[h] != 0 && !world.local(a))
            addresses["ndpi"].push_back({a, 128});
    world.listed = [&](std::string_view list, const flow::IpAddr& a) {
        return within(addresses[std::string(list)])(a);
    };
    std::map<std::string, std::set<std::pair<int, int>>, std::less<>> ports;
    for (const char* name : {"services", "insecure-ports"}) {
        QFile file(QStringLiteral(WEIR_SOURCE_DIR "/resources/lists/") + QString::fromLatin1(name) +
                   QStringLiteral(".txt"));
        QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
        static const QRegularExpression entry(QStringLiteral("^(?:(tcp|udp|sctp|dccp)/)?(\\d+)"));
        while (!file.atEnd()) {
            const auto m = entry.match(QString::fromUtf8(file.readLine()));
            if (!m.hasMatch()) continue;
            const QString protocol = m.captured(1);
            for (const auto& [word, number] : {std::pair{"tcp", 6}, std::pair{"udp", 17}})
                if (protocol.isEmpty() || protocol == QLatin1String(word))
                    ports[name].insert({number, m.captured(2).toInt()});
        }
    }
    QVERIFY(ports["services"].size() > 300 && ports["insecure-ports"].size() > 5);
    world.portListed = [&](std::string_view list, std::uint8_t protocol, std::uint16_t port) {
        return ports.find(list)->second.contains({protocol, port});
    };

    std::vector<test::SentRecord> sent;
    std::vector<RowData::Score> found;
    for (const RowData& r : rows) {
        const bool in = range.from <= r.first && r.first < range.to;
        if (!in) QVERIFY(!r.sides[0].scored && !r.sides[1].scored);
        if (!in) continue;
        sent.push_back(
            {r.src, r.dst, r.srcPort, std::uint16_t(r.dstPort | r.icmpTypeCode), r.protocol, r.flags, r.packets});
        found.push_back(r.sides[0]);
        if (r.reversePackets == 0) continue;
        sent.push_back({r.dst, r.src, r.dstPort, std::uint16_t(r.srcPort | r.icmpTypeCode), r.protocol, r.reverseFlags,
                        r.reversePackets});
        found.push_back(r.sides[1]);
    }
    const auto expected = test::sweeneyWords(sent, world);
    std::uint64_t seen = 0, scored = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        QCOMPARE(found[i].scored, expected[i].has_value());
        if (!expected[i]) continue;
        if (found[i].codes != *expected[i])
            qWarning("%s:%u to %s:%u protocol %u", flow::toText(sent[i].src).c_str(), sent[i].srcPort,
                     flow::toText(sent[i].dst).c_str(), sent[i].dstPort, sent[i].protocol);
        QCOMPARE(found[i].codes, *expected[i]);
        seen |= *expected[i];
        ++scored;
    }
    QCOMPARE(project->snapshot()->scores->scores->scored, scored);
    QVERIFY(scored > (part ? 3000u : 10000u));
    QVERIFY(
        (seen & (test::kAv | test::kEt | test::kDark | test::kInsecure | test::kScan | test::kUnknown | test::kSyn)) ==
        (test::kAv | test::kEt | test::kDark | test::kInsecure | test::kScan | test::kUnknown | test::kSyn));
}

/// Scans of the sample, against sets of what its rows say; and every shipped profile is one.
void TstScoreSample::extendedOnTheSample() {
    JobContext job({}, {}, 2);
    const ProjectPtr sample = sampleProject(job);
    for (const Resource& r : resources())
        if (r.kind == "score") QVERIFY2(checkProfile(sample->snapshot(), r.text).empty(), std::string(r.name).c_str());
    const auto scored = scoreRecords(sample->snapshot(), resourceText("score", "extended"), job);
    QVERIFY(scored && scored->parsed.good());
    Query query;
    query.rows = Rows::records;
    const auto all = selectRows(sample->snapshot(), nullptr, query, job);
    const auto rows = RowReader(*all).read(0, std::size_t((*all)->count));
    QVERIFY(rows);
    struct Line {
        flow::IpAddr src, dst;
        std::uint16_t port;
        std::uint64_t packets;
    };
    std::vector<Line> tcp;  // inbound directions
    for (const RowData& r : *rows) {
        if (r.protocol != 6) continue;
        if (r.sides[0].scored) tcp.push_back({r.src, r.dst, r.dstPort, r.packets});
        if (r.sides[1].scored) tcp.push_back({r.dst, r.src, r.srcPort, r.reversePackets});
    }
    std::map<std::pair<flow::IpAddr, std::uint16_t>, std::set<flow::IpAddr>> hosts;
    std::map<std::pair<flow::IpAddr, flow::IpAddr>, std::set<std::uint16_t>> ports;
    for (const Line& l : tcp) {
        if (l.packets >= 4) continue;
        hosts[{l.src, l.port}].insert(l.dst);
        ports[{l.src, l.dst}].insert(l.port);
    }
    std::uint64_t horizontal = 0, vertical = 0;
    for (const Line& l : tcp) {
        if (l.packets >= 4) continue;
        horizontal += hosts[{l.src, l.port}].size() >= 50;
        vertical += ports[{l.src, l.dst}].size() >= 50;
    }
    const auto perCode = score::flowsPerCode(scored->parsed.profile, scored->scores->words);
    const auto of = [&](std::string_view code) {
        const auto& tests = scored->parsed.profile.tests;
        return perCode[std::size_t(
            std::find_if(tests.begin(), tests.end(), [&](const score::Test& t) { return t.code == code; }) -
            tests.begin())];
    };
    QVERIFY(horizontal > 1000 && vertical > 100);
    QCOMPARE(of("HORIZONTAL SCAN"), horizontal);
    QCOMPARE(of("VERTICAL SCAN"), vertical);
    for (const char* quiet : {"SYN FLOOD", "DNS FAN-IN"}) QCOMPARE(of(quiet), std::uint64_t(0));
    for (const char* shared : {"SYN ONLY", "POSSIBLE TCP SCAN", "DARK IP"}) QVERIFY(of(shared) > 0);
}

/// Records that the filter of a built-in test leaves out: its words are not those of the profile.
void TstScoreSample::filtersOfBuiltInTests() {
    JobContext job;
    const ProjectPtr sample = sampleProject(job);
    const std::string profile =
        "weir-score 1\nname \"Built-in\"\nbad 1 \"D\" when test dns-then-traffic\nbad 2 \"B\" when test beaconing "
        "contacts=3 jitter=1\n";
    QVERIFY(prepareScores(*sample, profile, job));
    const SnapshotPtr snapshot = sample->snapshot();
    Query query;
    query.rows = Rows::records;
    query.filter = "inbound and proto icmp";
    const auto selection = selectRows(snapshot, nullptr, query, job);
    QVERIFY(selection && (*selection)->count > 100);
    const auto icmp = RowReader(*selection).read(0, 50);
    QVERIFY(icmp);
    for (const RowData& r : *icmp) {
        const auto why = inspectScore(snapshot, nullptr, *recordRowOf(*snapshot, r.id), job);
        QVERIFY(why && why->lines.size() == 2);
        QCOMPARE(why->lines[0].evidence, std::string("protocol ICMP, not proto tcp; protocol ICMP, not proto udp"));
        QCOMPARE(why->word, r.codes);
    }
}

QTEST_GUILESS_MAIN(TstScoreSample)
#include "tst_score_sample.moc"
