// See command_palette.h.
#include "ui/dialogs/command_palette.h"

#include "ui/actions.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

class ActionCell final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& t = Theme::current();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.selection : t.surface);
        const QRect box = option.rect.adjusted(10, 0, -10, 0);
        painter->setPen(t.text);
        const QString name = index.data().toString();
        painter->drawText(box, Qt::AlignVCenter, name);
        painter->setPen(t.secondary);
        const QString key = index.data(Qt::UserRole + 1).toString();
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignRight, key);
        const int used = painter->fontMetrics().horizontalAdvance(name) + 12;
        const int room = box.width() - used - painter->fontMetrics().horizontalAdvance(key) - 12;
        painter->drawText(
            box.adjusted(used, 0, 0, 0), Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(Qt::UserRole + 2).toString(), Qt::ElideRight, room));
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {100, option.fontMetrics.height() + 10};
    }
};

/// How well the words of `wanted` match `text`: 0 = not at all; higher = earlier in the text.
int score(const QString& text, const QString& wanted) {
    int total = 1000;
    for (const QString& word : wanted.split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0) return 0;
        total -= int(at);
    }
    return std::max(1, total);
}

}  // namespace

CommandPalette::CommandPalette(Actions& actions, QWidget* parent)
    : QDialog(parent, Qt::Popup), actions_(actions), field_(new QLineEdit), list_(new QListWidget) {
    setObjectName(QStringLiteral("commandPalette"));
    setAttribute(Qt::WA_DeleteOnClose);
    field_->setPlaceholderText(tr("Find an action"));
    field_->setAccessibleName(tr("Find an action"));
    field_->installEventFilter(this);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setItemDelegate(new ActionCell(list_));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setAccessibleName(tr("Actions"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(field_);
    column->addWidget(list_);
    connect(field_, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run);
    resize(std::min(640, parent->width() - 40), 380);
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 64)));
    fill({});
    field_->setFocus();
}

void CommandPalette::fill(const QString& text) {
    struct Hit {
        int score;
        QAction* action;
    };
    std::vector<Hit> hits;
    for (QAction* action : actions_.all()) {
        if (!action->isVisible() || !action->isEnabled() || action->objectName() == u"go.palette") continue;
        const QString name = action->text().remove(u'&');
        const int points = text.isEmpty() ? 1 : std::max(score(name, text) * 2, score(action->statusTip(), text));
        if (points > 0) hits.push_back({points, action});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    list_->clear();
    for (const Hit& hit : hits) {
        auto* item = new QListWidgetItem(hit.action->text().remove(u'&'), list_);
        item->setData(Qt::UserRole, QVariant::fromValue(static_cast<void*>(hit.action)));
        item->setData(Qt::UserRole + 1, hit.action->shortcut().toString(QKeySequence::NativeText));
        item->setData(Qt::UserRole + 2, hit.action->statusTip());
    }
    list_->setCurrentRow(0);
}

void CommandPalette::run() {
    QListWidgetItem* item = list_->currentItem();
    if (item == nullptr) return;
    auto* action = static_cast<QAction*>(item->data(Qt::UserRole).value<void*>());
    close();
    QTimer::singleShot(0, action, &QAction::trigger);
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().header);
    painter.setPen(Theme::current().selectionLine);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != field_ || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int rows = list_->count();
    const int step = key == Qt::Key_Down       ? 1
                     : key == Qt::Key_Up       ? -1
                     : key == Qt::Key_PageDown ? 10
                     : key == Qt::Key_PageUp   ? -10
                                               : 0;
    if (step != 0 && rows > 0) {
        list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, rows - 1));
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        run();
        return true;
    }
    return false;
}

}  // namespace weir::ui
