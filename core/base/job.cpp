// Progress throttling of JobContext.
#include "core/base/job.h"

#include <thread>

namespace weir {

JobContext::JobContext(std::stop_token stop, Sink sink, unsigned threads)
    : stop_(std::move(stop)), sink_(std::move(sink)),
      threads_(threads ? threads : std::thread::hardware_concurrency()) {
    if (threads_ == 0) threads_ = 1;
}

bool JobContext::step(std::uint64_t done, std::uint64_t total, std::string_view stage, std::string_view unit) {
    if (stop_.stop_requested()) return false;
    if (!sink_) return true;
    const std::uint64_t permille = total ? done * 1000 / total : done >> 16;
    // The stage is part of the key, so that a new stage is always told.
    const std::uint64_t key = permille ^ (reinterpret_cast<std::uintptr_t>(stage.data()) << 12);
    if (last_.exchange(key, std::memory_order_relaxed) != key) sink_({done, total, stage, unit});
    return true;
}

}  // namespace weir
