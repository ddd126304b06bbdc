// See metric_strip.h.
#include "ui/views/metric_strip.h"

#include "core/session/verbs/asserts.h"
#include "ui/state/iteration_history.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/views/metric_strip_item.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

#include <bit>

namespace weir::ui {
namespace {

using Number = std::optional<std::uint64_t>;

/// Fewer is better for every figure of the strip that has a good and a bad side.
MetricText metricText(const QString& caption, const QString& shortCaption, Number now, Number before,
                      const QString& base, Tone toneAboveZero) {
    MetricText out;
    out.caption = caption;
    out.shortCaption = shortCaption;
    out.figure = now ? count(*now) : QStringLiteral("–");
    if (now && *now > 0) out.figureTone = toneAboveZero;
    out.sentence = caption + u' ' + out.figure;
    if (!now || !before) return out;
    const auto delta = std::int64_t(*now) - std::int64_t(*before);
    if (delta == 0) {
        out.delta = QStringLiteral("±0");
        out.sentence += MetricStripView::tr(", same as in %1").arg(base);
        return out;
    }
    out.delta = (delta > 0 ? QStringLiteral("▲ ") : QStringLiteral("▼ ")) + signedCount(delta);
    out.deltaTone = delta < 0 ? Tone::good : Tone::error;
    out.sentence += delta > 0 ? MetricStripView::tr(", %1 more than in %2").arg(count(std::uint64_t(delta)), base)
                              : MetricStripView::tr(", %1 fewer than in %2").arg(count(std::uint64_t(-delta)), base);
    return out;
}

MetricText combinationsMetric(const session::Judgement& now, const session::Judgement* before, bool loaded,
                              const QString& base) {
    MetricText out;
    out.caption = MetricStripView::tr("Combinations: seen / admissible / possible");
    out.shortCaption = MetricStripView::tr("Seen / admissible / possible");
    const bool counted = now.check.counted;
    out.figure =
        QStringLiteral("%1 / %2 / %3")
            .arg(loaded ? count(now.conflicts.observed) : QStringLiteral("–"),
                 counted ? count(now.check.admissible) : MetricStripView::tr("many"),
                 counted ? count(now.check.possible) : QStringLiteral("2^%1").arg(std::popcount(now.parsed.set.signs)));
    out.sentence = out.caption + u' ' + out.figure;
    if (!before || !counted || !before->check.counted) return out;
    const auto delta = std::int64_t(now.check.admissible) - std::int64_t(before->check.admissible);
    out.delta = signedCount(delta);
    if (delta)
        out.sentence += MetricStripView::tr(", admissible combinations %1 compared with %2").arg(out.delta, base);
    return out;
}

MetricText assertMetric(const session::AssertCoverage& asserts, std::uint64_t oneWay) {
    MetricText out;
    out.caption = MetricStripView::tr("Asserts: failed / all");
    out.figure = QStringLiteral("%1 / %2").arg(count(asserts.failed), count(asserts.asserts));
    out.figureTone = asserts.failed ? Tone::error : Tone::good;
    const QString share = percent(oneWay ? double(asserts.flows) / double(oneWay) : 0);
    out.delta = MetricStripView::tr("%1 % of flows").arg(share);
    out.sentence = MetricStripView::tr("%1 of %2 asserts fail; they cover %3 observed combinations, %4 % of the flows")
                       .arg(count(asserts.failed), count(asserts.asserts), count(asserts.combinations), share);
    return out;
}

}  // namespace

MetricStripView::MetricStripView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), history_(workbench.iterations()), conflicting_(new Metric), unclassified_(new Metric),
      combinations_(new Metric), words_(new Metric), asserts_(new Metric), base_(new QLabel), stale_(new StaleField),
      selection_(new QLabel) {
    auto* strip = new QFrame;
    strip->setAutoFillBackground(true);
    strip->setBackgroundRole(QPalette::Base);
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (QWidget* item :
         {static_cast<QWidget*>(conflicting_), static_cast<QWidget*>(unclassified_),
          static_cast<QWidget*>(combinations_), static_cast<QWidget*>(words_), static_cast<QWidget*>(asserts_)})
        row->addWidget(item);
    base_->setContentsMargins(11, 0, 11, 0);
    base_->setForegroundRole(QPalette::PlaceholderText);
    base_->setMinimumWidth(0);
    row->addWidget(base_, 1);
    row->addWidget(stale_, 1);
    stale_->hide();
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(strip, 1);
    rows->addWidget(selection_);
    selection_->setObjectName(QStringLiteral("selectionScope"));
    selection_->setTextFormat(Qt::PlainText);
    selection_->setContentsMargins(11, 1, 11, 2);
    selection_->setMinimumWidth(0);
    selection_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    selection_->setAutoFillBackground(true);
    selection_->hide();
    setContent(content);
    refreshScope();
    setAccessibleName(tr("Live results of the rule draft"));
    connect(&workbench.figures(), &RuleFigures::changed, this, &MetricStripView::refresh);
    connect(&history_, &IterationHistory::changed, this, &MetricStripView::refresh);
    connect(&workbench, &Workbench::snapshotChanged, this, &MetricStripView::refresh);
    connect(&workbench, &Workbench::zoneChanged, this, &MetricStripView::refreshStale);
    refresh();
}

