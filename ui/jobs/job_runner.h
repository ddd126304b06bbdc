// Runs a core verb off the GUI thread: one lane, the newest job wins, late results are dropped, errors and cancellation
// come back as values.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "ui/jobs/job_list.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <exception>
#include <memory>
#include <stop_token>
#include <utility>

namespace weir::ui {

/// GUI thread only. A new job cancels the previous one of its lane; lanes are independent.
class JobRunner : public QObject {
    Q_OBJECT
public:
    explicit JobRunner(JobList& list, QObject* parent = nullptr) : QObject(parent), list_(list) {
        pool_.setMaxThreadCount(1);
    }
    ~JobRunner() override {
        ++generation_;
        cancel();
        pool_.waitForDone();
    }
    void cancel() { stop_.request_stop(); }
    bool busy() const { return busy_; }

    /// `work`: (JobContext&) -> Result<R>, runs on a worker thread and must own what it uses. `done`: (Result<R>), runs
    /// on the GUI thread, also with Errc::cancelled after cancel(), but never for a job that a newer one replaced. An
    /// exception in `work` becomes Errc::io. `shown` false keeps quick jobs (row selection) out of the job list.
    template <class Work, class Done>
    void start(const QString& name, Work work, Done done, bool shown = true) {
        cancel();
        stop_ = std::stop_source();
        const quint64 id = ++generation_;
        const quint64 job = list_.add(name, stop_, shown);
        setBusy(true);
        pool_.start(
            [this, id, job, token = stop_.get_token(), work = std::move(work), done = std::move(done)]() mutable {
                JobContext context(
                    token, [this, job](const Progress& p) { onGui([this, job, p] { list_.progress(job, p); }); });
                auto result = std::make_shared<decltype(work(context))>(guarded(work, context));
                onGui([this, id, job, result, done = std::move(done)]() mutable {
                    list_.finish(job, *result ? nullptr : &result->error());
                    if (id != generation_) return;
                    setBusy(false);
                    done(std::move(*result));
                });
            });
    }

signals:
    void busyChanged(bool busy);

private:
    template <class Work>
    static auto guarded(Work& work, JobContext& context) -> decltype(work(context)) {
        try {
            return work(context);
        } catch (const std::exception& e) {
            return Error{Errc::io, std::string("the job stopped: ") + e.what(), 0};
        }
    }
    template <class F>
    void onGui(F f) {
        QMetaObject::invokeMethod(this, std::move(f), Qt::QueuedConnection);
    }
    void setBusy(bool busy) {
        if (busy == busy_) return;
        busy_ = busy;
        emit busyChanged(busy);
    }

    JobList& list_;
    std::stop_source stop_;
    quint64 generation_ = 0;
    bool busy_ = false;
    QThreadPool pool_;
};

}  // namespace weir::ui
