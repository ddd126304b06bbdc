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
    /// `preferred`: chosen at first when the profile has it, else of its bad codes the one that most records bear, or
    /// with `instead` 1 the next one, …
    CodeChoice(ScoreBoard& board, const QString& preferred, QWidget* parent, std::size_t instead = 0);
    /// In the profile in force; -1 = none.
    int test() const;
    CodeMark mark() const;  ///< an empty one without a test
    QString code() const { return currentData().toString(); }
    void setCode(const QString& code);
    void setTest(int test);

signals:
    void chosen();  ///< another code, by whomever

private:
    void follow();
    int usual() const;  ///< place of the code to choose when the profile has not the one wanted
    ScoreBoard& board_;
    QString wanted_;
    const std::size_t instead_;
};

}  // namespace weir::ui
