// The records of a project file as a ChunkSource.
#pragma once

#include "core/flow/chunk_source.h"
#include "core/store/reader_pool.h"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace weir::store {

/// One snapshot over the sources given. Ids of several sources are joined into one table, and remapped when read.
class RecordSnapshot final : public flow::ChunkSource {
public:
    struct Source {
        std::uint32_t number = 0;
        std::uint64_t records = 0;  ///< as the source says; its chunks must hold as many
    };
    /// `sources` in order of their numbers. Reads zone maps of the start column and all address lists, on `threads` threads.
    static Result<std::shared_ptr<const flow::ChunkSource>> open(std::shared_ptr<ReaderPool> pool,
                                                                 const std::vector<Source>& sources, unsigned threads);

    std::span<const flow::ChunkInfo> chunks() const override { return chunks_; }
    std::uint64_t rows() const override { return rows_; }
    const flow::AddressTable& addresses() const override { return addresses_; }
    Status read(std::size_t chunk, flow::ColSet wanted, flow::RecordColumns& out) const override;
    bool zone(std::size_t chunk, flow::Col column, std::int64_t& lo, std::int64_t& hi) const override;

private:
    /// Where a chunk of the snapshot lies in the file.
    struct Place {
        std::uint32_t chunk = 0;   ///< number in its source
        std::uint32_t source = 0;  ///< index of its id space
    };
    struct IdSpace {
        std::size_t hosts = 0;
        Buffer<flow::HostId> remap;  ///< empty = identity
    };
    struct Zone {
        bool known = false;
        std::int64_t lo = 0, hi = 0;
    };
    using Zones = std::vector<Zone>;

    explicit RecordSnapshot(std::shared_ptr<ReaderPool> pool) : pool_(std::move(pool)) {}
    Status loadChunkList(const std::vector<Source>& sources);
    Status loadAddressLists(const std::vector<Source>& sources, unsigned threads);
    Status remapIds(const IdSpace& space, Buffer<flow::HostId>& ids) const;
    Result<Zones> loadZones(flow::Col column) const;

    std::shared_ptr<ReaderPool> pool_;
    std::vector<flow::ChunkInfo> chunks_;
    std::vector<Place> places_;
    std::vector<IdSpace> spaces_;
    std::uint64_t rows_ = 0;
    flow::AddressTable addresses_;
    mutable std::mutex zoneMutex_;
    mutable std::array<std::optional<Zones>, flow::kColCount> zones_;  ///< loaded when first asked for; a column left out is 0..0
};

}  // namespace weir::store
