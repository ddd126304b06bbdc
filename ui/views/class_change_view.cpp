// The dock Classes: flows per class (or records per badness) under champion and challenger, bar by bar.
#include "ui/comparison.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/class_change_model.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"
#include "ui/workbench.h"

#include <QHeaderView>
#include <QTableView>

namespace weir::ui {
namespace {

class ClassChangeView final : public View {
    Q_OBJECT
public:
    ClassChangeView(Workbench& workbench, QWidget* parent) : View(workbench, parent), comparison_(Comparison::of(workbench)), model_(new ClassChangeModel(this)), table_(new QTableView) {
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("classChange"));
        table_->setAccessibleName(tr("Flows per class, champion and challenger"));
        table_->setItemDelegateForColumn(ClassChangeModel::kClass, new ClassChipDelegate(table_));
        for (const int column : {ClassChangeModel::kBeforeBar, ClassChangeModel::kAfterBar}) {
            table_->setItemDelegateForColumn(column, new BarDelegate(table_));
            table_->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
        }
        const auto wide = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) + 20; };
        table_->horizontalHeader()->setSectionResizeMode(ClassChangeModel::kClass, QHeaderView::ResizeToContents);
        for (const int column : {ClassChangeModel::kBefore, ClassChangeModel::kAfter, ClassChangeModel::kChange}) table_->horizontalHeader()->resizeSection(column, wide(QStringLiteral("000,000")));
        table_->horizontalHeader()->setMinimumSectionSize(24);
        makeCopyable(table_);
        setContent(table_);
        connect(&comparison_, &Comparison::changed, this, [this] {
            if (isVisible()) refresh();
        });
        refresh();
    }

protected:
    void showEvent(QShowEvent* event) override {
        View::showEvent(event);
        refresh();
    }

private:
    void refresh() {
        if (comparison_.ofProfiles()) return refreshScores();
        const auto result = comparison_.result();
        if (!result) return showState(tr("No flows yet"), {});
        if (!result->good()) return showError(tr("A rule set has errors"), tr("Choose another one."));
        model_->set(*result);
        setScope(tr("%1 flows").arg(count(result->champion->classes.oneWay.flows)));
        showContent();
    }

    void refreshScores() {
        const auto scores = comparison_.scores();
        if (!comparison_.problem().isEmpty()) return showError(comparison_.problem(), tr("Choose another one."));
        if (!scores) return showState(workbench().snapshot() && workbench().snapshot()->records ? tr("Scoring") : tr("No flows yet"), {});
        model_->set(*scores);
        setScope(tr("%1 records").arg(count(scores->migration.changed.flows + scores->migration.unchanged.flows)));
        showContent();
    }

    Comparison& comparison_;
    ClassChangeModel* model_;
    QTableView* table_;
};

}  // namespace

View* makeClassChangeView(Workbench& workbench, QWidget* parent) { return new ClassChangeView(workbench, parent); }

}  // namespace weir::ui

#include "class_change_view.moc"
