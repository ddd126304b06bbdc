// See flow_filter.h.
#include "ui/flow_filter.h"

#include <QRegularExpression>

#include <algorithm>

namespace weir::ui {
namespace {

/// True when putting the text beside `and` or behind `not` would change its meaning without parentheses.
bool needsParentheses(const QString& text, FilterMode mode) {
    static const QRegularExpression loose(QStringLiteral("\\b(or)\\b|\\|\\|"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression any(QStringLiteral("\\b(and|or)\\b|&&|\\|\\|"), QRegularExpression::CaseInsensitiveOption);
    return text.contains(mode == FilterMode::andNot ? any : loose);
}

QString wrapped(const QString& text, bool parentheses) { return parentheses ? u'(' + text + u')' : text; }

}  // namespace

QString combineFilters(const QString& old, const QString& added, FilterMode mode) {
    const QString a = old.trimmed();
    const QString b = added.trimmed();
    const QString tail = mode == FilterMode::andNot ? QStringLiteral("not ") + wrapped(b, needsParentheses(b, mode)) : b;
    if (mode == FilterMode::replace || a.isEmpty() || a == u"any") return tail;
    if (mode == FilterMode::orElse) return a + QStringLiteral(" or ") + b;
    return wrapped(a, needsParentheses(a, FilterMode::andAlso)) + QStringLiteral(" and ") +
           (mode == FilterMode::andNot ? tail : wrapped(b, needsParentheses(b, FilterMode::andAlso)));
}

void FlowFilter::set(const QString& text, FilterMode mode) {
    const QString next = combineFilters(text_, text, mode);
    if (next == text_) return;
    history_.erase(history_.begin() + at_ + 1, history_.end());
    history_ << next;
    at_ = history_.size() - 1;
    go(next);
}

void FlowFilter::prepare(const QString& text, FilterMode mode) { emit prepared(combineFilters(text_, text, mode)); }

void FlowFilter::go(const QString& text) {
    text_ = text;
    emit changed();
}

void FlowFilter::setTimeRange(const TimeRange& range) {
    if (range == range_) return;
    range_ = range;
    emit changed();
}

void FlowFilter::setRows(session::Rows rows) {
    if (rows == rows_) return;
    rows_ = rows;
    emit changed();
}

void FlowFilter::setSort(session::Field field, bool descending) {
    if (field == sort_ && descending == descending_) return;
    sort_ = field;
    descending_ = descending;
    emit changed();
}

void FlowFilter::back() {
    if (canGoBack()) go(history_[--at_]);
}

void FlowFilter::forward() {
    if (canGoForward()) go(history_[++at_]);
}

void FlowFilter::reset(const QString& text, const TimeRange& range, session::Rows rows) {
    history_ = QStringList{text};
    at_ = 0;
    range_ = range;
    rows_ = rows;
    sort_ = session::Field::id;
    descending_ = false;
    go(text);
}

void FlowFilter::setSaved(const QList<SavedFilter>& filters) {
    saved_ = filters;
    emit savedChanged();
}

void FlowFilter::save(const QString& name, const QString& text) {
    saved_.removeIf([&](const SavedFilter& f) { return f.name == name; });
    const auto at = std::find_if(saved_.begin(), saved_.end(), [&](const SavedFilter& f) { return f.name.localeAwareCompare(name) > 0; });
    if (!text.isEmpty()) saved_.insert(at, {name, text});
    emit savedChanged();
}

session::Query FlowFilter::query() const {
    session::Query q;
    q.rows = rows_;
    q.filter = text_.toStdString();
    if (range_) {
        q.fromUs = range_->first;
        q.toUs = range_->second;
    }
    q.sort = sort_;
    q.descending = descending_;
    return q;
}

}  // namespace weir::ui
