// Two rule texts side by side: equal lines stand beside each other, and so do the two versions of a rule.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::refine {

enum class AlignKind : std::uint8_t { same, changed, removed, added };
struct AlignedLine {
    AlignKind kind = AlignKind::same;
    std::string before, after;                    ///< empty where there is no such line
    std::uint32_t lineBefore = 0, lineAfter = 0;  ///< from 1; 0 = no line
    std::string rule;                             ///< name of the rule on the line (of either), empty = no rule
};
/// Every line of both texts once, in order on both sides. Cost: that of diffLines().
std::vector<AlignedLine> alignTexts(std::string_view before, std::string_view after);

/// "10" of "  10: Backsc !TRWscan", `"two words"` without its quotes; empty = no rule.
std::string ruleNameOf(std::string_view line);

}  // namespace weir::refine
