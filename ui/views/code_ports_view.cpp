// The panel Top destination ports: the ports of two codes side by side, and which are in both (Fig. 3 of the paper).
#include "ui/actions.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/code_pair_model.h"
#include "ui/state/code_top.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"
#include "ui/views/code_choice.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

#include <array>

namespace weir::ui {
namespace {

constexpr std::uint64_t kMaxPorts = 10;

class CodePortsView final : public View {
    Q_OBJECT
public:
    CodePortsView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), model_(new CodePairModel(this)), table_(new QTableView),
          choices_(new QWidget(this)) {
        choices_->hide();
        auto* row = new QHBoxLayout(choices_);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(4);
        const std::array<QString, 2> preferred{QStringLiteral("POSSIBLE TCP SCAN"), QStringLiteral("SYN ONLY")};
        for (std::size_t s = 0; s < 2; ++s) {
            choice_[s] = new CodeChoice(workbench.scores(), preferred[s], choices_, s);
            choice_[s]->setToolTip(s == 0 ? tr("Code of the ports on the left") : tr("Code of the ports on the right"));
            query_[s] = new CodeTopQuery(workbench, "dstport", kMaxPorts, this);
            row->addWidget(choice_[s]);
            connect(choice_[s], &CodeChoice::chosen, this, &CodePortsView::ask);
            connect(query_[s], &CodeTopQuery::answered, this, &CodePortsView::showAnswer);
        }
        build();
        connect(&workbench, &Workbench::selectionChanged, this, &CodePortsView::ask);
        ask();
    }
    QList<QWidget*> titleControls() override {
        choices_->show();
        return {choices_};
    }
    QJsonObject state() const override {
        return {{QStringLiteral("left"), choice_[0]->code()}, {QStringLiteral("right"), choice_[1]->code()}};
    }
    void restore(const QJsonObject& state) override {
        const std::array<QString, 2> codes{state.value(QStringLiteral("left")).toString(),
                                           state.value(QStringLiteral("right")).toString()};
        for (std::size_t s = 0; s < 2; ++s)
            if (!codes[s].isEmpty()) choice_[s]->setCode(codes[s]);
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
        table_->setObjectName(QStringLiteral("codePorts"));
        table_->setAccessibleName(tr("Top destination ports of two codes"));
        table_->setSelectionBehavior(QAbstractItemView::SelectItems);
        const auto digits = [this](const QString& text) { return table_->fontMetrics().horizontalAdvance(text) + 16; };
        auto* bars = new BarDelegate(table_);
        QHeaderView* header = table_->horizontalHeader();
        for (int s = 0; s < 2; ++s) {
            const int first = s * CodePairModel::kPerCode;
            table_->setItemDelegateForColumn(first + CodePairModel::kBar, bars);
            header->resizeSection(first + CodePairModel::kValue, digits(QStringLiteral("00000")));
            header->resizeSection(first + CodePairModel::kMark, 18);
            header->resizeSection(first + CodePairModel::kRecords, digits(QStringLiteral("000,000")));
            header->setSectionResizeMode(first + CodePairModel::kBar, QHeaderView::Stretch);
        }
        connect(table_, &QAbstractItemView::activated, this,
                [this](const QModelIndex& at) { filterBy(at, FilterMode::andAlso); });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (model_->valueAt(at).isEmpty()) return;
            menu.addAction(tr("Filter by this port and code"), this,
                           [this, at = QPersistentModelIndex(at)] { filterBy(at, FilterMode::replace); });
            menu.addAction(tr("Filter by this port, code and the current filter"), this,
                           [this, at = QPersistentModelIndex(at)] { filterBy(at, FilterMode::andAlso); });
        });
        setContent(table_);
    }
    void filterBy(const QModelIndex& at, FilterMode mode) {
        const QString port = model_->valueAt(at);
        if (port.isEmpty()) return;
        const QString code = choice_[std::size_t(at.column() / CodePairModel::kPerCode)]->code();
        workbench().filter().set(
            QStringLiteral("dst port %1 and %2").arg(port, fromUtf8(session::codeFilter(toUtf8(code)))), mode);
    }
    void ask() {
        stale_ = !isVisible();
        if (!stale_)
            for (std::size_t s = 0; s < 2; ++s) query_[s]->ask(choice_[s]->test());
    }
    void showAnswer() {
        const auto& snapshot = workbench().snapshot();
        const bool there = workbench().scores().byRecord() && choice_[0]->test() >= 0 && choice_[1]->test() >= 0;
        std::array<CodePairModel::Side, 2> sides;
        for (std::size_t s = 0; there && s < 2; ++s) {
            const CodeMark mark = choice_[s]->mark();
            sides[s] = {mark.name, mark.color, query_[s]->answer()};
        }
        model_->setSides(std::move(sides[0]), std::move(sides[1]));
        setScope(there && model_->listed() > 0 ? tr("◆ in both: %1 of %2").arg(model_->common()).arg(model_->listed())
                                               : QString());
        if (!snapshot || snapshot->sources.empty())
            return showState(tr("No captures yet"), tr("Open a capture to compare the destination ports of two codes."),
                             workbench().actions().get("file.openCapture"));
        for (const CodeTopQuery* q : query_)
            if (!q->problem().isEmpty()) return showError(q->problem());
        if (!there) return showState(tr("Scoring"), {});
        if (model_->rowCount() == 0)
            return showState(tr("No record has these codes"), tr("Choose others, or clear the filter."));
        showContent();
    }

    CodePairModel* model_;
    QTableView* table_;
    QWidget* choices_;
    std::array<CodeChoice*, 2> choice_{};
    std::array<CodeTopQuery*, 2> query_{};
    bool stale_ = true;  ///< changed while not visible
};

}  // namespace

View* makeCodePortsView(Workbench& workbench, QWidget* parent) { return new CodePortsView(workbench, parent); }

}  // namespace weir::ui

#include "code_ports_view.moc"
