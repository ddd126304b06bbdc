// "Go to rule …" in the menu of whatever names rules.
#pragma once

#include <cstdint>
#include <vector>

class QMenu;

namespace weir::ui {

class Workbench;

/// A line for each rule (indices of the present judgement): it picks the rule and brings the rule text to its line.
void addRuleJumps(QMenu& menu, Workbench& workbench, const std::vector<std::uint16_t>& rules);
void goToRule(Workbench& workbench, int rule);

}  // namespace weir::ui
