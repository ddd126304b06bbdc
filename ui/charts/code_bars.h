// Horizontal bars, one per code: how many records have it (a record counts once for each of its codes).
#pragma once

#include "ui/code_look.h"

#include <QAbstractScrollArea>
#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// Rows are shown in the given order. One row can be current, by click or arrow keys.
class CodeBars final : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Bar {
        int test = 0;
        QString name;  ///< in full
        QColor color;
        std::uint64_t records = 0;
    };
    explicit CodeBars(QWidget* parent = nullptr);
    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return bars_; }
    /// Sets the current row by Bar::test; -1 = none.
    void setCurrent(int test);
    int current() const { return current_; }

signals:
    void picked(int test);
    void activated(int test);  ///< double click or Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    int barHeight() const;
    int nameWidth() const;
    int axisHeight() const;
    int rowAt(int y) const;  ///< -1 = none
    int rowOf(int test) const;
    void updateBar();
    void paintAxis(QPainter& painter, const QRect& plot, double most) const;

    std::vector<Bar> bars_;
    int current_ = -1;
};

}  // namespace weir::ui
