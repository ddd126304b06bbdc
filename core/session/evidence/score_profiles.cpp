// A table of texts.
#include "core/session/evidence/score_profiles.h"

#include "core/base/text.h"
#include "core/flow/table_columns.h"
#include "core/session/evidence/score.h"
#include "core/store/damage.h"

namespace weir::session {
namespace {

constexpr const char* kProfileTable = "score_profile";

Result<std::vector<SavedProfile>> profilesOf(const std::optional<flow::Table>& table) {
    std::vector<SavedProfile> out;
    if (!table) return out;
    const flow::Table& t = *table;
    const auto *ids = flow::columnOf<std::int64_t>(t, "id"), *scored = flow::columnOf<std::int64_t>(t, "scored");
    const auto *names = flow::columnOf<std::string>(t, "name"), *tags = flow::columnOf<std::string>(t, "tag"),
               *times = flow::columnOf<std::string>(t, "time"), *texts = flow::columnOf<std::string>(t, "text");
    if (!ids || !scored || !names || !tags || !times || !texts)
        return Error{store::kDamaged, "the table does not have the expected columns", 0};
    for (std::size_t i = 0; i < flow::rowsOf(t); ++i)
        out.push_back({(*ids)[i], (*names)[i], (*tags)[i], (*times)[i], (*scored)[i], (*texts)[i]});
    return out;
}

flow::Table toTable(const std::vector<SavedProfile>& profiles) {
    std::vector<std::int64_t> ids, scored;
    std::vector<std::string> names, tags, times, texts;
    for (const SavedProfile& p : profiles) {
        ids.push_back(p.id);
        scored.push_back(p.scored);
        names.push_back(p.name);
        tags.push_back(p.tag);
        times.push_back(p.time);
        texts.push_back(p.text);
    }
    flow::Table table{kProfileTable, {}};
    table.columns = {{"id", std::move(ids)},     {"name", std::move(names)},    {"tag", std::move(tags)},
                     {"time", std::move(times)}, {"scored", std::move(scored)}, {"text", std::move(texts)}};
    return table;
}

}  // namespace

Result<std::vector<SavedProfile>> savedProfiles(const Project& project) {
    const auto table = project.reading()->loadTable(kProfileTable);
    if (!table) return table.error();
    return profilesOf(*table);
}

Result<SavedProfile> saveProfile(Project& project, const std::string& text, const std::string& tag, JobContext& job) {
    if (const Status s = prepareScores(project, text, job); !s) return s.error();
    const ScoreResultPtr scores = project.snapshot()->scores;
    if (!scores || scores->text != text) return Error{Errc::cancelled, "the project changed meanwhile", 0};
    SavedProfile added{0, scores->parsed.profile.name, tag, utcNow(), std::int64_t(scores->scores->scored), text};
    const Status kept = project.writing()->changeTable(
        kProfileTable, [&](const std::optional<flow::Table>& present) -> Result<flow::Table> {
            auto saved = profilesOf(present);
            if (!saved) return saved.error();
            added.id = saved->empty() ? 1 : saved->back().id + 1;
            saved->push_back(added);
            return toTable(*saved);
        });
    if (!kept) return kept.error();
    if (const Status s = setCurrentProfile(project, text); !s) return s.error();
    return added;
}

}  // namespace weir::session
