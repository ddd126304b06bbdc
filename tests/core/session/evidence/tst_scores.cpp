// Scores in a project: counted for any selection, filtered by combination, sorted, over time, by time range, under
// other points, and explained record by record.
#include "core/base/text.h"
#include "core/score/ranking.h"
#include "core/score/reweigh.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/project/resources.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/timeline.h"
#include "core/session/verbs/inspect_score.h"
#include "tests/support/nfcapd_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace weir;
using namespace weir::session;

using Words = std::map<std::uint64_t, std::uint64_t>;  ///< records by code word; those without a code as well

class TstScores : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void talliesOfSelections_data();
    void talliesOfSelections();
    void talliesOfDirections();
    void combinationsAsFilters();
    void sortedByPoints();
    void timelineByBadness();
    void timeRangeScoresItsRecordsOnly();
    void otherPointsKeepTheWords();
    void profilesWithErrorsChangeNothing();
    void currentProfileStaysWithTheFile();
    void tallyIsThereAtOpening();
    void linesAgreeWithWords();
    void evidence();
    void whyNotScored();
    void whoContactedWhom();
    void combinationsExplained();

private:
    static constexpr std::int64_t kFirstMs = 1'700'006'400'000;  ///< 2023-11-15T00:00:00Z
    static constexpr const char* kProfile = R"(weir-score 1
name "Test"
apply to inbound
good 15 "LARGE"  when packets >= 5
bad  10 "LISTED" when ip in @listed
bad  20 "MANY"   when proto tcp group by dst port having flows > 600 and packets/flows < 4
bad  5  "ODD"    when not (dst port 80 or dst port 22) and flags S
bad  7  "BINS"   when proto tcp group by src ip, bin 10m having flows >= 4
bad  4  "WIDE"   when any group by src ip having distinct(dst ip) >= 8
bad  1  "NOLIST" when src ip in @nowhere
bad  9  "DARK"   when dst ip in @dark
bad  2  "TOP"    when test top-talkers n=5 by=flows
bad  3  "BEAT"   when test beaconing contacts=4 jitter=1
)";
    ProjectPtr fill(const char* name, std::int64_t fromUs, std::int64_t toUs);
    SelectionPtr select(const Query& query) const;
    std::vector<RowData> rowsOf(const SelectionPtr& selection) const;
    static Words wordsOf(const std::vector<score::CodeCount>& counts);
    std::string put(const char* name, const std::string& text) const;
    std::uint32_t recordWhere(const std::function<bool(const RowData&)>& wanted) const;
    std::string evidenceOf(std::uint32_t record, std::string_view code, bool holds) const;

    QTemporaryDir dir_;
    ProjectPtr project_, sample_;
};

/// 4000 records in two hours, from 40 hosts outside to 8 inside, of which half answer; every 50th record goes out.
ProjectPtr TstScores::fill(const char* name, std::int64_t fromUs, std::int64_t toUs) {
    const std::string capture = dir_.filePath(QString::fromLatin1(name) + QStringLiteral(".nfcapd")).toStdString();
    {
        std::ofstream out(capture, std::ios::binary);
        test::NfcapdWriter writer(out, {});
        std::mt19937 random(7);
        const auto pick = [&](unsigned n) { return unsigned(random() % n); };
        for (unsigned i = 0; i < 4000; ++i) {
            test::NfcapdRow row;
            row.firstMs = row.lastMs = std::uint64_t(kFirstMs + std::int64_t(pick(7'200'000)));
            row.packets = 1 + pick(8) * pick(2);
            row.bytes = row.packets * 60;
            row.src = *flow::parseAddress("192.0.2." + std::to_string(1 + pick(40)));
            row.dst = *flow::parseAddress("10.0.0." + std::to_string(1 + pick(8)));
            row.protocol = pick(5) == 0 ? 17 : 6;
            row.tcpFlags = row.protocol == 6 ? (pick(2) ? 2 : 0x1b) : 0;
            constexpr std::uint16_t kPorts[] = {22, 23, 80, 80, 80, 9999};
            row.dstPort = kPorts[pick(6)];
            row.srcPort = std::uint16_t(1024 + pick(50000));
            const bool leaves = i % 50 == 0;
            if (leaves) {
                std::swap(row.src, row.dst);
                row.src = *flow::parseAddress("10.0.0." + std::to_string(1 + pick(4)));
            }
            const auto us = std::int64_t(row.firstMs) * 1000;
            if (us >= fromUs && us < toUs) writer.add(row);
        }
        writer.finish();
    }
    auto project = *createProject(dir_.filePath(QString::fromLatin1(name) + QStringLiteral(".weir")).toStdString());
    JobContext job;
    Settings settings = project->snapshot()->settings;
    settings.pairing.local = {*flow::parsePrefix("10.0.0.0/8")};
    if (!project->changeSettings(settings) || !importFiles(*project, {{capture}, {}, false, false}, job))
        qFatal("no project");
    const std::string list = put("listed.txt", "# of the test\n192.0.2.1 # first of all\n192.0.2.8/30\n");
    if (!addList(*project, "listed", list, {"2023-11-14", "the test", {}}, job)) qFatal("no list");
    return project;
}

