// See diff_delegate.h.
#include "ui/delegates/diff_delegate.h"

#include "core/refine/iterations.h"
#include "ui/delegates/cell_paint.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

void DiffDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& theme = Theme::current();
    const auto kind = refine::DiffKind(index.data(kDiffKindRole).toInt());
    const bool same = kind == refine::DiffKind::same, gone = kind == refine::DiffKind::removed;
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, selected ? theme.selection
                                   : same   ? theme.surface
                                   : gone   ? theme.removed
                                            : theme.added);
    QFont font = Theme::fixedFont();
    painter->setFont(font);
    const QString sign = same ? QString() : gone ? QStringLiteral("−") : QStringLiteral("+");
    paintText(*painter, QRect(option.rect.left(), option.rect.top(), 20, option.rect.height()), sign, Qt::AlignLeft,
              theme.secondary);
    font.setStrikeOut(gone);
    painter->setFont(font);
    paintText(*painter, option.rect.adjusted(14, 0, 0, 0), index.data().toString(), Qt::AlignLeft,
              same ? theme.secondary : theme.text);
}

QSize DiffDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetrics metrics(Theme::fixedFont());
    return {metrics.horizontalAdvance(index.data().toString()) + 14 + 2 * kCellPadding, rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
