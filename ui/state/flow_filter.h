// The narrowing in force with its history, and how rows are listed: records or flows, in which order. Views read it;
// whoever narrows does it here.
#pragma once

#include "ui/state/narrowing.h"
#include "ui/state/saved_filters.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace weir::ui {

class FlowFilter : public QObject {
    Q_OBJECT
public:
    using TimeRange = Narrowing::Times;
    explicit FlowFilter(QObject* parent = nullptr) : QObject(parent) {}

    const Narrowing& narrowing() const { return history_[at_]; }
    const QString& text() const { return narrowing().filter; }
    const TimeRange& timeRange() const { return narrowing().times; }
    session::Rows rows() const { return rows_; }

    /// Each applies at once and is a step of the history; the first two change one part and leave the others.
    void set(const QString& text, FilterMode mode = FilterMode::replace);
    void setTimeRange(const TimeRange& range);
    void narrow(const Narrowing& to);
    /// A row of the score tables. Going through rows quickly is one step.
    void setCodes(const QStringList& codes);
    /// Puts a text into the field for the user to finish, with the focus or not: nothing is applied.
    void prepare(const QString& text, FilterMode mode = FilterMode::replace, bool focus = true);

    void back();
    void forward();
    bool canGoBack() const { return at_ > 0; }
    bool canGoForward() const { return at_ + 1 < history_.size(); }
    /// `remove` takes out of each step what is not there any more; steps that become equal are one.
    void forget(const std::function<void(Narrowing&)>& remove);
    /// Drops history and order and starts here (a project was opened).
    void reset(const Narrowing& narrowing, session::Rows rows);

    void setRows(session::Rows rows);
    void setSort(session::Field field, bool descending);
    /// How rows are listed, narrowed by all but the codes.
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
