// Projects: prepared words kept for the next opening, settings that drop what depends on them, Save As, untitled
// projects.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace weir;
using namespace weir::session;

class TstProject : public QObject {
    Q_OBJECT
private slots:
    void init();
    void signsAreKeptAndFoundAgain();
    void settingsDropWhatDependsOnThem();
    void saveAsMovesAnUntitledProject();
    void twoSourcesJoin();

private:
    ProjectPtr sampleProject(const QString& name);
    QTemporaryDir dir_;
    JobContext job_;
    const QString sample_ = QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng");
};

void TstProject::init() {
    QVERIFY(dir_.isValid());
    QVERIFY2(QFile::exists(sample_), "the sample capture is part of the project");
}

ProjectPtr TstProject::sampleProject(const QString& name) {
    auto project = createProject(dir_.filePath(name).toStdString());
    if (!project) return nullptr;
    const auto report = importFiles(**project, {{sample_.toStdString()}, {}, false, false}, job_);
    if (!report || !report->anyUsable()) return nullptr;
    if (!ensureLocal(**project, {}, job_)) return nullptr;
    return *project;
}

void TstProject::signsAreKeptAndFoundAgain() {
    const auto project = sampleProject(QStringLiteral("kept.weir"));
    QVERIFY(project);
    QVERIFY(prepare(*project, flow::Direction::in, job_));
    const auto before = project->snapshot();
    QVERIFY(before->signs());
    const auto again = openProject(dir_.filePath(QStringLiteral("kept.weir")).toStdString());
    QVERIFY(again);
    const auto opened = (*again)->snapshot();
    QVERIFY(!opened->flows);
    QVERIFY2(opened->tally(), "the stored tally is there before any flow is derived");
    QCOMPARE(opened->tally()->size(), before->tally()->size());
    QVERIFY(prepare(**again, flow::Direction::in, job_));
    const auto after = (*again)->snapshot();
    QVERIFY(std::ranges::equal(after->signs()->words, before->signs()->words));
    QVERIFY2(!after->sentPacket, "words came from the file: profiles were not built again");
}

void TstProject::settingsDropWhatDependsOnThem() {
    const auto project = sampleProject(QStringLiteral("settings.weir"));
    QVERIFY(project);
    QVERIFY(prepare(*project, flow::Direction::in, job_));
    const auto first = project->snapshot();
    Settings s = first->settings;
    s.profile.hcMinBad = 2;
    QVERIFY(project->changeSettings(s));
    QVERIFY(project->snapshot()->flows == first->flows);
    QVERIFY(!project->snapshot()->signs());
    QVERIFY(!project->snapshot()->tally());
    s.pairing.intervalUs = 60'000'000;
    QVERIFY(project->changeSettings(s));
    QVERIFY(!project->snapshot()->flows);
    QVERIFY(prepare(*project, flow::Direction::in, job_));
    QVERIFY(project->snapshot()->flows->size() > first->flows->size());
    const auto again = openProject(dir_.filePath(QStringLiteral("settings.weir")).toStdString());
    QVERIFY(again);
    QCOMPARE((*again)->snapshot()->settings.profile.hcMinBad, std::uint32_t(2));
    QVERIFY((*again)->snapshot()->tally());
}

void TstProject::saveAsMovesAnUntitledProject() {
    QVERIFY(qputenv("XDG_CACHE_HOME", dir_.path().toUtf8()));
    auto project = createUntitledProject();
    QVERIFY(project);
    const QString untitled = QString::fromStdString((*project)->snapshot()->path);
    const auto report = importFiles(**project, {{sample_.toStdString()}, {}, false, false}, job_);
    QVERIFY(report && report->anyUsable());
    const auto rows = (*project)->snapshot()->records->rows();
    const QString target = dir_.filePath(QStringLiteral("saved.weir"));
    QVERIFY((*project)->saveAs(target.toStdString(), job_));
    QVERIFY(!QFile::exists(untitled));
    QVERIFY(!(*project)->snapshot()->untitled);
    const auto opened = openProject(target.toStdString());
    QVERIFY(opened);
    QCOMPARE((*opened)->snapshot()->records->rows(), rows);
}

void TstProject::twoSourcesJoin() {
    const auto project = sampleProject(QStringLiteral("two.weir"));
    QVERIFY(project);
    const auto one = project->snapshot();
    const auto again = importFiles(*project, {{sample_.toStdString()}, {}, true, false}, job_);
    QVERIFY(again && again->anyUsable());
    const auto two = project->snapshot();
    QCOMPARE(two->sources.size(), std::size_t(2));
    QCOMPARE(two->records->rows(), 2 * one->records->rows());
    QCOMPARE(two->records->addresses().size(), one->records->addresses().size());
    QVERIFY(prepare(*project, flow::Direction::in, job_));
    // The same packets twice merge into the same flows by defragmentation.
    const auto both = project->snapshot()->flows->size();
    QVERIFY(project->writing()->removeSource(two->sources[1].number));
    QVERIFY(project->reload());
    QVERIFY(prepare(*project, flow::Direction::in, job_));
    QCOMPARE(project->snapshot()->flows->size(), both);
}

QTEST_GUILESS_MAIN(TstProject)
#include "tst_project.moc"
