// Champion and challenger of the perspective Compare: which two rule sets, or which two score profiles, and what the
// challenger would change.
#pragma once

#include "core/session/evidence/score_profiles.h"
#include "core/session/project/project.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace weir::ui {

class Workbench;

/// Made by the workbench, GUI thread only. Compares when somebody asks for result() or scores() after a change; a draft
/// with errors counts by its last good text. Both sides are of one kind: choosing one of the other kind changes the
/// other side with it.
class Comparison final : public QObject {
    Q_OBJECT
public:
    explicit Comparison(Workbench& workbench);

    struct Side {
        QString
            id;  ///< "draft", "shipped:glatz-2012", "saved:8", "file:/a/b.rules"; of profiles with "profile:" before it
        QString title;
        QString text;
        bool profile = false;
    };
    /// Rule sets, then score profiles; of each the draft, what ships, what was saved (latest first), files that were
    /// opened.
    std::vector<Side> choices() const;
    /// The draft of its kind where nothing has that id.
    Side sideOf(const QString& id) const;
    Side champion() const { return sideOf(champion_); }
    Side challenger() const { return sideOf(challenger_); }
    bool ofProfiles() const { return champion_.startsWith(QStringLiteral("profile:")); }
    void setChampion(const QString& id);
    void setChallenger(const QString& id);
    void swap();
    /// Reads a rule set or a score profile from a file and returns its id; empty when it cannot be read (failed() of
    /// the workbench says why).
    QString addFile(const QString& path);
    /// Makes the challenger's text the draft (undoable) and the champion.
    void promote();

    /// Of rule sets, on the flows of RuleFigures; null without any, and for profiles. Cheap when nothing changed.
    const session::RuleComparisonPtr& result();
    /// Of profiles, on the records that the filter bar's chips leave, by scores of all records; null without records,
    /// for rule sets, and while they are scored: changed() says when they are. While another narrowing is counted:
    /// those of the one before.
    const session::ScoreComparisonPtr& scores();
    /// What result() or scores() count: "Selection: 12 of 345 flows", "Counting …"; empty = all.
    QString scope() const;
    /// Why there are no scores; empty = fine, or they are still worked out.
    const QString& problem() const { return problem_; }
    /// Of whatever is compared; null like result() and scores(), and where a text has errors.
    std::shared_ptr<const compare::Migration> migration();
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
    void changed();  ///< sides or result
    void cellPicked();

private:
    /// What scores hang on, beside the profile.
    struct ScoredOn {
        std::shared_ptr<const flow::ChunkSource> records;
        std::shared_ptr<const std::vector<std::uint8_t>> hostBits;
        std::shared_ptr<const session::ListCatalog> lists;
        std::shared_ptr<const std::vector<session::Silence>> silences;
        friend bool operator==(const ScoredOn&, const ScoredOn&) = default;
    };
    ScoredOn present() const;
    void outdate();
    void publish();
    void publishRules();
    void choose(QString& side, QString& other, const QString& id);
    void readSavedProfiles();
    void startScores(const session::ScoreComparisonPtr& before);

    Workbench& workbench_;
    QString champion_ = QStringLiteral("shipped:glatz-2012"), challenger_ = QStringLiteral("draft");
    std::vector<Side> files_;
    session::RuleComparer comparer_, wholeComparer_;
    session::RuleComparisonPtr result_;
    const void* comparedOn_ = nullptr;                               ///< the tally of all flows when result_ was made
    std::tuple<std::string, std::string, const void*> publishedOf_;  ///< texts and tally of all flows
    bool old_ = true;
    std::vector<session::SavedProfile> savedProfiles_;
    JobRunner scoring_, reading_;                       ///< of scores_ and savedProfiles_
    session::ScoreComparisonPtr scores_, wholeScores_;  ///< of what is shown, and of all records
    ScoredOn scoredOn_;                                 ///< what they are of
    std::pair<std::string, std::string> scoredTexts_;   ///< of wholeScores_
    session::SignPartPtr scoredPart_;                   ///< whose narrowing scores_ counts; nullptr = all records
    QString problem_;
    bool scoresOld_ = true;
    Cell cell_;
};

}  // namespace weir::ui
