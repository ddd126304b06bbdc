// Outages: against plain counting over the flows of the class; each filter takes exactly the flows of its line.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/outages.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace weir;
using namespace weir::session;

class TstOutages : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyFlowOfTheClassOnce();
    void filtersTakeTheirFlows();
    void runsEndWithAnAnswerOrAPause_data();
    void runsEndWithAnAnswerOrAPause();
    void noSuchClass();
    void cancelled();

private:
    QTemporaryDir dir_;
    JobContext job_;
    ProjectPtr project_;
    JudgementPtr judgement_;
    std::vector<Outage> outages_;
};

void TstOutages::initTestCase() {
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(importFiles(*project_, {{samplePath()}, {}, false, false}, job_) &&
            ensureLocal(*project_, sampleLocal(), job_) && prepare(*project_, flow::Direction::in, job_));
    judgement_ = Judge().judge(resourceText("rules", "glatz-2012"), SignBasis(project_->snapshot()));
    const auto found = outagesOf(project_->snapshot(), judgement_, job_);
    QVERIFY(found);
    outages_ = *found;
}

void TstOutages::everyFlowOfTheClassOnce() {
    std::uint64_t flows = 0;
    for (const Outage& o : outages_) {
        flows += o.flows;
        QVERIFY(o.start <= o.lastStart && o.lastStart <= o.end && o.clients >= 1 && o.clients <= o.flows);
    }
    QCOMPARE(flows, judgement_->classes.classes[2].flows);
    QCOMPARE(judgement_->className(2), "Service Unreachable");
    QVERIFY(outages_.size() > 1);
    QVERIFY(std::is_sorted(outages_.begin(), outages_.end(),
                           [](const Outage& a, const Outage& b) { return a.clients > b.clients; }));
}

void TstOutages::filtersTakeTheirFlows() {
    for (const Outage& o : outages_) {
        Query query;
        query.filter = o.filter();
        query.rows = Rows::derived;
        const auto selection = selectRows(project_->snapshot(), judgement_, query, job_);
        QVERIFY2(selection, selection ? "" : selection.error().detail.c_str());
        QCOMPARE((*selection)->count, o.flows);
    }
}

void TstOutages::runsEndWithAnAnswerOrAPause_data() {
    QTest::addColumn<QByteArray>("interval");
    for (const char* seconds : {"60", "20", "600"})
        QTest::newRow(seconds) << QByteArray(seconds);  // the last one is what the other tests expect
}

/// The same runs by a plain walk over all flows in the order of time.
void TstOutages::runsEndWithAnAnswerOrAPause() {
    QFETCH(QByteArray, interval);
    Settings settings = project_->snapshot()->settings;
    QVERIFY(findSetting("pairing.interval")->set(settings, interval.toStdString()) &&
            project_->changeSettings(settings) && prepare(*project_, flow::Direction::in, job_));
    judgement_ = Judge().judge(resourceText("rules", "glatz-2012"), SignBasis(project_->snapshot()));
    const auto found = outagesOf(project_->snapshot(), judgement_, job_);
    QVERIFY(found);
    const auto snapshot = project_->snapshot();
    const flow::DerivedFlows& f = *snapshot->flows;
    const auto& words = snapshot->signs()->words;
    using Service = std::tuple<flow::HostId, std::uint16_t, std::uint8_t>;
    std::map<Service, std::multimap<std::int64_t, std::uint32_t>> attempts;
    std::map<Service, std::multiset<std::int64_t>> answers;
    for (std::uint32_t r = 0; r < f.size(); ++r) {
        const Service s{f.local[r], f.localPort[r], f.protocol[r]};
        if (words[r] && judgement_->className(judgement_->verdictOf(words[r]).classIndex) == "Service Unreachable")
            attempts[s].emplace(f.start[r], r);
        if ((f.kind[r] & (flow::kBiflow | flow::kInternal | flow::kTransit)) == flow::kBiflow)
            answers[s].insert(f.start[r]);
    }
    std::size_t runs = 0;
    for (const auto& [service, rows] : attempts) {
        std::int64_t last = 0, end = 0;
        for (const auto& [start, row] : rows) {
            const auto answer = answers[service].lower_bound(last);
            const bool first = last == 0,
                       answered = answer != answers[service].end() &&
                                  *answer<start, pause = start - end> interval.toLongLong() * 1'000'000;
            if (first || answered || pause) {
                ++runs;
                end = 0;
            }
            last = start;
            end = std::max(end, f.end[row]);
        }
    }
    QCOMPARE(found->size(), runs);
    for (const Outage& o : *found)
        if (o.answeredAgain) QVERIFY(o.answeredAgain >= o.lastStart);
}

void TstOutages::noSuchClass() {
    const auto found = outagesOf(project_->snapshot(), judgement_, job_, "Outage");
    QVERIFY(!found && found.error().code == Errc::notFound);
    QVERIFY(outagesOf(project_->snapshot(), judgement_, job_, "Backscatter"));
}

void TstOutages::cancelled() {
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {});
    const auto found = outagesOf(project_->snapshot(), judgement_, job);
    QVERIFY(!found && found.error().code == Errc::cancelled);
}

QTEST_APPLESS_MAIN(TstOutages)
#include "tst_outages.moc"
