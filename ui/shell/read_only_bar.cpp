// See read_only_bar.h.
#include "ui/shell/read_only_bar.h"

#include "ui/actions.h"
#include "ui/state/workbench.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace weir::ui {

ReadOnlyBar::ReadOnlyBar(Workbench& workbench, QWidget* parent)
    : QWidget(parent), workbench_(workbench), label_(new QLabel(this)),
      copy_(new QPushButton(tr("Open a copy"), this)) {
    setObjectName(QStringLiteral("readOnlyBar"));
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* saveAs = new QPushButton(tr("Save as…"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 8, 3);
    row->addWidget(label_, 1);
    row->addWidget(copy_);
    row->addWidget(saveAs);
    copy_->setToolTip(workbench.actions().get("file.openCopy")->toolTip());
    connect(copy_, &QPushButton::clicked, workbench.actions().get("file.openCopy"), &QAction::trigger);
    connect(saveAs, &QPushButton::clicked, workbench.actions().get("file.saveAs"), &QAction::trigger);
    connect(&workbench, &Workbench::projectChanged, this, &ReadOnlyBar::follow);
    connect(&workbench, &Workbench::snapshotChanged, this, &ReadOnlyBar::follow);
    follow();
}

QString ReadOnlyBar::text() const { return isHidden() ? QString() : label_->text(); }

void ReadOnlyBar::follow() {
    const auto& snapshot = workbench_.snapshot();
    const bool readOnly = snapshot && !snapshot->readOnlyReason.empty();
    if (readOnly) {
        const QString text = tr("Read-only: %1. Changes stay in memory until you save the project as another file.")
                                 .arg(shownText(snapshot->readOnlyReason));
        label_->setText(text);
        setToolTip(text);
        setAccessibleName(text);
    }
    setVisible(readOnly);
}

void ReadOnlyBar::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect().adjusted(4, 0, -4, 0), t.warningField);
    painter.setPen(t.rule);
    painter.drawRect(rect().adjusted(4, 0, -5, -1));
}

}  // namespace weir::ui
