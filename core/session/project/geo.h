// Countries and AS numbers of hosts, from the databases that the user added to a project. Makes no network requests.
#pragma once

#include "core/lists/geo.h"
#include "core/store/project_file.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weir::session {

/// The databases of a project: paths of its files, the opened ones, and why others could not be opened.
struct Geo {
    std::vector<std::string> paths;
    std::vector<std::shared_ptr<const lists::GeoDatabase>> databases;
    std::vector<std::string> problems;

    bool empty() const { return databases.empty(); }
    /// Combines the databases: each part comes from the first database that has it.
    lists::GeoEntry find(const flow::IpAddr& address) const;
};

/// "DE", "AS64496 Example"; empty = unknown.
std::string countryText(const lists::GeoEntry& entry);
/// "AS64496 Example"; empty without an AS number.
std::string asText(const lists::GeoEntry& entry);

/// Opens the files that the project names. They are mapped, not read.
Geo readGeo(const store::ProjectFile& file);
/// Stored in the project file under kGeoKey, one path per line.
inline constexpr const char* kGeoKey = "geo.databases";
/// The paths in the value stored under kGeoKey.
std::vector<std::string> geoPathsIn(const std::optional<std::string>& text);

}  // namespace weir::session
