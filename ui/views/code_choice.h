// A box to choose one code of the score profile.
#pragma once

#include "ui/code_look.h"

#include <QComboBox>

namespace weir::ui {

class ScoreBoard;

/// Follows the profile: the selected code stays selected, by name, when the tests change.
class CodeChoice final : public QComboBox {
    Q_OBJECT
public:
    /// `preferred` = selected at first when the profile has it; otherwise the bad code that most records have, or the
    /// next one with `instead` 1, and so on.
    CodeChoice(ScoreBoard& board, const QString& preferred, QWidget* parent, std::size_t instead = 0);
    /// Index of the selected test in the current profile; -1 = none.
    int test() const;
    CodeMark mark() const;  ///< empty without a test
    QString code() const { return currentData().toString(); }
    void setCode(const QString& code);
    void setTest(int test);

signals:
    void chosen();  ///< another code was selected, by user or program

private:
    void follow();
    int usual() const;  ///< index of the default code when the profile lacks the preferred one
    ScoreBoard& board_;
    QString wanted_;
    const std::size_t instead_;
};

}  // namespace weir::ui
