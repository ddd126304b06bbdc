// Where the user is, kept in the project: perspective, filter, time range, picked flow, each view's own state, the rule
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

/// Writes half a second after the last change, on a lane of its own, and at store(); reads after a project was opened.
class PlaceKeeper : public QObject {
    Q_OBJECT
public:
    PlaceKeeper(Workbench& workbench, DockHost& docks, QObject* parent);
    /// Writes at once and waits for it: for leaving. An error is returned as text, empty = kept.
    QString store();
    /// Everything is in the file; always so for a read-only project, whose place is not kept.
    bool clean() const { return !dirty_; }
    /// Something a person did would be lost if the project were closed now.
    bool hasUnsavedWork() const;
    /// Puts the window where it was; the picked flow follows when flows are there.
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
