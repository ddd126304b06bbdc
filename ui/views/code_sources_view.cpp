// The panel Top sources: the sources of records that have a code (Fig. 2 of the paper). Follows the code selected in
// other panels.
#include "ui/actions.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/code_top_model.h"
#include "ui/state/code_top.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"
#include "ui/views/code_choice.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace weir::ui {
namespace {

constexpr std::uint64_t kMaxSources = 20;

class CodeSourcesView final : public View {
    Q_OBJECT
public:
    CodeSourcesView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), model_(new CodeTopModel(tr("Source"), this)), table_(new QTableView),
          choice_(new CodeChoice(workbench.scores(), QStringLiteral("POSSIBLE TCP SCAN"), this)),
          query_(new CodeTopQuery(workbench, "srcip", kMaxSources, this)) {
        choice_->setToolTip(tr("Code of the listed sources"));
        build();
        connect(&workbench, &Workbench::selectionChanged, this, &CodeSourcesView::ask);
        connect(choice_, &CodeChoice::chosen, this, &CodeSourcesView::ask);
        connect(query_, &CodeTopQuery::answered, this, &CodeSourcesView::showAnswer);
        connect(&workbench.pick(), &Pick::codePicked, this,
                [this] { choice_->setTest(this->workbench().pick().code()); });
        ask();
    }
    QList<QWidget*> titleControls() override { return {choice_}; }
    QJsonObject state() const override { return {{QStringLiteral("code"), choice_->code()}}; }
    void restore(const QJsonObject& state) override {
        if (const QString code = state.value(QStringLiteral("code")).toString(); !code.isEmpty())
            choice_->setCode(code);
    }

protected:
    void showEvent(QShowEvent* event) override {
        View::showEvent(event);
        if (stale_) ask();
    }

private:
    void build() {
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("codeSources"));
        table_->setAccessibleName(tr("Top sources of a code"));
        table_->setItemDelegateForColumn(CodeTopModel::kShare, new BarDelegate(table_));
        const auto digits = [this](const QString& text) { return table_->fontMetrics().horizontalAdvance(text) + 18; };
        QHeaderView* header = table_->horizontalHeader();
        header->resizeSection(CodeTopModel::kRecords, digits(QStringLiteral("000,000")));
        header->resizeSection(CodeTopModel::kShare, 52);
        header->resizeSection(CodeTopModel::kPercent, digits(QStringLiteral("100.0")) - 6);
        header->setSectionResizeMode(CodeTopModel::kValue, QHeaderView::Stretch);
        connect(table_, &QAbstractItemView::clicked, this, [this](const QModelIndex& at) {
            if (const auto host = flow::parseAddress(toUtf8(model_->valueAt(at.row()))))
                this->workbench().pick().setSubject(session::HostSubject{*host});
        });
        connect(table_, &QAbstractItemView::activated, this,
                [this](const QModelIndex& at) { filterBy(at.row(), FilterMode::andAlso); });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (model_->valueAt(at.row()).isEmpty()) return;
            menu.addAction(tr("Filter by this source"), this,
                           [this, row = at.row()] { filterBy(row, FilterMode::replace); });
            menu.addAction(tr("Filter by this source and the current filter"), this,
                           [this, row = at.row()] { filterBy(row, FilterMode::andAlso); });
        });
        setContent(table_);
    }
    void filterBy(int row, FilterMode mode) {
        const QString source = model_->valueAt(row);
        if (source.isEmpty()) return;
        const QString text =
            QStringLiteral("src ip %1 and %2").arg(source, fromUtf8(session::codeFilter(toUtf8(choice_->code()))));
        workbench().filter().set(text, mode);
    }
    void ask() {
        stale_ = !isVisible();
        if (!stale_) query_->ask(choice_->test());
    }
    void showAnswer() {
        const auto& snapshot = workbench().snapshot();
        const bool there = workbench().scores().byRecord() && choice_->test() >= 0;
        model_->setTop(query_->answer(), choice_->mark().color);
        setScope(there ? tr("%1 source(s)", nullptr, pluralOf(query_->answer().rows.size() + query_->answer().others))
                             .arg(count(query_->answer().rows.size() + query_->answer().others))
                       : QString());
        if (!snapshot || snapshot->sources.empty())
            return showState(tr("No captures yet"), tr("Open a capture to see the busiest sources of a code."),
                             workbench().actions().get("file.openCapture"));
        if (!query_->problem().isEmpty()) return showError(query_->problem());
        if (!there) return showState(tr("Scoring"), {});
        if (model_->rowCount() == 0)
            return showState(tr("No record has the code %1").arg(choice_->code()),
                             tr("Choose another code, or clear the filter."));
        showContent();
    }

    CodeTopModel* model_;
    QTableView* table_;
    CodeChoice* choice_;
    CodeTopQuery* query_;
    bool stale_ = true;  ///< changed while not visible
};

}  // namespace

View* makeCodeSourcesView(Workbench& workbench, QWidget* parent) { return new CodeSourcesView(workbench, parent); }

}  // namespace weir::ui

#include "code_sources_view.moc"
