// The paths stand in the project, the files stay where they are.
#include "core/session/geo.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <sstream>

namespace weir::session {
namespace {

constexpr const char* kKey = "geo.databases";
constexpr const char* kUsefulTypes[] = {"asn", "country", "city", "enterprise", "isp", "lite"};   ///< parts of the types of those with countries or AS numbers

std::vector<std::string> pathsIn(const std::optional<std::string>& text) {
    std::vector<std::string> out;
    std::istringstream lines(text.value_or(std::string()));
    for (std::string path; std::getline(lines, path);) out.push_back(path);
    return out;
}

/// Lets `change` edit the paths that the project names.
Status changePaths(Project& project, const std::function<void(std::vector<std::string>&)>& change) {
    const Writing file = project.writing();
    const Status kept = file->changeValue(kKey, [&](const std::optional<std::string>& present) -> Result<std::string> {
        std::vector<std::string> paths = pathsIn(present);
        change(paths);
        std::string text;
        for (const std::string& path : paths) text += path + "\n";
        return text;
    });
    if (!kept) return kept;
    auto geo = std::make_shared<const Geo>(readGeo(*file));
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
    out.paths = pathsIn(text ? *text : std::nullopt);
    for (const std::string& path : out.paths) {
        // The path stands in a file that anybody may have written: a pipe or a device would block.
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(path, ignored)) {
            out.problems.push_back(path + ": cannot be read: there is no such file");
            continue;
        }
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
    return changePaths(project, [&](std::vector<std::string>& paths) {
        if (std::find(paths.begin(), paths.end(), whole) == paths.end()) paths.push_back(whole);
    });
}

Result<bool> removeGeo(Project& project, const std::string& path) {
    const std::string whole = wholePath(path);
    bool removed = false;
    const Status kept = changePaths(project, [&](std::vector<std::string>& paths) {
        removed = std::erase_if(paths, [&](const std::string& p) { return p == whole || p == path || std::filesystem::path(p).filename() == path; }) > 0;
    });
    if (!kept) return kept.error();
    return removed;
}

}  // namespace weir::session
