// Records → derived flows: direction, bins, defragmentation, pairing, qualification. Peer: nfdump -B on the same number
// of flows.
#include "core/meter/derive.h"
#include "tests/bench/rss.h"
#include "tests/support/synthetic_flows.h"

#include <benchmark/benchmark.h>
#include <cstdlib>

using namespace weir;

namespace {

const support::SyntheticFlows& flowsOf(bool oneBin, bool shuffled) {
    static support::SyntheticFlows* held = nullptr;
    static int heldKind = -1;
    const int kind = oneBin + 2 * shuffled;
    if (kind != heldKind) {
        delete held;
        support::SyntheticSettings s;
        if (const char* rows = std::getenv("WEIR_BENCH_FLOWS")) s.rows = std::size_t(std::atoll(rows));
        if (oneBin) s.spanUs = 250'000'000;
        s.shuffled = shuffled;
        held = new support::SyntheticFlows(support::makeSyntheticFlows(s));
        heldKind = kind;
    }
    return *held;
}

void deriveOnce(benchmark::State& state, bool oneBin, bool shuffled) {
    const auto& input = flowsOf(oneBin, shuffled);
    meter::PairingSettings settings;
    settings.local = input.local;
    std::size_t flows = 0;
    bench::PeakMemory memory;
    for (auto _ : state) {
        JobContext job({}, {}, unsigned(state.range(0)));
        auto derived = meter::deriveFlows(input.source, settings, job);
        if (!derived) return state.SkipWithError(derived.error().detail.c_str());
        flows = derived->size();
    }
    state.SetItemsProcessed(std::int64_t(state.iterations()) * std::int64_t(input.source.rows()));
    state.counters["derived"] = double(flows);
    state.counters["records_MiB"] = memory.beforeMiB();
    state.counters["peak_MiB"] = memory.peakMiB();
}

void pairing(benchmark::State& state) { deriveOnce(state, false, false); }
void pairingOneInterval(benchmark::State& state) { deriveOnce(state, true, false); }
void pairingNoOrder(benchmark::State& state) { deriveOnce(state, false, true); }

}  // namespace

BENCHMARK(pairing)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK(pairingOneInterval)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK(pairingNoOrder)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK_MAIN();
