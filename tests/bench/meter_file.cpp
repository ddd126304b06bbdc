// Meters one packet trace in memory and prints one line of JSON: what peers.sh holds against nfpcapd and argus. The
// time begins before the file is opened and ends with the merged records.
#include "core/base/mapped_file.h"
#include "core/session/project/meter_capture.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>

using namespace weir;

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: meter_file FILE [THREADS]\n");
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto file = MappedFile::open(argv[1]);
    if (!file) {
        std::fprintf(stderr, "%s\n", file.error().detail.c_str());
        return 2;
    }
    const capture::ReaderDef* reader = capture::bestReader(file->bytes());
    if (!reader || !reader->isTrace()) {
        std::fprintf(stderr, "%s\n",
                     reader ? "no packets in this format" : capture::describeUnknown(file->bytes()).c_str());
        return 2;
    }
    JobContext job({}, {}, argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 0);
    const auto metered = session::meterCapture(file->file(), *reader, {}, {}, job);
    if (!metered) {
        std::fprintf(stderr, "%s\n", metered.error().detail.c_str());
        return 2;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    const auto sum = [](const Buffer<std::uint64_t>& a) {
        return static_cast<unsigned long long>(std::accumulate(a.begin(), a.end(), std::uint64_t{0}));
    };
    const flow::RecordColumns& r = metered->flows.records;
    std::printf(
        "{\"seconds\": %.4f, \"packets\": %llu, \"metered\": %llu, \"records\": %zu, \"record_packets\": %llu, "
        "\"record_bytes\": %llu, "
        "\"hosts\": %zu, \"damaged\": %llu}\n",
        seconds.count(), static_cast<unsigned long long>(metered->packetsSeen),
        static_cast<unsigned long long>(metered->packetsMetered), r.size(), sum(r.packets) + sum(r.reversePackets),
        sum(r.bytes) + sum(r.reverseBytes), metered->flows.addresses.size(),
        static_cast<unsigned long long>(metered->drops.damaged()));
    return 0;
}
