// The signs that the table is filtered by, each with a button that removes it.
#pragma once

#include "core/rules/rule_set.h"

#include <QWidget>

#include <span>
#include <string>

class QHBoxLayout;

namespace weir::ui {

/// Emits lifted() with the sign's bit, or -1 for all signs.
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
