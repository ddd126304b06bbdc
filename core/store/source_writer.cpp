// Writing the chunks of one source: encoded on the caller's thread, inserted under a short lock.
#include "core/store/address_blobs.h"
#include "core/store/column_codec.h"
#include "core/store/schema.h"
#include "core/store/sqlite_project.h"

#include <algorithm>
#include <array>

namespace weir::store {
namespace {

using flow::Col;

constexpr unsigned kChunksPerTransaction = 16;

Packing packingOf(Col col) {
    switch (col) {
        case Col::icmpTypeCode:
        case Col::protocol:
        case Col::tcpFlags:
        case Col::reverseTcpFlags:
        case Col::tos:
        case Col::dstTos:
        case Col::srcMask:
        case Col::dstMask:
        case Col::exporter:
        case Col::samplingInterval: return Packing::entropy;
        default: return Packing::offsets;
    }
}

/// A column chunk ready for the file.
struct Encoded {
    Col col{};
    std::int64_t lo = 0, hi = 0;
    bool zoned = false;  ///< lo and hi fit the file's signed 64 bits
    Bytes blob;
};

template <class T>
Encoded encode(Col col, std::span<const T> values) {
    Encoded e;
    e.col = col;
    const ValueRange<T> range = encodeColumn(values, packingOf(col), e.blob);
    e.lo = static_cast<std::int64_t>(range.low);
    e.hi = static_cast<std::int64_t>(range.high);
    e.zoned = std::is_signed_v<T> || e.hi >= 0;
    return e;
}

}  // namespace

class SqliteSourceWriter final : public SourceWriter {
public:
    SqliteSourceWriter(SqliteProject& project, std::uint32_t number) : project_(project), number_(number) {}
    ~SqliteSourceWriter() override {
        const std::lock_guard lock(project_.mutex_);
        insert_.reset();
        if (!finished_) abandon();
        if (!project_.unpublished_) project_.turn_.reset();
        project_.importing_ = false;
    }

    Status putRows(std::uint32_t chunk, const flow::RecordColumns& columns, std::size_t from, std::size_t n) override {
        if (n == 0 || n > flow::kChunkRows || from + n > columns.size())
            return Error{Errc::usage, "a chunk has 1 to 65,536 records", 0};
        std::vector<Encoded> blobs;
        flow::forEachColumn(columns, [&](Col col, const auto& values) {
            using T = typename std::remove_cvref_t<decltype(values)>::value_type;
            if (col == Col::src || col == Col::dst) return;
            if (values.empty()) {
                if (!flow::isOptional(col)) blobs.push_back(encode<T>(col, Buffer<T>(n, 0).span()));
                return;
            }
            const std::span<const T> rows = values.span().subspan(from, n);
            if (flow::isOptional(col) && std::all_of(rows.begin(), rows.end(), [](T v) { return v == 0; })) return;
            blobs.push_back(encode<T>(col, rows));
        });
        return insert(chunk, std::uint32_t(n), blobs, true);
    }

    Status putIds(std::uint32_t chunk, std::span<const flow::HostId> src, std::span<const flow::HostId> dst) override {
        if (src.empty() || src.size() != dst.size())
            return Error{Errc::usage, "the columns src and dst of a chunk must have the same length, not 0", 0};
        std::vector<Encoded> blobs;
        blobs.push_back(encode<flow::HostId>(Col::src, src));
        blobs.push_back(encode<flow::HostId>(Col::dst, dst));
        return insert(chunk, std::uint32_t(src.size()), blobs, false);
    }

    Status clear() override {
        const std::lock_guard lock(project_.mutex_);
        if (const Status s = begin(); !s) return s;
        return purgeChunks(target(), number_);
    }

    Result<std::uint32_t> finish(const SourceInfo& info, const flow::AddressTable& addresses) override {
        const std::lock_guard lock(project_.mutex_);
        if (const Status s = finishLocked(info, addresses); !s) return s.error();
        finished_ = true;
        project_.claimed_.erase(number_);
        project_.lock_->release(number_);
        return number_;
    }

private:
    // The functions below are called with the project's mutex locked.
    bool building() const { return project_.fresh_.has_value(); }
    Db& target() { return building() ? project_.fresh_->db : project_.db_; }

