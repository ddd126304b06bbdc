// A table inside the Inspector: as high as its rows, long texts wrap instead of being cut.
#pragma once

#include <QTableView>

namespace weir::ui {

class InspectorTable final : public QTableView {
    Q_OBJECT
public:
    /// `stretched`: the column that takes the remaining width and wraps.
    InspectorTable(QAbstractItemModel* model, int stretched, QWidget* parent = nullptr);
    void showHeader(bool show);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void fit();
    int height_ = 0;
};

}  // namespace weir::ui
