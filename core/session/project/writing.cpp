// See writing.h.
#include "core/session/project/writing.h"

namespace weir::session {

void Writers::enter() {
    std::unique_lock lock(mutex_);
    // A thread that already writes may begin another write; the exclusive call waits for both.
    changed_.wait(lock, [this] { return !closed_; });
    ++inside_;
}

void Writers::leave() {
    {
        const std::lock_guard lock(mutex_);
        --inside_;
    }
    changed_.notify_all();
}

Status Writers::runAlone(const std::function<Status()>& alone) {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return inside_ == 0 && !closed_; });
        closed_ = true;
    }
    Status done = alone();
    {
        const std::lock_guard lock(mutex_);
        closed_ = false;
    }
    changed_.notify_all();
    return done;
}

}  // namespace weir::session
