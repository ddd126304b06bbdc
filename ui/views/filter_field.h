// The box of the filter bar: the filter text and, after it or on lines below, one chip for every other part of the
// narrowing.
#pragma once

#include "ui/state/narrowing.h"

#include <QWidget>

#include <array>

class QLabel;
class QToolButton;

namespace weir::ui {

class FilterChip;
class FilterEdit;
class Workbench;

/// Chips are never elided and never make the window wider: those that do not fit beside the text move below it.
class FilterField final : public QWidget {
    Q_OBJECT
public:
    FilterField(Workbench& workbench, FilterEdit& edit, QWidget* parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return place(width, false); }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void show();
    int place(int width, bool move) const;
    QString codesText(const QStringList& codes) const;

    Workbench& workbench_;
    FilterEdit& edit_;
    QLabel* magnifier_;
    QToolButton* clear_;
    FilterChip* heading_;
    FilterChip* codes_;
    FilterChip* times_;
};

}  // namespace weir::ui
