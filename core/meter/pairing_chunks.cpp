// ChunkCache: one lock a chunk, and a store of spare column buffers.
#include "core/meter/pairing_chunks.h"

namespace weir::meter {
namespace {

constexpr std::size_t kMostSpare = 8;

}  // namespace

ChunkCache::ChunkCache(const flow::ChunkSource& records, flow::ColSet wanted, const std::vector<std::uint32_t>& uses)
    : records_(records), wanted_(wanted), slots_(std::make_unique<Slot[]>(uses.size())) {
    for (std::size_t c = 0; c < uses.size(); ++c) slots_[c].usesLeft = uses[c];
}

Result<const flow::RecordColumns*> ChunkCache::acquire(std::uint32_t chunk) {
    Slot& slot = slots_[chunk];
    const std::lock_guard lock(slot.mutex);
    if (!slot.loaded) {
        {
            const std::lock_guard spareLock(spareMutex_);
            if (!spare_.empty()) {
                slot.columns = std::move(spare_.back());
                spare_.pop_back();
            }
        }
        if (auto read = records_.read(chunk, wanted_, slot.columns); !read) return read.error();
        slot.loaded = true;
    }
    return &slot.columns;
}

void ChunkCache::release(std::uint32_t chunk) {
    Slot& slot = slots_[chunk];
    const std::lock_guard lock(slot.mutex);
    if (--slot.usesLeft > 0) return;
    flow::RecordColumns dropped = std::move(slot.columns);
    slot.columns = {};
    slot.loaded = false;
    const std::lock_guard spareLock(spareMutex_);
    if (spare_.size() < kMostSpare) spare_.push_back(std::move(dropped));
}

}  // namespace weir::meter
