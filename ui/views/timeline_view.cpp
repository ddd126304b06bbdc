// The panel Timeline: rows over time by class, direction or badness. A dragged range becomes the filter's time range.
#include "ui/charts/timeline_chart.h"
#include "ui/delegates/cell_paint.h"
#include "ui/icon.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/view.h"

#include <QComboBox>
#include <QEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace weir::ui {
namespace {

/// Names and counts of the bands, in the title row. What does not fit is left out from the end.
class BandLegend final : public QWidget {
public:
    using QWidget::QWidget;
    void show(const session::Timeline* timeline) {
        entries_.clear();
        QStringList spoken;
        for (std::size_t i = 0; timeline != nullptr && i < timeline->bands.size(); ++i) {
            if (timeline->totals[i] == 0) continue;
            const QString name = Theme::classShortName(fromUtf8(timeline->bands[i]));
            entries_.push_back({bandColor(*timeline, i), name, count(timeline->totals[i])});
            spoken << name + u' ' + count(timeline->totals[i]);
        }
        setAccessibleName(spoken.join(QStringLiteral(", ")));
        setToolTip(spoken.join(u'\n'));
        updateGeometry();
        update();
    }
    QSize sizeHint() const override {
        int width = 0;
        for (const Entry& e : entries_) width += widthOf(e);
        return {width, 22};
    }
    QSize minimumSizeHint() const override { return {0, 22}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        int x = std::max(0, width() - sizeHint().width());
        for (const Entry& e : entries_) {
            const int w = widthOf(e);
            if (x + w > width() + 12) break;
            paintSwatch(painter, x, rect(), e.color);
            painter.setPen(Theme::current().text);
            painter.drawText(QRect(x + 14, 0, w, height()), Qt::AlignVCenter, e.name);
            painter.setPen(Theme::current().secondary);
            painter.drawText(QRect(x + 14 + fontMetrics().horizontalAdvance(e.name) + 5, 0, w, height()),
                             Qt::AlignVCenter, e.total);
            x += w;
        }
    }

private:
    struct Entry {
        QColor color;
        QString name, total;
    };
    int widthOf(const Entry& e) const {
        return 14 + fontMetrics().horizontalAdvance(e.name) + 5 + fontMetrics().horizontalAdvance(e.total) + 14;
    }
    std::vector<Entry> entries_;
};

class TimelineView final : public View {
    Q_OBJECT
public:
    TimelineView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), chart_(new TimelineChart), legend_(new BandLegend(this)), by_(new QComboBox(this)),
          fold_(new QToolButton(this)), lane_(workbench.jobs()) {
        chart_->setObjectName(QStringLiteral("timelineChart"));
        setContent(chart_);
        connect(&workbench, &Workbench::selectionChanged, this, &TimelineView::build);
        connect(&workbench, &Workbench::zoneChanged, this,
                [this] { chart_->setTimeline(chart_->timeline(), this->workbench().zone()); });
        connect(&workbench.filter(), &FlowFilter::changed, this,
                [this] { chart_->setRange(this->workbench().filter().timeRange()); });
        connect(chart_, &TimelineChart::rangeChosen, this,
                [this](const FlowFilter::TimeRange& range) { this->workbench().filter().setTimeRange(range); });
        by_->addItem(tr("Class"), int(session::TimelineBy::classes));
        by_->addItem(tr("Badness"), int(session::TimelineBy::badness));
        by_->setAccessibleName(tr("Colours of the timeline"));
        by_->setToolTip(tr("What the colours show; records and flows have separate choices"));
        connect(by_, &QComboBox::activated, this, [this] {
            chosen() = session::TimelineBy(by_->currentData().toInt());
            build();
        });
        fold_->setIcon(icon(QStringLiteral("chevron")));
        fold_->setText(tr("Fold"));
        fold_->setToolButtonStyle(Qt::ToolButtonTextOnly);
        fold_->setCheckable(true);
        fold_->setAutoRaise(true);
        fold_->setToolTip(tr("Fold the timeline to its title row"));
        connect(fold_, &QToolButton::toggled, this, &TimelineView::fold);
        build();
    }
    QList<QWidget*> titleControls() override { return {legend_, by_, fold_}; }
    QJsonObject state() const override {
        return {{QStringLiteral("folded"), fold_->isChecked()},
                {QStringLiteral("recordsBy"), int(recordsBy_)},
                {QStringLiteral("flowsBy"), int(flowsBy_)}};
    }
    void restore(const QJsonObject& state) override {
        const auto by = [&state](const QString& key, session::TimelineBy otherwise) {
            return session::TimelineBy(std::clamp(state.value(key).toInt(int(otherwise)), 0, 2));
        };
        fold_->setChecked(state.value(QStringLiteral("folded")).toBool());
        recordsBy_ = by(QStringLiteral("recordsBy"), session::TimelineBy::badness);
        flowsBy_ = by(QStringLiteral("flowsBy"), session::TimelineBy::classes);
        build();
    }

protected:
    void changeEvent(QEvent* event) override {
        View::changeEvent(event);
        if (event->type() == QEvent::PaletteChange && chart_->timeline().slotCount > 0)
            legend_->show(&chart_->timeline());
    }

private:
    void fold(bool folded) {
        fold_->setText(folded ? tr("Unfold") : tr("Fold"));
        setMinimumHeight(0);
        setMaximumHeight(folded ? 0 : QWIDGETSIZE_MAX);
        updateGeometry();
    }
    /// Of the rows that are shown.
    session::TimelineBy& chosen() {
        const auto& selection = workbench().selection();
        return selection && selection->query.rows == session::Rows::records ? recordsBy_ : flowsBy_;
    }
    void build() {
        const session::SelectionPtr selection = workbench().selection();
        by_->setCurrentIndex(by_->findData(int(chosen())));
        if (!selection || selection->total == 0) {
            lane_.cancel();
            legend_->show(nullptr);
            setScope({});
            return showState(tr("No flows yet"), tr("Counts over time appear here while a capture is being read."));
        }
        lane_.start(
            tr("Count over time"),
            [selection, by = chosen()](JobContext& job) -> Result<session::Timeline> {
                session::Query query = selection->query;
                if (query.fromUs == INT64_MIN && query.toUs == INT64_MAX)
                    return session::buildTimeline(selection, kSlots, by, job);
                query.fromUs = INT64_MIN;  // the picture shows all times; the range is shaded on it
                query.toUs = INT64_MAX;
                query.sort = session::Field::id;
                auto whole = session::selectRows(selection->snapshot, selection->judgement, query, job);
                if (!whole) return whole.error();
                return session::buildTimeline(*whole, kSlots, by, job);
            },
            [this, records = selection->query.rows == session::Rows::records](Result<session::Timeline> built) {
                if (built) return show(std::move(*built), records);
                if (built.error().code != Errc::cancelled) showError(fromUtf8(built.error().detail));
            },
            false);
    }
    void show(session::Timeline timeline, bool records) {
        const QString unit = records ? tr("records") : tr("flows");
        const double seconds = double(timeline.slotUs) / 1e6;
        const QString slot = seconds < 60      ? tr("%1 s").arg(seconds)
                             : seconds < 3600  ? tr("%1 min").arg(seconds / 60)
                             : seconds < 86400 ? tr("%1 h").arg(seconds / 3600)
                                               : tr("%1 d").arg(seconds / 86400);
        setScope(tr("%1 per %2, by %3").arg(unit, slot, name(timeline.by)));
        if (timeline.slotCount == 0) {
            legend_->show(nullptr);
            return showState(tr("No rows match the filter"), {});
        }
        legend_->show(&timeline);
        chart_->setTimeline(std::move(timeline), workbench().zone());
        chart_->setRange(workbench().filter().timeRange());
        showContent();
    }

    static QString name(session::TimelineBy by) {
        return by == session::TimelineBy::classes   ? tr("class")
               : by == session::TimelineBy::badness ? tr("badness")
                                                    : tr("direction");
    }
    static constexpr std::size_t kSlots = 400;
    TimelineChart* chart_;
    BandLegend* legend_;
    QComboBox* by_;
    QToolButton* fold_;
    session::TimelineBy recordsBy_ = session::TimelineBy::badness, flowsBy_ = session::TimelineBy::classes;
    JobRunner lane_;
};

}  // namespace

View* makeTimelineView(Workbench& workbench, QWidget* parent) { return new TimelineView(workbench, parent); }

}  // namespace weir::ui

#include "timeline_view.moc"
