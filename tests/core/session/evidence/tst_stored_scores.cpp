// Code words of records in the project file: there again without scoring, and never those of something else.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/inspect_score.h"

#include <QTemporaryDir>
#include <QTest>

using namespace weir;
using namespace weir::session;

class TstStoredScores : public QObject {
    Q_OBJECT
private slots:
    void wordsAreKept();

private:
    static constexpr const char* kProfile = R"(weir-score 1
name "Test"
apply to inbound, outbound, internal
bad 20 "SYN"   when flags S
good 15 "LARGE" when packets >= 5
bad 5 "UDP"   when proto udp
bad 7 "MANY"  when any group by src ip having flows >= 4
bad 3 "TALK"  when test top-talkers n=5 by=flows
)";
    QTemporaryDir dir_;
};

/// Kept words are those of the scoring, record by record and in both directions; they filter, sort and show, and
/// explain nothing.
void TstStoredScores::wordsAreKept() {
    const std::string path = dir_.filePath(QStringLiteral("kept.weir")).toStdString();
    JobContext job;
    const auto shown = [&](const ProjectPtr& project) {
        std::vector<std::string> out;
        for (const char* filter :
             {"", "code SYN", "not code SYN and code MANY", "badness > 3", "goodness > 0 or badness = 0"}) {
            Query query;
            query.rows = Rows::records;
            query.filter = filter;
            query.sort = Field::badness;
            const auto rows = selectRows(project->snapshot(), nullptr, query, job);
            if (!rows) return std::vector<std::string>{rows.error().detail};
            const auto read = RowReader(*rows).read(0, std::size_t((*rows)->count));
            if (!read) return std::vector<std::string>{read.error().detail};
            for (const RowData& r : *read)
                out.push_back(std::to_string(r.row) + " " + std::to_string(r.codes) + " " + std::to_string(r.badness) +
                              " " + std::to_string(r.goodness) + " " + std::to_string(r.sides[1].codes));
        }
        return out;
    };
    std::vector<std::string> before;
    {
        const ProjectPtr project = *createProject(path);
        QVERIFY(ensureLocal(*project, sampleLocal(), job));
        QVERIFY(importFiles(*project, {{samplePath()}, {}, false, false}, job));
        QVERIFY(setCurrentProfile(*project, kProfile));
        QVERIFY(prepareScores(*project, kProfile, job));
        QVERIFY(keepScoreWords(*project, job));
        QVERIFY(!project->snapshot()->scores->scores->reverse.empty());
        before = shown(project);
        QVERIFY(before.size() > 1000);
    }
    {
        const ProjectPtr project = *openProject(path);
        QVERIFY(!project->snapshot()->scores->byRecord());
        QVERIFY(prepareScoreWords(*project, kProfile, job));
        QVERIFY(project->snapshot()->scores->byRecord() && !project->snapshot()->scores->explains());
        QCOMPARE(shown(project), before);
        QVERIFY(!inspectScore(project->snapshot(), nullptr, 3, job));
        QVERIFY(prepareScores(*project, kProfile, job));  // and then it is all there
        QVERIFY(project->snapshot()->scores->explains() && inspectScore(project->snapshot(), nullptr, 3, job));
        QCOMPARE(shown(project), before);
        std::string points = kProfile;
        points.replace(points.find("bad 20"), 6, "bad 77");
        QVERIFY(setCurrentProfile(*project, points));
    }
    {
        const ProjectPtr project = *openProject(path);  // other points: the same words
        QVERIFY(prepareScoreWords(*project, currentProfile(*project), job));
        QVERIFY(!project->snapshot()->scores->explains());
        QVERIFY(shown(project) != before);
        std::string other = kProfile;
        other.replace(other.find("packets >= 5"), 12, "packets >= 4");
        QVERIFY(setCurrentProfile(*project, other));
    }
    {
        const ProjectPtr project = *openProject(path);  // other tests: scored anew, and kept
        QVERIFY(prepareScoreWords(*project, currentProfile(*project), job));
        QVERIFY(project->snapshot()->scores->explains());
    }
    {
        const ProjectPtr project = *openProject(path);  // words of one profile, then the tally of another
        QVERIFY(keepScoreWords(*project, job));
        std::string swapped = kProfile;
        swapped.replace(swapped.find("proto udp"), 9, "proto tcp");
        QVERIFY(setCurrentProfile(*project, swapped));
        QVERIFY(prepareScores(*project, swapped, job));
    }
    {
        const ProjectPtr project = *openProject(path);
        QVERIFY(project->snapshot()->scores && !project->snapshot()->scores->byRecord());
        QVERIFY(prepareScoreWords(*project, currentProfile(*project), job));
        QVERIFY(project->snapshot()->scores->explains());  // the words in the file were not its own
    }
    const ProjectPtr project = *openProject(path);
    QVERIFY(project->writing()->saveWords(
        "score_numbers", std::vector<std::uint64_t>(std::size_t(project->snapshot()->records->rows()), 1000), job));
    QVERIFY(prepareScoreWords(*project, currentProfile(*project), job));  // numbers that no word has are not taken
    QVERIFY(project->snapshot()->scores->explains());
}

QTEST_APPLESS_MAIN(TstStoredScores)
#include "tst_stored_scores.moc"
