// What exporters say about themselves in options data: samplers, interface names, when they booted.
#pragma once

#include "core/capture/export_template.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace weir::capture {

/// One packet of `interval` is seen; 0 = not known.
struct SamplerTable {
    std::uint32_t common = 0;                                   ///< of the whole exporter
    std::vector<std::pair<std::uint64_t, std::uint32_t>> byId;  ///< sampler or selector id → interval

    /// For records that name sampler `id`.
    std::uint32_t of(std::uint64_t id) const;
    /// For records that name none.
    std::uint32_t forAll() const { return common == 0 && byId.size() == 1 ? byId[0].second : common; }
    /// False: nothing changed, or there is no room for another sampler.
    bool set(std::optional<std::uint64_t> id, std::uint32_t interval);
};

struct OptionsRecord {
    std::optional<std::uint64_t> sampler;
    std::uint32_t interval = 0;  ///< 0 = says nothing about sampling
    std::optional<std::uint32_t> interface;
    std::string interfaceName;
    std::uint64_t bootMs = 0;  ///< since 1970; 0 = not said
};
/// REQUIRES t.options. Sources: IANA's IPFIX information elements 10, 14, 34, 48, 50, 82, 83, 160, 302, 305, 306, 309,
/// 310.
void readOptions(const RecordTemplate& t, std::span<const std::byte> content,
                 const std::function<void(const OptionsRecord&)>& use);

}  // namespace weir::capture
