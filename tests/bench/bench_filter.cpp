// Filters over 10 M records of a project file: flows per second of counting and of selecting.
#include "core/base/job.h"
#include "core/flow/filter_parser.h"
#include "core/flow/filter_scan.h"
#include "core/flow/memory_source.h"
#include "core/store/project_file.h"

#include <benchmark/benchmark.h>

#include <unistd.h>
#include <filesystem>
#include <random>

namespace {

using namespace weir;
using namespace weir::flow;

constexpr std::size_t kRows = 10'000'000;
constexpr std::uint32_t kHosts = 1'200'000;

class NoTerms final : public FilterTerms {
public:
    TermAnswer find(std::string_view, std::string_view) const override { return {}; }
    std::vector<std::string> names(std::string_view) const override { return {}; }
    std::span<const std::uint8_t> hostBits() const override { return {}; }
    const DerivedFlows* derived() const override { return nullptr; }
    std::span<const std::uint64_t> words() const override { return {}; }
    std::span<const std::uint8_t> localIsInitiator() const override { return {}; }
};
const NoTerms kTerms;

AddressTable hosts() {
    Buffer<std::uint32_t> v4(kHosts);
    for (std::uint32_t i = 0; i < kHosts; ++i) v4[i] = 0x01000000 + i * 3001;
    return {std::move(v4), {}};
}

/// Records that arrive in time order, a third of them DNS, with a few busy ports.
RecordColumns records(std::size_t rows) {
    std::mt19937_64 r(1);
    RecordColumns c;
    c.resize(rows,
             ColSet{ColSet::metered().bits & ~cols(Col::reverseTcpFlags, Col::reversePackets, Col::reverseBytes).bits});
    constexpr std::uint16_t kPorts[] = {22, 25, 53, 53, 80, 443, 443, 8080};
    for (std::size_t i = 0; i < rows; ++i) {
        const std::uint64_t a = r(), b = r();
        c.start[i] = std::int64_t(i) * 360;
        c.end[i] = c.start[i] + std::int64_t(a % 3 ? a % 5'000'000 : 0);
        c.src[i] = HostId((a >> 20) % kHosts);
        c.dst[i] = HostId((b >> 20) % kHosts);
        c.srcPort[i] = std::uint16_t(1024 + (a >> 48) % 60000);
        c.dstPort[i] = a & 8 ? kPorts[b % 8] : std::uint16_t(b >> 48);
        c.protocol[i] = b % 16 == 0 ? 1 : a & 1 ? 6 : 17;
        c.icmpTypeCode[i] = c.protocol[i] == 1 ? 2048 : 0;
        if (c.icmpTypeCode[i]) c.srcPort[i] = c.dstPort[i] = 0;
        c.tcpFlags[i] = c.protocol[i] == 6 ? std::uint8_t(b >> 8 & 0x1f) : 0;
        c.packets[i] = 1 + (b >> 16) % 12;
        c.bytes[i] = c.packets[i] * (40 + (a >> 32) % 1400);
    }
    return c;
}

const MemorySource& memory() {
    static const MemorySource source(records(kRows), hosts());
    return source;
}

/// The same records in a project file of its own, removed at the end.
const ChunkSource& stored() {
    struct Stored {
        std::filesystem::path path =
            std::filesystem::temp_directory_path() / ("bench_filter_" + std::to_string(::getpid()) + ".weir");
        std::shared_ptr<const ChunkSource> source;
        Stored() {
            const MemorySource& from = memory();
            auto file = store::ProjectFile::create(path.string());
            auto writer = (*file)->beginSource();
            RecordColumns c;
            bool good = true;
            for (std::size_t chunk = 0; chunk < from.chunks().size() && good; ++chunk)
                good = from.read(chunk, ColSet::all(), c) && (*writer)->putColumns(std::uint32_t(chunk), c) &&
                       (*writer)->putIds(std::uint32_t(chunk), c.src, c.dst);
            store::SourceInfo info;
            info.path = "bench";
            info.kind = "nfcapd";
            info.flows = kRows;
            good = good && (*writer)->finish(info, from.addresses());
            writer->reset();
            if (!good) std::abort();
            source = *(*file)->records(2);
        }
        ~Stored() {
            source.reset();
            for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
        }
    };
    static const Stored s;
    return *s.source;
}

void scan(benchmark::State& state, const ChunkSource& source, const char* text, unsigned threads, bool rows) {
    const auto filter = Filter::compile(parseFilter(text, kTerms).root, source.addresses(), kTerms);
    std::uint64_t found = 0;
    for (auto _ : state) {
        JobContext job({}, {}, threads);
        found = scanRecords(source, *filter, kTerms, {rows, false}, job)->rows;
        benchmark::DoNotOptimize(found);
    }
    state.SetItemsProcessed(std::int64_t(state.iterations()) * std::int64_t(kRows));
    state.counters["found"] = double(found);
}

struct Case {
    const char* name;
    const char* text;
};
constexpr Case kCases[] = {
    {"proto", "proto tcp"},
    {"port", "dst port 53"},
    {"three_columns", "proto tcp and dst port 80 and packets > 3"},
    {"either_port", "port 443"},
    {"network", "src net 20.0.0.0/8"},
    {"host", "ip 1.0.11.185"},
    {"port_list", "port in [22 25 53 80 443 8080]"},
    {"flags", "flags S and not flags AFRPU"},
    {"rate", "bps > 100k"},
    {"time", "first seen < 1970-01-01T00:06:00Z and proto udp"},
    {"either_or", "proto udp and dst port 53 or bytes > 10k and not src net 64.0.0.0/2"},
};

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    for (const Case& c : kCases)
        for (const unsigned threads : {1u, 2u}) {
            const std::string suffix = std::string(c.name) + "/threads:" + std::to_string(threads);
            benchmark::RegisterBenchmark(("count_store/" + suffix).c_str(),
                                         [=](benchmark::State& s) { scan(s, stored(), c.text, threads, false); })
                ->UseRealTime()
                ->Unit(benchmark::kMillisecond);
            benchmark::RegisterBenchmark(("select_store/" + suffix).c_str(),
                                         [=](benchmark::State& s) { scan(s, stored(), c.text, threads, true); })
                ->UseRealTime()
                ->Unit(benchmark::kMillisecond);
        }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
