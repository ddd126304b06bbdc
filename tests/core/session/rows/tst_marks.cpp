// Marks: what a tag takes among records and derived flows, what is refused, and that they stay with the project.
#include "core/flow/filter_parser.h"
#include "core/flow/lexer.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/marks.h"
#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/row_terms.h"
#include "core/session/rows/select.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace weir;
using namespace weir::session;

class TstMarks : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void flowsByTheirIds();
    void tagsAreUnions();
    void refused_data();
    void refused();
    void unknownTags();
    void keptAndRemoved();
    void codesThatAreGone();
    void marksOfRows();

private:
    std::vector<RowData> rows(const std::string& filter, Rows kind = Rows::records) const;
    std::string problemOf(const std::string& filter) const;

    QTemporaryDir dir_;
    ProjectPtr project_;
};

void TstMarks::initTestCase() {
    JobContext job;
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(importFiles(*project_, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*project_, sampleLocal(), job));
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QVERIFY(prepare(*project_, flow::Direction::in, job));
}

std::vector<RowData> TstMarks::rows(const std::string& filter, Rows kind) const {
    JobContext job;
    Query query;
    query.rows = kind;
    query.filter = filter;
    const auto selection = selectRows(project_->snapshot(), nullptr, query, job);
    if (!selection) qFatal("%s", selection.error().detail.c_str());
    return *RowReader(*selection).read(0, std::size_t((*selection)->count));
}

std::string TstMarks::problemOf(const std::string& filter) const {
    const SnapshotTerms terms(project_->snapshot(), nullptr);
    const auto parsed = flow::parseFilter(filter, terms);
    return parsed.good() ? std::string() : parsed.diagnostics.front().message;
}

/// Of all derived flows, those that hold one of the records, and no other.
void TstMarks::flowsByTheirIds() {
    const auto found = rows("flow in [1:596, 1:3 1:12000]");
    QCOMPARE(found.size(), 3u);
    QCOMPARE(found[0].id, std::string("1:3"));
    QCOMPARE(found[2].id, std::string("1:12000"));
    QCOMPARE(rows("flow 1:596").at(0).id, std::string("1:596"));
    QCOMPARE(rows("not flow 1:596").size() + 1, rows("any").size());
    const flow::DerivedFlows& derived = *project_->snapshot()->flows;
    bool later = false;  // a record that is not the first of its flow
    for (std::uint32_t record = 0; record < derived.flowOfRecord.size(); record += 97) {
        const std::uint32_t flow = derived.flowOfRecord[record];
        const auto of = rows("flow 1:" + std::to_string(record), Rows::derived);
        QCOMPARE(of.size(), flow == flow::kNoFlow ? 0u : 1u);
        if (of.empty()) continue;
        QCOMPARE(of[0].derivedRow, flow);
        later |= derived.firstRecord[flow] != record;
    }
    for (std::uint32_t record = 0; record < derived.flowOfRecord.size() && !later; ++record) {
        const std::uint32_t flow = derived.flowOfRecord[record];
        if (flow == flow::kNoFlow || derived.firstRecord[flow] == record) continue;
        later = true;
        QCOMPARE(rows("flow 1:" + std::to_string(record), Rows::derived).at(0).derivedRow, flow);
    }
    QVERIFY(later);
    QCOMPARE(problemOf("flow 1:99999999"), std::string("no record `1:99999999` (a flow id is SOURCE:ROW, as in 1:0)"));
    QCOMPARE(problemOf("flow 1"), std::string("no record `1` (a flow id is SOURCE:ROW, as in 1:0)"));
    QCOMPARE(problemOf("flow"), std::string("expected a flow id SOURCE:ROW, as in 1:0, found the end of the filter"));
    QCOMPARE(problemOf("flow in 1:5"), std::string("expected `[`, found `1:5`"));
    QVERIFY(problemOf("flow in [1:5").starts_with("expected a flow id"));
    QCOMPARE(problemOf("flow in []"), std::string("the list is empty"));
}

void TstMarks::tagsAreUnions() {
    QVERIFY(addMark(*project_, {"Case-7", "ip 44.128.90.31", "first scanner", {}}));
    QVERIFY(addMark(*project_, {"case-7", "flow 1:12000", {}, {}}));
    QVERIFY(addMark(*project_, {"case-7", "code \"SSH BRUTE FORCE\" and badness >= 40", {}, {}}));
    QVERIFY(addMark(*project_, {"other", "dst port 445", {}, {}}));
    for (const Rows kind : {Rows::records, Rows::derived}) {
        std::set<std::string> expected, found;
        for (const char* filter : {"ip 44.128.90.31", "flow 1:12000", "code \"SSH BRUTE FORCE\" and badness >= 40"})
            for (const RowData& r : rows(filter, kind)) expected.insert(r.id);
        for (const RowData& r : rows("tag CASE-7", kind)) found.insert(r.id);
        QVERIFY(found.size() > 500);
        QVERIFY(found == expected);
    }
    QCOMPARE(rows("tag case-7 and not tag other").size(), rows("tag case-7 and not dst port 445").size());
    QVERIFY((tagsOf(*project_->snapshot()->marks) == std::vector<std::string>{"Case-7", "other"}));
    const SnapshotTerms terms(project_->snapshot(), nullptr);
    QVERIFY((terms.names("tag") == std::vector<std::string>{"Case-7", "other"}));
}

