// The action Export report: asks for content and file, and writes the file off the GUI thread.
#pragma once

#include "core/session/verbs/report.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

class QWidget;

namespace weir::ui {

class NoticeBar;
class Workbench;

/// GUI thread only; one report at a time, a newer one replaces the one before.
class ReportActions final : public QObject {
    Q_OBJECT
public:
    ReportActions(Workbench& workbench, NoticeBar& notices, QWidget* window);
    /// Writes a report with the current rules and profile. The format follows the file extension; without one, it is
    /// HTML.
    void write(const QString& path, const QStringList& sections, const QString& champion);

signals:
    void written(const QString& path);
    void failed();

private:
    void ask();
    void chooseFile(const QStringList& sections, const QString& champion);

    Workbench& workbench_;
    NoticeBar& notices_;
    QWidget* window_;
    JobRunner lane_;
};

}  // namespace weir::ui
