// Damaged project files: a clear line or a working project, within a gibibyte, never an exception.
#include "tests/support/project_mutator.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/resource.h>
#include <unistd.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

using namespace weir;

namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 30;
constexpr unsigned kSecondsEach = 60;

std::uint64_t numberFrom(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text && *text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// What the process may write to already: sanitizers have mapped terabytes.
std::uint64_t dataBytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmData:")) return std::strtoull(line.c_str() + 7, nullptr, 10) * 1024;
    return 0;
}

/// From here on no more than a gibibyte: what asks for more gets nothing, and fails here.
void limitMemory() {
    rlimit limit{};
    getrlimit(RLIMIT_DATA, &limit);
    limit.rlim_cur = dataBytes() + kMostMemory;
    setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace

class TestMutants : public QObject {
    Q_OBJECT
    QTemporaryDir dir_{QDir(QStringLiteral("/dev/shm")).exists() && QFileInfo(QStringLiteral("/dev/shm")).isWritable()
                           ? QStringLiteral("/dev/shm/weir-XXXXXX")
                           : QDir::tempPath() + QStringLiteral("/weir-XXXXXX")};
private slots:
    /// WEIR_MUTANTS how many, WEIR_SEED the first; mutant n of seed s is the first of seed s + n.
    void mutants() {
        const std::uint64_t count = numberFrom("WEIR_MUTANTS", 100),
                            seed = numberFrom("WEIR_SEED", std::uint64_t(std::random_device()()));
        const std::string folder = dir_.path().toStdString(), file = folder + "/mutant.weir";
        const auto projects = support::makeProjects(folder, WEIR_SOURCE_DIR);
        QVERIFY2(projects.size() >= 3, "the projects could not be made");
        std::fprintf(stderr, "%llu mutants of %zu projects, WEIR_SEED=%llu\n", static_cast<unsigned long long>(count),
                     projects.size(), static_cast<unsigned long long>(seed));
        limitMemory();
        std::uint64_t opened = 0;
        for (std::uint64_t n = 0; n < count; ++n) {
            std::mt19937_64 random(seed + n);
            const support::Draw draw = [&random] { return random(); };
            // Half of them are of the present version, which has most in it.
            const std::string& from = draw() % 2 ? projects.back() : projects[std::size_t(draw() % projects.size())];
            for (const auto& left : std::filesystem::directory_iterator(folder))
                if (left.path().filename().string().starts_with("mutant")) std::filesystem::remove(left.path());
            std::filesystem::copy_file(from, file, std::filesystem::copy_options::overwrite_existing);
            const std::string what = support::damageProject(file, draw);
            if (std::getenv("WEIR_VERBOSE"))
                std::fprintf(stderr, "seed %llu: %s\n", static_cast<unsigned long long>(seed + n), what.c_str());
            const QByteArray which = QByteArray("WEIR_MUTANTS=1 WEIR_SEED=") +
                                     QByteArray::number(qulonglong(seed + n)) + ": " + QByteArray::fromStdString(what);
            qputenv("WEIR_MUTANT", which);  // where a crash report can show it
            ::alarm(kSecondsEach);
            try {
                const std::string error = support::readProject(file, draw);
                opened += error.empty() ? 1u : 0u;
                QVERIFY2(error.find('\n') == std::string::npos, which.constData());
            } catch (const std::exception& e) {
                QFAIL((which + ": " + e.what()).constData());
            }
            ::alarm(0);
            if (n % 500 == 499)
                std::fprintf(stderr, "%llu done, %llu could be opened\n", static_cast<unsigned long long>(n + 1),
                             static_cast<unsigned long long>(opened));
        }
        std::fprintf(stderr, "%llu of %llu could be opened\n", static_cast<unsigned long long>(opened),
                     static_cast<unsigned long long>(count));
        QVERIFY(opened > count / 4);
    }
};

QTEST_APPLESS_MAIN(TestMutants)
#include "tst_mutants.moc"
