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

/// One action: static data, one line of actionTable().
struct ActionDef {
    std::string_view id;     ///< "file.open"
    const char* menu;        ///< "&File"; nullptr = in no menu, only in the palette
    const char* text;        ///< translated in context "weir::ui::Actions"
    const char* shortcut;    ///< portable text, may be ""
    const char* help;        ///< one line for the palette and the status bar
    bool separator = false;  ///< a line above it in the menu
};
/// All actions of the window, in menu order. Ids are unique.
std::span<const ActionDef> actionTable();

/// Creates a QAction for every line of actionTable() and finds it by id. Owns all of them.
class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QObject* parent = nullptr);

    /// The action with this id. REQUIRES: the id is in actionTable().
    QAction* get(std::string_view id) const;
    /// All actions: those of actionTable() in its order, then those added with add().
    const std::vector<QAction*>& all() const { return all_; }
    /// Calls `slot` whenever the action is triggered, until `receiver` is destroyed. Actions that nothing is bound to
    /// stay hidden in menus and palette.
    template <class Slot>
    void bind(std::string_view id, const QObject* receiver, Slot slot) {
        connect(get(id), &QAction::triggered, receiver, std::move(slot));
        get(id)->setVisible(true);
    }
    /// Adds an action created elsewhere (panels, perspectives) to the palette.
    void add(QAction* action);

private:
    std::vector<QAction*> all_;
    QHash<QString, QAction*> byId_;
};

}  // namespace weir::ui
