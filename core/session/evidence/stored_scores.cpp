// One table, two columns of its row numbers, and the key.
#include "core/session/evidence/stored_scores.h"

#include "core/base/parallel.h"
#include "core/base/sha256.h"
#include "core/flow/table_columns.h"
#include "core/label/ndpi_networks.h"
#include "core/score/ranking.h"
#include "core/session/evidence/profile_terms.h"
#include "core/session/project/sound_only.h"

#include <algorithm>
#include <atomic>
#include <sstream>

namespace weir::session {
namespace {

/// Increase when the meaning of a test changes: older tallies are then recomputed.
constexpr const char* kScoreVersion = "scores-2";
constexpr const char* kKeyName = "score.key";
constexpr const char* kCodeTallyTable = "code_tally";
constexpr const char* kWordsKeyName = "score.words.key";
constexpr const char
    *kForward = "score_numbers",
    *kReverse = "score_numbers_reverse";  ///< by record: the row of its word in the table, from 1; 0 = not scored

constexpr const char *kSilencedName = "score.silenced", *kMissingName = "score.missing-lists";

/// The active silences, with their counts from the file, in the same order.
std::vector<SilenceCount> storedSilences(const store::ProjectFile& file, const Snapshot& snapshot) {
    std::vector<SilenceCount> out;
    std::istringstream counts(soundOnly(file.value(kSilencedName), file).value_or(std::string()));
    for (Silence& silence : silencesInForce(snapshot)) {
        out.push_back({std::move(silence), 0});
        counts >> out.back().records;
    }
    return out;
}

/// nullopt when the file has no such column, or one that does not fit: with a different row count, or numbers without a
/// word.
Result<std::optional<Buffer<std::uint32_t>>> loadNumbers(const store::ProjectFile& file, const char* name,
                                                         std::uint64_t rows, std::size_t words, JobContext& job) {
    auto read = file.loadWords(name, job);
    if (!read && read.error().code != store::kDamaged) return read.error();
    const auto stored = soundOnly(std::move(read), file);
    if (!stored || stored->size() != rows) return std::optional<Buffer<std::uint32_t>>();
    const Buffer<std::uint64_t>& from = *stored;
    Buffer<std::uint32_t> numbers;
    numbers.resize(from.size());
    std::atomic<bool> fits{true};
    const bool whole = parallelFor(
        (from.size() + flow::kChunkRows - 1) / flow::kChunkRows, job.threads(), [&](std::size_t chunk, unsigned) {
            const std::size_t begin = chunk * flow::kChunkRows, end = std::min(begin + flow::kChunkRows, from.size());
            std::uint64_t most = 0;
            for (std::size_t i = begin; i < end; ++i) {
                most = std::max(most, from[i]);
                numbers[i] = std::uint32_t(from[i]);
            }
            if (most >= words) fits = false;
            return !job.cancelled();
        });
    if (!whole) return cancelledError();
    return fits ? std::optional(std::move(numbers)) : std::nullopt;
}

/// Identifies the numbering of the words: equal keys have equal tables.
std::vector<std::size_t> numbersInOrder(const std::vector<score::CodeCount>& words) {
    std::vector<std::size_t> out;
    for (std::size_t n = 0; n < words.size(); ++n)
        if (words[n].flows) out.push_back(n);
    std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return words[a].word < words[b].word; });
    return out;
}

}  // namespace

std::string scoreKey(const Snapshot& snapshot, const score::Profile& profile) {
    std::string text = kScoreVersion;
    const auto add = [&text](std::string_view part) {
        text.append("|").append(std::to_string(part.size())).append(":").append(part);
    };
    for (const flow::Heading heading : profile.apply) add(std::to_string(int(heading)));
    for (const score::Test& test : profile.tests) {
        add(test.code);
        add(test.condition);
    }
    add(label::ndpiVersion());
    for (const SettingDef& d : settingTable())
        if (d.redo != Redo::packets && d.redo != Redo::nothing) add(d.get(snapshot.settings));
    for (const auto& s : snapshot.sources)
        add(std::to_string(s.number) + " " + std::to_string(s.flows) + " " + s.importedAt);
    for (const Silence& silence : silencesInForce(snapshot)) add(silence.code + "\n" + silence.filter);
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    for (const ListInfo& list : lists.lists())
        for (const store::StoredList& vintage : list.vintages)
            add(list.name + " " + vintage.date + " " + vintage.sha256);
    return sha256Hex(text);
}

