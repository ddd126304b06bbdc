// The panel Code overlap: which pairs of codes occur on the same records, and how similar they are. Enter filters by
// both.
#include "ui/actions.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/code_overlap_model.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"

#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace weir::ui {
namespace {

class CodeOverlapView final : public View {
    Q_OBJECT
public:
    CodeOverlapView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), model_(new CodeOverlapModel(this)), table_(new QTableView) {
        table_->setObjectName(QStringLiteral("codeOverlap"));
        table_->setAccessibleName(tr("Codes together"));
        table_->setModel(model_);
        table_->setItemDelegate(new HeatDelegate(table_));
        table_->setFrameShape(QFrame::NoFrame);
        table_->setShowGrid(false);
        table_->setSelectionMode(QAbstractItemView::SingleSelection);
        table_->setTabKeyNavigation(false);
        chooseByHandOnly(*table_);
        table_->setCornerButtonEnabled(false);
        table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
        table_->verticalHeader()->setDefaultSectionSize(rowHeight(table_->fontMetrics()));
        table_->verticalHeader()->setMinimumSectionSize(rowHeight(table_->fontMetrics()));
        table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        table_->horizontalHeader()->setMinimumSectionSize(24);
        connect(table_, &QAbstractItemView::activated, this, &CodeOverlapView::filterBy);
        connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& at) {
            if (at.isValid()) this->workbench().pick().setCode(model_->testAt(at.row()));
        });
        makeCopyable(table_);
        setContent(table_);
        connect(&workbench.scores(), &ScoreBoard::ranked, this, &CodeOverlapView::refresh);
        connect(&workbench, &Workbench::snapshotChanged, this, &CodeOverlapView::refresh);
        refresh();
    }

private:
    void filterBy(const QModelIndex& at) {
        const auto code = [this](int test) {
            return fromUtf8(session::codeFilter(workbench().scores().profile().tests[std::size_t(test)].code));
        };
        const int a = model_->testAt(at.row()), b = model_->testAt(at.column());
        workbench().filter().set(a == b ? code(a) : code(a) + QStringLiteral(" and ") + code(b));
    }
    void refresh() {
        auto& board = workbench().scores();
        model_->setOverlap(board.overlap(), board.profile());
        for (int column = 0; column < model_->columnCount(); ++column) table_->resizeColumnToContents(column);
        setScope(board.result() ? tr("above: records with both · below: share of records with either") : QString());
        if (!workbench().snapshot() || workbench().snapshot()->sources.empty())
            return showState(tr("No captures yet"), tr("Open a capture to see which codes occur together."),
                             workbench().actions().get("file.openCapture"));
        if (!board.result()) return showState(tr("Scoring"), {});
        if (model_->rowCount() == 0) return showState(tr("No record has a code"), {});
        showContent();
    }

    CodeOverlapModel* model_;
    QTableView* table_;
};

}  // namespace

View* makeCodeOverlapView(Workbench& workbench, QWidget* parent) { return new CodeOverlapView(workbench, parent); }

}  // namespace weir::ui

#include "code_overlap_view.moc"
