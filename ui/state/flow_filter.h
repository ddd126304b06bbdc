// The current narrowing with its history, and how rows are listed: records or flows, and their order. Views read it
// here, and every view that narrows does it here.
#pragma once

#include "ui/state/narrowing.h"
#include "ui/state/saved_filters.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace weir::ui {

/// GUI thread only. Emits changed() after every change of narrowing, rows or order.
class FlowFilter : public QObject {
    Q_OBJECT
public:
    using TimeRange = Narrowing::Times;
    explicit FlowFilter(QObject* parent = nullptr) : QObject(parent) {}

    const Narrowing& narrowing() const { return history_[at_]; }
    const QString& text() const { return narrowing().filter; }
    const TimeRange& timeRange() const { return narrowing().times; }
    session::Rows rows() const { return rows_; }

    /// Each call applies at once and adds a step to the history. set() and setTimeRange() change one part only.
    void set(const QString& text, FilterMode mode = FilterMode::replace);
    void setTimeRange(const TimeRange& range);
    void narrow(const Narrowing& to);
    /// Selects a combination of codes (a row of the score tables). Quick changes in a row become one step.
    void setCodes(const QStringList& codes);
    /// Puts a text into the filter field for the user to finish, and gives it the focus if `focus`. Nothing is applied.
    void prepare(const QString& text, FilterMode mode = FilterMode::replace, bool focus = true);

    void back();
    void forward();
    bool canGoBack() const { return at_ > 0; }
    bool canGoForward() const { return at_ + 1 < history_.size(); }
    /// Calls `remove` on every step of the history, to drop parts that no longer exist. Steps that become equal are
    /// merged.
    void forget(const std::function<void(Narrowing&)>& remove);
    /// Clears history and order and starts with this narrowing (a project was opened).
    void reset(const Narrowing& narrowing, session::Rows rows);

    void setRows(session::Rows rows);
    void setSort(session::Field field, bool descending);
    /// The query for the row list, narrowed by everything except the codes.
    session::Query query() const;
    SavedFilters& saved() { return saved_; }

signals:
    void changed();  ///< the narrowing, the kind of rows or their order
    void prepared(const QString& text, bool focus);

private:
    void step(const Narrowing& to);
    session::Rows rows_ = session::Rows::derived;
    session::Field sort_ = session::Field::id;
    bool descending_ = false;
    QList<Narrowing> history_{Narrowing()};
    qsizetype at_ = 0;
    QElapsedTimer codesSet_;  ///< since the last step, where that was one of setCodes(); else invalid
    SavedFilters saved_;
};

}  // namespace weir::ui
