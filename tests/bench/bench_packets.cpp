// Packets per second of each step: container, decoding, flow cache, whole trace to merged records.
// The peers are timed on a file by peers.sh: nfpcapd -r F -w DIR and argus -X -r F -w /dev/null against meter_file F.
#include "core/session/project/meter_capture.h"
#include "tests/support/packet_generator.h"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>

namespace {

using namespace weir;

/// 4 M minimal frames with the session mix of 20 M packets in an hour (WEIR_BENCH_PACKETS changes the number).
testing::TraceSpec specOf(unsigned ipv6PerMille) {
    testing::TraceSpec spec;
    const char* wanted = std::getenv("WEIR_BENCH_PACKETS");
    spec.packets = wanted ? std::strtoull(wanted, nullptr, 10) : 4'000'000;
    spec.durationUs = static_cast<std::int64_t>(spec.packets * 180);
    spec.ipv6PerMille = ipv6PerMille;
    return spec;
}
const std::vector<std::byte>& trace4() {
    static const std::vector<std::byte> bytes = testing::traceBytes(specOf(0));
    return bytes;
}
const std::vector<std::byte>& trace6() {
    static const std::vector<std::byte> bytes = testing::traceBytes(specOf(1000));
    return bytes;
}
const std::vector<std::byte>& traceNg() {
    static const std::vector<std::byte> bytes = testing::traceBytes(specOf(0), testing::Container::pcapng);
    return bytes;
}

void readPackets(benchmark::State& state, const std::vector<std::byte>& bytes) {
    std::array<flow::PacketRecord, 64> batch;
    std::uint64_t packets = 0;
    for (auto _ : state) {
        auto file = capture::bestReader(bytes)->openPackets(bytes, {});
        while (const std::size_t n = (*file)->next(batch)) packets += n;
        benchmark::DoNotOptimize(batch);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(packets));
}

void meterTrace(benchmark::State& state, const std::vector<std::byte>& bytes) {
    std::uint64_t packets = 0;
    for (auto _ : state) {
        JobContext job({}, {}, static_cast<unsigned>(state.range(0)));
        const auto metered = session::meterCapture(bytes, *capture::bestReader(bytes), {}, {}, job);
        packets += metered->packetsMetered;
        state.counters["records"] = static_cast<double>(metered->flows.records.size());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(packets));
}

void readPcap(benchmark::State& state) { readPackets(state, trace4()); }
void readPcapng(benchmark::State& state) { readPackets(state, traceNg()); }
void readPcapIpv6(benchmark::State& state) { readPackets(state, trace6()); }
void pcapToRecords(benchmark::State& state) { meterTrace(state, trace4()); }
void pcapToRecordsIpv6(benchmark::State& state) { meterTrace(state, trace6()); }

BENCHMARK(readPcap)->Unit(benchmark::kMillisecond);
BENCHMARK(readPcapng)->Unit(benchmark::kMillisecond);
BENCHMARK(readPcapIpv6)->Unit(benchmark::kMillisecond);
BENCHMARK(pcapToRecords)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(pcapToRecordsIpv6)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