std::string TstScores::put(const char* name, const std::string& text) const {
    const std::string path = dir_.filePath(QString::fromLatin1(name)).toStdString();
    std::ofstream(path) << text;
    return path;
}

void TstScores::initTestCase() {
    JobContext job;
    project_ = fill("all", INT64_MIN, INT64_MAX);
    QVERIFY(prepareScores(*project_, kProfile, job));
    QVERIFY(prepare(*project_, flow::Direction::in, job));
    QVERIFY(project_->snapshot()->scores->scores->words.size() > 20);
    QCOMPARE(project_->snapshot()->scores->missingLists, std::vector<std::string>{"nowhere"});

    sample_ = *createProject(dir_.filePath(QStringLiteral("sample.weir")).toStdString());
    QVERIFY(importFiles(*sample_, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*sample_, sampleLocal(), job));
    QVERIFY(prepareScores(*sample_, currentProfile(*sample_), job));
    QVERIFY(prepare(*sample_, flow::Direction::in, job));
}

SelectionPtr TstScores::select(const Query& query) const {
    JobContext job;
    auto selection = selectRows(project_->snapshot(), nullptr, query, job);
    if (!selection) qFatal("%s", selection.error().detail.c_str());
    return *selection;
}

std::vector<RowData> TstScores::rowsOf(const SelectionPtr& selection) const {
    auto rows = RowReader(selection).read(0, std::size_t(selection->count));
    return rows ? *rows : std::vector<RowData>();
}

Words TstScores::wordsOf(const std::vector<score::CodeCount>& counts) {
    Words words;
    for (const auto& c : counts)
        if (c.flows) words[c.word] += c.flows;
    return words;
}

void TstScores::talliesOfSelections_data() {
    QTest::addColumn<bool>("derived");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("sort");
    for (const char* filter :
         {"", "dst port 80", "code \"LISTED\"", "outbound", "badness >= 20 and not code MANY", "src ip 192.0.2.9"})
        for (const Field sort : {Field::id, Field::badness, Field::packets})
            for (const bool derived : {false, true})
                QTest::addRow("%s by %d %s", filter, int(sort), derived ? "flows" : "records")
                    << derived << QString::fromLatin1(filter) << int(sort);
}

/// Against the codes that the rows themselves show.
void TstScores::talliesOfSelections() {
    QFETCH(bool, derived);
    QFETCH(QString, filter);
    QFETCH(int, sort);
    Query query;
    query.rows = derived ? Rows::derived : Rows::records;
    query.filter = filter.toStdString();
    query.sort = Field(sort);
    query.descending = query.sort != Field::id;
    const auto selection = select(query);
    JobContext job({}, {}, 2);
    const auto tally = tallyCodes(*selection, job);
    QVERIFY(tally);
    Words seen;
    std::uint64_t scored = 0;
    for (const RowData& row : rowsOf(selection)) {
        if (!row.scored) continue;
        ++seen[row.codes];
        ++scored;
    }
    QCOMPARE(tally->scored, scored);
    QCOMPARE(wordsOf(tally->words), seen);
}

