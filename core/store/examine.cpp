// Reads every table of a project file with the functions that the rest of the program uses.
#include "core/store/examine.h"

#include "core/store/reading_place.h"
#include "core/store/record_snapshot.h"
#include "core/store/saved_lists.h"
#include "core/store/saved_sources.h"
#include "core/store/saved_words.h"
#include "core/store/schema.h"
#include "core/store/sqlite_project.h"

#include <algorithm>
#include <filesystem>

namespace weir::store {
namespace {

constexpr std::size_t kMaxIntegrityLines = 20;

class Examiner {
public:
    Examiner(std::string path, ReadingPlace place, Db db, JobContext& job)
        : path_(std::move(path)), place_(std::move(place)), db_(std::move(db)),
          damage_(std::make_shared<DamageLog>(path_)), job_(job) {}
    Result<Examination> run();

private:
    using Step = Status (Examiner::*)();
    Status checkIntegrity();
    Status checkLayout();
    Status checkSources();
    Status checkWords();
    Status checkTables();
    Status checkValues();
    Status checkLists();
    Status checkMarks();
    Status readSilences();
    void note(Loss loss, const std::string& text) { (void)damage_->note({loss, 0, text}); }
    /// Notes damage, with `what` in front, and returns ok; returns other errors.
    Status noted(const Status& s, Loss loss, const char* what) {
        if (s || s.error().code != kDamaged) return s;
        note(loss, std::string(what) + (*what ? ": " : "") + s.error().detail);
        return ok();
    }
    bool hasTable(const std::string& name) const {
        const auto n =
            db_.number("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name = '" +
                       name + "'");
        return n && *n > 0;
    }

