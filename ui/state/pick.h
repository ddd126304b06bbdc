// The selection that views share: one flow, record, host or port, combination of signs, class pair, rule or code.
// Linked views follow it; a selection never narrows a list (narrowing.h does).
#pragma once

#ifndef Q_MOC_RUN  // moc 6.4 cannot parse <concepts>, which comes with <compare>
#include "core/session/verbs/portrait.h"
#endif

#include <QObject>

#include <cstdint>
#include <optional>

namespace weir::ui {

/// Selecting one kind leaves the others as they are; nullopt or -1 = nothing of that kind is selected. Signals are
/// emitted only on change.
class Pick : public QObject {
    Q_OBJECT
public:
    explicit Pick(QObject* parent = nullptr) : QObject(parent) {}

    const std::optional<std::uint32_t>& flow() const { return flow_; }         ///< derived row of the current snapshot
    const std::optional<std::uint64_t>& combination() const { return word_; }  ///< sign word
    int classA() const { return a_; }  ///< class indices of the judgement, -1 = none
    int classB() const { return b_; }
    int rule() const { return rule_; }                                      ///< index in the rule set, -1 = none
    const std::optional<std::uint32_t>& record() const { return record_; }  ///< project row of the current snapshot
    int code() const { return code_; }  ///< index of a test in the score profile, -1 = none

    const std::optional<session::PortraitSubject>& subject() const { return subject_; }  ///< a host or a port

    void setFlow(std::optional<std::uint32_t> derivedRow);
    void setCombination(std::optional<std::uint64_t> word);
    void setClassPair(int a, int b);
    void setRule(int rule);
    void setRecord(std::optional<std::uint32_t> row);
    void setCode(int test);
    /// REQUIRES: no combination of codes.
    void setSubject(const std::optional<session::PortraitSubject>& subject);
    void clear();

signals:
    void flowPicked();
    void combinationPicked();
    void classPairPicked();
    void rulePicked();
    void recordPicked();
    void codePicked();
    void subjectPicked();

private:
    std::optional<std::uint32_t> flow_, record_;
    std::optional<std::uint64_t> word_;
    std::optional<session::PortraitSubject> subject_;
    int a_ = -1, b_ = -1, rule_ = -1, code_ = -1;
};

}  // namespace weir::ui
