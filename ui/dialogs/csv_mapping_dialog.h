// Which column of a text is what: a proposal to correct, with the decoded rows and the rejected ones beside it.
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

/// `head` = the first bytes of the file, unpacked; at most 1 MiB is looked at, so that a change shows at once.
class CsvMappingDialog final : public QDialog {
    Q_OBJECT
public:
    CsvMappingDialog(const QString& name, std::string head, QWidget* parent);
    /// The mapping as text (capture/csv_mapping.h).
    QString mapping() const;
    /// Use it for every file with the same row of names.
    bool forAll() const;

private:
    QWidget* makeOptions();
    void propose();  ///< fills the columns anew: another delimiter, or a first row with or without names
    void fillColumns();
    void fillSamples();
    void formsOf(int column);
    void check();  ///< decodes the first rows by what is chosen now
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
