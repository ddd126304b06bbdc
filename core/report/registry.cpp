// One line per section.
#include "core/report/registry.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace weir::report {
namespace {

// clang-format off
constexpr auto kSections = std::to_array<SectionDef>({
    {"classes",      "Classes",           "flows, packets and bytes of each class and rule",                 classSection,       false},
    {"conflicts",    "Conflicts",         "flows that several classes claim, and what is impossible",        conflictSection,    false},
    {"combinations", "Sign combinations", "sign combinations, most flows first",                             combinationSection, false},
    {"iterations",   "Iterations",        "the saved rule sets with their numbers and edits",                iterationSection,   false},
    {"comparison",   "Comparison",        "flows that change class between two rule sets",                   comparisonSection,  false},
    {"scores",       "Scores",            "codes, combinations by badness, top sources and ports",           scoreSection,       false},
    {"outages",      "Outages",           "local services that did not answer, and for how many clients",    outageSection,      false},
    {"inputs",       "Inputs and settings", "captures with hashes, drops, lists, settings, rules, versions",  inputSection,      true},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 0; i < kSections.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (kSections[i].id == kSections[j].id) return false;
        return true;
    }(),
    "sections are unique");

}  // namespace

std::span<const SectionDef> sections() { return kSections; }

Document makeReport(const Material& material, std::span<const std::string_view> only) {
    Document out;
    out.title = "Report on " + material.project.substr(material.project.find_last_of('/') + 1);
    std::uint64_t flows = 0;
    for (const Input& input : material.inputs) flows += input.flows;
    out.subtitle =
        counted(material.inputs.size(), "capture", "captures") + ", " + counted(flows, "flow record", "flow records");
    out.made = material.made;
    out.program = material.program;
    for (const SectionDef& def : kSections) {
        if (!only.empty() && !def.always && std::find(only.begin(), only.end(), def.id) == only.end()) continue;
        auto section = def.build(material);
        if (!section) continue;
        section->id = def.id;
        section->title = def.title;
        out.sections.push_back(std::move(*section));
    }
    return out;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
    return grouped(n).append(" ").append(n == 1 ? one : many);
}

}  // namespace weir::report
