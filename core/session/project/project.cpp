// An open project: publishing snapshots, settings, Save As.
#include "core/session/project/project.h"

#include "core/meter/derive.h"
#include "core/session/project/cache_folder.h"
#include "core/session/project/geo.h"
#include "core/store/damage.h"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <filesystem>

namespace weir::session {
namespace {

constexpr const char* kSettingsKey = "settings";

/// Skips and records damaged parts; returns other errors.
template <class T>
Result<T> orWithout(Result<T> read, const store::ProjectFile& file, const char* what) {
    if (read || read.error().code != store::kDamaged) return read;
    (void)file.damage()->note({store::Loss::part, 0, std::string(what) + ": " + read.error().detail});
    return T{};
}

Result<std::shared_ptr<const ListCatalog>> catalogOf(const store::ProjectFile& file) {
    auto stored = orWithout(file.lists(), file, "lists");
    if (!stored) return stored.error();
    return std::make_shared<const ListCatalog>(file.listTexts(), std::move(*stored));
}

/// An unused name in the cache directory; no two calls return the same.
Result<std::string> freeUntitledName() {
    static std::atomic<unsigned> next{1};
    const auto folder = cacheFolder();
    if (!folder) return folder.error();
    for (;;) {
        const auto path =
            *folder / (std::string(kUntitled) + std::to_string(::getpid()) + "-" + std::to_string(next++) + ".weir");
        if (std::error_code ignored; !std::filesystem::exists(path, ignored)) return path.string();
    }
}

/// Directory for copies that are needed to read a write-protected project.
void setPrivateFolder(store::Opening& opening) {
    if (!opening.privateFolder.empty()) return;
    if (const auto folder = cacheFolder()) opening.privateFolder = folder->string();
}

/// The parts of a snapshot that are read from the file.
struct Contents {
    std::vector<store::SourceInfo> sources;
    Settings settings;
    std::shared_ptr<const flow::ChunkSource> records;
    std::shared_ptr<const ListCatalog> lists;
    std::shared_ptr<const std::vector<Mark>> marks;
    std::shared_ptr<const std::vector<Silence>> silences;
    std::shared_ptr<const Geo> geo;

    void giveTo(Snapshot& s) const {
        s.sources = sources;
        s.settings = settings;
        s.records = records;
        s.lists = lists;
        s.marks = marks;
        s.silences = silences;
        s.geo = geo;
    }
};

Result<Contents> readContents(const store::ProjectFile& file, const Settings& before) {
    Contents out;
    auto records = file.records(2);  // first, since it finds unreadable sources
    if (!records) return records.error();
    auto sources = file.sources();
    if (!sources) return sources.error();
    auto lists = catalogOf(file);
    if (!lists) return lists.error();
    auto marks = orWithout(file.marks(), file, "marks");
    if (!marks) return marks.error();
    auto silences = orWithout(file.silences(), file, "silences");
    if (!silences) return silences.error();
    const auto settings = orWithout(file.value(kSettingsKey), file, "settings");
    if (!settings) return settings.error();
    out.sources = std::move(*sources);
    out.settings = *settings ? settingsFromJson(**settings) : before;
    if (!out.sources.empty()) out.records = std::move(*records);
    out.lists = std::move(*lists);
    out.marks = std::make_shared<const std::vector<Mark>>(std::move(*marks));
    out.silences = std::make_shared<const std::vector<Silence>>(std::move(*silences));
    out.geo = std::make_shared<const Geo>(readGeo(file));
    return out;
}

bool sameSources(const std::vector<store::SourceInfo>& a, const std::vector<store::SourceInfo>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.number == y.number && x.importedAt == y.importedAt;
    });
}

bool sameLists(const ListCatalog& a, const ListCatalog& b) {
    return std::equal(
        a.lists().begin(), a.lists().end(), b.lists().begin(), b.lists().end(),
        [](const ListInfo& x, const ListInfo& y) {
            return x.name == y.name &&
                   std::equal(x.vintages.begin(), x.vintages.end(), y.vintages.begin(), y.vintages.end(),
                              [](const auto& v, const auto& w) { return v.date == w.date && v.sha256 == w.sha256; });
        });
}

}  // namespace

Project::Project(std::unique_ptr<store::ProjectFile> file, Restore restore, bool untitled)
    : restore_(restore), file_(std::move(file)) {
    auto s = std::make_shared<Snapshot>();
    s->path = file_->path();
    s->untitled = untitled;
    s->readOnlyReason = file_->readOnlyReason();
    snapshot_ = std::move(s);
}

Result<std::shared_ptr<Project>> Project::create(const std::string& path, Restore restore, store::Opening opening) {
    auto file = store::ProjectFile::create(path, opening);
    if (!file) return file.error();
    return std::shared_ptr<Project>(new Project(std::move(*file), restore, false));
}

