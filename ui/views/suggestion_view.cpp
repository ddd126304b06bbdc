// The panel Suggestions: edits that would resolve conflicts or classify unclassified flows. Enter applies one to the
// draft; can be undone.
#include "core/rules/analysis.h"
#include "core/signs/sign_family.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/late_view.h"
#include "ui/models/suggestion_model.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QToolButton>

namespace weir::ui {
namespace {

class SuggestionView final : public LateView {
    Q_OBJECT
public:
    SuggestionView(Workbench& workbench, QWidget* parent)
        : LateView(workbench, parent), model_(new SuggestionModel(this)), table_(new QTableView),
          apply_(new QToolButton(this)) {
        apply_->hide();
        apply_->setText(tr("Apply"));
        apply_->setAutoRaise(true);
        apply_->setToolTip(tr("Apply the selected edit to the draft (can be undone)"));
        connect(apply_, &QToolButton::clicked, this, [this] { apply(table_->currentIndex().row()); });
        build();
        showPresent();
    }
    QList<QWidget*> titleControls() override {
        apply_->show();
        return {apply_};
    }

protected:
    bool upToDate() const override {
        return !workbench().figures().judgement() || workbench().figures().judgement() == searched_;
    }

    void work() override {
        const auto judgement = workbench().figures().judgement();
        lane().start(
            tr("Find suggestions"),
            [judgement](JobContext&) -> Result<std::vector<refine::Suggestion>> {
                return refine::suggest(judgement->parsed.set, judgement->tally,
                                       session::spaceForSuggestions(*judgement));
            },
            [this, judgement](Result<std::vector<refine::Suggestion>> found) {
                if (!found || workbench().figures().judgement() != judgement) return;
                searched_ = judgement;
                model_->set(std::move(*found));
                showPresent();
            },
            false);
    }

    void showPresent() override {
        const auto& judgement = workbench().figures().judgement();
        const bool stale = workbench().rules().stale();
        apply_->setEnabled(!stale && upToDate() && model_->rowCount() > 0);
        setScope({});
        if (!judgement || judgement->tally.empty())
            return showState(tr("No flows yet"), tr("Open a capture to get suggested edits of the rules."));
        if (!searched_) return showState(tr("Searching"), {});
        if (model_->rowCount() == 0)
            return showState(judgement->classes.conflicting + judgement->classes.unclassified == 0
                                 ? tr("No conflicting or unclassified flows")
                                 : tr("No single edit helps"),
                             {});
        setScope((stale ? tr("the draft has errors: for its last valid text · ") : QString()) +
                 tr("%1 in conflict, %2 unclassified")
                     .arg(count(judgement->classes.conflicting), count(judgement->classes.unclassified)));
        showContent();
    }

private:
    void build() {
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("suggestions"));
        table_->setAccessibleName(tr("Suggested edits of the rules"));
        table_->setSelectionMode(QAbstractItemView::SingleSelection);
        table_->setItemDelegateForColumn(SuggestionModel::kClass, new ClassChipDelegate(table_));
        QHeaderView* header = table_->horizontalHeader();
        header->setSectionResizeMode(QHeaderView::ResizeToContents);
        header->setSectionResizeMode(SuggestionModel::kRule, QHeaderView::Stretch);
        connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) { apply(at.row()); });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (at.isValid())
                menu.addAction(tr("Apply this edit to the draft"), this, [this, row = at.row()] { apply(row); });
        });
        setContent(table_);
    }

    void apply(int row) {
        const refine::Suggestion* s = model_->at(row);
        if (s == nullptr || workbench().rules().stale() || !upToDate())
            return;  // a suggestion for an older draft would revert later edits
        const QString what = fromUtf8(s->edit), text = fromUtf8(s->text);  // the edit clears the list
        workbench().rules().edit(text, what);
    }

    SuggestionModel* model_;
    QTableView* table_;
    QToolButton* apply_;
    session::JudgementPtr searched_;  ///< whose suggestions are listed
};

}  // namespace

View* makeSuggestionView(Workbench& workbench, QWidget* parent) { return new SuggestionView(workbench, parent); }

}  // namespace weir::ui

#include "suggestion_view.moc"
