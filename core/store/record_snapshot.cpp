// Opening a snapshot; reading its chunks and zone maps.
#include "core/store/record_snapshot.h"

#include "core/base/parallel.h"
#include "core/flow/address_dictionary.h"
#include "core/store/address_blobs.h"
#include "core/store/column_codec.h"
#include "core/store/schema.h"

#include <algorithm>

namespace weir::store {
namespace {

Error damagedSource(std::string what) { return {kDamaged, std::move(what), 0}; }

/// Limits times to kFarthestTime.
void boundTimes(Buffer<std::int64_t>& times) {
    std::uint64_t beyond = 0;
    for (const std::int64_t t : times) beyond |= std::uint64_t(t) + std::uint64_t{kFarthestTime};
    if (beyond < 2 * std::uint64_t{kFarthestTime}) return;
    for (std::int64_t& t : times) t = boundedTime(t);
}

bool isId(flow::Col column) { return column == flow::Col::src || column == flow::Col::dst; }
bool isTime(flow::Col column) { return column == flow::Col::start || column == flow::Col::end; }

}  // namespace

Result<std::shared_ptr<const RecordSnapshot>> RecordSnapshot::open(std::shared_ptr<ReaderPool> pool,
                                                                   const std::vector<Source>& sources, unsigned threads,
                                                                   std::shared_ptr<DamageLog> damage) {
    std::vector<Part> parts(sources.size());
    parallelFor(sources.size(), threads, [&](std::size_t k, unsigned) {
        parts[k].outcome = loadPart(*pool, sources[k], parts[k]);
        return true;
    });
    for (const Part& part : parts) {
        if (part.outcome) continue;
        if (part.outcome.error().code != kDamaged) return part.outcome.error();
        (void)damage->noteSource(part.number, part.outcome.error().detail);
    }
    std::erase_if(parts, [](const Part& part) { return !part.outcome; });
    std::shared_ptr<RecordSnapshot> snapshot(new RecordSnapshot(std::move(pool), std::move(damage)));
    snapshot->join(parts);
    return std::shared_ptr<const RecordSnapshot>(std::move(snapshot));
}

Status RecordSnapshot::loadPart(ReaderPool& pool, const Source& source, Part& part) {
    part.number = source.number;
    const auto of = "source " + std::to_string(source.number);
    auto reader = pool.lend();
    if (!reader) return reader.error();
    if (Status s = loadChunkList((*reader)->db, source, part); !s)
        return Error{s.error().code, of + ": " + s.error().detail, 0};
    auto addresses = loadAddresses((*reader)->db, source.number);
    if (!addresses) return Error{addresses.error().code, of + ", address list: " + addresses.error().detail, 0};
    part.addresses = std::move(*addresses);
    return ok();
}

Status RecordSnapshot::loadChunkList(const Db& db, const Source& source, Part& part) {
    auto select = db.prepare("SELECT id, n, lo, hi, length(data) FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id");
    if (!select) return select.error();
    const std::int64_t first = chunkKey(flow::Col::start, source.number, 0);
    select->bind(1, first).bind(2, chunkKey(flow::Col::start, source.number, ~0u));
    std::uint64_t rows = 0;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto number = std::uint32_t(select->intAt(0) - first);
        const std::int64_t n = select->intAt(1), lo = select->intAt(2), hi = select->intAt(3), bytes = select->intAt(4);
        if (!select->wellTyped() || n < 1 || n > std::int64_t(flow::kChunkRows) || lo > hi ||
            bytes < columnBytes(std::size_t(n)))
            return damagedSource("chunk " + std::to_string(number) + " has an impossible size or range");
        part.chunks.push_back({source.number, 0, std::uint32_t(n), boundedTime(lo), boundedTime(hi)});
        part.numbers.push_back(number);
        rows += std::uint64_t(n);
    }
    if (rows == source.records) return ok();
    return damagedSource(std::to_string(source.records) + " records expected, its chunks have " + std::to_string(rows));
}

