// Reading columns back from the project file, sign words in and out, and the codecs alone.
#include "core/base/parallel.h"
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "core/store/column_codec.h"
#include "tests/support/nfcapd_writer.h"
#include "tests/support/traffic.h"

#include <benchmark/benchmark.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace {

using namespace weir;
namespace fs = std::filesystem;

std::uint64_t flowCount() {
    const char* text = std::getenv("WEIR_BENCH_FLOWS");
    return text ? std::strtoull(text, nullptr, 10) : 2'000'000;
}

/// A project with one imported source, made once.
class Fixture {
public:
    Fixture() : folder_(fs::temp_directory_path() / ("weir-bench-store-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        const std::string file = (folder_ / "flows.nfcapd").string();
        {
            std::ofstream out(file, std::ios::binary);
            test::NfcapdWriter writer(out, {});
            test::TrafficShape shape;
            shape.flows = flowCount();
            test::Traffic traffic(shape);
            test::NfcapdRow row;
            while (traffic.next(row)) writer.add(row);
            writer.finish();
        }
        project_ = *session::createProject((folder_ / "p.weir").string());
        JobContext job;
        session::ImportRequest request;
        request.paths = {file};
        if (!session::importFiles(*project_, request, job)) std::abort();
    }
    ~Fixture() {
        project_.reset();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Fixture(const Fixture&) = delete;
    Fixture& operator=(const Fixture&) = delete;
    session::Project& project() const { return *project_; }

private:
    fs::path folder_;
    session::ProjectPtr project_;
};

const Fixture& fixture() {
    static const Fixture made;
    return made;
}

void readColumns(benchmark::State& state, flow::ColSet wanted) {
    const auto records = fixture().project().snapshot()->records;
    const auto threads = unsigned(state.range(0));
    for (auto _ : state) {
        std::vector<flow::RecordColumns> columns(threads);
        parallelFor(records->chunks().size(), threads,
                    [&](std::size_t c, unsigned w) { return bool(records->read(c, wanted, columns[w])); });
    }
    state.SetItemsProcessed(std::int64_t(records->rows()) * state.iterations());
}
BENCHMARK_CAPTURE(readColumns, all, flow::ColSet::all())
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(readColumns, dstPort, flow::cols(flow::Col::dstPort))
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(readColumns, ids, flow::cols(flow::Col::src, flow::Col::dst))
    ->ArgName("threads")
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

Buffer<std::uint64_t> signWords() {
    std::mt19937_64 rng(1);
    Buffer<std::uint64_t> words(std::size_t(flowCount() * 7 / 10));
    for (auto& w : words) {
        const std::uint64_t r = rng();
        w = r % 10 < 4 ? 0 : (r % 16 ? (r >> 20) % 12 : (r >> 20) % 90) * 0x41 + 0x4000;
    }
    return words;
}

void saveWords(benchmark::State& state) {
    const Buffer<std::uint64_t> words = signWords();
    JobContext job;
    const std::uint64_t before = fixture().project().reading()->bytesOnDisk();
    for (auto _ : state)
        if (!fixture().project().writing()->saveWords("bench", words.span(), job)) state.SkipWithError("not saved");
    state.SetItemsProcessed(std::int64_t(words.size()) * state.iterations());
    store::Bytes blob;
    store::encodeColumn(words.span().first(std::min<std::size_t>(words.size(), 65536)), store::Packing::dictionary,
                        blob);
    state.counters["bytes_per_word"] = double(blob.size()) / double(std::min<std::size_t>(words.size(), 65536));
    state.counters["grew_by"] = double(fixture().project().reading()->bytesOnDisk() - before);
}
BENCHMARK(saveWords)->UseRealTime()->Unit(benchmark::kMillisecond);

void loadWords(benchmark::State& state) {
    const Buffer<std::uint64_t> words = signWords();
    JobContext job;
    (void)fixture().project().writing()->saveWords("bench", words.span(), job);
    for (auto _ : state) benchmark::DoNotOptimize(fixture().project().reading()->loadWords("bench", job));
    state.SetItemsProcessed(std::int64_t(words.size()) * state.iterations());
}
BENCHMARK(loadWords)->UseRealTime()->Unit(benchmark::kMillisecond);

template <class T>
void encode(benchmark::State& state, std::uint64_t spread, std::uint64_t step, store::Packing packing) {
    std::mt19937_64 rng(1);
    std::vector<T> values(65536);
    for (auto& v : values) v = static_cast<T>((rng() % spread) * step);
    store::Bytes blob;
    for (auto _ : state) {
        blob.clear();
        store::encodeColumn(std::span<const T>(values), packing, blob);
        benchmark::DoNotOptimize(blob.data());
    }
    state.SetItemsProcessed(65536 * state.iterations());
    state.counters["bytes_per_value"] = double(blob.size()) / 65536;
}
void encodeMilliseconds(benchmark::State& s) { encode<std::int64_t>(s, 300000, 1000, store::Packing::offsets); }
void encodeCounters(benchmark::State& s) { encode<std::uint64_t>(s, 20, 1, store::Packing::offsets); }
void encodeIds(benchmark::State& s) { encode<std::uint32_t>(s, 1200000, 1, store::Packing::offsets); }
void encodePorts(benchmark::State& s) { encode<std::uint16_t>(s, 65536, 1, store::Packing::offsets); }
void encodeFlags(benchmark::State& s) { encode<std::uint8_t>(s, 8, 3, store::Packing::entropy); }
BENCHMARK(encodeMilliseconds);
BENCHMARK(encodeCounters);
BENCHMARK(encodeIds);
BENCHMARK(encodePorts);
BENCHMARK(encodeFlags);

}  // namespace

BENCHMARK_MAIN();
