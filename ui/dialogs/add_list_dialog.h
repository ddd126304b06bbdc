// Asks what a list is to be called and where it comes from, before it is added to the project.
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

class AddListDialog final : public QDialog {
    Q_OBJECT
public:
    /// `wanted`: names that the score profile asks for and the project does not have; the one that fits the file best
    /// is chosen.
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