/// A bidirectional record counts for the directions that the filter takes, also when the list is sorted.
void TstScores::talliesOfDirections() {
    JobContext job({}, {}, 2);
    const ProjectPtr project = sample_;
    QVERIFY(prepareScores(*project,
                          "weir-score 1\napply to inbound, outbound, internal\nbad 1 \"TO 53\" when dst port 53\nbad 2 "
                          "\"FROM 53\" when src port 53\nbad 4 \"SMALL\" when packets < 2\n",
                          job));
    const SnapshotPtr snapshot = project->snapshot();
    QVERIFY(!snapshot->scores->scores->reverse.empty());
    Query everything;
    everything.rows = Rows::records;
    const auto all = selectRows(snapshot, nullptr, everything, job);
    const auto rows = RowReader(*all).read(0, std::size_t((*all)->count));
    struct Case {
        const char* filter;
        std::function<bool(std::uint16_t from, std::uint16_t to)> takes;  // the ports of a direction
    };
    const std::vector<Case> cases{
        {"dst port 53", [](auto, auto to) { return to == 53; }},      // only directions as they were sent
        {"src port 53", [](auto from, auto) { return from == 53; }},  // only answers
        {"port 53", [](auto from, auto to) { return from == 53 || to == 53; }}};
    for (const Case& c : cases)
        for (const bool sorted : {false, true}) {
            Query query = everything;
            query.filter = std::string("proto udp and ") + c.filter;
            query.sort = sorted ? Field::bytes : Field::id;
            query.descending = sorted;
            Words expected;
            for (const RowData& r : *rows) {
                if (r.protocol != 17) continue;
                if (c.takes(r.srcPort, r.dstPort) && r.sides[0].scored) ++expected[r.sides[0].codes];
                if (r.reversePackets > 0 && c.takes(r.dstPort, r.srcPort) && r.sides[1].scored)
                    ++expected[r.sides[1].codes];
            }
            QVERIFY(!expected.empty());
            const auto selection = selectRows(snapshot, nullptr, query, job);
            const auto tally = tallyCodes(**selection, job);
            QVERIFY(tally);
            QCOMPARE(wordsOf(tally->words), expected);
        }
    // A host that never asks: its records are all taken as they were sent, and none of its answers is.
    std::set<flow::IpAddr> askers;
    for (const RowData& r : *rows) askers.insert(r.src);
    const auto answering = std::find_if(rows->begin(), rows->end(),
                                        [&](const RowData& r) { return !askers.contains(r.dst) && r.sides[1].scored; });
    QVERIFY(answering != rows->end());
    Query query = everything;
    query.filter = "dst ip " + toText(answering->dst);
    Words expected;
    for (const RowData& r : *rows)
        if (r.dst == answering->dst && r.sides[0].scored) ++expected[r.sides[0].codes];
    QCOMPARE(wordsOf(tallyCodes(**selectRows(snapshot, nullptr, query, job), job)->words), expected);
    QVERIFY(prepareScores(*project, currentProfile(*project), job));
}

void TstScores::combinationsAsFilters() {
    for (const ProjectPtr& project : {project_, sample_}) {
        const SnapshotPtr snapshot = project->snapshot();
        JobContext job;
        std::size_t asked = 0;
        for (const score::CodeCount& c : snapshot->scores->scores->words) {
            if (c.word == 0 || c.flows == 0) continue;
            Query query;
            query.rows = Rows::records;
            query.filter = codesFilter(snapshot->scores->parsed.profile, c.word);
            const auto rows = selectRows(snapshot, nullptr, query, job);
            QVERIFY2(rows, query.filter.c_str());
            QCOMPARE((*rows)->count, c.flows);
            ++asked;
        }
        QVERIFY(asked > 10);
    }
    QCOMPARE(codeFilter("A \"B\\"), std::string("code \"A \\\"B\\\\\""));
}

