// See row_view.h: geometry, painting and columns. Keyboard and mouse are in row_view_input.cpp.
#include "ui/row_view.h"

#include "ui/theme.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QJsonArray>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QToolTip>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr std::uint64_t kBarSteps = 1'000'000'000;  ///< most steps given to the int scroll bar

}  // namespace

RowView::RowView(QWidget* parent)
    : QAbstractScrollArea(parent), header_(new QHeaderView(Qt::Horizontal, this)),
      columnModel_(new QStandardItemModel(this)) {
    measure();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    viewport()->setAutoFillBackground(false);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(false);
    header_->setModel(columnModel_);
    header_->setSectionsMovable(true);
    header_->setSectionsClickable(true);
    header_->setHighlightSections(false);
    header_->setSortIndicatorShown(true);
    header_->setSortIndicatorClearable(true);
    header_->setContextMenuPolicy(Qt::CustomContextMenu);
    header_->setMinimumSectionSize(28);
    connect(header_, &QHeaderView::sectionResized, this, [this] {
        updateBars();
        viewport()->update();
        emit columnsChanged();
    });
    connect(header_, &QHeaderView::sectionMoved, this, [this] {
        viewport()->update();
        emit columnsChanged();
    });
    connect(header_, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) { emit sortRequested(column, order == Qt::DescendingOrder); });
    connect(header_, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { chooseColumns(header_->mapToGlobal(at)); });
}

RowView::~RowView() = default;

void RowView::setSource(RowSource* source) {
    if (source_ != nullptr) source_->disconnect(this);
    source_ = source;
    if (source_ == nullptr) return;
    connect(source_, &RowSource::rowsReady, viewport(), qOverload<>(&QWidget::update));
    connect(source_, &RowSource::rowsChanged, this, [this] {
        selected_.clear();
        hasCurrent_ = false;
        top_ = std::min(top_, lastTop());
        updateBars();
        viewport()->update();
    });
    buildHeader();
    updateBars();
}

void RowView::measure() {
    normal_ = std::make_unique<QuickText>(font());
    fixed_ = std::make_unique<QuickText>(Theme::fixedFont());
}

int RowView::lineHeight() const { return rowHeight(fontMetrics()); }

std::uint64_t RowView::pageRows() const { return std::uint64_t(std::max(1, viewport()->height() / lineHeight())); }

std::uint64_t RowView::lastTop() const {
    const std::uint64_t rows = rowCount();
    return rows > pageRows() ? rows - pageRows() : 0;
}

std::uint64_t RowView::rowAt(int y) const { return top_ + std::uint64_t(std::max(0, y) / lineHeight()); }

void RowView::buildHeader() {
    const auto& columns = source_->columns();
    columnModel_->setColumnCount(int(columns.size()));
    const double em = fontMetrics().horizontalAdvance(u'0');
    const QSignalBlocker quiet(header_);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const RowColumn& c = columns[i];
        auto* item = new QStandardItem(c.title);
        item->setToolTip(c.help);
        item->setTextAlignment((c.kind == CellKind::number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        columnModel_->setHorizontalHeaderItem(int(i), item);
        header_->resizeSection(int(i), int(c.widthEm * em) + 2 * kCellPadding);
        header_->setSectionHidden(int(i), !c.shown);
    }
    header_->setSortIndicator(-1, Qt::AscendingOrder);
}

void RowView::updateBars() {
    const int headerHeight = std::max(22, header_->sizeHint().height());
    setViewportMargins(0, headerHeight, 0, 0);
    const QRect area = viewport()->geometry();
    header_->setGeometry(area.left(), area.top() - headerHeight, area.width(), headerHeight);
    horizontalScrollBar()->setRange(0, std::max(0, header_->length() - area.width()));
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setSingleStep(24);

    const std::uint64_t last = lastTop();
    scale_ = std::max<std::uint64_t>(1, (last + kBarSteps - 1) / kBarSteps);
    movingBar_ = true;
    verticalScrollBar()->setRange(0, int((last + scale_ - 1) / scale_));
    verticalScrollBar()->setPageStep(int(std::max<std::uint64_t>(1, pageRows() / scale_)));
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setValue(int(top_ / scale_));
    movingBar_ = false;
}

void RowView::setTopRow(std::uint64_t row) {
    top_ = std::min(row, lastTop());
    movingBar_ = true;
    verticalScrollBar()->setValue(int(top_ / scale_));
    movingBar_ = false;
    viewport()->update();
}

void RowView::scrollTo(std::uint64_t row) {
    if (row < top_)
        setTopRow(row);
    else if (row >= top_ + pageRows())
        setTopRow(row - pageRows() + 1);
}

void RowView::scrollContentsBy(int dx, int dy) {
    if (dx != 0) header_->setOffset(horizontalScrollBar()->value());
    if (dy != 0 && !movingBar_) {
        const int value = verticalScrollBar()->value();
        top_ = value == verticalScrollBar()->maximum() ? lastTop() : std::min(lastTop(), std::uint64_t(value) * scale_);
    }
    viewport()->update();
}

void RowView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Theme& theme = Theme::current();
    const std::uint64_t rows = rowCount();
    const int height = lineHeight();
    const std::uint64_t shown = std::min(rows - std::min(rows, top_), std::uint64_t(viewport()->height() / height + 1));
    if (source_ != nullptr && shown > 0) source_->want(top_, shown);
    const QuickText& normal = *normal_;
    const QuickText& fixed = *fixed_;

    for (std::uint64_t i = 0; i < shown; ++i) {
        const QRect line(0, int(i) * height, viewport()->width(), height);
        const std::uint64_t row = top_ + i;
        paintCell(painter, line, selected_.contains(row), hasFocus() && hasCurrent_ && row == current_);
        for (int visual = 0; visual < header_->count(); ++visual) {
            const int column = header_->logicalIndex(visual);
            const QRect cell(header_->sectionViewportPosition(column), line.top(), header_->sectionSize(column),
                             height);
            if (header_->isSectionHidden(column) || cell.right() < 0 || cell.left() > line.right()) continue;
            const RowCell* content = source_->cell(row, std::size_t(column));
            if (content == nullptr) continue;
            const CellKind kind = source_->columns()[std::size_t(column)].kind;
            if (kind == CellKind::chip && content->text.isEmpty()) {
                const QStringList names = source_->chip(row, std::size_t(column));
                paintChip(painter, cell, names, normal);
                if (content->tone == Tone::warning) paintHatch(painter, cell, names.size());
                continue;
            }
            if (kind == CellKind::codes) {
                paintCodes(painter, cell, source_->codes(row, std::size_t(column)), normal);
                continue;
            }
            (kind == CellKind::fixed ? fixed : normal)
                .draw(painter, cell.adjusted(kCellPadding, 0, -kCellPadding, -1), content->text,
                      kind == CellKind::number ? Qt::AlignRight : Qt::AlignLeft, toneColor(content->tone));
        }
    }
    const int end = int(shown) * height;
    if (end < viewport()->height())
        painter.fillRect(QRect(0, end, viewport()->width(), viewport()->height() - end), theme.surface);
}

