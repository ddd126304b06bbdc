// What a long job is given: a way to report progress, a stop token, and how many threads it may use.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

namespace weir {

struct Progress {
    std::uint64_t done = 0, total = 0;  ///< in `unit`; total 0 = not known yet
    std::string_view stage;             ///< a string literal, shown to the user
    std::string_view unit;              ///< "flows", "packets", "bytes": a string literal
};

/// Handed to every `Result<R> verb(inputs, JobContext&)`. step() may be called from any thread of the job.
class JobContext {
public:
    using Sink = std::function<void(const Progress&)>;  ///< called from the job's threads, possibly concurrently: must
                                                        ///< be thread-safe
    JobContext() = default;
    JobContext(std::stop_token stop, Sink sink, unsigned threads = 0);

    /// Call once per chunk, never per flow. False means: return cancelledError() now. Throttled to per-mille changes.
    [[nodiscard]] bool step(std::uint64_t done, std::uint64_t total, std::string_view stage,
                            std::string_view unit = "flows");
    [[nodiscard]] bool cancelled() const { return stop_.stop_requested(); }
    std::stop_token stopToken() const { return stop_; }
    /// At least 1; 0 given = as many as the machine has.
    unsigned threads() const { return threads_; }

private:
    std::stop_token stop_;
    Sink sink_;
    unsigned threads_ = 2;
    std::atomic<std::uint64_t> last_{~0ull};
};

}  // namespace weir
