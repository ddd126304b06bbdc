// See filter_edit.h.
#include "ui/editors/filter_edit.h"

#include "ui/text/filter_colours.h"
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

#include <algorithm>
#include <utility>

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
        painter->drawText(
            box.adjusted(used, 0, 0, 0), Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(Qt::UserRole).toString(), Qt::ElideRight, box.width() - used));
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {420, option.fontMetrics.height() + 6};
    }
};

constexpr int kFrameMs = 16;

/// Letters that go into the text, as opposed to keys that do something.
bool isTyping(const QKeyEvent& key) {
    return !key.text().isEmpty() && key.text().front().isPrint() &&
           !(key.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

/// Keys that do something to the text as it is; Shift on the way to a letter does not.
bool endsTyping(const QKeyEvent& key) {
    const bool modifier = (key.key() >= Qt::Key_Shift && key.key() <= Qt::Key_ScrollLock) || key.key() == Qt::Key_AltGr;
    return !modifier && !isTyping(key);
}

bool isFilterWordChar(QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'"'; }

}  // namespace

FilterEdit::FilterEdit(QWidget* parent)
    : QPlainTextEdit(parent), completer_(new QCompleter(this)), words_(new QStandardItemModel(this)) {
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
    completer_->popup()->installEventFilter(this);
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FilterEdit::insertCompletion);
    connect(this, &QPlainTextEdit::textChanged, this, &FilterEdit::recheck);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &FilterEdit::showColours);
}

QSize FilterEdit::sizeHint() const { return {300, fontMetrics().height() + 4}; }

void FilterEdit::setFilter(const QString& text) {
    insertTyped();
    appliedText_ = text;
    if (text != toPlainText()) setPlainText(text);
    recheck();
}

void FilterEdit::prepare(const QString& text, bool focus) {
    insertTyped();
    setPlainText(text);
    moveCursor(QTextCursor::End);
    if (focus) setFocus(Qt::OtherFocusReason);
}

bool FilterEdit::good() {
    insertTyped();
    return problem_.isEmpty();
}

void FilterEdit::recheck() {
    const QString text = toPlainText();
    const Diagnostics problems = check_ && !text.trimmed().isEmpty() ? check_(text) : Diagnostics();
    const QString before = problem_;
    problem_ = problems.empty() ? QString() : QString::fromStdString(problems.front().message);
    colours_ = filterColours(text, problems);
    showColours();
    if (before != problem_ || hasFocus()) emit checked();
}

/// Colours only the visible part: format changes are the most expensive part of laying out and drawing a line.
void FilterEdit::showColours() {
    const QTextBlock line = document()->firstBlock();
    const int width = viewport()->width();
    const int first = cursorForPosition({0, 0}).position();
    const int last = first + width / std::max(1, fontMetrics().averageCharWidth()) + 1;
    QList<QTextLayout::FormatRange> seen;
    for (const QTextLayout::FormatRange& r : std::as_const(colours_))
        if (r.start <= last && r.start + r.length >= first) seen << r;
    if (seen == line.layout()->formats()) return;
    line.layout()->setFormats(seen);
    document()->markContentsDirty(line.position(), line.length());
}

QString FilterEdit::wordBeforeCursor() const {
    const QString left = toPlainText().left(textCursor().position());
    qsizetype from = left.size();
    while (from > 0 && isFilterWordChar(left[from - 1])) --from;
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
    at.setBottom(height() + 5);  // clear of the frame round the field
    completer_->complete(at);
    completer_->popup()->setCurrentIndex({});  // Enter accepts only an entry that the user has selected
    emit checked();
}

bool FilterEdit::completing() const { return completer_->popup()->isVisible(); }

void FilterEdit::insertCompletion(const QString& word) {
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(wordBeforeCursor().size()));
    cursor.insertText(word + u' ');
    setTextCursor(cursor);
}

void FilterEdit::complete(const QModelIndex& chosen) {
    insertCompletion(chosen.data().toString());
    completer_->popup()->hide();
    emit checked();
}

void FilterEdit::apply() {
    completer_->popup()->hide();
    recheck();
    if (!good()) return;
    appliedText_ = filter();
    emit applied(appliedText_);
}

void FilterEdit::type(const QString& text) {
    typed_ += text;
    if (!frame_.isActive()) insertTyped();
}

void FilterEdit::insertTyped() {
    if (typed_.isEmpty()) return;
    frame_.start(kFrameMs, this);
    insertPlainText(std::exchange(typed_, {}));
    ensureCursorVisible();
    offerCompletions(false);
}

void FilterEdit::timerEvent(QTimerEvent* event) {
    if (event->timerId() != frame_.timerId()) return QPlainTextEdit::timerEvent(event);
    frame_.stop();
    insertTyped();
}

/// Whatever is not typing finds the text complete: shortcuts, an input method, another field.
bool FilterEdit::event(QEvent* event) {
    const bool key = event->type() == QEvent::ShortcutOverride && endsTyping(static_cast<QKeyEvent&>(*event));
    if (key || event->type() == QEvent::InputMethod || event->type() == QEvent::FocusOut) insertTyped();
    return QPlainTextEdit::event(event);
}

bool FilterEdit::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick ||
        event->type() == QEvent::Drop)
        insertTyped();
    return QPlainTextEdit::viewportEvent(event);
}

/// The completer handles arrows in the list before this field sees them.
bool FilterEdit::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && watched == completer_->popup() &&
        endsTyping(static_cast<QKeyEvent&>(*event)))
        insertTyped();
    return QPlainTextEdit::eventFilter(watched, event);
}

bool FilterEdit::focusNextPrevChild(bool next) {
    insertTyped();
    return !completing() &&
           QPlainTextEdit::focusNextPrevChild(next);  // Tab and Shift+Tab are keys of the list while it is open
}

void FilterEdit::keyPressEvent(QKeyEvent* event) {
    if (isTyping(*event)) return type(event->text());
    if (endsTyping(*event)) insertTyped();
    const bool open = completing();
    const QModelIndex chosen = open ? completer_->popup()->currentIndex() : QModelIndex();
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: return chosen.isValid() ? complete(chosen) : apply();
        case Qt::Key_Tab:
            if (open) return complete(chosen.isValid() ? chosen : words_->index(0, 0));
            break;
        case Qt::Key_Escape:
            if (!open) return setFilter(appliedText_);
            [[fallthrough]];
        case Qt::Key_Backtab: completer_->popup()->hide(); return emit checked();
        case Qt::Key_Space:
            if (event->modifiers() & Qt::ControlModifier) return offerCompletions(true);
            break;
        default: break;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (open && event->key() == Qt::Key_Backspace) offerCompletions(false);
}

void FilterEdit::insertFromMimeData(const QMimeData* source) {
    insertTyped();
    insertPlainText(source->text().simplified());
}

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
    if (event->type() == QEvent::PaletteChange) recheck();
}

void FilterEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    showColours();
}

}  // namespace weir::ui
