// See rule_editor_view.h.
#include "ui/views/rule_editor_view.h"
#include "core/session/verbs/asserts.h"

#include "core/session/project/resources.h"
#include "ui/actions.h"
#include "ui/editors/find_bar.h"
#include "ui/editors/rule_folds.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/editors/rule_tokens.h"
#include "ui/state/iteration_history.h"
#include "ui/state/rule_figures.h"
#include "ui/state/user_sign_job.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/views/rule_editor_legend.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSaveFile>
#include <QScrollBar>
#include <QStringDecoder>
#include <QTextBlock>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

const QString kFilter = QStringLiteral("Rule sets (*.rules);;All files (*)");

QToolButton* titleButton(const QString& text) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace

RuleEditorView::RuleEditorView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), history_(workbench.iterations()), editor_(new RuleTextEdit),
      find_(new FindBar(*editor_)), legend_(new RuleEditorLegend), ruleSet_(titleButton(tr("Rule set"))),
      save_(titleButton(tr("Save iteration"))) {
    for (QWidget* control : {legend_, static_cast<QWidget*>(ruleSet_), static_cast<QWidget*>(save_)}) {
        control->setParent(this);
        control->hide();
    }
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(editor_, 1);
    column->addWidget(find_);
    content->setFocusProxy(editor_);
    setContent(content);
    setFocusProxy(editor_);
    auto& rules = workbench.rules();
    connect(editor_, &RuleTextEdit::textEdited, this, &RuleEditorView::onEdited);
    connect(editor_, &RuleTextEdit::undoRequested, &workbench.undo(), &QUndoStack::undo);
    connect(editor_, &RuleTextEdit::redoRequested, &workbench.undo(), &QUndoStack::redo);
    connect(editor_, &RuleTextEdit::findRequested, find_, &FindBar::open);
    connect(editor_, &RuleTextEdit::findNextRequested, this,
            [this](bool forward) { forward ? find_->findNext() : find_->findPrevious(); });
    connect(find_, &FindBar::matchesChanged, editor_, &RuleTextEdit::setFound);
    connect(&workbench.pick(), &Pick::rulePicked, this, &RuleEditorView::goToPicked);
    connect(editor_, &RuleTextEdit::currentRuleChanged, this, &RuleEditorView::pickRule);
    connect(&workbench, &Workbench::projectChanged, this,
            [this] { QTimer::singleShot(0, editor_, &RuleTextEdit::showFirstClass); });
    connect(&rules, &RuleDraft::textChanged, this, &RuleEditorView::onDraftChanged);
    connect(&workbench.figures(), &RuleFigures::changed, this, &RuleEditorView::refreshMarks);
    workbench.userSignJob();  // from now on it follows the text
    connect(&history_, &IterationHistory::changed, this, &RuleEditorView::refreshMarks);
    connect(&history_, &IterationHistory::failed, this, &RuleEditorView::showFailure);
    bindActions();
    onDraftChanged();
    refreshMarks();
}

void RuleEditorView::bindActions() {
    auto& actions = workbench().actions();
    actions.bind("rules.saveIteration", this, [this] { history_.save({}); });
    actions.bind("rules.open", this, [this] { openFile(); });
    actions.bind("rules.export", this, [this] { writeFile(); });
    actions.bind("rules.loadGlatz", this, [this] { loadShipped(QStringLiteral("glatz-2012")); });
    actions.bind("rules.loadBigler", this, [this] { loadShipped(QStringLiteral("bigler-2011")); });
    connect(actions.get("rules.show"), &QAction::triggered, this, &RuleEditorView::goToPicked);
    actions.bind("rules.find", this, [this] {
        this->workbench().actions().get("rules.show")->trigger();
        find_->open(true);
    });
    actions.bind("rules.comment", this, [this] { editor_->toggleComment(); });
    actions.bind("rules.fold", this, [this] { editor_->folds().setAllFolded(true); });
    actions.bind("rules.unfold", this, [this] { editor_->folds().setAllFolded(false); });
    actions.bind("rules.applyFix", this, [this] { editor_->applyFix(); });

    auto* sets = new QMenu(this);
    connect(sets, &QMenu::aboutToShow, this, &RuleEditorView::fillRuleSetMenu);
    ruleSet_->setMenu(sets);
    ruleSet_->setPopupMode(QToolButton::InstantPopup);
    ruleSet_->setToolTip(tr("Choose, open or write a rule set"));
    ruleSet_->setAccessibleName(tr("Rule set"));
    auto* tags = new QMenu(this);
    connect(tags, &QMenu::aboutToShow, this, &RuleEditorView::fillSaveMenu);
    save_->setMenu(tags);
    save_->setPopupMode(QToolButton::MenuButtonPopup);
    save_->setToolTip(actions.get("rules.saveIteration")->toolTip());
    connect(save_, &QToolButton::clicked, this, [this] { history_.save({}); });
}

QList<QWidget*> RuleEditorView::titleControls() {
    for (QWidget* control : {legend_, static_cast<QWidget*>(ruleSet_), static_cast<QWidget*>(save_)}) control->show();
    return {legend_, ruleSet_, save_};
}

void RuleEditorView::fillRuleSetMenu() {
    auto* menu = ruleSet_->menu();
    menu->clear();
    menu->addSection(tr("Shipped"));
    for (const auto& resource : session::resources()) {
        if (resource.kind != "rules") continue;
        const QString name = fromUtf8(resource.name);
        menu->addAction(name, this, [this, name] { loadShipped(name); });
    }
    if (!history_.all().empty()) menu->addSection(tr("Iterations"));
    int shown = 0;
    for (auto it = history_.all().rbegin(); it != history_.all().rend() && shown < 12; ++it, ++shown)
        menu->addAction(iterationName(*it), this, [this, id = it->id] { history_.branch(id); });
    menu->addSection(tr("File"));
    menu->addAction(workbench().actions().get("rules.open"));
    menu->addAction(workbench().actions().get("rules.export"));
}

