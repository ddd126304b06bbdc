// A view: the content of one panel. Created by one line of view_registry.cpp; talks to other views through the
// Workbench only.
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QWidget>

class QAction;
class QStackedLayout;

namespace weir::ui {

class StatePane;
class Workbench;

/// GUI thread only. A view lives as long as the window.
class View : public QWidget {
    Q_OBJECT
public:
    View(Workbench& workbench, QWidget* parent);

    /// Text after the panel's title, in secondary colour: what is shown and what 100 % is ("29 of 143 · 165,385 flows =
    /// 100 %").
    const QString& scope() const { return scope_; }
    /// At most three small widgets for the panel's title row. The view owns them until the title row takes them. Called
    /// once.
    virtual QList<QWidget*> titleControls() { return {}; }
    /// View state that the project saves (columns, cut-off, zoom, selected cell). restore() receives it when the
    /// project is opened, or {} in a new project.
    virtual QJsonObject state() const { return {}; }
    virtual void restore(const QJsonObject&) {}

signals:
    void scopeChanged(const QString& scope);

protected:
    Workbench& workbench() const { return workbench_; }
    void setScope(const QString& scope);
    /// The widget shown when there is something to show. Takes ownership.
    void setContent(QWidget* content);
    void showContent();
    /// Shows an empty or busy state instead of the content: a centred line and what to do next. `action` becomes a
    /// button.
    void showState(const QString& what, const QString& next = {}, QAction* action = nullptr);
    /// Shows an error instead of the content: a red line with the reason and what to do.
    void showError(const QString& reason, const QString& remedy = {});

private:
    Workbench& workbench_;
    QString scope_;
    QStackedLayout* stack_;
    StatePane* pane_;
};

}  // namespace weir::ui
