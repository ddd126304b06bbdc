// parallelFor: an atomic counter and a few joined threads.
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace weir {

bool parallelFor(std::size_t items, unsigned threads, const std::function<bool(std::size_t, unsigned)>& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> good{true};
    std::exception_ptr failure;
    std::mutex failureMutex;
    const auto run = [&](unsigned worker) {
        try {
            while (good.load(std::memory_order_relaxed)) {
                const std::size_t item = next.fetch_add(1, std::memory_order_relaxed);
                if (item >= items) return;
                if (!work(item, worker)) good.store(false, std::memory_order_relaxed);
            }
        } catch (...) {
            const std::lock_guard lock(failureMutex);
            if (!failure) failure = std::current_exception();
            good.store(false, std::memory_order_relaxed);
        }
    };
    {
        std::vector<std::jthread> others;
        const unsigned wanted = items < threads ? unsigned(items) : threads;
        try {
            for (unsigned t = 1; t < wanted; ++t) others.emplace_back(run, t);
        } catch (const std::system_error&) {
            // No more threads to be had: those that are there do it all.
        }
        run(0);
    }
    if (failure) std::rethrow_exception(failure);
    return good.load();
}

Status parallelTryWhile(const std::function<bool(std::size_t)>& has, unsigned threads,
                        const std::function<Status(std::size_t, unsigned)>& work) {
    std::mutex mutex;
    Status first = ok();
    parallelFor(std::numeric_limits<std::size_t>::max(), threads, [&](std::size_t item, unsigned worker) {
        if (!has(item)) return false;
        const Status s = work(item, worker);
        if (s) return true;
        const std::lock_guard lock(mutex);
        if (first) first = s.error();
        return false;
    });
    return first;
}

Status parallelTry(std::size_t items, unsigned threads, const std::function<Status(std::size_t, unsigned)>& work) {
    const auto wanted = unsigned(std::min<std::size_t>(items, threads));
    return parallelTryWhile([&](std::size_t item) { return item < items; }, wanted, work);
}

}  // namespace weir
