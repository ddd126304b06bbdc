// Save As: a copy that is made while the project is read and written.
#include "core/store/schema.h"
#include "core/store/sqlite_project.h"

#include <filesystem>
#include <thread>

namespace weir::store {
namespace {

constexpr int kPagesAtOnce = 256;
constexpr std::uint64_t kPageBytes = 16384;
constexpr const char* kSmallTables[] = {"source", "source_drop", "exporter", "exporter_interface", "value", "list",
                                        "mark",   "silence",     "counter"};

Result<std::vector<std::string>> namedTables(const Db& db) {
    auto select =
        db.prepare("SELECT substr(name, 3) FROM sqlite_master WHERE type = 'table' AND name LIKE 't\\_%' ESCAPE '\\'");
    if (!select) return select.error();
    std::vector<std::string> out;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return out;
        out.push_back(select->textAt(0));
    }
}

/// Deletes sources that are not complete: in a copy nobody can finish or restore them.
Status dropIncomplete(Db& db) {
    auto select = db.prepare("SELECT number FROM source WHERE state <> 'complete'");
    if (!select) return select.error();
    std::vector<std::uint32_t> numbers;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        numbers.push_back(std::uint32_t(select->intAt(0)));
    }
    for (const std::uint32_t number : numbers)
        if (const Status s = purgeSource(db, number); !s) return s;
    return ok();
}

}  // namespace

namespace {

Status copyNamedTable(const Db& from, Db& to, const std::string& name) {
    const auto table = readTable(from, name);
    if (!table) return table.error();
    return *table ? writeTable(to, **table) : ok();
}

}  // namespace

Status copySmallTables(const Db& from, Db& to, const std::string& other, DamageLog* damage) {
    auto frame = Transaction::begin(to);
    if (!frame) return frame.error();
    // A table that cannot be read is left out if damage can be noted; otherwise it is an error.
    const auto copied = [&](const std::string& table, Status outcome) -> Status {
        if (outcome || !damage) return outcome;
        (void)damage->note({Loss::part, 0, "table " + table + ": " + outcome.error().detail});
        return ok();
    };
    for (const std::string table : kSmallTables)
        if (const Status s = copied(table, to.exec("DELETE FROM main." + table + "; INSERT INTO main." + table +
                                                   " SELECT * FROM " + other + "." + table));
            !s)
            return s;
    const auto present = namedTables(to);
    if (!present) return present.error();
    for (const std::string& name : *present)
        if (const Status s = to.exec("DROP TABLE main.\"t_" + name + "\""); !s) return s;
    const auto names = namedTables(from);
    if (!names) return names.error();
    for (const std::string& name : *names)
        if (const Status s = copied(name, copyNamedTable(from, to, name)); !s) return s;
    return frame->commit();
}

class SqliteProjectCopy final : public ProjectCopy {
public:
    SqliteProjectCopy(SqliteProject& project, std::string path, std::shared_ptr<ProjectLock> lock,
                      ProjectLock::Turn turn)
        : project_(project), path_(std::move(path)), lock_(std::move(lock)), turn_(std::move(turn)),
          file_(temporaryName(path_)) {}

    Status begin() {
        auto to = Db::open(file_.path(), OpenMode::create);
        if (!to) return Error{Errc::io, "cannot create " + path_ + ": " + to.error().detail, 0};
        to_.emplace(std::move(*to));
        if (const Status s = to_->exec("PRAGMA synchronous = OFF"); !s) return s;
        const std::lock_guard lock(project_.mutex_);
        if (project_.readOnly()) {
            auto from = Db::open(project_.readOnly_.records);
            if (!from) return from.error();
            from_.emplace(std::move(*from));
        }
        auto backup = Backup::begin(from_ ? *from_ : project_.db_, *to_);
        if (!backup) return backup.error();
        backup_.emplace(std::move(*backup));
        source_ = project_.identity_;
        return ok();
    }

    Status run(JobContext& job) override { return copy(job, kPagesAtOnce); }

    Status finish(JobContext& job) override {
        if (const Status s = copy(job, 0); !s) return s;
        backup_.reset();
        if (const Status s = to_->exec("PRAGMA journal_mode = OFF"); !s) return s;
        if (project_.readOnly()) {
            const std::lock_guard lock(project_.mutex_);
            if (const Status s = to_->attach({project_.readOnly_.memory, OpenMode::memory}, "other"); !s) return s;
            if (const Status s = copySmallTables(project_.db_, *to_, "other", nullptr); !s) return s;
            if (const Status s = to_->detach("other"); !s) return s;
        }
        // A copy of a damaged project is sound: it leaves out sources that cannot be read.
        for (const Damage& d : project_.damage_->list())
            if (d.loss == Loss::source)
                if (const Status s = purgeSource(*to_, d.source); !s) return s;
        if (const Status s = dropIncomplete(*to_); !s) return s;
        to_.reset();
        const auto gate = ProjectLock::passGate(lock_, ProjectLock::Passing::replacing);
        if (!gate) return gate.error();
        return publishFile(file_.path(), path_, Publish::replace);
    }

private:
    /// Copies until at most `left` pages remain; 0 = all. SQLite adds what the project's own connection writes
    /// meanwhile.
    Status copy(JobContext& job, int left) {
        for (;;) {
            Result<Backup::Step> step = Backup::Step::wait;
            {
                const std::lock_guard lock(project_.mutex_);
                if (project_.identity_ != source_)
                    return Error{Errc::store, "another project replaced " + project_.path_ + "; open it again", 0};
                // The first step only finds out how many pages there are.
                const int pages = begun_ ? std::min(kPagesAtOnce, std::max(backup_->remaining() - left, 0)) : 0;
                if (begun_ && pages == 0 && left > 0) return ok();
                step = backup_->step(begun_ && pages == 0 ? -1 : pages);
            }
            if (!step) return step.error();
            if (*step == Backup::Step::done) return ok();
            if (*step == Backup::Step::wait)
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            else
                begun_ = true;
            const auto total = std::uint64_t(backup_->total()), done = total - std::uint64_t(backup_->remaining());
            if (!job.step(done * kPageBytes, total * kPageBytes, "copying the project", "bytes"))
                return cancelledError();
        }
    }

    SqliteProject& project_;
    const std::string path_;
    const std::shared_ptr<ProjectLock> lock_;  ///< of the copy
    const ProjectLock::Turn turn_;
    TemporaryFile file_;
    std::optional<Db> to_;
    std::optional<Db> from_;  ///< of a read-only project
    FileIdentity source_;
    std::optional<Backup> backup_;
    bool begun_ = false;
};

Result<std::unique_ptr<ProjectCopy>> SqliteProject::copyTo(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::equivalent(path, path_, ignored))
        return Error{Errc::usage, path + " is the project itself; choose another name", 0};
    auto lock = ProjectLock::open(path);
    if (!lock) return Error{lock.error().code, "cannot create " + path + ": " + lock.error().detail, 0};
    if (const std::string holder = (*lock)->takeEditing(); !holder.empty())
        return Error{Errc::busy, path + " is open in another window (" + holder + "); choose another name", 0};
    auto turn = ProjectLock::takeTurn(*lock, wait_);
    if (!turn) return turn.error();
    removeTemporaries(path);
    auto copy = std::make_unique<SqliteProjectCopy>(*this, path, *lock, std::move(*turn));
    if (const Status s = copy->begin(); !s) return s.error();
    return std::unique_ptr<ProjectCopy>(std::move(copy));
}

}  // namespace weir::store
