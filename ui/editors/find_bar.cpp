// Plain text, letter by letter.
#include "ui/editors/find_bar.h"

#include "ui/icon.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

QToolButton* button(const QString& text, const QString& help, QWidget* parent) {
    auto* b = new QToolButton(parent);
    b->setText(text);
    b->setToolTip(help);
    b->setAccessibleName(help);
    b->setAutoRaise(true);
    return b;
}

bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; }

}  // namespace

FindBar::FindBar(QPlainTextEdit& editor, QWidget* parent)
    : QWidget(parent), editor_(editor), find_(new QLineEdit), replace_(new QLineEdit),
      previous_(button(QStringLiteral("↑"), tr("Previous match (Shift+F3)"), this)),
      next_(button(QStringLiteral("↓"), tr("Next match (F3)"), this)),
      matchCase_(button(QStringLiteral("Aa"), tr("Match case"), this)),
      wholeWord_(button(QStringLiteral("[w]"), tr("Whole words only"), this)),
      one_(button(tr("Replace"), tr("Replace this match and go to the next one"), this)),
      all_(button(tr("Replace all"), tr("Replace every match"), this)), count_(new QLabel), replaceRow_(new QWidget) {
    setAutoFillBackground(true);
    find_->setPlaceholderText(tr("Find in the rules"));
    find_->setAccessibleName(tr("Find"));
    find_->setClearButtonEnabled(true);
    replace_->setPlaceholderText(tr("Replace with"));
    replace_->setAccessibleName(tr("Replace with"));
    for (auto* b : {matchCase_, wholeWord_}) b->setCheckable(true);
    count_->setForegroundRole(QPalette::PlaceholderText);
    count_->setMinimumWidth(count_->fontMetrics().horizontalAdvance(QStringLiteral("000 of 000")));
    auto* done = button({}, tr("Close (Esc)"), this);
    done->setIcon(icon(QStringLiteral("close")));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 4, 4);
    column->setSpacing(3);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(find_, 1);
    for (QWidget* w : std::initializer_list<QWidget*>{count_, previous_, next_, matchCase_, wholeWord_, done})
        row->addWidget(w);
    column->addLayout(row);
    auto* second = new QHBoxLayout(replaceRow_);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(2);
    second->addWidget(replace_, 1);
    second->addWidget(one_);
    second->addWidget(all_);
    column->addWidget(replaceRow_);
    hide();
    connect(find_, &QLineEdit::textChanged, this, [this] {
        search();
        // The first match at or behind where one began: typing on must not walk on.
        if (!matches_.isEmpty()) {
            const int from = editor_.textCursor().selectionStart();
            const auto at = std::ranges::find_if(matches_, [from](const Match& m) { return m.from >= from; });
            const Match& m = at == matches_.end() ? matches_.front() : *at;
            QTextCursor cursor = editor_.textCursor();
            cursor.setPosition(m.from);
            cursor.setPosition(m.to, QTextCursor::KeepAnchor);
            editor_.setTextCursor(cursor);
        }
        showScope();
    });
    for (auto* b : {matchCase_, wholeWord_}) connect(b, &QToolButton::toggled, this, &FindBar::search);
    connect(next_, &QToolButton::clicked, this, &FindBar::findNext);
    connect(previous_, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(one_, &QToolButton::clicked, this, &FindBar::replaceOne);
    connect(all_, &QToolButton::clicked, this, &FindBar::replaceAll);
    connect(done, &QToolButton::clicked, this, &FindBar::close);
    connect(&editor, &QPlainTextEdit::textChanged, this, [this] {
        if (isVisibleTo(parentWidget())) search();
    });
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, &FindBar::showScope);
}

void FindBar::open(bool replace) {
    const QString selected = editor_.textCursor().selectedText();
    replaceRow_->setVisible(replace);
    show();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator)) {
        const QSignalBlocker quiet(find_);
        find_->setText(selected);
    }
    search();
    find_->selectAll();
    find_->setFocus();
}

