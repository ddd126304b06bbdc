// The store checks the file; this checks what stored results depend on.
#include "core/session/verbs/doctor.h"

#include "core/score/profile.h"
#include "core/session/evidence/profile_terms.h"
#include "core/session/evidence/score.h"
#include "core/session/evidence/silences.h"
#include "core/session/evidence/stored_run.h"
#include "core/session/evidence/stored_scores.h"
#include "core/session/project/list_catalog.h"
#include "core/session/project/resources.h"
#include "core/store/examine.h"
#include "core/store/schema.h"

namespace weir::session {
namespace {

/// A snapshot with the parts that keys of stored results are made of.
std::shared_ptr<const Snapshot> basisOf(const std::string& path, const store::Examination& file) {
    auto out = std::make_shared<Snapshot>();
    out->path = path;
    out->sources = file.sources;
    if (const auto settings = file.values.find("settings"); settings != file.values.end())
        out->settings = settingsFromJson(settings->second);
    out->lists = std::make_shared<const ListCatalog>(store::DbAddress{path, store::OpenMode::readOnly}, file.lists);
    std::vector<Silence> silences;
    for (const auto& row : file.silences) silences.push_back({row[0], row[1], row[2], row[3], row[4]});
    out->silences = std::make_shared<const std::vector<Silence>>(std::move(silences));
    return out;
}

class Keys {
public:
    Keys(const store::Examination& file, Checkup& out) : file_(file), out_(out) {}
    /// Reports a stored key that differs from the current one.
    void compare(const std::string& name, const std::string& now, const std::string& what) {
        const auto stored = file_.values.find(name);
        if (stored != file_.values.end() && stored->second != now && stored->second != "none")
            out_.stale.push_back(what);
    }
    std::string valueOf(const char* name, std::string_view otherwise) const {
        const auto stored = file_.values.find(name);
        return stored == file_.values.end() ? std::string(otherwise) : stored->second;
    }

private:
    const store::Examination& file_;
    Checkup& out_;
};

void findStale(const std::string& path, const store::Examination& file, Checkup& out) {
    const auto basis = basisOf(path, file);
    Keys keys(file, out);
    for (const signs::SignFamily* family : signs::families())
        for (const auto direction : {flow::Direction::in, flow::Direction::out}) {
            RunId run(direction);
            run.family = family;
            const auto table = file.tables.find(userSignsTableName(run));
            const auto userSigns =
                table == file.tables.end() ? std::vector<rules::UserSign>() : userSignsOf(table->second, *family);
            keys.compare(runKeyName(run), runKey(basis->settings, basis->sources, run, userSigns),
                         std::string("signs of ") + (direction == flow::Direction::in ? "inbound" : "outbound") +
                             " flows: sources or settings have changed since");
        }
    const std::string text = keys.valueOf("score.profile", resourceText("score", kDefaultProfile));
    const auto parsed = score::parseProfile(text, NamesOnly(basis));
    const std::string key = parsed.good() ? scoreKey(*basis, parsed.profile) : std::string();
    keys.compare("score.key", key, "scores: sources, settings, lists or the profile have changed since");
    keys.compare("score.words.key", key,
                 "scores of each record: sources, settings, lists or the profile have changed since");
    for (const std::string& source : file.unfinished)
        out.stale.push_back(source + ": will be deleted when the project is next opened");
}

}  // namespace

Result<Checkup> doctor(const std::string& path, JobContext& job) {
    auto file = store::examineProject(path, job);
    if (!file) return file.error();
    Checkup out;
    out.version = file->version;
    out.older = file->version < store::kSchemaVersion;
    out.integrity = file->integrity;
    for (const store::Damage& d : file->damaged) out.damaged.push_back(d.text);
    for (const store::SourceInfo& s : file->sources) out.records += s.flows;
    out.sources = file->sources.size();
    findStale(path, *file, out);
    return out;
}

}  // namespace weir::session