void TstScores::sortedByPoints() {
    for (const Rows kind : {Rows::records, Rows::derived}) {
        Query query;
        query.rows = kind;
        query.sort = Field::badness;
        query.descending = true;
        const auto worst = rowsOf(select(query));
        QVERIFY(!worst.empty() && worst.front().badness > 30 && !worst.back().scored);
        const auto key = [](const RowData& r) { return r.scored ? r.badness : -1; };
        QVERIFY(std::is_sorted(worst.begin(), worst.end(),
                               [&](const RowData& a, const RowData& b) { return key(a) > key(b); }));
        query.sort = Field::goodness;
        const auto best = rowsOf(select(query));
        QVERIFY(best.front().goodness == 15);
        const auto good = [](const RowData& r) {
            return r.scored ? r.goodness : -1;
        };  // what is not scored stands below 0
        QVERIFY(std::is_sorted(best.begin(), best.end(),
                               [&](const RowData& a, const RowData& b) { return good(a) > good(b); }));
        query.sort = Field::codes;
        query.descending = false;
        const auto codes = rowsOf(select(query));
        QVERIFY(std::is_sorted(codes.begin(), codes.end(), [](const RowData& a, const RowData& b) {
            return (a.scored ? a.codes + 1 : 0) < (b.scored ? b.codes + 1 : 0);
        }));
    }
}

void TstScores::timelineByBadness() {
    JobContext job;
    const SnapshotPtr snapshot = project_->snapshot();
    for (const Rows kind : {Rows::records, Rows::derived}) {
        Query query;
        query.rows = kind;
        query.filter = "dst port in [22 23]";
        const auto selection = select(query);
        const auto timeline = buildTimeline(selection, 50, TimelineBy::badness, job);
        QVERIFY(timeline && timeline->by == TimelineBy::badness && timeline->bands.size() == 5);
        std::vector<std::uint64_t> totals(5, 0);
        for (const RowData& row : rowsOf(selection))
            ++totals[!row.scored ? 4 : row.badness < 10 ? 0 : row.badness < 30 ? 1 : row.badness < 50 ? 2 : 3];
        QCOMPARE(timeline->totals, totals);
    }
}

/// As if nothing else had been recorded: groups and dark addresses are of the range.
void TstScores::timeRangeScoresItsRecordsOnly() {
    JobContext job({}, {}, 2);
    const std::int64_t from = kFirstMs * 1000 + 1'800'000'000, to = from + 2'400'000'000;
    const auto whole = scoreRecords(project_->snapshot(), kProfile, job);
    const auto part = scoreRecords(project_->snapshot(), kProfile, job, {from, to});
    for (const std::int64_t end : {to, from + 120'000'000}) {
        const auto scored = scoreRecords(project_->snapshot(), kProfile, job, {from, end});
        QVERIFY(scored && scored->parsed.good());
        const ProjectPtr alone = fill(end == to ? "part" : "minutes", from, end);
        const auto expected = scoreRecords(alone->snapshot(), kProfile, job);
        QVERIFY(expected);
        QCOMPARE(scored->scores->scored, expected->scores->scored);
        QCOMPARE(wordsOf(scored->scores->words), wordsOf(expected->scores->words));
        QVERIFY(end == to ||
                scored->dark->prefixes.size() > whole->dark->prefixes.size());  // in two minutes fewer hosts speak
    }
    const auto many = [](const ScoreResult& r) { return score::flowsPerCode(r.parsed.profile, r.scores->words)[2]; };
    QVERIFY(many(*whole) > 0 && many(*part) == 0);  // 600 records to a port are there in two hours, not in 40 minutes
    // From the first record on, up to the last one, which is not in it.
    Query query;
    query.rows = Rows::records;
    query.sort = Field::first;
    query.filter = "inbound";
    const auto byTime = rowsOf(select(query));
    const auto edges = scoreRecords(project_->snapshot(), kProfile, job, {byTime.front().first, byTime.back().first});
    QVERIFY(edges);
    const auto same = [&](const RowData& r) { return r.first == byTime.back().first; };
    QCOMPARE(edges->scores->scored, byTime.size() - std::size_t(std::count_if(byTime.begin(), byTime.end(), same)));
    const std::int64_t before = kFirstMs * 1000 - 1;
    const auto nothing = scoreRecords(project_->snapshot(), kProfile, job, {before - 1, before});
    QVERIFY(nothing && nothing->scores->scored == 0);
}

