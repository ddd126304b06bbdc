// One line on stderr that shows how far a job is: only when stderr is a terminal.
#pragma once

#include "core/base/job.h"

#include <chrono>
#include <mutex>
#include <string>

namespace weir::cli {

/// Thread-safe. Redrawn at most ten times a second.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    bool shown() const { return terminal_; }
    void restart();
    void show(const Progress& p);
    void wipe();

    /// "reading  42 %  12.3 M flows/s  8 s left"
    static std::string text(const Progress& p, double secondsInStage);

private:
    using Clock = std::chrono::steady_clock;
    std::mutex mutex_;
    Clock::time_point stageBegan_{}, drawn_{};
    std::string stage_;
    bool terminal_ = false, onScreen_ = false;
};

}  // namespace weir::cli
