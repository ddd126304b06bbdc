// The panel Jobs: running and finished jobs with rate, time left and cancel.
#include "ui/delegates/cell_paint.h"
#include "ui/jobs/job_list.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/view.h"

#include <QAction>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QToolButton>

namespace weir::ui {
namespace {

enum Column { nameColumn, barColumn, percentColumn, rateColumn, leftColumn, stateColumn, columnCount };

class JobCell final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        paintCell(*painter, option);
        painter->setFont(option.font);
        if (index.column() == barColumn) {
            const double share = index.data(Qt::UserRole).toDouble();
            const QRect track = option.rect.adjusted(kCellPadding, 0, -kCellPadding, 0);
            painter->fillRect(QRect(track.left(), track.center().y() - 3, track.width(), 6), Theme::current().rule);
            painter->fillRect(QRect(track.left(), track.center().y() - 3, int(track.width() * share), 6),
                              Theme::current().accent);
            return;
        }
        const bool number =
            index.column() == percentColumn || index.column() == rateColumn || index.column() == leftColumn;
        paintText(*painter, option.rect, index.data().toString(), number ? Qt::AlignRight : Qt::AlignLeft,
                  toneColor(Tone(index.data(Qt::UserRole + 1).toInt())));
    }
};

class JobsView final : public View {
    Q_OBJECT
public:
    JobsView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), table_(new QTableWidget(0, columnCount)) {
        table_->setObjectName(QStringLiteral("jobTable"));
        table_->setAccessibleName(tr("Jobs"));
        table_->setFrameShape(QFrame::NoFrame);
        table_->setShowGrid(false);
        table_->setHorizontalHeaderLabels(
            {tr("Job"), tr("Progress"), tr("%"), tr("Rate"), tr("Time left"), tr("State")});
        table_->verticalHeader()->hide();
        table_->verticalHeader()->setDefaultSectionSize(rowHeight(fontMetrics()));
        table_->verticalHeader()->setMinimumSectionSize(rowHeight(fontMetrics()));
        table_->setSelectionBehavior(QAbstractItemView::SelectRows);
        table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
        table_->setItemDelegate(new JobCell(this));
        const int em = fontMetrics().horizontalAdvance(u'0');
        const int widths[] = {30, 16, 6, 20, 11, 0};
        for (int c = 0; c < stateColumn; ++c) table_->setColumnWidth(c, widths[c] * em);
        for (int c : {int(percentColumn), int(rateColumn), int(leftColumn)})
            table_->horizontalHeaderItem(c)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        table_->horizontalHeader()->setStretchLastSection(true);
        table_->horizontalHeader()->setHighlightSections(false);
        setContent(table_);
        auto* cancel = new QAction(tr("Cancel job"), this);
        cancel->setShortcut(Qt::Key_Delete);
        cancel->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        table_->addAction(cancel);
        table_->setContextMenuPolicy(Qt::ActionsContextMenu);
        connect(cancel, &QAction::triggered, this, &JobsView::cancelCurrent);
        connect(&workbench.jobs(), &JobList::changed, this, &JobsView::fill);
        fill();
    }
    QList<QWidget*> titleControls() override {
        const auto button = [this](const QString& text) {
            auto* b = new QToolButton(this);
            b->setText(text);
            b->setAutoRaise(true);
            return b;
        };
        auto* cancel = button(tr("Cancel"));
        auto* clear = button(tr("Clear finished"));
        connect(cancel, &QToolButton::clicked, this, &JobsView::cancelCurrent);
        connect(clear, &QToolButton::clicked, &workbench().jobs(), &JobList::clearEnded);
        return {cancel, clear};
    }

private:
    void cancelCurrent() {
        const auto& jobs = workbench().jobs().jobs();
        const int row = table_->currentRow();
        if (row >= 0 && row < int(jobs.size()))
            workbench().jobs().cancel(jobs[std::size_t(row)].id);
        else
            workbench().jobs().cancelAll();
    }
    void put(int row, int column, const QString& text, Tone tone = Tone::normal, double share = 0) {
        QTableWidgetItem* item = table_->item(row, column);
        if (item == nullptr) table_->setItem(row, column, item = new QTableWidgetItem);
        item->setText(text);
        item->setData(Qt::UserRole, share);
        item->setData(Qt::UserRole + 1, int(tone));
    }
    void fill() {
        const auto& jobs = workbench().jobs().jobs();
        const int running = workbench().jobs().running();
        setScope(running == 0 ? tr("none running") : tr("%n running", nullptr, running));
        if (jobs.empty())
            return showState(tr("No jobs"),
                             tr("Jobs such as reading captures, pairing and classifying are listed here."));
        showContent();
        table_->setRowCount(int(jobs.size()));
        for (int row = 0; row < int(jobs.size()); ++row) {
            const JobInfo& job = jobs[std::size_t(row)];
            const bool runs = job.state == JobState::running;
            const bool known = job.permille() >= 0;
            put(row, nameColumn, job.name);
            put(row, barColumn, {}, Tone::normal,
                !runs ? (job.state == JobState::done ? 1.0
                         : known                     ? job.permille() / 1000.0
                                                     : 0)
                      : job.permille() / 1000.0);
            put(row, percentColumn,
                job.state == JobState::done ? QStringLiteral("100")
                : known                     ? QString::number(job.permille() / 10)
                                            : QString());
            put(row, rateColumn, runs && job.rate > 0 ? rateText(job.rate, job.unit) : QString());
            put(row, leftColumn,
                runs && job.secondsLeft >= 0 ? durationText(std::int64_t(job.secondsLeft * 1e6)) : QString());
            switch (job.state) {
                case JobState::running: put(row, stateColumn, job.stage); break;
                case JobState::done:
                    put(row, stateColumn, tr("done in %1").arg(durationText(std::int64_t(job.seconds * 1e6))),
                        Tone::secondary);
                    break;
                case JobState::cancelled: put(row, stateColumn, tr("cancelled"), Tone::secondary); break;
                case JobState::failed: put(row, stateColumn, job.outcome, Tone::error); break;
            }
        }
    }
    QTableWidget* table_;
};

}  // namespace

View* makeJobsView(Workbench& workbench, QWidget* parent) { return new JobsView(workbench, parent); }

}  // namespace weir::ui

#include "jobs_view.moc"
