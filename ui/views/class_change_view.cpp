// The panel Classes: flows per class (or records per badness) under champion and challenger, bar by bar.
#include "ui/compare_view.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/class_change_model.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QHeaderView>
#include <QTableView>

namespace weir::ui {
namespace {

class ClassChangeView final : public CompareView {
    Q_OBJECT
public:
    ClassChangeView(Workbench& workbench, QWidget* parent)
        : CompareView(workbench, parent), model_(new ClassChangeModel(this)), table_(new QTableView) {
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
        for (const int column : {ClassChangeModel::kBefore, ClassChangeModel::kAfter, ClassChangeModel::kChange})
            table_->horizontalHeader()->resizeSection(column, wide(QStringLiteral("000,000")));
        table_->horizontalHeader()->setMinimumSectionSize(24);
        makeCopyable(table_);
        setContent(table_);
        refresh();
    }

private:
    void refresh() override {
        if (comparison().ofProfiles()) {
            const auto scores = scoresToShow();
            if (!scores) return;
            model_->set(*scores);
            setScope(
                comparison().scope().isEmpty()
                    ? tr("%1 records").arg(count(scores->migration.changed.flows + scores->migration.unchanged.flows))
                    : comparison().scope());
        } else {
            const auto result = rulesToShow();
            if (!result) return;
            model_->set(*result);
            setScope(comparison().scope().isEmpty()
                         ? tr("%1 flow(s)", nullptr, pluralOf(result->champion->classes.oneWay.flows))
                               .arg(count(result->champion->classes.oneWay.flows))
                         : comparison().scope());
        }
        showContent();
    }

    ClassChangeModel* model_;
    QTableView* table_;
};

}  // namespace

View* makeClassChangeView(Workbench& workbench, QWidget* parent) { return new ClassChangeView(workbench, parent); }

}  // namespace weir::ui

#include "class_change_view.moc"
