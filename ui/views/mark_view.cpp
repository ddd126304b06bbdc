// The panel Marks: tags and silences of the project, what they match, and why.
#include "core/session/evidence/score.h"
#include "core/session/rows/row_marks.h"
#include "ui/actions.h"
#include "ui/delegates/table_look.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/mark_model.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace weir::ui {
namespace {

using Counts = std::vector<std::optional<std::uint64_t>>;

/// By mark; nothing where its filter does not hold.
Result<Counts> countMarks(const session::SnapshotPtr& snapshot, const session::JudgementPtr& judgement,
                          JobContext& job) {
    Counts out;
    for (const session::Mark& mark : *snapshot->marks) {
        session::Query query;
        query.rows = session::Rows::records;
        query.filter = mark.filter;
        query.list = query.totals = false;
        const auto taken = session::selectRows(snapshot, judgement, query, job);
        if (!taken && taken.error().code != Errc::badFilter) return taken.error();
        out.push_back(taken ? std::optional((*taken)->count) : std::nullopt);
    }
    return out;
}

class MarkView final : public View {
    Q_OBJECT
public:
    MarkView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), model_(new MarkModel(this)), table_(new QTableView), lane_(workbench.jobs()) {
        build();
        connect(&workbench, &Workbench::snapshotChanged, this, &MarkView::fill);
        connect(&workbench.rules(), &RuleDraft::judgementChanged, this, [this] { stale_ = true; });
        fill();
    }

protected:
    void showEvent(QShowEvent* event) override {
        View::showEvent(event);
        if (stale_) countRecords();
    }

private:
    void build() {
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("markTable"));
        table_->setAccessibleName(tr("Marks"));
        const auto wide = [this](const QString& text) { return table_->fontMetrics().horizontalAdvance(text) + 18; };
        QHeaderView* header = table_->horizontalHeader();
        header->resizeSection(MarkModel::kKind, wide(QStringLiteral("known good")));
        header->resizeSection(MarkModel::kName, wide(QStringLiteral("UNKNOWN PORTS CON")));
        header->resizeSection(MarkModel::kFilter, wide(QStringLiteral("src ip 255.255.255.255 and dst port 65535")));
        header->resizeSection(MarkModel::kRecords, wide(QStringLiteral("0,000,000")));
        header->resizeSection(MarkModel::kUntil, wide(QStringLiteral("2026-00-00")));
        header->setSectionResizeMode(MarkModel::kNote, QHeaderView::Stretch);
        header->resizeSection(MarkModel::kTime, wide(QStringLiteral("2026-00-00 00:00")));
        connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) {
            workbench().filter().set(MarkModel::filterOf(model_->rows()[std::size_t(at.row())]));
        });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (at.isValid()) addMenu(menu, at.row());
        });
        auto* remove = new QAction(tr("Remove mark"), this);
        remove->setShortcut(Qt::Key_Delete);
        remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        table_->addAction(remove);
        connect(remove, &QAction::triggered, this, [this] { removeRow(table_->currentIndex().row()); });
        setContent(table_);
    }

    void addMenu(QMenu& menu, int row) {
        const MarkModel::Row& shown = model_->rows()[std::size_t(row)];
        const QString filter = MarkModel::filterOf(shown);
        menu.addAction(tr("Apply as filter"), this, [this, filter] { workbench().filter().set(filter); });
        if (const auto* mark = std::get_if<session::Mark>(&shown.item))
            menu.addAction(
                tr("Show all rows tagged %1").arg(fromUtf8(mark->tag)), this,
                [this, tag = fromUtf8(mark->tag)] { workbench().filter().set(QStringLiteral("tag ") + tag); });
        menu.addAction(tr("Edit…"), this, [this, item = shown.item] {
            if (const auto* mark = std::get_if<session::Mark>(&item))
                emit workbench().markAsked(*mark, true);
            else
                emit workbench().silenceAsked(std::get<session::Silence>(item), true);
        });
        menu.addAction(tr("Remove"), this, [this, row] { removeRow(row); });
    }

    void removeRow(int row) {
        if (row < 0 || row >= model_->rowCount()) return;
        const auto item = model_->rows()[std::size_t(row)].item;
        if (const auto* mark = std::get_if<session::Mark>(&item))
            emit workbench().markRemovalAsked(*mark);
        else
            emit workbench().silenceRemovalAsked(std::get<session::Silence>(item));
    }

    void fill() {
        const auto& snapshot = workbench().snapshot();
        std::vector<MarkModel::Row> rows;
        if (snapshot && snapshot->marks)
            for (const session::Mark& m : *snapshot->marks) rows.push_back({m, {}, false});
        const std::size_t marks = rows.size();
        if (snapshot && snapshot->silences)
            for (const session::Silence& s : *snapshot->silences)
                rows.push_back({s, takenBy(*snapshot, s), session::isOver(s)});
        for (std::size_t i = 0; i < marks && i < counts_.size() && snapshot->marks == counted_; ++i)
            rows[i].records = counts_[i];
        model_->setRows(std::move(rows));
        setScope(model_->rowCount() == 0 ? QString()
                                         : tr("%n mark(s)", nullptr, int(marks)) +
                                               tr(" · %1 known good").arg(std::size_t(model_->rowCount()) - marks));
        stale_ = true;
        if (model_->rowCount() == 0)
            return showState(tr("No marks"),
                             tr("Right-click a row of the flow list to tag it or to mark it as known good."));
        showContent();
        if (isVisible()) countRecords();
    }

    static std::optional<std::uint64_t> takenBy(const session::Snapshot& snapshot, const session::Silence& silence) {
        if (!snapshot.scores) return std::nullopt;
        const auto& silenced = snapshot.scores->silenced;
        const auto at = std::ranges::find(silenced, silence, &session::SilenceCount::silence);
        return at == silenced.end() ? std::nullopt : std::optional(at->records);
    }

    void countRecords() {
        const auto& snapshot = workbench().snapshot();
        stale_ = false;
        if (!snapshot || !snapshot->records || !snapshot->marks || snapshot->marks->empty()) return;
        lane_.start(
            tr("Count marked records"),
            [snapshot, judgement = workbench().rules().judgement()](JobContext& job) {
                return countMarks(snapshot, judgement, job);
            },
            [this, snapshot](Result<Counts> counts) {
                if (!counts) return;
                counts_ = *counts;
                counted_ = snapshot->marks;
                if (workbench().snapshot() && workbench().snapshot()->marks == counted_) showCounts();
            },
            false);
    }

    void showCounts() {
        Counts all = counts_;
        for (std::size_t i = all.size(); i < model_->rows().size(); ++i) all.push_back(model_->rows()[i].records);
        model_->setRecords(all);
    }

    MarkModel* model_;
    QTableView* table_;
    JobRunner lane_;
    Counts counts_;
    std::shared_ptr<const std::vector<session::Mark>> counted_;  ///< the marks that counts_ counts
    bool stale_ = true;                                          ///< changed while not visible
};

}  // namespace

View* makeMarkView(Workbench& workbench, QWidget* parent) { return new MarkView(workbench, parent); }

}  // namespace weir::ui

#include "mark_view.moc"