    /// Begins a transaction if none is open. Nobody sees its rows before finish(), so it does not wait for the disk.
    Status begin() {
        if (target().inTransaction()) return ok();
        if (!building()) {
            const FileIdentity before = project_.identity_;
            if (const Status s = project_.takeTurn(); !s) return s;
            if (project_.identity_ != before)
                return Error{Errc::store, "another project replaced " + project_.path_ + "; open it again", 0};
            if (const Status s = target().exec("PRAGMA synchronous = NORMAL"); !s) return s;
        }
        return target().exec("BEGIN IMMEDIATE");
    }

    /// Ends a cancelled source without delay. Its rows in the file are no longer claimed: dropUnfinished(), the next
    /// import, or closing or opening the project deletes them.
    void abandon() {
        Db& db = target();
        if (!building() && db.inTransaction() && !db.exec("COMMIT")) (void)db.exec("ROLLBACK");
        project_.fresh_.reset();
        project_.claimed_.erase(number_);
        project_.lock_->release(number_);
    }

    Status insert(std::uint32_t chunk, std::uint32_t rows, const std::vector<Encoded>& blobs, bool counts) {
        const std::lock_guard lock(project_.mutex_);
        if (const Status s = begin(); !s) return s;
        Db& db = target();
        if (!insert_) {
            auto statement = db.prepare("INSERT INTO chunk VALUES(?, ?, ?, ?, ?)");
            if (!statement) return statement.error();
            insert_.emplace(std::move(*statement));
        }
        std::size_t bytes = 0;
        for (const Encoded& e : blobs) {
            bytes += e.blob.size();
            insert_->bind(1, chunkKey(e.col, number_, chunk)).bind(2, std::int64_t(rows));
            insert_->bind(3, e.lo).bind(4, e.hi).bind(5, e.blob.span());
            if (!e.zoned) insert_->bindNull(3).bindNull(4);
            if (const Status s = insert_->run(); !s) return s;
        }
        if (building()) project_.fresh_->behind->wrote(bytes);
        // A fresh file is written in one transaction; in a shared file others get the turn between transactions.
        if (!counts || ++pending_ % kChunksPerTransaction != 0 || building()) return ok();
        Status done = db.exec("COMMIT");
        project_.turn_.reset();
        return done;
    }

    Status finishLocked(const SourceInfo& info, const flow::AddressTable& addresses) {
        if (const Status s = begin(); !s) return s;
        Db& db = target();
        if (const Status s = saveAddresses(db, number_, addresses); !s) return s;
        if (!building()) {
            // Switching to `complete` is a commit of its own, which waits for the disk.
            if (const Status s = db.exec("COMMIT; PRAGMA synchronous = FULL; BEGIN IMMEDIATE"); !s) return s;
        }
        if (const Status s = describe(db, info); !s) return s;
        insert_.reset();
        if (const Status s = db.exec("COMMIT"); !s) return s;
        if (building()) return project_.adoptFresh();
        project_.turn_.reset();
        return ok();
    }

