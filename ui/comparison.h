// Champion and challenger of the perspective Compare: which two rule texts, and what the challenger would change.
#pragma once

#include "core/session/compare.h"
#include "core/session/project.h"

#include <QObject>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace weir::ui {

class Workbench;

/// One per workbench, GUI thread only. Compares when somebody asks for result() after a change; a draft with errors counts by its last good text.
class Comparison final : public QObject {
    Q_OBJECT
public:
    static Comparison& of(Workbench& workbench);

    struct Side {
        QString id;      ///< "draft", "shipped:glatz-2012", "saved:8", "file:/a/b.rules"
        QString title;
        QString text;
    };
    /// The draft, what ships, iterations (latest first), files that were opened.
    std::vector<Side> choices() const;
    /// The side in force; the draft when what was chosen is gone.
    /// The draft where nothing has that id.
    Side sideOf(const QString& id) const;
    Side champion() const { return sideOf(champion_); }
    Side challenger() const { return sideOf(challenger_); }
    void setChampion(const QString& id);
    void setChallenger(const QString& id);
    void swap();
    /// Reads a rule set from a file and returns its id; empty when it cannot be read (failed() of the workbench says why).
    QString addFile(const QString& path);
    /// Makes the challenger's text the draft (undoable) and the champion.
    void promote();

    /// On the present tally; null without one. Cheap when nothing changed.
    const session::RuleComparisonPtr& result();
    /// The draft has errors: its side shows the last good text.
    bool stale() const;

    /// Classes of the cell that is looked at; nothing = all that moves.
    using Cell = std::optional<std::pair<QString, QString>>;
    const Cell& cell() const { return cell_; }
    void setCell(const Cell& cell);
    /// Filters the flows of a cell.
    void filterCell(const QString& from, const QString& to);

    QJsonObject state() const;
    void setState(const QJsonObject& state);

signals:
    void changed();        ///< sides or result
    void cellPicked();

private:
    explicit Comparison(Workbench& workbench);
    void outdate();
    void publish();

    Workbench& workbench_;
    QString champion_ = QStringLiteral("shipped:glatz-2012"), challenger_ = QStringLiteral("draft");
    std::vector<Side> files_;
    session::RuleComparer comparer_;
    session::RuleComparisonPtr result_;
    const void* comparedOn_ = nullptr;   ///< the tally of result_
    bool old_ = true;
    Cell cell_;
};

}  // namespace weir::ui