void RowView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    top_ = std::min(top_, lastTop());
    updateBars();
}

void RowView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        measure();
        updateBars();
    }
    if (event->type() == QEvent::PaletteChange) viewport()->update();
}

bool RowView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip || source_ == nullptr) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::uint64_t row = rowAt(help->pos().y());
    const int column = header_->logicalIndexAt(help->pos().x());
    const RowCell* content = row < rowCount() && column >= 0 ? source_->cell(row, std::size_t(column)) : nullptr;
    const bool cut = content != nullptr &&
                     fontMetrics().horizontalAdvance(content->text) > header_->sectionSize(column) - 2 * kCellPadding;
    QToolTip::showText(help->globalPos(), cut ? content->text : QString(), viewport());
    return true;
}

void RowView::chooseColumns(const QPoint& global) {
    QMenu menu(this);
    for (int column = 0; column < header_->count(); ++column) {
        QAction* action = menu.addAction(columnModel_->horizontalHeaderItem(column)->text());
        action->setCheckable(true);
        action->setChecked(!header_->isSectionHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            if (!on && header_->hiddenSectionCount() + 1 >= header_->count()) return;
            header_->setSectionHidden(column, !on);
            updateBars();
            viewport()->update();
            emit columnsChanged();
        });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Default columns")), &QAction::triggered, this, [this] {
        buildHeader();
        for (int i = 0; i < header_->count(); ++i) header_->moveSection(header_->visualIndex(i), i);
        updateBars();
        viewport()->update();
        emit columnsChanged();
    });
    menu.exec(global);
}

void RowView::showSort(int column, bool descending) {
    const QSignalBlocker quiet(header_);
    header_->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

QJsonObject RowView::columnState() const {
    QJsonArray order;
    QJsonObject widths;
    for (int visual = 0; visual < header_->count(); ++visual) {
        const int column = header_->logicalIndex(visual);
        const QString& id = source_->columns()[std::size_t(column)].id;
        if (!header_->isSectionHidden(column)) order.append(id);
        if (!header_->isSectionHidden(column)) widths.insert(id, header_->sectionSize(column));
    }
    return {{QStringLiteral("shown"), order}, {QStringLiteral("widths"), widths}};
}

void RowView::restoreColumns(const QJsonObject& state) {
    const QJsonArray shown = state.value(QStringLiteral("shown")).toArray();
    if (source_ == nullptr || shown.isEmpty()) return;
    const QJsonObject widths = state.value(QStringLiteral("widths")).toObject();
    const QSignalBlocker quiet(header_);
    for (int column = 0; column < header_->count(); ++column) header_->setSectionHidden(column, true);
    int visual = 0;
    for (const QJsonValue& value : shown)
        for (int column = 0; column < header_->count(); ++column) {
            const QString& id = source_->columns()[std::size_t(column)].id;
            if (id != value.toString()) continue;
            header_->setSectionHidden(column, false);
            header_->moveSection(header_->visualIndex(column), visual++);
            if (const int width = widths.value(id).toInt(); width > 0) header_->resizeSection(column, width);
        }
    updateBars();
}

}  // namespace weir::ui
