// See fitting_row.h.
#include "ui/fitting_row.h"

#include <QWidget>

#include <algorithm>

namespace weir::ui {

FittingRow::~FittingRow() {
    for (const Part& part : parts_) delete part.item;
}

void FittingRow::add(QWidget* widget, int rank, Qt::AlignmentFlag side) {
    addWidget(widget);
    parts_.back().rank = rank;
    parts_.back().side = side;
}

void FittingRow::addItem(QLayoutItem* item) { parts_.push_back({item, int(parts_.size()), Qt::AlignLeft}); }

QLayoutItem* FittingRow::itemAt(int index) const {
    return index >= 0 && index < count() ? parts_[std::size_t(index)].item : nullptr;
}

QLayoutItem* FittingRow::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item != nullptr) parts_.erase(parts_.begin() + index);
    return item;
}

bool FittingRow::fits(const QWidget* widget) const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](const Part& p) { return p.item->widget() == widget && p.fits; });
}

QSize FittingRow::sizeHint() const {
    QSize all(0, 0);
    for (const Part& part : parts_) {
        if (part.item->isEmpty()) continue;
        const QSize one = part.item->sizeHint();
        all =
            QSize(all.width() + (all.width() > 0 ? spacing() : 0) + one.width(), std::max(all.height(), one.height()));
    }
    return all.grownBy(contentsMargins());
}

QSize FittingRow::minimumSize() const {
    int height = 0;
    for (const Part& part : parts_)
        if (!part.item->isEmpty()) height = std::max(height, part.item->minimumSize().height());
    return QSize(0, height).grownBy(contentsMargins());
}

void FittingRow::choose(int room) {
    std::vector<Part*> order;
    for (Part& part : parts_)
        if (!part.item->isEmpty()) order.push_back(&part);
    std::sort(order.begin(), order.end(), [](const Part* a, const Part* b) { return a->rank < b->rank; });
    room += spacing();  // there is one gap less than there are parts
    for (Part* part : order) {
        const int width = part->item->sizeHint().width() + spacing();
        part->fits = width <= room;
        room = part->fits ? room - width : 0;  // nothing less important comes before it
    }
}

void FittingRow::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    const QRect box = rect.marginsRemoved(contentsMargins());
    choose(box.width());
    int left = box.left(), right = box.right() + 1;
    const auto place = [&](const Part& part, int x) {
        part.item->setGeometry({x, box.top(), part.item->sizeHint().width(), box.height()});
    };
    for (const Part& part : parts_) {
        if (part.item->isEmpty()) continue;
        if (!part.fits) {
            place(part, rect.right() + 1);  // beyond the edge: a hidden widget would request another layout
        } else if (part.side == Qt::AlignRight) {
            right -= part.item->sizeHint().width();
            place(part, right);
            right -= spacing();
        } else {
            place(part, left);
            left += part.item->sizeHint().width() + spacing();
        }
    }
}

}  // namespace weir::ui
