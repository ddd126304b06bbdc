// Captures and exporters as JSON and as table rows.
#include "app/cli/source_json.h"

#include "core/base/text.h"

namespace weir::cli {
namespace {

bool isTrace(const store::SourceInfo& s) { return s.packetsSeen > 0 || s.kind == "pcap" || s.kind == "pcapng"; }

std::uint64_t dropped(const store::SourceInfo& s) {
    std::uint64_t n = 0;
    for (const store::DropLine& d : s.drops) n += d.count;
    return n;
}

std::string addressText(const flow::Exporter& e) { return e.address == flow::IpAddr{} ? "-" : flow::toText(e.address); }

std::string versionText(std::uint16_t version) {
    if (version == 0) return "-";
    if (version > 500) return "sFlow " + std::to_string(version - 500);
    return version == 10 ? "IPFIX" : "NetFlow " + std::to_string(version);
}

Json exportersJson(const std::vector<flow::Exporter>& exporters) {
    Json all = Json::array();
    for (const flow::Exporter& e : exporters) {
        Json j;
        j["address"] = e.address == flow::IpAddr{} ? Json(nullptr) : Json(flow::toText(e.address));
        j["domain"] = e.domain;
        j["version"] = versionText(e.version);
        j["datagrams"] = e.datagrams;
        j["records"] = e.records;
        j["lost"] = e.lost;
        j["gaps"] = e.gaps;
        j["sampling"] = e.samplingInterval;
        j["interfaces"] = Json::object();
        for (const auto& i : e.interfaces) j["interfaces"][std::to_string(i.index)] = i.name;
        all.push_back(std::move(j));
    }
    return all;
}

}  // namespace

Json timeJson(bool any, std::int64_t us) { return any ? Json(utcText(us)) : Json(nullptr); }

Json sourceJson(const store::SourceInfo& s) {
    Json j;
    j["number"] = s.number;
    j["path"] = s.path;
    j["folder"] = s.group.empty() ? Json(nullptr) : Json(s.group);
    j["kind"] = s.kind;
    j["sha256"] = s.sha256.empty() ? Json(nullptr) : Json(s.sha256);
    j["flows"] = s.flows;
    j["packets"] = s.packets;
    j["bytes"] = s.bytes;
    j["first"] = timeJson(s.flows > 0, s.first);
    j["last"] = timeJson(s.flows > 0, s.last);
    j["read"] = isTrace(s) ? s.packetsSeen : s.flows;
    Json drops = Json::object();
    for (const store::DropLine& d : s.drops) drops[d.reason] = d.count;
    j["dropped"] = std::move(drops);
    j["exporters"] = exportersJson(s.exporters);
    j["seconds"] = s.seconds;
    return j;
}

void printExporters(std::ostream& out, std::span<const store::SourceInfo> sources) {
    TextTable t({{"source", true},
                 {"exporter"},
                 {"domain", true},
                 {"version"},
                 {"datagrams", true},
                 {"records", true},
                 {"lost", true},
                 {"gaps", true},
                 {"sampling", true}});
    for (const store::SourceInfo& s : sources)
        for (const flow::Exporter& e : s.exporters)
            t.add({std::to_string(s.number), addressText(e), std::to_string(e.domain), versionText(e.version),
                   grouped(e.datagrams), grouped(e.records), grouped(e.lost), grouped(e.gaps),
                   e.samplingInterval ? "1:" + std::to_string(e.samplingInterval) : "-"});
    if (t.empty()) return;
    out << '\n';
    t.print(out);
}

TextTable sourceTable() {
    return TextTable({{"source", true},
                      {"kind"},
                      {"flows", true},
                      {"packets", true},
                      {"bytes", true},
                      {"dropped", true},
                      {"first"},
                      {"last"},
                      {"file"}});
}

void addSourceRow(TextTable& table, const store::SourceInfo& s) {
    table.add({std::to_string(s.number), s.kind, grouped(s.flows), grouped(s.packets), grouped(s.bytes),
               grouped(dropped(s)), s.flows ? utcText(s.first) : "-", s.flows ? utcText(s.last) : "-", s.path});
}

}  // namespace weir::cli
