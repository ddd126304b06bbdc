// Creates the panels of all views, arranges them by perspective, and saves the user's layout.
#pragma once

#include "core/session/rows/select.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QString>

#include <optional>
#include <vector>

class QDockWidget;
class QMainWindow;

namespace weir::ui {

class View;
class Workbench;

/// A perspective, from resources/layout/*.json: a tree of splits and tabs over view ids, whether the central page is
/// shown, and which rows it lists.
struct Perspective {
    QString id, title, key, question, needs;
    bool center = false;
    std::optional<session::Rows> rows;
    QJsonObject layout;
};

/// GUI thread only. Panels are created once and live as long as the window.
class DockHost : public QObject {
    Q_OBJECT
public:
    DockHost(QMainWindow& window, Workbench& workbench);
    /// All perspectives that have a tab, in order; "welcome" is not among them.
    const std::vector<Perspective>& perspectives() const { return perspectives_; }
    const QString& current() const { return current_; }
    /// The perspective that a new project starts with.
    const QString& first() const;
    /// Shows a perspective in the user's layout, or in the default layout when there is none. Also accepts "welcome".
    void show(const QString& perspective);
    /// Restores the default layout of the current perspective.
    void restoreDefault();
    /// Saves the layout in the user settings.
    void save();

    QDockWidget* dock(const QString& viewId) const { return docks_.value(viewId); }
    /// Opens the panel, brings it to the front and gives it the focus.
    void raise(const QString& viewId);
    /// Manual page of the view that contains this widget; "index" when there is none.
    const char* helpPage(const QWidget* focus) const;
    QJsonObject viewStates() const;
    void restoreViewStates(const QJsonObject& states);

signals:
    void perspectiveChanged(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// A requested width or height. Fixed sizes stay when the window grows; the others share the remaining room.
    struct Size {
        QDockWidget* dock;
        int px;  ///< -1 = use what the layout gives
        Qt::Orientation orientation;
        bool fixed;
        int group;  ///< panels of one group are side by side and share room in proportion to px
    };
    void makeDock(std::size_t view);
    void arrange(const Perspective& perspective);
    QDockWidget* leader(const QJsonValue& node) const;
    void split(const QJsonValue& node, int group);
    void resizeTo(bool onlyFixed);
    void settle(bool onlyFixed, int steps = 8);
    void shareRest();
    static int actual(const Size& size);
    const Perspective* find(const QString& id) const;

    QMainWindow& window_;
    Workbench& workbench_;
    QHash<QString, QDockWidget*> docks_;
    QHash<QString, View*> views_;
    std::vector<Perspective> perspectives_;
    Perspective welcome_;
    QString current_;
    std::vector<Size> sizes_;
    int groups_ = 0;
    bool dragging_ = false;  ///< a separator between panels is being moved
};

}  // namespace weir::ui
