// An open project: publishing snapshots, settings, Save As.
#include "core/session/project.h"

#include "core/meter/derive.h"
#include "core/session/geo.h"
#include "core/session/marks.h"
#include "core/session/silences.h"
#include "core/session/stored_run.h"
#include "core/session/stored_scores.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace weir::session {
namespace {

constexpr const char* kSettingsKey = "settings";

/// $XDG_CACHE_HOME/weir or ~/.cache/weir, made if missing.
Result<std::filesystem::path> cacheFolder() {
    const char* xdg = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    std::filesystem::path base = xdg && *xdg ? std::filesystem::path(xdg)
                                 : home && *home ? std::filesystem::path(home) / ".cache"
                                                 : std::filesystem::temp_directory_path();
    std::error_code error;
    std::filesystem::create_directories(base / "weir", error);
    if (error) return Error{Errc::io, "cannot make the folder " + (base / "weir").string() + ": " + error.message(), 0};
    return base / "weir";
}

void removeProjectFiles(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix, ignored);
}

Result<std::shared_ptr<const ListCatalog>> catalogOf(const store::ProjectFile& file) {
    auto stored = file.lists();
    if (!stored) return stored.error();
    return std::make_shared<const ListCatalog>(file.path(), std::move(*stored));
}

}  // namespace

const tally::Tally* Snapshot::inboundTally() const {
    if (const auto& in = signs[std::size_t(flow::Direction::in)]) return &in->tally;
    return storedTally.get();
}

Project::Project(std::unique_ptr<store::ProjectFile> file, bool untitled) : file_(std::move(file)) {
    auto s = std::make_shared<Snapshot>();
    s->path = file_->path();
    s->untitled = untitled;
    snapshot_ = std::move(s);
}

Result<std::shared_ptr<Project>> Project::create(const std::string& path) {
    auto file = store::ProjectFile::create(path);
    if (!file) return file.error();
    return std::shared_ptr<Project>(new Project(std::move(*file), false));
}

Result<std::shared_ptr<Project>> Project::open(const std::string& path) {
    auto file = store::ProjectFile::open(path);
    if (!file) return file.error();
    std::shared_ptr<Project> project(new Project(std::move(*file), false));
    if (const Status s = project->reload(); !s) return s.error();
    return project;
}

Result<std::shared_ptr<Project>> Project::createUntitled() {
    const auto folder = cacheFolder();
    if (!folder) return folder.error();
    for (int n = 1; n < 10000; ++n) {
        const auto path = *folder / ("untitled-" + std::to_string(::getpid()) + "-" + std::to_string(n) + ".weir");
        if (std::filesystem::exists(path)) continue;
        auto file = store::ProjectFile::create(path.string());
        if (!file) return file.error();
        return std::shared_ptr<Project>(new Project(std::move(*file), true));
    }
    return Error{Errc::io, "no free name for an untitled project in " + folder->string(), 0};
}

SnapshotPtr Project::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

void Project::publish(const std::function<void(Snapshot&)>& change) {
    const std::lock_guard lock(mutex_);
    auto next = std::make_shared<Snapshot>(*snapshot_);
    change(*next);
    ++next->version;
    snapshot_ = std::move(next);
}

Status Project::reload() {
    auto sources = file_->sources();
    if (!sources) return sources.error();
    auto records = file_->records(2);
    if (!records) return records.error();
    auto lists = catalogOf(*file_);
    if (!lists) return lists.error();
    auto marks = readMarks(*file_);
    if (!marks) return marks.error();
    auto silences = readSilences(*file_);
    if (!silences) return silences.error();
    const auto settingsText = file_->value(kSettingsKey);
    if (!settingsText) return settingsText.error();
    Settings settings = *settingsText ? settingsFromJson(**settingsText) : snapshot()->settings;
    auto hostBits = std::make_shared<const std::vector<std::uint8_t>>(meter::markHosts((*records)->addresses(), settings.pairing.local));
    auto stored = loadStoredTally(*file_, settings, *sources);
    publish([&](Snapshot& s) {
        s.sources = std::move(*sources);
        s.settings = std::move(settings);
        s.records = s.sources.empty() ? nullptr : std::move(*records);
        s.hostBits = std::move(hostBits);
        s.cleaning.reset();
        s.flows.reset();
        s.sentPacket.reset();
        s.signs = {};
        s.comparison.reset();
        s.scoreComparison.reset();
        s.sweep.reset();
        s.storedTally = std::move(stored);
        s.storedUserSigns = loadUserSigns(*file_, flow::Direction::in);
        s.lists = std::move(*lists);
        s.marks = std::make_shared<const std::vector<Mark>>(std::move(*marks));
        s.geo = std::make_shared<const Geo>(readGeo(*file_));
        s.silences = std::make_shared<const std::vector<Silence>>(std::move(*silences));
        s.scores = loadStoredScores(*file_, s, currentProfile(*this));
    });
    return ok();
}

Status Project::reloadLists() {
    auto lists = catalogOf(*file_);
    if (!lists) return lists.error();
    publish([&](Snapshot& s) {
        s.lists = std::move(*lists);
        s.scores.reset();
    });
    return ok();
}

Status Project::changeSettings(const Settings& settings) {
    if (const Status s = file_->setValue(kSettingsKey, toJson(settings)); !s) return s.error();
    const SnapshotPtr before = snapshot();
    const auto differs = [&](Redo redo) {
        for (const SettingDef& d : settingTable())
            if (d.redo == redo && d.get(before->settings) != d.get(settings)) return true;
        return false;
    };
    const bool flowsOld = differs(Redo::flows);
    const bool signsOld = flowsOld || differs(Redo::signs);
    auto hostBits = before->hostBits;
    if (flowsOld && before->records)
        hostBits = std::make_shared<const std::vector<std::uint8_t>>(meter::markHosts(before->records->addresses(), settings.pairing.local));
    auto stored = signsOld ? loadStoredTally(*file_, settings, before->sources) : before->storedTally;
    publish([&](Snapshot& s) {
        s.settings = settings;
        s.hostBits = hostBits;
        if (flowsOld) {
            s.scores.reset();
            s.scoreComparison.reset();
            s.cleaning.reset();
            s.flows.reset();
        }
        if (signsOld) {
            s.sentPacket.reset();
            s.signs = {};
            s.comparison.reset();
            s.sweep.reset();
        }
        s.storedTally = std::move(stored);
    });
    return ok();
}

Status Project::saveAs(const std::string& path, JobContext& job) {
    const std::string old = file_->path();
    const bool wasUntitled = snapshot()->untitled;
    if (const Status s = file_->copyTo(path, job); !s) return s.error();
    auto file = store::ProjectFile::open(path);
    if (!file) return file.error();
    auto records = (*file)->records(2);
    if (!records) return records.error();
    auto lists = catalogOf(**file);
    if (!lists) return lists.error();
    file_ = std::move(*file);
    publish([&](Snapshot& s) {
        s.path = path;
        s.lists = std::move(*lists);
        s.untitled = false;
        s.records = s.sources.empty() ? nullptr : std::move(*records);
    });
    if (wasUntitled) removeProjectFiles(old);
    return ok();
}

void Project::discard() {
    const SnapshotPtr s = snapshot();
    if (s->untitled) removeProjectFiles(s->path);
}

}  // namespace weir::session
