// See recovery.h.
#include "core/session/project/recovery.h"

#include "core/session/project/cache_folder.h"
#include "core/store/project_file.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace weir::session {
namespace {

namespace fs = std::filesystem;

/// Opens an untitled project as its window would; fails if one has it open.
Result<std::unique_ptr<store::ProjectFile>> take(const std::string& path) {
    auto file = store::ProjectFile::open(path, {true, std::chrono::milliseconds(0), {}});
    if (!file) return file.error();
    if ((*file)->readOnly()) return Error{Errc::busy, path + ": " + (*file)->readOnlyReason(), 0};
    return std::move(*file);
}

}  // namespace

std::vector<Leftover> findLeftovers() {
    std::vector<Leftover> out;
    const auto folder = cacheFolder();
    if (!folder) return out;
    store::removeAbandoned(folder->string());
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(*folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kUntitled) || entry.path().extension() != ".weir") continue;
        std::error_code ignored;
        const auto changed = std::chrono::file_clock::to_sys(fs::last_write_time(entry.path(), ignored));
        const auto file = take(entry.path().string());
        if (!file) continue;
        const auto sources = (*file)->sources();
        if (!sources) continue;
        if (sources->empty()) {
            (*file)->removeWhenRead();
            continue;
        }
        Leftover& left = out.emplace_back();
        left.path = entry.path().string();
        left.bytes = (*file)->bytesOnDisk();
        left.changedAt = std::chrono::duration_cast<std::chrono::microseconds>(changed.time_since_epoch()).count();
        for (const store::SourceInfo& s : *sources) left.captures.push_back(s.path);
    }
    std::sort(out.begin(), out.end(), [](const Leftover& a, const Leftover& b) { return a.changedAt > b.changedAt; });
    return out;
}

Status removeLeftover(const std::string& path) {
    const auto file = take(path);
    if (!file) return file.error();
    (*file)->removeWhenRead();
    return ok();
}

}  // namespace weir::session
