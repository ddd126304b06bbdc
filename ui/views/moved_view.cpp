// The panel Changes: sign combinations (or pairs of code combinations) of the selected cell, or of all cells, that
// change class, with the rules behind the change.
#include "ui/compare_view.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/combination_filter.h"
#include "ui/models/moved_model.h"
#include "ui/rule_jumps.h"
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

class MovedView final : public CompareView {
    Q_OBJECT
public:
    MovedView(Workbench& workbench, QWidget* parent)
        : CompareView(workbench, parent), model_(new MovedModel(this)), table_(new QTableView),
          flows_(new QToolButton(this)), all_(new QToolButton(this)) {
        flows_->hide();
        all_->hide();
        flows_->setText(tr("Filter flows"));
        all_->setText(tr("All changes"));
        for (QToolButton* b : {flows_, all_}) b->setAutoRaise(true);
        connect(flows_, &QToolButton::clicked, this, [this] {
            if (const auto& cell = comparison().cell()) comparison().filterCell(cell->first, cell->second);
        });
        connect(all_, &QToolButton::clicked, this, [this] { comparison().setCell({}); });
        build();
        connect(&comparison(), &Comparison::cellPicked, this, &MovedView::refreshIfSeen);
        refreshIfSeen();
    }
    QList<QWidget*> titleControls() override { return {flows_, all_}; }

private:
    void build() {
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("moved"));
        table_->setAccessibleName(tr("Sign combinations that change"));
        for (const int column : {MovedModel::kFrom, MovedModel::kTo})
            table_->setItemDelegateForColumn(column, new ClassChipDelegate(table_));
        const auto wide = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) + 20; };
        QHeaderView* header = table_->horizontalHeader();
        header->setSectionResizeMode(MovedModel::kSigns, QHeaderView::Stretch);
        header->resizeSection(MovedModel::kFlows, wide(QStringLiteral("00,000,000")));
        for (const int column : {MovedModel::kFrom, MovedModel::kTo})
            header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
        for (const int column : {MovedModel::kFromRules, MovedModel::kToRules})
            header->resizeSection(column, wide(QStringLiteral("Backscatter1, Benign3")));
        connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
            if (const auto word = model_->wordAt(at.row())) workbench().pick().setCombination(word);
        });
        connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) { filterRow(at.row()); });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (at.isValid())
                menu.addAction(model_->ofScores() ? tr("Filter the records of this cell") : tr("Filter these flows"),
                               this, [this, row = at.row()] { filterRow(row); });
            if (const auto word = model_->wordAt(at.row()); word && workbench().rules().judgement())
                addRuleJumps(menu, workbench(),
                             rules::matchingRules(workbench().rules().judgement()->parsed.set, word));
        });
        setContent(table_);
    }

    /// Of scores: all that go the same way from badness to badness.
    void filterRow(int row) {
        if (const auto word = model_->wordAt(row))
            workbench().filter().set(filterOfWord(word, workbench().rules().judgement()->parsed.set),
                                     FilterMode::andAlso);
        else if (const auto cell = model_->cellAt(row))
            comparison().filterCell(cell->first, cell->second);
    }

    void refresh() override {
        const auto& cell = comparison().cell();
        const bool profiles = comparison().ofProfiles();
        flows_->setVisible(cell.has_value());
        all_->setVisible(cell.has_value());
        setScope({});
        table_->setColumnHidden(MovedModel::kSigns, profiles);
        for (const int column : {MovedModel::kFromRules, MovedModel::kToRules})
            table_->horizontalHeader()->setSectionResizeMode(
                column, profiles ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (profiles) {
            const auto scores = scoresToShow();
            if (!scores) return;
            model_->set(*scores, cell);
            if (model_->rowCount() == 0)
                return showState(tr("No record changes its badness"),
                                 tr("Change the weights, or choose another challenger."));
        } else {
            const auto result = rulesToShow();
            if (!result) return;
            model_->set(*result, cell);
            if (model_->rowCount() == 0)
                return showState(tr("No flow changes its class"), tr("Edit the draft, or choose another challenger."));
        }
        const int rows = model_->rowCount();
        const QString scope = comparison().scope();
        setScope(
            (cell ? tr("%1 → %2 · ").arg(cell->first, cell->second) : QString()) +
            (profiles ? tr("%n pair(s) of code combinations", nullptr, rows) : tr("%n combination(s)", nullptr, rows)) +
            (profiles ? tr(" · %1 record(s)", nullptr, pluralOf(model_->flows()))
                      : tr(" · %1 flow(s)", nullptr, pluralOf(model_->flows())))
                .arg(count(model_->flows())) +
            (scope.isEmpty() ? QString() : QStringLiteral(" · ") + scope));
        showContent();
    }

    MovedModel* model_;
    QTableView* table_;
    QToolButton *flows_, *all_;
};

}  // namespace

View* makeMovedView(Workbench& workbench, QWidget* parent) { return new MovedView(workbench, parent); }

}  // namespace weir::ui

#include "moved_view.moc"
