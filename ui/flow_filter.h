// What the flow list and the timeline show: filter text with history, time range, records or flows, order.
#pragma once

#include "core/session/select.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <utility>

namespace weir::ui {

struct SavedFilter {
    QString name, text;
};

enum class FilterMode : unsigned char { replace, andAlso, orElse, andNot };

/// "(a) and (b)" with parentheses only where they are needed; an empty `old` gives `added` (or its negation).
QString combineFilters(const QString& old, const QString& added, FilterMode mode);

class FlowFilter : public QObject {
    Q_OBJECT
public:
    using TimeRange = std::optional<std::pair<std::int64_t, std::int64_t>>;  ///< µs, [from, to)
    explicit FlowFilter(QObject* parent = nullptr) : QObject(parent) {}

    const QString& text() const { return text_; }
    /// Applies at once and enters the history.
    void set(const QString& text, FilterMode mode = FilterMode::replace);
    /// Puts a text into the field for the user to finish: nothing is applied.
    void prepare(const QString& text, FilterMode mode = FilterMode::replace);
    void setTimeRange(const TimeRange& range);
    const TimeRange& timeRange() const { return range_; }
    void setRows(session::Rows rows);
    void setSort(session::Field field, bool descending);

    void back();
    void forward();
    bool canGoBack() const { return at_ > 0; }
    bool canGoForward() const { return at_ + 1 < history_.size(); }
    /// Drops history and sort, starts at this place (a project was opened).
    void reset(const QString& text, const TimeRange& range, session::Rows rows);

    session::Query query() const;

    /// Filters kept under names in the project, by name.
    const QList<SavedFilter>& saved() const { return saved_; }
    void setSaved(const QList<SavedFilter>& filters);
    /// Keeps a text under a name, replacing the one before; an empty text removes the name.
    void save(const QString& name, const QString& text);

signals:
    void savedChanged();
    void changed();                      ///< query() gives something else now
    void prepared(const QString& text);

private:
    void go(const QString& text);
    QString text_;
    TimeRange range_;
    session::Rows rows_ = session::Rows::derived;
    session::Field sort_ = session::Field::id;
    bool descending_ = false;
    QStringList history_{QString()};
    qsizetype at_ = 0;
    QList<SavedFilter> saved_;
};

}  // namespace weir::ui
