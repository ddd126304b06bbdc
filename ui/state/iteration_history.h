// The saved iterations of the open project and the base that the draft is compared with. Every change can be undone.
#pragma once

#include "core/refine/iterations.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <cstdint>
#include <functional>
#include <vector>

namespace weir::ui {

class Workbench;

/// What the draft is compared with: a saved iteration (id > 0), or a rule set as it was loaded.
struct RuleBase {
    std::int64_t id = 0;
    QString name;  ///< "#8", "bigler-2011"
    QString text;
};

/// Created by the workbench, GUI thread only. The file is read and written on a separate thread, one step after the
/// other.
class IterationHistory final : public QObject {
    Q_OBJECT
public:
    explicit IterationHistory(Workbench& workbench);
    ~IterationHistory() override;

    /// All iterations, in order of saving.
    const std::vector<refine::Iteration>& all() const { return all_; }
    const refine::Iteration* find(std::int64_t id) const;
    const RuleBase& base() const { return base_; }
    /// The base's text judged on the flows of RuleFigures; null when it has errors.
    const session::JudgementPtr& baseJudgement() const { return baseJudgement_; }
    bool saving() const { return saving_; }

    /// Saves the draft with its results and makes it the base. Does nothing while the draft has errors or another save
    /// is running.
    void save(const QString& tag);
    /// Makes `text` the draft and the base.
    void load(const QString& text, const QString& name, const QString& what);
    /// Makes the iteration's text the draft. The base stays, so the next save continues it.
    void restore(std::int64_t id);
    /// Makes the iteration's text the draft and the base: the next save becomes a branch of it.
    void branch(std::int64_t id);

    QJsonObject state() const;  ///< the base, saved in the project
    void setState(const QJsonObject& state);

signals:
    void changed();  ///< all() or base() or baseJudgement() changed
    void failed(const QString& reason);

private:
    friend class SaveCommand;
    friend class BaseCommand;
    void reload();
    void setBase(const RuleBase& base);
    void judgeBase();
    void insert(const refine::Iteration& iteration, bool write);
    void remove(std::int64_t id);
    void queue(std::function<Status(session::Project&)> work);
    RuleBase baseOfDraft() const;

    Workbench& workbench_;
    std::vector<refine::Iteration> all_;
    RuleBase base_;
    session::JudgementPtr baseJudgement_;
    const void* judgedOn_ = nullptr;  ///< the tally that baseJudgement_ was computed on
    session::Judge judge_;
    bool saving_ = false;
    QThreadPool file_;
};

/// "#8 final"
QString iterationName(const refine::Iteration& iteration);

}  // namespace weir::ui
