// Records held in memory: for tests, benchmarks and a meter's output.
#pragma once

#include "core/flow/chunk_source.h"

#include <array>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace weir::flow {

/// One source, cut into chunks of kChunkRows.
class MemorySource final : public ChunkSource {
public:
    /// `records` hold ids of `addresses`; optional columns may be empty.
    MemorySource(RecordColumns records, AddressTable addresses);
    std::span<const ChunkInfo> chunks() const override { return chunks_; }
    std::uint64_t rows() const override { return records_.size(); }
    const AddressTable& addresses() const override { return addresses_; }
    Status read(std::size_t chunk, ColSet wanted, RecordColumns& out) const override;
    bool zone(std::size_t chunk, Col column, std::int64_t& lo, std::int64_t& hi) const override;
    const RecordColumns& records() const { return records_; }

private:
    /// Zones by chunk of each column, worked out when first asked for.
    struct Zones {
        std::once_flag once;
        std::vector<std::pair<std::int64_t, std::int64_t>> lowHigh;
    };
    void findZones(Col column, Zones& zones) const;

    RecordColumns records_;
    AddressTable addresses_;
    std::vector<ChunkInfo> chunks_;
    std::unique_ptr<std::array<Zones, kColCount>> zones_ = std::make_unique<std::array<Zones, kColCount>>();
};

}  // namespace weir::flow
