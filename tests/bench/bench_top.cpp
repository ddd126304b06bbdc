// Top values and aggregates of the project file that WEIR_BENCH_PROJECT names (10 M flows of make_flows, imported):
// flows per second.
#include "core/base/job.h"
#include "core/session/evidence/open_project.h"
#include "core/session/verbs/top.h"

#include <benchmark/benchmark.h>

#include <cstdlib>

namespace {

using namespace weir;

session::SnapshotPtr snapshot() {
    static const session::SnapshotPtr s = [] {
        const char* path = std::getenv("WEIR_BENCH_PROJECT");
        const auto project =
            path ? session::openProject(path)
                 : Result<session::ProjectPtr>(Error{Errc::notFound, "WEIR_BENCH_PROJECT names no project", 0});
        return project ? (*project)->snapshot() : nullptr;
    }();
    return s;
}

void run(benchmark::State& state, std::vector<tally::Keys> keys, tally::Order order, const char* filter, bool complete,
         unsigned threads) {
    const auto s = snapshot();
    if (!s || !s->records) return state.SkipWithError("set WEIR_BENCH_PROJECT to a project file with records");
    session::TopRequest request;
    request.query.rows = session::Rows::records;
    request.query.filter = filter;
    request.alternatives = std::move(keys);
    request.order = order;
    request.complete = complete;
    std::uint64_t groups = 0;
    for (auto _ : state) {
        JobContext job({}, {}, threads);
        const auto list = session::topGroups(s, nullptr, request, job);
        if (!list) return state.SkipWithError(list.error().detail.c_str());
        groups = list->groups.count;
    }
    state.SetItemsProcessed(std::int64_t(state.iterations()) * std::int64_t(s->records->rows()));
    state.counters["groups"] = double(groups);
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    for (const unsigned threads : {1u, 2u}) {
        const std::string suffix = "/threads:" + std::to_string(threads);
        const auto add = [&](const std::string& name, std::vector<tally::Keys> keys, tally::Order order,
                             const char* filter, bool complete) {
            benchmark::RegisterBenchmark((name + suffix).c_str(),
                                         [=](benchmark::State& s) { run(s, keys, order, filter, complete, threads); })
                ->UseRealTime()
                ->Unit(benchmark::kMillisecond);
        };
        for (const char* statistic : {"dstport/flows", "srcip/flows", "srcip/bytes", "port/flows", "proto/bytes",
                                      "srcas/flows", "record/bytes"}) {
            const auto spec = tally::parseTop(statistic);
            add(std::string("top ") + statistic, tally::keysOf(*spec), spec->order, "", false);
            add(std::string("top all ") + statistic, tally::keysOf(*spec), spec->order, "", true);
        }
        add("top filtered dstport/flows", tally::keysOf(*tally::parseTop("dstport")), tally::Order::flows,
            "proto tcp and flags S", false);
        for (const char* keys : {"srcip,dstport", "srcip4/24,proto", "srcip,dstip"})
            add(std::string("aggregate ") + keys, {*tally::parseKeys(keys)}, tally::Order::flows, "", true);
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
