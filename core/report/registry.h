// The sections a report can have, in their order.
#pragma once

#include "core/report/document.h"
#include "core/report/material.h"

#include <optional>
#include <span>
#include <string_view>

namespace weir::report {

/// A section: one entry of the registry.
struct SectionDef {
    std::string_view id, title;
    std::string_view help;  ///< one line
    /// Builds the section; nullopt when the material has nothing for it.
    std::optional<Section> (*build)(const Material&);
    bool always = false;  ///< part of every report, whatever sections are selected
};
/// All sections, in the order of the report.
std::span<const SectionDef> sections();

/// Builds a document of the named sections (all when none is named) and those that are always included, in the order of
/// the registry.
Document makeReport(const Material& material, std::span<const std::string_view> only);

/// "1 flow" for n = 1, else "1,234 flows".
std::string counted(std::uint64_t n, std::string_view one, std::string_view many);

std::optional<Section> classSection(const Material& material);
std::optional<Section> conflictSection(const Material& material);
std::optional<Section> combinationSection(const Material& material);
std::optional<Section> iterationSection(const Material& material);
std::optional<Section> comparisonSection(const Material& material);
std::optional<Section> scoreSection(const Material& material);
std::optional<Section> outageSection(const Material& material);
std::optional<Section> inputSection(const Material& material);

}  // namespace weir::report
