// See cut_off_box.h.
#include "ui/editors/cut_off_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace weir::ui {

CutOffBox::CutOffBox(QWidget* parent) : QWidget(parent), box_(new QSpinBox) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(5);
    auto* before = new QLabel(tr("Hide below"));
    auto* after = new QLabel(tr("flows"));
    for (auto* label : {before, after}) label->setForegroundRole(QPalette::PlaceholderText);
    before->setBuddy(box_);
    box_->setRange(0, 1'000'000'000);
    box_->setGroupSeparatorShown(true);
    box_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box_->setFixedWidth(box_->fontMetrics().horizontalAdvance(QStringLiteral("000,000")) + 24);
    box_->setFixedHeight(20);
    box_->setAlignment(Qt::AlignRight);
    box_->setAccessibleName(tr("Hide combinations below this many flows"));
    row->addWidget(before);
    row->addWidget(box_);
    row->addWidget(after);
}

}  // namespace weir::ui
