// The empty, busy or error state of a view: one line that says what happened, one that says what to do, at most one
// button.
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace weir::ui {

/// The button triggers the action of set(); without one it is hidden.
class StatePane final : public QWidget {
    Q_OBJECT
public:
    explicit StatePane(QWidget* parent = nullptr);
    void set(const QString& what, const QString& next, QAction* action, bool error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    QLabel* what_;
    QLabel* next_;
    QToolButton* button_;
    bool error_ = false;
};

}  // namespace weir::ui
