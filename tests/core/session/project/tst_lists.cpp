// Lists of a project: provenance, vintages by the day of a flow, overlap, what is refused; they stay with the file.
#include "core/base/sha256.h"
#include "core/score/ranking.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/rows/select.h"
#include "tests/support/nfcapd_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace weir;
using namespace weir::session;

class TstLists : public QObject {
    Q_OBJECT
private slots:
    void init();
    void provenance();
    void vintages();
    void refused_data();
    void refused();
    void overlap();
    void staysWithTheFile();
    void scoresUseThem();
    void scoresAreDroppedWhenTheirGroundsChange();

private:
    static constexpr std::int64_t kDayMs = 86'400'000, kFirstMs = 1'700'006'400'000;  ///< 2023-11-15T00:00:00Z
    std::uint64_t count(const std::string& filter) const;
    std::string put(const char* name, const std::string& text) const;
    Result<AddedList> add(const std::string& name, const std::string& text, const ListOrigin& origin = {});
    std::unique_ptr<QTemporaryDir> dir_;
    ProjectPtr project_;
};

/// Ten days, ten flows a day, from 192.0.2.1 … .10 to 10.0.0.1.
void TstLists::init() {
    dir_ = std::make_unique<QTemporaryDir>();
    {
        std::ofstream out(dir_->filePath(QStringLiteral("a.nfcapd")).toStdString(), std::ios::binary);
        test::NfcapdWriter writer(out, {});
        for (int day = 0; day < 10; ++day)
            for (int host = 1; host <= 10; ++host) {
                test::NfcapdRow row;
                row.firstMs = row.lastMs =
                    std::uint64_t(kFirstMs + day * kDayMs + host - 1);  // the first one at midnight
                row.packets = 1;
                row.bytes = 60;
                row.src = *flow::parseAddress("192.0.2." + std::to_string(host));
                row.dst = *flow::parseAddress("10.0.0.1");
                row.protocol = 6;
                row.dstPort = 80;
                row.srcPort = 1024;
                writer.add(row);
            }
        writer.finish();
    }
    project_ = *createProject(dir_->filePath(QStringLiteral("p.weir")).toStdString());
    JobContext job;
    Settings settings = project_->snapshot()->settings;
    settings.pairing.local = {*flow::parsePrefix("10.0.0.0/8")};
    QVERIFY(project_->changeSettings(settings));
    const auto report =
        importFiles(*project_, {{dir_->filePath(QStringLiteral("a.nfcapd")).toStdString()}, {}, false, false}, job);
    QVERIFY(report && report->anyUsable());
}

std::uint64_t TstLists::count(const std::string& filter) const {
    Query query;
    query.filter = filter;
    query.rows = Rows::records;
    JobContext job;
    const auto rows = selectRows(project_->snapshot(), nullptr, query, job);
    if (!rows) qWarning("%s", rows.error().detail.c_str());
    return rows ? (*rows)->count : ~std::uint64_t{0};
}

