// Sweeps: what a run says is what a project with that setting says; flips against comparing flow by flow; wrong names
// and values.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/sweep.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace weir;
using namespace weir::session;

class TstSweep : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void runsAreThoseOfAProject_data();
    void runsAreThoseOfAProject();
    void presentValueFlipsNothing();
    void unstableFlows();
    void flipsAreFiltered();
    void refused_data();
    void refused();
    void cancelled();

private:
    static ProjectPtr projectWith(const QString& path, const char* setting, const std::string& value);
    /// Class of the one-way flow that begins with each record.
    static std::map<std::string, std::string> classesOf(const SnapshotPtr& snapshot);

    QTemporaryDir dir_;
    ProjectPtr project_;
    JudgementPtr judgement_;
};

ProjectPtr TstSweep::projectWith(const QString& path, const char* setting, const std::string& value) {
    JobContext job;
    auto project = *createProject(path.toStdString());
    if (!importFiles(*project, {{samplePath()}, {}, false, false}, job) || !ensureLocal(*project, sampleLocal(), job))
        qFatal("import");
    if (setting) {
        Settings settings = project->snapshot()->settings;
        if (!findSetting(setting)->set(settings, value) || !project->changeSettings(settings)) qFatal("setting");
    }
    if (!prepare(*project, flow::Direction::in, job)) qFatal("prepare");
    return project;
}

std::map<std::string, std::string> TstSweep::classesOf(const SnapshotPtr& snapshot) {
    Judge judge;
    const auto judgement = judge.judge(resourceText("rules", "glatz-2012"), snapshot->signs()->tally, snapshot);
    std::map<std::string, std::string> out;
    for (std::uint32_t row = 0; row < snapshot->signs()->words.size(); ++row)
        if (const auto word = snapshot->signs()->words[row])
            out[flowIdOf(*snapshot, row)] = judgement->className(judgement->verdictOf(word).classIndex);
    return out;
}

void TstSweep::initTestCase() {
    project_ = projectWith(dir_.filePath(QStringLiteral("p.weir")), nullptr, {});
    Judge judge;
    judgement_ =
        judge.judge(resourceText("rules", "glatz-2012"), project_->snapshot()->signs()->tally, project_->snapshot());
}

void TstSweep::runsAreThoseOfAProject_data() {
    QTest::addColumn<QByteArray>("setting");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("flips");
    QTest::newRow("window") << QByteArray("window.bins") << QByteArray("1") << true;
    QTest::newRow("failed hosts") << QByteArray("hc.min-bad") << QByteArray("2") << true;
    QTest::newRow("TRW") << QByteArray("trw.theta1") << QByteArray("0.6") << true;
    QTest::newRow("large") << QByteArray("large.packets") << QByteArray("2") << true;
    QTest::newRow("interval") << QByteArray("pairing.interval") << QByteArray("60") << true;
}

void TstSweep::runsAreThoseOfAProject() {
    QFETCH(QByteArray, setting);
    QFETCH(QByteArray, value);
    QFETCH(bool, flips);
    JobContext job;
    const auto before = toJson(project_->snapshot()->settings);
    const auto sweep = sweepSetting(project_->snapshot(), *judgement_, setting.toStdString(), {value.toStdString()},
                                    flow::Direction::in, job);
    QVERIFY2(sweep, sweep ? "" : sweep.error().detail.c_str());
    const SweepRun& run = sweep->runs.at(0);
    const auto other =
        projectWith(dir_.filePath(QString::fromLatin1(setting)), setting.constData(), value.toStdString());
    const auto was = classesOf(project_->snapshot()), is = classesOf(other->snapshot());
    QCOMPARE(run.oneWay, is.size());
    QCOMPARE(run.unclassified,
             std::uint64_t(std::count_if(is.begin(), is.end(), [](const auto& x) { return x.second == "Other"; })));
    // A flow that joined another one counts by that one's class.
    std::map<std::pair<std::string, std::string>, std::uint64_t> moves;
    const auto& there = *other->snapshot();
    Judge judge;
    const auto judgement = judge.judge(resourceText("rules", "glatz-2012"), there.signs()->tally, other->snapshot());
    std::set<std::uint32_t> rows;
    const auto& here = *project_->snapshot();
    for (std::uint32_t row = 0; row < here.signs()->words.size(); ++row) {
        if (!here.signs()->words[row]) continue;
        const std::uint32_t now = there.flows->flowOfRecord[here.flows->firstRecord[row]];
        const auto word = now == flow::kNoFlow ? 0 : there.signs()->words[now];
        const std::string from = was.at(flowIdOf(here, row)),
                          to = word ? judgement->className(judgement->verdictOf(word).classIndex)
                                    : std::string(kNotOneWay);
        if (from == to) continue;
        ++moves[{from, to}];
        rows.insert(row);
    }
    QCOMPARE(run.flips, rows.size());
    QVERIFY(std::equal(run.rows->begin(), run.rows->end(), rows.begin(), rows.end()));
    QCOMPARE(run.moves.size(), moves.size());
    for (const SweepMove& m : run.moves) QCOMPARE(m.flows, moves.at({m.from, m.to}));
    QCOMPARE(run.flips > 0, flips);
    QCOMPARE(toJson(project_->snapshot()->settings), before);  // nothing was changed
}

