// See pick.h.
#include "ui/state/pick.h"

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

void Pick::setRecord(std::optional<std::uint32_t> row) {
    if (record_ == row) return;
    record_ = row;
    emit recordPicked();
}

void Pick::setCode(int test) {
    if (code_ == test) return;
    code_ = test;
    emit codePicked();
}

void Pick::setSubject(const std::optional<session::PortraitSubject>& subject) {
    if (subject_ == subject) return;
    subject_ = subject;
    emit subjectPicked();
}

void Pick::clear() {
    setFlow({});
    setCombination({});
    setClassPair(-1, -1);
    setRule(-1);
    setRecord({});
    setCode(-1);
    setSubject({});
}

}  // namespace weir::ui
