// What goes into a report.
#pragma once

#include <QDialog>
#include <QStringList>

class QCheckBox;
class QComboBox;

namespace weir::ui {

/// Sections with a box each, and what the draft is compared with. Remembers the choice in the user's settings.
class ReportDialog final : public QDialog {
    Q_OBJECT
public:
    struct Champion {
        QString id, title;
    };
    /// `champions`: what the rules can be compared with; `present`: the one that is chosen at first, empty = none.
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
