// Changes the tags and silences of a project; every change can be undone.
#pragma once

#include "core/session/evidence/silences.h"
#include "core/session/rows/marks.h"
#include "ui/state/workbench.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <optional>

namespace weir::ui {

class ProjectControl;

/// GUI thread only. The file is written on a separate thread, one change after the other, because an import may hold it
/// for a while.
class MarkControl final : public QObject {
    Q_OBJECT
public:
    MarkControl(Workbench& workbench, ProjectControl& control, QObject* parent);

    /// Adds `mark`, replacing `old` when that is given.
    void putMark(const session::Mark& mark, const std::optional<session::Mark>& old = {});
    void removeMark(const session::Mark& mark);
    /// As putMark() and removeMark(); the records are then scored again.
    void putSilence(const session::Silence& silence, const std::optional<session::Silence>& old = {});
    void removeSilence(const session::Silence& silence);

private:
    /// `change` runs on the file's thread; it moves from one state to another, and back on undo.
    template <class Item>
    using Change = std::function<Status(session::Project& project, const std::optional<Item>& from,
                                        const std::optional<Item>& to)>;
    template <class Item>
    void push(const QString& what, const std::optional<Item>& from, const std::optional<Item>& to,
              const Change<Item>& change, bool scores);
    void changeMark(const QString& what, const std::optional<session::Mark>& from,
                    const std::optional<session::Mark>& to);
    void changeSilence(const QString& what, const std::optional<session::Silence>& from,
                       const std::optional<session::Silence>& to);

    Workbench& workbench_;
    ProjectControl& control_;
    QThreadPool file_;
};

}  // namespace weir::ui
