// Captures as JSON and as table rows.
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
    j["seconds"] = s.seconds;
    return j;
}

TextTable sourceTable() {
    return TextTable({{"source", true}, {"kind"}, {"flows", true}, {"packets", true}, {"bytes", true}, {"dropped", true}, {"first"}, {"last"}, {"file"}});
}

void addSourceRow(TextTable& table, const store::SourceInfo& s) {
    table.add({std::to_string(s.number), s.kind, grouped(s.flows), grouped(s.packets), grouped(s.bytes), grouped(dropped(s)),
               s.flows ? utcText(s.first) : "-", s.flows ? utcText(s.last) : "-", s.path});
}

}  // namespace weir::cli
