// The paths stand in the project, the files stay where they are.
#include "core/session/geo.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>

namespace weir::session {
namespace {

constexpr const char* kKey = "geo.databases";
constexpr const char* kUsefulTypes[] = {"asn", "country", "city", "enterprise", "isp", "lite"};   ///< parts of the types of those with countries or AS numbers

Status keep(Project& project, const std::vector<std::string>& paths) {
    std::string text;
    for (const std::string& path : paths) text += path + "\n";
    if (const Status s = project.file().setValue(kKey, text); !s) return s;
    auto geo = std::make_shared<const Geo>(readGeo(project.file()));
    project.publish([&](Snapshot& s) { s.geo = geo; });
    return ok();
}

/// Where the file lies, whatever folder the program is started in next time.
std::string wholePath(const std::string& path) {
    std::error_code ignored;
    const auto whole = std::filesystem::absolute(path, ignored);
    return ignored ? path : whole.lexically_normal().string();
}

/// The library does not say what a file knows; its type does.
bool isUseful(const std::string& type) {
    std::string lower = type;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return std::any_of(std::begin(kUsefulTypes), std::end(kUsefulTypes), [&](const char* part) { return lower.find(part) != std::string::npos; });
}

}  // namespace

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
    const auto text = file.value(kKey);
    std::istringstream lines(text && *text ? **text : std::string());
    for (std::string path; std::getline(lines, path);) {
        out.paths.push_back(path);
        auto database = lists::GeoDatabase::open(path);
        if (database) out.databases.push_back(std::move(*database));
        else out.problems.push_back(database.error().detail);
    }
    return out;
}

Status addGeo(Project& project, const std::string& path) {
    const std::string whole = wholePath(path);
    const auto database = lists::GeoDatabase::open(whole);
    if (!database) return database.error();
    if (!isUseful((*database)->type()))
        return Error{Errc::usage, path + ": a database of type `" + (*database)->type() + "`; one of countries or AS numbers is wanted, such as GeoLite2-Country or GeoLite2-ASN", 0};
    std::vector<std::string> paths = readGeo(project.file()).paths;
    if (std::find(paths.begin(), paths.end(), whole) == paths.end()) paths.push_back(whole);
    return keep(project, paths);
}

Result<bool> removeGeo(Project& project, const std::string& path) {
    std::vector<std::string> paths = readGeo(project.file()).paths;
    const std::string whole = wholePath(path);
    if (std::erase_if(paths, [&](const std::string& p) { return p == whole || p == path || std::filesystem::path(p).filename() == path; }) == 0) return false;
    if (const Status s = keep(project, paths); !s) return s.error();
    return true;
}

}  // namespace weir::session
