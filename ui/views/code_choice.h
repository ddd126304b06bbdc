// A box to choose one code of the score profile.
#pragma once

#include "ui/code_look.h"

#include <QComboBox>

namespace weir::ui {

class ScoreBoard;

/// Follows the profile: a code keeps its place in the choice when the tests change, by name.
class CodeChoice final : public QComboBox {
    Q_OBJECT
public:
    /// `preferred`: chosen at first when the profile has it, else its first bad code.
    CodeChoice(ScoreBoard& board, const QString& preferred, QWidget* parent);
    /// In the profile in force; -1 = none.
    int test() const;
    CodeMark mark() const;   ///< an empty one without a test
    QString code() const { return currentData().toString(); }
    void setCode(const QString& code);
    void setTest(int test);

signals:
    void chosen();   ///< another code, by whomever

private:
    void follow();
    ScoreBoard& board_;
    QString wanted_;
};

}  // namespace weir::ui
