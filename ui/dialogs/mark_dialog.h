// Dialogs for the tag and note of a mark, and for the code, last day and note of a silence; both show the filter.
#pragma once

#include "core/session/evidence/silences.h"
#include "core/session/rows/marks.h"

#include <QDialog>
#include <QStringList>

#include <functional>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace weir::ui {

/// Error of a filter; empty = valid. Called after every key.
using FilterCheck = std::function<QString(const QString& filter)>;

/// Dialog for a tag. Read mark() after accepted().
class MarkDialog final : public QDialog {
    Q_OBJECT
public:
    MarkDialog(const session::Mark& draft, const QStringList& tags, FilterCheck check, QWidget* parent);
    session::Mark mark() const;

private:
    void look();

    FilterCheck check_;
    QComboBox* tag_;
    QLineEdit *filter_, *note_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

/// Dialog for a silence ("known good"). Read silence() after accepted(); an empty last day means no end.
class SilenceDialog final : public QDialog {
    Q_OBJECT
public:
    /// `codes`: of the score profile.
    SilenceDialog(const session::Silence& draft, const QStringList& codes, FilterCheck check, QWidget* parent);
    session::Silence silence() const;

private:
    void look();

    FilterCheck check_;
    QComboBox *code_, *until_;
    QLineEdit *filter_, *note_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

}  // namespace weir::ui
