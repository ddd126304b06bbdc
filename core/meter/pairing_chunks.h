// Decoded chunks shared by the threads of pairing: each is decoded once and dropped after its last use.
#pragma once

#include "core/base/result.h"
#include "core/flow/chunk_source.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace weir::meter {

/// Holds only chunks that have begun but not ended being used: a few for records in time order, all of them for records
/// in no order. Thread-safe; who needs a chunk that another thread is decoding waits for it.
class ChunkCache {
public:
    /// `uses[c]` = how many times chunk c will be acquired and released.
    ChunkCache(const flow::ChunkSource& records, flow::ColSet wanted, const std::vector<std::uint32_t>& uses);
    Result<const flow::RecordColumns*> acquire(std::uint32_t chunk);
    void release(std::uint32_t chunk);

private:
    struct Slot {
        std::mutex mutex;
        std::uint32_t usesLeft = 0;
        bool loaded = false;
        flow::RecordColumns columns;
    };
    const flow::ChunkSource& records_;
    flow::ColSet wanted_;
    std::unique_ptr<Slot[]> slots_;
    std::mutex spareMutex_;
    std::vector<flow::RecordColumns> spare_;  ///< memory of dropped chunks, used again
};

}  // namespace weir::meter