    Status describe(Db& db, const SourceInfo& info) {
        auto update = db.prepare(
            "UPDATE source SET state = 'complete', owner = 0, path = ?, kind = ?, sha256 = ?, flows = ?, packets = ?, "
            "bytes = ?, "
            "first_us = ?, last_us = ?, file_bytes = ?, packets_seen = ?, seconds = ?, imported_at = ?, settings = ?, "
            "folder = ? WHERE number = ?");
        if (!update) return update.error();
        update->bind(1, info.path).bind(2, info.kind).bind(3, info.sha256);
        update->bind(4, std::int64_t(info.flows)).bind(5, std::int64_t(info.packets)).bind(6, std::int64_t(info.bytes));
        update->bind(7, info.first)
            .bind(8, info.last)
            .bind(9, std::int64_t(info.fileBytes))
            .bind(10, std::int64_t(info.packetsSeen));
        update->bind(11, info.seconds).bind(12, info.importedAt).bind(13, info.settings).bind(14, info.group);
        update->bind(15, std::int64_t(number_));
        if (const Status s = update->run(); !s) return s;
        auto drop = db.prepare("INSERT INTO source_drop VALUES(?, ?, ?, ?, ?)");
        if (!drop) return drop.error();
        for (const DropLine& d : info.drops) {
            drop->bind(1, std::int64_t(number_)).bind(2, d.reason).bind(3, std::int64_t(d.count));
            drop->bind(4, std::int64_t(d.firstOffset)).bind(5, std::int64_t(d.damage));
            if (const Status s = drop->run(); !s) return s;
        }
        if (const Status s = saveExporters(db, info.exporters); !s) return s;
        auto counter = db.prepare(
            "INSERT INTO counter VALUES('last_source', ?1) ON CONFLICT(name) DO UPDATE SET value = max(value, ?1)");
        if (!counter) return counter.error();
        return counter->bind(1, std::int64_t(number_)).run();
    }

    Status saveExporters(Db& db, const std::vector<flow::Exporter>& exporters) {
        if (exporters.empty()) return ok();
        auto row = db.prepare("INSERT INTO exporter VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!row) return row.error();
        auto interface = db.prepare("INSERT OR REPLACE INTO exporter_interface VALUES(?, ?, ?, ?)");
        if (!interface) return interface.error();
        std::int64_t number = 0;
        for (const flow::Exporter& e : exporters) {
            const std::string address = flow::toText(e.address);
            row->bind(1, std::int64_t(number_)).bind(2, ++number).bind(3, address).bind(4, std::int64_t(e.domain));
            row->bind(5, std::int64_t(e.version)).bind(6, std::int64_t(e.datagrams)).bind(7, std::int64_t(e.records));
            row->bind(8, std::int64_t(e.lost)).bind(9, std::int64_t(e.gaps)).bind(10, std::int64_t(e.samplingInterval));
            if (const Status s = row->run(); !s) return s;
            for (const auto& i : e.interfaces) {
                interface->bind(1, std::int64_t(number_))
                    .bind(2, number)
                    .bind(3, std::int64_t(i.index))
                    .bind(4, i.name);
                if (const Status s = interface->run(); !s) return s;
            }
        }
        return ok();
    }

    SqliteProject& project_;
    const std::uint32_t number_;
    std::optional<Stmt> insert_;
    unsigned pending_ = 0;
    bool finished_ = false;
};

Result<std::unique_ptr<SourceWriter>> SqliteProject::beginSource() {
    const std::lock_guard lock(mutex_);
    if (readOnly())
        return Error{Errc::readOnly,
                     "captures cannot be added: " + path_ + " is open read-only (" + readOnly_.reason + ")", 0};
    if (damage_->anyLoss())
        return Error{Errc::readOnly,
                     "captures cannot be added: " + path_ + " is damaged (" + damage_->list().front().text + ")", 0};
    if (importing_) return Error{Errc::usage, "another import into " + path_ + " is running", 0};
    Status ready = unpublished_ ? beginFresh() : takeTurn();
    if (ready && !fresh_) ready = purgeOrphans();
    Result<std::uint32_t> number = std::uint32_t{0};
    if (ready) {
        auto begun = Transaction::begin(fresh_ ? fresh_->db : db_);
        if (!begun)
            ready = begun.error();
        else if (number = newSource(fresh_ ? fresh_->db : db_); number)
            ready = begun->commit();
        else
            ready = number.error();
    }
    if (!unpublished_) turn_.reset();
    if (!ready) {
        fresh_.reset();
        return ready.error();
    }
    importing_ = true;
    return std::unique_ptr<SourceWriter>(std::make_unique<SqliteSourceWriter>(*this, *number));
}

}  // namespace weir::store