void TstSweep::presentValueFlipsNothing() {
    JobContext job;
    for (const SettingDef& d : settingTable()) {
        if (d.redo != Redo::flows && d.redo != Redo::signs) continue;
        const auto sweep = sweepSetting(project_->snapshot(), *judgement_, d.id,
                                        {d.get(project_->snapshot()->settings)}, flow::Direction::in, job);
        QVERIFY2(sweep, std::string(d.id).c_str());
        QVERIFY(sweep->runs[0].present && sweep->runs[0].flips == 0 && sweep->unstable->empty());
        QCOMPARE(sweep->runs[0].oneWay, judgement_->classes.oneWay.flows);
    }
}

void TstSweep::unstableFlows() {
    JobContext job;
    const auto sweep = sweepSetting(project_->snapshot(), *judgement_, "hc.min-bad", {"2", "8", "40", "200"},
                                    flow::Direction::in, job);
    QVERIFY(sweep);
    std::map<std::uint32_t, std::uint32_t> expected;
    for (const SweepRun& run : sweep->runs)
        for (const std::uint32_t row : *run.rows) ++expected[row];
    QVERIFY(!expected.empty());
    QCOMPARE(sweep->unstable->size(), expected.size());
    QCOMPARE(sweep->times.size(), expected.size());
    std::size_t at = 0;
    for (const auto& [row, times] : expected) {
        QCOMPARE((*sweep->unstable)[at], row);
        QCOMPARE(sweep->times[at++], times);
    }
}