void TstScores::otherPointsKeepTheWords() {
    JobContext job;
    const auto first = project_->snapshot()->scores;
    std::string text = first->text;
    score::ParsedProfile parsed = first->parsed;
    score::setPoints(parsed, text, 2, 1234);
    score::setPoints(parsed, text, 0, 3);
    score::setPoints(parsed, text, 2, 0);
    QVERIFY(text.find("good 3 \"LARGE\"  when") != std::string::npos &&
            text.find("bad  0 \"MANY\"   when") != std::string::npos);
    QVERIFY(prepareScores(*project_, text, job));
    const auto second = project_->snapshot()->scores;
    QVERIFY(second != first && second->scores == first->scores && second->missingLists == first->missingLists);
    for (std::size_t t = 0; t < parsed.profile.tests.size(); ++t) {
        QCOMPARE(second->parsed.profile.tests[t].points, parsed.profile.tests[t].points);
        QCOMPARE(second->parsed.profile.tests[t].pointsAt, parsed.profile.tests[t].pointsAt);
    }
    QVERIFY(withProfile(project_->snapshot(), *second, first->text) != nullptr);
    for (const char* other : {"weir-score 1\nbad 1 \"A\" when any\n", "weir-score 1\nbad 1 \"A\" when nonsense\n"})
        QVERIFY(withProfile(project_->snapshot(), *second, other) == nullptr);
    std::string changed = first->text;
    changed.replace(changed.find("packets >= 5"), 12, "packets >= 6");
    QVERIFY(prepareScores(*project_, changed, job));
    QVERIFY(project_->snapshot()->scores->scores != first->scores);
    changed = first->text;
    changed.replace(changed.find("apply to inbound"), 16, "apply to inbound, outbound");
    QVERIFY(withProfile(project_->snapshot(), *project_->snapshot()->scores, changed) == nullptr);
    QVERIFY(prepareScores(*project_, kProfile, job));
}

void TstScores::profilesWithErrorsChangeNothing() {
    JobContext job;
    const auto before = project_->snapshot()->scores;
    const Status done = prepareScores(*project_, "weir-score 1\nbad 1 \"A\" when dst prot 80\n", job);
    QVERIFY(!done && done.error().code == Errc::badFilter);
    QVERIFY2(done.error().detail.find("line 2") != std::string::npos, done.error().detail.c_str());
    QVERIFY(project_->snapshot()->scores == before);
    QVERIFY(!checkProfile(project_->snapshot(), "weir-score 1\nbad 1 \"A\" when dst prot 80\n").empty());
    QVERIFY(checkProfile(project_->snapshot(), kProfile).empty());
}

void TstScores::currentProfileStaysWithTheFile() {
    const std::string path = dir_.filePath(QStringLiteral("kept.weir")).toStdString();
    {
        const auto project = *createProject(path);
        QCOMPARE(currentProfile(*project), std::string(resourceText("score", kDefaultProfile)));
        QVERIFY(setCurrentProfile(*project, kProfile));
    }
    QCOMPARE(currentProfile(**openProject(path)), std::string(kProfile));
}

