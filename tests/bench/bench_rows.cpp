// Pages of 60 rows as the flow list reads them, from the project file that WEIR_BENCH_PROJECT names; and profiles where
// one remote host has all flows and one local socket has all of them: time per flow must not grow with their number.
#include "core/session/evidence/open_project.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "tests/support/hand_flows.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

namespace {

using namespace weir;

void pages(benchmark::State& state) {
    const char* path = std::getenv("WEIR_BENCH_PROJECT");
    if (!path) return state.SkipWithError("set WEIR_BENCH_PROJECT to a project file with records");
    const auto project = session::openProject(path);
    if (!project) return state.SkipWithError(project.error().detail.c_str());
    session::Query query;
    query.rows = session::Rows::records;
    query.sort = session::Field::bytes;
    query.descending = true;
    JobContext job;
    const auto rows = session::selectRows((*project)->snapshot(), nullptr, query, job);
    if (!rows || (*rows)->count < 600) return state.SkipWithError("too few records");
    session::RowReader reader(*rows);
    std::uint64_t page = 0;
    for (auto _ : state) benchmark::DoNotOptimize(reader.read(page++ % ((*rows)->count / 60) * 60, 60));
    state.SetItemsProcessed(std::int64_t(state.iterations()) * 60);
}

void heavyHosts(benchmark::State& state) {
    const int n = int(state.range(0));
    support::HandFlows records;
    for (int i = 0; i < n; ++i)
        records.push_back({i * 0.05, 0, "198.51.100.1", std::uint16_t(1024 + i % 60'000),
                           "10.0.0." + std::to_string(1 + i % 250), std::uint16_t(i % 7 ? 23 : 80)});
    for (int i = 0; i < n; ++i)
        records.push_back(
            {i * 0.05, 0,
             "11." + std::to_string(i >> 16) + "." + std::to_string(i >> 8 & 255) + "." + std::to_string(i & 255), 5000,
             "10.0.0.1", 80, 6, 1, 60, 2, i % 3 ? 1u : 0u});
    const auto source = support::handSource(records);
    for (auto _ : state) benchmark::DoNotOptimize(support::judge(source, support::handPairing(), {}, {}, 2));
    state.SetItemsProcessed(std::int64_t(state.iterations()) * 2 * n);
}

}  // namespace

BENCHMARK(pages)->Unit(benchmark::kMicrosecond);
BENCHMARK(heavyHosts)->Arg(15'000)->Arg(60'000)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
