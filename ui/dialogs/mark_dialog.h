// Asks for the tag and the note of a mark, or for the code, the last day and the note of a silence; both show whom the
// filter takes.
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

/// What is wrong with a filter; empty = good. Asked at every key.
using FilterCheck = std::function<QString(const QString& filter)>;

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
