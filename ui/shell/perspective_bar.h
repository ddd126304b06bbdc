// The perspectives as tabs in the menu row, the current one underlined.
#pragma once

#include <QTabBar>

namespace weir::ui {

class DockHost;

/// Follows and changes DockHost::current().
class PerspectiveBar final : public QTabBar {
    Q_OBJECT
public:
    PerspectiveBar(DockHost& docks, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize tabSizeHint(int index) const override;

private:
    void follow();
    DockHost& docks_;
};

}  // namespace weir::ui
