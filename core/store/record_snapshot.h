// The records of a project file as a ChunkSource.
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

/// Times of a file lie this near to 1970 (about 73,000 years; µs): what is farther reads as this, so that differences
/// never overflow.
inline constexpr std::int64_t kFarthestTime = std::int64_t{1} << 61;
constexpr std::int64_t boundedTime(std::int64_t us) {
    return us < -kFarthestTime ? -kFarthestTime : us > kFarthestTime ? kFarthestTime : us;
}

/// One snapshot over the sources given. Ids of several sources are joined into one table, and remapped when read.
class RecordSnapshot final : public flow::ChunkSource {
public:
    struct Source {
        std::uint32_t number = 0;
        std::uint64_t records = 0;  ///< as the source says; its chunks must hold as many
    };
    /// `sources` in order of their numbers. Reads zone maps of the start column and all address lists, on `threads`
    /// threads. A source whose lists are damaged is noted in `damage` and left out; so is, for the next snapshot, one
    /// whose chunks turn out to be when they are read.
    static Result<std::shared_ptr<const RecordSnapshot>> open(std::shared_ptr<ReaderPool> pool,
                                                              const std::vector<Source>& sources, unsigned threads,
                                                              std::shared_ptr<DamageLog> damage);
    /// Decodes every column of every chunk, which notes what is damaged; with `zones`, notes there which lowest and
    /// highest values are not those of their chunk. Errors: store, cancelled.
    Status check(DamageLog* zones, JobContext& job) const;

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
    /// What opening reads of a source.
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
        zones_;  ///< loaded when first asked for; a column left out is 0..0
};

}  // namespace weir::store
