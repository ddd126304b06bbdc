// Dialog for the name and origin of a list before it is added to the project.
#pragma once

#include "core/session/project/lists.h"

#include <QDialog>
#include <QString>
#include <QStringList>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace weir::ui {

/// Read name() and origin() after accepted(). An empty date is valid: the file then decides.
class AddListDialog final : public QDialog {
    Q_OBJECT
public:
    /// `wanted` = names that the score profile uses and the project does not have; the one that fits the file best is
    /// preselected.
    AddListDialog(const QString& file, const QStringList& wanted, QWidget* parent);
    QString name() const;
    session::ListOrigin origin() const;

private:
    void check();

    QComboBox* name_;
    QLineEdit *date_, *source_, *licence_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

}  // namespace weir::ui
