// One table, and the key beside it.
#include "core/session/stored_scores.h"

#include "core/base/sha256.h"
#include "core/flow/table_columns.h"
#include "core/label/ndpi_networks.h"
#include "core/score/ranking.h"
#include "core/session/profile_terms.h"

#include <algorithm>
#include <sstream>

namespace weir::session {
namespace {

/// Raised when the meaning of a test changes: older tallies are then computed anew.
constexpr const char* kScoreVersion = "scores-1";
constexpr const char* kKeyName = "score.key";
constexpr const char* kTable = "code_tally";

constexpr const char* kSilencedName = "score.silenced";

/// Those in force, with the numbers that stand in the file in their order.
std::vector<SilenceCount> storedSilences(const store::ProjectFile& file, const Snapshot& snapshot) {
    std::vector<SilenceCount> out;
    const auto text = file.value(kSilencedName);
    std::istringstream counts(text && *text ? **text : std::string());
    for (Silence& silence : silencesInForce(snapshot)) {
        out.push_back({std::move(silence), 0});
        counts >> out.back().records;
    }
    return out;
}

}  // namespace

std::string scoreKey(const Snapshot& snapshot, const score::Profile& profile) {
    std::string text = kScoreVersion;
    const auto add = [&text](std::string_view part) { text.append("|").append(std::to_string(part.size())).append(":").append(part); };
    for (const flow::Heading heading : profile.apply) add(std::to_string(int(heading)));
    for (const score::Test& test : profile.tests) {
        add(test.code);
        add(test.condition);
    }
    add(label::ndpiVersion());
    for (const SettingDef& d : settingTable())
        if (d.redo != Redo::packets && d.redo != Redo::nothing) add(d.get(snapshot.settings));
    for (const auto& s : snapshot.sources) add(std::to_string(s.number) + " " + std::to_string(s.flows) + " " + s.importedAt);
    for (const Silence& silence : silencesInForce(snapshot)) add(silence.code + "\n" + silence.filter);
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    for (const ListInfo& list : lists.lists())
        for (const store::StoredList& vintage : list.vintages) add(list.name + " " + vintage.date + " " + vintage.sha256);
    return sha256Hex(text);
}

ScoreResultPtr loadStoredScores(const store::ProjectFile& file, const Snapshot& snapshot, std::string_view profile) {
    const auto key = file.value(kKeyName);
    if (!key || !*key || snapshot.sources.empty()) return nullptr;
    auto out = std::make_shared<ScoreResult>();
    out->text = profile;
    out->parsed = score::parseProfile(profile, NamesOnly(std::make_shared<const Snapshot>(snapshot)));
    if (!out->parsed.good() || **key != scoreKey(snapshot, out->parsed.profile)) return nullptr;
    const auto table = file.loadTable(kTable);
    if (!table || !*table) return nullptr;
    const auto *words = flow::columnOf<std::int64_t>(**table, "word"), *flows = flow::columnOf<std::int64_t>(**table, "flows");
    if (!words || !flows) return nullptr;
    auto scores = std::make_shared<score::Scores>();
    scores->words.emplace_back();   // kNotScored
    for (std::size_t i = 0; i < words->size(); ++i) {
        scores->words.push_back({std::uint64_t((*words)[i]), std::uint64_t((*flows)[i])});
        scores->scored += std::uint64_t((*flows)[i]);
    }
    out->scores = std::move(scores);
    out->silenced = storedSilences(file, snapshot);
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    const auto missing = file.value("score.missing-lists");
    for (std::string_view rest = missing && *missing ? std::string_view(**missing) : std::string_view(); !rest.empty();) {
        const std::size_t end = rest.find(' ');
        if (!lists.infoOf(rest.substr(0, end))) out->missingLists.emplace_back(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return out;
}

Status saveScores(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result) {
    // The key goes first to "none" and last to its value: a run that was killed half way is never taken for whole.
    if (const Status s = file.setValue(kKeyName, "none"); !s) return s;
    std::vector<std::int64_t> words, flows;
    std::vector<std::string> codes;
    for (const score::CodeCount& c : result.scores->words) {
        if (c.flows == 0) continue;
        words.push_back(std::int64_t(c.word));
        flows.push_back(std::int64_t(c.flows));
        std::string& names = codes.emplace_back();
        for (const std::string& code : score::codesOf(result.parsed.profile, c.word)) names.append(names.empty() ? "" : ", ").append(code);
    }
    flow::Table table{kTable, {}};
    table.columns = {{"word", std::move(words)}, {"codes", std::move(codes)}, {"flows", std::move(flows)}};
    if (const Status s = file.saveTable(table); !s) return s;
    std::string missing;
    for (const std::string& list : result.missingLists) missing.append(missing.empty() ? "" : " ").append(list);
    if (const Status s = file.setValue("score.missing-lists", missing); !s) return s;
    std::string silenced;
    for (const SilenceCount& s : result.silenced) silenced.append(silenced.empty() ? "" : " ").append(std::to_string(s.records));
    if (const Status s = file.setValue(kSilencedName, silenced); !s) return s;
    return file.setValue(kKeyName, scoreKey(snapshot, result.parsed.profile));
}

}  // namespace weir::session
