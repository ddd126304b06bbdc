// Nine tests of the shipped profile over 10 M records in memory, with lists of 100,000 entries together (80,000
// addresses, 20,000 prefixes): records per second. Goal 120 M, aim 220 M.
#include "core/meter/derive.h"
#include "core/score/dark_hosts.h"
#include "core/score/score.h"
#include "core/session/project/list_catalog.h"
#include "core/session/project/resources.h"
#include "tests/support/bare_terms.h"
#include "tests/support/synthetic_flows.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

namespace {

using namespace weir;

class Terms final : public support::BareTerms {
public:
    explicit Terms(const support::SyntheticFlows& flows) {
        bits = meter::markHosts(flows.source.addresses(), flows.local);
        std::mt19937 rng(7);
        struct Size {
            const char* name;
            int addresses, prefixes;
        };
        for (const Size& size :
             {Size{"ndpi", 0, 10'000}, Size{"alienvault", 60'000, 5'000}, Size{"emerging-threats", 20'000, 5'000}}) {
            auto& list = lists[size.name];
            for (int i = 0; i < size.addresses; ++i)
                list.prefixes.push_back({flow::IpAddr::v4(std::uint32_t(rng())), 128});
            for (int i = 0; i < size.prefixes; ++i) {
                const unsigned cut = unsigned(rng() % 9);
                list.prefixes.push_back(
                    {flow::IpAddr::v4(std::uint32_t(rng()) >> (8 + cut) << (8 + cut)), std::uint8_t(120 - cut)});
            }
            std::sort(list.prefixes.begin(), list.prefixes.end());  // as the catalog of lists has them
        }
        JobContext job({}, {}, 2);
        const auto dark = score::darkHosts(flows.source, bits, job);
        for (flow::HostId h = 0; h < bits.size(); ++h)
            if ((*dark)[h]) lists["dark"].prefixes.push_back({flows.source.addresses()[h], 128});
    }
    flow::ListAnswer list(std::string_view name) const override {
        const auto at = lists.find(name);
        return at == lists.end() ? session::shippedCatalog().find(name)
                                 : flow::ListAnswer{std::make_shared<const flow::NamedList>(at->second), {}, {}};
    }
};

void nineTests(benchmark::State& state) {
    static const support::SyntheticFlows flows = support::makeSyntheticFlows({});
    static const Terms terms(flows);
    static const auto parsed = score::parseProfile(session::resourceText("score", "sweeney-2017"), terms);
    score::Scores scores;
    for (auto _ : state) {
        JobContext job({}, {}, unsigned(state.range(0)));
        scores = std::move(*score::scoreRecords(flows.source, parsed.profile, terms, job));
        benchmark::DoNotOptimize(scores.scored);
    }
    state.SetItemsProcessed(std::int64_t(state.iterations()) * std::int64_t(flows.source.rows()));
    state.counters["scored"] = double(scores.scored);
    state.counters["words"] = double(scores.words.size());
}
BENCHMARK(nineTests)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
