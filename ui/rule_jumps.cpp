// Works through the shared selection and the action that shows the rule text.
#include "ui/rule_jumps.h"

#include "ui/actions.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QCoreApplication>
#include <QMenu>

namespace weir::ui {

void goToRule(Workbench& workbench, int rule) {
    workbench.pick().setRule(rule);
    workbench.actions().get("rules.show")->trigger();
}

void addRuleJumps(QMenu& menu, Workbench& workbench, const std::vector<std::uint16_t>& rules) {
    const auto& judgement = workbench.rules().judgement();
    if (!judgement || rules.empty()) return;
    menu.addSeparator();
    for (const std::uint16_t rule : rules) {
        if (rule >= judgement->parsed.set.rules.size()) continue;
        const QString name = fromUtf8(judgement->parsed.set.rules[rule].name);
        menu.addAction(QCoreApplication::translate("weir::ui::RuleJumps", "Go to rule %1").arg(name), &workbench,
                       [&workbench, rule] { goToRule(workbench, rule); });
    }
}

}  // namespace weir::ui
