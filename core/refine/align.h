// Aligns two rule texts side by side: equal lines, and the two versions of a rule, are next to each other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::refine {

enum class AlignKind : std::uint8_t { same, changed, removed, added };
/// A row of the side-by-side view.
struct AlignedLine {
    AlignKind kind = AlignKind::same;
    std::string before, after;                    ///< empty where a side has no line
    std::uint32_t lineBefore = 0, lineAfter = 0;  ///< from 1; 0 = no line
    std::string rule;                             ///< name of the rule on the line (on either side), empty = no rule
};
/// Aligns the texts. Every line of both occurs once, in order on each side. Cost: that of diffLines().
std::vector<AlignedLine> alignTexts(std::string_view before, std::string_view after);

/// Name of the rule on a line: "10" for "  10: Backsc !TRWscan"; quoted names without their quotes; empty = no rule.
std::string ruleNameOf(std::string_view line);

}  // namespace weir::refine
