// Sources of a file of any version, row by row.
#include "core/store/saved_sources.h"

#include "core/store/record_snapshot.h"
#include "core/store/schema.h"

#include <algorithm>
#include <functional>
#include <map>

namespace weir::store {
namespace {

SourceInfo sourceOf(const Stmt& row) {
    SourceInfo s;
    s.number = std::uint32_t(row.intAt(0));
    s.path = row.textAt(1);
    s.kind = row.textAt(2);
    s.sha256 = row.textAt(3);
    s.flows = std::uint64_t(row.intAt(4));
    s.packets = std::uint64_t(row.intAt(5));
    s.bytes = std::uint64_t(row.intAt(6));
    s.first = boundedTime(row.intAt(7));
    s.last = boundedTime(row.intAt(8));
    s.fileBytes = std::uint64_t(row.intAt(9));
    s.packetsSeen = std::uint64_t(row.intAt(10));
    s.seconds = row.realAt(11);
    s.importedAt = row.textAt(12);
    s.settings = row.textAt(13);
    s.group = row.textAt(14);
    return s;
}

/// Calls use() for every row; it returns false if the row is damaged.
Status forEachStep(Stmt& select, const std::function<bool()>& use) {
    for (;;) {
        const auto row = select.step();
        if (!row) return row.error();
        if (!*row) return ok();
        if (!use() || !select.wellTyped()) {
            select.reset();
            return Error{kDamaged, "a row has an impossible value", 0};
        }
    }
}

using ByNumber = std::map<std::int64_t, SourceInfo*>;

Status readDrops(const Db& db, const ByNumber& sources) {
    auto rows =
        db.prepare("SELECT source, reason, count, first_offset, damage FROM source_drop ORDER BY source, reason");
    if (!rows) return rows.error();
    return forEachStep(*rows, [&] {
        const auto of = sources.find(rows->intAt(0));
        if (of != sources.end())
            of->second->drops.push_back(
                {rows->textAt(1), std::uint64_t(rows->intAt(2)), std::uint64_t(rows->intAt(3)), rows->intAt(4) != 0});
        return true;
    });
}

bool fits(std::int64_t v, std::int64_t max) { return v >= 0 && v <= max; }

Status readExporters(const Db& db, const ByNumber& sources) {
    auto rows = db.prepare(
        "SELECT source, number, address, domain, version, datagrams, records, lost, gaps, sampling FROM exporter ORDER "
        "BY source, number");
    if (!rows) return rows.error();
    return forEachStep(*rows, [&] {
        const auto of = sources.find(rows->intAt(0));
        if (of == sources.end()) return true;
        auto& exporters = of->second->exporters;
        if (rows->intAt(1) != std::int64_t(exporters.size()) + 1 || exporters.size() >= 0xffff) return false;
        if (!fits(rows->intAt(3), 0xffffffff) || !fits(rows->intAt(4), 0xffff) || !fits(rows->intAt(9), 0xffffffff))
            return false;
        flow::Exporter& e = exporters.emplace_back();
        e.address = flow::parseAddress(rows->textAt(2)).value_or(flow::IpAddr{});
        e.domain = std::uint32_t(rows->intAt(3));
        e.version = std::uint16_t(rows->intAt(4));
        e.datagrams = std::uint64_t(rows->intAt(5));
        e.records = std::uint64_t(rows->intAt(6));
        e.lost = std::uint64_t(rows->intAt(7));
        e.gaps = std::uint64_t(rows->intAt(8));
        e.samplingInterval = std::uint32_t(rows->intAt(9));
        return true;
    });
}

Status readInterfaces(const Db& db, const ByNumber& sources) {
    auto names =
        db.prepare("SELECT source, exporter, number, name FROM exporter_interface ORDER BY source, exporter, number");
    if (!names) return names.error();
    return forEachStep(*names, [&] {
        const auto of = sources.find(names->intAt(0));
        const std::int64_t exporter = names->intAt(1), number = names->intAt(2);
        std::string name = names->textAt(3);
        if (of == sources.end()) return true;
        if (exporter < 1 || exporter > std::int64_t(of->second->exporters.size()) || !fits(number, 0xffffffff))
            return false;
        of->second->exporters[std::size_t(exporter - 1)].interfaces.push_back({std::uint32_t(number), std::move(name)});
        return true;
    });
}

Result<bool> hasColumn(const Db& db, const std::string& table, const std::string& column) {
    const auto n = db.number("SELECT count(*) FROM pragma_table_info('" + table + "') WHERE name = '" + column + "'");
    if (!n) return n.error();
    return *n > 0;
}

}  // namespace

Result<std::vector<SourceInfo>> readSources(const Db& db, DamageLog& damage) {
    const auto folders = hasColumn(db, "source", "folder");  // since version 2
    if (!folders) return folders.error();
    auto select = db.prepare(
        "SELECT number, path, kind, sha256, flows, packets, bytes, first_us, last_us, file_bytes, packets_seen, "
        "seconds, imported_at, "
        "settings, " +
        std::string(*folders ? "folder" : "''") +
        ", state FROM source WHERE state IS NOT 'importing' AND state IS NOT 'removed' ORDER BY number");
    if (!select) return select.error();
    std::vector<SourceInfo> out;
    for (;;) {
        const auto row = select->step();
        if (!row)
            return Error{
                row.error().code,
                row.error().code == kDamaged ? "the list of sources: " + row.error().detail : row.error().detail, 0};
        if (!*row) break;
        const std::int64_t number = select->intAt(0), records = select->intAt(4);
        SourceInfo source = sourceOf(*select);
        const bool complete = select->textAt(15) == "complete";
        if (complete && number >= 1 && number <= std::int64_t(kMaxSource) && records >= 0 && select->wellTyped())
            out.push_back(std::move(source));
        else
            (void)damage.noteSource(source.number,
                                    "source " + std::to_string(number) + ": its description has an impossible value");
    }
    ByNumber byNumber;
    for (SourceInfo& s : out) byNumber[s.number] = &s;
    struct Part {
        const char* name;
        Status (*read)(const Db&, const ByNumber&);
    };
    for (const Part part :
         {Part{"skipped input", readDrops}, Part{"exporters", readExporters}, Part{"interfaces", readInterfaces}}) {
        if (!*folders && part.read != readDrops) continue;
        const Status s = part.read(db, byNumber);
        if (s) continue;
        if (s.error().code != kDamaged) return s.error();
        (void)damage.note({Loss::part, 0, std::string(part.name) + ": " + s.error().detail});
    }
    return out;
}

}  // namespace weir::store
