// Makes the docks of all views, arranges them by perspective, keeps the user's changes.
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

/// From resources/layout/*.json: a tree of splits and tabs over view ids, whether the central page shows, and which
/// rows it is about.
struct Perspective {
    QString id, title, key, question, needs;
    bool center = false;
    std::optional<session::Rows> rows;
    QJsonObject layout;
};

class DockHost : public QObject {
    Q_OBJECT
public:
    DockHost(QMainWindow& window, Workbench& workbench);
    /// All that have a tab, in order; the welcome arrangement is not among them.
    const std::vector<Perspective>& perspectives() const { return perspectives_; }
    const QString& current() const { return current_; }
    /// Where a new project begins.
    const QString& first() const;
    /// The user's arrangement of it, else the shipped one. "welcome" is known too.
    void show(const QString& perspective);
    /// Back to the shipped arrangement.
    void restoreDefault();
    /// Keeps the arrangement in the user settings.
    void save();

    QDockWidget* dock(const QString& viewId) const { return docks_.value(viewId); }
    /// Opens the dock, brings it to the front, gives it the focus.
    void raise(const QString& viewId);
    /// Page of the manual for the view that holds this widget; "index" for none.
    const char* helpPage(const QWidget* focus) const;
    QJsonObject viewStates() const;
    void restoreViewStates(const QJsonObject& states);

signals:
    void perspectiveChanged(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// A wanted width or height. Fixed ones stay when the window grows; the others share what is left.
    struct Size {
        QDockWidget* dock;
        int px;  ///< -1 = adopt what the layout gives
        Qt::Orientation orientation;
        bool fixed;
        int group;  ///< those of one group stand side by side and share by their px
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
    bool dragging_ = false;  ///< a line between docks is being moved
};

}  // namespace weir::ui
