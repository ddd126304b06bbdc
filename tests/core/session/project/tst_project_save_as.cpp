// Save As while the project is written in every way there is: what was said to be written is in the copy. WEIR_ROUNDS:
// more rounds.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/evidence/silences.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/project/resources.h"
#include "core/session/rows/marks.h"
#include "core/session/verbs/rule_sets.h"
#include "core/store/damage.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <cstring>
#include <functional>
#include <iostream>
#include <random>
#include <thread>

using namespace weir;
using namespace weir::session;

namespace {

const QString kSample = QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng");

ProjectPtr sampleProject(const std::string& path) {
    JobContext job({}, {}, 2);
    auto project = createProject(path);
    if (!project) return nullptr;
    ImportRequest request;
    request.paths = {kSample.toStdString()};
    const auto report = importFiles(**project, request, job);
    if (!report || !report->anyUsable() || !ensureLocal(**project, sampleLocal(), job)) return nullptr;
    return prepare(**project, flow::Direction::in, job) ? *project : nullptr;
}

/// One kind of writing in the background: write(n) says whether the n-th write was done; kept(n) whether a project has
/// it.
struct Kind {
    const char* name;
    std::function<bool(Project&, int n)> write;
    std::function<bool(Project&, int n)> kept;
};

std::string numbered(const char* text, int n) { return text + std::to_string(n); }

bool writesImport(Project& project, int) {
    JobContext job({}, {}, 2);
    ImportRequest request;
    request.paths = {kSample.toStdString()};
    request.again = true;
    const auto report = importFiles(project, request, job);
    return report && report->anyUsable();
}

bool writesRun(Project& project, int n) {
    JobContext job({}, {}, 2);
    Settings settings = project.snapshot()->settings;
    settings.profile.hcMinBad = 2 + std::uint32_t(n % 2);
    return bool(project.changeSettings(settings)) && bool(prepare(project, flow::Direction::in, job));
}

bool writesUserSigns(Project& project, int n) {
    JobContext job({}, {}, 2);
    const std::string rules = "weir-rules 1\nname \"n\"\nsign Mine" + std::to_string(n) + " = packets > " +
                              std::to_string(n) + "\nclass A\n  1: Mine" + std::to_string(n) + "\n";
    return bool(prepare(project, flow::Direction::in, job)) &&
           bool(judgeText(project, rules, flow::Direction::in, job));
}

bool writesScores(Project& project, int n) {
    JobContext job({}, {}, 2);
    const std::string profile =
        "weir-score 1\nname \"n\"\napply to inbound\nbad 10 \"A\" when packets > " + std::to_string(n) + "\n";
    return bool(prepareScores(project, profile, job)) && bool(keepScoreWords(project, job));
}

const Kind kKinds[] = {
    {"import", writesImport, [](Project& p, int n) { return int(p.snapshot()->sources.size()) > n + 1; }},
    {"run", writesRun, [](Project&, int) { return true; }},
    {"user signs", writesUserSigns, [](Project&, int) { return true; }},
    {"scores", writesScores, [](Project&, int) { return true; }},
    {"checksums",
     [](Project& p, int) {
         JobContext job;
         return bool(hashSources(p, job));
     },
     [](Project& p, int) { return !p.snapshot()->sources[0].sha256.empty(); }},
    {"marks",
     [](Project& p, int n) {
         return bool(addMark(p, {numbered("t", n), "any", "", ""}));
     },
     [](Project& p, int n) {
         return std::ranges::any_of(*p.snapshot()->marks, [&](const Mark& m) { return m.tag == numbered("t", n); });
     }},
    {"silences",
     [](Project& p, int n) {
         return bool(addSilence(p, {"", numbered("src port ", n), "", "", ""}));
     },
     [](Project& p, int n) {
         return std::ranges::any_of(*p.snapshot()->silences,
                                    [&](const Silence& s) { return s.filter == numbered("src port ", n); });
     }},
    {"lists",
     [](Project& p, int n) {
         JobContext job;
         return bool(
             addList(p, numbered("l", n), WEIR_SOURCE_DIR "/resources/lists/bogons.txt", {"2026-01-01", "s", ""}, job));
     },
     [](Project& p, int n) { return p.snapshot()->lists->infoOf(numbered("l", n)) != nullptr; }},
    {"values", [](Project& p, int n) { return bool(p.writing()->setValue(numbered("k", n), "v")); },
     [](Project& p, int n) { return *p.reading()->value(numbered("k", n)) == std::optional<std::string>("v"); }},
    {"iterations", [](Project& p, int) { return bool(saveIteration(p, currentRules(p), "", 0)); },
     [](Project& p, int n) { return int(iterations(p)->size()) > n; }},
};

int rounds(int few) {
    const int asked = qEnvironmentVariableIntValue("WEIR_ROUNDS");
    return asked > 0 ? asked : few;
}

/// `tst_project_save_as --child FOLDER`: writes marks and saves under new names until it is killed. Says what is done.
int writeUntilKilled(const char* folder) {
    const std::string base = folder;
    const ProjectPtr project = sampleProject(base + "/0.weir");
    if (!project) return 3;
    std::cout << "at 0" << std::endl;
    std::thread marks([&] {
        for (int n = 0;; ++n)
            if (addMark(*project, {numbered("t", n), "any", "", ""}))
                std::cout << numbered("mark ", n) + "\n" << std::flush;
    });
    for (int n = 1;; ++n) {
        JobContext job({}, {}, 2);
        const std::string to = base + "/" + std::to_string(n) + ".weir";
        if (!project->saveAs(to, job)) return 4;
        std::cout << numbered("at ", n) + "\n" << std::flush;
    }
}

}  // namespace

