// See pick.h.
#include "ui/pick.h"

namespace weir::ui {

void Pick::setFlow(std::optional<std::uint32_t> derivedRow) {
    if (flow_ == derivedRow) return;
    flow_ = derivedRow;
    emit flowPicked();
}

void Pick::setCombination(std::optional<std::uint64_t> word) {
    if (word_ == word) return;
    word_ = word;
    emit combinationPicked();
}

void Pick::setClassPair(int a, int b) {
    if (a_ == a && b_ == b) return;
    a_ = a;
    b_ = b;
    emit classPairPicked();
}

void Pick::setRule(int rule) {
    if (rule_ == rule) return;
    rule_ = rule;
    emit rulePicked();
}

void Pick::clear() {
    setFlow({});
    setCombination({});
    setClassPair(-1, -1);
    setRule(-1);
}

}  // namespace weir::ui