Result<std::shared_ptr<Project>> Project::open(const std::string& path, Restore restore, store::Opening opening) {
    setPrivateFolder(opening);
    auto file = store::ProjectFile::open(path, opening);
    if (!file) return file.error();
    std::shared_ptr<Project> project(new Project(std::move(*file), restore, false));
    if (const Status s = project->reload(); !s) return s.error();
    const auto damage = project->reading()->damage();
    if (!damage->anyLoss() || project->reading()->readOnly()) return project;
    // The damage was found while opening the records: do not make it worse.
    opening.readOnlyReason = "it is damaged: " + damage->list().front().text;
    return open(path, restore, opening);
}

Result<std::shared_ptr<Project>> Project::openOrCreate(const std::string& path, Restore restore,
                                                       const store::Opening& opening) {
    for (;;) {
        auto there = open(path, restore, opening);
        if (there || there.error().code != Errc::notFound) return there;
        auto made = create(path, restore, opening);
        if (made || made.error().code != Errc::exists) return made;
    }
}

Result<std::shared_ptr<Project>> Project::openUntitled(const std::string& path, Restore restore) {
    auto file = store::ProjectFile::open(path, {true, std::chrono::seconds(30), {}});
    if (!file) return file.error();
    const bool untitled = !(*file)->readOnly();
    std::shared_ptr<Project> project(new Project(std::move(*file), restore, untitled));
    if (const Status s = project->reload(); !s) return s.error();
    return project;
}

Result<std::shared_ptr<Project>> Project::createUntitled(Restore restore) {
    for (;;) {
        const auto path = freeUntitledName();
        if (!path) return path.error();
        auto file = store::ProjectFile::create(*path, {true, std::chrono::milliseconds(0), {}});
        if (file) return std::shared_ptr<Project>(new Project(std::move(*file), restore, true));
        if (file.error().code != Errc::exists && file.error().code != Errc::busy) return file.error();
    }
}

std::shared_ptr<const store::ProjectFile> Project::reading() const {
    const std::lock_guard lock(mutex_);
    return file_;
}

Writing Project::writing() const {
    writers_->enter();
    const std::lock_guard lock(mutex_);
    return {writers_, file_};
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
    const auto file = reading();
    const auto contents = readContents(*file, snapshot()->settings);
    if (!contents) return contents.error();
    std::shared_ptr<const std::vector<std::uint8_t>> hostBits;
    if (contents->records)
        hostBits = std::make_shared<const std::vector<std::uint8_t>>(
            meter::markHosts(contents->records->addresses(), contents->settings.pairing.local));
    Snapshot stored;
    contents->giveTo(stored);
    restore_(*file, stored);
    publish([&](Snapshot& s) {
        contents->giveTo(s);
        s.hostBits = hostBits;
        s.cleaning.reset();
        s.flows.reset();
        s.sentPacket.reset();
        s.runs.clear();
        s.storedTally = stored.storedTally;
        s.storedUserSigns = stored.storedUserSigns;
        s.scores = stored.scores;
    });
    return ok();
}

bool Project::leaveOutDamaged(JobContext& job) {
    const SnapshotPtr base = snapshot();
    const auto damage = reading()->damage();
    const auto isNew = [&](const store::SourceInfo& s) { return damage->leavesOut(s.number); };
    return std::any_of(base->sources.begin(), base->sources.end(), isNew) && bool(checkAll(job));
}

Status Project::checkAll(JobContext& job) {
    auto file = reading();
    if (const Status s = file->checkSources(job); !s) return s;
    if (file->damage()->anyLoss() && !file->readOnly()) {
        store::Opening opening;
        opening.readOnlyReason = "it is damaged: " + file->damage()->list().front().text;
        setPrivateFolder(opening);
        auto again = store::ProjectFile::open(file->path(), opening);
        if (!again) return again.error();
        if (const Status s = (*again)->checkSources(job); !s) return s;
        const Status swapped = writers_->runAlone([&]() -> Status {
            const std::lock_guard lock(mutex_);
            file_ = std::move(*again);
            return ok();
        });
        if (!swapped) return swapped;
        publish([&](Snapshot& s) { s.readOnlyReason = opening.readOnlyReason; });
    }
    return reload();
}

Status Project::reloadLists() {
    auto lists = catalogOf(*reading());
    if (!lists) return lists.error();
    publish([&](Snapshot& s) {
        s.lists = std::move(*lists);
        s.scores.reset();
    });
    return ok();
}

