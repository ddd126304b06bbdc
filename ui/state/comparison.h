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

/// Created by the workbench, GUI thread only. Compares lazily: result() and scores() recompute after a change. A draft
/// with errors counts with its last valid text. Both sides are of one kind: choosing a side of the other kind also
/// changes the other side.
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
    /// All choices: rule sets, then score profiles; of each the draft, the shipped ones, the saved ones (latest first),
    /// and opened files.
    std::vector<Side> choices() const;
    /// The side with this id; the draft of the same kind when there is none.
    Side sideOf(const QString& id) const;
    Side champion() const { return sideOf(champion_); }
    Side challenger() const { return sideOf(challenger_); }
    bool ofProfiles() const { return champion_.startsWith(QStringLiteral("profile:")); }
    void setChampion(const QString& id);
    void setChallenger(const QString& id);
    void swap();
    /// Reads a rule set or a score profile from a file and returns its id. Returns an empty id when it cannot be read;
    /// the workbench then emits failed() with the reason.
    QString addFile(const QString& path);
    /// Makes the challenger's text the draft (undoable) and the champion.
    void promote();

    /// Comparison of two rule sets on the flows of RuleFigures; null without flows, and when profiles are compared.
    /// Cheap when nothing has changed.
    const session::RuleComparisonPtr& result();
    /// Comparison of two profiles on the records that match the filter bar. Null without records, when rule sets are
    /// compared, and while scores are computed; changed() is emitted when they are ready. While another narrowing is
    /// counted, this is still the previous comparison.
    const session::ScoreComparisonPtr& scores();
    /// What result() or scores() count: "Selection: 12 of 345 flows", "Counting …"; empty = everything.
    QString scope() const;
    /// Why there are no scores; empty = no error, or still computing.
    const QString& problem() const { return problem_; }
    /// Migration of whatever is compared; null when result() or scores() is, and when a text has errors.
    std::shared_ptr<const compare::Migration> migration();
    /// The draft has errors, so its side shows the last valid text.
    bool stale() const;

    /// Classes of the selected cell; nullopt = all changes.
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
    /// What scores depend on besides the profile.
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
    const void* comparedOn_ = nullptr;  ///< the tally of all flows that result_ was computed on
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
