// Attributes as MISP exports them in CSV: columns `type` and `value`; others go into the comment.
#include "core/lists/csv_reader.h"

#include <algorithm>

namespace weir::lists {
namespace {

/// ip-src, ip-dst, ip-src|port, ip-dst|port, domain|ip
bool hasAddress(std::string_view type) {
    return type.starts_with("ip-src") || type.starts_with("ip-dst") || type == "domain|ip";
}

class MispReader final : public CsvReader {
    void readRow(std::string_view line, const std::vector<std::string>& row, Line& out) override {
        const std::string_view type = field(row, "type");
        std::string_view value = field(row, "value");
        if (!hasAddress(type)) {
            out.reject(line, line, "MISP attributes of type `" + std::string(type.substr(0, 40)) + "` have no address");
            return;
        }
        const auto bar = value.find('|');
        if (bar != std::string_view::npos) value = type == "domain|ip" ? value.substr(bar + 1) : value.substr(0, bar);
        if (!readAddresses(line, value, out)) return;
        for (const char* name : {"type", "category", "comment", "event_info", "date"}) {
            const std::string_view said = field(row, name);
            if (!said.empty()) out.comment.append(out.comment.empty() ? "" : ", ").append(said);
        }
    }
};

}  // namespace

bool beginsMispCsv(std::string_view line) {
    const CsvHeader header(line);
    return header.has("type") && header.has("value");
}
std::unique_ptr<LineReader> makeMispCsvReader() { return std::make_unique<MispReader>(); }

}  // namespace weir::lists
