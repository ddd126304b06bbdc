// Stores paths in the project; the files are not copied.
#include "core/session/project/geo_files.h"

#include "core/session/project/geo.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>

namespace weir::session {
namespace {

constexpr const char* kUsefulTypes[] = {
    "asn",        "country", "city",
    "enterprise", "isp",     "lite"};  ///< substrings of the types of databases with countries or AS numbers

/// Lets `change` edit the paths that the project names.
Status changePaths(Project& project, const std::function<void(std::vector<std::string>&)>& change) {
    const Writing file = project.writing();
    const Status kept =
        file->changeValue(kGeoKey, [&](const std::optional<std::string>& present) -> Result<std::string> {
            std::vector<std::string> paths = geoPathsIn(present);
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

/// The absolute path, independent of the current directory.
std::string wholePath(const std::string& path) {
    std::error_code ignored;
    const auto whole = std::filesystem::absolute(path, ignored);
    return ignored ? path : whole.lexically_normal().string();
}

/// The library does not tell what a database contains; its type does.
bool isUseful(const std::string& type) {
    std::string lower = type;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return std::any_of(std::begin(kUsefulTypes), std::end(kUsefulTypes),
                       [&](const char* part) { return lower.find(part) != std::string::npos; });
}

}  // namespace

Status addGeo(Project& project, const std::string& path) {
    const std::string whole = wholePath(path);
    const auto database = lists::GeoDatabase::open(whole);
    if (!database) return database.error();
    if (!isUseful((*database)->type()))
        return Error{Errc::usage,
                     path + ": unsupported database type `" + (*database)->type() +
                         "`; expected countries or AS numbers, such as GeoLite2-Country or GeoLite2-ASN",
                     0};
    return changePaths(project, [&](std::vector<std::string>& paths) {
        if (std::find(paths.begin(), paths.end(), whole) == paths.end()) paths.push_back(whole);
    });
}

Result<bool> removeGeo(Project& project, const std::string& path) {
    const std::string whole = wholePath(path);
    bool removed = false;
    const Status kept = changePaths(project, [&](std::vector<std::string>& paths) {
        removed = std::erase_if(paths, [&](const std::string& p) {
                      return p == whole || p == path || std::filesystem::path(p).filename() == path;
                  }) > 0;
    });
    if (!kept) return kept.error();
    return removed;
}

}  // namespace weir::session