class TestProjectSaveAs : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;
    std::string path(const std::string& name) const {
        return dir_->filePath(QString::fromStdString(name)).toStdString();
    }
private slots:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void nothingIsLost_data() {
        QTest::addColumn<int>("kind");
        for (int k = 0; k < int(std::size(kKinds)); ++k) QTest::newRow(kKinds[k].name) << k;
    }
    void nothingIsLost() {
        QFETCH(int, kind);
        const Kind& k = kKinds[kind];
        const ProjectPtr project = sampleProject(path("0.weir"));
        QVERIFY(project);
        std::atomic<bool> stop{false};
        std::vector<int> done;
        std::thread writer([&] {
            for (int n = 0; !stop; ++n)
                if (k.write(*project, n)) done.push_back(n);
        });
        bool saved = true;
        const int saves = rounds(3);
        std::string last;
        for (int n = 1; n <= saves && saved; ++n) {
            JobContext job({}, {}, 2);
            last = path(std::to_string(n) + ".weir");
            saved = bool(project->saveAs(last, job));
            if (n > 1) QFile::remove(QString::fromStdString(path(std::to_string(n - 1) + ".weir")));
        }
        stop = true;
        writer.join();
        QVERIFY(saved);
        QVERIFY(!done.empty());
        const auto again = openProject(last);
        QVERIFY2(bool(again), again ? "" : again.error().detail.c_str());
        for (const int n : done) QVERIFY2(k.kept(**again, n), numbered("lost: ", n).c_str());
        JobContext job({}, {}, 2);
        QVERIFY(bool((*again)->reading()->checkSources(job)));
        QVERIFY((*again)->reading()->damage()->list().empty());
        // What was stored of results is of one run, or is not used.
        QVERIFY(bool(prepare(**again, flow::Direction::in, job)));
        std::uint64_t flows = 0;
        for (const auto& row : (*again)->snapshot()->signs()->tally) flows += row.flows;
        QCOMPARE(flows, std::uint64_t(std::ranges::count_if((*again)->snapshot()->signs()->words,
                                                            [](auto w) { return w != 0; })));
    }

    /// A killed Save As leaves the project it began with and no half copy; what was written before is in the one or the
    /// other.
    void killedAtAnyMoment() {
        const QString self = QCoreApplication::applicationFilePath();
        const auto seed =
            std::uint64_t(qEnvironmentVariableIntValue("WEIR_SEED") ? qEnvironmentVariableIntValue("WEIR_SEED")
                                                                    : int(std::random_device{}() & 0xffff));
        qInfo("WEIR_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 rng(seed);
        for (int round = 0; round < rounds(3); ++round) {
            const QTemporaryDir dir;
            QProcess child;
            child.start(self, {QStringLiteral("--child"), dir.path()});
            QVERIFY(child.waitForStarted());
            while (child.waitForReadyRead(60'000) && !child.peek(1 << 20).contains("at 0")) {
            }
            std::this_thread::sleep_for(std::chrono::microseconds(rng() % 400'000));
            ::kill(pid_t(child.processId()), SIGKILL);
            child.waitForFinished();
            int at = -1, mark = -1;
            for (const QByteArray& line : child.readAllStandardOutput().split('\n')) {
                if (line.startsWith("at ")) at = std::max(at, line.mid(3).toInt());
                if (line.startsWith("mark ")) mark = std::max(mark, line.mid(5).toInt());
            }
            QVERIFY(at >= 0);
            // The copy that was under way may have got its name before it could be said.
            int newest = at;
            while (QFile::exists(dir.filePath(QString::number(newest + 1) + QStringLiteral(".weir")))) ++newest;
            QVERIFY(newest <= at + 1);
            bool kept = mark < 0;
            for (int n = at; n <= newest; ++n) {
                auto project = openProject(dir.filePath(QString::number(n) + QStringLiteral(".weir")).toStdString());
                QVERIFY2(bool(project), project ? "" : project.error().detail.c_str());
                QCOMPARE((*project)->snapshot()->sources.size(), std::size_t(1));
                JobContext job({}, {}, 2);
                QVERIFY(bool((*project)->reading()->checkSources(job)) &&
                        (*project)->reading()->damage()->list().empty());
                kept = kept || std::ranges::any_of(*(*project)->snapshot()->marks,
                                                   [&](const Mark& m) { return m.tag == numbered("t", mark); });
            }
            QVERIFY2(kept, numbered("lost: mark ", mark).c_str());
        }
    }
};

int main(int argc, char** argv) {
    if (argc > 2 && std::strcmp(argv[1], "--child") == 0) return writeUntilKilled(argv[2]);
    QCoreApplication app(argc, argv);
    TestProjectSaveAs test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_project_save_as.moc"
