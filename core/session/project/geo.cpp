// The project stores paths; the files are not copied.
#include "core/session/project/geo.h"

#include <filesystem>
#include <sstream>

namespace weir::session {

std::vector<std::string> geoPathsIn(const std::optional<std::string>& text) {
    std::vector<std::string> out;
    std::istringstream lines(text.value_or(std::string()));
    for (std::string path; std::getline(lines, path);) out.push_back(path);
    return out;
}
lists::GeoEntry Geo::find(const flow::IpAddr& address) const {
    lists::GeoEntry out;
    for (const auto& database : databases) {
        lists::GeoEntry entry = database->find(address);
        if (out.country.empty()) out.country = std::move(entry.country);
        if (out.as == 0) {
            out.as = entry.as;
            out.asName = std::move(entry.asName);
        }
    }
    return out;
}

std::string countryText(const lists::GeoEntry& entry) { return entry.country; }

std::string asText(const lists::GeoEntry& entry) {
    if (entry.as == 0) return {};
    return "AS" + std::to_string(entry.as) + (entry.asName.empty() ? "" : " " + entry.asName);
}

Geo readGeo(const store::ProjectFile& file) {
    Geo out;
    const auto text = file.value(kGeoKey);
    out.paths = geoPathsIn(text ? *text : std::nullopt);
    for (const std::string& path : out.paths) {
        // The path comes from an untrusted file: a pipe or a device would block.
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(path, ignored)) {
            out.problems.push_back(path + ": cannot be read: there is no such file");
            continue;
        }
        auto database = lists::GeoDatabase::open(path);
        if (database)
            out.databases.push_back(std::move(*database));
        else
            out.problems.push_back(database.error().detail);
    }
    return out;
}

}  // namespace weir::session