std::string TstLists::put(const char* name, const std::string& text) const {
    const std::string path = dir_->filePath(QString::fromLatin1(name)).toStdString();
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

Result<AddedList> TstLists::add(const std::string& name, const std::string& text, const ListOrigin& origin) {
    JobContext job;
    return addList(*project_, name, put("list.txt", text), origin, job);
}

void TstLists::provenance() {
    const std::string text =
        "# source: https://feed.example/\n# Last update: Sat, 22 Aug 2026 03:00:29 "
        "+0200\n192.0.2.1\nwhat.example\n192.0.2.2\n";
    const auto added = add("feed", text);
    QVERIFY2(added, added ? "" : added.error().detail.c_str());
    QCOMPARE(added->problems.size(), 1u);
    QCOMPARE(added->problems[0].line, 4u);
    QVERIFY(!added->dateOfFile);
    const ListInfo info = project_->snapshot()->lists->lists().back();
    QVERIFY(!info.shipped);
    QCOMPARE(info.vintages.size(), 1u);
    const store::StoredList& l = info.vintages[0];
    QCOMPARE(l.name + "|" + l.date + "|" + l.source + "|" + l.format,
             std::string("feed|2026-08-22|https://feed.example/|plain"));
    QCOMPARE(l.sha256, sha256Hex(text));
    QCOMPARE(l.entries, std::uint64_t(2));
    QCOMPARE(l.rejected, std::uint64_t(1));
    QCOMPARE(count("src ip in @FEED"), std::uint64_t(20));
    // What the user says wins over the head; a list without a date is as old as its file.
    QVERIFY(add("said", text, {"2020-01-02", "me", "CC0"}));
    const store::StoredList said = project_->snapshot()->lists->lists().back().vintages[0];
    QCOMPARE(said.date + said.source + said.licence, std::string("2020-01-02meCC0"));
    const auto undated = add("undated", "192.0.2.1\n");
    QVERIFY(undated && undated->dateOfFile && undated->list.date.size() == 10);
    // A list may be empty for a day.
    QVERIFY(add("quiet", "# nobody today\n"));
    QCOMPARE(count("ip in @quiet"), std::uint64_t(0));
}

/// Each flow is judged by the latest list that is not younger than its day; flows before all of them by the oldest.
void TstLists::vintages() {
    QVERIFY(add("v", "192.0.2.1\n192.0.2.2\n192.0.2.3\n", {"2023-11-17", {}, {}}));
    QCOMPARE(count("ip in @v"), std::uint64_t(30));
    QVERIFY(add("v", "192.0.2.1\n", {"2023-11-20", {}, {}}));
    QVERIFY(add("V", "192.0.2.4\n192.0.2.5\n", {"2023-11-23", {}, {}}));
    QCOMPARE(project_->snapshot()->lists->lists().back().vintages.size(), 3u);
    // Five days by the first, three by the second, two by the third.
    QCOMPARE(count("ip in @v"), std::uint64_t(5 * 3 + 3 * 1 + 2 * 2));
    QCOMPARE(count("not ip in @v"), std::uint64_t(100 - 22));
    QCOMPARE(count("ip in @v and src ip 192.0.2.4"), std::uint64_t(2));
    QCOMPARE(count("ip in @v and first seen < 2023-11-20T00:00:00Z and src ip 192.0.2.3"), std::uint64_t(5));
    // The same day again replaces it.
    QVERIFY(add("v", "192.0.2.9\n", {"2023-11-23", {}, {}}));
    QCOMPARE(count("ip in @v"), std::uint64_t(5 * 3 + 3 * 1 + 2 * 1));
    QCOMPARE(*removeList(*project_, "V"), 3u);
    QCOMPARE(count("ip in @v"), ~std::uint64_t{0});
}

void TstLists::refused_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("error");
    QTest::newRow("shipped") << "Bogons"
                             << "192.0.2.1\n"
                             << ""
                             << "`@bogons` ships with Weir";
    QTest::newRow("computed") << "dark"
                              << "192.0.2.1\n"
                              << ""
                              << "`@dark` is computed from the data";
    QTest::newRow("name") << "my list"
                          << "192.0.2.1\n"
                          << ""
                          << "found `my list`";
    QTest::newRow("date") << "l"
                          << "192.0.2.1\n"
                          << "yesterday"
                          << "found `yesterday`";
    QTest::newRow("no such day") << "l"
                                 << "192.0.2.1\n"
                                 << "2023-02-31"
                                 << "found `2023-02-31`";
    QTest::newRow("no entry") << "l"
                              << "# head\nan.example\n"
                              << ""
                              << "has no entry: expected an address, a prefix or a port on each line; line 2:";
    QTest::newRow("nothing") << "l"
                             << ""
                             << ""
                             << "has no entry";
    QTest::newRow("json") << "l"
                          << "{\"list\": []}"
                          << ""
                          << "is a JSON document";
}
void TstLists::refused() {
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QString, date);
    QFETCH(QString, error);
    const auto added = add(name.toStdString(), text.toStdString(), {date.toStdString(), {}, {}});
    QVERIFY(!added);
    QVERIFY2(QString::fromStdString(added.error().detail).contains(error), added.error().detail.c_str());
    QVERIFY(project_->snapshot()->lists->lists().back().shipped);
    QVERIFY(!removeList(*project_, "l") && !removeList(*project_, "services"));
}

