// One part of the narrowing, in words, with a button that removes it.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace weir::ui {

/// Emits removed() when the button is clicked.
class FilterChip final : public QWidget {
    Q_OBJECT
public:
    explicit FilterChip(QWidget* parent);
    /// `what` = tool tip of the button ("Remove the time range"). The text is never elided.
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
