// Peak of anonymous memory while a benchmark runs.
#pragma once

#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

namespace weir::bench {

inline double anonymousMiB() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "RssAnon:") {
            double kib = 0;
            status >> kib;
            return kib / 1024;
        }
    return 0;
}

/// Samples RssAnon every 5 ms.
class PeakMemory {
public:
    PeakMemory()
        : before_(anonymousMiB()), sampler_([this](std::stop_token stop) {
              while (!stop.stop_requested()) {
                  peak_ = std::max(peak_.load(), anonymousMiB());
                  std::this_thread::sleep_for(std::chrono::milliseconds(5));
              }
          }) {}
    double beforeMiB() const { return before_; }  ///< with the input records
    double peakMiB() const { return peak_; }

private:
    double before_;
    std::atomic<double> peak_{0};
    std::jthread sampler_;
};

}  // namespace weir::bench
