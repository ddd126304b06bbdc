// Dialog for the meaning of each column of a delimited text: a proposal to correct, with the parsed and the rejected
// rows.
#pragma once

#ifndef Q_MOC_RUN  // moc 6.4 cannot parse <concepts>, which comes with <compare>
#include "core/capture/csv_mapping.h"
#endif

#include <QDialog>
#include <QString>

#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;
class QTabWidget;

namespace weir::ui {

/// `head` = the first bytes of the file, unpacked; at most 1 MiB is used, so that changes show at once.
class CsvMappingDialog final : public QDialog {
    Q_OBJECT
public:
    CsvMappingDialog(const QString& name, std::string head, QWidget* parent);
    /// The mapping as text (capture/csv_mapping.h).
    QString mapping() const;
    /// Use the mapping for every file with the same column names.
    bool forAll() const;

private:
    QWidget* makeOptions();
    void propose();  ///< proposes again after another delimiter or a changed "first row" choice
    void fillColumns();
    void fillSamples();
    void formsOf(int column);
    void check();  ///< decodes the first rows with the current choices
    void showRecords(const capture::text::Preview& preview);
    void showRejected(const capture::text::Preview& preview);
    void say(const QString& text, bool problem);
    capture::CsvMapping chosen() const;
    QComboBox* elementOf(int column) const;
    QComboBox* formOf(int column) const;

    std::string head_;
    capture::Proposal proposal_;
    QComboBox* delimiter_;
    QCheckBox* names_;
    QTableWidget* columns_;
    QTabWidget* results_;
    QTableWidget* records_;
    QTableWidget* rejected_;
    QLabel* state_;
    QCheckBox* all_;
    QPushButton* import_;
};

}  // namespace weir::ui
