// Dialog for projects that were not saved before Weir ended: open or delete them.
#pragma once

#include "core/session/project/recovery.h"

#include <QDialog>

#include <vector>

class QPushButton;
class QTreeWidget;

namespace weir::ui {

/// Deletes project files only when the user chooses Delete.
class RecoveryDialog final : public QDialog {
    Q_OBJECT
public:
    RecoveryDialog(std::vector<session::Leftover> found, QWidget* parent);

signals:
    /// The user wants to open the selected project; the dialog closes.
    void openWanted(const QString& path);
    void failed(const QString& what, const QString& why);

private:
    void fill();
    void openChosen();
    void deleteChosen();
    std::vector<session::Leftover> found_;
    QTreeWidget* list_;
    QPushButton *open_, *delete_;
};

}  // namespace weir::ui
