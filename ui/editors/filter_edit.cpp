// See filter_edit.h.
#include "ui/editors/filter_edit.h"

#include "ui/text/filter_highlighter.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTextBlock>

namespace weir::ui {
namespace {

/// A completion: the word, and what it means in secondary colour behind it.
class CompletionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& t = Theme::current();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.selection : t.surface);
        const QRect box = option.rect.adjusted(6, 0, -6, 0);
        painter->setFont(Theme::fixedFont());
        painter->setPen(t.text);
        painter->drawText(box, Qt::AlignVCenter, index.data().toString());
        const int used = painter->fontMetrics().horizontalAdvance(index.data().toString()) + 14;
        painter->setFont(option.font);
        painter->setPen(t.secondary);
        painter->drawText(box.adjusted(used, 0, 0, 0), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(Qt::UserRole).toString(), Qt::ElideRight, box.width() - used));
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override { return {420, option.fontMetrics.height() + 6}; }
};

bool isWordChar(QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'"'; }

}  // namespace

FilterEdit::FilterEdit(QWidget* parent)
    : QPlainTextEdit(parent), highlighter_(new FilterHighlighter(document())), completer_(new QCompleter(this)), words_(new QStandardItemModel(this)) {
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(Theme::fixedFont());
    document()->setDocumentMargin(2);
    setPlaceholderText(tr("Filter, for example: proto tcp and flags S"));
    setAccessibleName(tr("Filter"));
    completer_->setModel(words_);
    completer_->setWidget(this);
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer_->popup()->setItemDelegate(new CompletionDelegate(this));
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FilterEdit::insertCompletion);
    connect(this, &QPlainTextEdit::textChanged, this, &FilterEdit::recheck);
}

QSize FilterEdit::sizeHint() const { return {300, fontMetrics().height() + 4}; }

void FilterEdit::setFilter(const QString& text) {
    appliedText_ = text;
    if (text != toPlainText()) setPlainText(text);
    recheck();
}

void FilterEdit::recheck() {
    const QString text = toPlainText();
    const Diagnostics problems = check_ && !text.trimmed().isEmpty() ? check_(text) : Diagnostics();
    const QString before = problem_;
    problem_ = problems.empty() ? QString() : QString::fromStdString(problems.front().message);
    {
        const QSignalBlocker quiet(this);   // colouring is no change of the text
        highlighter_->setProblems(problems);
    }
    if (before != problem_ || hasFocus()) emit checked();
}

QString FilterEdit::wordBeforeCursor() const {
    const QString left = toPlainText().left(textCursor().position());
    qsizetype from = left.size();
    while (from > 0 && isWordChar(left[from - 1])) --from;
    return left.mid(from);
}

void FilterEdit::offerCompletions(bool asked) {
    const QString word = wordBeforeCursor();
    if (!complete_ || (!asked && word.isEmpty())) return completer_->popup()->hide();
    const QString text = toPlainText();
    words_->clear();
    for (const auto& [name, help] : complete_(text, std::size_t(text.left(textCursor().position()).toUtf8().size()))) {
        if (!name.startsWith(word, Qt::CaseInsensitive) || (!asked && name == word)) continue;
        auto* item = new QStandardItem(name);
        item->setData(help, Qt::UserRole);
        words_->appendRow(item);
    }
    if (words_->rowCount() == 0) {
        completer_->popup()->hide();
        return emit checked();
    }
    QRect at = cursorRect();
    at.translate(viewport()->pos());
    at.setWidth(440);
    completer_->complete(at);
    completer_->popup()->setCurrentIndex(words_->index(0, 0));
    emit checked();
}

bool FilterEdit::completing() const { return completer_->popup()->isVisible(); }

void FilterEdit::insertCompletion(const QString& word) {
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(wordBeforeCursor().size()));
    cursor.insertText(word + u' ');
    setTextCursor(cursor);
}

void FilterEdit::keyPressEvent(QKeyEvent* event) {
    const bool open = completer_->popup()->isVisible();
    const int key = event->key();
    if (open && (key == Qt::Key_Tab || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape || key == Qt::Key_Backtab)) {
        if (key == Qt::Key_Tab) {
            insertCompletion(completer_->popup()->currentIndex().data().toString());
            completer_->popup()->hide();
        } else if (key == Qt::Key_Escape) {
            completer_->popup()->hide();
        } else {
            event->ignore();   // the completer takes it
        }
        return;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        recheck();
        if (good()) {
            appliedText_ = filter();
            emit applied(appliedText_);
        }
        return;
    }
    if (key == Qt::Key_Escape) return setFilter(appliedText_);
    if (key == Qt::Key_Space && event->modifiers() & Qt::ControlModifier) return offerCompletions(true);
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty() && event->text().front().isPrint()) offerCompletions(false);
    else if (open && key == Qt::Key_Backspace) offerCompletions(false);
}

void FilterEdit::insertFromMimeData(const QMimeData* source) { insertPlainText(source->text().simplified()); }

void FilterEdit::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    if (event->reason() == Qt::ShortcutFocusReason) selectAll();
    emit checked();
}

void FilterEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    emit checked();
}

void FilterEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) highlighter_->rehighlight();
}

}  // namespace weir::ui
