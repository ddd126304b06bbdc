// See inspector_table.h.
#include "ui/views/inspector_table.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/dot_delegate.h"
#include "ui/delegates/number_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/text/table_copy.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kTextFlags = int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap;
constexpr int kNumberFlags = int(Qt::AlignRight | Qt::AlignTop);

/// Wraps text, paints ● ○ in a column whose raw value is a number and whose text is one dot, chips for classes.
class LineDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& theme = Theme::current();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? theme.selection : theme.surface);
        const int line = rowHeight(option.fontMetrics);
        const QString text = index.data().toString();
        if (text == QStringLiteral("●") || text == QStringLiteral("○")) {
            paintDot(*painter, QRect(option.rect.left(), option.rect.top(), option.rect.width(), line),
                     text == QStringLiteral("●"));
            return;
        }
        painter->setFont(fontOf(option, index));
        const QStringList classes = index.data(kClassesRole).toStringList();
        if (!classes.isEmpty()) {
            painter->setClipRect(option.rect);
            paintChip(*painter, QRect(option.rect.left(), option.rect.top(), option.rect.width(), line), classes);
            painter->setClipping(false);
            return;
        }
        painter->setPen(toneColor(Tone(index.data(kToneRole).toInt())));
        const bool number = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        painter->drawText(textRect(option), number ? kNumberFlags : kTextFlags, text);
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const int line = rowHeight(option.fontMetrics);
        const QStringList classes = index.data(kClassesRole).toStringList();
        if (!classes.isEmpty()) return {chipWidth(option.fontMetrics, classes) + 2 * kCellPadding + 2, line};
        const QString text = index.data().toString();
        const QFontMetrics metrics(fontOf(option, index));
        const auto* table = qobject_cast<const QTableView*>(parent());
        const bool wraps =
            table && table->horizontalHeader()->sectionResizeMode(index.column()) == QHeaderView::Stretch;
        if (!wraps) return {metrics.horizontalAdvance(text) + 2 * kCellPadding, line};
        const int width = std::max(40, table->columnWidth(index.column()) - 2 * kCellPadding);
        return {width, std::max(line, metrics.boundingRect(QRect(0, 0, width, 10000), kTextFlags, text).height() + 4)};
    }

private:
    static QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) {
        QFont font = option.font;
        if (const QVariant wanted = index.data(Qt::FontRole); wanted.isValid())
            font.setWeight(wanted.value<QFont>().weight());
        return font;
    }
    static QRect textRect(const QStyleOptionViewItem& option) {
        const int top = (rowHeight(option.fontMetrics) - option.fontMetrics.height()) / 2;
        return option.rect.adjusted(kCellPadding, top, -kCellPadding, 0);
    }
};

}  // namespace

InspectorTable::InspectorTable(QAbstractItemModel* model, int stretched, const Menu& more, QWidget* parent)
    : QTableView(parent) {
    setUpTable(*this);
    setModel(model);
    setItemDelegate(new LineDelegate(this));
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->hide();
    horizontalHeader()->setMinimumSectionSize(16);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    verticalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    makeCopyable(this, more);
    connect(model, &QAbstractItemModel::modelReset, this, &InspectorTable::fit);
}

void InspectorTable::showHeader(bool show) {
    horizontalHeader()->setVisible(show);
    fit();
}

void InspectorTable::fit() {
    const int least = weir::ui::rowHeight(fontMetrics());
    int height = horizontalHeader()->isHidden() ? 0 : horizontalHeader()->sizeHint().height();
    for (int row = 0; model() && row < model()->rowCount(); ++row) {
        const int wanted = std::max(least, sizeHintForRow(row));
        setRowHeight(row, wanted);
        height += wanted;
    }
    if (height == height_) return;
    height_ = height;
    updateGeometry();
}

QSize InspectorTable::sizeHint() const { return {200, height_}; }
QSize InspectorTable::minimumSizeHint() const { return {60, height_}; }

void InspectorTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fit();
}

void InspectorTable::wheelEvent(QWheelEvent* event) { event->ignore(); }  // the Inspector scrolls as a whole

}  // namespace weir::ui
