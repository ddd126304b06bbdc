// Two populations under one rule set: flows of each side against plain filters, observed time, projects whose user
// signs have other bits, what is refused.
#include "core/base/text.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/deviation.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace weir;
using namespace weir::session;

class TstDeviation : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void sidesAreThoseOfFilters_data();
    void sidesAreThoseOfFilters();
    void observedTimeAddsUp();
    void gapsAreNotObserved();
    void expectedGoesByTime();
    void otherProject();
    void periods_data();
    void periods();
    void refused();

private:
    static ProjectPtr sampleAt(const QString& path);
    static std::uint64_t countOf(Project& project, const std::string& rules, const std::string& filter);
    Population population(const Period& period, unsigned threads = 2);

    QTemporaryDir dir_;
    ProjectPtr project_;
    std::string rules_{resourceText("rules", "glatz-2012")};
    std::int64_t first_ = INT64_MAX, last_ = INT64_MIN;
};

ProjectPtr TstDeviation::sampleAt(const QString& path) {
    JobContext job;
    const auto project = *createProject(path.toStdString());
    const bool good = bool(importFiles(*project, {{samplePath()}, {}, false, false}, job)) &&
                      bool(ensureLocal(*project, sampleLocal(), job)) &&
                      bool(prepare(*project, flow::Direction::in, job));
    return good ? project : nullptr;
}

void TstDeviation::initTestCase() {
    project_ = sampleAt(dir_.filePath(QStringLiteral("p.weir")));
    QVERIFY(project_);
    for (const std::int64_t us : project_->snapshot()->flows->start) {
        first_ = std::min(first_, us);
        last_ = std::max(last_, us);
    }
}

std::uint64_t TstDeviation::countOf(Project& project, const std::string& rules, const std::string& filter) {
    JobContext job;
    const auto judgement = *judgeText(project, rules, flow::Direction::in, job);
    Query query;
    query.filter = filter;
    return (*selectRows(project.snapshot(), judgement, query, job))->count;
}

Population TstDeviation::population(const Period& period, unsigned threads) {
    JobContext job({}, {}, threads);
    return *populationOf(*project_->snapshot(), period, flow::Direction::in, job);
}

void TstDeviation::sidesAreThoseOfFilters_data() {
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::newRow("first half") << 0.0 << 0.5;
    QTest::newRow("a piece") << 0.31 << 0.47;
    QTest::newRow("one second") << 0.6 << 0.6006;
    QTest::newRow("all but the start") << 0.0001 << 2.0;
}

void TstDeviation::sidesAreThoseOfFilters() {
    QFETCH(double, from);
    QFETCH(double, to);
    const auto at = [&](double part) { return first_ + std::int64_t(double(last_ - first_) * part); };
    const Period now{at(from), at(to), false}, rest{now.fromUs, now.toUs, true};
    const FlowComparison c = compareFlows(rules_, population(rest), population(now, 1));
    QVERIFY(c.good() && c.missing.empty());
    std::uint64_t before = 0, after = 0;
    for (std::size_t i = 0; i < c.deviation.classes.size(); ++i) {
        const std::string ofClass = "class \"" + c.deviation.classes[i] + "\" and ";
        QCOMPARE(c.deviation.byClass[i].now.flows, countOf(*project_, rules_, ofClass + now.filter()));
        QCOMPARE(c.deviation.byClass[i].baseline.flows, countOf(*project_, rules_, ofClass + rest.filter()));
        before += c.deviation.byClass[i].baseline.flows;
        after += c.deviation.byClass[i].now.flows;
    }
    QCOMPARE(c.was.oneWay.flows, before);
    QCOMPARE(c.is.oneWay.flows, after);
    QCOMPARE(before + after, std::uint64_t(9563));
    compare::Change sum;
    double farthest = 1e300;
    for (const auto& row : c.deviation.rows) {
        sum.baseline += row.sums.baseline;
        sum.now += row.sums.now;
        const double now_ = std::abs(c.deviation.excess(row.sums));
        QVERIFY(now_ <= farthest);
        farthest = now_;
    }
    QVERIFY(sum.baseline.flows == before && sum.now.flows == after);
    QVERIFY(sum.baseline.packets == c.was.oneWay.packets && sum.now.bytes == c.is.oneWay.bytes);
    // A combination, flow by flow.
    const auto& row = c.deviation.rows.front();
    std::string signs;
    for (std::size_t bit = 0; bit < signNames().size(); ++bit)
        signs.append(signs.empty() ? "" : " and ")
            .append(row.word >> bit & 1 ? "" : "not ")
            .append("sign ")
            .append(signNames()[bit]);
    QCOMPARE(row.sums.now.flows, countOf(*project_, rules_, signs + " and oneway and inbound and " + now.filter()));
}

