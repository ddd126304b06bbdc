// The readers: one line each.
#include "core/capture/export_file.h"
#include "core/capture/nfcapd_reader.h"
#include "core/capture/pcap_reader.h"
#include "core/capture/pcapng_reader.h"
#include "core/capture/reader.h"
#include "core/capture/text_formats.h"

#include <algorithm>
#include <array>

namespace weir::capture {
namespace {

constexpr std::size_t kProbedBytes = 4096;

// clang-format off
constexpr auto kReaders = std::to_array<ReaderDef>({
    {"pcap", "pcap packet trace", probePcap, nullptr, openPcap},
    {"pcapng", "pcapng packet trace", probePcapng, nullptr, openPcapng},
    {"netflow", "NetFlow 1, 5, 7 and 9 datagrams", probeNetflow, openDatagrams, nullptr},
    {"ipfix", "IPFIX file or datagrams", probeIpfix, openDatagrams, nullptr},
    {"nfcapd", "nfcapd flow file of nfdump", probeNfcapd, openNfcapd, nullptr},
    {"nfdump-csv", "nfdump CSV", text::probeAs<text::planNfdump>, text::openAs<text::planNfdump>, nullptr},
    {"zeek", "Zeek conn.log", text::probeAs<text::planZeek>, text::openAs<text::planZeek>, nullptr},
    {"zeek-json", "Zeek conn.log in JSON", text::probeAs<text::planZeekJson>, text::openAs<text::planZeekJson>, nullptr},
    {"argus", "Argus text (binetflow)", text::probeAs<text::planArgus>, text::openAs<text::planArgus>, nullptr},
    {"cicflowmeter", "CICFlowMeter CSV", text::probeAs<text::planCicFlowMeter>, text::openAs<text::planCicFlowMeter>, nullptr},
    {"rwcut", "SiLK rwcut text", text::probeAs<text::planRwcut>, text::openAs<text::planRwcut>, nullptr},
    {"ipfix-text", "CSV or JSON lines with IPFIX names", text::probeAs<text::planIpfix>, text::openAs<text::planIpfix>, nullptr},
    {"csv", "delimited text with a mapping", text::probeMapped, text::openMapped, nullptr},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 0; i < kReaders.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (kReaders[i].id == kReaders[j].id) return false;
        return true;
    }(),
    "reader ids are stored with sources and unique");

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
