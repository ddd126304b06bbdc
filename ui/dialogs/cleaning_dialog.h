// Records excluded from flow building: duplicates from several exporters and excluded artefacts, with a preview.
#pragma once

#ifndef Q_MOC_RUN  // moc 6.4 cannot parse <concepts>, which comes with <compare>
#include "core/session/evidence/prepare.h"
#include "ui/jobs/job_runner.h"
#endif

#include <QDialog>

#include <optional>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace weir::ui {

class JobList;

/// Recounts after every change as a job; the newest result wins.
class CleaningDialog final : public QDialog {
    Q_OBJECT
public:
    CleaningDialog(session::SnapshotPtr snapshot, JobList& jobs, QWidget* parent);
    meter::CleaningSettings cleaning() const { return *wanted(); }

private:
    /// The settings in the dialog; nullopt when a line of the exclusions is invalid (`bad` is that line).
    std::optional<meter::CleaningSettings> wanted(QString* bad = nullptr) const;
    void preview();
    void show(const meter::Cleaning& found, const meter::CleaningSettings& settings);
    void addRow(const QString& what, const QString& detail, const meter::Cleaning::Count& count);

    session::SnapshotPtr snapshot_;
    JobRunner counting_;
    QCheckBox* duplicates_;
    QDoubleSpinBox* gap_;
    QPlainTextEdit* exclusions_;
    QTreeWidget* table_;
    QLabel* state_;
    QPushButton* apply_;
};

}  // namespace weir::ui