void TstDeviation::observedTimeAddsUp() {
    const std::int64_t all = population({}).observedUs;
    QCOMPARE(all, last_ + 1 - first_);  // the sample has no pause of an interval
    for (const double part : {0.1, 0.5, 0.77}) {
        const Period now{first_ + std::int64_t(double(last_ - first_) * part), INT64_MAX, false},
            rest{now.fromUs, now.toUs, true};
        QCOMPARE(population(now).observedUs + population(rest).observedUs, all);
        QCOMPARE(population(now).observedUs, last_ + 1 - now.fromUs);
    }
}

/// Flows of minute 0 and of the next day: what lies between was not watched.
void TstDeviation::gapsAreNotObserved() {
    auto flows = std::make_shared<flow::DerivedFlows>();
    constexpr std::int64_t kDay = 86'400'000'000;
    flows->start = {30'000'000, 400'000'000, kDay + 10'000'000};
    flows->packetsIn = {1, 1, 1};
    flows->bytesIn = {1, 1, 1};
    flows->bins = {{0, 0, 2}, {kDay / flows->intervalUs, 2, 3}};
    auto signs = std::make_shared<SignData>();
    signs->words = {1, 2, 2};
    signs->tally = tally::tallyWords(signs->words.span(), *flows, flow::Direction::in, 1);
    Snapshot snapshot;
    snapshot.flows = flows;
    snapshot.setSigns(signs);
    JobContext job;
    QCOMPARE(populationOf(snapshot, {}, flow::Direction::in, job)->observedUs, (600'000'000 - 30'000'000) + 10'000'001);
    const auto late = populationOf(snapshot, {kDay, INT64_MAX, false}, flow::Direction::in, job);
    QVERIFY(late && late->observedUs == 10'000'001 && late->tally.size() == 1 && late->tally[0].word == 2 &&
            late->tally[0].flows == 1);
    QVERIFY(!populationOf(snapshot, {kDay / 2, kDay / 2 + 1, false}, flow::Direction::in, job));
}

void TstDeviation::expectedGoesByTime() {
    const Period now{first_ + (last_ - first_) * 3 / 4, INT64_MAX, false}, rest{now.fromUs, now.toUs, true};
    const FlowComparison c = compareFlows(rules_, population(rest), population(now));
    QVERIFY(std::abs(c.deviation.scale - 1.0 / 3) < 1e-6);
    for (const auto& change : c.deviation.byClass)
        QCOMPARE(c.deviation.expected(change), double(change.baseline.flows) * c.deviation.scale);
    // A side compared with itself.
    const FlowComparison same = compareFlows(rules_, population(now), population(now));
    QCOMPARE(same.deviation.scale, 1.0);
    for (const auto& row : same.deviation.rows)
        QVERIFY(row.sums.baseline.flows == row.sums.now.flows && same.deviation.excess(row.sums) == 0);
}