void FindBar::close() {
    hide();
    matches_.clear();
    emit matchesChanged({});
    editor_.setFocus();
}

void FindBar::search() {
    matches_.clear();
    const QString what = find_->text(), text = editor_.toPlainText();
    const auto sensitivity = matchCase_->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
    for (qsizetype at = what.isEmpty() ? -1 : text.indexOf(what, 0, sensitivity); at >= 0;
         at = text.indexOf(what, at, sensitivity)) {
        const qsizetype end = at + what.size();
        const bool inside =
            (at > 0 && isWordCharacter(text[at - 1])) || (end < text.size() && isWordCharacter(text[end]));
        if (!wholeWord_->isChecked() || !inside) matches_.push_back({int(at), int(end)});
        at = end;
    }
    QList<QTextCursor> places;
    for (const Match& m : std::as_const(matches_)) {
        QTextCursor place(editor_.document());
        place.setPosition(m.from);
        place.setPosition(m.to, QTextCursor::KeepAnchor);
        places.push_back(place);
    }
    emit matchesChanged(places);
    showScope();
}

int FindBar::chosen() const {
    const QTextCursor c = editor_.textCursor();
    for (qsizetype i = 0; i < matches_.size(); ++i)
        if (matches_[i].from == c.selectionStart() && matches_[i].to == c.selectionEnd()) return int(i);
    return -1;
}

QString FindBar::scope() const {
    if (find_->text().isEmpty()) return {};
    if (matches_.isEmpty()) return tr("no matches");
    const int at = chosen();
    return at < 0 ? (matches_.size() == 1 ? tr("%1 match") : tr("%1 matches")).arg(matches_.size())
                  : tr("%1 of %2").arg(at + 1).arg(matches_.size());
}

void FindBar::showScope() {
    count_->setText(scope());
    for (auto* b : {previous_, next_, one_, all_}) b->setEnabled(!matches_.isEmpty());
}

bool FindBar::go(bool forward) {
    if (matches_.isEmpty()) return false;
    const QTextCursor now = editor_.textCursor();
    const auto behind = [&](const Match& m) {
        return forward ? m.from >= (chosen() >= 0 ? now.selectionEnd() : now.selectionStart())
                       : m.to <= now.selectionStart();
    };
    Match to = forward ? matches_.front() : matches_.back();  // around the end
    if (forward) {
        if (const auto at = std::ranges::find_if(matches_, behind); at != matches_.end()) to = *at;
    } else {
        for (const Match& m : std::as_const(matches_))
            if (behind(m)) to = m;
    }
    QTextCursor cursor = now;
    cursor.setPosition(to.from);
    cursor.setPosition(to.to, QTextCursor::KeepAnchor);
    editor_.setTextCursor(cursor);
    editor_.ensureCursorVisible();
    showScope();
    return true;
}

bool FindBar::findNext() { return go(true); }
bool FindBar::findPrevious() { return go(false); }

void FindBar::replaceOne() {
    if (chosen() < 0 && !findNext()) return;
    QTextCursor cursor = editor_.textCursor();
    cursor.insertText(replace_->text());
    editor_.setTextCursor(cursor);
    findNext();
}

int FindBar::replaceAll() {
    const QList<Match> places = matches_;  // changing the text restarts the search
    QTextCursor edit(editor_.document());
    edit.beginEditBlock();
    for (auto m = places.rbegin(); m != places.rend(); ++m) {  // from the end: places before stay valid
        edit.setPosition(m->from);
        edit.setPosition(m->to, QTextCursor::KeepAnchor);
        edit.insertText(replace_->text());
    }
    edit.endEditBlock();
    return int(places.size());
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (enter && replace_->hasFocus())
        replaceOne();
    else if (enter)
        go(!(event->modifiers() & Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

}  // namespace weir::ui
