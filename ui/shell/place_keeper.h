// Saves the window state in the project: perspective, filter, time range, selected flow, state of each view, rule
// draft.
#pragma once

#include "ui/jobs/job_runner.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTimer>

namespace weir::ui {

class DockHost;
class Workbench;

/// Writes half a second after the last change, on its own thread, and on store(). Reads after a project was opened.
class PlaceKeeper : public QObject {
    Q_OBJECT
public:
    PlaceKeeper(Workbench& workbench, DockHost& docks, QObject* parent);
    /// Saves at once and waits for it; call before closing. Returns the error text, empty = saved.
    QString store();
    /// Everything is saved. Always true for a read-only project, whose state is not saved.
    bool clean() const { return !dirty_; }
    /// Closing the project now would lose changes of the user.
    bool hasUnsavedWork() const;
    /// Restores the saved window state; the selected flow follows once flows are loaded.
    void restore();

signals:
    void cleanChanged(bool clean);

private:
    void touch();
    void storeSoon();
    std::string collect() const;
    void setDirty(bool dirty);
    void pickRemembered();

    Workbench& workbench_;
    DockHost& docks_;
    QTimer soon_;
    JobRunner lane_;
    bool dirty_ = false, restoring_ = false;
    QString flowToPick_;
};

}  // namespace weir::ui