void TstScores::tallyIsThereAtOpening() {
    const std::string path = dir_.filePath(QStringLiteral("stored.weir")).toStdString();
    JobContext job;
    Words words;
    const auto opened = [&] { return (*openProject(path))->snapshot()->scores; };
    {
        const ProjectPtr project = fill("stored", INT64_MIN, INT64_MAX);
        QVERIFY(setCurrentProfile(*project, kProfile));
        QVERIFY(prepareScores(*project, kProfile, job));
        words = wordsOf(project->snapshot()->scores->scores->words);
    }
    {
        const ProjectPtr project = *openProject(path);
        const auto stored = project->snapshot()->scores;
        QVERIFY(stored && stored->scores->forward.empty());
        QCOMPARE(wordsOf(stored->scores->words), words);
        QCOMPARE(stored->missingLists, std::vector<std::string>{"nowhere"});
        Query query;
        query.rows = Rows::records;
        const auto all = selectRows(project->snapshot(), nullptr, query, job);
        QCOMPARE(wordsOf(tallyCodes(**all, job)->words), words);
        query.filter = "code LISTED";
        QVERIFY(!selectRows(project->snapshot(), nullptr, query, job));  // not yet
        QVERIFY(!inspectScore(project->snapshot(), nullptr, 3, job) &&
                !inspectCodes(project->snapshot(), nullptr, words.rbegin()->first, job));
        QCOMPARE(RowReader(*all).read(0, 1)->front().scored, false);
        QVERIFY(prepareScores(*project, kProfile, job, {0, 1}));  // of a range: not kept
        QVERIFY(prepareScores(*project, kProfile, job));
        QVERIFY(selectRows(project->snapshot(), nullptr, query, job));
        QCOMPARE(wordsOf(project->snapshot()->scores->scores->words), words);

        std::string text = kProfile;
        text.replace(text.find("bad  20"), 7, "bad  77");
        QVERIFY(setCurrentProfile(*project, text));
        QCOMPARE(opened()->parsed.profile.tests[2].points, 77);  // points are no ground
        text.replace(text.find("packets >= 5"), 12, "packets >= 4");
        QVERIFY(setCurrentProfile(*project, text));
        QVERIFY(opened() == nullptr);
        QVERIFY(setCurrentProfile(*project, kProfile));
        QVERIFY(opened() != nullptr);
        QVERIFY(addList(*project, "listed", put("listed.txt", "192.0.2.1\n"), {"2023-11-14", {}, {}}, job));
        QVERIFY(opened() == nullptr);
        QVERIFY(prepareScores(*project, kProfile, job));
        QVERIFY(opened() != nullptr);
        Settings settings = project->snapshot()->settings;
        settings.pairing.local = {*flow::parsePrefix("10.0.0.0/9")};
        QVERIFY(project->changeSettings(settings));
        QVERIFY(opened() == nullptr);
    }
}

/// Every line of the explanation says what the engine said.
void TstScores::linesAgreeWithWords() {
    std::mt19937 random(3);
    JobContext job;
    for (const ProjectPtr& project : {project_, sample_}) {
        const SnapshotPtr snapshot = project->snapshot();
        const std::size_t rows = std::size_t(snapshot->records->rows());
        std::size_t scored = 0;
        for (int n = 0; n < 150; ++n) {
            const auto record = std::uint32_t(random() % rows);
            const auto why = inspectScore(snapshot, nullptr, record, job);
            QVERIFY(why);
            if (!why->notScoredBecause.empty()) continue;
            ++scored;
            QCOMPARE(why->lines.size(), snapshot->scores->parsed.profile.tests.size());
            std::uint64_t word = 0;
            for (const auto& line : why->lines) {
                word |= std::uint64_t(line.holds) << line.test;
                QVERIFY2(!line.evidence.empty(), snapshot->scores->parsed.profile.tests[line.test].code.c_str());
            }
            QCOMPARE(word, why->word);
            QCOMPARE(why->row.codes, why->word);
            QCOMPARE(why->points.badness, why->row.badness);
        }
        QVERIFY(scored > 100);
    }
}

std::uint32_t TstScores::recordWhere(const std::function<bool(const RowData&)>& wanted) const {
    Query query;
    query.rows = Rows::records;
    const auto rows = rowsOf(select(query));
    const auto at = std::find_if(rows.begin(), rows.end(), wanted);
    if (at == rows.end()) qFatal("no such record");
    return std::uint32_t(at - rows.begin());
}

std::string TstScores::evidenceOf(std::uint32_t record, std::string_view code, bool holds) const {
    JobContext job;
    const auto why = inspectScore(project_->snapshot(), nullptr, record, job);
    if (!why) return why.error().detail;
    for (const auto& line : why->lines)
        if (project_->snapshot()->scores->parsed.profile.tests[line.test].code == code)
            return line.holds == holds ? line.evidence : "holds otherwise: " + line.evidence;
    return "no such code";
}

