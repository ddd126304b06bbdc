// See inspector_shares.h.
#include "ui/views/inspector_shares.h"

#include "ui/models/inspector_share_model.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/views/inspector_section.h"
#include "ui/views/inspector_table.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {

InspectorShares::InspectorShares(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
}

InspectorShares::Part& InspectorShares::part(std::size_t i) {
    while (parts_.size() <= i) {
        auto* section = new InspectorSection({});
        auto* model = new InspectorShareModel(this);
        auto* table = new InspectorTable(model, InspectorShareModel::kValue);
        table->showHeader(true);
        section->add(table);
        layout()->addWidget(section);
        const auto lineAt = [model](const QModelIndex& at) { return model->list().lines.value(at.row()); };
        connect(table, &QAbstractItemView::clicked, this,
                [this, lineAt](const QModelIndex& at) { emit picked(lineAt(at)); });
        connect(table, &QAbstractItemView::activated, this,
                [this, lineAt](const QModelIndex& at) { emit activated(lineAt(at)); });
        parts_.push_back({section, model, table});
    }
    return parts_[i];
}

void InspectorShares::set(const QList<InspectorSubject::ShareList>& lists) {
    shown_ = 0;
    for (const auto& list : lists) {
        if (list.lines.isEmpty()) continue;
        Part& p = part(shown_++);
        p.section->setTitle(list.title);
        p.section->setCounts(list.counts);
        p.model->setList(list);
        p.table->setAccessibleName(list.title);
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i].section->setVisible(i < shown_);
    setVisible(shown_ > 0);
}

std::vector<const InspectorShareModel*> InspectorShares::models() const {
    std::vector<const InspectorShareModel*> out;
    for (std::size_t i = 0; i < shown_; ++i) out.push_back(parts_[i].model);
    return out;
}

InspectorTimeBars::InspectorTimeBars(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Flows over time"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void InspectorTimeBars::set(const InspectorSubject::TimeBars& bars) {
    bars_ = bars;
    setVisible(!bars_.to.empty());
    update();
}

QSize InspectorTimeBars::sizeHint() const { return {120, 3 * fontMetrics().height() + 34}; }

void InspectorTimeBars::paintEvent(QPaintEvent*) {
    if (bars_.to.empty()) return;
    QPainter painter(this);
    const Theme& theme = Theme::current();
    const QRect area = rect().adjusted(8, 2, -8, -fontMetrics().height() - 6);
    const std::uint64_t mostTo = *std::ranges::max_element(bars_.to), mostFrom = *std::ranges::max_element(bars_.from);
    const double both = double(std::max<std::uint64_t>(1, mostTo + mostFrom));
    const int zero = area.top() + int(double(area.height()) * double(mostTo) / both);
    const double step = double(area.width()) / double(bars_.to.size());
    const auto bar = [&](std::size_t i, std::uint64_t flows, bool up, const QColor& color) {
        if (flows == 0) return;
        const int height = std::max(1, int(double(area.height()) * double(flows) / both));
        const int left = area.left() + int(double(i) * step), right = area.left() + int(double(i + 1) * step);
        painter.fillRect(left, up ? zero - height : zero + 1, std::max(1, right - left - 1), height, color);
    };
    for (std::size_t i = 0; i < bars_.to.size(); ++i) {
        bar(i, bars_.to[i], true, theme.accent);
        bar(i, bars_.from[i], false, theme.secondary);
    }
    painter.setPen(theme.rule);
    painter.drawLine(area.left(), zero, area.right(), zero);
    painter.setPen(theme.secondary);
    const QRect axis(area.left(), area.bottom() + 3, area.width(), fontMetrics().height());
    painter.drawText(axis, Qt::AlignLeft, bars_.firstText);
    painter.drawText(axis, Qt::AlignRight, bars_.lastText);
}

bool InspectorTimeBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || bars_.to.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int width = std::max(1, rect().width() - 16);
    const auto i =
        std::size_t(std::clamp((help->pos().x() - 8) * int(bars_.to.size()) / width, 0, int(bars_.to.size()) - 1));
    QToolTip::showText(help->globalPos(),
                       tr("%1 %2\nincoming flows %3, outgoing %4")
                           .arg(dateAndTime(bars_.from0 + std::int64_t(i) * bars_.binUs, bars_.zone),
                                zoneName(bars_.zone), count(bars_.to[i]), count(bars_.from[i])),
                       this);
    return true;
}

}  // namespace weir::ui
