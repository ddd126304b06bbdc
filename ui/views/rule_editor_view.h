// The dock of the rule text: editor on the workbench's draft, choice of rule set, saving of iterations.
#pragma once

#include "ui/view.h"

class QToolButton;

namespace weir::ui {

class IterationHistory;
class FindBar;
class RuleTextEdit;

class RuleEditorView final : public View {
    Q_OBJECT
public:
    RuleEditorView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    RuleTextEdit& editor() const { return *editor_; }
    FindBar& findBar() const { return *find_; }

    /// The shipped set of that name becomes draft and base. Undoable.
    void loadShipped(const QString& name);
    void openFile();
    void writeFile();
    /// The file becomes draft and base, byte for byte. Undoable. Says in the hint why it cannot be read.
    void readFrom(const QString& path);
    void writeTo(const QString& path);

private:
    void bindActions();
    void onEdited(const QString& text);
    void onDraftChanged();
    void refreshMarks();
    void refreshScope();
    void goToPicked();
    void pickRule(const QString& name);
    void fillRuleSetMenu();
    void fillSaveMenu();
    void showFailure(const QString& reason);

    IterationHistory& history_;
    RuleTextEdit* editor_;
    FindBar* find_;
    QWidget* legend_;
    QToolButton* ruleSet_;
    QToolButton* save_;
};

}  // namespace weir::ui