void TstScores::evidence() {
    const auto from = [](const char* address) {
        return [a = *flow::parseAddress(address)](const RowData& r) { return r.src == a && r.scored; };
    };
    const auto tcpTo = [](std::uint16_t port, int flags) {
        return [port, flags](const RowData& r) {
            return r.scored && r.protocol == 6 && r.dstPort == port && r.flags == flags && r.packets == 1;
        };
    };
    QCOMPARE(evidenceOf(recordWhere(from("192.0.2.1")), "LISTED", true),
             std::string("source 192.0.2.1 is in line 2 of @listed of 2023-11-14 \"first of all\""));
    QCOMPARE(evidenceOf(recordWhere(from("192.0.2.9")), "LISTED", true),
             std::string("source 192.0.2.9 is in line 3 (192.0.2.8/30) of @listed of 2023-11-14"));
    QCOMPARE(evidenceOf(recordWhere(from("192.0.2.30")), "LISTED", false), std::string("neither end is in @listed"));
    QCOMPARE(evidenceOf(recordWhere(from("192.0.2.30")), "NOLIST", false), std::string("unknown list @nowhere"));
    QCOMPARE(evidenceOf(recordWhere(tcpTo(23, 2)), "ODD", true),
             std::string("destination port 23, not dst port 80; destination port 23, not dst port 22; TCP flags "
                         "......S. (flags S)"));
    QCOMPARE(evidenceOf(recordWhere(tcpTo(80, 2)), "ODD", false), std::string("destination port 80 (dst port 80)"));
    QCOMPARE(evidenceOf(recordWhere(tcpTo(80, 2)), "LARGE", false), std::string("1 packet, not packets >= 5"));

    std::uint64_t flows = 0, packets = 0;
    Query query;
    query.rows = Rows::records;
    query.filter = "inbound and proto tcp and dst port 80";
    for (const RowData& r : rowsOf(select(query))) {
        ++flows;
        packets += r.packets;
    }
    char mean[16];
    std::snprintf(mean, sizeof mean, "%.2f", double(packets) / double(flows));
    QCOMPARE(evidenceOf(recordWhere(tcpTo(80, 2)), "MANY", true),
             "group dst port 80: " + grouped(flows) + " flows > 600; " + mean + " packets a flow < 4");
    const std::string few = evidenceOf(recordWhere(tcpTo(23, 2)), "MANY", false);
    QVERIFY2(few.starts_with("group dst port 23: ") && few.ends_with(" flows not > 600"), few.c_str());
    const std::string wide =
        evidenceOf(recordWhere([](const RowData& r) { return r.scored && (r.codes >> 5 & 1); }), "WIDE", true);
    QVERIFY2(wide.starts_with("group src ip 192.0.2.") && wide.ends_with(": 8 distinct dst ip >= 8"), wide.c_str());
    const auto isDark = [&](bool dark) {
        return [dark](const RowData& r) { return r.scored && bool(r.codes >> 7 & 1) == dark; };
    };
    const std::string dark = evidenceOf(recordWhere(isDark(true)), "DARK", true),
                      used = evidenceOf(recordWhere(isDark(false)), "DARK", false);
    QVERIFY2(dark.starts_with("10.0.0.") && dark.ends_with("sent no packet to an external host in these records"),
             dark.c_str());
    QVERIFY2(used.find("is in use") != std::string::npos, used.c_str());
}

void TstScores::whyNotScored() {
    JobContext job;
    const auto record = recordWhere([](const RowData& r) { return !r.scored; });
    const auto why = inspectScore(project_->snapshot(), nullptr, record, job);
    QVERIFY(why && why->lines.empty());
    QCOMPARE(why->notScoredBecause, std::string("the profile applies to inbound records"));
    QVERIFY(prepareScores(*project_, kProfile, job, {0, 1}));
    QCOMPARE(inspectScore(project_->snapshot(), nullptr, 5, job)->notScoredBecause,
             std::string("it starts outside the time range"));
    QVERIFY(prepareScores(*project_, kProfile, job));
    QVERIFY(!inspectScore(project_->snapshot(), nullptr, 1'000'000, job));
}