void RuleEditorView::fillSaveMenu() {
    auto* menu = save_->menu();
    menu->clear();
    for (const auto* tag : {"alpha", "beta", "final"}) {
        const QString name = QString::fromLatin1(tag);
        menu->addAction(tr("Save as %1").arg(name), this, [this, name] { history_.save(name); });
    }
}

void RuleEditorView::onEdited(const QString& text) {
    const QString rule = editor_->currentRule();
    workbench().rules().edit(text, rule.isEmpty() ? tr("Edit rules") : tr("Edit rule %1").arg(rule));
}

void RuleEditorView::onDraftChanged() {
    const QString& text = workbench().rules().text();
    if (editor_->toPlainText() != text) editor_->setText(text);
}

void RuleEditorView::refreshMarks() {
    const auto& rules = workbench().rules();
    if (!rules.latest()) return;
    Diagnostics problems = rules.latest()->parsed.diagnostics;
    for (Diagnostic& d : session::failedAsserts(*rules.latest())) problems.push_back(std::move(d));
    if (!rules.stale())
        for (Diagnostic& d : session::brokenDeclarations(*rules.latest())) problems.push_back(std::move(d));
    editor_->setMarks(
        markLines(rules.text().split(u'\n'), workbench().figures().judgement().get(), problems, history_.base().text));
    editor_->setDiagnostics(problems);
    refreshScope();
}

void RuleEditorView::refreshScope() {
    const auto& base = history_.base();
    const bool edited = workbench().rules().text() != base.text;
    setScope(edited ? tr("edited since %1").arg(base.name) : base.name);
    legend_->setVisible(edited);
    const bool can = workbench().project() && !workbench().rules().stale() && !history_.saving();
    save_->setEnabled(can);
    workbench().actions().get("rules.saveIteration")->setEnabled(can);
}

void RuleEditorView::pickRule(const QString& name) {
    const auto& judgement = workbench().rules().judgement();
    if (!judgement || name.isEmpty()) return;
    const auto& rules = judgement->parsed.set.rules;
    const auto at = std::ranges::find(rules, toUtf8(name), &rules::Rule::name);
    if (at != rules.end() && editor_->hasFocus()) workbench().pick().setRule(int(at - rules.begin()));
}

/// Goes to a rule that was selected elsewhere. A rule selected by the cursor needs no move.
void RuleEditorView::goToPicked() {
    const auto& judgement = workbench().rules().judgement();
    const int rule = workbench().pick().rule();
    if (!judgement || rule < 0 || std::size_t(rule) >= judgement->parsed.set.rules.size()) return;
    const QString name = fromUtf8(judgement->parsed.set.rules[std::size_t(rule)].name);
    if (editor_->currentRule() == name) return;
    for (auto line = editor_->document()->begin(); line.isValid();
         line = line.next())  // by name: the text may have moved on
        if (ruleNameOfLine(line.text()) == name) return editor_->goToLine(line.blockNumber() + 1);
}

void RuleEditorView::loadShipped(const QString& name) {
    const auto text = session::resourceText("rules", toUtf8(name));
    if (text.empty()) return;
    history_.load(fromUtf8(text), name, tr("Load %1").arg(name));
    editor_->showFirstClass();
}

void RuleEditorView::openFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Read rules from file"), QString(), kFilter);
    if (!path.isEmpty()) readFrom(path);
}

void RuleEditorView::readFrom(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        showFailure(tr("%1 cannot be read: %2").arg(path, file.errorString()));
        return;
    }
    // Whatever is not edited is written back as it was: a mark at the start stays, and bytes that are no text are
    // refused rather than replaced.
    QStringDecoder utf8(QStringDecoder::Utf8,
                        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = utf8(file.readAll());
    if (utf8.hasError()) {
        showFailure(tr("%1 is not UTF-8: save it as UTF-8 first").arg(path));
        return;
    }
    const QString name = QFileInfo(path).completeBaseName();
    history_.load(text, name, tr("Load %1").arg(name));
}

void RuleEditorView::writeFile() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Write rules to file"), QStringLiteral("rules.rules"), kFilter);
    if (!path.isEmpty()) writeTo(path);
}

void RuleEditorView::writeTo(const QString& path) {
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(workbench().rules().text().toUtf8()) >= 0 && file.commit())
        return;
    showFailure(tr("%1 cannot be written: %2").arg(path, file.errorString()));
}

void RuleEditorView::showFailure(const QString& reason) { editor_->setNotice(reason); }

QJsonObject RuleEditorView::state() const {
    return {{QStringLiteral("base"), history_.state()},
            {QStringLiteral("cursor"), editor_->textCursor().position()},
            {QStringLiteral("scroll"), editor_->verticalScrollBar()->value()}};
}

void RuleEditorView::restore(const QJsonObject& state) {
    history_.setState(state.value(QStringLiteral("base")).toObject());
    if (!state.contains(QStringLiteral("cursor"))) {
        editor_->showFirstClass();
        return;
    }
    auto cursor = editor_->textCursor();
    cursor.setPosition(
        std::clamp(state.value(QStringLiteral("cursor")).toInt(), 0, int(editor_->toPlainText().size())));
    editor_->setTextCursor(cursor);
    editor_->verticalScrollBar()->setValue(state.value(QStringLiteral("scroll")).toInt());
}

View* makeRulesView(Workbench& workbench, QWidget* parent) { return new RuleEditorView(workbench, parent); }

}  // namespace weir::ui