Status Project::reloadMarks() {
    const std::lock_guard lock(marksMutex_);
    const auto file = reading();
    auto marks = file->marks();
    if (!marks) return marks.error();
    auto silences = file->silences();
    if (!silences) return silences.error();
    publish([&](Snapshot& s) {
        s.marks = std::make_shared<const std::vector<Mark>>(std::move(*marks));
        const bool same = s.silences && *s.silences == *silences;
        if (!same) s.silences = std::make_shared<const std::vector<Silence>>(std::move(*silences));
    });
    return ok();
}

Result<bool> Project::follow() {
    {
        const Writing file = writing();
        const auto changed = file->refresh();
        if (!changed || !*changed) return changed;
    }
    const SnapshotPtr before = snapshot();
    const auto contents = readContents(*reading(), before->settings);
    if (!contents) return contents.error();
    if (!sameSources(contents->sources, before->sources) || toJson(contents->settings) != toJson(before->settings)) {
        const Status done = reload();
        return done ? Result<bool>(true) : Result<bool>(done.error());
    }
    const bool lists = before->lists && sameLists(*before->lists, *contents->lists);
    if (const Status s = reloadMarks(); !s) return s.error();
    publish([&](Snapshot& s) {
        s.geo = contents->geo;
        if (lists) return;
        s.lists = contents->lists;
        s.scores.reset();
    });
    return true;
}

Status Project::changeSettings(const Settings& settings) {
    const SnapshotPtr before = snapshot();
    const auto changed = [&](const SettingDef& d) { return d.get(before->settings) != d.get(settings); };
    // Only the settings changed here: another program may have changed others in the meantime.
    Settings now = settings;
    const Status kept =
        writing()->changeValue(kSettingsKey, [&](const std::optional<std::string>& present) -> Result<std::string> {
            now = present ? settingsFromJson(*present) : before->settings;
            for (const SettingDef& d : settingTable())
                if (changed(d)) d.set(now, d.get(settings));
            return toJson(now);
        });
    if (!kept) return kept.error();
    const auto differs = [&](Redo redo) {
        for (const SettingDef& d : settingTable())
            if (d.redo == redo && d.get(before->settings) != d.get(now)) return true;
        return false;
    };
    const bool flowsOld = differs(Redo::flows);
    const bool signsOld = flowsOld || differs(Redo::signs);
    auto hostBits = before->hostBits;
    if (flowsOld && before->records)
        hostBits = std::make_shared<const std::vector<std::uint8_t>>(
            meter::markHosts(before->records->addresses(), now.pairing.local));
    Snapshot stored = *before;
    stored.settings = now;
    if (signsOld) restore_(*reading(), stored);
    publish([&](Snapshot& s) {
        s.settings = now;
        s.hostBits = hostBits;
        if (flowsOld) {
            s.scores.reset();
            s.cleaning.reset();
            s.flows.reset();
        }
        if (signsOld) {
            s.sentPacket.reset();
            s.runs.clear();
        }
        s.storedTally = stored.storedTally;
        s.storedUserSigns = stored.storedUserSigns;
    });
    return ok();
}

Status Project::saveAs(const std::string& path, JobContext& job) { return moveTo(path, false, job); }

Status Project::moveToUntitled(JobContext& job) {
    const auto path = freeUntitledName();
    return path ? moveTo(*path, true, job) : Status(path.error());
}

Status Project::moveTo(const std::string& path, bool untitled, JobContext& job) {
    std::shared_ptr<store::ProjectFile> old;
    {
        const std::lock_guard lock(mutex_);
        old = file_;
    }
    auto copy = old->copyTo(path);
    if (!copy) return copy.error();
    if (const Status s = (*copy)->run(job); !s) return s.error();
    return writers_->runAlone([&]() -> Status {
        if (const Status s = (*copy)->finish(job); !s) return s.error();
        copy->reset();  // releases its locks: the project is then opened like any other
        store::Opening opening{true, std::chrono::seconds(30), {}};
        setPrivateFolder(opening);
        auto file = store::ProjectFile::open(path, opening);
        if (!file) return file.error();
        auto contents = readContents(**file, snapshot()->settings);
        if (!contents) return contents.error();
        const bool wasUntitled = snapshot()->untitled;
        {
            const std::lock_guard lock(mutex_);
            file_ = std::move(*file);
        }
        publish([&](Snapshot& s) {
            s.path = path;
            s.readOnlyReason.clear();
            s.lists = contents->lists;
            s.untitled = untitled;
            s.records = contents->records;
        });
        if (wasUntitled && !untitled) old->removeWhenRead();
        return ok();
    });
}

void Project::discard() {
    const Writing file = writing();
    file->discard();
    if (snapshot()->untitled) file->removeWhenRead();
}

}  // namespace weir::session
