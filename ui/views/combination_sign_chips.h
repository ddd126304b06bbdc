// The signs by which the table is filtered, each with a cross that lifts it.
#pragma once

#include "core/rules/rule_set.h"

#include <QWidget>

#include <span>
#include <string>

class QHBoxLayout;

namespace weir::ui {

class CombinationSignChips final : public QWidget {
    Q_OBJECT
public:
    explicit CombinationSignChips(QWidget* parent = nullptr);
    void set(rules::Word require, rules::Word forbid, std::span<const std::string> names);  ///< by bit

signals:
    void lifted(int sign);

private:
    void add(const QString& text, int sign);
    QHBoxLayout* row_;
};

}  // namespace weir::ui
