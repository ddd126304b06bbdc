// Row or column header of a heat map: the class as swatch plus short name.
#pragma once

#include <QHeaderView>

namespace weir::ui {

/// Sections come from DisplayRole (short name) and kClassesRole (colour).
class HeatHeader final : public QHeaderView {
    Q_OBJECT
public:
    explicit HeatHeader(Qt::Orientation orientation, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
};

}  // namespace weir::ui