    const std::string path_;
    const ReadingPlace place_;
    Db db_;
    std::shared_ptr<DamageLog> damage_;
    JobContext& job_;
    Examination out_;
};

/// Calls use(row) for each row.
template <class Use>
Status eachRow(const Db& db, const char* sql, Use&& use) {
    auto select = db.prepare(sql);
    if (!select) return select.error();
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return ok();
        use(*select);
        if (!select->wellTyped()) return Error{kDamaged, "a row has a value of the wrong type", 0};
    }
}

Status Examiner::checkIntegrity() {
    if (!job_.step(0, 0, "checking pages", "pages")) return cancelledError();
    const std::string sql = "PRAGMA integrity_check(" + std::to_string(kMaxIntegrityLines) + ")";
    const Status s = eachRow(db_, sql.c_str(), [&](const Stmt& row) {
        std::string line = row.textAt(0);
        std::replace(line.begin(), line.end(), '\n', ' ');
        if (line != "ok") out_.integrity.push_back(std::move(line));
    });
    if (!s && s.error().code == kDamaged) out_.integrity.push_back(s.error().detail);
    return s || s.error().code == kDamaged ? ok() : s;
}

Status Examiner::checkLayout() {
    const auto faults = layoutFaults(db_, out_.version < kSchemaVersion);
    if (!faults) return noted(faults.error(), Loss::part, "tables");
    for (const LayoutFault& f : *faults) note(Loss::part, "table " + f.table + ": " + f.what);
    return ok();
}

Status Examiner::checkSources() {
    const Status unfinished =
        eachRow(db_, "SELECT number, state FROM source WHERE state IN ('importing', 'removed') ORDER BY number",
                [&](const Stmt& row) {
                    out_.unfinished.push_back("source " + std::to_string(row.intAt(0)) + " (" + row.textAt(1) + ")");
                });
    if (const Status s = noted(unfinished, Loss::part, "sources"); !s) return s;
    auto sources = readSources(db_, *damage_);
    if (!sources) return noted(sources.error(), Loss::part, "");
    std::vector<RecordSnapshot::Source> wanted;
    for (const SourceInfo& s : *sources) wanted.push_back({s.number, s.flows});
    const auto snapshot =
        RecordSnapshot::open(std::make_shared<ReaderPool>(place_.at, place_.keep), wanted, job_.threads(), damage_);
    if (!snapshot) return noted(snapshot.error(), Loss::part, "records");
    if (const Status s = (*snapshot)->check(damage_.get(), job_); !s) return s;
    std::erase_if(*sources, [this](const SourceInfo& s) { return damage_->leavesOut(s.number); });
    out_.sources = std::move(*sources);
    return ok();
}

Status Examiner::checkWords() {
    std::vector<std::string> names;
    const Status list =
        eachRow(db_, "SELECT name FROM words ORDER BY name", [&](const Stmt& row) { names.push_back(row.textAt(0)); });
    if (const Status s = noted(list, Loss::derived, "words"); !s) return s;
    const auto pool = std::make_shared<ReaderPool>(place_.at, place_.keep);
    for (const std::string& name : names) {
        const auto words = readWords(db_, *pool, name, job_);
        if (!words)
            if (const Status s = noted(words.error(), Loss::derived, ""); !s) return s;
    }
    return ok();
}

Status Examiner::checkTables() {
    std::vector<std::string> names;
    const Status list =
        eachRow(db_, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name GLOB 't_*' ORDER BY name",
                [&](const Stmt& row) { names.push_back(row.textAt(0).substr(2)); });
    if (const Status s = noted(list, Loss::part, "tables"); !s) return s;
    for (const std::string& name : names) {
        if (job_.cancelled()) return cancelledError();
        auto table = readTable(db_, name);
        if (!table)
            if (const Status s = noted(table.error(), Loss::part, ""); !s) return s;
        if (table && *table) out_.tables[name] = std::move(**table);
    }
    return ok();
}

Status Examiner::checkValues() {
    return noted(eachRow(db_, "SELECT key, value FROM value ORDER BY key",
                         [&](const Stmt& row) { out_.values[row.textAt(0)] = row.textAt(1); }),
                 Loss::part, "values");
}

Status Examiner::checkLists() {
    if (!hasTable("list")) return ok();  // since version 3
    auto lists = readLists(db_);
    if (!lists) return noted(lists.error(), Loss::part, "");
    out_.lists = std::move(*lists);
    return noted(eachRow(db_, "SELECT name, text FROM list", [](const Stmt& row) { (void)row.textAt(1); }), Loss::part,
                 "lists");
}

Status Examiner::checkMarks() {
    if (!hasTable("mark")) return ok();  // since version 4
    return noted(eachRow(db_, "SELECT tag, filter, note, time FROM mark",
                         [](const Stmt& row) {
                             for (int c = 0; c < 4; ++c) (void)row.textAt(c);
                         }),
                 Loss::part, "marks");
}

/// Silences have a table of their own since version 4; before, they were a saved table.
Status Examiner::readSilences() {
    const bool own = hasTable("silence");
    if (!own && !hasTable("t_silence")) return ok();
    const std::string sql = std::string("SELECT code, filter, note, until, time FROM ") +
                            (own ? "silence" : "t_silence") + " ORDER BY rowid";
    const Status s = eachRow(db_, sql.c_str(), [&](const Stmt& row) {
        auto& cells = out_.silences.emplace_back();
        for (int c = 0; c < 5; ++c) cells.push_back(row.textAt(c));
    });
    return noted(s, Loss::part, "silences");
}

Result<Examination> Examiner::run() {
    auto version = versionOf(db_, path_);
    if (!version && version.error().code != kDamaged) return version.error();
    out_.version = version ? *version : 0;
    if (!version) note(Loss::part, version.error().detail);
    for (const Step step : {&Examiner::checkIntegrity, &Examiner::checkLayout, &Examiner::checkSources,
                            &Examiner::checkWords, &Examiner::checkTables, &Examiner::checkValues,
                            &Examiner::checkLists, &Examiner::checkMarks, &Examiner::readSilences}) {
        if (const Status s = (this->*step)(); !s) return s.error();
        if (job_.cancelled()) return cancelledError();
    }
    out_.damaged = damage_->list();
    return std::move(out_);
}

}  // namespace

Result<Examination> examineProject(const std::string& path, JobContext& job) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return Error{Errc::io, "no project file " + path, 0};
    auto place = findReadingPlace(path, {});
    if (!place) return place.error();
    auto db = Db::open(place->at);
    if (!db) return db.error();
    return Examiner(path, std::move(*place), std::move(*db), job).run();
}

}  // namespace weir::store
