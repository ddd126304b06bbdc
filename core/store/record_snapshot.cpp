// Opening a snapshot, reading its chunks and zone maps.
#include "core/store/record_snapshot.h"

#include "core/base/parallel.h"
#include "core/flow/address_dictionary.h"
#include "core/store/address_blobs.h"
#include "core/store/column_codec.h"
#include "core/store/schema.h"

#include <algorithm>

namespace weir::store {
namespace {

Error damaged(const char* what) { return {Errc::store, std::string("damaged project file: ") + what, 0}; }

}  // namespace

Result<std::shared_ptr<const flow::ChunkSource>> RecordSnapshot::open(std::shared_ptr<ReaderPool> pool,
                                                                      const std::vector<Source>& sources, unsigned threads) {
    std::shared_ptr<RecordSnapshot> snapshot(new RecordSnapshot(std::move(pool)));
    if (!sources.empty()) {
        if (const Status s = snapshot->loadChunkList(sources); !s) return s.error();
        if (const Status s = snapshot->loadAddressLists(sources, threads); !s) return s.error();
    }
    return std::shared_ptr<const flow::ChunkSource>(std::move(snapshot));
}

Status RecordSnapshot::loadChunkList(const std::vector<Source>& sources) {
    auto reader = pool_->lend();
    if (!reader) return reader.error();
    auto select = (*reader)->db.prepare("SELECT id, n, lo, hi FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id");
    if (!select) return select.error();
    for (std::size_t k = 0; k < sources.size(); ++k) {
        const std::uint32_t number = sources[k].number;
        const std::int64_t first = chunkKey(flow::Col::start, number, 0);
        const std::uint64_t before = rows_;
        select->bind(1, first).bind(2, chunkKey(flow::Col::start, number, ~0u));
        for (;;) {
            const auto row = select->step();
            if (!row) return row.error();
            if (!*row) break;
            const std::int64_t n = select->intAt(1);
            if (n < 1 || n > std::int64_t(flow::kChunkRows)) return damaged("a chunk has an impossible size");
            chunks_.push_back({number, rows_, std::uint32_t(n), select->intAt(2), select->intAt(3)});
            places_.push_back({std::uint32_t(select->intAt(0) - first), std::uint32_t(k)});
            rows_ += std::uint64_t(n);
        }
        if (rows_ - before != sources[k].records) return damaged("chunks of records are missing");
    }
    return ok();
}

Status RecordSnapshot::loadAddressLists(const std::vector<Source>& sources, unsigned threads) {
    std::vector<flow::AddressTable> tables(sources.size());
    std::mutex mutex;
    Status failure = ok();
    parallelFor(sources.size(), threads, [&](std::size_t k, unsigned) {
        auto reader = pool_->lend();
        Result<flow::AddressTable> table = reader ? loadAddresses((*reader)->db, sources[k].number) : reader.error();
        const std::lock_guard lock(mutex);
        if (table) tables[k] = std::move(*table);
        else failure = table.error();
        return bool(table);
    });
    if (!failure) return failure;
    spaces_.resize(sources.size());
    for (std::size_t k = 0; k < tables.size(); ++k) spaces_[k].hosts = tables[k].size();
    if (tables.size() == 1) {
        addresses_ = std::move(tables[0]);
        return ok();
    }
    std::vector<const flow::AddressTable*> pointers;
    for (const auto& t : tables) pointers.push_back(&t);
    flow::JoinedTables joined = flow::joinTables(pointers);
    addresses_ = std::move(joined.table);
    for (std::size_t k = 0; k < spaces_.size(); ++k) spaces_[k].remap = std::move(joined.remaps[k]);
    return ok();
}

Status RecordSnapshot::remapIds(const IdSpace& space, Buffer<flow::HostId>& ids) const {
    flow::HostId highest = 0;
    for (const flow::HostId id : ids) highest = std::max(highest, id);
    if (highest >= space.hosts) return damaged("a record names an address that is not there");
    if (!space.remap.empty())
        for (flow::HostId& id : ids) id = space.remap[id];
    return ok();
}

Status RecordSnapshot::read(std::size_t chunk, flow::ColSet wanted, flow::RecordColumns& out) const {
    auto lease = pool_->lend();
    if (!lease) return lease.error();
    Stmt& select = (*lease)->chunk;
    const flow::ChunkInfo& info = chunks_[chunk];
    const Place& place = places_[chunk];
    Status result = ok();
    flow::forEachColumn(out, [&](flow::Col col, auto& values) {
        values.clear();
        if (!result || !wanted.has(col)) return;
        select.bind(1, chunkKey(col, info.source, place.chunk));
        const auto row = select.step();
        if (!row) {
            result = row.error();
        } else if (*row) {
            values.resize(info.rows);
            result = decodeColumn(select.blobAt(0), std::span(values.data(), values.size()));
            select.reset();
            if constexpr (std::is_same_v<std::remove_reference_t<decltype(values)>, Buffer<flow::HostId>>)
                if (result && (col == flow::Col::src || col == flow::Col::dst)) result = remapIds(spaces_[place.source], values);
        } else if (!flow::isOptional(col)) {
            result = damaged("a column of records is missing");
        }
    });
    return result;
}

Result<RecordSnapshot::Zones> RecordSnapshot::loadZones(flow::Col column) const {
    auto reader = pool_->lend();
    if (!reader) return reader.error();
    auto select = (*reader)->db.prepare("SELECT id, lo, hi, lo IS NOT NULL FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id");
    if (!select) return select.error();
    Zones zones(chunks_.size(), Zone{flow::isOptional(column), 0, 0});
    for (std::size_t at = 0; at < chunks_.size();) {
        const std::uint32_t source = chunks_[at].source;
        const IdSpace& space = spaces_[places_[at].source];
        const bool ids = (column == flow::Col::src || column == flow::Col::dst) && !space.remap.empty();
        const auto remapped = [&](std::int64_t id) {
            return ids && std::uint64_t(id) < space.hosts ? std::int64_t(space.remap[std::size_t(id)]) : id;
        };
        std::size_t next = at;
        while (next < chunks_.size() && chunks_[next].source == source) ++next;
        const std::int64_t first = chunkKey(column, source, 0);
        select->bind(1, first).bind(2, chunkKey(column, source, ~0u));
        for (;;) {
            const auto row = select->step();
            if (!row) return row.error();
            if (!*row) break;
            const auto chunk = std::uint32_t(select->intAt(0) - first);
            while (at < next && places_[at].chunk < chunk) ++at;
            if (at < next && places_[at].chunk == chunk) zones[at] = {select->intAt(3) != 0, remapped(select->intAt(1)), remapped(select->intAt(2))};
        }
        at = next;
    }
    return zones;
}

bool RecordSnapshot::zone(std::size_t chunk, flow::Col column, std::int64_t& lo, std::int64_t& hi) const {
    const std::lock_guard lock(zoneMutex_);
    auto& zones = zones_[std::size_t(column)];
    if (!zones) {
        auto loaded = loadZones(column);
        zones = loaded ? std::move(*loaded) : Zones(chunks_.size());
    }
    const Zone& z = (*zones)[chunk];
    lo = z.lo;
    hi = z.hi;
    return z.known;
}

}  // namespace weir::store