void TstMarks::refused_data() {
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no tag") << ""
                            << "any"
                            << "a tag has 1 to 64 letters, digits, `-`, `_` or `.`, not ``";
    QTest::newRow("blank") << "a b"
                           << "any"
                           << "a tag has 1 to 64 letters, digits, `-`, `_` or `.`, not `a b`";
    QTest::newRow("too long") << QString(65, u'x') << "any"
                              << "a tag has 1 to 64 letters, digits, `-`, `_` or `.`, not `" + QString(65, u'x') + "`";
    QTest::newRow("no filter") << "x"
                               << " "
                               << "a mark needs a filter, such as `ip 192.0.2.1` or `flow 1:0`";
    QTest::newRow("bad filter") << "x"
                                << "prot tcp"
                                << "unknown term `prot`; did you mean `proto`?";
    QTest::newRow("itself") << "x"
                            << "port 80 or tag x"
                            << "the filter of a mark cannot refer to tags";
}

void TstMarks::refused() {
    QFETCH(QString, tag);
    QFETCH(QString, filter);
    QFETCH(QString, problem);
    const std::size_t before = project_->snapshot()->marks->size();
    const Status s = addMark(*project_, {tag.toStdString(), filter.toStdString(), {}, {}});
    QVERIFY(!s);
    QCOMPARE(QString::fromStdString(s.error().detail), problem);
    QCOMPARE(project_->snapshot()->marks->size(), before);
}

void TstMarks::unknownTags() {
    QVERIFY(addMark(*project_, {"evidence", "port 80", {}, {}}));
    QCOMPARE(problemOf("tag evidense"), std::string("unknown tag `evidense`; did you mean `evidence`?"));
    QCOMPARE(problemOf("tag"), std::string("expected the name of a tag, found the end of the filter"));
    // A score profile has no tags: they may name its codes.
    JobContext job;
    const auto problems = checkProfile(project_->snapshot(), "weir-score 1\nbad 1 \"X\" when tag evidence\n");
    QCOMPARE(problems.size(), 1u);
    QCOMPARE(problems[0].message, std::string("tags are not available here"));
}

void TstMarks::keptAndRemoved() {
    QVERIFY(addMark(*project_, {"kept", "port 22", "one", {}}) && addMark(*project_, {"kept", "port 23", "zwölf", {}}));
    QVERIFY(addMark(*project_, {"KEPT", "port 22", "two", {}}));  // the same mark, another note
    const auto again = openProject(project_->snapshot()->path);
    QVERIFY(again);
    std::vector<Mark> found;
    for (const Mark& m : *(*again)->snapshot()->marks)
        if (flow::equalsIgnoringCase(m.tag, "kept")) found.push_back(m);
    QCOMPARE(found.size(), 2u);
    QCOMPARE(found[0].note, std::string("two"));
    QCOMPARE(found[1].note, std::string("zwölf"));
    QVERIFY(found[0].time.size() == 24 && found[0].time.ends_with('Z'));
    QCOMPARE(*removeMarks(*project_, "Kept", "port 22"), 1u);
    QCOMPARE(*removeMarks(*project_, "kept", "port 22"), 0u);
    QCOMPARE(*removeMarks(*project_, "kept"), 1u);
    QVERIFY(problemOf("tag kept").starts_with("unknown tag `kept`"));
}

/// Another profile has other codes: the tag says which of its marks does not hold any more.
void TstMarks::codesThatAreGone() {
    JobContext job;
    QVERIFY(addMark(*project_, {"coded", "code \"SYN ONLY\"", {}, {}}));
    QVERIFY(!rows("tag coded").empty());
    QVERIFY(prepareScores(*project_, "weir-score 1\nname \"Own\"\nbad 1 \"OWN\" when any\n", job));
    QCOMPARE(problemOf("tag coded"),
             std::string("a mark of this tag does not hold any more: code \"SYN ONLY\" (unknown code `SYN ONLY`)"));
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
}

/// What a list shows beside its rows, and what the Inspector says of one of them, are the tags whose filters take it,
/// in either direction.
void TstMarks::marksOfRows() {
    for (const Mark& m : std::vector<Mark>(*project_->snapshot()->marks)) QVERIFY(removeMarks(*project_, m.tag));
    const std::vector<Mark> all{{"to", "dst port 22", "asked", {}},
                                {"from", "src port 22", "answered", {}},
                                {"TO", "flow in [1:3 1:596]", {}, {}},
                                {"gone", "code \"SSH BRUTE FORCE\"", "asked", {}}};
    for (const Mark& m : all) QVERIFY(addMark(*project_, m));
    JobContext job;
    for (const Rows kind : {Rows::records, Rows::derived}) {
        const auto marks = RowMarks::of(project_->snapshot(), nullptr, kind, job);
        QVERIFY(marks && !(*marks)->empty());
        std::map<std::uint32_t, std::vector<std::string>> expected;
        for (const Mark& m : all)
            for (const RowData& r : rows(m.filter, kind)) expected[r.row].push_back(m.filter);
        int backwards = 0;
        const auto every = rows("any", kind);
        for (const RowData& r : every) {
            const auto found = (*marks)->at(r.row);
            std::vector<std::string> filters;
            for (const Mark* m : found) filters.push_back(m->filter);
            QVERIFY(filters == expected[r.row]);
            if (kind == Rows::derived || (r.row % 97 != 0 && r.dstPort != 22)) continue;
            const auto one = marksOf(project_->snapshot(), nullptr, r.row);
            QVERIFY(one && one->size() == found.size());
            for (std::size_t i = 0; i < found.size(); ++i) QCOMPARE((*one)[i].filter, found[i]->filter);
            backwards += r.reversePackets != 0 && !filters.empty();
        }
        QVERIFY(kind == Rows::derived || backwards > 50);
    }
    const std::vector<const Mark*> some{&all[0], &all[2], &all[3]};
    QVERIFY((tagsOf(some) == std::vector<std::string>{"to", "gone"}));  // each tag once, as it was first written
    QVERIFY((notesOf(some) == std::vector<std::string>{"asked"}));
}

QTEST_GUILESS_MAIN(TstMarks)
#include "tst_marks.moc"
