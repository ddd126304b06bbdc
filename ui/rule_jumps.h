// Context-menu entries "Go to rule …" for views that show rules.
#pragma once

#include <cstdint>
#include <vector>

class QMenu;

namespace weir::ui {

class Workbench;

/// Adds one entry per rule (indices in the current judgement); it selects the rule and shows its line in the rule text.
void addRuleJumps(QMenu& menu, Workbench& workbench, const std::vector<std::uint16_t>& rules);
/// Selects a rule (index in the current judgement) and shows its line in the rule text.
void goToRule(Workbench& workbench, int rule);

}  // namespace weir::ui
