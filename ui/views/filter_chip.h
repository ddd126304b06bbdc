// One thing that narrows the view, in words, with a button that removes it.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace weir::ui {

class FilterChip final : public QWidget {
    Q_OBJECT
public:
    explicit FilterChip(QWidget* parent);
    /// `what` names it in the button's help ("Remove the time range"); never elided.
    void set(const QString& text, const QString& help, const QString& what);
    QString text() const;
    QToolButton& button() const { return *remove_; }
    QSize sizeHint() const override;

signals:
    void removed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QLabel* label_;
    QToolButton* remove_;
};

/// The small ✕ of chips and of the filter text.
QToolButton* removeButton(QWidget* parent);

}  // namespace weir::ui
