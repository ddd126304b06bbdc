// Exporter, sampler and statistics records.
#include "core/capture/nfcapd_exporters.h"

#include "core/capture/nfcapd_format.h"

#include <algorithm>
#include <limits>

namespace weir::capture::nfcapd {
ExporterNotes::Note* ExporterNotes::of(std::uint16_t number) {
    const auto known = notes_.find(number);
    if (known != notes_.end()) return &known->second;
    return number == 0 || notes_.size() == kMost ? nullptr : &notes_[number];
}

bool ExporterNotes::note(std::uint16_t type, std::span<const std::byte> record, bool swapped) {
    return swapped ? read<true>(type, record) : read<false>(type, record);
}

template <bool Swapped>
bool ExporterNotes::read(std::uint16_t type, std::span<const std::byte> record) {
    const std::byte* const r = record.data();
    const auto u16 = [&](std::size_t at) { return numberAt<std::uint16_t, Swapped>(r + at); };
    const auto u32 = [&](std::size_t at) { return numberAt<std::uint32_t, Swapped>(r + at); };
    const auto u64 = [&](std::size_t at) { return numberAt<std::uint64_t, Swapped>(r + at); };
    if (type == kExporterInfo) {
        if (record.size() < kExporterBytes) return false;
        Note* const n = of(u16(kExporterNumberAt));
        if (!n || n->described) return true;
        n->described = true;
        n->exporter.version = u32(4) == kSflowVersion ? std::uint16_t(505) : std::uint16_t(u32(4));
        const bool v4 = u16(kExporterFamilyAt) == kFamilyV4;
        n->exporter.address = v4 ? flow::IpAddr::v4(std::uint32_t(u64(16))) : v6At<Swapped>(r + 8);
        n->exporter.domain = u32(kExporterDomainAt);
    } else if (type == kExporterStats) {
        if (record.size() < kStatsHeader || (record.size() - kStatsHeader) / kStatsBytes < u32(4)) return false;
        for (std::size_t i = 0, at = kStatsHeader; i < u32(4); ++i, at += kStatsBytes) {
            Note* const n = u32(at) <= 0xffff ? of(std::uint16_t(u32(at))) : nullptr;
            if (!n) continue;
            n->exporter.gaps += u32(at + 4);
            n->exporter.datagrams += u64(at + 8);
            n->exporter.records += u64(at + 16);
        }
    } else if (type == kSamplerV0) {
        if (record.size() < kSamplerV0Bytes) return false;
        if (Note* const n = of(u16(14))) n->exporter.samplingInterval = u32(8);
    } else {
        if (record.size() < kSamplerBytes) return false;
        const std::uint64_t taken = u32(16), left = u32(20);
        if (Note* const n = of(u16(4)); n && taken > 0)
            n->exporter.samplingInterval = std::uint32_t(std::min<std::uint64_t>((taken + left) / taken, 0xffffffffu));
    }
    return true;
}

void ExporterNotes::join(const ExporterNotes& later) {
    for (const auto& [number, theirs] : later.notes_) {
        Note* const n = of(number);
        if (!n) continue;
        flow::Exporter& ours = n->exporter;
        if (!n->described && theirs.described) {
            n->described = true;
            ours.version = theirs.exporter.version;
            ours.address = theirs.exporter.address;
            ours.domain = theirs.exporter.domain;
        }
        if (theirs.exporter.samplingInterval) ours.samplingInterval = theirs.exporter.samplingInterval;
        ours.gaps += theirs.exporter.gaps;
        ours.datagrams += theirs.exporter.datagrams;
        ours.records += theirs.exporter.records;
    }
}

std::vector<flow::Exporter> ExporterNotes::list() const {
    std::vector<flow::Exporter> out;
    for (const auto& [number, n] : notes_) {
        if (!n.described) continue;
        out.resize(number);
        out.back() = n.exporter;
    }
    return out;
}

}  // namespace weir::capture::nfcapd
