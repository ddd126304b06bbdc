// Every action of the window by id: feeds menus, shortcuts, the key table in Help and the command palette.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>
#include <QString>

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace weir::ui {

struct ActionDef {
    std::string_view id;     ///< "file.open"
    const char* menu;        ///< "&File"; nullptr = in no menu, only in the palette
    const char* text;        ///< translated in context "weir::ui::Actions"
    const char* shortcut;    ///< portable text, may be ""
    const char* help;        ///< one line for the palette and the status bar
    bool separator = false;  ///< a line above it in the menu
};
std::span<const ActionDef> actionTable();

class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QObject* parent = nullptr);

    /// REQUIRES: the id is in actionTable().
    QAction* get(std::string_view id) const;
    /// All of them in table order, then those added.
    const std::vector<QAction*>& all() const { return all_; }
    /// Calls `slot` when the action runs, as long as `receiver` lives. An action nobody answers to stays out of menus
    /// and palette.
    template <class Slot>
    void bind(std::string_view id, const QObject* receiver, Slot slot) {
        connect(get(id), &QAction::triggered, receiver, std::move(slot));
        get(id)->setVisible(true);
    }
    /// Adds an action made elsewhere (docks, perspectives) to the palette.
    void add(QAction* action);

private:
    std::vector<QAction*> all_;
    QHash<QString, QAction*> byId_;
};

}  // namespace weir::ui
