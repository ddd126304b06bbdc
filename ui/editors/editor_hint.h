// The small pane over the rule text that shows the error at the cursor and how to fix it.
#pragma once

#include "core/base/diagnostic.h"

#include <QLabel>

namespace weir::ui {

/// Emits fixWanted() when the user clicks the offered fix.
class EditorHint final : public QLabel {
    Q_OBJECT
public:
    explicit EditorHint(QWidget* viewport);
    /// Shows the hint in the lower right corner, or in the upper one when `keepFree` (the cursor) is there.
    void showFor(const Diagnostic& diagnostic, const QRect& keepFree);
    void showNotice(const QString& reason, const QRect& keepFree);
    QString plainText() const { return plain_; }

signals:
    void fixWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void place(const QString& html, const QRect& keepFree);
    void layOut(const QString& html, int room);

    QString plain_;
    int laidOutFor_ = -1;  ///< available width of the last layout; -1 = none yet
};

}  // namespace weir::ui