/// Figures of an older selection are amber.
void MetricStripView::refreshScope() {
    const RuleFigures& figures = workbench().figures();
    const QString scope = figures.scope();
    selection_->setVisible(!scope.isEmpty());
    selection_->setText(figures.counting() ? scope : scope + tr(" · asserts and saved iterations count all flows"));
    selection_->setToolTip(selection_->text());
    QPalette palette = QWidget::palette();
    palette.setColor(QPalette::Window, figures.counting() ? Theme::current().warningField : Theme::current().selection);
    palette.setColor(QPalette::WindowText, figures.counting() ? Theme::current().warning : Theme::current().text);
    selection_->setPalette(palette);
    const int height =
        std::max(46, conflicting_->sizeHint().height() + 8) + (scope.isEmpty() ? 0 : selection_->sizeHint().height());
    setMinimumHeight(scope.isEmpty() ? 46 : 46 + selection_->sizeHint().height());
    setMaximumHeight(height);
}

void MetricStripView::refresh() {
    refreshScope();
    const auto& now = workbench().figures().judgement();
    if (!now) return;
    const auto* before = history_.baseJudgement().get();
    const auto& snapshot = workbench().snapshot();
    const bool loaded = snapshot && snapshot->tally();
    const QString& base = history_.base().name;
    const auto when = [](bool known, std::uint64_t n) { return known ? Number(n) : Number(); };
    conflicting_->set(metricText(tr("Conflicting flows"), tr("Conflicting"), when(loaded, now->classes.conflicting),
                                 when(loaded && before, before ? before->classes.conflicting : 0), base, Tone::error));
    unclassified_->set(metricText(tr("Unclassified flows"), tr("Unclassified"), when(loaded, now->classes.unclassified),
                                  when(loaded && before, before ? before->classes.unclassified : 0), base,
                                  Tone::normal));
    combinations_->set(combinationsMetric(*now, before, loaded, base));
    // Where combinations are not counted, the strip shows rule pairs instead.
    const bool counted = now->check.counted && (!before || before->check.counted);
    const auto able = [counted](const session::Judgement& j) {
        return counted ? j.check.conflictingWords : std::uint64_t(j.check.conflicts.size());
    };
    words_->set(metricText(counted ? tr("Combinations that could conflict") : tr("Rule pairs that could conflict"),
                           tr("Could conflict"), able(*now), when(before, before ? able(*before) : 0), base,
                           Tone::normal));
    const session::Judgement& all = *workbench().rules().judgement();
    const session::AssertCoverage asserts = session::assertCoverage(all);
    asserts_->setVisible(asserts.asserts > 0);
    asserts_->set(assertMetric(asserts, all.classes.oneWay.flows));
    base_->setText(tr("Δ to %1").arg(base));
    refreshStale();
}

void MetricStripView::refreshStale() {
    const auto& rules = workbench().rules();
    const bool stale = rules.stale();
    base_->setVisible(!stale);
    stale_->setVisible(stale);
    if (!stale) return;
    const auto& problems = rules.latest()->parsed.diagnostics;
    const auto error = std::ranges::find(problems, Severity::error, &Diagnostic::severity);
    const QString why = error == problems.end() ? tr("Stale: the text has an error")
                                                : tr("Stale: line %1 has an error").arg(error->line);
    const QDateTime at = workbench().zone() == Zone::utc ? rules.judgedAt().toUTC() : rules.judgedAt().toLocalTime();
    stale_->set(why, tr("Showing the last valid text, %1. Δ to %2")
                         .arg(at.toString(QStringLiteral("HH:mm:ss")), history_.base().name));
}

void MetricStripView::changeEvent(QEvent* event) {
    View::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) refreshScope();
}

View* makeStripView(Workbench& workbench, QWidget* parent) { return new MetricStripView(workbench, parent); }

}  // namespace weir::ui
