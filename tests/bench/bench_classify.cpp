// Records → derived flows → profiles → signs → tally → classes: the whole judgement. Published: 343,915 flows/s on a
// cluster node of its day.
#include "core/classify/classify.h"
#include "core/meter/derive.h"
#include "core/profile/profile.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/resources.h"
#include "core/signs/sign_family.h"
#include "core/tally/tally.h"
#include "tests/bench/rss.h"
#include "tests/support/synthetic_flows.h"

#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdlib>
#include <utility>

using namespace weir;

namespace {

const support::SyntheticFlows& input() {
    static const support::SyntheticFlows flows = [] {
        support::SyntheticSettings s;
        if (const char* rows = std::getenv("WEIR_BENCH_FLOWS")) s.rows = std::size_t(std::atoll(rows));
        return support::makeSyntheticFlows(s);
    }();
    return flows;
}

/// Seconds since the last call.
class Lap {
public:
    double operator()() {
        const auto now = std::chrono::steady_clock::now();
        return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void classifyAll(benchmark::State& state) {
    const auto& in = input();
    const rules::RuleSet rules =
        rules::parseRules(session::resourceText("rules", "glatz-2012"), session::signNames()).set;
    meter::PairingSettings pairing;
    pairing.local = in.local;
    const profile::ProfileSettings profileSettings;
    const signs::SignSettings signSettings;
    bench::PeakMemory memory;
    std::uint64_t oneWay = 0, words = 0, other = 0;
    double pairingSeconds = 0, profileSeconds = 0, signSeconds = 0;
    for (auto _ : state) {
        Lap lap;
        JobContext job({}, {}, unsigned(state.range(0)));
        const auto flows = meter::deriveFlows(in.source, pairing, job);
        const auto hosts = meter::markHosts(in.source.addresses(), in.local);
        pairingSeconds += lap();
        const auto profiles = profile::buildProfiles(*flows, hosts, profileSettings, job);
        profileSeconds += lap();
        const auto signWords =
            signs::oneWay().assign({*flows, *profiles, hosts, in.bogonHosts, profileSettings, signSettings}, job);
        const auto tally = tally::tallyWords(*signWords, *flows, flow::Direction::in, job.threads());
        const auto classes = classify::classifyWords(rules, tally);
        signSeconds += lap();
        oneWay = classes.oneWay.flows;
        other = classes.unclassified;
        words = tally.size();
    }
    state.SetItemsProcessed(std::int64_t(state.iterations()) * std::int64_t(in.source.rows()));
    const auto runs = double(state.iterations());
    state.counters["pairing_ms"] = pairingSeconds * 1000 / runs;
    state.counters["profiles_ms"] = profileSeconds * 1000 / runs;
    state.counters["signs_ms"] = signSeconds * 1000 / runs;
    state.counters["oneway"] = double(oneWay);
    state.counters["other"] = double(other);
    state.counters["words"] = double(words);
    state.counters["records_MiB"] = memory.beforeMiB();
    state.counters["peak_MiB"] = memory.peakMiB();
}

}  // namespace

BENCHMARK(classifyAll)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK_MAIN();