/// `flips "V"` and `unstable` take exactly the flows that were found; of records, all that are in them.
void TstSweep::flipsAreFiltered() {
    JobContext job;
    const auto found =
        sweepSetting(project_->snapshot(), *judgement_, "hc.min-bad", {"2", "8", "200"}, flow::Direction::in, job);
    QVERIFY(found);
    const auto sweep = std::make_shared<const Sweep>(*found);
    const SnapshotPtr snapshot = project_->snapshot();
    const auto rowsIn = [&](const SnapshotPtr& at, std::shared_ptr<const Sweep> asked, const std::string& filter,
                            Rows rows) {
        Query query;
        query.filter = filter;
        query.rows = rows;
        query.questions.sweep = std::move(asked);
        return selectRows(at, judgement_, query, job);
    };
    const auto rowsOf = [&](const SnapshotPtr& at, const std::string& filter, Rows rows) {
        return rowsIn(at, sweep, filter, rows);
    };
    const auto recordsIn = [&](const std::vector<std::uint32_t>& flows) {
        const std::set<std::uint32_t> wanted(flows.begin(), flows.end());
        std::uint64_t n = 0;
        for (const std::uint32_t flow : snapshot->flows->flowOfRecord) n += wanted.count(flow);
        return n;
    };
    for (const SweepRun& run : sweep->runs) {
        const std::string filter = "flips \"" + run.value + "\"";
        const auto flows = rowsOf(snapshot, filter, Rows::derived);
        QVERIFY2(flows, flows ? "" : flows.error().detail.c_str());
        QVERIFY(std::equal((*flows)->picked.begin(), (*flows)->picked.end(), run.rows->begin(), run.rows->end()));
        QCOMPARE((*rowsOf(snapshot, filter, Rows::records))->count, recordsIn(*run.rows));
    }
    QVERIFY(!sweep->unstable->empty());
    QCOMPARE((*rowsOf(snapshot, "unstable", Rows::derived))->count, std::uint64_t(sweep->unstable->size()));
    QCOMPARE((*rowsOf(snapshot, "not unstable", Rows::derived))->count,
             std::uint64_t(snapshot->flows->size() - sweep->unstable->size()));
    const auto problem = [&](std::shared_ptr<const Sweep> asked, const std::string& filter) {
        const auto rows = rowsIn(snapshot, std::move(asked), filter, Rows::derived);
        return rows ? std::string() : rows.error().detail;
    };
    QVERIFY(problem(sweep, "flips 800").find("unknown flips `800`") != std::string::npos);
    QVERIFY(problem(nullptr, "unstable").find("no setting was tried") != std::string::npos);
    Sweep ofOthers = *sweep;
    ofOthers.of = std::make_shared<const flow::DerivedFlows>();
    QVERIFY(
        problem(std::make_shared<const Sweep>(std::move(ofOthers)), "unstable").find("the flows have changed since") !=
        std::string::npos);
    QVERIFY(!checkFilter(snapshot, judgement_, "flips", {nullptr, sweep}).empty());
    // Records that make no flow are in none.
    const auto excluded = projectWith(dir_.filePath(QStringLiteral("excluded.weir")), "clean.exclude", "udp/53");
    const SnapshotPtr part = excluded->snapshot();
    Sweep first;
    first.of = part->flows;
    first.unstable = std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0});
    const auto& flowOf = part->flows->flowOfRecord;
    QVERIFY(std::count(flowOf.begin(), flowOf.end(), flow::kNoFlow) > 0);
    QCOMPARE((*rowsIn(part, std::make_shared<const Sweep>(std::move(first)), "unstable", Rows::records))->count,
             std::uint64_t(std::count(flowOf.begin(), flowOf.end(), 0u)));
    const auto stale = rowsIn(part, sweep, "unstable", Rows::derived);
    QVERIFY(!stale && stale.error().detail.find("the flows have changed since") != std::string::npos);
    // Filters without its terms do not depend on it.
    QVERIFY(questionsIn(*snapshot, "flips 8", {sweep, sweep}) == (Questions{nullptr, sweep}));
    QVERIFY(questionsIn(*snapshot, "proto tcp and sign GreyIP", {sweep, sweep}) == Questions());
}

void TstSweep::refused_data() {
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("problem");
    QTest::newRow("name") << "trw.theta"
                          << "1"
                          << "unknown setting `trw.theta`; did you mean `trw.theta0`?";
    QTest::newRow("value") << "trw.theta0"
                           << "much"
                           << "`much` is not a valid value for trw.theta0";
    QTest::newRow("packets")
        << "meter.idle"
        << "10"
        << "`meter.idle` takes effect when packets are read: import the trace again with another value";
    QTest::newRow("nothing") << "community-id.seed"
                             << "1"
                             << "`community-id.seed` changes no class";
}

void TstSweep::refused() {
    QFETCH(QString, setting);
    QFETCH(QString, value);
    JobContext job;
    const auto sweep = sweepSetting(project_->snapshot(), *judgement_, setting.toStdString(), {value.toStdString()},
                                    flow::Direction::in, job);
    QVERIFY(!sweep && sweep.error().code == Errc::usage);
    QTEST(QString::fromStdString(sweep.error().detail), "problem");
}

void TstSweep::cancelled() {
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {});
    const auto sweep = sweepSetting(project_->snapshot(), *judgement_, "hc.min-bad", {"2"}, flow::Direction::in, job);
    QVERIFY(!sweep && sweep.error().code == Errc::cancelled);
}

QTEST_GUILESS_MAIN(TstSweep)
#include "tst_sweep.moc"
