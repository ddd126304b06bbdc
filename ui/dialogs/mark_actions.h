// Shows the dialogs for tags and silences when a view requests one, and passes the answer to MarkControl.
#pragma once

#include "core/session/evidence/silences.h"
#include "core/session/rows/marks.h"

#include <QObject>

class QWidget;

namespace weir::ui {

class MarkControl;
class Workbench;

/// Listens to the request signals of the workbench. GUI thread only.
class MarkActions final : public QObject {
    Q_OBJECT
public:
    MarkActions(Workbench& workbench, MarkControl& control, QWidget* window);

private:
    void askMark(const session::Mark& draft, bool edit);
    void askSilence(const session::Silence& draft, bool edit);

    Workbench& workbench_;
    MarkControl& control_;
    QWidget* window_;
};

}  // namespace weir::ui
