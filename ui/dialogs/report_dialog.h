// Dialog for the content of a report.
#pragma once

#include <QDialog>
#include <QStringList>

class QCheckBox;
class QComboBox;

namespace weir::ui {

/// A check box per section, and what the draft is compared with. The choice is saved in the user settings.
class ReportDialog final : public QDialog {
    Q_OBJECT
public:
    struct Champion {
        QString id, title;
    };
    /// `champions` = what the rules can be compared with; `present` = the one selected at first, empty = none.
    ReportDialog(const QList<Champion>& champions, const QString& present, QWidget* parent);

    QStringList sections() const;  ///< ids of report::sections()
    QString champion() const;      ///< id; empty = no comparison

    void accept() override;

private:
    void settle();
    QList<QPair<QString, QCheckBox*>> boxes_;
    QComboBox* champion_;
};

}  // namespace weir::ui
