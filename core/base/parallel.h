// Work shared by the threads of one job.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>

namespace weir {

/// Calls work(item, worker) once for every item in [0, items), on up to `threads` threads (this one included); worker <
/// threads. Items are handed out in order from one counter. A call that returns false ends the run early: no new items
/// start. Returns true when every item ran and returned true. An exception of a worker is thrown again here.
bool parallelFor(std::size_t items, unsigned threads,
                 const std::function<bool(std::size_t item, unsigned worker)>& work);

/// The same for work that can fail: the first error ends the run and is returned. Work that sees the job cancelled
/// returns cancelledError().
Status parallelTry(std::size_t items, unsigned threads,
                   const std::function<Status(std::size_t item, unsigned worker)>& work);

/// The same when nobody knows how many items there are: the first that is not there ends the run. has() is called by
/// all threads.
Status parallelTryWhile(const std::function<bool(std::size_t item)>& has, unsigned threads,
                        const std::function<Status(std::size_t item, unsigned worker)>& work);

}  // namespace weir
