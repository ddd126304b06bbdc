// Countries and AS numbers of hosts, by the databases that the user named for a project. Nothing is asked on the network.
#pragma once

#include "core/lists/geo.h"
#include "core/session/project.h"

#include <memory>
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

Geo readGeo(const store::ProjectFile& file);
/// Errors: those of GeoDatabase::open, usage (it knows neither countries nor AS numbers), store.
Status addGeo(Project& project, const std::string& path);
/// False: the project has no such file. Errors: store.
Result<bool> removeGeo(Project& project, const std::string& path);

}  // namespace weir::session