ScoreResultPtr loadStoredScores(const store::ProjectFile& file, const Snapshot& snapshot, std::string_view profile) {
    const auto key = soundOnly(file.value(kKeyName), file);
    if (!key || snapshot.sources.empty()) return nullptr;
    auto out = std::make_shared<ScoreResult>();
    out->text = profile;
    out->parsed = score::parseProfile(profile, NamesOnly(std::make_shared<const Snapshot>(snapshot)));
    if (!out->parsed.good() || *key != scoreKey(snapshot, out->parsed.profile)) return nullptr;
    const auto table = soundOnly(file.loadTable(kCodeTallyTable), file);
    if (!table) return nullptr;
    const auto *words = flow::columnOf<std::int64_t>(*table, "word"),
               *flows = flow::columnOf<std::int64_t>(*table, "flows");
    if (!words || !flows) return nullptr;
    auto scores = std::make_shared<score::Scores>();
    scores->words.emplace_back();  // kNotScored
    for (std::size_t i = 0; i < words->size(); ++i) {
        scores->words.push_back({std::uint64_t((*words)[i]), std::uint64_t((*flows)[i])});
        scores->scored += std::uint64_t((*flows)[i]);
    }
    out->scores = std::move(scores);
    out->silenced = storedSilences(file, snapshot);
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    const std::string missing = soundOnly(file.value(kMissingName), file).value_or(std::string());
    for (std::string_view rest = missing; !rest.empty();) {
        const std::size_t end = rest.find(' ');
        if (!lists.infoOf(rest.substr(0, end))) out->missingLists.emplace_back(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    // Another program may have stored different scores while these were read.
    if (soundOnly(file.value(kKeyName), file) != key) return nullptr;
    return out;
}

Result<ScoreResultPtr> withStoredWords(const store::ProjectFile& file, const Snapshot& snapshot,
                                       const ScoreResult& result, JobContext& job) {
    const std::string key = scoreKey(snapshot, result.parsed.profile);
    if (soundOnly(file.value(kWordsKeyName), file) != key) return ScoreResultPtr();
    const std::uint64_t rows = snapshot.records ? snapshot.records->rows() : 0;
    auto forward = loadNumbers(file, kForward, rows, result.scores->words.size(), job);
    if (!forward) return forward.error();
    if (!*forward) return ScoreResultPtr();
    auto reverse = loadNumbers(file, kReverse, rows, result.scores->words.size(), job);
    if (!reverse) return reverse.error();
    if (soundOnly(file.value(kWordsKeyName), file) != key) return ScoreResultPtr();
    score::Scores scores;
    scores.scored = result.scores->scored;
    scores.words = result.scores->words;
    scores.forward = std::move(**forward);
    if (*reverse) scores.reverse = std::move(**reverse);
    auto out = std::make_shared<ScoreResult>(result);
    out->scores = std::make_shared<const score::Scores>(std::move(scores));
    return ScoreResultPtr(std::move(out));
}

Status saveScoreWords(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result, JobContext& job) {
    const std::string key = scoreKey(snapshot, result.parsed.profile);
    if (const auto there = file.value(kWordsKeyName); file.readOnly() || (there && *there == key)) return ok();
    std::vector<std::uint64_t> places(result.scores->words.size(),
                                      0);  // by number in the scores: number in the file
    std::uint64_t place = 0;
    for (const std::size_t number : numbersInOrder(result.scores->words)) places[number] = ++place;
    store::Changes changes;
    const auto add = [&](const char* name, const Buffer<std::uint32_t>& numbers) {
        if (numbers.empty()) return changes.removedWords.emplace_back(name), void();
        changes.words.push_back({name, numbers.size(), [&](std::uint64_t from, std::span<std::uint64_t> out) {
                                     for (std::size_t i = 0; i < out.size(); ++i)
                                         out[i] = places[numbers[std::size_t(from) + i]];
                                 }});
    };
    add(kForward, result.scores->forward);
    add(kReverse, result.scores->reverse);
    changes.values = {{kWordsKeyName, key}};
    return file.save(changes, job);
}

Status saveScores(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result) {
    if (file.readOnly()) return ok();
    std::vector<std::int64_t> words, flows;
    std::vector<std::string> codes;
    for (const std::size_t number : numbersInOrder(result.scores->words)) {
        const score::CodeCount& c = result.scores->words[number];
        words.push_back(std::int64_t(c.word));
        flows.push_back(std::int64_t(c.flows));
        std::string& names = codes.emplace_back();
        for (const std::string& code : score::codesOf(result.parsed.profile, c.word))
            names.append(names.empty() ? "" : ", ").append(code);
    }
    flow::Table table{kCodeTallyTable, {}};
    table.columns = {{"word", std::move(words)}, {"codes", std::move(codes)}, {"flows", std::move(flows)}};
    std::string missing;
    for (const std::string& list : result.missingLists) missing.append(missing.empty() ? "" : " ").append(list);
    std::string silenced;
    for (const SilenceCount& s : result.silenced)
        silenced.append(silenced.empty() ? "" : " ").append(std::to_string(s.records));
    JobContext job;
    return file.save(
        {{std::move(table)},
         {},
         {},
         {{kMissingName, missing}, {kSilencedName, silenced}, {kKeyName, scoreKey(snapshot, result.parsed.profile)}}},
        job);
}

}  // namespace weir::session
