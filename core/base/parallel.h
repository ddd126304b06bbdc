// Work shared by the threads of one job.
#pragma once

#include <cstddef>
#include <functional>

namespace weir {

/// Calls work(item, worker) once for every item in [0, items), on `threads` threads (this one included); worker < threads.
/// Items are handed out in order from one counter. A call that returns false ends the run early: no new items start.
/// Returns true when every item ran and returned true. An exception of a worker is thrown again here.
bool parallelFor(std::size_t items, unsigned threads, const std::function<bool(std::size_t item, unsigned worker)>& work);

}  // namespace weir
