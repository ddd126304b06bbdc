// See align_delegate.h.
#include "ui/delegates/align_delegate.h"

#include "ui/delegates/cell_paint.h"
#include "ui/models/compare_text_model.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

void AlignDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    using refine::AlignKind;
    const auto& theme = Theme::current();
    const auto kind = AlignKind(index.data(CompareTextModel::kAlignRole).toInt());
    const bool mine = kind == AlignKind::changed || kind == (after_ ? AlignKind::added : AlignKind::removed);
    const bool missing = kind == (after_ ? AlignKind::removed : AlignKind::added);
    paintCell(*painter, option);
    if (mine && !(option.state & QStyle::State_Selected))
        painter->fillRect(option.rect.adjusted(0, 0, 0, -1), after_ ? theme.added : theme.removed);
    if (missing) painter->fillRect(option.rect.adjusted(0, 0, 0, -1), theme.header);
    painter->setFont(Theme::fixedFont());
    paintText(*painter, option.rect, index.data().toString(), Qt::AlignLeft,
              kind == AlignKind::same ? theme.secondary : theme.text);
}

}  // namespace weir::ui
