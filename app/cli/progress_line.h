// A line on stderr with the progress of a job, if stderr is a terminal.
#pragma once

#include "core/base/job.h"

#include <chrono>
#include <mutex>
#include <string>

namespace weir::cli {

/// Thread-safe. Drawn at most ten times a second, and at every new stage.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();                          ///< removes the line
    bool shown() const { return terminal_; }  ///< whether stderr is a terminal
    void restart();                           ///< the next show() begins a stage
    void show(const Progress& p);             ///< draws the line
    void wipe();                              ///< removes the line

    /// The text of the line: "reading flows  42 %  12.3 M flows/s  8 s left". Without a rate in the first 0.2 s.
    static std::string text(const Progress& p, double secondsInStage);

private:
    using Clock = std::chrono::steady_clock;
    std::mutex mutex_;
    Clock::time_point stageBegan_{}, drawn_{};
    std::string stage_;
    bool terminal_ = false, onScreen_ = false;
};

}  // namespace weir::cli
