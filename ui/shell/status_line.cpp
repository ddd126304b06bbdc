// See status_line.h.
#include "ui/shell/status_line.h"

#include "core/session/evidence/prepare.h"
#include "ui/actions.h"
#include "ui/code_look.h"
#include "ui/fitting_row.h"
#include "ui/shell/place_keeper.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace weir::ui {
namespace {

/// A figure with a separator before it; both are hidden when the figure is hidden or empty.
class Part final : public QWidget {
public:
    explicit Part(QWidget* figure) : figure_(figure) {
        auto* line = new QFrame;
        line->setFixedSize(1, 14);
        line->setAutoFillBackground(true);
        line->setBackgroundRole(QPalette::Mid);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        row->addWidget(line);
        row->addWidget(figure);
        figure->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == figure_ && (event->type() == QEvent::HideToParent || event->type() == QEvent::ShowToParent))
            setVisible(!figure_->isHidden());
        return false;
    }

private:
    QWidget* figure_;
};

QToolButton* linkButton(QAction* action) {
    auto* button = new QToolButton;
    button->setAutoRaise(true);
    button->setToolTip(action->toolTip());
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

}  // namespace

StatusLine::StatusLine(Workbench& workbench, PlaceKeeper& keeper, QWidget* parent)
    : QWidget(parent), workbench_(workbench), keeper_(keeper), project_(new QLabel), saved_(new QLabel),
      zone_(linkButton(workbench.actions().get("view.zone"))),
      local_(linkButton(workbench.actions().get("edit.localNetworks"))), rules_(new QLabel), conflicts_(new QLabel),
      unclassified_(new QLabel), profile_(new QLabel), scored_(new QLabel), worst_(new QLabel),
      cleaned_(linkButton(workbench.actions().get("edit.cleaning"))), sampled_(new QLabel), speed_(new QLabel) {
    setFixedHeight(std::max(24, fontMetrics().height() + 8));
    setObjectName(QStringLiteral("statusLine"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    project_->setFont(bold);
    project_->setObjectName(QStringLiteral("projectName"));
    saved_->setObjectName(QStringLiteral("savedState"));
    auto* row = new FittingRow(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    const std::pair<QWidget*, int> parts[] = {{project_, 0}, {saved_, 1},     {zone_, 6},         {local_, 8},
                                              {rules_, 7},   {conflicts_, 2}, {unclassified_, 3}, {profile_, 9},
                                              {scored_, 11}, {worst_, 10},    {cleaned_, 5},      {sampled_, 4}};
    for (const auto& [part, rank] : parts) row->add(part == project_ ? part : new Part(part), rank);
    row->add(speed_, 12, Qt::AlignRight);
    connect(&workbench, &Workbench::projectChanged, this, &StatusLine::showProject);
    connect(&workbench, &Workbench::snapshotChanged, this, &StatusLine::showProject);
    connect(&workbench, &Workbench::zoneChanged, this, &StatusLine::showProject);
    connect(&keeper, &PlaceKeeper::cleanChanged, this, &StatusLine::showProject);
    connect(&workbench.figures(), &RuleFigures::changed, this, &StatusLine::showFigures);
    connect(&workbench.scores(), &ScoreBoard::ranked, this, &StatusLine::showFigures);
    connect(&workbench.filter(), &FlowFilter::changed, this, &StatusLine::showFigures);
    showProject();
}

void StatusLine::setTone(QLabel* label, const QColor& color) {
    QPalette p = label->palette();
    if (p.color(QPalette::WindowText) == color) return;
    p.setColor(QPalette::WindowText, color);
    label->setPalette(p);
}

void StatusLine::showProject() {
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    const QString name = !snapshot            ? tr("No project")
                         : snapshot->untitled ? tr("Untitled")
                                              : shownText(QFileInfo(fromUtf8(snapshot->path)).completeBaseName());
    project_->setText(project_->fontMetrics().elidedText(name, Qt::ElideMiddle, 24 * fontMetrics().height()));
    project_->setToolTip(snapshot ? shownText(snapshot->path) : QString());
    saved_->setText(!snapshot                           ? QString()
                    : !snapshot->readOnlyReason.empty() ? tr("read-only")
                    : !keeper_.clean()                  ? tr("● saving")
                    : snapshot->untitled                ? tr("not saved yet")
                                                        : tr("● saved"));
    setTone(saved_, Theme::current().secondary);
    saved_->setVisible(snapshot != nullptr);
    QString when = zoneName(workbench_.zone());
    if (snapshot && !snapshot->sources.empty()) {
        const auto first = std::min_element(snapshot->sources.begin(), snapshot->sources.end(),
                                            [](const auto& a, const auto& b) { return a.first < b.first; });
        if (first->first != 0) when = day(first->first, workbench_.zone()) + QStringLiteral(", ") + when;
    }
    zone_->setText(when);
    if (!snapshot || snapshot->settings.pairing.local.empty()) {
        local_->setText(tr("local networks not set"));
    } else {
        const auto& nets = snapshot->settings.pairing.local;
        QStringList all;
        for (const flow::Prefix& p : nets) all << fromUtf8(flow::toText(p));
        local_->setText(tr("local %1")
                            .arg(all.size() <= 2
                                     ? all.join(QStringLiteral(", "))
                                     : tr("%1 and %n more", nullptr, int(all.size()) - 1).arg(all.front())));
        local_->setToolTip(all.join(u'\n'));
    }
    showEvidence();
    showFigures();
}

/// Shows the difference between packets and flows: excluded records, packets that were not sampled.
void StatusLine::showEvidence() {
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    const meter::Cleaning* cleaning = snapshot ? snapshot->cleaning.get() : nullptr;
    const std::uint64_t gone = cleaning ? cleaning->duplicates.records + cleaning->excluded.records : 0;
    cleaned_->setVisible(gone > 0);
    cleaned_->setText(tr("%1 record(s) excluded: Why?", nullptr, pluralOf(gone)).arg(count(gone)));
    if (cleaning)
        cleaned_->setToolTip(tr("Not used to build flows: duplicates %1, excluded artefacts %2")
                                 .arg(count(cleaning->duplicates.records), count(cleaning->excluded.records)));
    const std::uint32_t interval = snapshot ? session::samplingInterval(*snapshot) : 0;
    sampled_->setVisible(interval > 1);
    sampled_->setText(tr("sampled 1 : %1").arg(count(interval)));
    sampled_->setToolTip(
        tr("An exporter sampled 1 in %1 packets. Counters are not scaled up; signs marked ~ are unreliable.")
            .arg(count(interval)));
    setTone(sampled_, Theme::current().warning);
}

/// Figures of the listed kind of rows: records are scored, flows are classified.
void StatusLine::showFigures() {
    const bool records = workbench_.filter().rows() == session::Rows::records && workbench_.scores().result();
    for (QLabel* part : {profile_, scored_, worst_}) part->setVisible(records);
    if (records) {
        for (QLabel* part : {rules_, conflicts_, unclassified_}) part->setVisible(false);
        showScores();
    } else {
        showJudgement();
    }
}

void StatusLine::showScores() {
    const ScoreBoard& board = workbench_.scores();
    std::uint64_t worst = 0;
    for (const score::Ranked& r : board.ranking()) worst += r.points.badness >= kWorstBadness ? r.count.flows : 0;
    profile_->setText(tr("profile %1").arg(fromUtf8(board.profile().name)));
    scored_->setText(
        tr("%1 record(s) scored", nullptr, pluralOf(board.tally().scored)).arg(count(board.tally().scored)));
    worst_->setText(tr("%1 with badness ≥ %2").arg(count(worst)).arg(kWorstBadness));
    speed_->setVisible(true);
    speed_->setText(tr("weights applied in %1 ms").arg(QLocale().toString(board.rankedInMs(), 'f', 2)));
    for (QLabel* part : {profile_, scored_, worst_, speed_}) setTone(part, Theme::current().secondary);
}

void StatusLine::showJudgement() {
    const session::JudgementPtr& j = workbench_.rules().judgement();
    const Theme& t = Theme::current();
    const bool figures = j && workbench_.snapshot() && workbench_.snapshot()->tally() != nullptr;
    rules_->setVisible(j != nullptr);
    rules_->setText(!j ? QString() : tr("rule set %1").arg(fromUtf8(j->parsed.set.name)));
    setTone(rules_, t.secondary);
    conflicts_->setVisible(figures);
    unclassified_->setVisible(figures);
    speed_->setVisible(figures);
    if (!figures) return;
    const bool part =
        workbench_.figures().part() != nullptr;  // figures of all flows are then shown beside those of a selection
    conflicts_->setText(part ? tr("all flows: conflicts %1").arg(count(j->conflicts.conflictingFlows))
                             : tr("conflicts %1").arg(count(j->conflicts.conflictingFlows)));
    setTone(conflicts_, j->conflicts.conflictingFlows == 0 ? t.secondary : t.error);
    const double all = double(j->classes.oneWay.flows);
    unclassified_->setText(
        tr("unclassified %1 %").arg(all > 0 ? percent(double(j->classes.unclassified) / all, 2) : QStringLiteral("–")));
    unclassified_->setToolTip(
        tr("%1 of %2 one-way inbound flows").arg(count(j->classes.unclassified), count(j->classes.oneWay.flows)));
    setTone(unclassified_, t.secondary);
    speed_->setText(tr("rules applied in %1 ms").arg(QLocale().toString(j->seconds * 1000, 'f', 1)));
    setTone(speed_, t.secondary);
}

void StatusLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        QMetaObject::invokeMethod(this, &StatusLine::showProject, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

void StatusLine::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), Theme::current().window); }

}  // namespace weir::ui
