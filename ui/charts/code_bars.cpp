// See code_bars.h.
#include "ui/charts/code_bars.h"

#include "ui/delegates/cell_paint.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace weir::ui {
namespace {

constexpr int kMargin = 8, kBarGap = 6, kLeastBar = 18, kMostBar = 30, kLeastPlot = 60;

/// 1, 2 or 5 times a power of ten, so that about `steps` of them cover `most`.
double roundStep(double most, double steps) {
    const double raw = std::max(1.0, most / steps), power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double m : {1.0, 2.0, 5.0})
        if (raw <= m * power) return m * power;
    return 10 * power;
}

}  // namespace

CodeBars::CodeBars(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Records per code"));
}

void CodeBars::setBars(std::vector<Bar> bars) {
    bars_ = std::move(bars);
    QStringList spoken;
    for (const Bar& bar : bars_) spoken << bar.name + u' ' + count(bar.records);
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    updateBar();
    viewport()->update();
}

void CodeBars::setCurrent(int test) {
    if (test == current_) return;
    current_ = test;
    viewport()->update();
}

int CodeBars::axisHeight() const { return fontMetrics().height() + 8; }

int CodeBars::barHeight() const {
    const int room = viewport()->height() - axisHeight() - kBarGap;
    return bars_.empty() ? kLeastBar
                         : std::clamp(room / int(bars_.size()), std::max(kLeastBar, fontMetrics().height() + 1),
                                      std::max(kMostBar, fontMetrics().height() + 8));
}

int CodeBars::nameWidth() const {
    int widest = 0;
    for (const Bar& bar : bars_) widest = std::max(widest, fontMetrics().horizontalAdvance(bar.name));
    return std::min(widest + 2, std::max(60, viewport()->width() * 2 / 5));
}

void CodeBars::updateBar() {
    const int needed = int(bars_.size()) * barHeight() + axisHeight() + kBarGap;
    verticalScrollBar()->setRange(0, std::max(0, needed - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(barHeight());
}

int CodeBars::rowAt(int y) const {
    const int row = (y - kBarGap / 2 + verticalScrollBar()->value()) / barHeight();
    return y >= 0 && row >= 0 && row < int(bars_.size()) ? row : -1;
}

int CodeBars::rowOf(int test) const {
    const auto at = std::find_if(bars_.begin(), bars_.end(), [test](const Bar& b) { return b.test == test; });
    return at == bars_.end() ? -1 : int(at - bars_.begin());
}

void CodeBars::paintAxis(QPainter& painter, const QRect& plot, double most) const {
    const Theme& t = Theme::current();
    const double step = roundStep(most, std::max(2.0, plot.width() / 45.0));
    const int bottom = std::min(plot.bottom(), viewport()->height() - axisHeight());
    for (double at = 0; at <= most * 1.0001; at += step) {
        const int x = plot.left() + int(at / most * plot.width());
        painter.setPen(at == 0 ? t.rule : t.grid);
        painter.drawLine(x, 0, x, bottom);
        painter.setPen(t.secondary);
        const QString label = at == 0 ? QStringLiteral("0") : shortCount(at);
        painter.drawText(QRect(x - 40, bottom + 2, 80, axisHeight()), Qt::AlignHCenter | Qt::AlignTop, label);
    }
}

void CodeBars::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Theme& t = Theme::current();
    painter.fillRect(viewport()->rect(), t.surface);
    if (bars_.empty()) return;
    const int names = nameWidth(), height = barHeight();
    const QRect plot(
        kMargin + names + kMargin, 0,
        std::max(kLeastPlot, viewport()->width() - names - 3 * kMargin - fontMetrics().horizontalAdvance(u'0') * 2),
        viewport()->height());
    double most = 1;
    for (const Bar& bar : bars_) most = std::max(most, double(bar.records));
    paintAxis(painter, plot, most);
    painter.setClipRect(QRect(0, 0, viewport()->width(), viewport()->height() - axisHeight()));
    for (std::size_t i = 0; i < bars_.size(); ++i) {
        const Bar& bar = bars_[i];
        const QRect row(0, kBarGap / 2 + int(i) * height - verticalScrollBar()->value(), viewport()->width(), height);
        if (row.bottom() < 0 || row.top() > viewport()->height()) continue;
        if (bar.test == current_) {
            painter.fillRect(QRect(row.left(), row.top() + 1, kMargin + names + kMargin / 2, row.height() - 2),
                             t.selection);
            if (hasFocus())
                painter.fillRect(QRect(row.left(), row.bottom() - 1, kMargin + names + kMargin / 2, 1),
                                 t.selectionLine);
        }
        painter.setPen(bar.records == 0 ? t.dim : t.text);
        painter.drawText(QRect(kMargin, row.top(), names, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(bar.name, Qt::ElideRight, names));
        const int width = bar.records == 0 ? 0 : std::max(1, int(double(bar.records) / most * plot.width()));
        const QRect box(plot.left() + 1, row.top() + 3, width, row.height() - 6);
        painter.fillRect(box, bar.color);
        const QString number = count(bar.records);
        const int needed = fontMetrics().horizontalAdvance(number) + 2 * kBarGap;
        const bool inside = box.right() + needed > viewport()->width() - 2;
        painter.setPen(inside ? Theme::textOn(bar.color) : bar.records == 0 ? t.dim : t.text);
        const QRect text(inside ? box.right() - needed : box.right() + 1, row.top(), needed, row.height());
        painter.drawText(text, Qt::AlignCenter, number);
    }
}

void CodeBars::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateBar();
}

void CodeBars::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) viewport()->update();
}

void CodeBars::mousePressEvent(QMouseEvent* event) {
    if (const int row = rowAt(int(event->position().y())); row >= 0) {
        setCurrent(bars_[std::size_t(row)].test);
        emit picked(current_);
    }
}

void CodeBars::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int row = rowAt(int(event->position().y())); row >= 0) emit activated(bars_[std::size_t(row)].test);
}

void CodeBars::keyPressEvent(QKeyEvent* event) {
    const int row = rowOf(current_), last = int(bars_.size()) - 1;
    int to = -1;
    switch (event->key()) {
        case Qt::Key_Up: to = std::max(0, row - 1); break;
        case Qt::Key_Down: to = std::min(last, row + 1); break;
        case Qt::Key_Home: to = 0; break;
        case Qt::Key_End: to = last; break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (row >= 0) emit activated(current_);
            return;
        default: return QAbstractScrollArea::keyPressEvent(event);
    }
    if (to < 0 || to > last) return;
    setCurrent(bars_[std::size_t(to)].test);
    emit picked(current_);
}

bool CodeBars::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos().y());
    QToolTip::showText(help->globalPos(),
                       row < 0 ? QString()
                               : tr("%1: %2 record(s)", nullptr, pluralOf(bars_[std::size_t(row)].records))
                                     .arg(bars_[std::size_t(row)].name, count(bars_[std::size_t(row)].records)),
                       viewport());
    return true;
}

}  // namespace weir::ui
