// What Refine and Compare count under a filter: every class, rule, conflict, combination and cell is held against the
// rows that the same filter selects with it.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/sign_part.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"
#include "core/session/verbs/rule_sets.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace weir;
using namespace weir::session;

namespace {

struct Narrow {
    const char* filter;
    bool half = false;  ///< first half of the time as well
};
constexpr Narrow kNarrows[] = {{"proto tcp"},
                               {"dst port 22 or dst port 23 or dst port 80"},
                               {"packets > 1", true},
                               {"", true},
                               {"class Backscatter or conflicting"},
                               {"oneway and inbound and proto icmp"},
                               {"outbound"},
                               {"port 65535 and proto icmp"}};

}  // namespace

class TstSignPart : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void wordsAreThoseOfTheRows();
    void judgementIsThatOfTheRows();
    void partEqualsJudgingItsTally();
    void cellsAreThoseOfTheRows();
    void scoreCellsAreThoseOfTheRows();
    void everythingIsTheWhole();
    void needsSigns();
    void sortedRowsCountTheSame();

private:
    Query queryOf(const Narrow& narrow, const std::string& more = {}, Rows rows = Rows::derived) const;
    std::uint64_t countOf(const Query& query) const;
    SignPartPtr partOf(const Narrow& narrow) const;

    QTemporaryDir dir_;
    ProjectPtr project_;
    JudgementPtr whole_;
};

void TstSignPart::initTestCase() {
    JobContext job;
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(importFiles(*project_, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*project_, sampleLocal(), job));
    QVERIFY(prepare(*project_, flow::Direction::in, job));
    whole_ = Judge().judge(resourceText("rules", "bigler-2011"), SignBasis(project_->snapshot()));
    QVERIFY(whole_->parsed.good() && whole_->classes.conflicting > 0);
}

Query TstSignPart::queryOf(const Narrow& narrow, const std::string& more, Rows rows) const {
    Query query;
    query.rows = rows;
    query.filter = narrow.filter;
    if (!more.empty()) query.filter = query.filter.empty() ? more : "(" + query.filter + ") and (" + more + ")";
    const auto& source = project_->snapshot()->sources.front();
    if (narrow.half) query.toUs = source.first + (source.last - source.first) / 2;
    return query;
}

std::uint64_t TstSignPart::countOf(const Query& query) const {
    JobContext job;
    Query counted = query;
    counted.list = false;
    const auto rows = selectRows(project_->snapshot(), whole_, counted, job);
    return rows ? query.rows == Rows::records ? (*rows)->directions : (*rows)->count : ~std::uint64_t{0};
}

SignPartPtr TstSignPart::partOf(const Narrow& narrow) const {
    JobContext job;
    const auto rows = selectRows(project_->snapshot(), whole_, queryOf(narrow), job);
    if (!rows) return nullptr;
    const auto part = countSigns(*rows, job);
    return part ? *part : nullptr;
}

void TstSignPart::wordsAreThoseOfTheRows() {
    const auto& flows = *project_->snapshot()->flows;
    const auto& words = project_->snapshot()->signs()->words;
    for (const Narrow& narrow : kNarrows) {
        JobContext job;
        const auto rows = selectRows(project_->snapshot(), whole_, queryOf(narrow), job);
        std::map<std::uint64_t, tally::WordCount> expected;
        for (std::uint64_t i = 0; i < (*rows)->count; ++i) {
            const std::uint32_t row = (*rows)->rowAt(i);
            if (words[row] == 0) continue;
            auto& w = expected[words[row]];
            ++w.flows;
            w.packets += flows.packetsIn[row];
            w.bytes += flows.bytesIn[row];
        }
        const auto part = partOf(narrow);
        QVERIFY(part);
        QCOMPARE(part->tally.size(), expected.size());
        std::uint64_t before = ~0ull;
        for (const tally::WordCount& w : part->tally) {
            QCOMPARE(w.flows, expected[w.word].flows);
            QCOMPARE(w.packets, expected[w.word].packets);
            QCOMPARE(w.bytes, expected[w.word].bytes);
            QVERIFY(w.flows <= before);
            before = w.flows;
        }
        QCOMPARE(part->flows, countOf(queryOf(narrow, "oneway and inbound")));
    }
}

void TstSignPart::judgementIsThatOfTheRows() {
    for (const Narrow& narrow : kNarrows) {
        const auto part = partOf(narrow);
        const JudgementPtr judged = judgePart(*whole_, part);
        const rules::RuleSet& set = judged->parsed.set;
        std::uint64_t sum = judged->classes.classes.back().flows;
        for (std::size_t c = 0; c < set.classes.size(); ++c) {
            sum += judged->classes.classes[c].flows;
            QCOMPARE(judged->classes.classes[c].flows,
                     countOf(queryOf(narrow, "class \"" + set.classes[c].name + '"')));
            QCOMPARE(judged->conflicts.onlyClass[c],
                     countOf(queryOf(narrow, "class \"" + set.classes[c].name + "\" and not conflicting")));
        }
        QCOMPARE(sum, part->flows);
        QCOMPARE(judged->classes.oneWay.flows, part->flows);
        QCOMPARE(judged->classes.unclassified, countOf(queryOf(narrow, "unclassified")));
        QCOMPARE(judged->conflicts.conflictingFlows, countOf(queryOf(narrow, "conflicting")));
        QCOMPARE(judged->conflicts.observed, part->tally.size());
        for (std::size_t r = 0; r < set.rules.size(); ++r)
            QCOMPARE(judged->classes.ruleFlows[r], countOf(queryOf(narrow, "rule \"" + set.rules[r].name + '"')));
    }
}