/// Of every record: who sent the first record of its flow, worked out from all records between the two sockets in ten
/// minutes.
void TstScores::whoContactedWhom() {
    JobContext job;
    Query query;
    query.rows = Rows::records;
    using Socket = std::pair<flow::IpAddr, std::uint16_t>;
    using Pair = std::tuple<std::set<Socket>, int, std::int64_t>;  // protocol and bin behind the sockets
    const auto pairOf = [](const RowData& r) {
        return Pair{{{r.src, r.srcPort}, {r.dst, r.dstPort}}, r.protocol, r.first / 600'000'000};
    };
    const auto rows = rowsOf(select(query));
    std::map<Pair, flow::IpAddr> first;
    for (const RowData& r : rows) first.try_emplace(pairOf(r), r.src);  // records come in their order
    std::array<int, 3> seen{};
    for (std::uint32_t record = 0; record < rows.size(); record += 7) {
        const auto why = inspectScore(project_->snapshot(), nullptr, record, job);
        QVERIFY(why);
        const RowData& r = rows[record];
        const auto local = [](const flow::IpAddr& a) { return flow::toText(a).starts_with("10."); };
        const flow::IpAddr sender = first[pairOf(r)];
        const Contact expected = local(r.src) == local(r.dst) ? Contact::nobody
                                 : local(sender)              ? Contact::weContactedThem
                                                              : Contact::theyContactedUs;
        QCOMPARE(int(why->contact), int(expected));
        ++seen[std::size_t(why->contact)];
        if (expected == Contact::nobody)
            QVERIFY(why->contactEvidence.empty());
        else
            QVERIFY2(why->contactEvidence.find(flow::toText(sender) + " sent first") != std::string::npos,
                     why->contactEvidence.c_str());
    }
    QVERIFY(seen[1] > 100 && seen[2] > 0);

    // Where all hosts are ours nobody comes from outside.
    const ProjectPtr ours = *createProject(dir_.filePath(QStringLiteral("ours.weir")).toStdString());
    QVERIFY(importFiles(*ours, {{dir_.filePath(QStringLiteral("all.nfcapd")).toStdString()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*ours, {*flow::parsePrefix("0.0.0.0/0")}, job));
    QVERIFY(prepareScores(*ours, kProfile, job));
    QVERIFY(prepare(*ours, flow::Direction::in, job));
    const auto why = inspectScore(ours->snapshot(), nullptr, 3, job);
    QVERIFY(why && why->contact == Contact::nobody && why->contactEvidence.empty());
}

void TstScores::combinationsExplained() {
    JobContext job;
    const SnapshotPtr snapshot = project_->snapshot();
    const auto ranking = score::ranked(snapshot->scores->parsed.profile, snapshot->scores->scores->words);
    for (const score::Ranked& r : ranking) {
        const auto codes = inspectCodes(snapshot, nullptr, r.count.word, job);
        QVERIFY(codes);
        QCOMPARE(codes->portrait.toNear.flows, r.count.flows);
        QCOMPARE(codes->points.badness, r.points.badness);
        QCOMPARE(codes->example.word, r.count.word);
        Query query;
        query.rows = Rows::records;
        query.filter = codesFilter(snapshot->scores->parsed.profile, r.count.word);
        std::set<flow::IpAddr> sources, destinations;
        std::set<std::pair<int, int>> ports;  // by protocol
        for (const RowData& row : rowsOf(select(query))) {
            sources.insert(row.src);
            destinations.insert(row.dst);
            ports.insert({row.protocol, row.dstPort | row.icmpTypeCode});
        }
        QCOMPARE(codes->portrait.farHosts.count, sources.size());
        QCOMPARE(codes->portrait.nearHosts.count, destinations.size());
        QCOMPARE(codes->portrait.nearPorts.count, ports.size());
    }
    QCOMPARE(inspectCodes(snapshot, nullptr, ranking.front().count.word, job)->example.asBad, [&] {
        std::uint64_t n = 0;
        for (const score::Ranked& r : ranking)
            n += r.points.badness >= ranking.front().points.badness ? r.count.flows : 0;
        return n;
    }());
    QVERIFY(!inspectCodes(snapshot, nullptr, 0, job) && !inspectCodes(snapshot, nullptr, ~std::uint64_t{0}, job));
}

QTEST_GUILESS_MAIN(TstScores)
#include "tst_scores.moc"
