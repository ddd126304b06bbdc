// See recovery_dialog.h.
#include "ui/dialogs/recovery_dialog.h"

#include "ui/text/shown_text.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

QString capturesOf(const session::Leftover& left) {
    const QString first = QFileInfo(shownText(left.captures.front())).fileName();
    return left.captures.size() == 1 ? first
                                     : QObject::tr("%1 and %n more", nullptr, int(left.captures.size()) - 1).arg(first);
}

QString timeOf(const session::Leftover& left) {
    return QDateTime::fromMSecsSinceEpoch(left.changedAt / 1000, Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

}  // namespace

RecoveryDialog::RecoveryDialog(std::vector<session::Leftover> found, QWidget* parent)
    : QDialog(parent), found_(std::move(found)), list_(new QTreeWidget) {
    setObjectName(QStringLiteral("recovery"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Recover unsaved projects"));
    auto* text = new QLabel(
        tr("Weir closed before these projects were saved. Open one to continue working in it, or delete it."));
    text->setWordWrap(true);
    list_->setHeaderLabels({tr("Captures"), tr("Last changed"), tr("Size")});
    list_->setRootIsDecorated(false);
    list_->setAccessibleName(tr("Unsaved projects"));
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (const int column : {1, 2}) list_->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox;
    open_ = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    delete_ = buttons->addButton(tr("Delete"), QDialogButtonBox::DestructiveRole);
    buttons->addButton(tr("Later"), QDialogButtonBox::RejectRole);
    open_->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &RecoveryDialog::openChosen);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(delete_, &QPushButton::clicked, this, &RecoveryDialog::deleteChosen);
    connect(list_, &QTreeWidget::itemActivated, this, &RecoveryDialog::openChosen);
    auto* column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(list_, 1);
    column->addWidget(buttons);
    resize(560, 260);
    fill();
}

void RecoveryDialog::fill() {
    list_->clear();
    for (const session::Leftover& left : found_) {
        auto* item =
            new QTreeWidgetItem(list_, {capturesOf(left), timeOf(left),
                                        QLocale().formattedDataSize(qint64(left.bytes), 1, QLocale::DataSizeSIFormat)});
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        QStringList all;
        for (const std::string& path : left.captures) all << shownText(path);
        item->setToolTip(0, all.join(u'\n'));
    }
    if (list_->topLevelItemCount() > 0) list_->setCurrentItem(list_->topLevelItem(0));
}

void RecoveryDialog::openChosen() {
    const int row = list_->indexOfTopLevelItem(list_->currentItem());
    if (row < 0) return;
    emit openWanted(fromUtf8(found_[std::size_t(row)].path));
    accept();
}

void RecoveryDialog::deleteChosen() {
    const int row = list_->indexOfTopLevelItem(list_->currentItem());
    if (row < 0) return;
    if (const Status removed = session::removeLeftover(found_[std::size_t(row)].path); !removed) {
        emit failed(tr("The project was not deleted"), shownText(removed.error().detail));
        return;
    }
    found_.erase(found_.begin() + row);
    if (found_.empty()) return reject();
    fill();
}

}  // namespace weir::ui
