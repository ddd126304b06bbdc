// nfcapd → project file, durable at the end; peak memory of it; and opening the project again. WEIR_BENCH_FLOWS sets
// the number of flows (2 M).
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "tests/support/nfcapd_writer.h"
#include "tests/support/traffic.h"

#include <benchmark/benchmark.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace weir;
namespace fs = std::filesystem;

std::uint64_t flowCount() {
    const char* text = std::getenv("WEIR_BENCH_FLOWS");
    return text ? std::strtoull(text, nullptr, 10) : 2'000'000;
}

/// The capture, made once and removed at the end of the process.
class Capture {
public:
    Capture() : folder_(fs::temp_directory_path() / ("weir-bench-import-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        std::ofstream out(file(), std::ios::binary);
        test::NfcapdWriter writer(out, {});
        test::TrafficShape shape;
        shape.flows = flowCount();
        test::Traffic traffic(shape);
        test::NfcapdRow row;
        while (traffic.next(row)) writer.add(row);
        writer.finish();
    }
    ~Capture() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;
    std::string file() const { return (folder_ / "flows.nfcapd").string(); }
    std::string project() const { return (folder_ / "p.weir").string(); }
    void removeProject() const {
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(project() + suffix);
    }

private:
    fs::path folder_;
};

const Capture& capture() {
    static const Capture made;
    return made;
}

bool importOnce(unsigned threads) {
    auto project = session::createProject(capture().project());
    JobContext job({}, {}, threads);
    session::ImportRequest request;
    request.paths = {capture().file()};
    return project && session::importFiles(**project, request, job);
}

void importNfcapd(benchmark::State& state) {
    (void)capture();
    for (auto _ : state) {
        state.PauseTiming();
        capture().removeProject();
        state.ResumeTiming();
        if (!importOnce(unsigned(state.range(0)))) state.SkipWithError("import failed");
    }
    state.SetItemsProcessed(std::int64_t(flowCount()) * state.iterations());
    state.counters["bytes_per_flow"] = double(fs::file_size(capture().project())) / double(flowCount());
}
BENCHMARK(importNfcapd)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void openSnapshot(benchmark::State& state) {
    if (!fs::exists(capture().project()) && !importOnce(2)) state.SkipWithError("import failed");
    for (auto _ : state) {
        auto file = store::ProjectFile::open(capture().project());
        auto records = (*file)->records(2);
        benchmark::DoNotOptimize((*records)->rows());
    }
    state.SetItemsProcessed(std::int64_t(flowCount()) * state.iterations());
}
BENCHMARK(openSnapshot)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
