// Looking fields up by the names of their columns.
#include "core/lists/csv_reader.h"

#include <algorithm>

namespace weir::lists {

CsvHeader::CsvHeader(std::string_view line) : names_(csvFields(line)) {
    for (std::string& name : names_) {
        name = trimmed(name);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    }
}

std::optional<std::size_t> CsvHeader::at(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return {};
    return std::size_t(found - names_.begin());
}

std::string_view CsvHeader::field(const std::vector<std::string>& row, std::string_view name) const {
    const auto place = at(name);
    return place && *place < row.size() ? trimmed(row[*place]) : std::string_view();
}

void CsvReader::read(std::string_view line, Line& out) {
    const std::string_view body = trimmed(line);
    if (body.empty() || body.front() == '#') {
        out.remark = true;
        out.comment = body.empty() ? body : trimmed(body.substr(1));
        return;
    }
    if (!headed_) {
        header_ = CsvHeader(line);
        headed_ = out.remark = true;
        return;
    }
    readRow(line, csvFields(line), out);
}

}  // namespace weir::lists