void RecordSnapshot::join(std::vector<Part>& parts) {
    spaces_.resize(parts.size());
    std::vector<const flow::AddressTable*> tables;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        spaces_[k].hosts = parts[k].addresses.size();
        tables.push_back(&parts[k].addresses);
        for (std::size_t c = 0; c < parts[k].chunks.size(); ++c) {
            chunks_.push_back(parts[k].chunks[c]);
            chunks_.back().firstRow = rows_;
            places_.push_back({parts[k].numbers[c], std::uint32_t(k)});
            rows_ += parts[k].chunks[c].rows;
        }
    }
    if (parts.size() == 1) addresses_ = std::move(parts[0].addresses);
    if (parts.size() < 2) return;
    flow::JoinedTables joined = flow::joinTables(tables);
    addresses_ = std::move(joined.table);
    for (std::size_t k = 0; k < spaces_.size(); ++k) spaces_[k].remap = std::move(joined.remaps[k]);
}

namespace {

Status remapIds(std::size_t hosts, const Buffer<flow::HostId>& remap, Buffer<flow::HostId>& ids) {
    flow::HostId highest = 0;
    for (const flow::HostId id : ids) highest = std::max(highest, id);
    if (highest >= hosts) return damagedSource("it refers to an address that the source does not have");
    if (!remap.empty())
        for (flow::HostId& id : ids) id = remap[id];
    return ok();
}

}  // namespace

template <class T>
Status RecordSnapshot::readColumn(const Stmt& row, flow::Col column, std::size_t chunk, Buffer<T>& values) const {
    values.resize(chunks_[chunk].rows);
    if (Status s = decodeColumn(row.blobAt(0), std::span(values.data(), values.size())); !s) return s;
    if constexpr (std::is_same_v<T, std::int64_t>)
        if (isTime(column)) boundTimes(values);
    if constexpr (std::is_same_v<T, flow::HostId>) {
        const IdSpace& space = spaces_[places_[chunk].source];
        if (isId(column)) return remapIds(space.hosts, space.remap, values);
    }
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
        Status read = ok();
        if (!row) {
            if (row.error().code != kDamaged)
                result = row.error();
            else
                read = row.error();
        } else if (*row) {
            read = readColumn(select, col, chunk, values);
            select.reset();
        } else if (!flow::isOptional(col)) {
            read = damagedSource("it is missing");
        }
        if (!read)
            result = damage_->noteSource(
                info.source, chunkName(info.source, flow::kColumns[std::size_t(col)].ipfix, place.chunk) + ": " +
                                 read.error().detail);
    });
    return result;
}

/// An impossible range counts as unknown.
RecordSnapshot::Zone RecordSnapshot::zoneOf(const Stmt& row, flow::Col column, const IdSpace& space) const {
    if (row.isNull(1) || row.isNull(2)) return {};
    std::int64_t lo = row.intAt(1), hi = row.intAt(2);
    if (!row.wellTyped() || lo > hi) return {};
    if (isTime(column)) return {true, boundedTime(lo), boundedTime(hi)};
    if (lo < 0) return {};
    if (!isId(column)) return {true, lo, hi};
    if (std::uint64_t(hi) >= space.hosts) return {};
    if (space.remap.empty()) return {true, lo, hi};
    return {true, std::int64_t(space.remap[std::size_t(lo)]), std::int64_t(space.remap[std::size_t(hi)])};
}

Result<RecordSnapshot::Zones> RecordSnapshot::loadZones(flow::Col column) const {
    auto reader = pool_->lend();
    if (!reader) return reader.error();
    auto select = (*reader)->db.prepare("SELECT id, lo, hi FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id");
    if (!select) return select.error();
    Zones zones(chunks_.size(), Zone{flow::isOptional(column), 0, 0});
    for (std::size_t at = 0; at < chunks_.size();) {
        const std::uint32_t source = chunks_[at].source;
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
            if (at < next && places_[at].chunk == chunk)
                zones[at] = zoneOf(*select, column, spaces_[places_[at].source]);
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
