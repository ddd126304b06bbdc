// Keyboard and mouse of the virtual row view.
#include "ui/row_view.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace weir::ui {

void RowView::announce() {
    viewport()->update();
    emit currentChanged(current_);
}

void RowView::setCurrentRow(std::uint64_t row) {
    if (row >= rowCount()) return;
    current_ = anchor_ = row;
    hasCurrent_ = true;
    selected_.set(row, row);
    scrollTo(row);
    announce();
}

void RowView::moveTo(std::uint64_t row, Qt::KeyboardModifiers modifiers) {
    if (rowCount() == 0) return;
    row = std::min(row, rowCount() - 1);
    if (!hasCurrent_) anchor_ = row;
    hasCurrent_ = true;
    current_ = row;
    if (modifiers & Qt::ShiftModifier) {
        selected_.set(anchor_, row);
    } else if (!(modifiers & Qt::ControlModifier)) {
        anchor_ = row;
        selected_.set(row, row);
    }
    scrollTo(row);
    announce();
}

void RowView::moveBy(std::int64_t rows, Qt::KeyboardModifiers modifiers) {
    if (!hasCurrent_) return moveTo(top_, modifiers);
    const std::uint64_t step = std::uint64_t(rows < 0 ? -rows : rows);
    moveTo(rows < 0 ? current_ - std::min(current_, step) : current_ + step, modifiers);
}

void RowView::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers();
    if (event->matches(QKeySequence::SelectAll) && rowCount() > 0) {
        selected_.set(0, rowCount() - 1);
        return viewport()->update();
    }
    switch (event->key()) {
        case Qt::Key_Up: return moveBy(-1, modifiers);
        case Qt::Key_Down: return moveBy(1, modifiers);
        case Qt::Key_PageUp: return moveBy(-std::int64_t(pageRows()), modifiers);
        case Qt::Key_PageDown: return moveBy(std::int64_t(pageRows()), modifiers);
        case Qt::Key_Home: return moveTo(0, modifiers);
        case Qt::Key_End: return moveTo(rowCount() == 0 ? 0 : rowCount() - 1, modifiers);
        case Qt::Key_Left:
            return horizontalScrollBar()->setValue(horizontalScrollBar()->value() -
                                                   horizontalScrollBar()->singleStep());
        case Qt::Key_Right:
            return horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                                   horizontalScrollBar()->singleStep());
        case Qt::Key_Space:
            if (hasCurrent_ && modifiers & Qt::ControlModifier) {
                selected_.toggle(current_);
                anchor_ = current_;
                return viewport()->update();
            }
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (hasCurrent_) emit activated(current_);
            return;
        default: break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void RowView::mousePressEvent(QMouseEvent* event) {
    const std::uint64_t row = rowAt(int(event->position().y()));
    clickedColumn_ = header_->logicalIndexAt(int(event->position().x()));
    if (row >= rowCount()) return;
    if (event->button() == Qt::RightButton && selected_.contains(row)) {
        current_ = row;
        hasCurrent_ = true;
        return announce();
    }
    if (event->modifiers() & Qt::ControlModifier && event->button() == Qt::LeftButton) {
        selected_.toggle(row);
        anchor_ = current_ = row;
        hasCurrent_ = true;
        return announce();
    }
    moveTo(row, event->modifiers() & Qt::ShiftModifier);
}

void RowView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton) || rowCount() == 0) return;
    const int y = int(event->position().y());
    if (y < 0)
        moveBy(-1, Qt::ShiftModifier);
    else if (const std::uint64_t row = rowAt(y); row != current_)
        moveTo(row, Qt::ShiftModifier);
}

void RowView::mouseDoubleClickEvent(QMouseEvent* event) {
    const std::uint64_t row = rowAt(int(event->position().y()));
    if (event->button() == Qt::LeftButton && row < rowCount()) emit activated(row);
}

void RowView::wheelEvent(QWheelEvent* event) {
    if (event->angleDelta().x() != 0 || event->modifiers() & Qt::ShiftModifier)
        return QAbstractScrollArea::wheelEvent(event);
    wheelRest_ += event->angleDelta().y() * 3;
    const int rows = wheelRest_ / 120;
    wheelRest_ -= rows * 120;
    if (rows > 0)
        setTopRow(top_ - std::min(top_, std::uint64_t(rows)));
    else if (rows < 0)
        setTopRow(top_ + std::uint64_t(-rows));
    event->accept();
}

void RowView::contextMenuEvent(QContextMenuEvent* event) {
    if (rowCount() == 0) return;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (!hasCurrent_) return;
        const int y = int(current_ - std::min(current_, top_) + 1) * lineHeight();
        return emit menuRequested(viewport()->mapToGlobal(QPoint(40, std::min(y, viewport()->height()))));
    }
    emit menuRequested(event->globalPos());
}

void RowView::focusInEvent(QFocusEvent* event) {
    if (!hasCurrent_ && rowCount() > 0 && event->reason() != Qt::MouseFocusReason &&
        event->reason() != Qt::ActiveWindowFocusReason) {
        current_ = anchor_ = top_;
        hasCurrent_ = true;
    }
    viewport()->update();
    QAbstractScrollArea::focusInEvent(event);
}

void RowView::focusOutEvent(QFocusEvent* event) {
    viewport()->update();
    QAbstractScrollArea::focusOutEvent(event);
}

}  // namespace weir::ui