/// The same capture in two projects, whose user signs were asked for in another order: every combination meets itself.
void TstDeviation::otherProject() {
    const auto other = sampleAt(dir_.filePath(QStringLiteral("other.weir")));
    QVERIFY(other);
    const auto text = [](const char* first, const char* second) {
        return std::string("weir-rules 1\nsign ")
            .append(first)
            .append("\nsign ")
            .append(second)
            .append("\nclass A\n1: Web\nclass B\n2: Small !Web\n");
    };
    const std::string rules = text("Web = port 80", "Small = packets < 3"),
                      swapped = text("Small = packets < 3", "Web = port 80");
    JobContext job;
    QVERIFY(judgeText(*project_, rules, flow::Direction::in, job) &&
            judgeText(*other, swapped, flow::Direction::in, job));
    const auto here = *populationOf(*project_->snapshot(), {}, flow::Direction::in, job),
               there = *populationOf(*other->snapshot(), {}, flow::Direction::in, job);
    QVERIFY(here.known[0].name != there.known[0].name);
    const FlowComparison c = compareFlows(rules, there, here);
    QVERIFY(c.good() && c.missing.empty());
    QVERIFY(c.deviation.byClass[0].now.flows > 0 && c.deviation.byClass[1].now.flows > 0);
    for (const auto& row : c.deviation.rows) QCOMPARE(row.sums.baseline.flows, row.sums.now.flows);
    QCOMPARE(c.deviation.byClass[0].now.flows, countOf(*project_, rules, "class A"));
    // A side that was not asked for a sign says so.
    QVERIFY(prepareUserSigns(*other, {}, flow::Direction::in, job));
    const FlowComparison without =
        compareFlows(rules, *populationOf(*other->snapshot(), {}, flow::Direction::in, job), here);
    QCOMPARE(without.missing, (std::vector<std::string>{"Web", "Small"}));
    QVERIFY(prepareUserSigns(*project_, {}, flow::Direction::in, job));

    QVERIFY(differingSettings(project_->snapshot()->settings, other->snapshot()->settings).empty());
    Settings settings = other->snapshot()->settings;
    QVERIFY(findSetting("hc.min-bad")->set(settings, "200"));
    QCOMPARE(differingSettings(project_->snapshot()->settings, settings), std::vector<std::string>{"hc.min-bad"});
}

void TstDeviation::periods_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("filter");  // or the error
    QTest::newRow("all") << "all"
                         << "";
    QTest::newRow("both") << "2026-11-22T04:00:00Z/2026-11-22T05:00:00.25Z"
                          << "first seen >= 2026-11-22T04:00:00.000Z and first seen < 2026-11-22T05:00:00.250Z";
    QTest::newRow("from") << "2026-11-22T04:00:00/"
                          << "first seen >= 2026-11-22T04:00:00.000Z";
    QTest::newRow("to") << "/2026-11-22T04:00:00+01:00"
                        << "first seen < 2026-11-22T03:00:00.000Z";
    QTest::newRow("neither") << "/"
                             << "";
    QTest::newRow("no slash") << "2026-11-22"
                              << "`2026-11-22` is not a valid time range";
    QTest::newRow("no time") << "yesterday/today"
                             << "`yesterday/today` is not a valid time range";
    QTest::newRow("backwards") << "2026-11-22T05:00:00Z/2026-11-22T04:00:00Z"
                               << "ends before it begins";
    QTest::newRow("empty") << "2026-11-22T05:00:00Z/2026-11-22T05:00:00Z"
                           << "ends before it begins";
}

void TstDeviation::periods() {
    QFETCH(QString, text);
    QFETCH(QString, filter);
    const auto period = parsePeriod(text.toStdString());
    if (!period) {
        QVERIFY2(QString::fromStdString(period.error().detail).contains(filter), period.error().detail.c_str());
        QCOMPARE(period.error().code, Errc::usage);
        return;
    }
    QCOMPARE(QString::fromStdString(period->filter()), filter);
    Period rest = *period;
    rest.outside = true;
    const std::string all = rest.filter();
    QCOMPARE(countOf(*project_, rules_, period->filter()) + countOf(*project_, rules_, all),
             countOf(*project_, rules_, ""));
}

void TstDeviation::refused() {
    JobContext job;
    const auto never = populationOf(*project_->snapshot(), {0, 1, false}, flow::Direction::in, job);
    QVERIFY(!never && never.error().code == Errc::notFound &&
            never.error().detail.find("those of the project start from 2026-11-22T04:17:12.543074Z to ") !=
                std::string::npos);
    QVERIFY(!populationOf(*project_->snapshot(), {INT64_MIN, INT64_MAX, true}, flow::Direction::in, job));
    QVERIFY(!populationOf(Snapshot(), {}, flow::Direction::in, job));
    const FlowComparison bad = compareFlows("weir-rules 1\nclass A\n1: NoSign\n", population({}), population({}));
    QVERIFY(!bad.good() && bad.deviation.rows.empty());
}

QTEST_GUILESS_MAIN(TstDeviation)
#include "tst_deviation.moc"
