// A view: the content of one dock. Made by one line of view_registry.cpp; talks to others through the Workbench only.
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

class View : public QWidget {
    Q_OBJECT
public:
    View(Workbench& workbench, QWidget* parent);

    /// Text behind the dock's title in secondary colour: what is shown and what 100 % is ("29 of 143 · 165,385 flows =
    /// 100 %").
    const QString& scope() const { return scope_; }
    /// At most three small widgets for the dock's title row; owned by the view until the title takes them. Asked once.
    virtual QList<QWidget*> titleControls() { return {}; }
    /// What the project keeps for this view (columns, cut-off, zoom, chosen cell); restore() gets it back at opening,
    /// {} in a new project.
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
    /// Shows a centred line with what to do next instead of the content: empty and busy states. `action` becomes a
    /// button.
    void showState(const QString& what, const QString& next = {}, QAction* action = nullptr);
    /// A red line with reason and remedy instead of the content.
    void showError(const QString& reason, const QString& remedy = {});

private:
    Workbench& workbench_;
    QString scope_;
    QStackedLayout* stack_;
    StatePane* pane_;
};

}  // namespace weir::ui
