// A table inside the Inspector: its height follows its rows, long texts wrap.
#pragma once

#include <QTableView>

#include <functional>

class QMenu;

namespace weir::ui {

/// Has no scroll bars of its own; the Inspector scrolls.
class InspectorTable final : public QTableView {
    Q_OBJECT
public:
    using Menu = std::function<void(QMenu&, const QModelIndex&)>;
    /// `stretched` = column that gets the remaining width and wraps. `more` adds entries to the context menu.
    InspectorTable(QAbstractItemModel* model, int stretched, const Menu& more = {}, QWidget* parent = nullptr);
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
