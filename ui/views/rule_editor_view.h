// The panel Rules: editor of the workbench's draft, choice of rule set, saving of iterations.
#pragma once

#include "ui/view.h"

class QToolButton;

namespace weir::ui {

class IterationHistory;
class FindBar;
class RuleTextEdit;

/// Created by the view registry; the accessors are for tests.
class RuleEditorView final : public View {
    Q_OBJECT
public:
    RuleEditorView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    RuleTextEdit& editor() const { return *editor_; }
    FindBar& findBar() const { return *find_; }

    /// Makes the shipped rule set of this name the draft and the base. Can be undone.
    void loadShipped(const QString& name);
    void openFile();
    void writeFile();
    /// Makes the file the draft and the base, byte for byte. Can be undone. Errors are shown in the hint.
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
