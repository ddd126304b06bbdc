// All running jobs and the last finished ones, for the panel Jobs and the job line of the menu row.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <stop_token>
#include <vector>

namespace weir::ui {

/// State of a job.
enum class JobState : unsigned char { running, done, cancelled, failed };

/// Progress and result of one job, for display.
struct JobInfo {
    quint64 id = 0;
    QString name, stage, unit;
    std::uint64_t finished = 0, total = 0;  ///< in `unit`; total 0 = not known yet
    double rate = 0;                        ///< units per second since the stage began
    double secondsLeft = -1;                ///< -1 = not known yet
    double seconds = 0;                     ///< so far, or in total when finished
    JobState state = JobState::running;
    QString outcome;  ///< reason when it failed
    int permille() const { return total ? int(finished * 1000 / total) : -1; }
};

/// GUI thread only. Emits changed() after every change of any job.
class JobList : public QObject {
    Q_OBJECT
public:
    explicit JobList(QObject* parent = nullptr) : QObject(parent) {}

    /// Visible jobs, oldest first; at most 20 finished ones.
    const std::vector<JobInfo>& jobs() const { return jobs_; }
    int running() const;
    void cancel(quint64 id);
    void cancelAll();
    void clearEnded();

    // ---- for JobRunner -------------------------------------------------------------------------
    quint64 add(const QString& name, std::stop_source stop, bool shown);
    void progress(quint64 id, const Progress& p);
    void finish(quint64 id, const Error* error);

signals:
    void changed();

private:
    struct Handle {
        quint64 id;
        std::stop_source stop;
        QElapsedTimer clock, stageClock;
        std::uint64_t stageStart = 0;
    };
    JobInfo* find(quint64 id);
    Handle* handle(quint64 id);
    std::vector<JobInfo> jobs_;
    std::vector<Handle> handles_;
    quint64 next_ = 0;
};

}  // namespace weir::ui
