// Which records make no flows: double counts of several exporters and excluded artefacts, with a preview of what would
// go.
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

/// Recounts at every change, as a job; the newest answer wins.
class CleaningDialog final : public QDialog {
    Q_OBJECT
public:
    CleaningDialog(session::SnapshotPtr snapshot, JobList& jobs, QWidget* parent);
    meter::CleaningSettings cleaning() const { return *wanted(); }

private:
    /// Nothing when a line of the exclusions cannot be read; `bad` is that line.
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
