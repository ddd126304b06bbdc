// Sources with their drops and exporters, as the file has them.
#include "core/store/sqlite_project.h"

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
    s.first = row.intAt(7);
    s.last = row.intAt(8);
    s.fileBytes = std::uint64_t(row.intAt(9));
    s.packetsSeen = std::uint64_t(row.intAt(10));
    s.seconds = row.realAt(11);
    s.importedAt = row.textAt(12);
    s.settings = row.textAt(13);
    s.group = row.textAt(14);
    return s;
}

Status readExporters(const Db& db, std::vector<SourceInfo>& sources) {
    std::map<std::uint32_t, SourceInfo*> byNumber;
    for (SourceInfo& s : sources) byNumber[s.number] = &s;
    auto rows = db.prepare("SELECT source, address, domain, version, datagrams, records, lost, gaps, sampling FROM exporter ORDER BY source, number");
    if (!rows) return rows.error();
    for (;;) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto of = byNumber.find(std::uint32_t(rows->intAt(0)));
        if (of == byNumber.end()) continue;
        flow::Exporter& e = of->second->exporters.emplace_back();
        e.address = flow::parseAddress(rows->textAt(1)).value_or(flow::IpAddr{});
        e.domain = std::uint32_t(rows->intAt(2));
        e.version = std::uint16_t(rows->intAt(3));
        e.datagrams = std::uint64_t(rows->intAt(4));
        e.records = std::uint64_t(rows->intAt(5));
        e.lost = std::uint64_t(rows->intAt(6));
        e.gaps = std::uint64_t(rows->intAt(7));
        e.samplingInterval = std::uint32_t(rows->intAt(8));
    }
    auto names = db.prepare("SELECT source, exporter, number, name FROM exporter_interface ORDER BY source, exporter, number");
    if (!names) return names.error();
    for (;;) {
        const auto row = names->step();
        if (!row) return row.error();
        if (!*row) return ok();
        const auto of = byNumber.find(std::uint32_t(names->intAt(0)));
        const auto exporter = std::size_t(names->intAt(1));
        if (of == byNumber.end() || exporter == 0 || exporter > of->second->exporters.size()) continue;
        of->second->exporters[exporter - 1].interfaces.push_back({std::uint32_t(names->intAt(2)), std::string(names->textAt(3))});
    }
}

}  // namespace

Result<std::vector<SourceInfo>> readSources(const Db& db) {
    auto select = db.prepare(
        "SELECT number, path, kind, sha256, flows, packets, bytes, first_us, last_us, file_bytes, packets_seen, seconds, imported_at, "
        "settings, folder FROM source WHERE state = 'complete' ORDER BY number");
    if (!select) return select.error();
    auto drops = db.prepare("SELECT reason, count, first_offset, damage FROM source_drop WHERE source = ? ORDER BY reason");
    if (!drops) return drops.error();
    std::vector<SourceInfo> out;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        SourceInfo& s = out.emplace_back(sourceOf(*select));
        drops->bind(1, std::int64_t(s.number));
        for (;;) {
            const auto line = drops->step();
            if (!line) return line.error();
            if (!*line) break;
            s.drops.push_back({drops->textAt(0), std::uint64_t(drops->intAt(1)), std::uint64_t(drops->intAt(2)), drops->intAt(3) != 0});
        }
    }
    if (const Status s = readExporters(db, out); !s) return s.error();
    return out;
}

Result<std::vector<SourceInfo>> SqliteProject::sources() const {
    Result<std::vector<SourceInfo>> out = std::vector<SourceInfo>();
    const Status looked = read([&](const Db& db) -> Status {
        out = readSources(db);
        return out ? ok() : Status(out.error());
    });
    if (!looked) return looked.error();
    return out;
}

Status SqliteProject::setSourceHash(std::uint32_t number, const std::string& sha256) {
    return edit([&](Db& db) -> Status {
        auto update = db.prepare("UPDATE source SET sha256 = ? WHERE number = ?");
        if (!update) return update.error();
        return update->bind(1, sha256).bind(2, std::int64_t(number)).run();
    });
}

}  // namespace weir::store