void TstLists::overlap() {
    QVERIFY(add("a", "192.0.2.0/29\n"));  // .1 to .7
    QVERIFY(add("b", "192.0.2.6\n192.0.2.7\n192.0.2.8\n"));
    QVERIFY(add("p", "tcp/80\n"));
    JobContext job;
    const auto overlap = overlapOfLists(*project_->snapshot(), job);
    QVERIFY(overlap);
    QCOMPARE(overlap->hosts, std::uint64_t(11));
    QCOMPARE(overlap->lists.size(), 4u);  // bogons and ndpi too; lists of ports not
    for (const ListPair& pair : overlap->pairs)
        if (pair.a == "a" && pair.b == "b")
            QCOMPARE(std::vector<std::uint64_t>({pair.onlyA, pair.onlyB, pair.both}),
                     std::vector<std::uint64_t>({5, 1, 2}));
    // TEST-NET-1 and 10/8 are bogons: all of `a` is in there.
    QVERIFY(overlap->pairs.front().both == 7 && overlap->pairs.front().a == "bogons" &&
            overlap->pairs.front().b == "a");
}

void TstLists::staysWithTheFile() {
    QVERIFY(add("mine", "192.0.2.1\n", {"2023-01-01", {}, {}}));
    const std::string path = project_->reading()->path();
    const SnapshotPtr old = project_->snapshot();
    project_.reset();
    project_ = *openProject(path);
    QCOMPARE(count("ip in @mine"), std::uint64_t(10));
    const std::string copy = dir_->filePath(QStringLiteral("copy.weir")).toStdString();
    JobContext job;
    QVERIFY(project_->saveAs(copy, job));
    QVERIFY(QFile::remove(QString::fromStdString(path)));
    QCOMPARE(count("ip in @mine"), std::uint64_t(10));
}

void TstLists::scoresUseThem() {
    JobContext job;
    const char* profile = "weir-score 1\nname \"P\"\nbad 10 \"ON LIST\" when ip in @mine\n";
    auto scores = scoreRecords(project_->snapshot(), profile, job);
    QVERIFY(scores && scores->missingLists == std::vector<std::string>{"mine"});
    QVERIFY(add("mine", "192.0.2.3\n", {"2023-01-01", {}, {}}));
    scores = scoreRecords(project_->snapshot(), profile, job);
    QVERIFY(scores && scores->missingLists.empty());
    QCOMPARE(score::flowsPerCode(scores->parsed.profile, scores->scores->words), std::vector<std::uint64_t>{10});
}

void TstLists::scoresAreDroppedWhenTheirGroundsChange() {
    JobContext job;
    const auto there = [&] { return project_->snapshot()->scores != nullptr; };
    const auto prepare = [&] { return bool(prepareScores(*project_, currentProfile(*project_), job)) && there(); };
    QVERIFY(!there() && prepare());
    const auto first = project_->snapshot()->scores;
    QVERIFY(prepare() && project_->snapshot()->scores == first);  // of the same profile: nothing to do
    QVERIFY(count("code \"SYN ONLY\" or badness >= 0") == 100);
    QVERIFY(add("alienvault", "192.0.2.1\n", {"2023-01-01", {}, {}}));
    QVERIFY(!there() && prepare());
    QCOMPARE(count("code ALIENVAULT"), std::uint64_t(10));
    Settings settings = project_->snapshot()->settings;
    settings.pairing.local = {*flow::parsePrefix("192.0.2.0/24")};
    QVERIFY(project_->changeSettings(settings));
    QVERIFY(!there() && prepare());
    QCOMPARE(count("badness >= 0"), std::uint64_t(0));  // all of it is outbound now
    const auto before = project_->snapshot()->scores;
    QVERIFY(project_->reload());
    QVERIFY(there() && project_->snapshot()->scores != before &&
            project_->snapshot()->scores->scores->forward.empty());  // the tally that the file keeps
    QVERIFY(prepare() && !project_->snapshot()->scores->scores->forward.empty());
}

QTEST_GUILESS_MAIN(TstLists)
#include "tst_lists.moc"
