// Countries and AS numbers of hosts, by the databases that the user named for a project. Nothing is asked on the
// network.
#pragma once

#include "core/lists/geo.h"
#include "core/store/project_file.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weir::session {

/// Of one project: its files by name, those that could be opened, and why the others could not.
struct Geo {
    std::vector<std::string> paths;
    std::vector<std::shared_ptr<const lists::GeoDatabase>> databases;
    std::vector<std::string> problems;

    bool empty() const { return databases.empty(); }
    /// What the databases say together; the first that knows a part gives it.
    lists::GeoEntry find(const flow::IpAddr& address) const;
};

/// "DE", "AS64496 Example"; empty = not known.
std::string countryText(const lists::GeoEntry& entry);
std::string asText(const lists::GeoEntry& entry);

/// Opens the files that the project names. Cost: opening them; they are mapped, not read.
Geo readGeo(const store::ProjectFile& file);
/// In the project file under kGeoKey, a path a line.
inline constexpr const char* kGeoKey = "geo.databases";
std::vector<std::string> geoPathsIn(const std::optional<std::string>& text);

}  // namespace weir::session
