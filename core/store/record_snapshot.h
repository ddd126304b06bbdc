// The records of a project file as a flow::ChunkSource.
#pragma once

#include "core/base/job.h"
#include "core/flow/chunk_source.h"
#include "core/store/damage.h"
#include "core/store/reader_pool.h"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace weir::store {

/// Limit on times read from a file: µs before or after 1970, about 73,000 years. Times beyond it read as the limit, so
/// that differences never overflow.
inline constexpr std::int64_t kFarthestTime = std::int64_t{1} << 61;
/// The time within the limit.
constexpr std::int64_t boundedTime(std::int64_t us) {
    return us < -kFarthestTime ? -kFarthestTime : us > kFarthestTime ? kFarthestTime : us;
}

/// A snapshot of some sources. Their address lists are joined into one table, and host ids are remapped when they are
/// read. Thread-safe: each read borrows a connection of the pool.
class RecordSnapshot final : public flow::ChunkSource {
public:
    /// A source to include.
    struct Source {
        std::uint32_t number = 0;
        std::uint64_t records = 0;  ///< as its description says; its chunks must have as many
    };
    /// Reads the chunk lists and address lists of `sources`, which are in order of their numbers, on `threads` threads.
    /// A source whose lists are damaged is noted in `damage` and left out. Errors: store, badMagic.
    static Result<std::shared_ptr<const RecordSnapshot>> open(std::shared_ptr<ReaderPool> pool,
                                                              const std::vector<Source>& sources, unsigned threads,
                                                              std::shared_ptr<DamageLog> damage);
    /// Decodes every column of every chunk on job.threads() threads; damage is noted in the log given to open(). With
    /// `zones`, stored lowest and highest values that are not those of their chunk are noted there. Errors: store,
    /// cancelled.
    Status check(DamageLog* zones, JobContext& job) const;

    std::span<const flow::ChunkInfo> chunks() const override { return chunks_; }
    std::uint64_t rows() const override { return rows_; }
    const flow::AddressTable& addresses() const override { return addresses_; }
    /// Errors: kDamaged (the source is noted as damaged, and missing from the next snapshot), store.
    Status read(std::size_t chunk, flow::ColSet wanted, flow::RecordColumns& out) const override;
    /// Reads the zone map of a column at its first call; false where it cannot be read.
    bool zone(std::size_t chunk, flow::Col column, std::int64_t& lo, std::int64_t& hi) const override;

private:
    /// Where a chunk of the snapshot is in the file.
    struct Place {
        std::uint32_t chunk = 0;   ///< number in its source
        std::uint32_t source = 0;  ///< index of its id space
    };
    /// Host ids of one source.
    struct IdSpace {
        std::size_t hosts = 0;       ///< number of hosts
        Buffer<flow::HostId> remap;  ///< empty = identity
    };
    /// Lowest and highest value of a column in a chunk.
    struct Zone {
        bool known = false;
        std::int64_t lo = 0, hi = 0;
    };
    using Zones = std::vector<Zone>;
    /// What open() reads of a source.
    struct Part {
        std::uint32_t number = 0;
        std::vector<flow::ChunkInfo> chunks;  ///< firstRow not set
        std::vector<std::uint32_t> numbers;   ///< of the chunks in the source
        flow::AddressTable addresses;
        Status outcome = ok();
    };

    RecordSnapshot(std::shared_ptr<ReaderPool> pool, std::shared_ptr<DamageLog> damage)
        : pool_(std::move(pool)), damage_(std::move(damage)) {}
    static Status loadChunkList(const Db& db, const Source& source, Part& part);
    static Status loadPart(ReaderPool& pool, const Source& source, Part& part);
    void join(std::vector<Part>& parts);
    template <class T>
    Status readColumn(const Stmt& row, flow::Col column, std::size_t chunk, Buffer<T>& values) const;
    Zone zoneOf(const Stmt& row, flow::Col column, const IdSpace& space) const;
    Result<Zones> loadZones(flow::Col column) const;
    void checkZone(std::size_t chunk, const flow::ColumnInfo& info, const flow::RecordColumns& columns,
                   DamageLog& zones) const;

    std::shared_ptr<ReaderPool> pool_;
    std::shared_ptr<DamageLog> damage_;
    std::vector<flow::ChunkInfo> chunks_;
    std::vector<Place> places_;
    std::vector<IdSpace> spaces_;
    std::uint64_t rows_ = 0;
    flow::AddressTable addresses_;
    mutable std::mutex zoneMutex_;
    mutable std::array<std::optional<Zones>, flow::kColCount>
        zones_;  ///< by column, read at the first zone(); a chunk without an optional column has 0..0
};

}  // namespace weir::store
