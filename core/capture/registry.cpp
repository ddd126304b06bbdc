// The readers: one line each.
#include "core/capture/nfcapd_reader.h"
#include "core/capture/pcap_reader.h"
#include "core/capture/pcapng_reader.h"
#include "core/capture/reader.h"

#include <algorithm>
#include <array>

namespace weir::capture {
namespace {

constexpr std::size_t kProbedBytes = 4096;

constexpr auto kReaders = std::to_array<ReaderDef>({
    {"pcap", "pcap packet trace", probePcap, nullptr, openPcap},
    {"pcapng", "pcapng packet trace", probePcapng, nullptr, openPcapng},
    {"nfcapd", "nfcapd flow file of nfdump", probeNfcapd, openNfcapd, nullptr},
});
static_assert([] {
    for (std::size_t i = 0; i < kReaders.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (kReaders[i].id == kReaders[j].id) return false;
    return true;
}(), "reader ids are stored with sources and unique");

}  // namespace

std::span<const ReaderDef> readers() { return kReaders; }

const ReaderDef* bestReader(std::span<const std::byte> head) {
    const auto seen = head.first(std::min(head.size(), kProbedBytes));
    const ReaderDef* best = nullptr;
    int surest = 0;
    for (const ReaderDef& reader : kReaders) {
        const int score = reader.probe(seen);
        if (score <= surest) continue;
        surest = score;
        best = &reader;
    }
    return best;
}

}  // namespace weir::capture
