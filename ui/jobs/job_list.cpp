// See job_list.h.
#include "ui/jobs/job_list.h"

#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {

int JobList::running() const {
    return int(
        std::count_if(jobs_.begin(), jobs_.end(), [](const JobInfo& j) { return j.state == JobState::running; }));
}

void JobList::cancel(quint64 id) {
    if (Handle* h = handle(id)) h->stop.request_stop();
}

void JobList::cancelAll() {
    for (Handle& h : handles_) h.stop.request_stop();
}

void JobList::clearEnded() {
    std::erase_if(jobs_, [](const JobInfo& j) { return j.state != JobState::running; });
    emit changed();
}

quint64 JobList::add(const QString& name, std::stop_source stop, bool shown) {
    const quint64 id = ++next_;
    if (!shown) return id;
    JobInfo info;
    info.id = id;
    info.name = name;
    jobs_.push_back(std::move(info));
    Handle& h = handles_.emplace_back(Handle{id, std::move(stop), {}, {}, 0});
    h.clock.start();
    h.stageClock.start();
    emit changed();
    return id;
}

void JobList::progress(quint64 id, const Progress& p) {
    JobInfo* job = find(id);
    Handle* h = handle(id);
    if (job == nullptr || h == nullptr) return;
    const QString stage = fromUtf8(p.stage);
    if (stage != job->stage) {
        job->stage = stage;
        h->stageClock.restart();
        h->stageStart = p.done;
    }
    job->unit = fromUtf8(p.unit);
    job->finished = p.done;
    job->total = p.total;
    const double seconds = double(h->stageClock.elapsed()) / 1000;
    const double done = double(p.done - std::min(p.done, h->stageStart));
    job->rate = seconds > 0.05 ? done / seconds : 0;
    job->secondsLeft = job->rate > 0 && p.total >= p.done && seconds > 0.3 ? double(p.total - p.done) / job->rate : -1;
    job->seconds = double(h->clock.elapsed()) / 1000;
    emit changed();
}

void JobList::finish(quint64 id, const Error* error) {
    JobInfo* job = find(id);
    Handle* h = handle(id);
    if (job == nullptr || h == nullptr) return;
    job->seconds = double(h->clock.elapsed()) / 1000;
    job->state = error == nullptr                 ? JobState::done
                 : error->code == Errc::cancelled ? JobState::cancelled
                                                  : JobState::failed;
    if (error != nullptr && error->code != Errc::cancelled) job->outcome = fromUtf8(error->detail);
    std::erase_if(handles_, [id](const Handle& x) { return x.id == id; });
    while (int(jobs_.size()) - running() > 20)
        jobs_.erase(
            std::find_if(jobs_.begin(), jobs_.end(), [](const JobInfo& j) { return j.state != JobState::running; }));
    emit changed();
}

JobInfo* JobList::find(quint64 id) {
    const auto it = std::find_if(jobs_.begin(), jobs_.end(), [id](const JobInfo& j) { return j.id == id; });
    return it == jobs_.end() ? nullptr : &*it;
}

JobList::Handle* JobList::handle(quint64 id) {
    const auto it = std::find_if(handles_.begin(), handles_.end(), [id](const Handle& h) { return h.id == id; });
    return it == handles_.end() ? nullptr : &*it;
}

}  // namespace weir::ui
