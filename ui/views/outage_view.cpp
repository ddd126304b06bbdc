// The panel Outages: when local services were unreachable, and how many clients noticed. Enter lists the flows.
#include "core/session/verbs/outages.h"
#include "ui/delegates/table_look.h"
#include "ui/late_view.h"
#include "ui/models/outage_model.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace weir::ui {
namespace {

class OutageView final : public LateView {
    Q_OBJECT
public:
    OutageView(Workbench& workbench, QWidget* parent)
        : LateView(workbench, parent), model_(new OutageModel(this)), table_(new QTableView) {
        build();
        connect(&workbench, &Workbench::projectChanged, this, [this] {
            lane().cancel();
            model_->set({});
            searched_.reset();
            of_.reset();
            outdate();
        });
        connect(&workbench, &Workbench::zoneChanged, this, [this] { model_->setZone(this->workbench().zone()); });
        showPresent();
    }

protected:
    bool upToDate() const override {
        const auto& snapshot = workbench().snapshot();
        const auto& judgement = workbench().rules().judgement();
        return !judgement || !snapshot || !snapshot->flows || (searched_ == judgement && of_ == snapshot->flows);
    }

    void work() override {
        const auto judgement = workbench().rules().judgement();
        const auto snapshot = workbench().snapshot();
        lane().start(
            tr("Find outages"),
            [snapshot, judgement](JobContext& job) { return session::outagesOf(snapshot, judgement, job); },
            [this, judgement, snapshot](Result<std::vector<session::Outage>> found) {
                if (!found && found.error().code == Errc::cancelled) return;
                searched_ = judgement;
                of_ = snapshot->flows;
                problem_ = found ? QString() : fromUtf8(found.error().detail);
                model_->set(found ? std::move(*found) : std::vector<session::Outage>());
                table_->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
                showPresent();
            },
            false);
    }

    void showPresent() override {
        setScope({});
        const auto& snapshot = workbench().snapshot();
        const QString className = fromUtf8(session::kUnreachableClass);
        if (!snapshot || !snapshot->flows)
            return showState(tr("No flows yet"),
                             tr("Services that received flows of the class %1 are listed here.").arg(className));
        if (!searched_) return showState(tr("Searching"), {});
        if (!problem_.isEmpty())
            return showState(tr("Cannot find outages"),
                             tr("The rule set has no class %1, or the signs are not computed yet.").arg(className));
        if (model_->rowCount() == 0) return showState(tr("No outages"), tr("No flow has the class %1.").arg(className));
        std::uint64_t flows = 0;
        for (const session::Outage& o : model_->all()) flows += o.flows;
        setScope(
            (workbench().figures().part() ? tr("all flows: ") : QString()) +
            tr("outages: %1 · flows of %3: %2").arg(count(std::uint64_t(model_->rowCount())), count(flows), className));
        showContent();
    }

private:
    void build() {
        setUpTable(*table_);
        table_->setObjectName(QStringLiteral("outages"));
        table_->setAccessibleName(tr("Services that were unreachable"));
        table_->setModel(model_);
        table_->setSelectionMode(QAbstractItemView::SingleSelection);
        table_->setSortingEnabled(true);
        table_->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
        table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        table_->horizontalHeader()->setStretchLastSection(true);
        model_->setZone(workbench().zone());
        connect(table_, &QAbstractItemView::activated, this,
                [this](const QModelIndex& at) { showFlows(at.row(), FilterMode::replace); });
        connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
            if (const session::Outage* o = model_->at(at.row()))
                this->workbench().pick().setSubject(session::HostSubject{o->host});
        });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (!at.isValid()) return;
            menu.addAction(tr("Show flows"), this, [this, row = at.row()] { showFlows(row, FilterMode::replace); });
            menu.addAction(tr("Show flows within the current filter"), this,
                           [this, row = at.row()] { showFlows(row, FilterMode::andAlso); });
        });
        setContent(table_);
    }

    void showFlows(int row, FilterMode mode) {
        if (const session::Outage* o = model_->at(row)) workbench().filter().set(fromUtf8(o->filter()), mode);
    }

    OutageModel* model_;
    QTableView* table_;
    session::JudgementPtr searched_;  ///< whose outages are listed, on these flows
    std::shared_ptr<const flow::DerivedFlows> of_;
    QString problem_;
};

}  // namespace

View* makeOutageView(Workbench& workbench, QWidget* parent) { return new OutageView(workbench, parent); }

}  // namespace weir::ui

#include "outage_view.moc"
