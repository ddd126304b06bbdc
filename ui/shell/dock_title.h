// The title row of every panel: name, scope in secondary colour, the view's controls, float and close.
#pragma once

#include <QWidget>

class QDockWidget;
class QLabel;

namespace weir::ui {

class View;

/// Takes over the view's title controls.
class DockTitle final : public QWidget {
    Q_OBJECT
public:
    DockTitle(QDockWidget& dock, View& view);
    QSize sizeHint() const override;  ///< the dock widget places its content by this height
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showScope();
    View& view_;
    QLabel* name_;
    QLabel* scope_;
};

}  // namespace weir::ui