void TstSignPart::partEqualsJudgingItsTally() {
    for (const Narrow& narrow : kNarrows) {
        const auto part = partOf(narrow);
        const auto a = judgePart(*whole_, part), b = Judge().judge(whole_->parsed.set.text, basisOf(part));
        QCOMPARE(a->tally.size(), b->tally.size());
        QCOMPARE(a->classes.ruleFlows, b->classes.ruleFlows);
        QCOMPARE(a->classes.ruleMatches, b->classes.ruleMatches);
        QCOMPARE(a->conflicts.pairs.size(), b->conflicts.pairs.size());
        for (std::size_t p = 0; p < a->conflicts.pairs.size(); ++p) {
            QCOMPARE(a->conflicts.pairs[p].flows, b->conflicts.pairs[p].flows);
            QCOMPARE(a->conflicts.pairs[p].combinations, b->conflicts.pairs[p].combinations);
            QCOMPARE(a->conflicts.pairs[p].possibleWords, b->conflicts.pairs[p].possibleWords);
        }
        QCOMPARE(a->conflicts.unclassified, b->conflicts.unclassified);
        for (const tally::WordCount& w : part->tally)
            QCOMPARE(a->verdictOf(w.word).rule, whole_->verdictOf(w.word).rule);
    }
}

void TstSignPart::cellsAreThoseOfTheRows() {
    RuleComparer comparer;
    const auto all = comparer.compare(resourceText("rules", "glatz-2012"), resourceText("rules", "bigler-2011"),
                                      SignBasis(project_->snapshot()));
    for (const Narrow& narrow : kNarrows) {
        const auto part = partOf(narrow);
        const auto c =
            comparer.compare(resourceText("rules", "glatz-2012"), resourceText("rules", "bigler-2011"), basisOf(part));
        QVERIFY(c->good());
        QCOMPARE(c->migration.changed.flows + c->migration.unchanged.flows, part->flows);
        const auto sources = sourcesOfCells(*part, *c);
        const auto& flows = *project_->snapshot()->flows;
        for (std::size_t i = 0; i < c->migration.cells.size(); ++i) {
            const compare::Cell& cell = c->migration.cells[i];
            Query query = queryOf(narrow, "champion \"" + c->migration.from[cell.from] + "\" and challenger \"" +
                                              c->migration.to[cell.to] + '"');
            query.questions.comparison = all;
            QCOMPARE(cell.sums.flows, countOf(query));
            JobContext job;
            const auto rows = selectRows(project_->snapshot(), whole_, query, job);
            std::vector<flow::HostId> hosts;
            for (std::uint64_t k = 0; k < (*rows)->count; ++k) hosts.push_back(flows.remote[(*rows)->rowAt(k)]);
            std::sort(hosts.begin(), hosts.end());
            QCOMPARE(sources[i], std::uint64_t(std::unique(hosts.begin(), hosts.end()) - hosts.begin()));
        }
    }
}

void TstSignPart::scoreCellsAreThoseOfTheRows() {
    JobContext job;
    const auto all = compareProfiles(project_->snapshot(), resourceText("score", "sweeney-2017"),
                                     resourceText("score", "extended"), job);
    QVERIFY(all);
    for (const Narrow& narrow : kNarrows) {
        const auto rows = selectRows(project_->snapshot(), whole_, queryOf(narrow, {}, Rows::records), job);
        QVERIFY(rows);
        const auto c = compareProfilesOf(**rows, **all, job);
        QVERIFY(c);
        std::uint64_t sum = 0;
        for (const compare::Cell& cell : (*c)->migration.cells) {
            sum += cell.sums.flows;
            Query query = queryOf(narrow,
                                  "champion \"" + (*c)->migration.from[cell.from] + "\" and challenger \"" +
                                      (*c)->migration.to[cell.to] + '"',
                                  Rows::records);
            query.questions.comparison = *all;
            QCOMPARE(cell.sums.flows, countOf(query));
        }
        QCOMPARE(sum, (*c)->migration.changed.flows + (*c)->migration.unchanged.flows);
    }
}

void TstSignPart::everythingIsTheWhole() {
    const auto part = partOf({"any"});
    QCOMPARE(part->flows, part->of);
    QCOMPARE(part->flows, whole_->classes.oneWay.flows);
    QCOMPARE(part->tally.size(), whole_->tally.size());
    QVERIFY(part->isOf(*project_->snapshot()));
}

void TstSignPart::needsSigns() {
    JobContext job;
    const auto none = *createProject(dir_.filePath(QStringLiteral("none.weir")).toStdString());
    auto selection = std::make_shared<Selection>();
    selection->snapshot = none->snapshot();
    selection->all = true;
    const auto part = countSigns(selection, job);
    QVERIFY(!part && part.error().code == Errc::notFound);
}

void TstSignPart::sortedRowsCountTheSame() {
    JobContext job;
    Query query = queryOf({"proto tcp"});
    query.sort = Field::bytes;
    query.descending = true;
    const auto sorted = countSigns(*selectRows(project_->snapshot(), whole_, query, job), job);
    const auto plain = partOf({"proto tcp"});
    QVERIFY(sorted);
    QCOMPARE((*sorted)->tally.size(), plain->tally.size());
    for (std::size_t i = 0; i < plain->tally.size(); ++i) QCOMPARE((*sorted)->tally[i].flows, plain->tally[i].flows);
}

QTEST_GUILESS_MAIN(TstSignPart)
#include "tst_sign_part.moc"
